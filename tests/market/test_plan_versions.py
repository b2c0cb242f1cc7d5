"""Versions of a plan: what differs between two, and what publishing one does to a day."""

from datetime import date

import pytest

from market.planning.versions import (
    GONE,
    MOVED,
    NEW,
    UNCHANGED,
    Difference,
    Stalls,
    Step,
    counted,
    differences,
    next_name,
    publishing,
)

FRI, SAT = date(2027, 7, 16), date(2027, 7, 17)


def test_two_versions_differ_person_by_person() -> None:
    before = {
        "v1": {FRI: ("A1",), SAT: ("A1",)},
        "v2": {FRI: ("A10",)},
        "v3": {FRI: ("A2",)},
        "v5": {FRI: ("B2", "B1")},
    }
    after = {
        "v1": {FRI: ("A1",), SAT: ("A4",)},
        "a4": {SAT: ("A1",)},
        "v5": {FRI: ("B1", "B2"), SAT: ()},
    }
    found = differences(before, after)
    assert found == (
        Difference("v3", GONE, {FRI: ("A2",)}, {}),
        Difference("v2", GONE, {FRI: ("A10",)}, {}),
        Difference("v1", MOVED, {SAT: ("A1",)}, {SAT: ("A4",)}),
        Difference("a4", NEW, {}, {SAT: ("A1",)}),
        Difference("v5", UNCHANGED, {FRI: ("B2", "B1")}, {FRI: ("B1", "B2")}),
    )
    assert counted(found) == {GONE: 2, MOVED: 1, NEW: 1, UNCHANGED: 1}


def test_whoever_loses_a_day_comes_before_those_who_only_move() -> None:
    before = {"v1": {FRI: ("A1",), SAT: ("A1",)}, "v2": {FRI: ("A2",), SAT: ("A2",)}}
    after = {"v1": {FRI: ("A3",), SAT: ("A1",)}, "v2": {SAT: ("A2",)}}
    found = differences(before, after)
    assert [(one.who, one.kind, one.lost) for one in found] == [
        ("v2", MOVED, (FRI,)),
        ("v1", MOVED, ()),
    ]


@pytest.mark.parametrize(
    ("name", "known", "named"),
    [
        ("Pirmais", ["Pirmais"], "Pirmais · 2"),
        ("Pirmais · 2", ["Pirmais", "Pirmais · 2"], "Pirmais · 3"),
        ("Pirmais", ["Pirmais", "Pirmais · 2", "Pirmais · 3"], "Pirmais · 4"),
        ("Rinda · lietus", [], "Rinda · lietus · 2"),
        ("x" * 80, [], "x" * 76 + " · 2"),
    ],
)
def test_versions_made_from_one_another_have_names_of_their_own(
    name: str, known: list[str], named: str
) -> None:
    assert next_name(name, known) == named


A1 = (FRI, "A1")
PUBLISHING: dict[str, tuple[Stalls, Stalls, Stalls, list[tuple[str, int]]]] = {
    "a free stall is given": ({A1: 1}, {}, {}, [("put", 1)]),
    "who stands there stays": ({A1: 1}, {A1: 1}, {A1: 1}, []),
    "who was there is replaced": ({A1: 2}, {A1: 1}, {A1: 1}, [("release", 1), ("put", 2)]),
    "who was there goes": ({}, {A1: 1}, {A1: 1}, [("release", 1)]),
    "somebody was put there meanwhile": ({A1: 2}, {A1: 3}, {}, [("taken", 2)]),
    "somebody else was put there meanwhile": ({A1: 2}, {A1: 3}, {A1: 1}, [("taken", 2)]),
    "by hand where the plan has nobody": ({}, {A1: 3}, {}, []),
    "the same by hand meanwhile": ({A1: 2}, {A1: 2}, {}, []),
    "made free meanwhile, and unchanged": ({A1: 1}, {}, {A1: 1}, []),
    "made free meanwhile, and given to another": ({A1: 2}, {}, {A1: 1}, [("put", 2)]),
}


@pytest.mark.parametrize("case", PUBLISHING)
def test_publishing_changes_what_the_plan_changed_and_leaves_the_hand_alone(case: str) -> None:
    planned, now, known, wanted = PUBLISHING[case]
    steps = publishing(planned, now, known)
    assert [(step.kind, step.vendor_id) for step in steps] == wanted


def test_stalls_are_made_free_before_others_are_put_there() -> None:
    planned, now = {(FRI, "A1"): 2, (FRI, "A2"): 1}, {(FRI, "A1"): 1, (FRI, "A2"): 2}
    kinds = [step.kind for step in publishing(planned, now, now)]
    assert kinds == ["release", "release", "put", "put"]
    assert publishing({A1: 2}, {A1: 3}, {}) == (Step("taken", FRI, "A1", 2, 3),)
