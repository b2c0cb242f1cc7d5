"""The demonstration's programme: events in real places, invented, believable for the season."""

import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from app.demo.occasions import days_of
from market.programme.models import (
    Event,
    EventFields,
    EventPerformer,
    PerformerFields,
    Venue,
    VenueFields,
)
from market.programme.queries import venue_with_slug
from vendors.fields import identity
from vendors.registry.queries import vendor_with_slug

TABLES = Path(__file__).parent / "programme"
PAST, AHEAD = timedelta(days=14), timedelta(days=70)
NEXT_DAY = timedelta(days=1)
VENDOR = "vendor:"


def write_events(session: Session, today: date) -> None:
    """Write the events from two weeks before a day to ten weeks after it; the caller commits."""
    venues = write_venues(session)
    for row in read_table("events.toml")["event"]:
        days = _days(row["rule"], today)
        coming = [day for day in days if day >= today]
        for day in days:
            fields = event_fields(row, day)
            if coming and day == coming[0]:
                fields = fields | _change(row)
            write_event(session, fields, venues, f"{row['key']}-{day}", row)
    session.flush()


def _days(rule: dict[str, Any], today: date) -> list[date]:
    if "from_today" in rule:
        return [today + timedelta(days=rule["from_today"])]
    return days_of(rule, today - PAST, today + AHEAD)


def _change(row: dict[str, Any]) -> dict[str, Any]:
    """What became of the first coming one: postponed or cancelled, with the words for it."""
    change = row.get("first_coming")
    if change is None:
        return {}
    return {"state": change["state"], "state_words": {"lv": change["lv"], "en": change["en"]}}


def write_venues(session: Session) -> dict[str, Venue]:
    """The demonstration's venues by slug, written when they are not there yet."""
    venues = {}
    for row in read_table("venues.toml")["venue"]:
        venue = venue_with_slug(session, row["slug"])
        if venue is None:
            fields = VenueFields(
                slug=row["slug"],
                name={"lv": row["lv"], "en": row["en"]},
                address=row["address"],
                parish_code=row["parish"],
                lat=row["lat"],
                lon=row["lon"],
            )
            venue = Venue(**fields.model_dump())
            session.add(venue)
        venues[venue.slug] = venue
    session.flush()
    return venues


def write_event(
    session: Session,
    fields: dict[str, Any],
    venues: dict[str, Venue],
    name: str,
    row: dict[str, Any],
    festival_id: int | None = None,
) -> None:
    """Write one event, checked as if somebody had typed it; the same name gives the same uid.

    A performer "vendor:slug" is a vendor of the market.
    """
    venue = venues[row["venue"]] if "venue" in row else None
    checked = EventFields.model_validate(fields)
    event = Event(
        **checked.model_dump(),
        uid=f"demo-{name}@tirgus.example",
        venue_id=venue.id if venue else None,
        festival_id=festival_id,
    )
    session.add(event)
    session.flush()
    for position, words in enumerate(row.get("performers", ()), start=1):
        _write_performer(session, identity(event), position, words)


def _write_performer(session: Session, event_id: int, position: int, words: str) -> None:
    vendor = vendor_with_slug(session, words.removeprefix(VENDOR)) if VENDOR in words else None
    checked = PerformerFields(name=vendor.name if vendor else words, position=position)
    session.add(
        EventPerformer(
            event_id=event_id, vendor_id=vendor.id if vendor else None, **checked.model_dump()
        )
    )


def event_fields(row: dict[str, Any], day: date) -> dict[str, Any]:
    """The fields of an event from a row of a table; an hour of 24.00 is 0.00 of the next day."""
    starts, ends = row.get("time"), row.get("ends")
    first_day = day + NEXT_DAY if starts == "24.00" else day
    last_day = first_day + timedelta(days=row.get("days", 1) - 1)
    if ends and (ends == "24.00" or (starts and _time(ends) <= _time(starts))):
        last_day += NEXT_DAY
    return {
        "title": {"lv": row["lv"], "en": row["en"]},
        "text": {"lv": row["text_lv"], "en": row["text_en"]} if "text_lv" in row else None,
        "first_day": first_day,
        "last_day": last_day,
        "hour": row.get("hour", "exact"),
        "starts": _time(starts) if starts else None,
        "ends": _time(ends) if ends else None,
        "place": row.get("place"),
        "parish_code": row.get("parish"),
        "organiser": row.get("organiser"),
        "price": row.get("price", "unknown"),
        "set_up_min": row.get("set_up", 0),
        "clearing_min": row.get("clearing", 0),
        "crosses": row.get("crosses", []),
        "loud": row.get("loud", False),
        "published": not row.get("draft", False),
    }


def read_table(name: str) -> dict[str, Any]:
    """A table of the demonstration's programme."""
    return tomllib.loads((TABLES / name).read_text(encoding="utf-8"))


def _time(text: str) -> time:
    hour, minute = text.split(".")
    return time(int(hour) % 24, int(minute))
