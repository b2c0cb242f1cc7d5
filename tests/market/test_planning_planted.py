"""A wrong rule planted in the planner is noticed: by the checker, or by trying every plan."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from market.planning import building, planning
from market.planning.aims import aims_of
from market.planning.checking import check
from market.planning.model import Model
from market.planning.problem import Problem
from market.planning.proposal import propose
from tests.market.planning_by_hand import best_worth, every_plan, worth
from tests.market.test_planning_exact import tiny

SEEDS = (*range(60), *range(115, 135))
"""Tiny days on which a plant is looked for, until one notices it."""

Plant = Callable[[pytest.MonkeyPatch], None]


def without_rows(name: str) -> Plant:
    """A planner that forgets a hard limit."""
    return lambda patch: patch.setattr(building, name, lambda _model: None)


def two_at_a_stall(patch: pytest.MonkeyPatch) -> None:
    """A planner that gives a stall to two."""
    patch.setattr(building, "_one_each", lambda model: _rows_of_seats(model, pinned=1.0))


def pins_are_wishes(patch: pytest.MonkeyPatch) -> None:
    """A planner that leaves out whom the office has put somewhere, where that fits better."""

    def one_each(model: Model) -> None:
        _rows_of_seats(model, pinned=0.0)
        for (_day, _stall), numbers in sorted(model.over.items()):
            if numbers:
                model.row(0.0, 1.0, [(one, 1.0) for one in numbers])

    patch.setattr(building, "_one_each", one_each)


def _rows_of_seats(model: Model, *, pinned: float) -> None:
    """A vendor has one run on a day."""
    for day, problem in enumerate(model.days):
        for vendor in model.seats(day):
            least = pinned if vendor.id in problem.pins else 0.0
            entries = [(one, 1.0) for one in model.on(day, vendor.id)]
            model.seat_rows[day, vendor.id] = model.row(least, 1.0, entries)


def without_aim(name: str) -> Plant:
    """A planner that does not care for some aims."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(
            planning,
            "aims_of",
            lambda model: tuple(one for one in aims_of(model) if not one.name.startswith(name)),
        )

    return plant


def swapped(first: str, then: str) -> Plant:
    """A planner that reaches an aim before another one that comes first."""

    def other_order(model: Model) -> tuple[object, ...]:
        aims = list(aims_of(model))
        place = {one.name: number for number, one in enumerate(aims)}
        if first in place and then in place:
            one, other = place[first], place[then]
            aims[one], aims[other] = aims[other], aims[one]
        return tuple(aims)

    return lambda patch: patch.setattr(planning, "aims_of", other_order)


def juniors_first(patch: pytest.MonkeyPatch) -> None:
    """A planner that gives places to those who came last."""

    def turned(model: Model) -> tuple[object, ...]:
        return tuple(
            replace(one, better="more") if one.name.startswith("seniority") else one
            for one in aims_of(model)
        )

    patch.setattr(planning, "aims_of", turned)


def checker_notices(problem: Problem) -> bool:
    """Whether the independent checker finds a fault in what the planner answers."""
    return bool(check(problem, propose(problem)))


def enumeration_notices(problem: Problem) -> bool:
    """Whether trying every plan shows that the answer is none of them, or not the best one."""
    plan = {one.vendor: one.stalls for one in propose(problem).placements}
    return plan not in every_plan(problem) or worth(problem, plan) != best_worth(problem)


@cache
def problems() -> tuple[Problem, ...]:
    """Tiny days of which all data are right."""
    return tuple(one for one in map(tiny, SEEDS) if not _has_bad_data(one))


def _has_bad_data(problem: Problem) -> bool:
    """Whether something in a problem contradicts itself."""
    return any(one.reason.code == "bad_data" for one in propose(problem).refused)


BY_CHECKER = {
    "reserved stalls are not kept": without_rows("add_reserved"),
    "maxima of categories are not kept": without_rows("_category_maxima"),
    "a stall has two": two_at_a_stall,
    "whom the office has put somewhere is left out": pins_are_wishes,
    "the junior is preferred": juniors_first,
}
BY_ENUMERATION = {
    **BY_CHECKER,
    "holders do not come first": without_aim("holders"),
    "seniority does not count": without_aim("seniority"),
    "stalls do not go round": without_aim("rounds"),
    "wishes do not count": without_aim("wishes"),
    "alike goods stand side by side": without_aim("apart"),
    "nobody is kept in place": without_aim("kept"),
    "guests are placed before others": swapped("placed.festival", "placed.guest"),
    "more stalls come before a place": swapped("placed.guest", "rounds.1"),
}


@pytest.mark.parametrize("plant", BY_CHECKER.values(), ids=BY_CHECKER)
def test_the_checker_notices_a_broken_rule(plant: Plant, monkeypatch: pytest.MonkeyPatch):
    whole = problems()  # before anything is planted
    plant(monkeypatch)
    assert any(checker_notices(one) for one in whole)


@pytest.mark.parametrize("plant", BY_ENUMERATION.values(), ids=BY_ENUMERATION)
def test_trying_every_plan_notices_a_wrong_planner(plant: Plant, monkeypatch: pytest.MonkeyPatch):
    whole = problems()  # before anything is planted
    plant(monkeypatch)
    assert any(enumeration_notices(one) for one in whole)


def test_nobody_notices_anything_where_nothing_is_planted():
    whole = problems()[:20]
    assert not any(checker_notices(one) or enumeration_notices(one) for one in whole)
