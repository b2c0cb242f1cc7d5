"""A proposal for a day, or for all days of a festival: who gets which stalls, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from market.planning.answer import Aim, Answer, Fault, Placed, Reason, Refused
from market.planning.building import model_of
from market.planning.faults import BadProblem, sound_part
from market.planning.large import bounds, propose_large, start
from market.planning.planning import Plan, Planning
from market.planning.problem import Festival, Problem
from market.planning.reasons import Harm, explain
from market.planning.stopwatch import Cancelled, Progress, Stopwatch
from market.planning.what_if import WishCosts, patience

__all__ = ["BadProblem", "Cancelled", "Progress", "propose", "propose_festival"]

MOST_COLUMNS = 60_000
"""Above it a day is planned as a large day."""
EXACT_SHARE = 0.8
"""Of a time limit; the rest is for a quick plan, should the exact one not be ready."""


def propose(
    problem: Problem,
    *,
    seconds: float | None = None,
    progress: Callable[[Progress], bool] | None = None,
    threads: int = 1,
) -> Answer:
    """Return the best plan of a day, by the aims in their order, with a reason for everybody.

    With `seconds` the best that was found until then, and `complete` says so. Raises BadProblem,
    and Cancelled when `progress` answers False. The same problem has always the same answer,
    unless the time limit has ended the search.
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
    days = tuple(part for part, _ in parts)
    found = _planned(days, watch, threads)
    return tuple(
        _answer(one, problem, bad, watch) for one, (problem, bad) in zip(found, parts, strict=True)
    )


@dataclass(frozen=True)
class _Found:
    """The plan of a day, its aims, and what is known of the costs of wishes."""

    plan: Plan
    aims: tuple[Aim, ...]
    granting: Callable[[str, str], Harm | None]

    @property
    def proven(self) -> bool:
        """Whether no plan can be better in any aim, or in any wish by the order."""
        return self.granting is not _nothing_known and all(aim.proven for aim in self.aims)


def _planned(days: tuple[Problem, ...], watch: Stopwatch, threads: int) -> list[_Found]:
    """Plan all days: exactly together, or each as a large day where that would take too long."""
    model = model_of(days)
    if len(model.columns) > MOST_COLUMNS:
        return [_large(problem, watch, len(days) - place) for place, problem in enumerate(days)]
    exact = Stopwatch(None if watch.limit is None else EXACT_SHARE * watch.limit, watch.watching)
    exact.started = watch.started
    planning = Planning(model, exact, threads)
    planning.run()
    costs = WishCosts(planning, patience(watch), planning.solver.limits, planning.solver.best)
    found = [
        _Found(planning.plan(day), planning.aims(day), partial(costs.first_harmed, day))
        for day in range(len(days))
    ]
    if len(days) == 1 and exact.ended:
        return [_better(days[0], found[0], planning, watch)]
    return found


def _large(problem: Problem, watch: Stopwatch, days: int) -> _Found:
    """Plan a large day in its share of the time that is left."""
    left = watch.left()
    seconds = None if left == float("inf") else left / days
    plan, aims = propose_large(problem, seconds, watch.watching)
    return _Found(plan, aims, _nothing_known)


def _better(problem: Problem, found: _Found, planning: Planning, watch: Stopwatch) -> _Found:
    """What the time limit has left, or what is quickly found for large days if that is better."""
    plan = start(problem, watch.left() / 2, watch.watching)
    if not planning.keeps_limits(plan, watch):
        return found
    now = bounds(problem, found.plan, 0.0)
    then = bounds(problem, plan, 0.0)
    if _worth(then) <= _worth(now):
        return found
    return _Found(plan, _honest(found.aims, then), _nothing_known)


def _honest(proven: tuple[Aim, ...], reached: tuple[Aim, ...]) -> tuple[Aim, ...]:
    """What was reached, with bounds that hold for it too.

    A bound of the exact search holds as long as all aims before have the values it had fixed;
    after the first that differs only the bounds of the plan itself do. None is below the value.
    """
    known = {aim.name: aim for aim in proven}
    aims, same = [], True
    for aim in reached:
        exact = known.get(aim.name)
        if same and exact is not None and exact.proven and exact.value == aim.value:
            aims.append(replace(aim, bound=exact.bound, proven=True))
            continue
        same = False
        at_best = max if aim.better == "more" else min
        aims.append(replace(aim, bound=at_best(aim.bound, aim.value), proven=False))
    return tuple(aims)


def _worth(aims: tuple[Aim, ...]) -> list[float]:
    """Values in the order of aims, of which more are better."""
    return [aim.value if aim.better == "more" else -aim.value for aim in aims]


def _nothing_known(_vendor: str, _stall: str) -> Harm | None:
    """Where nothing is proven, nothing is said about what a wish would cost."""
    return None


def _answer(found: _Found, problem: Problem, bad: Mapping[str, Fault], watch: Stopwatch) -> Answer:
    """The answer of one day."""
    plan = found.plan
    reasons = explain(problem, plan, proven=found.proven, granting=found.granting)
    taken = {stall for stalls in plan.values() for stall in stalls}
    refused = [Refused(one.id, reasons[one.id]) for one in problem.vendors if one.id not in plan]
    refused += [
        Refused(name, Reason("bad_data", {"fault": fault.code, "names": list(fault.names)}))
        for name, fault in bad.items()
    ]
    free = (stall.id for stall in problem.stalls if not stall.blocked and stall.id not in taken)
    return Answer(
        placements=tuple(Placed(name, plan[name], reasons[name]) for name in sorted(plan)),
        refused=tuple(sorted(refused, key=lambda one: one.vendor)),
        open=tuple(sorted(free)),
        aims=found.aims,
        seconds=watch.seconds(),
        complete=found.proven,
    )
