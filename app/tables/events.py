"""The list of events, with the venues they take place at.

A venue is told about in the first line that names it. An event is known again by its identifier,
which is in other people's calendars; without one it is made of day, title and place.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import ValidationError
from sqlmodel import col, select

from app import names
from app.languages import gettext as _
from app.performers import performers_read, vendors_by_name, with_those_before
from app.tables import words
from app.tables.base import Outcome, Table, values_of
from app.tables.calendar import FESTIVAL, festival_of
from app.tables.cells import DAY, NUMBER, PARISH, TIME, WHOLE, YES_OR_NO, Cell, choice_cell
from app.tables.columns import Column, Entry, told_about, words_columns
from app.tables.complaints import CellError, broken_limits
from app.tables.slugs import slug_of
from market.days.models import Festival
from market.programme.models import (
    Event,
    EventFields,
    EventPerformer,
    PerformerFields,
    Venue,
    VenueFields,
)
from vendors.fields import identity
from vendors.searching import folded

LONGEST_UID = 80
LONGEST_VENUE_SLUG = 80

ROW = re.compile(r"[A-ZĀČĒĢĪĶĻŅŠŪŽ0-9]{1,8}:[\w-]{1,8}")


def _read_rows(typed: str) -> list[str]:
    rows = sorted({piece.strip() for piece in re.split(r"[,;]", typed) if piece.strip()})
    if not all(map(ROW.fullmatch, rows)) or len(rows) > 100:
        raise CellError("not_rows")
    return rows


def _read_names(typed: str) -> list[str]:
    pieces = typed.splitlines() if "\n" in typed else typed.split(";")
    return list(dict.fromkeys(name for piece in pieces if (name := " ".join(piece.split()))))


def _show_names(names: list[str]) -> str | None:
    return ("\n" if any(";" in name for name in names) else "; ").join(names) or None


ROWS = Cell(_read_rows, lambda rows: ", ".join(rows) or None)
NAMES = Cell(_read_names, _show_names)

VENUE_COLUMNS = told_about(
    "venue",
    (
        Column("Norises vietas kods", "slug"),
        *words_columns("name", "Norises vieta"),
        Column("Norises vietas adrese", "address"),
        Column("Norises vietas pagasts", "parish_code", PARISH),
        Column("Norises vietas ģeogrāfiskais platums", "lat", NUMBER),
        Column("Norises vietas ģeogrāfiskais garums", "lon", NUMBER),
    ),
)


def uid_of(day: date, title: str, place: str) -> str:
    """The identifier of an event that has none: the same list always gives the same ones."""
    parts = (day.isoformat(), *(" ".join((folded(text) or "").split()) for text in (title, place)))
    return f"{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:24]}@tukuma-tirgus"


class Events(Table):
    """The programme as the desk knows it: drafts too, with who performs and the work around it."""

    name = "events"
    sheet = "pasakumi"
    columns = (
        Column("Identifikators", "uid"),
        *words_columns("title", "Nosaukums"),
        *words_columns("text", "Apraksts"),
        Column("Pirmā diena", "first_day", DAY),
        Column("Sākums", "starts", TIME),
        Column("Laiks vārdos", "hour", choice_cell(names.HOURS_SAID)),
        Column("Pēdējā diena", "last_day", DAY),
        Column("Beigas", "ends", TIME),
        *VENUE_COLUMNS,
        Column("Vieta tur", "place"),
        Column("Pagasts", "parish_code", PARISH, also=("Pagasts / pilsēta", "parish")),
        Column("Rīkotājs", "organiser"),
        Column("Ieeja", "price", choice_cell(words.PRICES)),
        Column("Stāvoklis", "state", choice_cell(words.EVENT_STATES)),
        *words_columns("state_words", "Par stāvokli"),
        FESTIVAL,
        Column("Dalībnieki", "performers", NAMES),
        Column("Iekārtošana, min", "set_up_min", WHOLE),
        Column("Novākšana, min", "clearing_min", WHOLE),
        Column("Rindas, kurām iet cauri", "crosses", ROWS),
        Column("Skaļš", "loud", YES_OR_NO),
        Column("Publicēts", "published", YES_OR_NO),
    )
    needed = ("title.lv", "first_day")

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {event.uid: event for event in self.session.exec(select(Event))}

    @cached_property
    def _venues(self) -> dict[str, Venue]:
        venues = self.session.exec(select(Venue).order_by(col(Venue.slug)))
        return {venue.slug: venue for venue in venues}

    @cached_property
    def _festivals(self) -> dict[str, Festival]:
        return {row.slug: row for row in self.session.exec(select(Festival))}

    @cached_property
    def _performers(self) -> dict[int, list[EventPerformer]]:
        found = defaultdict(list)
        performers = select(EventPerformer).order_by(col(EventPerformer.position))
        for row in self.session.exec(performers):
            found[row.event_id].append(row)
        return found

    @cached_property
    def _vendors(self) -> dict[str, int]:
        return vendors_by_name(self.session)

    def rows(self) -> Iterator[dict[str, Any]]:
        venues = {venue.id: venue for venue in self._venues.values()}
        festivals = {row.id: row.slug for row in self._festivals.values()}
        told: set[str] = set()
        for event in sorted(self._events.values(), key=lambda one: (one.first_day, one.uid)):
            line = {**values_of(event, self.columns), "festival": festivals.get(event.festival_id)}
            line["performers"] = [one.name for one in self._performers[identity(event)]]
            if event.hour == "exact":
                line["hour"] = None
            if event.venue_id is not None:
                line |= _venue_values(venues[event.venue_id], self.columns, told)
            yield line

    def take(self, entry: Entry) -> Outcome:
        uid, row, fields = self._understood(entry)
        self.once(entry, uid, "uid" if entry.values.get("uid") else "title.lv")
        keys: dict[str, Any] = {}
        if "venue.slug" in entry.values or "venue.name.lv" in entry.values:
            keys["venue_id"] = self._venue(entry, fields.parish_code)
        if "festival" in entry.values:
            keys["festival_id"] = festival_of(entry, self._festivals)
        if row is None:
            keys["uid"] = uid
        event, done, changes = self.put(Event, row, fields, **keys)
        if self._perform(entry, identity(event)) and done != "new":
            done, changes = "changed", (*changes, "performers")
        if done == "changed":
            event.sequence += 1
            event.version += 1
        self._events[uid] = event
        what = f"{event.first_day:%d.%m.%Y} {event.title['lv']}"
        return Outcome(entry.line, done, what, self.headings_of(changes))

    def _perform(self, entry: Entry, event_id: int) -> bool:
        """Write who performs, where the list tells it; says whether that changes something."""
        if "performers" not in entry.values:
            return False
        named, before = entry.values["performers"] or [], self._performers[event_id]
        for name in named:
            try:
                PerformerFields.model_validate({"name": name})
            except ValidationError as error:
                _field, kind, blanks = next(broken_limits(error))
                raise entry.refuse("performers", kind, **blanks) from error
        if [row.name for row in before] == named:
            return False
        vendors = with_those_before(self._vendors, before)
        for row in before:
            self.session.delete(row)
        self.session.flush()
        self._performers[event_id] = [
            EventPerformer(
                event_id=event_id, position=place, name=one.name, vendor_id=one.vendor_id
            )
            for place, one in enumerate(performers_read(named, vendors), start=1)
        ]
        self.session.add_all(self._performers[event_id])
        self.session.flush()
        return True

    def changes_nothing(self, entry: Entry) -> bool:
        """Whether the market has the event just as the line says; raises LineError."""
        _uid, row, fields = self._understood(entry)
        if row is None:
            return False
        venue = self._venue_meant(entry, fields.parish_code)
        named = bool(entry.values.get("venue.name.lv"))
        same_venue = row.venue_id == (venue.id if venue else None) and (venue or not named)
        return bool(same_venue) and all(
            getattr(row, name) == getattr(fields, name) for name in EventFields.model_fields
        )

    def _understood(self, entry: Entry) -> tuple[str, Event | None, EventFields]:
        values = entry.fields()
        uid = values.get("uid") or _uid_for(entry)
        if len(uid) > LONGEST_UID or not uid.isprintable() or " " in uid:
            raise entry.refuse("uid", "not_a_uid")
        row = self._events.get(uid)
        _complete_times(entry, values, row)
        fields = self.checked(entry, EventFields, row, values)
        _refuse_turned_times(entry, fields)
        return uid, row, fields

    def _venue(self, entry: Entry, parish_code: str | None) -> int | None:
        """The venue that the line names, a new one where nobody has named it yet."""
        venue = self._venue_meant(entry, parish_code)
        if venue is None and not entry.values.get("venue.name.lv"):
            if entry.values.get("venue.slug"):
                raise entry.refuse("venue.slug", "unknown_venue")
            return None
        told: dict[str, Any] = {"venue.slug": venue.slug if venue else self._new_slug(entry)}
        if venue is not None and not entry.values.get("venue.slug"):
            told["venue.name.lv"] = venue.name["lv"]
        elif venue is None and not entry.values.get("venue.parish_code"):
            told["venue.parish_code"] = parish_code
        whole = replace(entry, values=entry.values | told)
        found, done = self.told(whole, "venue", "slug", self._venues, VenueFields, Venue)
        if done == "new":
            self.notes.append(_("A new venue: %(name)s.", name=found.name["lv"]))
        return found.id

    def _venue_meant(self, entry: Entry, parish_code: str | None) -> Venue | None:
        """The known venue of this code, or else of this name in this parish."""
        code = entry.values.get("venue.slug")
        if code:
            return self._venues.get(code)
        name = plain_name(entry.values.get("venue.name.lv") or "")
        parish = entry.values.get("venue.parish_code") or parish_code
        for venue in self._venues.values():
            same = plain_name(venue.name["lv"]) == name
            if same and (parish is None or venue.parish_code in (None, parish)):
                return venue
        return None

    def _new_slug(self, entry: Entry) -> str:
        code: str | None = entry.values.get("venue.slug")
        if code:
            return code
        slug = slug_of(entry.values["venue.name.lv"], LONGEST_VENUE_SLUG - 4) or "vieta"
        number = 2
        free = slug
        while free in self._venues:
            free, number = f"{slug}-{number}", number + 1
        return free


def plain_name(name: str) -> str:
    """A venue's name for comparing: without quotation marks, whatever their kind."""
    bare = "".join(char for char in name if char not in "\"'„“”«»‚‘’")
    return " ".join((folded(bare) or "").split())


