"""Events as data, as far back and as far ahead as the programme knows them."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from app.api.asking import FIRST_DAY, LAST_DAY, EventsAsked
from app.api.shapes import Event as Shape
from app.api.shapes import Found, Venue
from app.api.stalls import clock
from app.api.vendors import CODES, SLUGS
from app.languages import languages, speaking
from app.names import hour_said
from app.structured_data import absolute
from market.days.queries import festivals
from market.programme.models import Event
from market.programme.queries import events_between
from market.programme.schedule import MIDNIGHT, Item
from vendors.fields import identity


def events(session: Session, asked: EventsAsked, _today: date, part: slice) -> Found[Shape]:
    """The events of the days that were asked for, by day and hour."""
    items = events_between(
        session,
        asked.no or FIRST_DAY,
        asked.lidz or LAST_DAY,
        parish=CODES[asked.pagasts] if asked.pagasts else None,
    )
    items.sort(key=_moment)
    slugs = {identity(festival): festival.slug for festival in festivals(session, FIRST_DAY)}
    return [_shape(item, slugs) for item in items[part]], len(items)


def _moment(item: Item) -> tuple[object, ...]:
    event = item.event
    return event.first_day, event.starts is None, event.starts or MIDNIGHT, identity(event)


def _shape(item: Item, festival_slugs: Mapping[int, str]) -> Shape:
    event = item.event
    return Shape(
        id=identity(event),
        uid=event.uid,
        title=event.title,
        text=event.text,
        first_day=event.first_day,
        last_day=event.last_day,
        hour=event.hour,
        hour_words=_hour_words(event.hour),
        starts=clock(event.starts) if event.starts else None,
        ends=clock(event.ends) if event.ends else None,
        venue=_venue(item),
        place=event.place,
        parish=_parish(item),
        organiser=event.organiser,
        price=event.price,
        state=event.state,
        state_words=event.state_words,
        festival=_festival(event, festival_slugs),
        address=absolute("visitor.event", event_id=event.id),
        calendar=absolute("calendars.event", event_id=event.id),
    )


def _hour_words(hour: str) -> dict[str, str] | None:
    if hour == "exact":
        return None
    words = {}
    for language in languages():
        with speaking(language):
            words[language] = hour_said(hour)
    return words


def _venue(item: Item) -> Venue | None:
    venue = item.venue
    if venue is None:
        return None
    return Venue(
        slug=venue.slug, name=venue.name, address=venue.address, lat=venue.lat, lon=venue.lon
    )


def _parish(item: Item) -> str | None:
    """Where the event is, or else where its venue is."""
    code = item.event.parish_code or (item.venue.parish_code if item.venue else None)
    return SLUGS.get(code or "")


def _festival(event: Event, slugs: Mapping[int, str]) -> str | None:
    return slugs.get(event.festival_id) if event.festival_id is not None else None
