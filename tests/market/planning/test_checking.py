"""A plan that breaks a rule is named by the checker; a fair one passes."""

from dataclasses import replace

import pytest

from market.planning.answer import Aim, Answer, Placed, Reason, Refused, Why
from market.planning.checking import check
from market.planning.problem import (
    Category,
    Needs,
    PlanningStall,
    PlanningVendor,
    Problem,
)
from market.planning.reasons import Harm, explain

Plan = dict[str, tuple[str, ...]]


def stall(name: str, **more: object) -> PlanningStall:
    """A stall by its name: "A3" is the third of row A."""
    return PlanningStall(name, name[0], int(name[1:]), **more)  # type: ignore[arg-type]


def vendor(name: str, seniority: int, **more: object) -> PlanningVendor:
    """A vendor, a guest unless said otherwise."""
    return PlanningVendor(name, seniority=seniority, **more)  # type: ignore[arg-type]


STALLS = (
    stall("A1"),
    stall("A2", power_kw=3.0),
    stall("A3"),
    stall("A4", blocked=True),
    stall("B1", reserved_for=frozenset({"fish"})),
    stall("B2"),
)
FISH = Category("fish", max_stalls=2)
HOLDER = vendor("holder", 1, standing="season", own_stalls=("A1",), max_stalls=2, wishes=("A3",))
COOK = vendor("cook", 1, needs=Needs(power_kw=2.0), wishes=("A1", "A2"), visits=31)
BAKER = vendor("baker", 2, wishes=("A2", "A1", "A4", "A3"), visits=12)
FISHER = vendor("fisher", 3, categories=frozenset({"fish"}), wishes=("B1",), anywhere=False)
LAST = vendor("last", 4, wishes=("A3",))
EXTRA = vendor("extra", 5)

PROBLEM = Problem(
    "2027-07-17",
    STALLS,
    (HOLDER, COOK, BAKER, FISHER, LAST, EXTRA),
    categories=(FISH,),
)
FAIR: Plan = {
    "holder": ("A1",),
    "cook": ("A2",),
    "baker": ("A3",),
    "fisher": ("B1",),
    "last": ("B2",),
}


AIMS = (Aim("holders", 1.0, 1.0, True), Aim("wishes.first", 1.0, 1.0, True))


def answer_of(problem: Problem, plan: Plan, **reasons: Reason) -> Answer:
    """An answer with true reasons, but for those that are given."""
    told = explain(
        problem, plan, proven=True, granting=lambda _vendor, _stall: Harm("wishes.first", 0.0, 1.0)
    )
    told |= reasons
    taken = {one for stalls in plan.values() for one in stalls}
    return Answer(
        tuple(Placed(name, stalls, told[name]) for name, stalls in plan.items()),
        tuple(Refused(one.id, told[one.id]) for one in problem.vendors if one.id not in plan),
        tuple(one.id for one in problem.stalls if not one.blocked and one.id not in taken),
        AIMS,
        0.0,
    )


def codes(problem: Problem, answer: Answer) -> set[str]:
    """What the checker finds."""
    return {wrong.code for wrong in check(problem, answer)}


def test_a_fair_plan_passes_with_all_its_sentences() -> None:
    """The plan of this table keeps every rule, and its reasons are those one would say."""
    answer = answer_of(PROBLEM, FAIR)
    assert check(PROBLEM, answer) == ()
    told = {placed.vendor: placed.reason for placed in answer.placements}
    assert told["holder"] == Reason("own", {}, (Why("A3", "aim", AIM),))
    assert told["cook"] == Reason("wish", {"wish": 2}, (Why("A1", "power", POWER),))
    assert told["baker"].better == (
        Why("A2", "senior", SENIOR | {"theirs_visits": 31, "mine_visits": 12}),
        Why("A1", "holder", {"vendor": "holder"}),
        Why("A4", "blocked"),
    )
    assert told["last"].better == (
        Why("A3", "senior", {"vendor": "baker", "theirs": 2, "mine": 4}),
    )
    assert answer.refused[0].reason == Reason(
        "full", {"places": 5, "taken": 5, "earlier": 1, "senior": 4, "least": "last"}
    )


