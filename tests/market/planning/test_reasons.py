"""Reasons are the most certain facts first, and name the stall that decides."""

from dataclasses import replace

import pytest

from market.planning.answer import Why
from market.planning.problem import Needs, PlanningStall, PlanningVendor, Problem
from market.planning.reasons import Harm, explain

Plan = dict[str, tuple[str, ...]]
STALLS = tuple(PlanningStall(f"A{number}", "A", number) for number in range(1, 6))
MINE = PlanningVendor("mine", seniority=5, min_stalls=2, max_stalls=2, wishes=("A2",), visits=3)
OTHER = PlanningVendor("other", seniority=1, wishes=("A1",), visits=9)
THIRD = PlanningVendor("third", seniority=2, wishes=("A3",), visits=9)


def problem(*vendors: PlanningVendor, **more: object) -> Problem:
    """A row of five places."""
    return replace(Problem("2027-07-17", STALLS, vendors), **more)  # type: ignore[arg-type]


def whys(asked: Problem, plan: Plan, *, answered: bool = True) -> tuple[Why, ...]:
    """What is said to "mine" about better wishes."""
    cost = Harm("rounds.1", 4.0, 3.0) if answered else None
    told = explain(asked, plan, proven=answered, granting=lambda _vendor, _stall: cost)
    return told["mine"].better


ELSEWHERE: Plan = {"mine": ("A4", "A5")}
SENIOR = {"theirs": 1, "mine": 5, "theirs_visits": 9, "mine_visits": 3}
BLOCKED = tuple(replace(one, blocked=one.id in ("A1", "A3")) for one in STALLS)
CASES: dict[str, tuple[Problem, Plan, tuple[Why, ...]]] = {
    "both places beside the wish are closed": (
        problem(MINE, stalls=BLOCKED), ELSEWHERE, (Why("A2", "no_run", {"need": 2}),),
    ),
    "beside it two seniors got their wishes": (
        problem(MINE, OTHER, THIRD), ELSEWHERE | {"other": ("A1",), "third": ("A3",)},
        (Why("A2", "senior", {"vendor": "other", "at": "A1"} | SENIOR),),
    ),
    "beside it one place is open, so no rule alone explains it": (
        problem(MINE, OTHER), ELSEWHERE | {"other": ("A1",)},
        (Why("A2", "aim", {"aim": "rounds.1", "now": 4.0, "then": 3.0}),),
    ),
    "a senior who did not wish it is no reason": (
        problem(replace(MINE, min_stalls=1), replace(OTHER, wishes=())),
        {"mine": ("A4",), "other": ("A2",)},
        (Why("A2", "aim", {"aim": "rounds.1", "now": 4.0, "then": 3.0, "vendor": "other"}),),
    ),
    "nobody wished what is needed beside it": (
        problem(replace(MINE, anywhere=False)), {}, (Why("A2", "not_all_wished", {"need": 2}),),
    ),
    "a holder would lose a place": (
        problem(replace(MINE, own_stalls=("A3", "A4", "A5"), max_stalls=3, wishes=("A1",),
                        anywhere=False)),
        {"mine": ("A3", "A4", "A5")}, (Why("A1", "not_all_wished", {"need": 2}),),
    ),
    "a holder's run would not be long enough": (
        problem(replace(MINE, own_stalls=("A3", "A4", "A5"), max_stalls=3, wishes=("A1", "A2")),
                gaps=frozenset({frozenset({"A2", "A3"})})),
        {"mine": ("A3", "A4", "A5")},
        (Why("A1", "keeps", {"own": 3}), Why("A2", "keeps", {"own": 3})),
    ),
    "put elsewhere by hand": (
        problem(MINE, pins={"mine": ("A4", "A5")}), ELSEWHERE, (Why("A2", "own_pin"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_why_a_better_wish_was_not_granted(case: str) -> None:
    """The first certain fact is said."""
    asked, plan, expected = CASES[case]
    assert whys(asked, plan) == expected


def test_without_proof_and_without_fact_the_time_limit_is_named() -> None:
    """Nothing is claimed that is not known."""
    asked = problem(MINE, OTHER)
    plan = ELSEWHERE | {"other": ("A1",)}
    assert whys(asked, plan, answered=False) == (Why("A2", "best_found"),)


NEEDS = {
    "power": (Needs(power_kw=3.0), {"what": "power", "need": 3.0, "have": 0.0}),
    "width": (Needs(width_m=4.0), {"what": "width", "need": 4.0, "have": 3.0}),
    "features": (Needs(features=frozenset({"roof"})), {"what": "features", "missing": ["roof"]}),
}


@pytest.mark.parametrize("what", NEEDS)
def test_needs_that_no_place_meets_are_named(what: str) -> None:
    """Whoever else applies, there is no such place."""
    needs, facts = NEEDS[what]
    vendor = PlanningVendor("mine", needs=needs)
    reason = explain(problem(vendor), {}, proven=True, granting=lambda _v, _s: None)["mine"]
    assert (reason.code, reason.facts) == ("needs", facts)
