"""When the rose festival is, and how far away a festival is from a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from market.days.models import Festival

JULY = 7
SATURDAY = 5


def rose_festival_days(year: int) -> tuple[date, date]:
    """The Friday and the Sunday of Rožu svētki, around the third Saturday of July.

    A rule for the demonstration only: it names the days of 2016 and 2025, while the festival of
    2018 was a week earlier and that of 2023 a week later. The office sets the real days.
    2027: 16 to 18 July.
    """
    first = date(year, JULY, 1)
    saturday = first + timedelta(days=(SATURDAY - first.weekday()) % 7 + 14)
    return saturday - timedelta(days=1), saturday + timedelta(days=1)


def next_rose_festival(today: date) -> tuple[date, date]:
    """The days of the rose festival that is on, or of the next one."""
    days = rose_festival_days(today.year)
    return days if days[1] >= today else rose_festival_days(today.year + 1)


@dataclass(frozen=True)
class Countdown:
    """How a day lies to a festival: `days_left` before it, `day_number` in it, neither after it."""

    days_left: int | None
    day_number: int | None
    days: int


def countdown(festival: Festival, today: date) -> Countdown:
    """How a day lies to a festival; its first day is day number 1."""
    days = (festival.last_day - festival.first_day).days + 1
    if today < festival.first_day:
        return Countdown((festival.first_day - today).days, None, days)
    if today <= festival.last_day:
        return Countdown(None, (today - festival.first_day).days + 1, days)
    return Countdown(None, None, days)
