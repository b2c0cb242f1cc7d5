"""Who would move if a wish were granted: the planner's own answer with the wish put by hand.

Nothing else is changed in the problem, so it is exactly what the next proposal would bring if
somebody put the wish by hand and asked for it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from market.planning.answer import Aim, Answer, Placed, Reason
from market.planning.checking_aims import value_of
from market.planning.checking_plan import CheckedPlan
from market.planning.problem import Festival, PlanningVendor, Problem, rank_of
from market.planning.runs import offers

Stalls = tuple[str, ...]
Plan = Mapping[str, Stalls]
"""Who has which stalls on a day."""


@dataclass(frozen=True)
class Becomes:
    """Somebody whose stalls would be others on some days; without `after` they would have none.

    `lost` is the number of the wish that they would lose for a lesser one, or for none.
    """

    vendor: str
    before: Stalls
    after: Stalls
    days: tuple[str, ...]
    lost: int | None = None


@dataclass(frozen=True)
class Worse:
    """An aim that would get worse, over all days: its value now and then."""

    name: str
    now: float
    then: float


@dataclass(frozen=True)
class Cost:
    """What granting would change: whom, and which aims get worse. `granted`: it is possible;
    `complete`: no proposal could find anything better than this."""

    granted: bool
    becomes: tuple[Becomes, ...] = ()
    worse: tuple[Worse, ...] = ()
    complete: bool = True


def granting(
    festival: Festival, now: Sequence[Plan], vendor: str, stall: str, which: Collection[str]
) -> Festival | None:
    """The same days with a stall put by hand for a vendor on `which` of them.

    The run is as long as what the vendor has now, or needs; of several the one with the fewest
    stalls of others, and the same on all days if there is one. None where the vendor is not
    there, or no run with the stall can be given on one of the days.
    """
    found = {
        problem.day: _costs(problem, plan, vendor, stall)
        for problem, plan in zip(festival.days, now, strict=True)
        if problem.day in which and vendor in problem.vendor_by_id
    }
    if not found or not all(found.values()):
        return None
    common = set.intersection(*(set(costs) for costs in found.values()))
    best = min(
        common, key=lambda run: (sum(costs[run] for costs in found.values()), run), default=None
    )
    return Festival(
        tuple(
            _pinned(problem, vendor, best or _cheapest(found[problem.day]))
            if problem.day in found
            else problem
            for problem in festival.days
        )
    )


def _cheapest(costs: Mapping[Stalls, int]) -> Stalls:
    return min(costs, key=lambda run: (costs[run], run))


def _pinned(problem: Problem, vendor: str, run: Stalls) -> Problem:
    return replace(problem, pins={**problem.pins, vendor: run})


def _costs(problem: Problem, now: Plan, vendor: str, stall: str) -> dict[Stalls, int]:
    """The runs that could be given, with how many of their stalls others have."""
    if stall not in problem.stall_by_id:
        return {}
    wanted = problem.vendor_by_id[vendor]
    length = min(max(len(now.get(vendor, ())), wanted.min_stalls), wanted.max_stalls)
    whose = {one: who for who, stalls in now.items() for one in stalls}
    fixed = {one for who, stalls in problem.pins.items() if who != vendor for one in stalls}
    return {
        run: sum(whose.get(one, vendor) != vendor for one in run)
        for run in _runs_with(problem, stall, length)
        if not fixed & set(run) and _would_do(problem, wanted, run)
    }


def _would_do(problem: Problem, wanted: PlanningVendor, run: Stalls) -> bool:
    return all(offers(problem.stall_by_id[one], wanted.needs) for one in run)


def _runs_with(problem: Problem, stall: str, length: int) -> Iterator[Stalls]:
    """Neighbouring stalls of a row, so many, one of them the stall."""
    row = problem.stall_by_id[stall].row
    line = sorted((one for one in problem.stalls if one.row == row), key=lambda one: one.position)
    names = [one.id for one in line]
    at = names.index(stall)
    for start in range(max(0, at - length + 1), min(at, len(names) - length) + 1):
        run = tuple(names[start : start + length])
        if all(frozenset(pair) in problem.neighbours for pair in pairwise(run)):
            yield run


def cost_of(
    festival: Festival,
    now: Sequence[Plan],
    answers: Sequence[Answer],
    vendor: str,
    stall: str,
    which: Collection[str],
) -> Cost:
    """What differs between the days as they are and the answers in which the wish is granted."""
    then = [{one.vendor: one.stalls for one in answer.placements} for answer in answers]
    asked = [
        stall in plan.get(vendor, ())
        for problem, plan in zip(festival.days, then, strict=True)
        if problem.day in which and vendor in problem.vendor_by_id
    ]
    if not asked or not all(asked):
        return Cost(granted=False)
    return Cost(
        True,
        tuple(_becomes(festival, now, then, vendor)),
        tuple(_worse(festival, now, then, answers[0].aims)),
        all(answer.complete for answer in answers),
    )


def _becomes(
    festival: Festival, now: Sequence[Plan], then: Sequence[Plan], first: str
) -> Iterator[Becomes]:
    """Who would have other stalls, the one who wishes first; equal days together."""
    found: dict[tuple[str, Stalls, Stalls, int | None], list[str]] = {}
    for problem, was, would in zip(festival.days, now, then, strict=True):
        for name in sorted(problem.vendor_by_id, key=lambda one: (one != first, one)):
            before, after = was.get(name, ()), would.get(name, ())
            if set(before) != set(after):
                lost = _lost(problem.vendor_by_id[name], before, after)
                found.setdefault((name, before, after, lost), []).append(problem.day)
    for key, days in sorted(found.items(), key=lambda one: one[0][0] != first):
        name, before, after, lost = key
        yield Becomes(name, before, after, tuple(days), lost)


def _lost(vendor: PlanningVendor, before: Stalls, after: Stalls) -> int | None:
    """The number of the wish that is lost, if one is."""
    rank = rank_of(vendor, before)
    if rank >= len(vendor.wishes) or (after and rank_of(vendor, after) <= rank):
        return None
    return rank + 1


def _worse(
    festival: Festival, now: Sequence[Plan], then: Sequence[Plan], aims: Sequence[Aim]
) -> Iterator[Worse]:
    """The aims that would get worse, reckoned from both plans alike; of wishes `Becomes` tells."""
    was, would = _checked(festival, now), _checked(festival, then)
    for aim in aims:
        if aim.name.startswith("wishes"):
            continue
        before = sum(value_of(day, aim.name) or 0.0 for day in was)
        after = sum(value_of(day, aim.name) or 0.0 for day in would)
        if (after < before) if aim.better == "more" else (after > before):
            yield Worse(aim.name, before, after)


def _checked(festival: Festival, plans: Sequence[Plan]) -> list[CheckedPlan]:
    """The plans of all days with the problems of the days as they are."""
    found: list[CheckedPlan] = []
    for problem, plan in zip(festival.days, plans, strict=True):
        placed = tuple(Placed(name, stalls, Reason("anywhere")) for name, stalls in plan.items())
        answer = Answer(placed, (), (), (), 0.0)
        found.append(CheckedPlan(problem, answer, found[-1] if found else None))
    return found