AIM = {"aim": "wishes.first", "now": 0.0, "then": 1.0, "vendor": "baker"}
POWER = {"need": 2.0, "have": 0.0}
SENIOR = {"vendor": "cook", "theirs": 1, "mine": 2}


def changed(**stalls: tuple[str, ...] | None) -> Plan:
    """The fair plan with other stalls for some; None takes a place away."""
    return {name: has for name, has in (FAIR | stalls).items() if has is not None}  # type: ignore[operator]


TWO = vendor("baker", 2, min_stalls=2, max_stalls=2)
PIN = replace(PROBLEM, pins={"baker": ("A3",)})
WRONG_PLANS: dict[str, tuple[Problem, Plan]] = {
    "stall_twice": (PROBLEM, changed(last=("A3",))),
    "not_neighbours": (PROBLEM, changed(holder=("A1", "A3"), baker=None)),
    "blocked": (PROBLEM, changed(baker=("A4",))),
    "power": (PROBLEM, changed(cook=("A3",), baker=("A2",))),
    "above_maximum": (PROBLEM, changed(baker=("A2", "A3"), cook=None)),
    "pin_moved": (PIN, changed(baker=("B2",), last=("A3",))),
    "not_wished": (PROBLEM, changed(fisher=("B2",), last=None)),
    "holder_worse": (PROBLEM, changed(holder=("B2",), last=("A1",))),
    "reserved": (PROBLEM, changed(fisher=None, last=("B1",), extra=("B2",))),
    "exchange": (PROBLEM, changed(last=None, extra=("B2",))),
    "left_out": (PROBLEM, changed(last=None)),
    "cap": (
        replace(PROBLEM, categories=(Category("fish", max_stalls=0),)),
        FAIR,
    ),
    "below_minimum": (
        replace(PROBLEM, vendors=(HOLDER, COOK, TWO, FISHER, LAST, EXTRA)),
        FAIR,
    ),
    "width": (
        replace(PROBLEM, vendors=(HOLDER, replace(COOK, needs=Needs(width_m=4.0)))),
        {"holder": ("A1",), "cook": ("A2",)},
    ),
    "features": (
        replace(PROBLEM, vendors=(HOLDER, replace(COOK, needs=Needs(features=frozenset("w"))))),
        {"holder": ("A1",), "cook": ("A2",)},
    ),
}


@pytest.mark.parametrize("rule", WRONG_PLANS)
def test_a_plan_that_breaks_a_rule_is_named(rule: str) -> None:
    """Each rule has a plan that breaks it."""
    problem, plan = WRONG_PLANS[rule]
    assert rule in codes(problem, answer_of(problem, plan))


def test_a_gap_parts_neighbours() -> None:
    """A run across a passage is no run."""
    gap = replace(PROBLEM, gaps=frozenset({frozenset({"A1", "A2"})}))
    plan = changed(holder=("A1", "A2"), cook=None)
    assert "not_neighbours" not in codes(PROBLEM, answer_of(PROBLEM, plan))
    assert "not_neighbours" in codes(gap, answer_of(gap, plan))


FAIR_ANSWER = answer_of(PROBLEM, FAIR)
WRONG_ANSWERS: dict[str, Answer] = {
    "vendor_twice": replace(
        FAIR_ANSWER, refused=(*FAIR_ANSWER.refused, Refused("last", Reason("full")))
    ),
    "vendor_missing": replace(FAIR_ANSWER, refused=()),
    "unknown_vendor": replace(
        FAIR_ANSWER, refused=(*FAIR_ANSWER.refused, Refused("nobody", Reason("full")))
    ),
    "unknown_stall": replace(
        FAIR_ANSWER,
        placements=(Placed("holder", ("Z9",), Reason("own")), *FAIR_ANSWER.placements[1:]),
    ),
    "no_stall": replace(
        FAIR_ANSWER,
        placements=(Placed("holder", (), Reason("own")), *FAIR_ANSWER.placements[1:]),
    ),
    "open": replace(FAIR_ANSWER, open=("A4",)),
    "aim_value": replace(FAIR_ANSWER, aims=(Aim("holders", 0.0, 1.0, False),)),
    "aim_proof": replace(FAIR_ANSWER, aims=(Aim("unknown", 1.0, 2.0, True),)),
    "aim_bound": replace(FAIR_ANSWER, aims=(Aim("unknown", 3.0, 2.0, False),)),
}


