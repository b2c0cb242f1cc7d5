"""What a tap changes: round prices, the state of a day, a table as on the last market day."""

from datetime import date, timedelta

import pytest

from tests.vendors.test_listings import TODAY, good
from vendors.listings.taps import (
    DEAREST,
    as_before,
    is_near,
    lowered,
    price_tapped,
    raised,
    state_tapped,
)

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("price", "below", "above"),
    [
        (0, 0, 5),
        (3, 0, 5),
        (5, 0, 10),
        (120, 115, 125),
        (123, 120, 125),
        (195, 190, 200),
        (199, 195, 200),
        (200, 195, 210),
        (201, 200, 210),
        (230, 220, 240),
        (990, 980, 1000),
        (1000, 990, 1050),
        (1450, 1400, 1500),
        (1499, 1450, 1500),
        (DEAREST, DEAREST - 50, DEAREST),
    ],
)
def test_a_price_moves_to_the_next_round_one(price: int, below: int, above: int):
    assert (lowered(price), raised(price)) == (below, above)


def test_a_round_price_comes_back_by_the_other_button_and_none_is_below_zero():
    price = 0
    while price < 6000:
        assert price < raised(price)
        assert lowered(raised(price)) == price
        price = raised(price)
    assert min(lowered(price) for price in range(3000)) == 0


@pytest.mark.parametrize(
    ("days", "near"), [(0, True), (-3, True), (-4, False), (1, True), (3, True), (4, False)]
)
def test_a_tap_may_wait_a_few_days(days: int, near: bool):
    assert is_near(TODAY + timedelta(days=days), TODAY) is near


STATES = {
    "sold out": ({}, "sold_out", "available", {"state": "sold_out", "state_on": TODAY}),
    "what was said yesterday no longer counts": (
        {"state": "sold_out", "state_on": YESTERDAY},
        "last",
        "available",
        {"state": "last", "state_on": TODAY},
    ),
    "here again": (
        {"state": "sold_out", "state_on": TODAY},
        "available",
        "sold_out",
        {"state": "available", "state_on": TODAY},
    ),
    "the same word twice": (
        {"state": "last", "state_on": TODAY},
        "last",
        "available",
        {"state": "last", "state_on": TODAY},
    ),
    "somebody else was quicker": (
        {"state": "last", "state_on": TODAY},
        "sold_out",
        "available",
        None,
    ),
    "a later day has its own word": (
        {"state": "last", "state_on": TOMORROW},
        "sold_out",
        "available",
        {},
    ),
}


@pytest.mark.parametrize("case", STATES)
def test_a_tap_on_how_much_is_left(case: str):
    changes, state, seen, values = STATES[case]
    found = state_tapped(good(confirmed_on=YESTERDAY, **changes), state, TODAY, seen)
    assert found.stale is (values is None)
    assert found.values == ({} if values is None else {**values, "confirmed_on": TODAY})


def test_a_tap_of_yesterday_does_not_make_a_good_older():
    assert state_tapped(good(), "last", YESTERDAY, "available").values["confirmed_on"] == TODAY


@pytest.mark.parametrize(
    ("kept", "cents", "seen", "stale"),
    [
        (120, 130, 120, False),
        (130, 130, 120, False),
        (140, 130, 120, True),
        (None, 130, None, False),
        (140, 130, None, True),
    ],
)
def test_a_price_is_written_over_what_was_seen(
    kept: int | None, cents: int, seen: int | None, stale: bool
):
    found = price_tapped(good(price_cents=kept, confirmed_on=YESTERDAY), cents, TODAY, seen)
    assert found.stale is stale
    assert found.values == ({} if stale else {"price_cents": cents, "confirmed_on": TODAY})


def test_all_as_yesterday_confirms_the_table_of_the_season_and_keeps_what_was_said():
    carrots = good(confirmed_on=YESTERDAY, state="sold_out", state_on=TODAY)
    strawberries = good(confirmed_on=YESTERDAY, months=0b11_0000)
    baskets = good(confirmed_on=YESTERDAY, archived_on=date(2026, 11, 1))
    found = as_before([carrots, strawberries, baskets], TODAY)
    assert found == [(carrots, {"confirmed_on": TODAY})]
