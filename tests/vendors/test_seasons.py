"""The months of goods: as usual, and earlier or later in the one year of which it was said."""

from datetime import date

import pytest

from vendors.listings.models import Good
from vendors.listings.seasons import in_season, mask_of, months_in, months_of, season_of, shifted
from vendors.registry.models import Vendor
from vendors.registry.queries import goods_of, vendors_found

EARLIER, LATER = -1, 1

CASES = {
    "strawberries earlier": ([6, 7], EARLIER, [5, 6]),
    "strawberries later": ([6, 7], LATER, [7, 8]),
    "as usual": ([6, 7], 0, [6, 7]),
    "all year stays all year": (range(1, 13), EARLIER, range(1, 13)),
    "all year stays all year, later": (range(1, 13), LATER, range(1, 13)),
    "carrots over the new year earlier": (
        [8, 9, 10, 11, 12, 1, 2, 3],
        EARLIER,
        [7, 8, 9, 10, 11, 12, 1, 2],
    ),
    "carrots over the new year later": (
        [8, 9, 10, 11, 12, 1, 2, 3],
        LATER,
        [9, 10, 11, 12, 1, 2, 3, 4],
    ),
    "sprouts begin in December before": ([1, 2, 3, 4], EARLIER, [1, 2, 3]),
    "gingerbread goes on into January after": ([11, 12], LATER, [12]),
    "two seasons": ([4, 5, 9, 10], LATER, [5, 6, 10, 11]),
    "only January earlier would leave nothing": ([1], EARLIER, [1]),
    "only December later would leave nothing": ([12], LATER, [12]),
}


def good(months, shift=0, year=None, **more) -> Good:
    return Good(
        category="berries",
        name={"lv": "Ogas"},
        months=mask_of(months),
        season_shift=shift,
        season_year=year,
        confirmed_on=date(2026, 5, 1),
        **more,
    )


@pytest.mark.parametrize("case", CASES)
def test_the_months_of_a_year_that_is_earlier_or_later(case):
    usual, shift, expected = CASES[case]
    assert months_of(shifted(mask_of(usual), shift)) == tuple(sorted(expected))
    one = good(usual, shift, 2027)
    assert months_of(months_in(one, 2027)) == tuple(sorted(expected))
    assert months_in(one, 2026) == months_in(one, 2028) == months_in(one, None) == one.months


def test_the_season_of_a_listing_is_that_of_the_year():
    berries = good([6, 7], EARLIER, 2027)
    assert season_of([berries], 2027) == (0, 0, 0, 0, 1, 1, *[0] * 6)
    assert season_of([berries], 2028) == season_of([berries]) == (0, 0, 0, 0, 0, 1, 1, *[0] * 5)


def test_no_year_is_ever_left_without_months():
    for mask in range(1, 4096):
        for shift in (EARLIER, LATER):
            moved = shifted(mask, shift)
            assert 1 <= moved <= 4095
            assert abs(moved.bit_count() - mask.bit_count()) <= 1


def test_the_database_finds_the_same_months_as_the_rule(empty_market):
    """Every edge of the year, for both shifts, asked of the database month by month."""
    masks = [1, 2, 3, 6, 96, 1024, 2048, 2049, 3072, 3843, 4095, 15, 2050, 1025]
    with empty_market.writing() as session:
        goods = {}
        for number, mask in enumerate(masks):
            for shift in (0, EARLIER, LATER):
                for year in (None, 2027):
                    name = f"v{number}-{shift + 1}-{year or 0}"
                    vendor = Vendor(slug=name, name=name, other_place="Rīga")
                    session.add(vendor)
                    session.flush()
                    one = good(months_of(mask), shift, year, vendor_id=vendor.id)
                    session.add(one)
                    goods[name] = one
        session.flush()
        for month in range(1, 13):
            for year in (2027, 2028):
                found = {one.slug for one in vendors_found(session, month=month, year=year)}
                expected = {name for name, one in goods.items() if in_season(one, month, year)}
                assert found == expected, (month, year)


def test_what_is_no_longer_sold_is_found_by_nobody(empty_market):
    with empty_market.writing() as session:
        vendor = Vendor(slug="saimnieciba", name="Saimniecība", other_place="Rīga")
        session.add(vendor)
        session.flush()
        gone = good([6], vendor_id=vendor.id, archived_on=date(2026, 11, 1))
        session.add(gone)
        session.flush()
        assert goods_of(session, [vendor.id]) == {vendor.id: []}
        asked = ({"typed": "ogas"}, {"category": "berries"}, {"month": 6, "year": 2026})
        assert [vendors_found(session, **one) for one in asked] == [[], [], []]
        gone.archived_on = None
        session.flush()
        assert [len(vendors_found(session, **one)) for one in asked] == [1, 1, 1]
