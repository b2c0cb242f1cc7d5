"""Calendar files to subscribe to: the programme, one event, the market days.

In Latvian; `?valoda=en` asks for another language of the service.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import Blueprint, Response, abort, make_response, request
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.kept_pages import keep
from app.languages import LATVIAN, current_language, in_language, languages, pgettext, speaking
from app.languages import gettext as _
from app.names import hour_said, parish
from app.pages.visitor.event_parts import (
    LARGEST_ID,
    asked_parish,
    asked_venue,
    page_of_event,
    place_in_words,
)
from app.structured_data import absolute
from market.days.hours import FAR_ENOUGH_DAYS
from market.days.queries import exceptions, festivals, weekly_hours
from market.places.models import Site
from market.places.queries import sites
from market.programme.calendar import (
    Entry,
    SiteDay,
    calendar_file,
    days_of_site,
    market_day_uid,
    revision,
    status_of,
    times_of,
)
from market.programme.queries import event_with_id, events_between
from market.programme.schedule import Item
from vendors.fields import identity

blueprint = Blueprint("calendars", __name__)

PAST = timedelta(days=30)
AHEAD = timedelta(days=FAR_ENOUGH_DAYS)


@blueprint.get("/programma.ics")
def programme() -> Response:
    """The programme from a month ago on, all of it or that of a venue or a parish."""
    found, today = session(), now().date()
    venue, place = asked_venue(found), asked_parish(found)
    items = events_between(
        found,
        today - PAST,
        today + AHEAD,
        venue=venue.slug if venue else None,
        parish=place.code if place else None,
    )
    with speaking(_language()):
        parts = [_("Tukums market: programme")]
        if venue:
            parts.append(in_language(venue.name).text)
        if place:
            parts.append(parish(place.code))
        return _answer("programma", " – ".join(parts), [event_entry(item) for item in items])


@blueprint.get(f"/notikums/<int(max={LARGEST_ID}):event_id>.ics")
def event(event_id: int) -> Response:
    """One event."""
    row = event_with_id(session(), event_id)
    if row is None:
        abort(404)
    with speaking(_language()):
        entry = event_entry(row[0])
        return _answer(f"notikums-{event_id}", entry.summary, [entry], by_the_minute=False)


@blueprint.get("/tirgus-dienas.ics")
def market_days() -> Response:
    """The market days of the next 400 days; a cancelled one says so."""
    found, today = session(), now().date()
    with speaking(_language()):
        entries = [entry for site in sites(found) for entry in _days_of(found, site, today)]
        return _answer("tirgus-dienas", _("Tukums market: market days"), entries)


def _language() -> str:
    asked = request.args.get("valoda", LATVIAN)
    return asked if asked in languages() else LATVIAN


def _answer(file: str, name: str, entries: list[Entry], *, by_the_minute: bool = True) -> Response:
    content = calendar_file(name, current_language(), entries)
    response = make_response(content)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return keep(response, by_the_minute=by_the_minute)


def event_entry(item: Item) -> Entry:
    """An event as an entry of a calendar, in the present language."""
    event, venue = item.event, item.venue
    starts, ends = times_of(event)
    url = page_of_event(event)
    return Entry(
        uid=event.uid,
        sequence=revision(event),
        starts=starts,
        ends=ends,
        summary=_summary(item),
        description="\n\n".join(part for part in (*_description(item, ends), url) if part),
        location=place_in_words(item),
        url=url,
        status=status_of(event),
        point=(venue.lat, venue.lon) if venue and venue.lat and venue.lon else None,
    )


def _summary(item: Item) -> str:
    """The title; what became of the event before it, an hour that is not exact after it.

    Some calendars show neither the status nor the description in their overviews.
    """
    event = item.event
    title = in_language(event.title).text
    if event.starts is None:
        title = _("%(title)s (%(hour)s)", title=title, hour=hour_said(event.hour))
    if event.state == "cancelled":
        return pgettext("event", "CANCELLED: %(title)s", title=title)
    if event.state == "postponed":
        return pgettext("event", "POSTPONED: %(title)s", title=title)
    return title


def _description(item: Item, ends: datetime | date | None) -> Iterator[str]:
    event = item.event
    for words in (event.state_words, event.text):
        if words:
            yield in_language(words).text
    if ends is None:
        yield _("The end is open.")
    if event.price != "unknown":
        yield _("Free entry") if event.price == "free" else _("With a fee")
    if event.organiser:
        yield _("Organiser: %(name)s", name=event.organiser)


def _days_of(found: Session, site: Site, today: date) -> Iterator[Entry]:
    """The days of one site; a site without a weekly pattern has only its exceptions."""
    names = {one.id: one.name for one in festivals(found, today)}
    weekly = weekly_hours(found, identity(site))
    special = exceptions(found, identity(site), today)
    days = days_of_site(today, FAR_ENOUGH_DAYS, weekly, special)
    for one in days:
        yield _day_entry(site, one, names.get(one.festival_id))


def _day_entry(site: Site, one: SiteDay, festival: dict[str, str] | None) -> Entry:
    name = in_language(site.name).text
    if festival:
        name = _("%(festival)s: %(site)s", festival=in_language(festival).text, site=name)
    if one.cancelled:
        name = pgettext("market day", "CANCELLED: %(name)s", name=name)
    url = absolute("visitor.stalls", diena=one.day.isoformat(), laukums=site.slug)
    words = in_language(one.words).text if one.words else ""
    return Entry(
        uid=market_day_uid(site.slug, one.day),
        sequence=one.sequence,
        starts=one.starts,
        ends=one.ends,
        summary=name,
        description=f"{words}\n\n{url}".strip(),
        location=site.address or in_language(site.name).text,
        url=url,
        status="CANCELLED" if one.cancelled else "CONFIRMED",
        point=(site.lat, site.lon),
    )
