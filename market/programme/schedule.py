"""When events happen: the days they are listed under, their order, what is on now and next.

Rows keep days and hours as the clock of the place shows them. Comparisons are made between
moments, so that they hold in the two nights in which that clock is changed: an hour that comes
twice means its first coming, an hour that is left out is read with the offset before the change
(RFC 5545, 3.3.5). A moment of now may say by `fold=1` that it is the second coming.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from market.programme.models import HOURS_SAID, Event, Venue

RIGA = ZoneInfo("Europe/Riga")
MIDNIGHT = time(0)
NIGHT_ENDS = time(5)
"""An event that ends by then is not listed under its last day: it belongs to the evening before."""

ASSUMED_LENGTH = timedelta(hours=2)
"""How long an event with an open end counts as being on; nothing but "now" relies on it."""

PART_ENDS = {"morning": time(12), "afternoon": time(18)}
"""When a part of the day is over; the others last until midnight."""

ON_THE_EVENING_BEFORE = "midnight"
CONTINUES = "continues"
ORDER = ("exact", ON_THE_EVENING_BEFORE, *HOURS_SAID[1:4], CONTINUES, *HOURS_SAID[4:])


class Item(NamedTuple):
    """An item of the programme: what happens, and where."""

    event: Event
    venue: Venue | None


@dataclass(frozen=True)
class Span:
    """From when to when an event lasts, by the clock of the place; None for an open end."""

    starts: datetime
    ends: datetime | None

    @property
    def crosses_midnight(self) -> bool:
        """Whether the end stands on another day than the beginning."""
        return self.ends is not None and self.ends.date() > self.starts.date()


@dataclass(frozen=True)
class Line:
    """A line of a day's programme.

    `hour` is one of HOURS_SAID, or "midnight" for an event that begins at 24.00 of this day, or
    "continues" for one of several days that began before.
    """

    item: Item
    day: date
    hour: str

    @property
    def ends(self) -> time | None:
        """The hour of the end where it belongs to this line: not that of several days."""
        found = span(self.item.event)
        if found is None or found.ends is None or len(listed_days(self.item.event)) > 1:
            return None
        return found.ends.time()

    @property
    def until(self) -> date | None:
        """The last day of an event of several days, on the lines before it."""
        last = listed_days(self.item.event)[-1]
        return last if last > self.day else None

    def is_on(self, now: datetime) -> bool:
        """Whether the event is on at a moment; see `is_on`."""
        return is_on(self.item.event, now)


@dataclass(frozen=True)
class Day:
    """The programme of one day, in order."""

    day: date
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class NowAndNext:
    """What is on, what begins next, and what is today without an exact hour."""

    now: tuple[Item, ...] = ()
    next: tuple[Item, ...] = ()
    some_time_today: tuple[Item, ...] = ()


def moment(local: datetime) -> datetime:
    """The moment, in UTC, at which the clock of the place shows this."""
    return local.replace(tzinfo=RIGA).astimezone(UTC)


def local_time(of: datetime) -> datetime:
    """What the clock of the place shows at a moment; `fold` tells the second coming of an hour."""
    return of.astimezone(RIGA).replace(tzinfo=None)


def span(event: Event) -> Span | None:
    """From when to when an event lasts; None without an exact hour.

    An end before the beginning on the same day is past midnight. An end that would not come after
    the beginning (the same hour, or one that the change to summer time leaves out) is no end.
    """
    if event.starts is None:
        return None
    starts = datetime.combine(event.first_day, event.starts)
    if event.ends is None:
        return Span(starts, None)
    ends = datetime.combine(event.last_day, event.ends)
    if ends < starts:
        ends += timedelta(days=1)
    return Span(starts, ends if moment(ends) > moment(starts) else None)


def listed_days(event: Event) -> list[date]:
    """The days under which people look for an event.

    What begins at midnight sharp is listed as 24.00 under the day that ends; what ends in the night
    is not listed again under the morning after.
    """
    first, last = event.first_day, event.last_day
    if event.starts == MIDNIGHT:
        first -= timedelta(days=1)
    if event.starts is not None and event.ends is not None and event.ends <= NIGHT_ENDS:
        last -= timedelta(days=1)
    elif event.starts == MIDNIGHT and event.last_day == event.first_day:
        last = first
    return [first + timedelta(days=step) for step in range(max((last - first).days, 0) + 1)]


def hour_on(event: Event, day: date) -> str:
    """How a line of this day says the hour; see `Line`."""
    if event.starts is None:
        return event.hour
    if day != listed_days(event)[0]:
        return CONTINUES
    return ON_THE_EVENING_BEFORE if event.starts == MIDNIGHT else "exact"


def programme(items: Iterable[Item], first: date, last: date, *, once: bool = False) -> list[Day]:
    """The programme from a first to a last day, without the days on which nothing happens.

    Exact hours come first and in order, then morning, afternoon, evening, what goes on from days
    before, all day, and hours still to be announced. Cancelled and postponed events stay in. With
    `once` an event of several days is listed only under the first of them in this period.
    """
    by_day: dict[date, list[Line]] = {}
    for item in items:
        days = [day for day in listed_days(item.event) if first <= day <= last]
        for day in days[:1] if once else days:
            line = Line(item, day, hour_on(item.event, day))
            by_day.setdefault(day, []).append(line)
    return [Day(day, tuple(sorted(by_day[day], key=_in_order))) for day in sorted(by_day)]


def _in_order(line: Line) -> tuple[int, time, str, int]:
    event = line.item.event
    hour = event.starts if line.hour == "exact" and event.starts else MIDNIGHT
    return ORDER.index(line.hour), hour, event.title["lv"], event.id or 0


def by_venue(lines: Iterable[Line]) -> list[tuple[Venue, list[Line]]]:
    """The lines of a day for each venue, the venue with the earliest line first.

    Lines without a venue are left out: their place is only words.
    """
    venues: dict[str, tuple[Venue, list[Line]]] = {}
    for line in lines:
        venue = line.item.venue
        if venue is not None:
            venues.setdefault(venue.slug, (venue, []))[1].append(line)
    return list(venues.values())


def now_and_next(items: Iterable[Item], now: datetime) -> NowAndNext:
    """What is on at a moment, all that begins next at one hour, and what is some time today.

    Cancelled and postponed events are none of these. An open end is taken to come two hours after
    the beginning, or with the end of the last day. A part of today that is over is left out.
    """
    confirmed = [item for item in items if item.event.state == "confirmed"]
    timed = [(found, item) for item in confirmed if (found := span(item.event)) is not None]
    coming = [(found.starts, item) for found, item in timed if moment(found.starts) > moment(now)]
    nearest = min((starts for starts, _ in coming), key=moment, default=None)
    return NowAndNext(
        now=tuple(item for found, item in timed if _is_on(found, item.event, now)),
        next=tuple(item for starts, item in coming if starts == nearest),
        some_time_today=tuple(item for item in confirmed if _is_some_time_today(item.event, now)),
    )


def is_on(event: Event, now: datetime) -> bool:
    """Whether an event with an exact hour is on at a moment; an open end as in `now_and_next`."""
    found = span(event)
    return found is not None and event.state == "confirmed" and _is_on(found, event, now)


def _is_on(found: Span, event: Event, now: datetime) -> bool:
    starts = moment(found.starts)
    if found.ends is not None:
        ends = moment(found.ends)
    elif event.last_day > event.first_day:
        ends = moment(datetime.combine(event.last_day + timedelta(days=1), MIDNIGHT))
    else:
        ends = starts + ASSUMED_LENGTH
    return starts <= moment(now) < ends


def _is_some_time_today(event: Event, now: datetime) -> bool:
    if event.starts is not None or now.date() not in listed_days(event):
        return False
    return now.time() < PART_ENDS.get(event.hour, time.max)