def _venue_values(venue: Venue, columns: tuple[Column, ...], told: set[str]) -> dict[str, Any]:
    """Everything about a venue in the first line that names it, then its code and name."""
    values = values_of(venue, columns, "venue")
    if venue.slug in told:
        return {"venue.slug": venue.slug, "venue.name.lv": values["venue.name.lv"]}
    told.add(venue.slug)
    return values


def _uid_for(entry: Entry) -> str:
    day, title = entry.values["first_day"], entry.values["title.lv"]
    if day is None or title is None:
        raise entry.refuse("first_day" if day is None else "title.lv", "missing")
    place = entry.values.get("venue.name.lv") or entry.values.get("venue.slug") or ""
    return uid_of(day, title, place)


def _complete_times(entry: Entry, values: dict[str, Any], row: Event | None) -> None:
    """One day where no last day is given; a start makes the hour exact, a word takes it away."""
    if values.get("last_day") is None and (row is None or "last_day" in values):
        values["last_day"] = values["first_day"]
    if values.get("starts") is not None and values.get("hour") is not None:
        raise entry.refuse("hour", "hour_and_start")
    if values.get("starts") is not None:
        values["hour"] = "exact"
    elif values.get("hour") is not None:
        values["starts"] = None
    elif row is None or "starts" in values or "hour" in values:
        kept = "hour" not in values and row is not None and row.hour != "exact"
        values["hour"] = row.hour if row is not None and kept else "to_be_announced"
        values["starts"] = None


def _refuse_turned_times(entry: Entry, event: EventFields) -> None:
    if event.last_day < event.first_day:
        raise entry.refuse("last_day", "ends_before")
    if event.first_day != event.last_day or event.starts is None or event.ends is None:
        return
    if event.ends <= event.starts:
        raise entry.refuse("ends", "ends_before")
