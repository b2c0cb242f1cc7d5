"""Calendar files (RFC 5545) that Google, Apple and Outlook take.

Times are written in the zone of the place, with its rule of summer time in the file. The rule is
written here and not taken from icalendar's `add_missing_timezones`: that one (7.3) gives the begin
of summer time by the new clock instead of the old one, an hour late for who reads it strictly, and
Outlook wants a yearly rule. A test holds the rule against the zone's own data.

`DTSTAMP` is, in a file without METHOD, the moment of the last change (3.8.7.2). The tables keep no
such moments, so it is derived from SEQUENCE: it grows with every change, and the same programme is
the same file, byte for byte.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar

from market.days.hours import Cancelled, Open, hours_on
from market.days.models import MarketDay, WeeklyHours
from market.programme.models import Event
from market.programme.schedule import RIGA, local_time, moment, span

PRODID = "-//Tukuma tirgus//Programma//LV"
STAMPS_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
REFRESH = timedelta(hours=6)

SUMMER_TIME = icalendar.Timezone.from_ical(
    """BEGIN:VTIMEZONE
TZID:Europe/Riga
BEGIN:DAYLIGHT
DTSTART:20010325T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20011028T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE
"""
)
"""The clock of Riga since 2001: summer time from the last Sunday of March to that of October."""


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar, its words in one language.

    `starts` and `ends` are both hours by the clock of the place, or both days, of which the last is
    the first day no longer in it; without `ends` the end is open. `status` is one of CONFIRMED,
    TENTATIVE and CANCELLED; `point` is latitude and longitude.
    """

    uid: str
    sequence: int
    starts: datetime | date
    ends: datetime | date | None
    summary: str
    description: str
    location: str
    url: str
    status: str = "CONFIRMED"
    point: tuple[float, float] | None = None


def times_of(event: Event) -> tuple[datetime | date, datetime | date | None]:
    """Beginning and end of an event's entry; a day each where the hour is not exact."""
    found = span(event)
    if found is not None:
        return found.starts, found.ends
    return event.first_day, event.last_day + timedelta(days=1)


def status_of(event: Event) -> str:
    """The status of an event's entry; what is postponed may still happen on its day."""
    return {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}.get(event.state, "CONFIRMED")


def revision(event: Event) -> int:
    """The number of an event's entry, larger after every change.

    `sequence` alone would not do: undoing a change takes it back by one, and the version on.
    """
    return event.sequence + 2 * (event.version - 1)


def calendar_file(name: str, language: str, entries: Iterable[Entry]) -> bytes:
    """The calendar as a file: UTF-8, lines ended by CRLF and folded to 75 octets."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", icalendar.vText(plain(name)))
    calendar.add("x-wr-timezone", icalendar.vText(str(RIGA)))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(SUMMER_TIME)
    for entry in entries:
        calendar.add_component(_component(entry, language))
    return bytes(calendar.to_ical(sorted=False))


def _component(entry: Entry, language: str) -> icalendar.Event:
    """An entry as a VEVENT with no other properties than these."""
    said = {"LANGUAGE": language}
    component = icalendar.Event()
    component.add("uid", plain(entry.uid))
    component.add("dtstamp", STAMPS_BEGIN + timedelta(minutes=entry.sequence))
    component.add("sequence", entry.sequence)
    component.add("dtstart", _zoned(entry.starts))
    if entry.ends is not None:
        component.add("dtend", _zoned(entry.ends))
    component.add("summary", plain(entry.summary), parameters=said)
    if entry.description:
        component.add("description", plain(entry.description), parameters=said)
    if entry.location:
        component.add("location", plain(entry.location), parameters=said)
    if entry.point is not None:
        component.add("geo", entry.point)
    component.add("url", entry.url)
    component.add("status", entry.status)
    # An entry of whole days does not say that somebody is busy all day, and one that is off never.
    busy = isinstance(entry.starts, datetime) and entry.status == "CONFIRMED"
    component.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    return component


def _zoned(value: datetime | date) -> datetime | date:
    """A day as it is; an hour in its zone, also one that the change of the clock leaves out."""
    if not isinstance(value, datetime):
        return value
    return local_time(moment(value)).replace(tzinfo=RIGA)


def plain(text: str) -> str:
    """A text in which only line feeds break lines: nothing else can begin a property."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") and sign != "\n" else sign
        for sign in text
    )


@dataclass(frozen=True)
class SiteDay:
    """A day of a site in a calendar: its hours, or days where a cancelled day has none."""

    day: date
    starts: datetime | date
    ends: datetime | date
    cancelled: bool
    festival_id: int | None
    words: Mapping[str, str] | None
    sequence: int


def days_of_site(
    first: date, count: int, weekly: Sequence[WeeklyHours], exceptions: Sequence[MarketDay]
) -> Iterator[SiteDay]:
    """The days of one site on which it is open, or would have been but for a cancellation.

    A day that becomes an exception, and one that is then cancelled, has a higher `sequence`; so
    has one that takes place after all, by the version of its row.
    """
    special = {row.day: row for row in exceptions}
    for day in (first + timedelta(days=step) for step in range(count)):
        row = special.get(day)
        hours = hours_on(day, weekly, [row] if row else [])
        if isinstance(hours, Open):
            yield _open_day(hours, hours.words, False, 2 * row.version - 1 if row else 0)
        elif isinstance(hours, Cancelled) and row is not None:
            usual = _hours_before(row, weekly)
            if isinstance(usual, Open):
                yield _open_day(usual, hours.words, True, 2 * row.version)
            else:
                last = day + timedelta(days=1)
                yield SiteDay(day, day, last, True, None, hours.words, 2 * row.version)


def _hours_before(row: MarketDay, weekly: Sequence[WeeklyHours]) -> Open | Cancelled | None:
    """The hours of a cancelled day, had it not been cancelled."""
    if row.opens is not None and row.closes is not None:
        return Open(row.day, row.opens, row.closes, row.kind, row.festival_id)
    return hours_on(row.day, weekly, [])


def _open_day(
    hours: Open, words: Mapping[str, str] | None, cancelled: bool, sequence: int
) -> SiteDay:
    starts = datetime.combine(hours.day, hours.opens)
    ends = datetime.combine(hours.day, hours.closes)
    return SiteDay(hours.day, starts, ends, cancelled, hours.festival_id, words, sequence)


def market_day_uid(site: str, day: date) -> str:
    """The identity of a site's day in calendars, for as long as there are calendars."""
    return f"{site}-{day.isoformat()}@tukuma-tirgus"
