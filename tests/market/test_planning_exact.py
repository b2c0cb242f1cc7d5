"""The planner agrees with trying every plan, on many tiny days."""

import random
from itertools import pairwise

import pytest

from market.planning.problem import (
    CLASSES,
    Category,
    Festival,
    Needs,
    PlanningStall,
    PlanningVendor,
    Problem,
)
from market.planning.proposal import propose, propose_festival
from tests.market.planning_by_hand import best_worth, every_plan, worth

GOODS = ("honey", "cheese", "roses")


def tiny(seed: int) -> Problem:
    """A day of six stalls at most and five vendors at most, with everything that can matter."""
    chance = random.Random(seed)
    stalls = tuple(
        PlanningStall(
            f"{row}{place}",
            row,
            place,
            power_kw=chance.choice([0.0, 3.0]),
            reserved_for=frozenset(chance.sample(GOODS, 1) if chance.random() < 0.25 else []),
            blocked=chance.random() < 0.08,
        )
        for row in "AB"
        for place in range(1, chance.choice([2, 3]) + 1)
    )
    names = [stall.id for stall in stalls]
    owners = chance.sample(names, 2)
    vendors = tuple(_vendor(chance, number, names, owners) for number in range(5))
    pins = {}
    if chance.random() < 0.2:
        pins["v4"] = (chance.choice(names),)
    previous = {
        f"v{number}": (name,)
        for number, name in enumerate(chance.sample(names, 3))
        if chance.random() < 0.6
    }
    return Problem(
        "2027-07-17",
        stalls,
        vendors,
        frozenset({frozenset(("A1", "A2"))} if chance.random() < 0.2 else ()),
        tuple(
            Category(name, chance.choice([None, 1, 2, 3]), chance.random() < 0.6) for name in GOODS
        ),
        pins,
        previous,
        chance.random() < 0.3,
    )


def _vendor(
    chance: random.Random, number: int, names: list[str], owners: list[str]
) -> PlanningVendor:
    own = (owners[number],) if number < 2 and chance.random() < 0.6 else ()
    least = chance.choice([1, 1, 1, 2])
    return PlanningVendor(
        f"v{number}",
        "season" if own else chance.choice(CLASSES),
        chance.randrange(3),
        frozenset(chance.sample(GOODS, chance.choice([1, 1, 2]))),
        own,
        least,
        max(least, chance.choice([1, 1, 2, 3])),
        tuple(chance.sample(names, chance.choice([0, 1, 2, 3]))),
        chance.random() < 0.6,
        Needs(chance.choice([0.0, 0.0, 3.0])),
    )


@pytest.mark.parametrize("seed", range(150))
def test_no_plan_is_better_in_the_order_of_aims(seed: int):
    problem = tiny(seed)
    answer = propose(problem)
    bad = {one.vendor for one in answer.refused if one.reason.code == "bad_data"}
    if bad:
        return
    plan = {one.vendor: one.stalls for one in answer.placements}
    assert worth(problem, plan) == best_worth(problem)
    assert answer.complete
    assert all(aim.value == aim.bound and aim.proven for aim in answer.aims)
    told = dict(worth(problem, plan))
    for aim in answer.aims:
        if aim.name in told:
            assert aim.value == abs(told[aim.name]), aim.name


def small(seed: int) -> Problem:
    """A day of three stalls and three vendors."""
    problem = tiny(seed)
    names = {"A1", "A2", "B1"}

    def within(stalls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(stall for stall in stalls if stall in names)

    return Problem(
        problem.day,
        tuple(stall for stall in problem.stalls if stall.id in names),
        tuple(
            PlanningVendor(
                one.id, one.standing, one.seniority, one.categories, within(one.own_stalls),
                1, 1, within(one.wishes), one.anywhere,
            )
            for one in problem.vendors[:3]
        ),
        categories=problem.categories,
        previous={
            name: stalls
            for name, stalls in problem.previous.items()
            if name in ("v0", "v1", "v2") and within(stalls)
        },
        calm=problem.calm,
    )  # fmt: skip


def together_worth(days: tuple[Problem, ...], plans: tuple[dict[str, tuple[str, ...]], ...]):
    """The values of a festival: each aim over all days, wishes vendor by vendor and day by day."""
    each = [dict(worth(day, plan)) for day, plan in zip(days, plans, strict=True)]
    names = [name for name, _ in worth(days[0], plans[0]) if not name.startswith("wishes")]
    calm = days[0].calm
    values = {name: sum(one[name] for one in each) for name in names}
    before = [name for name in names if name not in ("apart", "kept") or (calm and name == "kept")]
    same = sum(
        set(first[name]) == set(then[name])
        for first, then in pairwise(plans)
        for name in first
        if name in then
    )
    seats = sorted(
        (vendor.order, day) for day, problem in enumerate(days) for vendor in problem.vendors
    )
    wishes = [each[day][f"wishes {order[2]}"] for order, day in seats]
    after = [values[name] for name in names if name not in before]
    return [values[name] for name in before] + [same] + wishes + after


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_of_two_days_is_better(seed: int):
    first, then = small(seed), small(seed + 1000)
    days = (first, Problem(**{**then.__dict__, "calm": first.calm}))
    answers = propose_festival(Festival(days))
    if any(one.reason.code == "bad_data" for answer in answers for one in answer.refused):
        return
    plans = tuple({one.vendor: one.stalls for one in answer.placements} for answer in answers)
    best = max(
        together_worth(days, (one, other))
        for one in every_plan(days[0])
        for other in every_plan(days[1])
    )
    assert together_worth(days, plans) == best
