"""Sentences of explanation: the rule that is named is the right one, and a wrong one is found."""

from dataclasses import replace
from time import monotonic

import pytest

from market.planning.answer import Answer
from market.planning.building import model_of
from market.planning.checking import check
from market.planning.planning import Planning
from market.planning.problem import Festival, Needs, PlanningStall, PlanningVendor, Problem
from market.planning.proposal import propose, propose_festival
from market.planning.reasons import Harm
from market.planning.stopwatch import Stopwatch
from market.planning.what_if import WishCosts, patience
from market.planning.wish_cost import Cost, cost_of, granting
from tests.market.planning_by_hand import Plan, every_plan, worth
from tests.market.test_planning_exact import tiny


def first_harmed(problem: Problem, answer: Answer, plans: list[Plan]):
    """By trying every plan: the first aim that is worse in the best plan with a wish granted."""
    now = worth(problem, {one.vendor: one.stalls for one in answer.placements})

    def asked(vendor: str, stall: str) -> tuple[str, float] | None:
        granted = [worth(problem, one) for one in plans if stall in one.get(vendor, ())]
        if not granted:
            return "infeasible", 1.0
        best = max(granted, key=lambda values: [value for _, value in values])
        for (name, value), (_, then) in zip(now, best, strict=True):
            if then < value:
                return ("wishes.first", 1.0) if name.startswith("wishes") else (name, abs(then))
        return None

    return asked


@pytest.mark.parametrize("seed", range(60))
def test_the_rule_named_is_the_first_that_would_be_harmed(seed: int):
    """Among all plans there are, not only those the planner has looked at."""
    problem = tiny(seed)
    answer = propose(problem)
    if any(one.reason.code == "bad_data" for one in answer.refused):
        return
    found = first_harmed(problem, answer, list(every_plan(problem)))
    assert check(problem, answer, found) == ()


# What it would cost to grant a wish.

STREET = tuple(PlanningStall(f"A{number}", "A", number) for number in (1, 2, 3, 4))
ANNA = PlanningVendor("anna", seniority=1, wishes=("A2",))
JURIS = PlanningVendor("juris", seniority=2, wishes=("A2",))
DAYS = Festival(tuple(Problem(day, STREET, (ANNA, JURIS)) for day in ("d1", "d2")))


def cost(stall: str, *days: str, festival: Festival = DAYS) -> Cost | None:
    """What it would cost to give Juris a stall on some days."""
    now = [
        {one.vendor: one.stalls for one in answer.placements}
        for answer in propose_festival(festival)
    ]
    granted = granting(festival, now, "juris", stall, days)
    if granted is None:
        return None
    return cost_of(festival, now, propose_festival(granted), "juris", stall, days)


def test_who_would_move_is_told_with_the_wish_that_is_lost():
    found = cost("A2", "d1", "d2")
    assert found is not None
    first, other = found.becomes
    assert (first.vendor, first.after, first.lost) == ("juris", ("A2",), None)
    assert (other.vendor, other.before, other.lost) == ("anna", ("A2",), 1)
    assert first.days == other.days == ("d1", "d2")
    assert found.worse == ()
    assert found.complete


def test_who_is_put_on_one_day_has_the_same_place_on_the_other():
    """It is what the planner would do: the same place on all days comes before wishes."""
    found = cost("A2", "d2")
    assert found is not None
    assert {one.days for one in found.becomes} == {("d1", "d2")}


@pytest.mark.parametrize(
    "festival",
    [
        Festival((replace(DAYS.days[0], pins={"anna": ("A2",)}), DAYS.days[1])),
        Festival((DAYS.days[0], replace(DAYS.days[1], vendors=(ANNA,)))),
        Festival((replace(DAYS.days[0], stalls=STREET[:1]), DAYS.days[1])),
        Festival(
            tuple(
                replace(one, vendors=(ANNA, replace(JURIS, needs=Needs(power_kw=1.0))))
                for one in DAYS.days
            )
        ),
    ],
    ids=["kept by hand", "not there on the day", "no such stall", "power"],
)
def test_what_cannot_be_given_is_not_reckoned(festival: Festival):
    assert cost("A2", "d1" if festival.days[1].vendors != (ANNA,) else "d2", festival=festival) is (
        None
    )


def test_where_time_is_over_it_is_said_that_nothing_is_proven():
    """The plan is proven, but not which aim forbids the wish: it is the one told or one before."""
    day = DAYS.days[0]
    planning = Planning(model_of((day,)), Stopwatch())
    planning.run()
    solver = planning.solver
    in_time = WishCosts(planning, Stopwatch(), solver.limits, solver.best)
    too_late = WishCosts(planning, Stopwatch(1e-6), solver.limits, solver.best)
    late = too_late.first_harmed(0, "juris", "A2")
    assert in_time.first_harmed(0, "juris", "A2") == Harm("wishes.first", 0.0, 1.0)
    assert late is not None
    assert not late.proven


def test_a_long_search_leaves_time_for_proofs_within_the_limit():
    """Not much longer than the planning, but never beyond what was given; all, where all was."""
    assert patience(Stopwatch()).limit is None
    begun = monotonic() - 3.0
    assert 4.5 < (patience(Stopwatch(10.0, None, begun)).limit or 0.0) < 5.5
    assert patience(Stopwatch(60.0, None, begun)).limit == 15.0
    assert patience(Stopwatch(4.0, None, begun)).limit == 4.0
