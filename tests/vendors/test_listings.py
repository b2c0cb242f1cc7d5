"""Prices, seasons and freshness of goods."""

from datetime import date, timedelta

import pytest

from vendors.listings.freshness import is_stale, state_on, table_on
from vendors.listings.models import Good
from vendors.listings.prices import UnitPrice, needs_unit_price, package, unit_price
from vendors.listings.seasons import in_season, mask_of, months_of, season_of, spans_of
from vendors.stories.reading import paragraphs

TODAY = date(2026, 11, 24)


def good(**changes: object) -> Good:
    fields = {
        "position": 1,
        "category": "vegetables",
        "name": {"lv": "Burkāni"},
        "price_cents": 120,
        "amount": 1000,
        "unit": "g",
        "months": 4095,
        "confirmed_on": TODAY,
    }
    return Good(**{**fields, **changes})


PRICES = {
    "a kilogram": ({}, (1.0, "kg"), UnitPrice(120, "kg"), False),
    "half a kilogram": ({"amount": 500}, (500.0, "g"), UnitPrice(240, "kg"), True),
    "250 g for 3,50 €": (
        {"amount": 250, "price_cents": 350},
        (250.0, "g"),
        UnitPrice(1400, "kg"),
        True,
    ),
    "three kilograms": (
        {"amount": 3000, "price_cents": 500},
        (3.0, "kg"),
        UnitPrice(167, "kg"),
        True,
    ),
    "half a litre": (
        {"amount": 500, "unit": "ml", "price_cents": 199},
        (500.0, "ml"),
        UnitPrice(398, "l"),
        True,
    ),
    "a jar of 700 g": (
        {"amount": 1, "unit": "jar", "net_amount": 700, "net_unit": "g", "price_cents": 850},
        (1.0, "jar"),
        UnitPrice(1214, "kg"),
        True,
    ),
    "a bunch": (
        {"amount": 1, "unit": "bunch", "price_cents": 100},
        (1.0, "bunch"),
        UnitPrice(100, "bunch"),
        False,
    ),
    "ten eggs": (
        {"amount": 10, "unit": "piece", "price_cents": 335},
        (10.0, "piece"),
        UnitPrice(34, "piece"),
        True,
    ),
    "no price": ({"price_cents": None}, (1.0, "kg"), None, False),
}


@pytest.mark.parametrize("case", PRICES)
def test_the_unit_price(case: str) -> None:
    changes, expected_package, expected_price, expected_need = PRICES[case]
    one = good(**changes)
    assert package(one) == expected_package
    assert unit_price(one) == expected_price
    assert needs_unit_price(one) is expected_need


@pytest.mark.parametrize(
    ("months", "spans"),
    [
        (range(1, 13), [(1, 12)]),
        ([8, 9, 10, 11, 12, 1, 2, 3, 4], [(8, 4)]),
        ([6], [(6, 6)]),
        ([4, 5, 9, 10, 11], [(4, 5), (9, 11)]),
        ([12, 1], [(12, 1)]),
        ([1, 3, 5], [(1, 1), (3, 3), (5, 5)]),
    ],
)
def test_spans_of_months_across_the_new_year(months: list[int], spans: list[tuple[int, int]]):
    mask = mask_of(months)
    assert sorted(months_of(mask)) == sorted(months)
    assert spans_of(mask) == spans


def test_december_is_the_last_bit() -> None:
    december = good(months=mask_of([12]))
    assert [month for month in range(1, 13) if in_season(december, month)] == [12]


def test_the_season_counts_goods_for_each_month() -> None:
    goods = [good(months=mask_of([1, 2])), good(months=mask_of([2]))]
    assert season_of(goods) == (1, 2, *[0] * 10)


@pytest.mark.parametrize(("days", "stale"), [(0, False), (45, False), (46, True)])
def test_goods_are_stale_after_45_days(days: int, stale: bool) -> None:
    assert is_stale(good(confirmed_on=TODAY - timedelta(days=days)), TODAY) is stale


def test_what_was_said_of_yesterday_no_longer_counts() -> None:
    gone = good(state="sold_out", state_on=TODAY - timedelta(days=1))
    assert state_on(gone, TODAY) == "available"
    assert state_on(good(state="sold_out", state_on=TODAY), TODAY) == "sold_out"


def test_goods_in_season_come_first_and_the_sold_out_last() -> None:
    gone = good(position=1, name={"lv": "A"}, state="sold_out", state_on=TODAY)
    here = good(position=2, name={"lv": "B"})
    summer = good(position=3, name={"lv": "C"}, months=mask_of([7]))
    table = table_on([summer, gone, here], TODAY)
    assert (table.today, table.later) == ((here, gone), (summer,))


def test_empty_lines_separate_paragraphs() -> None:
    assert paragraphs("Viens\ndivi.\n\n \nTrīs.\n") == ["Viens divi.", "Trīs."]
