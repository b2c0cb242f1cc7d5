"""Rules of the plan: rows made in one go, changes from a day on, and what is wrong with a plan."""

from dataclasses import astuple
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.places.layout import (
    Place,
    TypedRow,
    in_order,
    moved,
    next_number,
    numbers_from,
    one_by_one,
    places_in_row,
    renumbered,
    turned,
    understood,
)
from market.places.models import Amenity, Site, StallOnPlan
from market.places.plan_findings import Finding, Gap, gaps_of, plan_findings
from market.places.plan_periods import changed_from, holds_on, removed_from

DAY = date(2027, 5, 1)
SITE = Site(slug="x", name={"lv": "x"}, lat=57, lon=23, width_m=60, height_m=40)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12 galdi pa 2 m", TypedRow(12, "table", 2.0)),
        ("  12  GALDI  pa 2 m. ", TypedRow(12, "table", 2.0)),
        ("1 galds", TypedRow(1, "table")),
        ("21 galds pa 2,5", TypedRow(21, "table", 2.5)),
        ("8 teltis pa 3 x 3 m ar atstarpi 0,5 m no T1", TypedRow(8, "tent", 3, 3, 0.5, "T1")),
        ("8 teltis 3×2 m, atstarpe 1 m", TypedRow(8, "tent", 3, 2, 1.0)),
        ("10 galdi pa 2 m sākot ar b7", TypedRow(10, "table", 2.0, first="B7")),
        ("4 auto pa 6 m", TypedRow(4, "car", 6.0)),
        ("3 kioski", TypedRow(3, "kiosk")),
        ("5 vietas pa 4m", TypedRow(5, None, 4.0)),
        ("12 tables of 2 m", TypedRow(12, "table", 2.0)),
        ("6 tents of 3 x 3 m gap 0.5 m from T1", TypedRow(6, "tent", 3, 3, 0.5, "T1")),
        ("0 galdi pa 2 m", None),
        ("201 galds pa 2 m", None),
        ("12 galdi pa 0 m", None),
        ("12 pilis pa 2 m", None),
        ("divpadsmit galdi", None),
        ("12 galdi pa -2 m", None),
        ("", None),
    ],
)
def test_a_row_said_in_words(text, meant):
    assert understood(text) == meant


def test_a_row_runs_where_its_angle_points():
    assert places_in_row(3, width_m=2, gap_m=0.5, x_m=1, y_m=1, angle_deg=0) == (
        Place(1, 1, 0),
        Place(3.5, 1, 0),
        Place(6, 1, 0),
    )
    assert places_in_row(2, width_m=2, gap_m=0, x_m=1, y_m=1, angle_deg=90)[1] == Place(1, 3, 90)


@pytest.mark.parametrize(
    ("first", "count", "found"),
    [
        ("A1", 3, ("A1", "A2", "A3")),
        (" ab9 ", 2, ("AB9", "AB10")),
        ("7", 2, ("7", "8")),
        ("Ž998", 2, ("Ž998", "Ž999")),
        ("A998", 3, None),
        ("A0", 1, None),
        ("A1B", 1, None),
        ("ABCD1", 1, None),
        ("", 1, None),
    ],
)
def test_numbers_are_counted_on(first, count, found):
    if found is None:
        with pytest.raises(ValueError):
            numbers_from(first, count)
    else:
        assert numbers_from(first, count) == found


def test_the_next_number_comes_after_all_there_ever_were():
    assert next_number(["A1", "A12", "AB90", "B3"], "A") == "A13"
    assert next_number([], "T") == "T1"


@pytest.mark.parametrize(
    ("numbers", "first", "elsewhere", "found"),
    [
        (["A1", "A2"], "B1", [], (("A1", "B1"), ("A2", "B2"))),
        (["A1", "A2"], "A2", [], (("A1", "A2"), ("A2", "A3"))),
        (["A1", "A2"], "A1", [], ()),
        (["A1", "A2"], "B1", ["B2"], "B2"),
    ],
)
def test_numbering_anew_takes_nobodys_number(numbers, first, elsewhere, found):
    if isinstance(found, str):
        with pytest.raises(ValueError, match=found):
            renumbered(numbers, first, elsewhere)
    else:
        assert renumbered(numbers, first, elsewhere) == found


