"""One day of the programme as the desk sees it: its lines, its places as columns, the drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import url_for
from markupsafe import Markup
from sqlmodel import Session

from app.languages import clock_time, in_language, on_day, sort_key
from app.languages import gettext as _
from app.names_of_clashes import ClashSaid
from app.pages.organiser.programme_clashing import clashes_between
from market.programme.bookings import booking_of
from market.programme.drawing import Block, timeline_svg
from market.programme.models import EventPerformer
from market.programme.queries import events_between, performers_of, venues
from market.programme.schedule import (
    CONTINUES,
    Item,
    Line,
    local_time,
    programme,
)
from vendors.fields import identity

EARLIEST, LATEST = 8, 22
NEAR = timedelta(days=7)


@dataclass(frozen=True)
class Column:
    """A place: its key "slug|part", and its words."""

    key: str
    words: str


@dataclass(frozen=True)
class Shown:
    """A day: its lines with their performers, the places, the drawing, what clashes.

    `elsewhere` are places where nothing is planned on this day.
    """

    day: date
    lines: Sequence[Line]
    performers: dict[int, tuple[EventPerformer, ...]]
    columns: Sequence[Column]
    elsewhere: Sequence[Column]
    drawing: Markup
    clashes: Sequence[ClashSaid]

    def is_fixed(self, line: Line) -> bool:
        """Whether this day is not where the event is moved: it lasts several days."""
        return line.hour == CONTINUES or line.until is not None

    def clashing(self, event_id: int) -> bool:
        """Whether an event of the day clashes."""
        return any(event_id in one.event_ids for one in self.clashes)


def day_shown(found: Session, day: date) -> Shown:
    """A day of the programme, drafts and all."""
    items = events_between(found, day, day, drafts=True)
    lines = [line for one in programme(items, day, day) for line in one.lines]
    numbers = [identity(line.item.event) for line in lines]
    told = clashes_between(found, day, day)
    columns = columns_of(line.item for line in lines)
    clashing = {number for one in told for number in one.event_ids}
    return Shown(
        day=day,
        lines=lines,
        performers=performers_of(found, numbers),
        columns=columns,
        elsewhere=_elsewhere(found, day, columns),
        drawing=_drawing(day, lines, columns, clashing),
        clashes=told,
    )


def column_key(item: Item) -> str:
    """ "brivibas-laukums|skatuve"; only a bar where nothing is known of the place."""
    return f"{item.venue.slug if item.venue else ''}|{item.event.place or ''}"


def columns_of(items: Iterable[Item]) -> list[Column]:
    """The places of some events, a whole venue before its parts."""
    found = {column_key(item): _place(item) for item in items}
    return [Column(key, words) for key, words in sorted(found.items(), key=lambda one: one[1])]


def _elsewhere(found: Session, day: date, columns: Sequence[Column]) -> list[Column]:
    """Every other venue, and the parts of venues that are used on the days around."""
    near = columns_of(events_between(found, day - NEAR, day + NEAR, drafts=True))
    whole = [Column(f"{one.slug}|", in_language(one.name).text) for one in venues(found)]
    places = {one.key: one for one in (*near, *whole)}
    for column in columns:
        places.pop(column.key, None)
    return sorted(places.values(), key=lambda one: sort_key(one.words))


def _place(item: Item) -> str:
    venue = in_language(item.venue.name).text if item.venue else ""
    parts = [part for part in (venue, item.event.place) if part]
    return " · ".join(parts) or _("place unknown")


def typed_of_day(shown: Shown) -> dict[str, str]:
    """The fields of a day as they are shown first."""
    typed: dict[str, str] = {}
    for line in shown.lines:
        event = line.item.event
        starts, ends = event.starts, event.ends
        typed |= {
            f"starts-{event.id}": f"{starts:%H:%M}" if starts else "",
            f"ends-{event.id}": f"{ends:%H:%M}" if ends and starts else "",
            f"column-{event.id}": column_key(line.item),
            f"version-{event.id}": str(event.version),
        }
    return typed


def _drawing(
    day: date, lines: Sequence[Line], columns: Sequence[Column], clashing: set[int]
) -> Markup:
    places = {column.key: number for number, column in enumerate(columns)}
    blocks = [
        block
        for line in lines
        if line.hour in ("exact", "midnight") and line.until is None
        if (block := _block(day, line, places, line.item.event.id in clashing))
    ]
    if not blocks:
        return Markup("")
    first = min(EARLIEST, *((one.starts - one.set_up) // 60 for one in blocks))
    last = max(LATEST, *(-(-(one.ends + one.clearing) // 60) for one in blocks))
    title = _("The programme %(day)s, places as columns", day=on_day(day))
    names = [column.words for column in columns]
    return Markup(timeline_svg(names, blocks, max(first, 0), last, title))  # noqa: S704


def _block(day: date, line: Line, places: dict[str, int], clashes: bool) -> Block | None:
    event = line.item.event
    booking = booking_of(line.item)
    if booking.starts is None or booking.ends is None:
        return None
    starts, ends = _minutes(day, booking.starts), _minutes(day, booking.ends)
    looks = [event.state] if event.published else ["draft", event.state]
    hours = f"{clock_time(_clock(starts))}–{clock_time(_clock(ends)) if event.ends else ''}"
    title = in_language(event.title).text
    said = [title, hours, _place(line.item)]
    said += [_("draft")] if not event.published else []
    said += [_("clashes")] if clashes else []
    return Block(
        event_id=identity(event),
        column=places[column_key(line.item)],
        starts=starts,
        ends=ends,
        set_up=min(event.set_up_min, starts),
        clearing=event.clearing_min,
        title=f"{title} ▲" if clashes else title,
        hours=hours,
        look=" ".join([*looks, "clashing"] if clashes else looks),
        says=", ".join(said),
        address=url_for("office.programme_event", event_number=event.id),
    )


def _minutes(day: date, at: datetime) -> int:
    return int((local_time(at) - datetime.combine(day, time())) / timedelta(minutes=1))


def _clock(minutes: int) -> time:
    return (datetime.combine(date.min, time()) + timedelta(minutes=minutes % 1440)).time()
