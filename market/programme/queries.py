"""What the database is asked about venues and events.

Visitors see what is published; only the desk asks for drafts too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, not_, or_, select

from market.days.hours import Open, hours_on
from market.days.models import Festival, MarketDay, Placement
from market.days.queries import exceptions, weekly_hours
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.places.queries import sites, valid_on
from market.programme.bookings import (
    Booking,
    OpenRow,
    Surroundings,
    TakenStall,
    Window,
    booking_of,
    closed_on,
    counts,
)
from market.programme.models import Event, EventPerformer, StreetClosure, Venue
from market.programme.schedule import MIDNIGHT, Item, listed_days, moment, span
from vendors.fields import Words, identity

PUBLISHED: tuple[ColumnElement[bool], ...] = (col(Event.published).is_(True),)
AROUND = timedelta(days=1)
"""What begins on the day before or after may reach into a day."""


@dataclass(frozen=True)
class Performance:
    """A vendor performs: from when to when by the clock of the place, and where.

    Without times where the hour is not exact; without `ends` where the end is open.
    """

    vendor_id: int
    event: Event
    starts: datetime | None
    ends: datetime | None
    venue: Venue | None


@dataclass(frozen=True)
class Crossing:
    """An event goes through a row of a zone; times as for a performance."""

    zone: str
    row: str
    event: Event
    starts: datetime | None
    ends: datetime | None


def venues(session: Session) -> Sequence[Venue]:
    """All venues, by slug."""
    return session.exec(select(Venue).order_by(Venue.slug)).all()


def venue_with_slug(session: Session, slug: str) -> Venue | None:
    """The venue with this slug."""
    return session.exec(select(Venue).where(Venue.slug == slug)).first()


def events_at(session: Session, venue_id: int) -> int:
    """How many events are or were held at a venue, drafts and cancelled ones too."""
    return session.exec(select(func.count()).where(Event.venue_id == venue_id)).one()


def closures_at(session: Session, venue_id: int) -> int:
    """How many closures of streets name a venue, of any day."""
    return session.exec(select(func.count()).where(StreetClosure.venue_id == venue_id)).one()


def parts_of(session: Session, venue_id: int) -> list[str]:
    """The parts of a venue that its events name."""
    rows = session.exec(select(Event.place).where(Event.venue_id == venue_id).distinct())
    return sorted(part for part in rows if part)


def events_between(
    session: Session,
    first: date,
    last: date,
    venue: str | None = None,
    parish: str | None = None,
    *,
    drafts: bool = False,
) -> list[Item]:
    """What is listed from a first to a last day, also what only reaches into these days.

    `venue` is a slug, `parish` a code; an event without a parish of its own is where its venue is.
    """
    rows = session.exec(
        select(Event, Venue)
        .outerjoin(Venue, col(Venue.id) == Event.venue_id)
        .where(*_listed(first, last), *_at(venue, parish), *(() if drafts else PUBLISHED))
        .order_by(col(Event.first_day), col(Event.id))
    ).all()
    return [Item(event, place) for event, place in rows]


def days_with_events(
    session: Session,
    first: date,
    last: date,
    venue: str | None = None,
    parish: str | None = None,
    *,
    drafts: bool = False,
) -> list[date]:
    """The days from a first to a last one under which something is listed."""
    rows = session.exec(
        select(Event)
        .outerjoin(Venue, col(Venue.id) == Event.venue_id)
        .where(*_listed(first, last), *_at(venue, parish), *(() if drafts else PUBLISHED))
    ).all()
    days = {day for event in rows for day in listed_days(event)}
    return sorted(day for day in days if first <= day <= last)


def next_day_with_events(
    session: Session, after: date, venue: str | None = None, parish: str | None = None
) -> date | None:
    """The next day after a day on which something begins, however far; None if nothing does."""
    at_midnight = and_(
        col(Event.first_day) == after + timedelta(days=1), col(Event.starts) == MIDNIGHT
    )
    event = session.exec(
        select(Event)
        .outerjoin(Venue, col(Venue.id) == Event.venue_id)
        .where(
            col(Event.first_day) > after,
            or_(col(Event.starts).is_(None), not_(at_midnight)),
            *PUBLISHED,
            *_at(venue, parish),
        )
        .order_by(col(Event.first_day))
        .limit(1)
    ).first()
    return listed_days(event)[0] if event else None


def _listed(first: date, last: date) -> list[ColumnElement[bool]]:
    """The conditions to be listed in a period: 24.00 of its last day is stored as the next day."""
    next_day = last + timedelta(days=1)
    at_midnight = and_(col(Event.first_day) == next_day, col(Event.starts) == MIDNIGHT)
    return [col(Event.last_day) >= first, or_(col(Event.first_day) <= last, at_midnight)]


def _at(venue: str | None, parish: str | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if venue is not None:
        found.append(col(Venue.slug) == venue)
    if parish is not None:
        found.append(func.coalesce(Event.parish_code, Venue.parish_code) == parish)
    return found


def event_with_id(session: Session, event_id: int) -> tuple[Item, Festival | None] | None:
    """The published event with this number, its venue, and the festival that it belongs to."""
    row = session.exec(
        select(Event, Venue, Festival)
        .outerjoin(Venue, col(Venue.id) == Event.venue_id)
        .outerjoin(Festival, col(Festival.id) == Event.festival_id)
        .where(Event.id == event_id, *PUBLISHED)
    ).first()
    if row is None:
        return None
    event, venue, festival = row
    return Item(event, venue), festival


def events_of_festival(session: Session, festival_id: int) -> list[Item]:
    """The programme of a festival."""
    rows = session.exec(
        select(Event, Venue)
        .outerjoin(Venue, col(Venue.id) == Event.venue_id)
        .where(Event.festival_id == festival_id, *PUBLISHED)
        .order_by(col(Event.first_day), col(Event.id))
    ).all()
    return [Item(event, venue) for event, venue in rows]


def days_of_festival(session: Session, festival_id: int) -> Sequence[tuple[MarketDay, Site]]:
    """On which days the sites of a festival are open, in order."""
    return session.exec(
        select(MarketDay, Site)
        .join(Site, col(Site.id) == MarketDay.site_id)
        .where(MarketDay.festival_id == festival_id)
        .order_by(col(MarketDay.day), col(Site.id))
    ).all()


# What the desk asks, drafts and all.


def item_of(session: Session, event_id: int) -> Item | None:
    """The event with this number with its venue, also a draft."""
    row = session.exec(
        select(Event, Venue)
        .outerjoin(Venue, col(Venue.id) == Event.venue_id)
        .where(Event.id == event_id)
    ).first()
    return Item(*row) if row else None


def performers_of(
    session: Session, event_ids: Collection[int]
) -> dict[int, tuple[EventPerformer, ...]]:
    """Who performs at these events, in their order, by event id."""
    rows = session.exec(
        select(EventPerformer)
        .where(col(EventPerformer.event_id).in_(event_ids))
        .order_by(col(EventPerformer.event_id), col(EventPerformer.position))
    )
    found: dict[int, tuple[EventPerformer, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.event_id] += (row,)
    return found


def closures_between(session: Session, first: date, last: date) -> Sequence[StreetClosure]:
    """The closures of streets on some day from a first to a last one."""
    return session.exec(
        select(StreetClosure)
        .where(StreetClosure.last_day >= first, StreetClosure.first_day <= last)
        .order_by(col(StreetClosure.first_day), col(StreetClosure.starts), col(StreetClosure.id))
    ).all()


def bookings_between(session: Session, first: date, last: date) -> list[Booking]:
    """All events that take place on these days or beside them, drafts too."""
    items = events_between(session, first - AROUND, last + AROUND, drafts=True)
    taking = [item for item in items if counts(item.event)]
    performers = performers_of(session, [identity(item.event) for item in taking])
    return [booking_of(item, performers.get(identity(item.event), ())) for item in taking]


def surroundings(session: Session, bookings: Iterable[Booking]) -> Surroundings:
    """What is around these events on their days: stalls with vendors, closed streets."""
    found = list(bookings)
    days = sorted({day for one in found for day in one.days})
    if not days:
        return Surroundings()
    asks = [
        day
        for day in days
        if any(day in one.days for one in found if one.crosses or _with_vendor(one))
    ]
    stalls = [stall for day in asks for stall in taken_stalls(session, day)]
    crossed = sorted({day for one in found if one.crosses for day in one.days})
    rows = [row for day in crossed for row in open_rows(session, day)]
    first, last = days[0] - AROUND, days[-1] + AROUND
    closures = closures_between(session, first, last)
    return Surroundings(
        tuple(stalls),
        tuple(day for one in closures for day in closed_on(one, first, last)),
        tuple(rows),
    )


def _with_vendor(booking: Booking) -> bool:
    return any(one.vendor_id is not None for one in booking.performers)


def taken_stalls(session: Session, day: date) -> list[TakenStall]:
    """The stalls that vendors have on a day, while their site is open."""
    found = []
    for site_id, window in _open_sites(session, day):
        rows = session.exec(
            select(Placement, Stall, StallOnPlan, Zone)
            .join(Stall, col(Stall.id) == Placement.stall_id)
            .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
            .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
            .where(Placement.day == day, Zone.site_id == site_id, *valid_on(day))
            .order_by(Zone.code, StallOnPlan.row, col(StallOnPlan.position))
        )
        found += [
            TakenStall(f"{zone.code}:{spot.row}", stall.number, placed.vendor_id, window)
            for placed, stall, spot, zone in rows
        ]
    return found


def open_rows(session: Session, day: date) -> list[OpenRow]:
    """The rows of the sites that are open on a day."""
    return [
        OpenRow(f"{zone}:{row}", window)
        for site_id, window in _open_sites(session, day)
        for zone, row in session.exec(
            select(Zone.code, StallOnPlan.row)
            .join(StallOnPlan, col(StallOnPlan.zone_id) == Zone.id)
            .where(Zone.site_id == site_id, *valid_on(day))
            .distinct()
            .order_by(Zone.code, StallOnPlan.row)
        )
    ]


def _open_sites(session: Session, day: date) -> Iterator[tuple[int, Window]]:
    """The sites that are open on a day, from when to when."""
    for site in sites(session):
        site_id = identity(site)
        hours = hours_on(day, weekly_hours(session, site_id), exceptions(session, site_id, day))
        if isinstance(hours, Open):
            opens, closes = (datetime.combine(day, at) for at in (hours.opens, hours.closes))
            yield site_id, Window(moment(opens), moment(closes))


def rows_on(session: Session, day: date) -> list[str]:
    """All rows of all plans on a day, each as "zone:row"."""
    rows = session.exec(
        select(Zone.code, StallOnPlan.row)
        .join(StallOnPlan, col(StallOnPlan.zone_id) == Zone.id)
        .where(*valid_on(day))
        .distinct()
    )
    return sorted(f"{zone}:{row}" for zone, row in rows)


def zone_names(session: Session) -> dict[str, Words]:
    """The names of all zones by code."""
    return {zone.code: zone.name for zone in session.exec(select(Zone).order_by(col(Zone.id)))}


def performances_on(session: Session, day: date) -> list[Performance]:
    """Vendors who perform at an event of a day, drafts too."""
    items = _taking_place(session, day)
    performers = performers_of(session, list(items))
    return [
        Performance(one.vendor_id, item.event, *_times_of(item.event), item.venue)
        for event_id, item in items.items()
        for one in performers.get(event_id, ())
        if one.vendor_id is not None
    ]


def crossings_on(session: Session, day: date) -> list[Crossing]:
    """The rows through which events of a day go, such as a parade; drafts too."""
    return [
        Crossing(zone, name, item.event, *_times_of(item.event))
        for item in _taking_place(session, day).values()
        for row in item.event.crosses or ()
        for zone, _colon, name in [row.partition(":")]
    ]


def loud_on(session: Session, day: date) -> list[Item]:
    """The loud events of a day, drafts too."""
    return [item for item in _taking_place(session, day).values() if item.event.loud]


def _taking_place(session: Session, day: date) -> dict[int, Item]:
    items = events_between(session, day, day, drafts=True)
    return {
        identity(item.event): item
        for item in items
        if counts(item.event) and day in listed_days(item.event)
    }


def _times_of(event: Event) -> tuple[datetime | None, datetime | None]:
    found = span(event)
    return (found.starts, found.ends) if found else (None, None)
