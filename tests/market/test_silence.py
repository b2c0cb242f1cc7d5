"""The silence alarm: a sign that nobody opened by now although somebody always did."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from market.signs.silence import (
    DAYS_LOOKED_AT,
    IMPROBABLE,
    History,
    chance_of_none,
    expected,
    silent,
)

OPENS = time(8)
BUSY = {8: 3, 9: 3, 10: 3}
OTHERS = {number: History([BUSY] * 8, BUSY) for number in range(2, 12)}
"""The rest of the market, opened as always."""


@pytest.mark.parametrize(
    ("own", "until", "is_silent"),
    [
        (History([BUSY] * 8, {}), time(10), True),
        (History([BUSY] * 8, {9: 1}), time(10), False),  # somebody opened it
        (History([BUSY] * 8, {}), time(8, 30), False),  # too early to tell
        (History([BUSY] * 8, {}), time(9, 30), False),  # 4.5 expected: e^-4.5 is 1.1 %
        (History([BUSY] * 8, {}), time(9, 40), True),
        (History([BUSY] * 8, {}, is_here=False), time(12), False),  # the vendor is away
        (History([BUSY] * 3, {}), time(12), False),  # hung for three days only
        (History([{8: 1}] * 8, {}), time(12), False),  # seldom opened at all
        (History([BUSY, {}, {}, {}, {}, {}, {}, {}], {}), time(12), False),  # quiet for weeks
        (History([{6: 50, 7: 50}] * 8, {}), time(12), False),  # only before the opening
        (History([], {}), time(12), False),
    ],
)
def test_a_sign_is_silent_by_its_own_history(own: History, until: time, is_silent: bool) -> None:
    assert (1 in silent({1: own, **OTHERS}, OPENS, until)) is is_silent


def test_on_a_day_on_which_nobody_comes_no_sign_is_suspicious() -> None:
    quiet = {number: History([BUSY] * 8, {}) for number in range(1, 12)}
    assert silent(quiet, OPENS, time(12)) == []


def test_half_a_market_makes_half_as_much_expected() -> None:
    half = {number: History([BUSY] * 8, {8: 1, 9: 2}) for number in range(2, 40)}
    signs = {1: History([BUSY] * 8, {}), **half}
    assert silent(signs, OPENS, time(10)) == []
    assert silent({1: History([BUSY] * 8, {}), **OTHERS}, OPENS, time(10)) == [1]


HOURS = some.dictionaries(some.integers(6, 14), some.integers(0, 9))
HISTORIES = some.builds(History, some.lists(HOURS, max_size=DAYS_LOOKED_AT), HOURS, some.booleans())


@given(some.dictionaries(some.integers(1, 30), HISTORIES), some.times(time(8), time(14)))
def test_whoever_is_called_silent_has_deserved_it(signs: dict[int, History], until: time) -> None:
    for sign_id in silent(signs, OPENS, until):
        own = signs[sign_id]
        assert own.is_here
        assert not sum(own.today.values())
        assert chance_of_none(expected(own, OPENS, until)) < IMPROBABLE


@given(HISTORIES, some.times(time(8), time(13)), some.times(time(8), time(13)))
def test_later_more_is_expected(own: History, one: time, other: time) -> None:
    earlier, later = sorted((one, other))
    assert expected(own, OPENS, earlier) <= expected(own, OPENS, later) + 1e-9
