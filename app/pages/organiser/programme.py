"""The programme at the desk: a day as a timeline and in fields, with what clashes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, is_ticked
from app.languages import N_, clock_time
from app.languages import gettext as _
from app.names_of_clashes import ClashSaid
from app.pages.organiser import Door, blueprint, office_saving
from app.pages.organiser.programme_clashing import changed, clashes_if
from app.pages.organiser.programme_day import day_shown, typed_of_day
from app.url_types import day_asked
from market.days.models import Festival
from market.days.queries import festival_with_slug, festivals
from market.programme.models import Event
from market.programme.queries import closures_between, days_with_events, item_of, venues
from market.programme.typed_hours import understood_hours
from vendors.fields import identity

DOOR = Door(
    "office.programme",
    N_("Programme"),
    N_("Events with place and hour, what clashes, closed streets, the programme on paper"),
    group="planning",
    place=40,
)
AROUND = timedelta(days=45)
FIELD = re.compile(r"starts-(\d{1,9})")
NIGHT = time(5)
"""What is moved before this hour in the fields of a day is in the night after it, unless it was
in the early morning of this day before."""


@dataclass(frozen=True)
class Moved:
    """An event of the form of a day: its new values, and the version the form knew."""

    number: int
    values: dict[str, Any]
    version: int


@blueprint.get("/programma")
def programme() -> ResponseReturnValue:
    """A day of the programme: the timeline, the same in fields, and what clashes."""
    day = _day_asked(session())
    return _page(day, Form(typed=typed_of_day(day_shown(session(), day))))


@blueprint.post("/programma/laiki")
def save_times() -> ResponseReturnValue:
    """Move events of a day to other hours and places; what is published asks for a tick."""
    day = day_asked(request.form.get("diena"), now().date())
    form, moved = _moved(session(), day)
    if form.errors:
        return _page(day, form), 422
    found = _clashes_after(session(), moved)
    if found and not is_ticked("anyway"):
        return _page(day, form, asks=found), 422
    try:
        with office_saving() as save:
            for one in moved:
                row = save.session.get(Event, one.number) or abort(404)
                values = {**one.values, "sequence": row.sequence + 1}
                save.change(row, values, action="programme_times", version=one.version)
            return save.done(url_for("office.programme", diena=day), _("Saved."))
    except Stale as stale:
        form.refuse(f"starts-{stale.row.id}", _("Somebody else has moved this meanwhile."))
        return _page(day, form), 409


def _day_asked(found: Session) -> date:
    """The day of the address; otherwise the first one ahead on which something is planned."""
    today = now().date()
    asked = request.args.get("diena")
    if asked is not None:
        return day_asked(asked, today)
    festival = festival_with_slug(found, request.args.get("svetki", ""))
    first = festival.first_day if festival else today
    days = days_with_events(found, first, first + AROUND, drafts=True)
    return next(iter(days), first)


def _page(day: date, form: Form, asks: Sequence[ClashSaid] = ()) -> str:
    found, today = session(), now().date()
    shown = day_shown(found, day)
    days = days_with_events(found, day - AROUND, day + AROUND, drafts=True)
    near = [one for one in days if one < day][-4:] + [one for one in days if one > day][:10]
    return render_template(
        "organiser/programme.html",
        form=form,
        asks=asks,
        day=day,
        days=sorted({*near, day}),
        shown=shown,
        closures=closures_between(found, day, day),
        festivals=festivals(found, today),
        festival=_festival_of(found, day),
        words=_words(),
    )


def _words() -> dict[str, str]:
    """What the timeline's script says; blanks in braces."""
    return {
        "moved": _("{title}: {starts}–{ends}, {place}. Not saved yet."),
        "back": _("{title} is where it was."),
        "between": clock_time(time(10))[2],
    }


def _festival_of(found: Session, day: date) -> Festival | None:
    return next(
        (one for one in festivals(found, day) if one.first_day <= day <= one.last_day), None
    )


def _moved(found: Session, day: date) -> tuple[Form, list[Moved]]:
    """What the form of a day changes; only what differs from what was shown counts."""
    form = Form(typed={name: text.strip() for name, text in request.form.items()})
    known = {venue.slug: identity(venue) for venue in venues(found)}
    moved = []
    for match in filter(None, map(FIELD.fullmatch, list(form.typed))):
        item = item_of(found, int(match[1]))
        if item is None:
            continue
        values = _values_typed(form, day, item.event, known)
        new = {name: one for name, one in values.items() if getattr(item.event, name) != one}
        if new:
            version = form.text(f"version-{match[1]}")
            moved.append(Moved(int(match[1]), new, int(version) if version.isdecimal() else 0))
    return form, moved


def _values_typed(form: Form, day: date, event: Event, known: dict[str, int]) -> dict[str, Any]:
    """The columns of an event after what was typed for it; errors stand in the form."""
    number = event.id
    starts, ends = form.text(f"starts-{number}"), form.text(f"ends-{number}")
    values: dict[str, Any] = {}
    if starts or event.starts is not None:
        values = _hours_typed(form, f"starts-{number}", day, (starts, ends), event)
    slug, bar, part = form.text(f"column-{number}").partition("|")
    if bar:
        if slug and slug not in known:
            form.refuse(f"column-{number}", _("Please choose one."))
        values |= {"venue_id": known.get(slug), "place": part[:120] or None}
    return values


def _hours_typed(
    form: Form, name: str, day: date, typed: tuple[str, str], event: Event
) -> dict[str, Any]:
    if not typed[0]:
        days = {"first_day": day, "last_day": day}
        return {"hour": "to_be_announced", "starts": None, "ends": None, **days}
    hours = understood_hours(*typed)
    if hours is None or hours.starts is None:
        form.refuse(name, _("Please give a time, such as 10.00."))
        return {}
    is_early = event.starts is not None and event.starts < NIGHT and event.first_day == day
    next_day = hours.starts_next_day or (hours.starts < NIGHT and not is_early)
    first = day + timedelta(days=next_day)
    last = first
    if hours.ends is not None and hours.ends <= hours.starts:
        last += timedelta(days=1)
    return {
        "hour": "exact",
        "first_day": first,
        "last_day": last,
        "starts": hours.starts,
        "ends": hours.ends,
    }


def _clashes_after(found: Session, moved: Sequence[Moved]) -> list[ClashSaid]:
    """What would clash of published events after a move."""
    rows = [(item_of(found, one.number), one.values) for one in moved]
    events = [changed(item.event, values) for item, values in rows if item is not None]
    if not any(event.published for event in events):
        return []
    numbers = {event.id for event in events if event.published}
    return [one for one in clashes_if(found, events) if numbers & set(one.event_ids)]
