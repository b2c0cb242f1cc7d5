"""The form of an event at the desk: what was typed becomes the values of its row."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, time, timedelta
from typing import Any

from flask import request
from sqlmodel import Session

from app import names
from app.clock import now
from app.forms import Form, Typed, is_ticked, read_form, typed_texts
from app.languages import gettext as _
from app.languages import in_language, languages, sort_key
from app.names_of_clashes import row_said
from app.performers import performers_read
from app.tables import words as table_words
from market.days.queries import festivals
from market.programme.bookings import Performer
from market.programme.models import (
    HOURS_SAID,
    PRICES,
    EventFields,
    PerformerFields,
)
from market.programme.queries import performers_of, rows_on, venues, zone_names
from market.programme.schedule import Item
from market.programme.typed_hours import understood_hours
from vendors.fields import identity

TEXTS = ("first_day", "last_day", "hour", "starts", "ends", "venue", "place", "festival")
MORE = ("organiser", "price", "set_up_min", "clearing_min", "performers")
LONGEST = {"title": 160, "text": 2000}
MOST_PERFORMERS = 60
ROW = re.compile(r"[A-ZĀČĒĢĪĶĻŅŠŪŽ0-9]{1,8}:[\w-]{1,8}")
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def read_event(found: Session, vendors: Mapping[str, int]) -> tuple[Form, list[Performer]]:
    """The values of an event from the request's form, and who performs; vendors by their names."""
    told = [f"{name}.{language}" for name in LONGEST for language in languages()]
    typed = typed_texts(*TEXTS, *MORE, *told)
    typed["crosses"] = request.form.getlist("crosses")
    typed["loud"] = "1" if is_ticked("loud") else ""
    values = _values(typed)
    form = read_form(EventFields, values, typed)
    _say_by_field(form)
    _look_at_choices(form, typed)
    _look_at_lengths(form, typed)
    _add_places(form, typed, found)
    if not form.errors:
        _add_times(form, typed)
    performers = performers_read(typed["performers"].splitlines(), vendors)
    _look_at_performers(form, performers)
    return form, performers


def _values(typed: Typed) -> dict[str, Any]:
    text = {language: typed[f"text.{language}"] for language in languages()}
    return {
        "title": {language: typed[f"title.{language}"] for language in languages()},
        "text": text if any(text.values()) else None,
        "first_day": typed["first_day"],
        "place": typed["place"],
        "organiser": typed["organiser"],
        "price": typed["price"] or "unknown",
        "set_up_min": typed["set_up_min"] or "0",
        "clearing_min": typed["clearing_min"] or "0",
        "crosses": sorted(set(typed["crosses"])),
        "loud": bool(typed["loud"]),
    }


def _say_by_field(form: Form) -> None:
    """Errors of words in languages stand beside the Latvian field."""
    for name in LONGEST:
        if name in form.errors:
            form.refuse(f"{name}.lv", form.errors.pop(name))


def _look_at_choices(form: Form, typed: Typed) -> None:
    for name, known in (("hour", HOURS_SAID), ("price", PRICES)):
        if typed[name] not in known:
            form.refuse(name, _("Please choose one."))
    if any(not ROW.fullmatch(row) for row in typed["crosses"]):
        form.refuse("crosses", _("Please choose one."))


def _look_at_lengths(form: Form, typed: Typed) -> None:
    for name, longest in LONGEST.items():
        for language in languages():
            if len(typed[f"{name}.{language}"]) > longest:
                form.refuse(f"{name}.{language}", _("Please shorten this."))


def _add_places(form: Form, typed: Typed, found: Session) -> None:
    """Venue and festival by their words in the form."""
    for name, key, known in (
        ("venue", "venue_id", {one.slug: identity(one) for one in venues(found)}),
        ("festival", "festival_id", {one.slug: one.id for one in festivals(found, EARLIEST)}),
    ):
        if typed[name] and typed[name] not in known:
            form.refuse(name, _("Please choose one."))
        form.values[key] = known.get(typed[name])


