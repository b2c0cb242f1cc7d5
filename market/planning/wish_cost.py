"""Who would move if a wish were granted: the day with the wish pinned, compared with the plan."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from market.planning.answer import Aim, Answer
from market.planning.problem import Problem
from market.planning.runs import offers


@dataclass(frozen=True)
class Becomes:
    """Somebody whose stalls would be others; without `after` they would have none."""

    vendor: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Worse:
    """An aim that would get worse: its value now and then."""

    name: str
    now: float
    then: float


@dataclass(frozen=True)
class Cost:
    """What granting would change: whom, and which aims get worse. `granted`: it is possible."""

    granted: bool
    becomes: tuple[Becomes, ...] = ()
    worse: tuple[Worse, ...] = ()


def plan_of(answer: Answer) -> dict[str, tuple[str, ...]]:
    """Who has which stalls in an answer."""
    return {one.vendor: one.stalls for one in answer.placements}


def granting(problem: Problem, answer: Answer, vendor: str, stall: str) -> Problem | None:
    """The same day with a stall pinned to a vendor; None when no run of it is there to be given.

    The run is as long as what the vendor has now, or needs; of several the one with the fewest
    stalls of others. Whatever else is equal, everybody stays where the answer has put them.
    """
    wanted = problem.vendor_by_id.get(vendor)
    if wanted is None or stall not in problem.stall_by_id:
        return None
    now = {who: stalls for who, stalls in plan_of(answer).items() if who in problem.vendor_by_id}
    length = max(len(now.get(vendor, ())), wanted.min_stalls)
    whose = {one: who for who, stalls in now.items() for one in stalls}
    fixed = {one for who, stalls in problem.pins.items() if who != vendor for one in stalls}
    runs = [
        run
        for run in _runs_with(problem, stall, length)
        if not fixed & set(run)
        and all(offers(problem.stall_by_id[one], wanted.needs) for one in run)
    ]
    if not runs:
        return None
    best = min(runs, key=lambda run: (sum(whose.get(one, vendor) != vendor for one in run), run))
    return replace(problem, pins={**problem.pins, vendor: best}, previous=now)


def _runs_with(problem: Problem, stall: str, length: int) -> Iterator[tuple[str, ...]]:
    """Neighbouring stalls of a row, so many, one of them the stall."""
    row = problem.stall_by_id[stall].row
    line = sorted((one for one in problem.stalls if one.row == row), key=lambda one: one.position)
    names = [one.id for one in line]
    at = names.index(stall)
    for start in range(max(0, at - length + 1), min(at, len(names) - length) + 1):
        run = tuple(names[start : start + length])
        if all(frozenset(pair) in problem.neighbours for pair in pairwise(run)):
            yield run


def cost_of(before: Answer, after: Answer, vendor: str, stall: str) -> Cost:
    """What differs between the plan and the one in which the wish is granted."""
    was, would = plan_of(before), plan_of(after)
    if stall not in would.get(vendor, ()):
        return Cost(granted=False)
    names = [vendor, *sorted({*was, *would} - {vendor})]
    becomes = tuple(
        Becomes(name, was.get(name, ()), would.get(name, ()))
        for name in names
        if set(was.get(name, ())) != set(would.get(name, ()))
    )
    then = {aim.name: aim for aim in after.aims}
    worse = tuple(
        Worse(aim.name, aim.value, then[aim.name].value)
        for aim in before.aims
        if aim.name in then and aim.name != "kept" and _is_worse(aim, then[aim.name])
    )
    return Cost(True, becomes, worse)


def _is_worse(now: Aim, then: Aim) -> bool:
    return then.value < now.value if now.better == "more" else then.value > now.value
