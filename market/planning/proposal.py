"""A proposal for a day, or for all days of a festival: who gets which stalls, and why."""

from collections.abc import Callable, Mapping

from market.planning.answer import Answer, Fault, Placed, Reason, Refused
from market.planning.building import model_of
from market.planning.faults import BadProblem, sound_part
from market.planning.planning import Plan, Planning
from market.planning.problem import Festival, Problem, rank_of
from market.planning.stopwatch import Cancelled, Progress, Stopwatch

__all__ = ["BadProblem", "Cancelled", "Progress", "propose", "propose_festival"]

Granting = Callable[[str, str], tuple[str, float, float] | None]


def propose(
    problem: Problem,
    *,
    seconds: float | None = None,
    progress: Callable[[Progress], bool] | None = None,
    threads: int = 1,
    faults: tuple[Fault, ...] = (),
) -> Answer:
    """Return the best plan of a day, by the aims in their order, with a reason for everybody.

    With `seconds` the best that was found until then, and `complete` says so. `faults` are those
    that reading has found. Raises BadProblem, and Cancelled when `progress` answers False. The
    same problem has always the same answer, unless the time limit has ended the search.
    """
    return propose_festival(
        Festival((problem,)),
        seconds=seconds,
        progress=progress,
        threads=threads,
        faults=(faults,),
    )[0]


def propose_festival(
    festival: Festival,
    *,
    seconds: float | None = None,
    progress: Callable[[Progress], bool] | None = None,
    threads: int = 1,
    faults: tuple[tuple[Fault, ...], ...] = (),
) -> tuple[Answer, ...]:
    """Return the answers of all days, planned together (see `propose`)."""
    watch = Stopwatch(seconds, progress)
    known = faults or tuple(() for _ in festival.days)
    parts = [sound_part(day, found) for day, found in zip(festival.days, known, strict=True)]
    planning = Planning(model_of(tuple(part for part, _ in parts)), watch, threads)
    planning.run()
    return tuple(
        _answer(planning, day, problem, bad) for day, (problem, bad) in enumerate(parts)
    )


def _answer(planning: Planning, day: int, problem: Problem, bad: Mapping[str, Fault]) -> Answer:
    """The answer of one day."""
    plan = planning.plan(day)
    proven = all(step.reached.proven for step in planning.steps)
    reasons = simple_reasons(problem, plan)
    taken = {stall for stalls in plan.values() for stall in stalls}
    refused = [Refused(one.id, reasons[one.id]) for one in problem.vendors if one.id not in plan]
    refused += [
        Refused(name, Reason("bad_data", {"fault": fault.code, "names": list(fault.names)}))
        for name, fault in bad.items()
    ]
    return Answer(
        placements=tuple(Placed(name, plan[name], reasons[name]) for name in sorted(plan)),
        refused=tuple(sorted(refused, key=lambda one: one.vendor)),
        open=tuple(
            sorted(
                stall.id
                for stall in problem.stalls
                if not stall.blocked and stall.id not in taken
            )
        ),
        aims=planning.aims(day),
        seconds=planning.watch.seconds(),
        complete=proven,
    )


def simple_reasons(problem: Problem, plan: Plan) -> dict[str, Reason]:
    """Return for every vendor what it got, without saying why not better."""
    reasons = {}
    for vendor in problem.vendors:
        stalls = plan.get(vendor.id)
        if stalls is None:
            reasons[vendor.id] = Reason("full" if vendor.anywhere else "only_wished")
        elif vendor.id in problem.pins:
            reasons[vendor.id] = Reason("pin")
        elif (rank := rank_of(vendor, stalls)) < len(vendor.wishes):
            reasons[vendor.id] = Reason("wish", {"wish": rank + 1})
        else:
            own = rank == len(vendor.wishes) and vendor.own_stalls
            reasons[vendor.id] = Reason("own" if own else "anywhere")
    return reasons