@pytest.mark.parametrize("rule", WRONG_ANSWERS)
def test_an_answer_that_does_not_say_what_is_is_named(rule: str) -> None:
    """Lists and numbers of an answer are reckoned again."""
    assert rule in codes(PROBLEM, WRONG_ANSWERS[rule])


LIES: dict[str, tuple[str, Reason]] = {
    "a power it does not need": ("baker", Reason("wish", {"wish": 4}, (
        Why("A2", "power", {"need": 0.0, "have": 3.0}), *FAIR_ANSWER.placements[2].reason.better[1:]
    ))),
    "one junior as senior": ("cook", Reason("wish", {"wish": 2}, (
        Why("A1", "senior", {"vendor": "baker", "theirs": 2, "mine": 1}),
    ))),
    "other visits": ("baker", Reason("wish", {"wish": 4}, (
        Why("A2", "senior", SENIOR | {"theirs_visits": 32, "mine_visits": 12}),
        *FAIR_ANSWER.placements[2].reason.better[1:],
    ))),
    "somebody who stands elsewhere": ("last", Reason("anywhere", {}, (
        Why("A3", "holder", {"vendor": "holder"}),
    ))),
    "somebody else at the same stall": ("baker", Reason("wish", {"wish": 4}, (
        Why("A2", "senior", SENIOR | {"vendor": "last", "theirs_visits": 31, "mine_visits": 12}),
        *FAIR_ANSWER.placements[2].reason.better[1:],
    ))),
    "visits the other way round": ("baker", Reason("wish", {"wish": 4}, (
        Why("A2", "senior", SENIOR | {"theirs_visits": 12, "mine_visits": 31}),
        *FAIR_ANSWER.placements[2].reason.better[1:],
    ))),
    "an earlier class that it is not": ("last", Reason("anywhere", {}, (
        Why("A3", "class", {"vendor": "baker", "theirs": "regular", "mine": "guest"}),
    ))),
    "a pin that is none": ("last", Reason("anywhere", {}, (
        Why("A3", "pin", {"vendor": "baker"}),
    ))),
    "an own pin that is none": ("last", Reason("anywhere", {}, (Why("A3", "own_pin"),))),
    "a closed stall that is open": ("last", Reason("anywhere", {}, (Why("A3", "blocked"),))),
    "a width that is enough": ("last", Reason("anywhere", {}, (
        Why("A3", "width", {"need": 4.0, "have": 3.0}),
    ))),
    "features it does not need": ("last", Reason("anywhere", {}, (
        Why("A3", "features", {"missing": ["water"]}),
    ))),
    "a lack of neighbours": ("last", Reason("anywhere", {}, (Why("A3", "no_run", {"need": 1}),))),
    "neighbours not wished": ("last", Reason("anywhere", {}, (
        Why("A3", "not_all_wished", {"need": 1}),
    ))),
    "own places to lose": ("last", Reason("anywhere", {}, (Why("A3", "keeps", {"own": 1}),))),
    "a reservation that is none": ("last", Reason("anywhere", {}, (
        Why("A3", "reserved", {"category": "fish", "vendor": "baker"}),
    ))),
    "a maximum though placed": ("last", Reason("anywhere", {}, (
        Why("A3", "cap", {"category": "fish", "max": 2, "taken": 1}),
    ))),
    "an aim that a simple change spares": ("last", Reason("anywhere", {}, (
        Why("A3", "aim", {"aim": "holders", "now": 1.0, "then": 0.0, "vendor": "baker"}),
    ))),
    "an aim that is none": ("last", Reason("anywhere", {}, (
        Why("A3", "aim", {"aim": "beauty", "now": 1.0, "then": 0.0, "vendor": "baker"}),
    ))),
    "an aim that does not get worse": ("last", Reason("anywhere", {}, (
        Why("A3", "aim", {"aim": "wishes.first", "now": 1.0, "then": 1.0, "vendor": "baker"}),
    ))),
    "an aim, and somebody who is not there": ("last", Reason("anywhere", {}, (
        Why("A3", "aim", {"aim": "wishes.first", "now": 0.0, "then": 1.0, "vendor": "cook"}),
    ))),
    "an aim, and nobody there": ("last", Reason("anywhere", {}, (
        Why("A3", "aim", {"aim": "wishes.first", "now": 0.0, "then": 1.0}),
    ))),
    "not proven, and an aim that is spared": ("last", Reason("anywhere", {}, (
        Why("A3", "not_proven", {"aim": "holders", "vendor": "baker"}),
    ))),
    "a code that is none": ("last", Reason("anywhere", {}, (Why("A3", "luck"),))),
    "another stall": ("last", Reason("anywhere", {}, (
        Why("A2", "senior", {"vendor": "baker", "theirs": 2, "mine": 4}),
    ))),
    "an own stall it has not": ("last", Reason(
        "own", {}, (Why("A3", "senior", {"vendor": "baker", "theirs": 2, "mine": 4}),))),
    "power that is free": ("extra", Reason("needs", {"what": "power", "need": 3.0, "have": 0.0})),
    "width that is free": ("extra", Reason("needs", {"what": "width", "need": 4.0, "have": 3.0})),
    "features that it does not need": ("extra", Reason(
        "needs", {"what": "features", "missing": ["water"]})),
    "nothing together": ("extra", Reason("needs", {"what": "together"})),
    "no neighbours": ("extra", Reason("needs", {"what": "run", "need": 1})),
    "another as the last": ("extra", Reason("full", {"places": 5, "taken": 5, "earlier": 1,
                                                     "senior": 4, "least": "baker"})),
    "visits of the last that nobody knows": ("extra", Reason("full", {
        "places": 5, "taken": 5, "earlier": 1, "senior": 4, "least": "last",
        "theirs_visits": 9, "mine_visits": 1})),
    "no why": ("last", Reason("anywhere")),
    "the time limit": ("last", Reason("anywhere", {}, (Why("A3", "best_found"),))),
    "another wish": ("cook", Reason("wish", {"wish": 1}, FAIR_ANSWER.placements[1].reason.better)),
    "by hand": ("cook", Reason("pin", {}, FAIR_ANSWER.placements[1].reason.better)),
    "needs that are met": ("extra", Reason("needs", {"what": "power", "need": 0.0, "have": 0.0})),
    "a maximum it has not": ("extra", Reason("cap", {"category": "fish", "max": 2, "taken": 1})),
    "wishes only": ("extra", Reason("only_wished", {"wished": 0})),
    "other numbers": ("extra", Reason("full", {"places": 4, "taken": 4, "earlier": 1, "senior": 3,
                                               "least": "last"})),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_sentence_that_is_not_true_is_named(lie: str) -> None:
    """Reasons are verified word by word."""
    name, reason = LIES[lie]
    found = check(PROBLEM, answer_of(PROBLEM, FAIR, **{name: reason}))
    assert found
    assert all(wrong.names[0] == name for wrong in found)
    assert {wrong.code for wrong in found} <= {"reason", "why", "whys"}


def test_the_cost_of_a_wish_is_verified_by_asking_again() -> None:
    """Whoever finds out in another way must find the same aim."""
    assert check(PROBLEM, FAIR_ANSWER, lambda _vendor, _stall: ("wishes.first", 1.0)) == ()
    for other in (("holders", 0.0), None):
        wrong = check(PROBLEM, FAIR_ANSWER, lambda _vendor, _stall, other=other: other)
        assert {one.code for one in wrong} == {"why"}


def test_bad_data_of_one_is_no_fault_of_the_plan() -> None:
    """Who could not be planned is refused and bound by no rule."""
    plan = changed(last=None)
    answer = answer_of(PROBLEM, plan, last=Reason("bad_data"), extra=Reason("bad_data"))
    assert check(PROBLEM, answer) == ()
