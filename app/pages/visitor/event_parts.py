"""Parts that the pages and calendars of events are made of: what was asked, where, what data."""

from datetime import datetime
from typing import Any

from flask import abort, request
from markupsafe import Markup
from sqlmodel import Session

from app.languages import in_language
from app.names import parish
from app.structured_data import absolute, script_of
from market.days.models import Festival
from market.places.models import Parish
from market.places.queries import parish_with_slug
from market.programme.models import Event, Venue
from market.programme.queries import venue_with_slug
from market.programme.schedule import RIGA, Item, local_time, moment, span

LARGEST_ID = 2**31 - 1
"""The largest number that a column of identities holds in both databases."""

STATUSES = {
    "confirmed": "EventScheduled",
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
}


def asked_venue(found: Session) -> Venue | None:
    """The venue in `?vieta=`; 404 for one that does not exist."""
    slug = request.args.get("vieta", "")
    venue = venue_with_slug(found, slug) if slug else None
    if slug and venue is None:
        abort(404)
    return venue


def asked_parish(found: Session) -> Parish | None:
    """The parish in `?pagasts=`, by its slug; 404 for one that does not exist."""
    slug = request.args.get("pagasts", "")
    place = parish_with_slug(found, slug) if slug else None
    if slug and place is None:
        abort(404)
    return place


def page_of_event(event: Event) -> str:
    """The whole address of an event's page."""
    return absolute("visitor.event", event_id=event.id)


def place_in_words(item: Item) -> str:
    """ "Durbes pils, Tukums", or the place and the parish where there is no venue; may be empty."""
    event, venue, code = item.event, item.venue, parish_of(item)
    parts = [in_language(venue.name).text if venue else None, event.place]
    parts.append(street_of(venue) or (parish(code) if code else None))
    return ", ".join(part for part in parts if part)


def street_of(venue: Venue | None) -> str | None:
    """The address of a venue, without the name of a square or street that is the venue itself."""
    if venue is None or venue.address is None:
        return None
    return venue.address.removeprefix(f"{venue.name['lv']}, ")


def parish_of(item: Item) -> str | None:
    """The code of the parish in which an event takes place."""
    return item.event.parish_code or (item.venue.parish_code if item.venue else None)


def event_data(item: Item, festival: Festival | None) -> Markup:
    """An event as search engines read it."""
    data = _event(item)
    if festival is not None:
        data["superEvent"] = _festival(festival)
    return script_of(data)


def festival_data(festival: Festival, items: list[Item]) -> Markup:
    """A festival with its programme as search engines read it."""
    return script_of({**_festival(festival), "subEvent": [_event(item) for item in items]})


def _festival(festival: Festival) -> dict[str, Any]:
    address = absolute("visitor.festival", slug=festival.slug)
    return {
        "@type": "Festival",
        "@id": address,
        "url": address,
        "name": in_language(festival.name).text,
        "description": in_language(festival.intro).text,
        "startDate": festival.first_day.isoformat(),
        "endDate": festival.last_day.isoformat(),
        "location": {"@type": "Place", "name": "Tukums", "address": _address("Tukums")},
    }


def _event(item: Item) -> dict[str, Any]:
    event = item.event
    address = page_of_event(event)
    data: dict[str, Any] = {
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": in_language(event.title).text,
        **_times(event),
        "eventStatus": f"https://schema.org/{STATUSES[event.state]}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(item),
    }
    if event.text:
        data["description"] = in_language(event.text).text
    if event.price != "unknown":
        data["isAccessibleForFree"] = event.price == "free"
    if event.organiser:
        data["organizer"] = {"@type": "Organization", "name": event.organiser}
    return data


def _times(event: Event) -> dict[str, str]:
    """Moments with their offset from UTC; days alone where the hour is not exact."""
    found = span(event)
    if found is None:
        return {"startDate": event.first_day.isoformat(), "endDate": event.last_day.isoformat()}
    times = {"startDate": _with_offset(found.starts)}
    if found.ends is not None:
        times["endDate"] = _with_offset(found.ends)
    return times


def _with_offset(local: datetime) -> str:
    return local_time(moment(local)).replace(tzinfo=RIGA).isoformat()


def _place(item: Item) -> dict[str, Any]:
    venue, code = item.venue, parish_of(item)
    name = in_language(venue.name).text if venue else item.event.place
    locality = parish(code) if code else None
    place: dict[str, Any] = {"@type": "Place", "name": name or locality or "Tukuma novads"}
    place["address"] = _address(locality, venue.address if venue else None)
    if venue and venue.lat is not None and venue.lon is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": venue.lat,
            "longitude": venue.lon,
        }
    return place


def _address(locality: str | None, street: str | None = None) -> dict[str, str]:
    address = {"@type": "PostalAddress", "addressRegion": "Tukuma novads", "addressCountry": "LV"}
    if locality:
        address["addressLocality"] = locality
    if street:
        address["streetAddress"] = street
    return address