NUMBERS = st.permutations([f"A{one}" for one in range(1, 10)])


@given(NUMBERS)
def test_every_new_number_is_free_when_it_is_given(drawn):
    """Seven stalls get seven of nine numbers: some move on, some change places in a circle."""
    numbers = {f"A{one}": new for one, new in enumerate(drawn[:7], 1)}
    now = {old: old for old in numbers}
    for old, new in one_by_one([(old, new) for old, new in numbers.items() if old != new]):
        assert new not in now
        now[new] = now.pop(old)
    assert {whose: number for number, whose in now.items()} == numbers


def spot(stall_id, x, y, *, row="A", position=None, angle=0.0, width=2.0, depth=1.0):
    return StallOnPlan(
        id=stall_id,
        stall_id=stall_id,
        zone_id=1,
        row=row,
        position=position or stall_id,
        x_m=x,
        y_m=y,
        width_m=width,
        depth_m=depth,
        angle_deg=angle,
        valid_from=DAY,
    )


def thing(kind, *points, number=1):
    return Amenity(
        id=number, site_id=1, kind=kind, points=[list(one) for one in points], valid_from=DAY
    )


@pytest.mark.parametrize(
    ("spots", "amenities", "found"),
    [
        pytest.param([spot(1, 5, 5), spot(2, 7, 5)], [], [], id="side by side"),
        pytest.param(
            [spot(1, 5, 5), spot(2, 6.5, 5)], [], [Finding("overlap", (1, 2))], id="overlap"
        ),
        pytest.param(
            [spot(1, 5, 5), spot(2, 5, 6.4, row="B", angle=90)],
            [],
            [Finding("overlap", (1, 2))],
            id="overlap of a turned one",
        ),
        pytest.param(
            [spot(1, 5, 5, angle=45), spot(2, 6.6, 6.6, row="B", angle=45)],
            [],
            [],
            id="one behind the other, slanting, with boxes that meet",
        ),
        pytest.param([spot(1, 0.5, 5)], [], [Finding("outside", (1,))], id="outside"),
        pytest.param([spot(1, 1, 0.5)], [], [], id="at the edge"),
        pytest.param(
            [spot(1, 5, 5), spot(2, 8, 5, position=1)],
            [],
            [Finding("same_position", (1, 2))],
            id="one position twice",
        ),
        pytest.param(
            [spot(1, 5, 5)],
            [thing("tree", (6.1, 5))],
            [Finding("in_the_way", (1,), amenity=1)],
            id="a tree",
        ),
        pytest.param([spot(1, 5, 5)], [thing("lamp_post", (6.3, 5))], [], id="a lamp beside it"),
        pytest.param(
            [spot(1, 5, 5), spot(2, 5, 7.1, row="B", position=1)],
            [],
            [Finding("narrow_step_free", (1, 2), 1.1)],
            id="under 1.2 m",
        ),
        pytest.param(
            [spot(1, 5, 5), spot(2, 5, 7.9, row="B", position=1)],
            [],
            [Finding("narrow_rows", (1, 2), 1.9)],
            id="under 2 m between rows",
        ),
        pytest.param(
            [spot(1, 5, 5), spot(2, 5, 8, row="B", position=1)], [], [], id="2 m between rows"
        ),
        pytest.param(
            [spot(1, 5, 5), spot(2, 5, 6.1, row="B", position=1)], [], [], id="back to back"
        ),
        pytest.param(
            [spot(1, 5, 5)],
            [thing("step_free_way", (0, 6), (20, 6))],
            [Finding("on_way", (1,), amenity=1)],
            id="on the step-free way",
        ),
        pytest.param(
            [spot(1, 5, 5)], [thing("step_free_way", (0, 6.2), (20, 6.2))], [], id="beside the way"
        ),
    ],
)
def test_what_is_wrong_with_a_plan(spots, amenities, found):
    assert plan_findings(spots, amenities, SITE) == found


