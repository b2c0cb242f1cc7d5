"""What a sign answers: every case of the rule, in one table and a few statements."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from market.days.hours import Cancelled, Open
from market.days.models import Festival, Placement
from market.places.models import RowMove, Stall
from market.signs.answers import (
    AfterClosing,
    Away,
    BeforeOpening,
    Closed,
    DayCancelled,
    FestivalStall,
    Here,
    Nobody,
    NotOnPlan,
    Retired,
    RowMoved,
    Scene,
    StallClosed,
    Visit,
    answer,
    vendor_of,
)
from market.signs.models import Sign
from vendors.registry.models import Vendor

TUESDAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)
LAST_FRIDAY = date(2026, 11, 20)

A1, A2 = Stall(id=1, number="A1"), Stall(id=2, number="A2")
BEE, CHEESE = Vendor(id=1, name="Bites"), Vendor(id=2, name="Siers")
SIGN = Sign(code="F8D32", stall_id=1, issued_on=date(2026, 3, 1))
OPEN = Open(TUESDAY, time(8), time(14))
NEXT = Open(FRIDAY, time(8), time(14))
STORM = {"lv": "Vētra."}
FESTIVAL = Festival(
    id=1,
    slug="rozu-svetki",
    name={"lv": "Rožu svētki"},
    intro={"lv": "Rozes."},
    first_day=date(2027, 7, 16),
    last_day=date(2027, 7, 18),
)
MOVE = RowMove(row="A", first_day=TUESDAY, last_day=TUESDAY, words={"lv": "Stāvlaukumā."})


def placed(day: date, stall: Stall, vendor: Vendor) -> Placement:
    return Placement(day=day, stall_id=stall.id, vendor_id=vendor.id)


def scene(**changes: object) -> Scene:
    """A Tuesday at ten: the bees have A1 today and on Friday, the cheese had it last Friday."""
    mine = [
        placed(LAST_FRIDAY, A1, CHEESE),
        placed(TUESDAY, A1, BEE),
        placed(FRIDAY, A1, BEE),
    ]
    ordinary = Scene(
        SIGN,
        A1,
        datetime(2026, 11, 24, 10),
        OPEN,
        NEXT,
        placements=mine,
        vendor_placements=mine[1:],
        vendors={1: BEE, 2: CHEESE},
        stalls={1: A1, 2: A2},
    )
    return replace(ordinary, **changes)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute)


FRIDAY_VISIT = Visit(BEE, A1, FRIDAY)
CHEESE_LAST = Visit(CHEESE, A1, LAST_FRIDAY)
WITHOUT_TODAY = [placed(LAST_FRIDAY, A1, CHEESE), placed(FRIDAY, A1, BEE)]
SAID_NO = {(1, TUESDAY): "absent"}

CASES = {
    "the vendor is here now": (scene(), Here(BEE, time(14), "expected")),
    "the vendor said so": (
        scene(presences={(1, TUESDAY): "present"}),
        Here(BEE, time(14), "present"),
    ),
    "the vendor is late": (scene(presences={(1, TUESDAY): "late"}), Here(BEE, time(14), "late")),
    "the first minute": (scene(now=at(8)), Here(BEE, time(14), "expected")),
    "the last minute": (scene(now=at(13, 59)), Here(BEE, time(14), "expected")),
    "before opening": (scene(now=at(7, 59)), BeforeOpening(BEE, time(8), time(14), "expected")),
    "at closing": (scene(now=at(14)), AfterClosing(BEE, time(14), FRIDAY_VISIT, FRIDAY_VISIT)),
    "on two stalls": (
        scene(vendor_placements=[placed(TUESDAY, A1, BEE), placed(TUESDAY, A2, BEE)]),
        Here(BEE, time(14), "expected", (A2,)),
    ),
    "away today": (scene(presences=SAID_NO), Away(BEE, FRIDAY_VISIT)),
    "away today and on Friday": (
        scene(presences={**SAID_NO, (1, FRIDAY): "absent"}),
        Away(BEE, None),
    ),
    "nobody has it today": (
        scene(placements=WITHOUT_TODAY),
        Nobody(CHEESE_LAST, FRIDAY_VISIT),
    ),
    "it is closed, and who stood here has moved": (
        scene(placements=WITHOUT_TODAY, closed="rain", displaced=BEE, displaced_to=(A2,)),
        StallClosed("rain", BEE, (A2,)),
    ),
    "it was closed, and the office has put somebody here all the same": (
        scene(closed="rain"),
        Here(BEE, time(14), "expected"),
    ),
    "nobody has it, and its usual vendor stands elsewhere": (
        scene(
            placements=[placed(LAST_FRIDAY, A1, BEE), placed(FRIDAY, A1, BEE)],
            vendor_placements=[placed(TUESDAY, A2, BEE), placed(FRIDAY, A1, BEE)],
        ),
        Away(BEE, FRIDAY_VISIT, (A2,)),
    ),
    "nobody has it, and its usual vendor stays at home": (
        scene(
            placements=[placed(LAST_FRIDAY, A1, BEE)],
            vendor_placements=[placed(TUESDAY, A2, BEE)],
            presences=SAID_NO,
        ),
        Nobody(Visit(BEE, A1, LAST_FRIDAY), None),
    ),
    "nobody ever had it": (scene(placements=[], vendor_placements=[]), Nobody(None, None)),
    "no market today": (
        scene(hours=None, placements=WITHOUT_TODAY),
        Closed(NEXT, CHEESE_LAST, FRIDAY_VISIT),
    ),
    "the day is cancelled": (
        scene(hours=Cancelled(TUESDAY, STORM)),
        DayCancelled(STORM, BEE, NEXT, FRIDAY_VISIT),
    ),
    "cancelled, and nobody was expected": (
        scene(hours=Cancelled(TUESDAY, STORM), placements=[], vendor_placements=[]),
        DayCancelled(STORM, None, NEXT, None),
    ),
    "the row moved, the vendor with it": (
        scene(
            move=MOVE,
            placements=[placed(LAST_FRIDAY, A1, BEE)],
            vendor_placements=[placed(TUESDAY, A2, BEE)],
        ),
        RowMoved(MOVE, BEE, (A2,)),
    ),
    "the row moved and kept its numbers": (scene(move=MOVE), RowMoved(MOVE, BEE, ())),
    "the row moved, and nobody knows whose": (
        scene(move=MOVE, placements=[], vendor_placements=[]),
        RowMoved(MOVE, None, ()),
    ),
    "not on the plan today": (
        scene(on_plan=False, placements=WITHOUT_TODAY),
        NotOnPlan(CHEESE_LAST, FRIDAY_VISIT, NEXT),
    ),
    "before the festival": (
        scene(hours=None, placements=[], vendor_placements=[], festival=FESTIVAL),
        FestivalStall(FESTIVAL, False, None, None),
    ),
    "after the festival": (
        scene(
            now=datetime(2027, 7, 19, 10),
            hours=None,
            placements=[],
            vendor_placements=[],
            festival=FESTIVAL,
        ),
        FestivalStall(FESTIVAL, True, None, None),
    ),
    "on the festival's day": (
        scene(festival=FESTIVAL),
        Here(BEE, time(14), "expected"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_sign_answers(case: str) -> None:
    given, expected = CASES[case]
    assert answer(given) == expected


def test_a_retired_sign_says_so_and_names_nobody() -> None:
    words = {"lv": "Zīme nomainīta."}
    old = Sign(
        code="F8D32",
        stall_id=1,
        issued_on=date(2026, 3, 1),
        retired_on=TUESDAY,
        retired_words=words,
    )
    found = answer(scene(sign=old))
    assert found == Retired(words)
    assert vendor_of(found) is None


def test_a_sign_to_be_retired_tomorrow_still_answers() -> None:
    soon = Sign(
        code="F8D32",
        stall_id=1,
        issued_on=date(2026, 3, 1),
        retired_on=TUESDAY + timedelta(days=1),
    )
    assert isinstance(answer(scene(sign=soon)), Here)


def test_somebody_who_said_no_is_not_announced_as_next() -> None:
    found = answer(
        scene(
            placements=[placed(FRIDAY, A1, CHEESE), placed(FRIDAY + timedelta(days=1), A1, BEE)],
            presences={(2, FRIDAY): "absent"},
        )
    )
    assert found == Nobody(None, Visit(BEE, A1, FRIDAY + timedelta(days=1)))


def test_the_story_on_a_free_stall_is_of_who_comes_next() -> None:
    found = answer(scene(hours=None, placements=WITHOUT_TODAY))
    assert vendor_of(found) is BEE


def test_the_next_visit_may_be_on_another_stall() -> None:
    found = answer(
        scene(
            now=at(15),
            vendor_placements=[placed(TUESDAY, A1, BEE), placed(FRIDAY, A2, BEE)],
        )
    )
    assert isinstance(found, AfterClosing)
    assert found.next_visit == Visit(BEE, A2, FRIDAY)
