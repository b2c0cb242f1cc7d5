"""The programme by day and place, and one event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Response, abort, make_response, render_template, request
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.kept_pages import keep
from app.languages import in_language, sort_key
from app.pages.visitor import blueprint
from app.pages.visitor.event_parts import (
    LARGEST_ID,
    asked_parish,
    asked_venue,
    event_data,
    page_of_event,
    parish_of,
    street_of,
)
from app.pages.visitor.vendors import sorted_parishes
from app.url_types import day_asked
from market.days.models import Festival
from market.days.queries import festivals
from market.programme import schedule
from market.programme.models import Venue
from market.programme.queries import (
    days_with_events,
    event_with_id,
    events_between,
    next_day_with_events,
    performers_of,
    venues,
)
from market.programme.schedule import Day, Item, Line

DAYS_AROUND = timedelta(days=60)
COMING = timedelta(days=60)
NEXT_WITHIN = timedelta(days=14)
LINKS_AFTER = 7
FESTIVAL_NEAR = timedelta(days=60)
YESTERDAY = timedelta(days=-1)


@dataclass(frozen=True)
class Asked:
    """What a visitor asked for; without a day all that is coming."""

    day: date | None
    venue: str | None
    parish: str | None


@dataclass(frozen=True)
class Happening:
    """The lines of what is on now, comes next, and is some time today."""

    now: list[Line]
    next: list[Line]
    some_time_today: list[Line]


@blueprint.get("/programma")
def programme() -> Response:
    """The programme of a day, or what is coming at a place."""
    found, moment = session(), now()
    today = moment.date()
    venue, place = asked_venue(found), asked_parish(found)
    asked = Asked(
        _asked_day(today, bool(venue or place)),
        venue.slug if venue else None,
        place.code if place else None,
    )
    page = render_template(
        "visitor/programme.html",
        moment=moment,
        today=today,
        day=asked.day,
        venue=venue,
        place=place,
        days=_days(found, asked, today),
        links=_links(found, asked, today),
        happening=_happening(found, asked, moment) if asked.day == today else None,
        venues=_sorted_venues(found),
        parishes=sorted_parishes(found),
        festivals=[
            one for one in festivals(found, today) if one.first_day <= today + FESTIVAL_NEAR
        ],
        by_venue=schedule.by_venue,
    )
    return keep(make_response(page))


def _asked_day(today: date, has_place: bool) -> date | None:
    """Today unless a day was given; none for an empty day field, or for a place without a day."""
    typed = request.args.get("diena")
    if typed == "" or (typed is None and has_place):
        return None
    return day_asked(typed, today)


def _days(found: Session, asked: Asked, today: date) -> list[Day]:
    first, last = (asked.day, asked.day) if asked.day else (today, today + COMING)
    items = events_between(found, first, last, asked.venue, asked.parish)
    return schedule.programme(items, first, last, once=asked.day is None)


def _links(found: Session, asked: Asked, today: date) -> list[date]:
    """The nearest days on which something is listed: one before, the day itself, some after.

    When the weeks ahead are empty, the next day is the one after them, however far it is.
    """
    day = asked.day or today
    first, last = day - DAYS_AROUND, day + DAYS_AROUND
    days = days_with_events(found, first, last, asked.venue, asked.parish)
    before = [one for one in days if one < day][-1:]
    after = [one for one in days if one > day][:LINKS_AFTER]
    if not after:
        far = next_day_with_events(found, last, asked.venue, asked.parish)
        after = [far] if far else []
    return [*before, day, *after]


def _happening(found: Session, asked: Asked, moment: datetime) -> Happening:
    """What is on now and next; something of yesterday may still be on."""
    today = moment.date()
    items = events_between(found, today + YESTERDAY, today + NEXT_WITHIN, asked.venue, asked.parish)
    result = schedule.now_and_next(items, moment)
    return Happening(
        _lines(result.now, today), _lines(result.next, today), _lines(result.some_time_today, today)
    )


def _lines(items: Iterable[Item], today: date) -> list[Line]:
    lines = []
    for item in items:
        days = schedule.listed_days(item.event)
        day = today if today in days else days[0]
        lines.append(Line(item, day, schedule.hour_on(item.event, day)))
    return lines


def _near_festivals(found: Session, today: date) -> list[Festival]:
    return [one for one in festivals(found, today) if one.first_day <= today + FESTIVAL_NEAR]


def _sorted_venues(found: Session) -> list[Venue]:
    return sorted(venues(found), key=lambda venue: sort_key(in_language(venue.name).text))


@blueprint.get(f"/notikums/<int(max={LARGEST_ID}):event_id>")
def event(event_id: int) -> Response:
    """One event: what, when and where, and what else is on that day."""
    found, moment = session(), now()
    row = event_with_id(found, event_id)
    if row is None:
        abort(404)
    item, festival = row
    day = schedule.listed_days(item.event)[0]
    page = render_template(
        "visitor/event.html",
        moment=moment,
        today=moment.date(),
        item=item,
        address=page_of_event(item.event),
        event=item.event,
        venue=item.venue,
        festival=festival,
        code=parish_of(item),
        street=street_of(item.venue),
        day=day,
        line=Line(item, day, schedule.hour_on(item.event, day)),
        span=schedule.span(item.event),
        performers=performers_of(found, [event_id]).get(event_id, ()),
        others=_others(found, item, day),
        data=event_data(item, festival),
    )
    return keep(make_response(page))


def _others(found: Session, item: Item, day: date) -> list[Line]:
    """What else is listed on the first day of an event."""
    days = schedule.programme(events_between(found, day, day), day, day)
    return [line for one in days for line in one.lines if line.item.event.id != item.event.id]
