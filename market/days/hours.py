"""When a site is open: the weekly pattern, and the days that differ from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from market.days.models import MarketDay, WeeklyHours

FAR_ENOUGH_DAYS = 400


@dataclass(frozen=True)
class Open:
    """The site is open on this day from `opens` to `closes`, in the clock of the place."""

    day: date
    opens: time
    closes: time
    kind: str = "ordinary"
    festival_id: int | None = None
    words: Mapping[str, str] | None = None

    def includes(self, moment: datetime) -> bool:
        """Whether the site is open at a moment; the closing time itself is no longer open."""
        return moment.date() == self.day and self.opens <= moment.time() < self.closes


@dataclass(frozen=True)
class Cancelled:
    """The site would have been open on this day, but the day was cancelled."""

    day: date
    words: Mapping[str, str] | None = None


def hours_on(
    day: date, weekly: Iterable[WeeklyHours], exceptions: Iterable[MarketDay]
) -> Open | Cancelled | None:
    """The hours of one site on a day; None when it is closed.

    An exception for the day counts before the weekly pattern; of several patterns for the
    weekday the one that began last counts. All rows must be of the same site.
    """
    for exception in exceptions:
        if exception.day == day:
            return _exceptional(exception)
    valid = [
        row
        for row in weekly
        if row.weekday == day.weekday()
        and row.valid_from <= day
        and (row.valid_to is None or day <= row.valid_to)
    ]
    if not valid:
        return None
    row = max(valid, key=lambda found: found.valid_from)
    return Open(day, row.opens, row.closes)


def _exceptional(exception: MarketDay) -> Open | Cancelled | None:
    if exception.cancelled:
        return Cancelled(exception.day, exception.words)
    if exception.opens is None or exception.closes is None:
        return None
    return Open(
        exception.day,
        exception.opens,
        exception.closes,
        exception.kind,
        exception.festival_id,
        exception.words,
    )


def next_open(
    moment: datetime, weekly: Iterable[WeeklyHours], exceptions: Iterable[MarketDay]
) -> Open | None:
    """The next opening of one site that ends after a moment: today's while it lasts.

    Looks at most 400 days ahead; None when there is no opening in that time.
    """
    weekly, exceptions = list(weekly), list(exceptions)
    for step in range(FAR_ENOUGH_DAYS):
        found = hours_on(moment.date() + timedelta(days=step), weekly, exceptions)
        if isinstance(found, Open) and datetime.combine(found.day, found.closes) > moment:
            return found
    return None
