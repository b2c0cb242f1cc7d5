"""What a person would understand of one line of a published programme, and what one would ask.

Offices write for readers, not for machines: "vakarā", an hour of 24.00, two days in one cell,
a parish shortened. This rule takes such a line as it is. What it assumed it says aloud
(`Remark`), what it cannot know it asks with a proposal (`Question`), and what nobody could read
it refuses (`Fault`). It knows no words of answers: the page or the command says them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from difflib import get_close_matches
from typing import Any

from market.places.parishes import PARISHES
from market.programme.typed_days import Days, days_in_text, understood_days
from market.programme.typed_hours import Hours, understood_hours
from vendors.searching import folded

_ONE_DAY = timedelta(days=1)
_CANCELLED = re.compile(r"\b(?:atcelt|atcel|nenotik)")
_POSTPONED = re.compile(r"\b(?:parcelt|parcel|atlikt)")
_BEGINS = re.compile(r"\bsak(?:as|ums|t)\b")
_VENUE_WITH_PART = re.compile(r"(?P<venue>[^()]+?)\s*\((?P<part>[^()]+)\)")
_ROUTE = re.compile(r"(?P<start>.+?)\s+[–—-]\s+.+")
_SHORTENED = re.compile(r"\b(?:pagast\w*|pag|pilseta\w*|pils)\b\.?")
_OF_THE_NOVADS = re.compile(r"\btukuma nov(?:ad[sa])?\.?,?\s*")


@dataclass(frozen=True)
class Typed:
    """The cells of one line, as they stand in the table."""

    day: str
    title: str
    starts: str = ""
    ends: str = ""
    venue: str = ""
    parish: str = ""
    organiser: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Meant:
    """An event as it was understood, in the terms of the table of events."""

    title: str
    first_day: date
    last_day: date
    hour: str = "to_be_announced"
    starts: time | None = None
    ends: time | None = None
    venue: str | None = None
    place: str | None = None
    parish_code: str | None = None
    organiser: str | None = None
    text: str | None = None
    state: str = "confirmed"
    state_words: str | None = None


@dataclass(frozen=True)
class Remark:
    """An assumption said aloud: its kind, the column, what was typed, what it was taken for."""

    kind: str
    column: str
    typed: str
    meant: Any = None


@dataclass(frozen=True)
class Question:
    """What must be asked. `proposal` holds the fields after a yes, `otherwise` after a no.

    Without `otherwise` a no leaves the whole line out.
    """

    kind: str
    column: str
    typed: str
    proposal: Mapping[str, Any] = field(default_factory=dict)
    otherwise: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Fault:
    """What nobody could read: its kind and the column."""

    kind: str
    column: str


@dataclass(frozen=True)
class Understanding:
    """What one line says. `meant` is None only when there are faults."""

    meant: Meant | None
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()
    faults: tuple[Fault, ...] = ()

    def answered(self, answers: Sequence[bool]) -> Meant | None:
        """The event after an answer to each question; None when the line is to be left out."""
        event = self.meant
        for question, agreed in zip(self.questions, answers, strict=True):
            change = question.proposal if agreed else question.otherwise
            if event is None or change is None:
                return None
            event = replace(event, **change)
        return event


class _Notebook:
    """Collects what is noticed while one line is read."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self.questions: list[Question] = []
        self.faults: list[Fault] = []

    def remark(self, kind: str, column: str, typed: str, meant: Any = None) -> None:
        self.remarks.append(Remark(kind, column, typed, meant))

    def ask(
        self,
        kind: str,
        column: str,
        typed: str,
        proposal: Mapping[str, Any],
        otherwise: Mapping[str, Any] | None = None,
    ) -> None:
        self.questions.append(Question(kind, column, typed, proposal, otherwise))

    def closed(self, meant: Meant | None) -> Understanding:
        noticed = (tuple(self.remarks), tuple(self.questions), tuple(self.faults))
        return Understanding(meant, *noticed)


def understand(typed: Typed, near: date, above: str = "") -> Understanding:
    """What a line says.

    `near` is a day of the same programme, for days without a year; `above` is the cell of the
    day in the lines above, which holds for a line without one.
    """
    notebook = _Notebook()
    if not typed.day and above:
        typed = replace(typed, day=above)
        notebook.remark("day_above", "day", above)
    days = understood_days(typed.day, near)
    if days is None:
        notebook.faults.append(Fault("day", "day"))
    if not typed.title:
        notebook.faults.append(Fault("title", "title"))
    if days is None or not typed.title:
        return notebook.closed(None)
    event = Meant(title=typed.title, first_day=days.first, last_day=days.last)
    _notice_days(notebook, typed, days)
    event = _with_hours(notebook, event, typed)
    event = _with_venue(notebook, event, typed.venue)
    event = _with_parish(notebook, event, typed)
    event = _with_people(notebook, event, typed)
    return notebook.closed(event)


def _notice_days(notebook: _Notebook, typed: Typed, days: Days) -> None:
    if days.first != days.last:
        notebook.remark("several_days", "day", typed.day, (days.first, days.last))
    if not days.year_said:
        notebook.remark("year_assumed", "day", typed.day, days.first)
    if not days.weekday_is_right():
        notebook.ask("weekday", "day", typed.day, {})
    named = days_in_text(typed.title, days.first)
    if named is None or (named.first, named.last) == (days.first, days.last):
        return
    if named.first == days.first:
        notebook.ask("longer_in_title", "title", typed.title, {"last_day": named.last}, {})
    else:
        notebook.ask("other_days_in_title", "title", typed.title, {})


