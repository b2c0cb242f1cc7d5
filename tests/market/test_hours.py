"""When a site is open."""

from datetime import date, datetime, time

import pytest

from market.days.hours import Cancelled, Open, hours_on, next_open
from market.days.models import MarketDay, WeeklyHours

SINCE = date(2026, 1, 1)
WEEKLY = [
    WeeklyHours(weekday=1, opens=time(8), closes=time(14), valid_from=SINCE),
    WeeklyHours(weekday=5, opens=time(8), closes=time(14), valid_from=SINCE),
    WeeklyHours(weekday=5, opens=time(7), closes=time(13), valid_from=date(2026, 5, 1)),
    WeeklyHours(
        weekday=6, opens=time(9), closes=time(12), valid_from=SINCE, valid_to=date(2026, 3, 31)
    ),
]
STORM = {"lv": "Vētra."}
SPECIAL = [
    MarketDay(day=date(2026, 12, 22), cancelled=True, words=STORM),
    MarketDay(day=date(2026, 12, 26)),
    MarketDay(
        day=date(2027, 7, 18), kind="festival", opens=time(10), closes=time(17), festival_id=3
    ),
]

CASES = {
    "a Tuesday": (date(2026, 11, 24), Open(date(2026, 11, 24), time(8), time(14))),
    "a Wednesday": (date(2026, 11, 25), None),
    "a Saturday before the summer hours": (
        date(2026, 4, 25),
        Open(date(2026, 4, 25), time(8), time(14)),
    ),
    "a Saturday after": (date(2026, 5, 2), Open(date(2026, 5, 2), time(7), time(13))),
    "a Sunday of winter": (date(2026, 3, 29), Open(date(2026, 3, 29), time(9), time(12))),
    "a Sunday later": (date(2026, 4, 5), None),
    "before the pattern began": (date(2025, 12, 30), None),
    "a cancelled day": (date(2026, 12, 22), Cancelled(date(2026, 12, 22), STORM)),
    "a holiday": (date(2026, 12, 26), None),
    "a festival's Sunday": (
        date(2027, 7, 18),
        Open(date(2027, 7, 18), time(10), time(17), "festival", 3),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_hours_of_a_day(case: str) -> None:
    day, expected = CASES[case]
    assert hours_on(day, WEEKLY, SPECIAL) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 24, 7), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 13, 59), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 14), date(2026, 11, 28)),
        (datetime(2026, 12, 21, 9), date(2026, 12, 29)),
    ],
)
def test_the_next_opening(moment: datetime, expected: date) -> None:
    found = next_open(moment, WEEKLY, SPECIAL)
    assert found is not None
    assert found.day == expected


def test_a_site_without_a_pattern_may_never_open() -> None:
    assert next_open(datetime(2026, 11, 24), [], []) is None
