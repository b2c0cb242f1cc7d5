"""The log of the whole market: who changed what, before and after, for thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.changes import UNDONE_WITHIN
from app.clock import RIGA, moment, now
from app.database import session
from app.languages import N_, sort_key
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint
from app.pages.organiser.known import known_in
from app.pages.organiser.queries import LogAsked, batches_asked, tables_changed
from app.pages.organiser.telling import Entry, entry_of
from app.pages.organiser.words import THINGS
from app.records import Change
from app.url_types import day_asked
from vendors.fields import identity
from vendors.keys.queries import people_named, people_of_office
from vendors.registry.models import Vendor
from vendors.registry.queries import vendor_of_office, vendors_by_id

DOOR = Door(
    "office.log",
    N_("Log"),
    N_("Who changed what in the last thirty days, and the button that undoes it"),
    group="office",
    place=3,
)
PER_PAGE = 40
LONGEST_TYPED = 60


@dataclass(frozen=True)
class Told:
    """An entry of the log with the vendor whom it is about."""

    entry: Entry
    vendor: Vendor | None


@blueprint.get("/izmainas")
def log() -> ResponseReturnValue:
    """What was changed, the newest first; chosen by person, vendor, subject or day."""
    since = moment() - UNDONE_WITHIN
    asked, typed = _asked(since)
    number = _page_number()
    batches, pages = batches_asked(session(), asked, number, PER_PAGE)
    people = sorted(people_of_office(session()), key=lambda one: sort_key(one.name))
    subjects = sorted(
        (
            (table, _(THINGS[table]))
            for table in tables_changed(session(), since)
            if table in THINGS
        ),
        key=lambda one: sort_key(one[1]),
    )
    return render_template(
        "organiser/log.html",
        told=_told(batches),
        typed=typed,
        people=[(identity(one), one.name) for one in people],
        subjects=subjects,
        number=min(number, pages),
        pages=pages,
        first_day=since.astimezone(RIGA).date(),
        today=now().date(),
        here=request.full_path.rstrip("?"),
    )


def _asked(since: datetime) -> tuple[LogAsked, dict[str, str]]:
    """What is asked for, and what was typed; what is unknown chooses nothing."""
    typed = {
        name: request.args.get(name, "").strip()[:LONGEST_TYPED]
        for name in ("cilveks", "tirgotajs", "par", "diena")
    }
    person = typed["cilveks"]
    vendor = vendor_of_office(session(), typed["tirgotajs"]) if typed["tirgotajs"] else None
    day = day_asked(typed["diena"], date.min)
    first, last = (since, None) if day == date.min else _bounds(day)
    is_number = person.isascii() and person.isdecimal() and len(person) < 10
    return LogAsked(
        since=max(first, since),
        until=last,
        person_id=int(person) if is_number else None,
        own=person == "own",
        vendor_id=identity(vendor) if vendor else None,
        table=typed["par"] if typed["par"] in THINGS else "",
    ), typed


def _bounds(day: date) -> tuple[datetime, datetime]:
    """When a day of the place begins and ends."""
    begins = datetime.combine(day, time.min, tzinfo=RIGA)
    return begins, datetime.combine(day + timedelta(days=1), time.min, tzinfo=RIGA)


def _told(batches: Sequence[Sequence[Change]]) -> list[Told]:
    found = session()
    changes = [change for rows in batches for change in rows]
    people = people_named(found, {one.person_id for one in changes if one.person_id})
    known = known_in(found, changes)
    entries = [entry_of(rows, people, moment(), known) for rows in batches]
    wanted = {one.vendor_id for one in entries if one.vendor_id}
    vendors = {identity(one): one for one in vendors_by_id(found, list(wanted))}
    return [Told(one, vendors.get(one.vendor_id or 0)) for one in entries]


def _page_number() -> int:
    typed = request.args.get("lapa", "1")
    return max(int(typed), 1) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
