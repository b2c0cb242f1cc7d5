"""The order of a price list: one step at a time, places without gaps."""

from datetime import date

import pytest

from vendors.listings.models import Good
from vendors.listings.ordering import place_after_all, places_after


def goods(*places: int, gone: tuple[int, ...] = ()) -> list[Good]:
    day = date(2026, 11, 24)
    return [
        Good(
            id=number,
            category="berries",
            name={"lv": str(number)},
            position=place,
            archived_on=day if number in gone else None,
            confirmed_on=day,
        )
        for number, place in enumerate(places, start=1)
    ]


CASES = {
    "down": (goods(1, 2, 3), 1, 1, {1: 2, 2: 1}),
    "up": (goods(1, 2, 3), 3, -1, {2: 3, 3: 2}),
    "the first goes no further up": (goods(1, 2, 3), 1, -1, {}),
    "the last goes no further down": (goods(1, 2, 3), 3, 1, {}),
    "gaps are closed": (goods(2, 5, 9), 1, 1, {2: 1, 3: 3}),
    "equal places are told apart": (goods(1, 1, 1), 3, -1, {2: 3, 3: 2}),
    "a step goes over what is no longer sold": (goods(1, 2, 3, gone=(2,)), 1, 1, {1: 3, 3: 1}),
    "what is no longer sold does not move": (goods(1, 2, gone=(2,)), 2, -1, {}),
    "one that is not there": (goods(1, 2), 7, 1, {}),
}


@pytest.mark.parametrize("case", CASES)
def test_one_step(case):
    listed, moved, step, expected = CASES[case]
    assert places_after(listed, moved, step) == expected


def test_a_new_good_comes_last():
    assert (place_after_all([]), place_after_all(goods(1, 4, 3))) == (1, 5)
