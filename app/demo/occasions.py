"""When the demonstration's events fall: customs and habits as rules, believable in any year.

A rule is a table from `programme/events.toml`, one of:

- `{ on = "11-10" }`: this day of every year;
- `{ by = "11-10", weekday = "sat" }`: the last such weekday up to that day;
- `{ nth = 2, weekday = "sat", months = [4, 5] }`: of each month named, -1 is the last one, but
  for the holidays at the turn of the year;
- `{ advent = 0 }`: so many days from the first Sunday of Advent;
- `{ easter = -7 }`: so many days from Easter Sunday;
- `{ from_today = 0 }`: so many days from the day of the demonstration (see `events.py`).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dateutil.easter import easter  # type: ignore[import-untyped]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SUNDAY = 6
LAST_BEFORE_CHRISTMAS = (12, 24)
HOLIDAYS = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)}


def days_of(rule: dict[str, Any], first: date, last: date) -> list[date]:
    """The days from a first to a last one on which a rule falls; `KeyError` for an unknown rule."""
    years = range(first.year - 1, last.year + 2)
    days = (day for year in years for day in _in_year(rule, year))
    return [day for day in days if first <= day <= last]


def _in_year(rule: dict[str, Any], year: int) -> Iterator[date]:
    if "on" in rule:
        yield _day(year, rule["on"])
    elif "by" in rule:
        yield _latest(_day(year, rule["by"]), WEEKDAYS.index(rule["weekday"]))
    elif "advent" in rule:
        fourth_sunday = _latest(date(year, *LAST_BEFORE_CHRISTMAS), SUNDAY)
        yield fourth_sunday + timedelta(days=rule["advent"] - 21)
    elif "easter" in rule:
        yield easter(year) + timedelta(days=rule["easter"])
    else:
        weekday = WEEKDAYS.index(rule["weekday"])
        days = [nth_weekday(year, month, weekday, rule["nth"]) for month in rule["months"]]
        yield from (day for day in days if (day.month, day.day) not in HOLIDAYS)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The first (1), second (2), … or last (-1) such weekday of a month; Monday is 0."""
    if nth == -1:
        next_month = date(year + month // 12, month % 12 + 1, 1)
        return _latest(next_month - timedelta(days=1), weekday)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _latest(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _day(year: int, text: str) -> date:
    month, day = text.split("-")
    return date(year, int(month), int(day))
