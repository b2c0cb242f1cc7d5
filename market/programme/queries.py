"""What the database is asked about venues and events."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, not_, or_, select

from market.days.models import Festival, MarketDay
from market.places.models import Site
from market.programme.models import Event, Venue
from market.programme.schedule import MIDNIGHT, Item, listed_days


def venues(session: Session) -> Sequence[Venue]:
    """All venues, by slug."""
    return session.exec(select(Venue).order_by(Venue.slug)).all()


def venue_with_slug(session: Session, slug: str) -> Venue | None:
    """The venue with this slug."""
    return session.exec(select(Venue).where(Venue.slug == slug)).first()


def events_between(
    session: Session, first: date, last: date, venue: str | None = None, parish: str | None = None
) -> list[Item]:
    """What is listed from a first to a last day, also what only reaches into these days.

    `venue` is a slug, `parish` a code; an event without a parish of its own is where its venue is.
    """
    rows = session.exec(
        select(Event, Venue)
        .outerjoin(Venue, col(Venue.id) == Event.venue_id)
        .where(*_listed(first, last), *_at(venue, parish))
        .order_by(col(Event.first_day), col(Event.id))
    ).all()
    return [Item(event, place) for event, place in rows]


def days_with_events(
    session: Session, first: date, last: date, venue: str | None = None, parish: str | None = None
) -> list[date]:
    """The days from a first to a last one under which something is listed."""
    rows = session.exec(
        select(Event)
        .outerjoin(Venue, col(Venue.id) == Event.venue_id)
        .where(*_listed(first, last), *_at(venue, parish))
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
    """The event with this number, its venue, and the festival that it belongs to."""
    row = session.exec(
        select(Event, Venue, Festival)
        .outerjoin(Venue, col(Venue.id) == Event.venue_id)
        .outerjoin(Festival, col(Festival.id) == Event.festival_id)
        .where(Event.id == event_id)
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
        .where(Event.festival_id == festival_id)
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