def _add_times(form: Form, typed: Typed) -> None:
    """Hours and the last day; an end that is not after the beginning is past midnight."""
    first: date = form.values["first_day"]
    last = _last_day(form, typed, first)
    if not EARLIEST <= first <= last <= LATEST:
        form.refuse("first_day", _("Please give a day of our time."))
    starts: time | None = None
    ends: time | None = None
    if typed["hour"] == "exact":
        hours = understood_hours(typed["starts"], typed["ends"])
        if hours is None or hours.starts is None:
            form.refuse("starts", _("Please give a time, such as 10.00."))
            return
        starts, ends = hours.starts, hours.ends
        first += timedelta(days=hours.starts_next_day)
        last = max(last, first)
        if ends is not None and ends <= starts and last == first:
            last += timedelta(days=1)
    form.values |= {
        "hour": typed["hour"],
        "starts": starts,
        "ends": ends,
        "first_day": first,
        "last_day": last,
    }


def _last_day(form: Form, typed: Typed, first: date) -> date:
    if not typed["last_day"]:
        return first
    try:
        last = date.fromisoformat(typed["last_day"])
    except ValueError:
        form.refuse("last_day", _("Please give a day."))
        return first
    if last < first:
        form.refuse("last_day", _("The last day cannot be before the first one."))
    return max(last, first)


def _look_at_performers(form: Form, performers: list[Performer]) -> None:
    if len(performers) > MOST_PERFORMERS:
        form.refuse("performers", _("Please shorten this."))
    for one in performers:
        read = read_form(PerformerFields, {"name": one.name})
        for sentence in read.errors.values():
            form.refuse("performers", sentence)


def typed_of_event(found: Session, item: Item) -> Typed:
    """What stands in the fields when an event is opened."""
    event = item.event
    number = identity(event)
    slugs = {one.id: one.slug for one in festivals(found, EARLIEST)}
    night = event.starts and event.ends and event.ends <= event.starts
    usual = event.first_day + timedelta(days=bool(night))
    typed: Typed = {
        "first_day": event.first_day.isoformat(),
        "last_day": "" if event.last_day == usual else event.last_day.isoformat(),
        "hour": event.hour,
        "starts": f"{event.starts:%H:%M}" if event.starts else "",
        "ends": f"{event.ends:%H:%M}" if event.ends and event.starts else "",
        "venue": item.venue.slug if item.venue else "",
        "place": event.place or "",
        "festival": slugs.get(event.festival_id or 0, ""),
        "organiser": event.organiser or "",
        "price": event.price,
        "set_up_min": str(event.set_up_min),
        "clearing_min": str(event.clearing_min),
        "performers": "\n".join(one.name for one in performers_of(found, [number]).get(number, ())),
        "crosses": list(event.crosses),
        "loud": "1" if event.loud else "",
        "state": event.state,
    }
    for name in (*LONGEST, "state_words"):
        told = getattr(event, name) or {}
        typed |= {f"{name}.{language}": told.get(language, "") for language in languages()}
    return typed


def places_known(found: Session, form: Form) -> dict[str, Any]:
    """What can be chosen in the form: venues, festivals, rows, hours, prices."""
    day = now().date()
    if form.text("first_day"):
        with suppress(ValueError):
            day = date.fromisoformat(form.text("first_day"))
    kept = form.typed.get("crosses") or []
    rows = dict.fromkeys([*rows_on(found, day), *kept])
    zones = zone_names(found)
    by_name = sorted(venues(found), key=lambda one: sort_key(in_language(one.name).text))
    near = festivals(found, day - timedelta(days=60))
    return {
        "venues": [
            ("", _("no venue")),
            *((one.slug, in_language(one.name).text) for one in by_name),
        ],
        "festivals": [
            ("", _("no festival")),
            *((one.slug, in_language(one.name).text) for one in near),
        ],
        "rows": [(row, row_said(row, zones)) for row in rows],
        "hours": [
            ("exact", _("at an exact hour")),
            *((key, _(said)) for key, said in names.HOURS_SAID.items()),
        ],
        "prices": [(key, _(said)) for key, said in table_words.PRICES.items()],
        "states": [(key, _(said)) for key, said in table_words.EVENT_STATES.items()],
    }
