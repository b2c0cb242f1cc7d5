"""Rights to stalls: which count on a day, who comes first, which collide."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.days.models import StallHolding
from market.standing.holding import (
    counts_on,
    holdings_on,
    mask_of_weekdays,
    overlap,
    overlaps,
    weekdays_of_mask,
)
from vendors.registry.models import Vendor

TUESDAY = date(2026, 11, 24)
FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)
JANUARY = date(2026, 1, 1)
TUE, FRI, SAT = 2, 16, 32


def holding(
    vendor: int = 1, stall: int = 1, weekdays: int = 127, first: date = JANUARY,
    last: date | None = None, basis: str = "contract", number: int = 0,
) -> StallHolding:  # fmt: skip
    return StallHolding(
        id=number or vendor, vendor_id=vendor, stall_id=stall, weekdays=weekdays,
        first_day=first, last_day=last, basis=basis,
    )  # fmt: skip


def vendor(number: int, seniority: int) -> Vendor:
    return Vendor(id=number, slug=f"v{number}", name=f"Vendor {number}", seniority=seniority)


@pytest.mark.parametrize(
    ("row", "day", "counts"),
    [
        (holding(weekdays=TUE), TUESDAY, True),
        (holding(weekdays=TUE), FRIDAY, False),
        (holding(weekdays=FRI | SAT), SATURDAY, True),
        (holding(first=TUESDAY), TUESDAY, True),
        (holding(first=FRIDAY), TUESDAY, False),
        (holding(last=TUESDAY), TUESDAY, True),
        (holding(last=TUESDAY), FRIDAY, False),
    ],
)
def test_a_right_counts_on_its_weekdays_within_its_period(row, day, counts):
    assert counts_on(row, day) is counts


def test_season_comes_before_weekly_then_seniority_then_who_has_held_longer():
    vendors = {1: vendor(1, 5), 2: vendor(2, 1), 3: vendor(3, 9), 4: vendor(4, 5)}
    rows = [
        holding(2, basis="weekly"),
        holding(4, first=FRIDAY - timedelta(days=30)),
        holding(1),
        holding(3, basis="season_ticket"),
        holding(9, basis="contract"),
        holding(1, weekdays=FRI),
    ]
    assert [one.vendor_id for one in holdings_on(rows, vendors, TUESDAY)] == [1, 4, 3, 9, 2]


@pytest.mark.parametrize(
    ("one", "other", "shared", "period"),
    [
        (holding(1), holding(2), 127, (JANUARY, None)),
        (holding(1, weekdays=TUE), holding(2, weekdays=FRI), 0, None),
        (holding(1, weekdays=TUE | FRI), holding(2, weekdays=FRI), FRI, (JANUARY, None)),
        (holding(1, stall=1), holding(2, stall=2), 0, None),
        (holding(1), holding(1, first=FRIDAY), 0, None),
        (holding(1, last=TUESDAY), holding(2, first=FRIDAY), 0, None),
        (holding(1, last=FRIDAY), holding(2, first=TUESDAY), 127, (TUESDAY, FRIDAY)),
        (holding(1, weekdays=SAT, last=FRIDAY), holding(2, first=TUESDAY), 0, None),
    ],
)
def test_two_vendors_who_hold_one_stall_are_found(one, other, shared, period):
    found = overlap(one, other)
    assert (found.weekdays if found else 0) == shared
    assert ((found.first, found.last) if found else None) == period


def test_each_pair_is_named_once():
    rows = [holding(1), holding(2), holding(3, stall=2), holding(4, weekdays=TUE)]
    assert [(o.one.vendor_id, o.other.vendor_id) for o in overlaps(rows)] == [
        (1, 2), (1, 4), (2, 4)
    ]  # fmt: skip


days = st.dates(date(2026, 1, 1), date(2026, 3, 1))


@given(
    st.integers(1, 127), st.integers(1, 127), days, days,
    st.none() | st.integers(0, 20), st.none() | st.integers(0, 20),
)  # fmt: skip
def test_an_overlap_is_there_exactly_when_a_day_has_both(a, b, first_a, first_b, long_a, long_b):
    one = holding(1, weekdays=a, first=first_a, last=_after(first_a, long_a))
    other = holding(2, weekdays=b, first=first_b, last=_after(first_b, long_b))
    calendar = [date(2026, 1, 1) + timedelta(days=step) for step in range(100)]
    both = [day for day in calendar if counts_on(one, day) and counts_on(other, day)]
    assert (overlap(one, other) is not None) is bool(both)
    assert overlap(one, other) is None or overlap(other, one) is not None


def _after(first: date, days_long: int | None) -> date | None:
    return None if days_long is None else first + timedelta(days=days_long)


@given(st.integers(1, 127))
def test_a_mask_is_its_weekdays(mask):
    assert mask_of_weekdays(weekdays_of_mask(mask)) == mask
