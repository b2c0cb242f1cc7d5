"""The published criteria: the order of applicants, what the rule suggests, who moves up."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any

import pytest

from market.festivals.criteria import (
    Facts,
    decided_by,
    draw,
    loads,
    order_of_applicants,
    places_needed,
    seniorities,
)
from market.festivals.deciding import (
    Ground,
    Room,
    Seen,
    fault_of_decision,
    room_of,
    stale,
    suggest,
)
from market.festivals.models import Application
from market.festivals.waiting_list import Passed, freed_by, moves_up, next_up, numbered

FRIDAY, SATURDAY = date(2026, 12, 11), date(2026, 12, 12)
LOT = "Katrīnas egle 2026"
PLAIN: dict[str, Any] = {"number": "X", "name": "X", "call_id": 1, "started_at": datetime.min}


def facts(key: int, **said: object) -> Facts:
    plain = {"categories": ("crafts",), "days": (FRIDAY,), "width_m": 3.0}
    return Facts(id=key, number=f"ZT26-{key:03}", **{**plain, **said})  # type: ignore[arg-type]


def ids(found: tuple[Facts, ...]) -> list[int]:
    return [one.id for one in found]


FIRST: dict[str, tuple[dict[str, object], dict[str, object], str]] = {
    "own-made before bought, whatever else": (
        {"own_made": True, "missing": (1,), "no_shows": 3},
        {"own_made": False, "festivals": 9},
        "own_made",
    ),
    "complete papers before many festivals": (
        {"own_made": True},
        {"own_made": True, "missing": (1,), "festivals": 9},
        "documents",
    ),
    "more festivals before fewer days missed": (
        {"festivals": 2, "no_shows": 1},
        {"festivals": 1},
        "festivals",
    ),
    "who has always come before who has not": ({"festivals": 1}, {"festivals": 1, "no_shows": 1},
                                               "no_shows"),
}  # fmt: skip


@pytest.mark.parametrize("case", FIRST)
def test_the_criteria_decide_one_after_the_other(case: str) -> None:
    before, after, why = FIRST[case]
    for one, other in ((1, 2), (2, 1)):
        ordered = order_of_applicants([facts(other, **after), facts(one, **before)], LOT)
        assert ids(ordered) == [one, other]
        assert decided_by(*ordered) == why


def test_equals_are_drawn_and_anybody_can_draw_again() -> None:
    drawn = hashlib.sha256("Katrīnas egle 2026ZT26-001".encode()).hexdigest()
    assert draw(LOT, "ZT26-001") == drawn
    some = [facts(key) for key in range(1, 9)]
    by_hand = sorted(some, key=lambda one: draw(LOT, one.number))
    assert ids(order_of_applicants(some, LOT)) == ids(tuple(by_hand))
    assert ids(order_of_applicants(some, "Cits vārds")) != ids(tuple(by_hand))


def test_the_order_does_not_depend_on_who_was_first() -> None:
    some = [
        facts(key, own_made=key % 2 == 0, festivals=key % 3, no_shows=key % 5)
        for key in range(1, 40)
    ]
    ordered = order_of_applicants(some, LOT)
    for seed in range(5):
        shuffled = list(some)
        Random(seed).shuffle(shuffled)
        assert order_of_applicants(shuffled, LOT) == ordered
    assert sorted(seniorities(ordered).values()) == list(range(1, 40))


PLACES = {
    (3.0, 1, 1): (1, 2.98),
    (6.0, 1, 2): (2, 2.98),
    (6.0, 1, 1): (1, 5.98),
    (3.02, 1, 3): (1, 3.0),
    (3.0, 2, 3): (2, 1.48),
}


@pytest.mark.parametrize("wanted", PLACES)
def test_metres_take_as_many_places_as_they_need(wanted: tuple[float, int, int]) -> None:
    assert places_needed(*wanted, usual_m=3.0) == PLACES[wanted]


def ground(stalls: int = 10, **caps: int | None) -> Ground:
    return Ground({FRIDAY: stalls, SATURDAY: stalls}, caps or {"crafts": None}, 3.0, 3.0)


def said(found: object) -> list[tuple[int, str, str]]:
    return [(one.id, one.decision, one.why) for one in found]  # type: ignore[attr-defined]


def test_the_rule_accepts_in_order_until_the_goods_are_full() -> None:
    some = [facts(1), facts(2), facts(3, categories=("honey",)), facts(4, days=(SATURDAY,))]
    assert said(suggest(some, ground(crafts=1, honey=1))) == [
        (1, "accepted", "in_order"),
        (2, "waiting", "category_full"),
        (3, "accepted", "in_order"),
        (4, "accepted", "in_order"),
    ]


def test_the_rule_never_gives_more_places_than_there_are() -> None:
    some = [facts(1, places=2), facts(2, places=2), facts(3)]
    assert said(suggest(some, ground(3))) == [
        (1, "accepted", "in_order"),
        (2, "waiting", "no_place"),
        (3, "accepted", "in_order"),
    ]
    assert said(suggest([facts(4)], ground(3), accepted=some)) == [(4, "waiting", "no_place")]


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "too late": ({"in_time": False}, "outside_the_criteria"),
    "goods the call does not take": ({"categories": ("fish",)}, "outside_the_criteria"),
    "no day": ({"days": ()}, "outside_the_criteria"),
    "more power than anywhere": ({"power_kw": 9.0}, "no_suitable_place"),
    "wider than any place": ({"width_m": 6.0}, "no_suitable_place"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_the_rule_refuses_only_what_no_place_can_change(case: str) -> None:
    lacks, why = REFUSED[case]
    assert said(suggest([facts(1, **lacks)], ground())) == [(1, "refused", why)]


def test_who_lacks_a_document_waits() -> None:
    found = suggest([facts(1, missing=(7,))], ground())
    assert said(found) == [(1, "waiting", "documents_missing")]


def test_goods_are_counted_on_their_fullest_day() -> None:
    some = [facts(1), facts(2, days=(SATURDAY,)), facts(3, days=(FRIDAY, SATURDAY), places=2)]
    load = loads(some, {"crafts": 2, "honey": None})
    assert (load["crafts"].applying, load["crafts"].is_over) == (3, True)
    assert (load["honey"].applying, load["honey"].is_over) == (0, False)


def test_the_first_on_the_list_whom_the_place_fits_moves_up() -> None:
    waiting = [facts(1, categories=("honey",)), facts(2, missing=(1,)), facts(3), facts(4)]
    freed = Room({FRIDAY: 1}, {("honey", FRIDAY): 0, ("crafts", FRIDAY): 1})
    move = next_up(waiting, freed)
    assert move is not None
    assert (move.id, move.passed) == (
        3,
        (Passed(1, "category_full"), Passed(2, "documents_missing")),
    )
    assert [one.id for one in moves_up(waiting, freed)] == [3]


def test_nobody_moves_up_where_too_many_were_accepted_before() -> None:
    gone, others = facts(1), [facts(2), facts(3)]
    room = room_of(ground(1), others)
    assert freed_by([gone], room).stalls == {FRIDAY: 0}
    assert moves_up([facts(4)], freed_by([gone], room)) == ()


def test_a_withdrawal_frees_no_more_than_it_held() -> None:
    room = room_of(ground(10), [])
    moved = moves_up([facts(2), facts(3), facts(4)], freed_by([facts(1, places=2)], room))
    assert [one.id for one in moved] == [2, 3]


def test_the_list_is_numbered_by_the_same_rule() -> None:
    some = [facts(1), facts(2, own_made=True), facts(3, own_made=True, festivals=1)]
    assert numbered(some, LOT) == {3: 1, 2: 2, 1: 3}


FAULTS = {
    ("submitted", "accepted", "", "", ""): "",
    ("submitted", "refused", "", "", ""): "refusal",
    ("submitted", "refused", "made_up", "", ""): "refusal",
    ("submitted", "refused", "other", " ", ""): "words",
    ("submitted", "refused", "other", "Jau ir cits.", ""): "",
    ("accepted", "waiting", "", "", ""): "reason",
    ("accepted", "waiting", "", "", "Kļūda"): "",
    ("accepted", "accepted", "", "", "x"): "same",
    ("withdrawn", "accepted", "", "", "x"): "decision",
    ("draft", "accepted", "", "", ""): "decision",
    ("submitted", "gold", "", "", ""): "decision",
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_missing_before_a_decision(case: tuple[str, str, str, str, str]) -> None:
    state, *typed = case
    application = Application(**PLAIN, state=state)
    assert fault_of_decision(application, *typed) == FAULTS[case]


def test_what_was_changed_since_it_was_seen_is_named() -> None:
    rows = {1: Application(**PLAIN, id=1, version=2), 2: Application(**PLAIN, id=2, version=1)}
    assert stale([Seen(1, 1), Seen(2, 1), Seen(3, 1)], rows) == (1, 3)


def test_the_twin_an_order_by_arrival_is_found_out() -> None:
    late, early = facts(1, own_made=True), facts(2)
    by_arrival = (early, late)
    assert order_of_applicants(by_arrival, LOT) != by_arrival
    worse = replace(late, own_made=False, missing=(1,))
    assert ids(order_of_applicants([worse, early], LOT)) == [2, 1]
