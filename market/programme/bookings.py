"""Events as they take place and people: from when to when, where, with whom.

An event takes its place from the beginning of its setting up to the end of its clearing; a whole
venue is shared by each of its parts. Times are moments in UTC (see `schedule`), so that events past
midnight and the nights of the clock's change are like all others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from market.places.geography import kilometres
from market.programme.models import Event, EventPerformer, StreetClosure
from market.programme.schedule import ASSUMED_LENGTH, Item, listed_days, moment, span
from vendors.fields import Words
from vendors.searching import folded

WINDOWS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 24), "all_day": (0, 24)}
"""From and to which hour a part of the day counts, where the hour is not exact."""

WALK_KM, WALK_KM_H = 1.0, 4.0
DRIVE_KM_H, LOADING = 40.0, timedelta(minutes=10)
"""Performers walk up to a kilometre; farther away they load a car and drive."""


@dataclass(frozen=True)
class Performer:
    """Who performs; two are the same if they are one vendor or have one name."""

    name: str
    vendor_id: int | None = None

    def is_same(self, other: "Performer") -> bool:
        """Whether both are one."""
        if self.vendor_id is not None and self.vendor_id == other.vendor_id:
            return True
        return _plain(self.name) == _plain(other.name)


@dataclass(frozen=True)
class Booking:
    """An event as it takes place and people: moments in UTC, without them to be announced.

    `part` is empty for the whole venue; `exact` is False where the hour is only a part of the day,
    `open_end` where the end was assumed. `point` is latitude and longitude.
    """

    event_id: int
    title: Words
    days: tuple[date, ...]
    starts: datetime | None
    ends: datetime | None
    exact: bool = True
    open_end: bool = False
    set_up: timedelta = timedelta()
    clearing: timedelta = timedelta()
    venue_id: int | None = None
    venue_name: Words | None = None
    part: str = ""
    point: tuple[float, float] | None = None
    performers: tuple[Performer, ...] = ()
    crosses: frozenset[str] = frozenset()
    published: bool = True

    @property
    def taken(self) -> "Window | None":
        """From the beginning of setting up to the end of clearing."""
        if self.starts is None or self.ends is None:
            return None
        return Window(self.starts - self.set_up, self.ends + self.clearing)

    @property
    def itself(self) -> "Window | None":
        """From the beginning to the end."""
        if self.starts is None or self.ends is None:
            return None
        return Window(self.starts, self.ends)

    def shares_place(self, other: "Booking") -> bool:
        """Whether both are in the same part of a venue, or one in all of it."""
        if self.venue_id is None or self.venue_id != other.venue_id:
            return False
        return not self.part or not other.part or _plain(self.part) == _plain(other.part)

    def begun_at(self, starts: datetime) -> "Booking":
        """The same at another moment."""
        if self.starts is None or self.ends is None:
            return self
        return replace(self, starts=starts, ends=starts + (self.ends - self.starts))


@dataclass(frozen=True)
class Window:
    """From a moment to another; the end itself is free again."""

    starts: datetime
    ends: datetime

    def common(self, other: "Window") -> "Window | None":
        """What both have in common."""
        starts, ends = max(self.starts, other.starts), min(self.ends, other.ends)
        return Window(starts, ends) if starts < ends else None

    @property
    def minutes(self) -> int:
        """How long it is, in whole minutes."""
        return int((self.ends - self.starts).total_seconds() // 60)


@dataclass(frozen=True)
class TakenStall:
    """A stall with its vendor on a day: its row as "zone:row", and the hours it is kept."""

    row: str
    number: str
    vendor_id: int
    window: Window


@dataclass(frozen=True)
class OpenRow:
    """A row of stalls "zone:row" on a day on which its site is open, with these hours."""

    row: str
    window: Window


@dataclass(frozen=True)
class Closed:
    """A closure on one day."""

    name: Words
    window: Window
    venue_id: int | None = None
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Surroundings:
    """What is there beside the events: stalls with vendors, closed streets, rows of stalls."""

    stalls: tuple[TakenStall, ...] = ()
    closures: tuple[Closed, ...] = ()
    rows: tuple[OpenRow, ...] = ()


def booking_of(item: Item, performers: Iterable[EventPerformer] = ()) -> Booking:
    """An event with its venue and performers as the rule takes it."""
    event, venue = item.event, item.venue
    window = _window_of(event)
    point = None
    if venue is not None and venue.lat is not None and venue.lon is not None:
        point = (venue.lat, venue.lon)
    found = span(event)
    return Booking(
        event_id=event.id or 0,
        title=event.title,
        days=tuple(listed_days(event)),
        starts=window.starts if window else None,
        ends=window.ends if window else None,
        exact=found is not None,
        open_end=found is not None and found.ends is None,
        set_up=timedelta(minutes=event.set_up_min or 0),
        clearing=timedelta(minutes=event.clearing_min or 0),
        venue_id=event.venue_id,
        venue_name=venue.name if venue else None,
        part=event.place or "",
        point=point,
        performers=tuple(Performer(one.name, one.vendor_id) for one in performers),
        crosses=frozenset(event.crosses or ()),
        published=event.published,
    )


def counts(event: Event) -> bool:
    """Whether an event takes its place and people: not when it is cancelled or postponed."""
    return event.state == "confirmed"


def closed_on(closure: StreetClosure, first: date, last: date) -> list[Closed]:
    """A closure on each of its days from a first to a last one."""
    found = []
    day = max(closure.first_day, first)
    while day <= min(closure.last_day, last):
        starts = datetime.combine(day, closure.starts)
        ends = datetime.combine(day, closure.ends)
        if ends <= starts:
            ends += timedelta(days=1)
        window = Window(moment(starts), moment(ends))
        found.append(Closed(closure.name, window, closure.venue_id, frozenset(closure.rows or ())))
        day += timedelta(days=1)
    return found


def minutes_to_move(one: Booking, other: Booking) -> int | None:
    """How many minutes performers need from one place to another; None where nobody knows."""
    if one.venue_id is not None and one.venue_id == other.venue_id:
        return 0
    if one.point is None or other.point is None:
        return None
    away = kilometres(*one.point, *other.point)
    if away <= WALK_KM:
        return round(away / WALK_KM_H * 60)
    return round(away / DRIVE_KM_H * 60 + LOADING.total_seconds() / 60)


def _window_of(event: Event) -> Window | None:
    """The moments of an event; a part of the day as its hours, an open end after two hours."""
    found = span(event)
    if found is not None:
        starts = moment(found.starts)
        return Window(starts, moment(found.ends) if found.ends else starts + ASSUMED_LENGTH)
    if event.hour not in WINDOWS:
        return None
    begins, ends = WINDOWS[event.hour]
    midnight = datetime.combine(event.first_day, time())
    last = datetime.combine(event.last_day, time())
    return Window(moment(midnight + timedelta(hours=begins)), moment(last + timedelta(hours=ends)))


def _plain(name: str) -> str:
    return " ".join((folded(name) or "").split())
