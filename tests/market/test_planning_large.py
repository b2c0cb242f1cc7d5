"""A large day is planned as well as can be proven, and its bounds are honest."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from market.planning.answer import Aim, Answer, Placed, Reason, Refused
from market.planning.checking import check
from market.planning.large import bounds, propose_large
from market.planning.problem import Category, PlanningStall, PlanningVendor, Problem
from market.planning.proposal import propose
from market.planning.stopwatch import Cancelled
from tests.planning_problems import festival, problems

some = settings(max_examples=60, derandomize=True, deadline=None)
fewer = settings(max_examples=20, derandomize=True, deadline=None)
COUNTED = ("placed.", "rounds.", "wishes.")


def beaten(problem: Problem, aims: tuple[Aim, ...]) -> list[str]:
    """Aims of which the exact plan has more than the bound, though it is no worse before."""
    best = {aim.name: aim.value for aim in propose(problem).aims}
    found = []
    for aim in (one for one in aims if one.name in best):
        sign = 1 if aim.better == "more" else -1
        if sign * best[aim.name] > sign * aim.bound:
            found.append(aim.name)
        if sign * best[aim.name] < sign * aim.value:
            break
    return found


def broken(problem: Problem, plan: dict[str, tuple[str, ...]], aims: tuple[Aim, ...]) -> list[str]:
    """The rules that a plan breaks; what is said of it is not looked at."""
    plain = Reason("anywhere")
    taken = {stall for stalls in plan.values() for stall in stalls}
    answer = Answer(
        tuple(Placed(name, stalls, plain) for name, stalls in plan.items()),
        tuple(Refused(one.id, plain) for one in problem.vendors if one.id not in plan),
        tuple(one.id for one in problem.stalls if not one.blocked and one.id not in taken),
        aims,
        0.0,
    )
    said = {"why", "whys", "reason", "code", "facts"}
    return [one.code for one in check(problem, answer) if one.code not in said]


@some
@given(problems())
def test_no_plan_is_better_than_the_bounds_say(problem: Problem):
    """The exact one is not, aim after aim as long as it is no worse."""
    aims = propose_large(problem)[1]
    assert beaten(problem, aims) == []
    exact = {one.vendor: one.stalls for one in propose(problem).placements}
    for aim in bounds(problem, exact):
        assert (aim.value <= aim.bound) if aim.better == "more" else (aim.value >= aim.bound)


@fewer
@given(problems())
def test_bounds_are_honest_when_time_is_short_too(problem: Problem):
    for seconds in (0.0, 0.01):
        assert beaten(problem, propose_large(problem, seconds)[1]) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_festival_day_comes_close_to_its_bounds(seed: int):
    problem = festival(45, seed)
    plan, aims = propose_large(problem)
    assert beaten(problem, aims) == []
    assert broken(problem, plan, aims) == []
    assert all(aim.bound - aim.value <= 1 for aim in aims if aim.name.startswith(COUNTED))


def test_a_bound_that_is_too_low_is_found():
    """What the other statements of this module look for would be seen."""
    problem = festival(45, 1)
    aims = propose(problem).aims
    low = tuple(replace(one, value=0.0, bound=one.bound - 1) for one in aims)
    assert beaten(problem, low)[0] == aims[0].name


def test_holders_beyond_a_maximum_are_refused():
    """As many keep their places as the category may have, the senior ones."""
    honey = frozenset({"honey"})
    stalls = tuple(PlanningStall(f"A{one}", "A", one) for one in (1, 2, 3))
    holders = tuple(
        PlanningVendor(f"h{one}", "season", one, honey, (f"A{one}",)) for one in (1, 2, 3)
    )
    problem = Problem("2027-07-17", stalls, holders, categories=(Category("honey", 2),))
    plan, aims = propose_large(problem)
    assert plan == {"h1": ("A1",), "h2": ("A2",)}
    assert broken(problem, plan, aims) == []
    assert beaten(problem, aims) == []


def test_planning_a_large_day_can_be_ended():
    told: list[str] = []

    def once(progress: object) -> bool:
        told.append(str(progress))
        return len(told) < 5

    with pytest.raises(Cancelled):
        propose_large(festival(45, 1), progress=once)
