"""How full the market was, and who came: rules as tables of cases."""

from datetime import date, time

import pytest

from market.days.models import MarketDay, WeeklyHours
from market.evidence.coming import Coming, Told, coming
from market.evidence.occupancy import Period, Share, Taken, occupancy, open_days

TUE, FRI, DEC = date(2026, 11, 24), date(2026, 11, 27), date(2026, 12, 1)
OPEN = {1: [TUE, FRI, DEC], 2: [TUE]}


def test_a_place_counts_once_for_each_open_day():
    periods = [Period(1, date(2026, 1, 1), None, 4), Period(2, TUE, TUE, 2)]
    taken = [Taken(1, TUE, 3), Taken(1, FRI, 4), Taken(2, TUE, 1)]
    found = occupancy(OPEN, periods, taken)
    assert dict(found.by_zone) == {1: Share(7, 12), 2: Share(1, 2)}
    assert dict(found.by_weekday) == {1: Share(4, 10), 4: Share(4, 4)}
    assert dict(found.by_month) == {
        date(2026, 11, 1): Share(8, 10),
        date(2026, 12, 1): Share(0, 4),
    }
    assert found.whole == Share(8, 14)


PERIODS = {
    "a plan from the second day on": ([Period(1, FRI, None, 4)], Share(0, 8)),
    "a plan that ended": ([Period(1, date(2026, 1, 1), TUE, 4)], Share(0, 4)),
    "two plans, one after the other": (
        [Period(1, date(2026, 1, 1), TUE, 4), Period(1, FRI, None, 6)],
        Share(0, 16),
    ),
    "a plan of another time": ([Period(1, date(2027, 1, 1), None, 4)], Share(0, 0)),
    "a zone of no site that is open": ([Period(9, date(2026, 1, 1), None, 4)], Share(0, 0)),
}


@pytest.mark.parametrize("name", PERIODS)
def test_places_count_while_they_are_on_the_plan(name: str):
    periods, share = PERIODS[name]
    assert occupancy({1: OPEN[1]}, periods, []).whole == share


def test_placements_of_a_day_without_a_market_do_not_count():
    periods = [Period(1, date(2026, 1, 1), None, 4)]
    taken = [Taken(1, date(2026, 11, 25), 4), Taken(1, TUE, 1)]
    assert occupancy({1: [TUE]}, periods, taken).whole == Share(1, 4)


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(0, 0), None),
        (Share(0, 4), 0),
        (Share(1, 3), 33),
        (Share(2, 3), 67),
        (Share(1, 8), 13),
        (Share(4, 4), 100),
    ],
)
def test_percent_are_whole_and_nothing_where_there_is_no_place(share: Share, percent: int | None):
    assert share.percent == percent


def test_open_days_are_those_of_the_pattern_without_what_was_cancelled_and_with_fairs():
    weekly = [
        WeeklyHours(weekday=1, opens=time(8), closes=time(14), valid_from=date(2026, 1, 1)),
        WeeklyHours(
            weekday=4, opens=time(8), closes=time(14), valid_from=date(2026, 1, 1),
            valid_to=date(2026, 11, 20),
        ),
    ]  # fmt: skip
    special = [
        MarketDay(day=date(2026, 11, 17), cancelled=True),
        MarketDay(day=date(2026, 11, 29), kind="fair", opens=time(9), closes=time(15)),
        MarketDay(day=TUE),
    ]
    assert open_days(weekly, special, date(2026, 11, 13), DEC) == [
        date(2026, 11, 13), date(2026, 11, 20), date(2026, 11, 29), DEC,
    ]  # fmt: skip


def test_who_did_not_come_without_a_word_stands_first():
    told = [
        Told(1, "present", False, 5),
        Told(1, "late", False, 1),
        Told(2, "absent", True, 2),
        Told(2, "absent", False, 1),
        Told(3, "absent", False, 4),
    ]
    assert coming({1: 9, 2: 8}, told) == [
        Coming(2, days=8, absent=1, no_shows=2),
        Coming(1, days=9, present=5, late=1),
        Coming(3, absent=4),
    ]
