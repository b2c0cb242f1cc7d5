"""When a plan changes, and a row that stands from one day to another: tables of cases."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.places.models import Amenity, StallOnPlan
from market.places.plan_periods import holds_on
from market.places.plan_times import (
    StandsElsewhere,
    counted,
    plan_changes,
    row_within,
    standing_spans,
)

TODAY = date(2026, 11, 24)
ZERO = date(2026, 1, 1)
MAY, SEPTEMBER = date(2027, 5, 1), date(2027, 9, 30)
DAY = timedelta(days=1)
ROW = (1, "S")


def spot(first, last=None, stall=1, **values):
    ordinary = {
        "row": "S", "position": stall, "x_m": 1.0, "y_m": 2.0, "width_m": 2, "depth_m": 1,
        "zone_id": 1, "reserved_for": [],
    }  # fmt: skip
    return StallOnPlan(stall_id=stall, valid_from=first, valid_to=last, **{**ordinary, **values})


def amenity(first, last=None, kind="toilet", points=((1, 1),), name=None):
    return Amenity(
        kind=kind, name=name, points=[list(one) for one in points], site_id=1,
        valid_from=first, valid_to=last,
    )  # fmt: skip


def said(changes):
    return [
        (
            one.day,
            *(
                f"{name} {','.join(str(each.stall_id) for each in getattr(one, name))}"
                for name in ("added", "gone")
                if getattr(one, name)
            ),
            *(f"moved {each.after.stall_id}" for each in one.moved),
            *(f"changed {each.after.stall_id} {'+'.join(each.columns)}" for each in one.changed),
            *(f"new {row}" for _zone, row in one.new_rows),
            *(f"over {row}" for _zone, row in one.gone_rows),
            *(f"+{each.kind}" for each in one.amenities_added),
            *(f"-{each.kind}" for each in one.amenities_gone),
            *(f"~{each.kind}" for each in one.amenities_changed),
        )
        for one in changes
    ]


APRIL = MAY - DAY


@pytest.mark.parametrize(
    ("periods", "amenities", "found"),
    [
        ([], [], []),
        ([spot(ZERO)], [], [(ZERO, "added 1", "new S")]),
        ([spot(ZERO, APRIL), spot(MAY)], [], [(ZERO, "added 1", "new S")]),
        (
            [spot(ZERO, APRIL), spot(MAY, x_m=5.0)],
            [],
            [(ZERO, "added 1", "new S"), (MAY, "moved 1")],
        ),
        (
            [spot(ZERO, APRIL), spot(MAY, row="T")],
            [],
            [(ZERO, "added 1", "new S"), (MAY, "moved 1", "new T", "over S")],
        ),
        (
            [spot(ZERO, APRIL), spot(MAY, x_m=5.0, power_kw=3.0, water=True)],
            [],
            [(ZERO, "added 1", "new S"), (MAY, "moved 1", "changed 1 power_kw+water")],
        ),
        (
            [spot(ZERO), spot(MAY, SEPTEMBER, 2)],
            [],
            [(ZERO, "added 1", "new S"), (MAY, "added 2"), (SEPTEMBER + DAY, "gone 2")],
        ),
        (
            [spot(ZERO, date(2027, 4, 1)), spot(MAY)],
            [],
            [
                (ZERO, "added 1", "new S"),
                (date(2027, 4, 2), "gone 1", "over S"),
                (MAY, "added 1", "new S"),
            ],
        ),
        (
            [spot(ZERO, APRIL), spot(MAY, stall=2)],
            [],
            [(ZERO, "added 1", "new S"), (MAY, "added 2", "gone 1")],
        ),
        ([], [amenity(ZERO)], [(ZERO, "+toilet")]),
        ([], [amenity(ZERO, APRIL), amenity(MAY)], [(ZERO, "+toilet")]),
        (
            [],
            [amenity(ZERO, APRIL), amenity(MAY, points=[(3, 3)])],
            [(ZERO, "+toilet"), (MAY, "~toilet")],
        ),
        (
            [],
            [amenity(ZERO, APRIL), amenity(MAY, kind="tree")],
            [(ZERO, "+toilet"), (MAY, "+tree", "-toilet")],
        ),
        (
            [],
            [amenity(ZERO, APRIL), amenity(ZERO, APRIL, points=[(9, 9)]), amenity(MAY)],
            [(ZERO, "+toilet", "+toilet"), (MAY, "-toilet")],
        ),
    ],
)
def test_what_changes_on_which_day(periods, amenities, found):
    assert said(plan_changes(periods, amenities)) == found


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (["A1", "A2", "A3", "A5"], "A1–A3, A5"),
        (["A2", "A1"], "A1, A2"),
        (["A9", "A10", "A11", "B1"], "A9–A11, B1"),
        (["A1", "A1B", "A2"], "A1, A1B, A2"),
        (["A1", "A1"], "A1, A1"),
        ([], ""),
    ],
)
def test_numbers_are_said_as_people_say_them(numbers, words):
    assert counted(numbers) == words


def applied(periods, times):
    """The periods as they are when everything is written, by stall."""
    rows = list(periods)
    for writing in times.writings:
        if writing.removed is not None:
            rows.remove(writing.removed)
        if writing.changed is not None:
            old = writing.changed
            new = StallOnPlan(**{**old.model_dump(), **writing.values})
            rows[rows.index(old)] = new
        if writing.added is not None:
            rows.append(StallOnPlan(**writing.added))
    return sorted((one.stall_id, one.valid_from, one.valid_to, one.row, one.x_m) for one in rows)


YESTERDAY = TODAY - DAY


@pytest.mark.parametrize(
    ("periods", "first", "last", "found", "lost"),
    [
        # It stands; from today on it stands until its end.
        ([spot(ZERO)], TODAY, SEPTEMBER, [(1, ZERO, SEPTEMBER, "S", 1)],
         {1: ((SEPTEMBER + DAY, date.max),)}),
        # It stands; it is prepared ahead: gone from today, back in May.
        ([spot(ZERO)], MAY, SEPTEMBER,
         [(1, ZERO, YESTERDAY, "S", 1), (1, MAY, SEPTEMBER, "S", 1)],
         {1: ((TODAY, APRIL), (SEPTEMBER + DAY, date.max))}),
        # It stood; it comes back as it stood last.
        ([spot(ZERO, date(2026, 6, 1)), spot(date(2026, 7, 1), date(2026, 8, 1), x_m=7.0)],
         MAY, None,
         [(1, ZERO, date(2026, 6, 1), "S", 1), (1, date(2026, 7, 1), date(2026, 8, 1), "S", 7),
          (1, MAY, None, "S", 7)], {}),
        # It is prepared for later and begins earlier now, the second stall when it did.
        ([spot(MAY), spot(SEPTEMBER, stall=2)], date(2027, 4, 1), None,
         [(1, date(2027, 4, 1), None, "S", 1), (2, SEPTEMBER, None, "S", 1)], {}),
        # Within the time it stands it keeps what was prepared.
        ([spot(MAY, date(2027, 6, 30)), spot(date(2027, 7, 1), SEPTEMBER, x_m=4.0)], MAY,
         date(2027, 8, 31),
         [(1, MAY, date(2027, 6, 30), "S", 1), (1, date(2027, 7, 1), date(2027, 8, 31), "S", 4)],
         {1: ((date(2027, 9, 1), SEPTEMBER),)}),
        # A period wholly outside goes; the row stood without a gap.
        ([spot(MAY, date(2027, 6, 30)), spot(date(2027, 7, 1), SEPTEMBER, x_m=4.0)],
         date(2027, 7, 1), SEPTEMBER, [(1, date(2027, 7, 1), SEPTEMBER, "S", 4)],
         {1: ((MAY, date(2027, 6, 30)),)}),
        # Next year's time, prepared apart, stays.
        ([spot(MAY, SEPTEMBER)], date(2028, 5, 1), None,
         [(1, MAY, SEPTEMBER, "S", 1), (1, date(2028, 5, 1), None, "S", 1)], {}),
        # A gap within is filled by what stood before it.
        ([spot(MAY, date(2027, 5, 9)), spot(date(2027, 6, 1), SEPTEMBER, x_m=3.0)], MAY, SEPTEMBER,
         [(1, MAY, date(2027, 5, 31), "S", 1), (1, date(2027, 6, 1), SEPTEMBER, "S", 3)], {}),
        # It is lengthened, and nothing is lost.
        ([spot(MAY, SEPTEMBER)], MAY, None, [(1, MAY, None, "S", 1)], {}),
        # Nobody knows of the row.
        ([], MAY, None, [], {}),
        # Before it stands for the first time.
        ([spot(SEPTEMBER, x_m=5.0)], MAY, date(2027, 6, 1),
         [(1, MAY, date(2027, 6, 1), "S", 5), (1, SEPTEMBER, None, "S", 5)], {}),
    ],
)  # fmt: skip
def test_a_row_stands_from_one_day_to_another(periods, first, last, found, lost):
    times = row_within(periods, ROW, TODAY, first, last)
    assert applied(periods, times) == found
    assert times.lost == lost


def test_a_stall_that_stands_in_another_row_by_then_is_not_drawn_twice():
    periods = [spot(ZERO, APRIL), spot(MAY, row="T"), spot(ZERO, stall=2)]
    with pytest.raises(StandsElsewhere) as refused:
        row_within([periods[1], spot(ZERO, YESTERDAY)], ROW, TODAY, MAY, None)
    assert refused.value.stall_ids == (1,)
    times = row_within(periods, ROW, TODAY, TODAY, SEPTEMBER)
    assert applied(periods, times) == [
        (1, ZERO, APRIL, "S", 1),
        (1, MAY, None, "T", 1),
        (2, ZERO, SEPTEMBER, "S", 1),
    ]


@pytest.mark.parametrize(("first", "last"), [(YESTERDAY, None), (MAY, APRIL)])
def test_days_that_have_passed_or_are_in_no_order_are_refused(first, last):
    with pytest.raises(ValueError, match=r"2026|2027"):
        row_within([spot(ZERO)], ROW, TODAY, first, last)


def test_when_a_row_stands_is_told_without_its_changes():
    periods = [spot(ZERO, APRIL), spot(MAY, SEPTEMBER, x_m=2.0), spot(date(2028, 1, 1), stall=2)]
    assert standing_spans(periods) == [(ZERO, SEPTEMBER), (date(2028, 1, 1), None)]


NEAR = st.integers(min_value=-10, max_value=30)


@st.composite
def some_row(draw):
    """Up to three stalls with periods that do not overlap, some of them in another row."""
    rows = []
    for stall in range(1, draw(st.integers(1, 3)) + 1):
        edges = sorted(draw(st.lists(NEAR, min_size=2, max_size=8, unique=True)))
        for first, last in zip(edges[::2], edges[1::2], strict=False):
            row = draw(st.sampled_from(["S", "S", "S", "T"]))
            rows.append(spot(TODAY + first * DAY, TODAY + last * DAY, stall, row=row))
    return rows


@given(some_row(), st.integers(0, 20), st.integers(0, 10))
def test_periods_never_overlap_and_the_past_stays(periods, begins, length):
    first, last = TODAY + begins * DAY, TODAY + (begins + length) * DAY
    try:
        times = row_within(periods, ROW, TODAY, first, last)
    except StandsElsewhere:
        return
    after = applied(periods, times)
    whole = [spot(begin, end, stall, row=row) for stall, begin, end, row, _x in after]
    for number in range(-12, 40):
        day = TODAY + number * DAY
        here = [(one.stall_id, one.row) for one in whole if holds_on(one, day)]
        was = [(one.stall_id, one.row) for one in periods if holds_on(one, day)]
        assert len({stall for stall, _row in here}) == len(here)
        if day < TODAY:
            assert sorted(here) == sorted(was)
        assert [one for one in sorted(here) if one[1] == "T"] == [
            one for one in sorted(was) if one[1] == "T"
        ]
        if first <= day <= last and any(one.row == "S" for one in periods):
            assert any(row == "S" for _stall, row in here)
        lost = {stall for stall, spans in times.lost.items() for a, b in spans if a <= day <= b}
        gone = {stall for stall, row in was if row == "S"} - {
            stall for stall, row in here if row == "S"
        }
        assert lost == gone
