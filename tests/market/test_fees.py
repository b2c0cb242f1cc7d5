"""What a day, a month or a season costs a vendor, by the price list."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.days.models import Placement, StallHolding
from market.fees.fees import (
    Fee,
    FeeLine,
    contract_fee,
    counts_on,
    fee,
    period_begins,
    rounded,
    valid_prices,
)
from market.fees.models import Price
from market.places.models import Stall, StallOnPlan, Zone
from market.standing.roll import RollLine
from vendors.registry.models import Vendor

TUESDAY = date(2026, 11, 24)
YEAR = date(2026, 1, 1)


def price(what: str, cents: int, kind: str | None = None, **more: Any) -> Price:
    return Price(what=what, cents=cents, stall_kind=kind, **{"valid_from": YEAR, **more})


def line_of(*spots: tuple[str, float], **vendor: Any) -> RollLine:
    """A vendor with stalls of these kinds and widths; the stalls are numbered 1, 2, 3, …"""
    numbers = range(1, len(spots) + 1)
    return RollLine(
        vendor=Vendor(id=1, slug="a", name="Ābols", other_place="Rīga", **vendor),
        zone=Zone(id=1, site_id=1, code="G", name={"lv": "Galdi"}),
        row="A",
        stalls=tuple(Stall(id=number, number=f"A{number}") for number in numbers),
        spots=tuple(
            StallOnPlan(
                stall_id=number,
                zone_id=1,
                row="A",
                position=number,
                kind=kind,
                x_m=0,
                y_m=0,
                width_m=width,
                depth_m=1,
                valid_from=YEAR,
            )
            for number, (kind, width) in zip(numbers, spots, strict=True)
        ),
        placements=tuple(Placement(day=TUESDAY, stall_id=n, vendor_id=1) for n in numbers),
    )


def holding(stall_id: int, pays: str, **more: Any) -> StallHolding:
    return StallHolding(
        vendor_id=1, stall_id=stall_id, pays=pays, **{"weekdays": 127, "first_day": YEAR, **more}
    )


TABLE = line_of(("table", 2.2))
CASES = {
    "a place": ((price("place", 300),), TABLE, 300),
    "a place of its kind": ((price("place", 300), price("place", 500, "table")), TABLE, 500),
    "another kind does not count": ((price("place", 300), price("place", 500, "car")), TABLE, 300),
    "a metre of the front": ((price("metre", 150),), TABLE, 330),
    "a place and its metres": ((price("place", 100), price("metre", 150)), TABLE, 430),
    "what the kind has replaces what all have": (
        (price("place", 100), price("metre", 150, "table")),
        TABLE,
        330,
    ),
    "half a cent up": ((price("metre", 25),), line_of(("table", 2.1)), 53),
    "rounded once for all metres": (
        (price("metre", 25),),
        line_of(("table", 2.1), ("table", 2.1)),
        105,
    ),
    "power by the kW needed": (
        (price("place", 300), price("power_kw", 50)),
        line_of(("table", 2.0), needs_power_kw=2.5),
        425,
    ),
    "no power needed": ((price("place", 300), price("power_kw", 50)), TABLE, 300),
    "power has no price": (
        (price("place", 300),),
        line_of(("table", 2.0), needs_power_kw=2.5),
        300,
    ),
    "water, cooling and a vehicle once": (
        (price("place", 300), price("water", 10), price("cooling", 200), price("vehicle", 1)),
        line_of(
            ("table", 2.0),
            ("table", 2.0),
            needs_water=True,
            needs_cooling=True,
            needs_vehicle=True,
        ),
        811,
    ),
    "social, where the price has one": (
        (price("place", 300, social_cents=120), price("power_kw", 50)),
        line_of(("table", 2.0), needs_power_kw=1, is_social=True),
        170,
    ),
    "a free place by the social price is a price": (
        (price("place", 300, social_cents=0),),
        line_of(("table", 2.0), is_social=True),
        0,
    ),
    "of two that count the later": (
        (price("place", 300), price("place", 400, valid_from=date(2026, 7, 1))),
        TABLE,
        400,
    ),
    "no price": ((), TABLE, None),
    "no price yet": ((price("place", 300, valid_from=date(2026, 11, 25)),), TABLE, None),
    "no price any more": ((price("place", 300, valid_to=date(2026, 11, 23)),), TABLE, None),
    "the last day counts": ((price("place", 300, valid_to=TUESDAY),), TABLE, 300),
    "the price of a month is none of a day": ((price("place", 9, period="month"),), TABLE, None),
    "one of two places without a price": (
        (price("place", 300, "table"),),
        line_of(("table", 2.0), ("car", 6.0)),
        None,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_day_costs_what_the_list_says(case: str) -> None:
    prices, line, cents = CASES[case]
    assert fee(line, prices, TUESDAY).cents == cents


def test_a_fee_tells_its_lines() -> None:
    prices = (price("place", 250, "table"), price("power_kw", 50, social_cents=30))
    line = line_of(("table", 2.0), ("table", 2.0), needs_power_kw=1.5, is_social=True)
    assert fee(line, prices, TUESDAY) == Fee(
        (
            FeeLine("place", Decimal(2), 250, 500, "table"),
            FeeLine("power_kw", Decimal("1.5"), 30, 45),
        ),
        545,
        is_social=True,
    )


def test_places_without_a_price_are_named_and_never_free() -> None:
    found = fee(line_of(("kiosk", 4.0), ("table", 2.0)), (price("place", 3, "table"),), TUESDAY)
    assert (found.cents, found.without_price) == (None, ("kiosk",))
    assert found.cents_by("cash") is None


def test_cash_costs_more_and_only_where_something_is_owed() -> None:
    prices = (price("place", 300, social_cents=0), price("cash", 100))
    assert fee(TABLE, prices, TUESDAY).cents_by("cash") == 400
    assert fee(TABLE, prices, TUESDAY).cents_by("transfer") == 300
    free = fee(line_of(("table", 2.0), is_social=True), prices, TUESDAY)
    assert free.cents_by("cash") == 0


BY_CONTRACT = {
    "day": (holding(1, "day"), "day", 300),
    "month": (holding(1, "month"), "month", 0),
    "season": (holding(1, "season"), "season", 0),
    "not on this weekday": (holding(1, "month", weekdays=1), "day", 300),
    "on this weekday": (holding(1, "month", weekdays=2), "month", 0),
    "ended": (holding(1, "month", last_day=date(2026, 11, 23)), "day", 300),
    "not begun": (holding(1, "month", first_day=date(2026, 11, 25)), "day", 300),
    "of another stall": (holding(2, "month"), "day", 300),
}


@pytest.mark.parametrize("case", BY_CONTRACT)
def test_who_pays_by_the_month_or_season_owes_nothing_on_the_day(case: str) -> None:
    held, period, cents = BY_CONTRACT[case]
    found = fee(TABLE, (price("place", 300),), TUESDAY, [held])
    assert (found.period, found.cents, found.by_contract) == (period, cents, period != "day")


def test_a_stall_besides_the_contract_is_paid_by_the_day_and_its_power_is_not() -> None:
    prices = (
        price("place", 300),
        price("power_kw", 50),
        price("place", 5000, period="month"),
        price("power_kw", 400, period="month"),
    )
    line, held = line_of(("table", 2.0), ("table", 2.0), needs_power_kw=2), [holding(1, "month")]
    assert fee(line, prices, TUESDAY, held).cents == 300
    month = contract_fee(line, prices, TUESDAY, held)
    assert month is not None
    assert (month.period, month.cents) == ("month", 5800)
    assert contract_fee(line, prices, TUESDAY, []) is None


def test_a_payment_is_kept_by_the_first_day_of_its_period() -> None:
    assert [period_begins(period, TUESDAY) for period in ("day", "month", "season")] == [
        TUESDAY,
        date(2026, 11, 1),
        date(2026, 1, 1),
    ]


def test_a_right_counts_on_its_weekdays() -> None:
    right = holding(1, "month", weekdays=0b0100010)
    days = [date(2026, 11, number) for number in range(23, 30)]
    assert [counts_on(right, day) for day in days] == [False, True, *[False] * 3, True, False]


kinds = st.sampled_from(["table", "car", "kiosk"])
priced = st.builds(
    lambda what, kind, cents, social: price(what, cents, kind, social_cents=social),
    st.sampled_from(["place", "metre", "power_kw", "water", "cooling", "vehicle", "cash"]),
    st.none() | kinds,
    st.integers(0, 100_000),
    st.none() | st.integers(0, 100_000),
)
spots = st.lists(
    st.tuples(kinds, st.integers(1, 500).map(lambda tenths: tenths / 10)), min_size=1, max_size=4
)
needs = st.fixed_dictionaries(
    {
        "needs_power_kw": st.integers(0, 1000).map(lambda tenths: tenths / 10),
        "needs_water": st.booleans(),
        "needs_cooling": st.booleans(),
        "needs_vehicle": st.booleans(),
        "is_social": st.booleans(),
    }
)


@given(st.lists(priced, max_size=12), spots, spots, needs)
def test_another_stall_never_makes_a_day_cheaper(
    prices: list[Price], some: list[Any], more: list[Any], needed: dict[str, Any]
) -> None:
    few = fee(line_of(*some, **needed), prices, TUESDAY)
    many = fee(line_of(*some, *more, **needed), prices, TUESDAY)
    if few.cents is None:
        assert many.cents is None
    elif many.cents is not None:
        assert many.cents >= few.cents
    assert many.cash_cents >= few.cash_cents


@given(st.lists(priced, max_size=12), spots, needs)
def test_a_fee_is_the_sum_of_its_lines_and_a_reduction_shows(
    prices: list[Price], some: list[Any], needed: dict[str, Any]
) -> None:
    found = fee(line_of(*some, **needed), prices, TUESDAY)
    if found.cents is not None:
        assert found.cents == sum(one.cents for one in found.lines)
    assert (found.cents is None) == bool(found.without_price)
    assert needed["is_social"] or not found.is_social
    for one in found.lines:
        assert one.cents == rounded(one.count * one.unit_cents)


@given(st.lists(priced, max_size=12), spots, needs)
def test_the_order_of_the_list_does_not_matter(
    prices: list[Price], some: list[Any], needed: dict[str, Any]
) -> None:
    unlike = list({(one.what, one.stall_kind): one for one in prices}.values())
    line = line_of(*some, **needed)
    assert fee(line, unlike, TUESDAY).cents == fee(line, unlike[::-1], TUESDAY).cents


def test_prices_of_other_days_do_not_count() -> None:
    ended, now = price("place", 1, valid_to=date(2026, 6, 30)), price("place", 2)
    assert valid_prices([ended, now], TUESDAY) == [now]
