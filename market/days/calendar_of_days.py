"""The calendar of the market: its days by month, with what stands beside them in the year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from market.days.holidays import Holiday
from market.days.hours import Cancelled, Open, hours_on
from market.days.models import MarketDay, SpecialDay, WeeklyHours

LAW, MOVED, OWN = "law", "moved", "own"


@dataclass(frozen=True)
class Occasion:
    """What a day is in the year: a holiday by law, a moved day, or one of the office's own."""

    name: dict[str, str]
    source: str
    advice: str


@dataclass(frozen=True)
class CalendarDay:
    """A day of one site. `hours` is what counts, `usual` what the week would say without `row`.

    `suggestion` is what may be done because of an occasion that nobody has decided about yet.
    """

    day: date
    hours: Open | Cancelled | None
    usual: Open | None
    row: MarketDay | None
    occasions: tuple[Occasion, ...]
    suggestion: str | None


@dataclass(frozen=True)
class Month:
    """The days of a month that are worth a line."""

    year: int
    number: int
    days: tuple[CalendarDay, ...]


def occasions_on(
    day: date, holidays: Iterable[Holiday], special: Iterable[SpecialDay]
) -> tuple[Occasion, ...]:
    """What a day is in the year, the law first."""
    by_law = [
        Occasion(one.name, MOVED if one.is_moved else LAW, one.advice)
        for one in holidays
        if one.day == day
    ]
    own = [Occasion(one.name, OWN, one.advice) for one in special if one.day == day]
    return (*by_law, *own)


def calendar_day(
    day: date,
    weekly: Sequence[WeeklyHours],
    exceptions: Iterable[MarketDay],
    occasions: tuple[Occasion, ...] = (),
) -> CalendarDay:
    """One day. A day with a row of its own has been decided about, so nothing is suggested."""
    row = next((one for one in exceptions if one.day == day), None)
    usual = hours_on(day, weekly, [])
    hours = hours_on(day, weekly, [row] if row else [])
    is_market = isinstance(usual, Open)
    suggestion = None if row else _suggestion(occasions, is_market=is_market)
    return CalendarDay(
        day, hours, usual if isinstance(usual, Open) else None, row, occasions, suggestion
    )


def _suggestion(occasions: tuple[Occasion, ...], *, is_market: bool) -> str | None:
    """A fair counts before everything; otherwise only a market day needs a decision."""
    wishes = [one.advice for one in occasions]
    if any(one.source == OWN and one.advice == "fair" for one in occasions):
        return "fair"
    if not wishes or not is_market:
        return None
    order = ("closed", "shorter", "fair", "as_usual")
    return min(wishes, key=order.index)


def months(
    first: date,
    last: date,
    weekly: Sequence[WeeklyHours],
    exceptions: Sequence[MarketDay],
    holidays: Sequence[Holiday] = (),
    special: Sequence[SpecialDay] = (),
) -> list[Month]:
    """The months from a first to a last day: market days, cancelled ones and occasions."""
    by_month: dict[tuple[int, int], list[CalendarDay]] = {}
    by_day = {one.day: one for one in exceptions}
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        found = [by_day[day]] if day in by_day else []
        one = calendar_day(day, weekly, found, occasions_on(day, holidays, special))
        by_month.setdefault((day.year, day.month), [])
        if one.hours is not None or one.row is not None or one.occasions:
            by_month[day.year, day.month].append(one)
    return [Month(year, number, tuple(days)) for (year, number), days in by_month.items()]


def weekly_clash(
    weekday: int, first: date, last: date | None, others: Iterable[WeeklyHours], own_id: int | None
) -> WeeklyHours | None:
    """Another line of the weekly pattern for the same weekday and some of the same days."""
    for other in others:
        if other.id == own_id or other.weekday != weekday:
            continue
        ends_before = last is not None and last < other.valid_from
        begins_after = other.valid_to is not None and other.valid_to < first
        if not ends_before and not begins_after:
            return other
    return None
