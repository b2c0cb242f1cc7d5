"""What clashes at the desk: of a day, and what would clash after a change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session

from app.names_of_clashes import ClashSaid, clash_said
from market.programme.bookings import Booking, Performer, booking_of, counts
from market.programme.clashes import clashes, clashes_of
from market.programme.models import Event, Venue
from market.programme.queries import bookings_between, performers_of, surroundings, zone_names
from market.programme.schedule import Item, listed_days
from vendors.fields import identity


def clashes_between(found: Session, first: date, last: date) -> list[ClashSaid]:
    """All clashes of events on these days."""
    bookings = bookings_between(found, first, last)
    here = [one for one in bookings if any(first <= day <= last for day in one.days)]
    numbers = {one.event_id for one in here}
    told, zones = clashes(bookings, surroundings(found, here)), zone_names(found)
    return [
        clash_said(one, zones)
        for one in told
        if one.first.event_id in numbers or (one.other and one.other.event_id in numbers)
    ]


def changed(event: Event, values: Mapping[str, Any]) -> Event:
    """A copy of an event with other values, of which the database knows nothing."""
    return Event(**{**event.model_dump(), **values})


def clashes_if(
    found: Session,
    events: Sequence[Event],
    performers: Mapping[int, tuple[Performer, ...]] | None = None,
) -> list[ClashSaid]:
    """What would clash of these events, as they would be; of the others as they are.

    A new event has the number 0. `performers` by number where they would change too.
    """
    taking = [event for event in events if counts(event)]
    if not taking:
        return []
    days = [day for event in taking for day in listed_days(event)]
    kept = performers_of(found, [identity(event) for event in taking if event.id])
    mine: list[Booking] = []
    for event in taking:
        venue = found.get(Venue, event.venue_id) if event.venue_id else None
        one = booking_of(Item(event, venue), kept.get(event.id or 0, ()))
        if performers is not None and one.event_id in performers:
            one = replace(one, performers=performers[one.event_id])
        mine.append(one)
    numbers = {event.id or 0 for event in events}
    others = [
        one for one in bookings_between(found, min(days), max(days)) if one.event_id not in numbers
    ]
    around = surroundings(found, mine)
    told: list[ClashSaid] = []
    zones = zone_names(found)
    for number, one in enumerate(mine):
        told += [
            clash_said(clash, zones)
            for clash in clashes_of(one, [*others, *mine[number + 1 :]], around)
        ]
    return told
