"""On every day that can be thought of, plans keep the rules; and the checker sees when not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from market.planning.answer import Answer, Placed, Reason, Refused
from market.planning.checking import check, check_festival
from market.planning.large import bounds, propose_large
from market.planning.problem import (
    Category,
    Festival,
    Needs,
    PlanningStall,
    PlanningVendor,
    Problem,
)
from market.planning.proposal import propose, propose_festival
from tests.planning_problems import festival, festivals, problems, shuffled

few = settings(max_examples=60, derandomize=True, deadline=None)
fewer = settings(max_examples=20, derandomize=True, deadline=None)

OF_SENTENCES = {"why", "whys", "reason", "code", "facts"}


def answer_of(problem: Problem, plan: dict[str, tuple[str, ...]]) -> Answer:
    """A plan as an answer, with the simplest reasons."""
    plain = Reason("anywhere")
    taken = {stall for stalls in plan.values() for stall in stalls}
    return Answer(
        tuple(Placed(name, stalls, plain) for name, stalls in plan.items()),
        tuple(Refused(one.id, plain) for one in problem.vendors if one.id not in plan),
        tuple(one.id for one in problem.stalls if not one.blocked and one.id not in taken),
        (),
        0.0,
    )


def broken_rules(problem: Problem, answer: Answer) -> list[tuple[str, tuple[str, ...]]]:
    """What the checker says of the plan and its aims, not of its sentences."""
    found = check(problem, answer)
    return [(one.code, one.names) for one in found if one.code not in OF_SENTENCES]


def placements(answer: Answer) -> dict[str, tuple[str, ...]]:
    return {one.vendor: one.stalls for one in answer.placements}


@few
@given(problems())
def test_the_checker_finds_nothing_wrong_with_a_proposal(problem: Problem):
    """Neither in the plan nor in its aims and sentences."""
    assert check(problem, propose(problem)) == ()


@few
@given(festivals())
def test_the_checker_finds_nothing_wrong_with_the_days_of_a_festival(days: Festival):
    """Each day keeps every rule, and the same place on all days is reckoned again too."""
    assert check_festival(days, propose_festival(days)) == ()


@fewer
@given(festivals())
def test_the_same_festival_has_the_same_answers(days: Festival):
    """Twice as it is, and with everything in another order."""
    other = Festival(tuple(shuffled(day, 3) for day in days.days))
    plans = [placements(answer) for answer in propose_festival(days)]
    assert plans == [placements(answer) for answer in propose_festival(days)]
    assert plans == [placements(answer) for answer in propose_festival(other)]


@few
@given(problems())
def test_a_large_day_keeps_every_rule_too(problem: Problem):
    plan, aims = propose_large(problem)
    assert broken_rules(problem, replace(answer_of(problem, plan), aims=aims)) == []


@fewer
@given(problems())
def test_the_same_day_in_another_order_has_the_same_plan(problem: Problem):
    other = shuffled(problem, 7)
    assert placements(propose(problem)) == placements(propose(other))
    assert propose_large(problem) == propose_large(other)


@few
@given(problems())
def test_the_bounds_of_large_days_are_honest(problem: Problem):
    """The exact plan is never better than the bounds say, aim after aim while all are equal."""
    exact = propose(problem)
    for aim in bounds(problem, placements(exact)):
        if aim.name.startswith(("holders", "placed.", "seniority.")):
            assert (aim.value <= aim.bound) if aim.better == "more" else (aim.value >= aim.bound)
    plan, aims = propose_large(problem)
    best = {aim.name: aim for aim in exact.aims}
    for aim in aims:
        if aim.name not in best or best[aim.name].value != aim.value:
            if aim.name in best and aim.name.startswith("placed."):
                assert aim.value < best[aim.name].value <= aim.bound
            break
    assert plan.keys() <= {one.id for one in problem.vendors}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_festival_of_middle_size_keeps_every_rule(seed: int):
    problem = festival(90, seed)
    plan, aims = propose_large(problem)
    assert broken_rules(problem, replace(answer_of(problem, plan), aims=aims)) == []
    for aim in aims:
        if aim.name.startswith("placed."):
            assert aim.value >= aim.bound - max(2, 0.02 * aim.bound)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_festival_in_another_order_has_the_same_plan(seed: int):
    problem = festival(60, seed)
    assert propose_large(problem) == propose_large(shuffled(problem, seed))


# A day small enough to be understood, and plans of it that break a rule each.

STREET = (
    *(PlanningStall(f"A{number}", "A", number, power_kw=3.0) for number in (1, 2, 3, 4)),
    PlanningStall("B1", "B", 1, width_m=2.0),
    PlanningStall("B2", "B", 2, blocked=True),
)
SELLERS = (
    PlanningVendor("holder", "season", 1, own_stalls=("A1",)),
    PlanningVendor("senior", "guest", 1, frozenset({"honey"}), wishes=("A2",), max_stalls=2),
    PlanningVendor("junior", "guest", 2, frozenset({"honey"}), wishes=("A2",)),
    PlanningVendor("cook", "guest", 3, needs=Needs(power_kw=3.0, width_m=3.0)),
    PlanningVendor("picky", "guest", 4, wishes=("A1",), anywhere=False),
)
DAY = Problem(
    "2027-07-17",
    STREET,
    SELLERS,
    frozenset({frozenset({"A2", "A3"})}),
    (Category("honey", max_stalls=2),),
    pins={"cook": ("A4",)},
)
Change = Callable[[dict[str, tuple[str, ...]]], dict[str, tuple[str, ...]]]

BROKEN: list[tuple[str, Change]] = [
    ("stall_twice", lambda plan: plan | {"junior": plan["senior"]}),
    ("not_neighbours", lambda plan: {**plan, "senior": ("A2", "A3"), "junior": ("B1",)}),
    ("cap", lambda plan: {**plan, "senior": ("A2",), "junior": ("A3", "B1")}),
    ("above_maximum", lambda plan: {**plan, "junior": ("A3", "A4")}),
    ("pin_moved", lambda plan: {**plan, "cook": ("A3",), "junior": ("A4",)}),
    ("power", lambda plan: {**plan, "cook": ("B1",)}),
    ("width", lambda plan: {**plan, "cook": ("B1",)}),
    ("blocked", lambda plan: {**plan, "junior": ("B2",)}),
    ("holder_worse", lambda plan: {**plan, "holder": ("B1",)}),
    ("holder_worse", lambda plan: {one: has for one, has in plan.items() if one != "holder"}),
    ("not_wished", lambda plan: {**plan, "picky": ("B1",)}),
    ("exchange", lambda plan: {one: has for one, has in plan.items() if one != "senior"}
     | {"junior": ("A2",), "holder": ("A1",)}),
    ("left_out", lambda plan: {one: has for one, has in plan.items() if one != "junior"}),
]  # fmt: skip


def test_the_day_of_the_twins_is_planned_without_fault():
    answer = propose(DAY)
    assert check(DAY, answer) == ()
    assert placements(answer)["senior"] == ("A2",)


@pytest.mark.parametrize(("code", "change"), BROKEN)
def test_a_planted_fault_is_found(code: str, change: Change):
    plan = placements(propose(DAY))
    wrong = broken_rules(DAY, answer_of(DAY, change(plan)))
    assert code in [found for found, _ in wrong]


def test_a_vendor_placed_twice_is_found():
    answer = propose(DAY)
    twice = replace(answer, placements=(*answer.placements, answer.placements[0]))
    assert [one.code for one in check(DAY, twice)] == ["vendor_twice"]


def test_a_vendor_forgotten_is_found():
    answer = propose(DAY)
    assert [one.code for one in check(DAY, replace(answer, refused=()))] == ["vendor_missing"]


@pytest.mark.parametrize("code", ["pin", "own", "wish", "full", "cap", "needs"])
def test_a_false_sentence_is_found(code: str):
    """Whatever is said of the junior instead of the truth."""
    answer = propose(DAY)
    said = {one.vendor: one for one in answer.placements}["junior"]
    assert said.reason.code == "anywhere"
    false = replace(said, reason=Reason(code, {"wish": 1} if code == "wish" else {}))
    others = tuple(one for one in answer.placements if one.vendor != "junior")
    assert check(DAY, replace(answer, placements=(*others, false)))


TWO_DAYS = Festival((replace(DAY, day="2027-07-16"), DAY))
AIMS = ("holders", "placed.guest", "seniority.guest", "rounds.1", "same_stall", "wishes.first",
        "apart", "kept")  # fmt: skip


@pytest.mark.parametrize("name", AIMS)
def test_an_aim_that_is_not_as_told_is_found(name: str):
    """Each aim is reckoned again from the plan alone, also the one that two days make."""
    honey = (Category("honey", max_stalls=2, keep_apart=True),)
    before = {"junior": ("B1",)}
    days = Festival(tuple(replace(one, categories=honey, previous=before) for one in TWO_DAYS.days))
    answers = propose_festival(days)
    assert check_festival(days, answers) == ()
    told = {one.name: one for one in answers[1].aims}
    wrong = replace(told[name], value=told[name].value + 1, bound=told[name].bound + 1)
    aims = tuple(wrong if one.name == name else one for one in answers[1].aims)
    found = check_festival(days, (answers[0], replace(answers[1], aims=aims)))
    assert [(one.code, one.names) for one in found] == [("aim_value", (name,))]


def test_holders_beyond_a_maximum_are_judged_as_they_are_planned():
    """One of two holders keeps the place; a plan that leaves both out, or lets a junior in, not."""
    honey = frozenset({"honey"})
    two = tuple(
        PlanningVendor(f"h{one}", "season", one, honey, (f"A{one}",), max_stalls=1)
        for one in (1, 2)
    )
    day = Problem(
        "d", STREET, (*two, PlanningVendor("late", "guest", 9, honey)),
        categories=(Category("honey", max_stalls=1),),
    )  # fmt: skip
    answer = propose(day)
    assert check(day, answer) == ()
    assert set(placements(answer)) == {"h1"}
    for plan in ({}, {"late": ("A3",)}, {"h1": ("A3",)}):
        codes = [code for code, _names in broken_rules(day, answer_of(day, plan))]
        assert "holder_worse" in codes
