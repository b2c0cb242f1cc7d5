"""A vendor's own numbers: openings by day and by hour, ready to be drawn and told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS_SHOWN = 8


@dataclass(frozen=True)
class Numbers:
    """How often something was opened: in all, on each day, and in each hour (0 to 23)."""

    total: int
    by_day: tuple[tuple[date, int], ...]
    by_hour: tuple[tuple[int, int], ...]

    @property
    def best_day(self) -> tuple[date, int] | None:
        """The day with the most openings, the latest of several; None without any."""
        return max(self.by_day, key=lambda pair: (pair[1], pair[0])) if self.total else None

    @property
    def best_hour(self) -> tuple[int, int] | None:
        """The hour with the most openings, the earliest of several; None without any."""
        return max(self.by_hour, key=lambda pair: (pair[1], -pair[0])) if self.total else None


def first_day_shown(today: date) -> date:
    """The first of the days that are told: eight weeks with today as the last day."""
    return today - timedelta(days=7 * WEEKS_SHOWN - 1)


def days_from_first(rows: Iterable[tuple[date, int, int]], today: date) -> list[date]:
    """Every day from the first with openings until today; none without any."""
    first = min((day for day, _hour, _openings in rows), default=None)
    return [first + timedelta(days=n) for n in range((today - first).days + 1)] if first else []


def summed(rows: Iterable[tuple[date, int, int]], days: Iterable[date] = ()) -> Numbers:
    """Rows of day, hour and openings, summed; `days` are told also when nothing was opened.

    Hours stand from the first to the last in which anything was opened, none left out.
    """
    by_day: Counter[date] = Counter(dict.fromkeys(days, 0))
    by_hour: Counter[int] = Counter()
    for day, hour, openings in rows:
        by_day[day] += openings
        by_hour[hour] += openings
    hours = range(min(by_hour), max(by_hour) + 1) if by_hour else ()
    return Numbers(
        total=sum(by_hour.values()),
        by_day=tuple(sorted(by_day.items())),
        by_hour=tuple((hour, by_hour[hour]) for hour in hours),
    )