@pytest.mark.parametrize(
    ("spots", "amenities", "found"),
    [
        pytest.param([spot(1, 5, 5), spot(2, 7.4, 5)], [], [], id="neighbours"),
        pytest.param(
            [spot(1, 5, 5), spot(2, 8.2, 5)], [], [Gap(1, 2, 1.2)], id="one can walk through"
        ),
        pytest.param(
            [spot(1, 5, 5), spot(2, 8, 5)],
            [thing("tree", (6.5, 5))],
            [Gap(1, 2, 1.0, 1)],
            id="a tree between",
        ),
        pytest.param(
            [spot(1, 5, 5), spot(2, 8, 5)],
            [thing("passage", (6.5, 0), (6.5, 20))],
            [Gap(1, 2, 1.0, 1)],
            id="a passage across the row",
        ),
        pytest.param(
            [spot(1, 5, 5), spot(2, 8, 5)], [thing("tree", (6.5, 9))], [], id="a tree elsewhere"
        ),
        pytest.param(
            [spot(1, 5, 5), spot(2, 30, 5, row="B")], [], [], id="rows are not neighbours"
        ),
    ],
)
def test_where_neighbours_are_parted(spots, amenities, found):
    assert gaps_of(spots, amenities) == found


def test_rows_move_turn_and_are_put_in_order():
    row = [spot(1, 5, 5), spot(2, 7, 5), spot(3, 9, 5)]
    assert [astuple(one) for one in moved(row, 1, -2)] == [(6, 3, 0), (8, 3, 0), (10, 3, 0)]
    assert [astuple(one) for one in turned(row, 90)] == [(7, 3, 90), (7, 5, 90), (7, 7, 90)]
    assert turned([], 5) == ()
    mixed = [spot(1, 5, 5), spot(2, 9, 5), spot(3, 7, 5)]
    assert [one.stall_id for one in in_order(mixed)] == [1, 3, 2]


def test_2000_stalls_are_looked_through_in_a_moment():
    spots = [
        spot(one, 2 + one % 40 * 2.4, 2 + one // 40 * 3.2, row=str(one // 40), angle=one % 3)
        for one in range(2000)
    ]
    site = Site(slug="x", name={"lv": "x"}, lat=57, lon=23, width_m=100, height_m=170)
    begun = perf_counter()
    plan_findings(spots, [], site)
    assert perf_counter() - begun < 3


# Periods: the plan as a table of days, whatever is changed in whatever order.

DAYS = [DAY + timedelta(days=one) for one in range(30)]
ACTS = st.lists(
    st.tuples(st.sampled_from(["change", "remove"]), st.integers(0, 29), st.integers(0, 3)),
    max_size=12,
)


def at_days(periods):
    found = {}
    for day in DAYS:
        holding = [one.power_kw for one in periods if holds_on(one, day)]
        assert len(holding) < 2, "two periods on one day"
        found[day] = holding[0] if holding else None
    return found


def carried_out(periods, writing):
    for name, value in writing.values.items():
        setattr(writing.changed, name, value)
    kept = [one for one in periods if one is not writing.removed]
    return kept + ([StallOnPlan(**writing.added)] if writing.added else [])


def last_day(periods, day):
    """Until when a change of that day holds: the end of what holds then, or the next period."""
    current = next((one for one in periods if holds_on(one, day)), None)
    if current is not None:
        return current.valid_to or DAYS[-1]
    later = [one.valid_from for one in periods if one.valid_from > day]
    return min(later) - timedelta(days=1) if later else DAYS[-1]


@given(ACTS)
def test_periods_never_overlap_and_other_days_stay(acts):
    whole = spot(1, 5, 5).model_dump(exclude={"id", "version", "valid_from", "valid_to"})
    periods = []
    for act, number, power in acts:
        day, before = DAYS[number], at_days(periods)
        until = last_day(periods, day)
        if act == "change":
            writing = changed_from(periods, day, {**whole, "power_kw": float(power)})
        else:
            writing = removed_from(periods, day)
        periods = carried_out(periods, writing)
        wanted = power if act == "change" else None
        expected = {one: wanted if day <= one <= until else was for one, was in before.items()}
        if act == "remove" and before[day] is None:
            expected = before
        assert at_days(periods) == expected


def test_a_change_that_changes_nothing_writes_nothing():
    one = spot(1, 5, 5)
    assert changed_from([one], DAY + timedelta(days=9), {"x_m": 5}).changed is None