def _with_hours(notebook: _Notebook, event: Meant, typed: Typed) -> Meant:
    hours = understood_hours(typed.starts, typed.ends)
    if hours is None and typed.ends:
        hours = understood_hours(typed.starts)
        if hours is not None:
            notebook.ask("end_unclear", "ends", typed.ends, {})
    if hours is None:
        notebook.ask("hour_unclear", "starts", typed.starts, {})
        return event
    return _at(notebook, event, hours, typed)


def _at(notebook: _Notebook, event: Meant, hours: Hours, typed: Typed) -> Meant:
    first, last = event.first_day, event.last_day
    if hours.starts_next_day:
        first, last = first + _ONE_DAY, last + _ONE_DAY
        notebook.remark("next_day", "starts", typed.starts, first)
    if hours.ends_next_day and first == last:
        last += _ONE_DAY
        notebook.remark("ends_next_day", "ends", typed.ends or typed.starts, last)
    if hours.hour == "to_be_announced":
        notebook.remark("hour_missing", "starts", typed.starts)
    elif hours.hour != "exact":
        notebook.remark("hour_said", "starts", typed.starts, hours.hour)
    if hours.about:
        notebook.remark("about", "starts", typed.starts, hours.starts)
    if hours.open_end:
        notebook.remark("open_end", "starts", typed.starts, hours.starts)
    if hours.hour == "exact" and _BEGINS.search(folded(typed.notes) or ""):
        notebook.ask("notes_say_when", "notes", typed.notes, {})
    return replace(
        event, first_day=first, last_day=last, hour=hours.hour, starts=hours.starts, ends=hours.ends
    )


def _with_venue(notebook: _Notebook, event: Meant, venue: str) -> Meant:
    if not venue:
        notebook.ask("venue_missing", "venue", "", {})
        return event
    if with_part := _VENUE_WITH_PART.fullmatch(venue):
        notebook.remark("venue_part", "venue", venue, with_part["part"])
        return replace(event, venue=with_part["venue"], place=with_part["part"])
    if route := _ROUTE.fullmatch(venue):
        notebook.remark("route", "venue", venue, route["start"])
        return replace(event, venue=route["start"], place=venue)
    if folded(venue) in _VILLAGES:
        notebook.remark("only_village", "venue", venue)
    return replace(event, venue=venue)


def _with_parish(notebook: _Notebook, event: Meant, typed: Typed) -> Meant:
    if not typed.parish:
        notebook.remark("parish_missing", "parish", "")
        return event
    code = parish_meant(typed.parish)
    if code is None:
        code = _similar_parish(typed.parish)
        kind = "parish_similar" if code else "parish_unknown"
        notebook.ask(kind, "parish", typed.parish, {"parish_code": code})
        code = None
    elif typed.parish != _NAMES[code]:
        notebook.remark("parish_shortened", "parish", typed.parish, code)
    return replace(event, parish_code=code)


def _with_people(notebook: _Notebook, event: Meant, typed: Typed) -> Meant:
    event = replace(event, organiser=typed.organiser or None, text=typed.notes or None)
    if typed.notes:
        notebook.remark("notes_in_text", "notes", typed.notes)
    for column, text in (("organiser", typed.organiser), ("notes", typed.notes)):
        state = _state_said(text)
        if state:
            change = {"state": state, "state_words": text}
            emptied = {"organiser": None} if column == "organiser" else {"text": None}
            notebook.ask(state, column, text, {**change, **emptied}, {})
    state = _state_said(typed.title)
    if state:
        notebook.ask(state, "title", typed.title, {"state": state}, {})
    return event


def _state_said(text: str) -> str | None:
    plain = folded(text) or ""
    if _CANCELLED.search(plain):
        return "cancelled"
    return "postponed" if _POSTPONED.search(plain) else None


def parish_meant(typed: str) -> str | None:
    """The code of the parish or town meant by a name or a shortened one: "Engures pag."."""
    plain = _OF_THE_NOVADS.sub("", " ".join((folded(typed) or "").split()))
    if plain in _MEANT:
        return _MEANT[plain]
    short = _SHORTENED.sub("", plain).strip(" ,.")
    if "pag" in plain:
        return _PARISHES_ONLY.get(short)
    return _MEANT.get(short)


def _similar_parish(typed: str) -> str | None:
    short = _SHORTENED.sub("", folded(typed) or "").strip(" ,.")
    similar = get_close_matches(short, [*_MEANT, *_PARISHES_ONLY], n=1, cutoff=0.75)
    if not similar:
        return None
    return _PARISHES_ONLY.get(similar[0]) or _MEANT[similar[0]]


def _plain_name(name: str) -> str:
    return folded(name) or ""


_NAMES = {place.code: place.name for place in PARISHES}
_TOWNS = {_plain_name(place.name): place.code for place in PARISHES if place.kind == "town"}
_BY_VILLAGE = {_plain_name(place.centre): place.code for place in PARISHES}
_NOT_NAMED_BY_THEIR_VILLAGE = {"degole": "0051410", "jaunsati": "0051460"}
_PARISHES_ONLY = {
    key: place.code
    for place in PARISHES
    if place.kind == "parish"
    for key in (_plain_name(place.name).removesuffix(" pagasts"), _plain_name(place.centre))
}
_MEANT = {
    **_BY_VILLAGE,
    **_NOT_NAMED_BY_THEIR_VILLAGE,
    **{_plain_name(place.name): place.code for place in PARISHES},
    **{place.code: place.code for place in PARISHES},
    **_TOWNS,
    "tukuma": "0051210",
}
_VILLAGES = {*_BY_VILLAGE, *_NOT_NAMED_BY_THEIR_VILLAGE}
