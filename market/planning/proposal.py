"""A proposal for a day, or for all days of a festival: who gets which stalls, and why."""

from collections.abc import Callable, Mapping
from functools import partial

from market.planning.answer import Answer, Fault, Placed, Reason, Refused
from market.planning.building import model_of
from market.planning.faults import BadProblem, sound_part
from market.planning.planning import Planning
from market.planning.problem import Festival, Problem
from market.planning.reasons import explain
from market.planning.stopwatch import Cancelled, Progress, Stopwatch
from market.planning.what_if import cost_of_wish

__all__ = ["BadProblem", "Cancelled", "Progress", "propose", "propose_festival"]


def propose(
    problem: Problem,
    *,
    seconds: float | None = None,
    progress: Callable[[Progress], bool] | None = None,
    threads: int = 1,
) -> Answer:
    """Return the best plan of a day, by the aims in their order, with a reason for everybody.

    With `seconds` the best that was found until then, and `complete` says so. Raises BadProblem, and Cancelled when `progress` answers False. The
    same problem has always the same answer, unless the time limit has ended the search.
    """
    return propose_festival(
        Festival((problem,)),
        seconds=seconds,
        progress=progress,
        threads=threads,
    )[0]


def propose_festival(
    festival: Festival,
    *,
    seconds: float | None = None,
    progress: Callable[[Progress], bool] | None = None,
    threads: int = 1,
) -> tuple[Answer, ...]:
    """Return the answers of all days, planned together (see `propose`)."""
    watch = Stopwatch(seconds, progress)
    parts = [sound_part(day) for day in festival.days]
    planning = Planning(model_of(tuple(part for part, _ in parts)), watch, threads)
    planning.run()
    return tuple(_answer(planning, day, problem, bad) for day, (problem, bad) in enumerate(parts))


def _answer(planning: Planning, day: int, problem: Problem, bad: Mapping[str, Fault]) -> Answer:
    """The answer of one day."""
    plan = planning.plan(day)
    proven = all(step.reached.proven for step in planning.steps)
    granting = partial(cost_of_wish, planning, day)
    reasons = explain(problem, plan, proven=proven, granting=granting)
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
                stall.id for stall in problem.stalls if not stall.blocked and stall.id not in taken
            )
        ),
        aims=planning.aims(day),
        seconds=planning.watch.seconds(),
        complete=proven,
    )
