"""Published programmes as they arrive: foreign headings, understood line by line.

The rule in `market/programme/understanding.py` reads a line; this module finds the columns, puts
the questions, and hands the events on as lines of the list of events.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from app.tables.columns import Column, Entry, Headings, find_headings, plain_heading, read_entry
from app.tables.complaints import Complaint, LineError
from app.tables.events import Events, uid_of
from app.tables.files import Sheet
from market.programme.typed_days import understood_days
from market.programme.understanding import Meant, Typed, Understanding, understand

COLUMNS = (
    Column("Datums", "day", also=("Diena", "Datums, diena", "Norises datums")),
    Column("Sākums", "starts", also=("Laiks", "Sākas", "Plkst.", "Norises laiks")),
    Column("Beigas", "ends", also=("Beidzas",)),
    Column("Pasākums", "title", also=("Norise", "Nosaukums", "Pasākuma nosaukums")),
    Column("Norises vieta", "venue", also=("Vieta",)),
    Column("Pagasts / pilsēta", "parish", also=("Pagasts", "Pilsēta", "Pilsēta / pagasts")),
    Column("Rīkotājs", "organiser", also=("Organizators", "Organizē")),
    Column("Piezīmes", "notes", also=("Apraksts", "Piezīme")),
)
NEEDED = ("day", "title")
RUNNING_NUMBERS = {"nrpk", "nr", "npk", "numurs"}


@dataclass(frozen=True)
class ProgrammeLine:
    """One line as it was understood, with its cells."""

    entry: Entry
    typed: Typed
    understanding: Understanding
    uid: str

    def event(self, meant: Meant) -> Entry:
        """The same as a line of the list of events; only what the programme has columns for."""
        values = {
            "uid": self.uid,
            "title.lv": meant.title,
            "first_day": meant.first_day,
            "last_day": meant.last_day,
            "starts": meant.starts,
            "hour": None if meant.hour == "exact" else meant.hour,
            "ends": meant.ends,
            "venue.name.lv": meant.venue,
        }
        said = {
            "place": meant.place,
            "parish_code": meant.parish_code,
            "organiser": meant.organiser,
            "text.lv": meant.text,
        }
        values |= {name: value for name, value in said.items() if self._has_column(name)}
        if meant.state != "confirmed":
            values |= {"state": meant.state, "state_words.lv": meant.state_words}
        names = {name: FROM_COLUMN[name] for name in values if name in FROM_COLUMN}
        typed = {name: self.entry.typed.get(column, "") for name, column in names.items()}
        headings = {name: self.entry.headings[column] for name, column in names.items()}
        return Entry(self.entry.line, values, typed, headings)

    def _has_column(self, name: str) -> bool:
        return FROM_COLUMN[name] in self.entry.values


FROM_COLUMN = {
    "title.lv": "title",
    "first_day": "day",
    "last_day": "day",
    "starts": "starts",
    "hour": "starts",
    "ends": "ends",
    "venue.name.lv": "venue",
    "venue.slug": "venue",
    "venue.parish_code": "parish",
    "place": "venue",
    "parish_code": "parish",
    "organiser": "organiser",
    "text.lv": "notes",
    "state_words.lv": "notes",
}
"""From which column of a programme each field of an event comes."""


def programme_headings(sheet: Sheet) -> Headings | None:
    """The headings of a published programme; None where the sheet is our own list of events."""
    if _has(find_headings(sheet.lines, Events.columns, ()), Events.needed):
        return None
    headings = find_headings(sheet.lines, COLUMNS, NEEDED)
    return headings if _has(headings, NEEDED) else None


def _has(headings: Headings | None, needed: Sequence[str]) -> bool:
    present = {column.name for column in headings.places.values()} if headings else set()
    return present.issuperset(needed)


def columns_not_read(headings: Headings) -> list[str]:
    """Headings whose columns are left out; running numbers are not worth a word."""
    return [
        heading for heading in headings.not_read if plain_heading(heading) not in RUNNING_NUMBERS
    ]


def read_programme(
    sheet: Sheet, headings: Headings, today: date
) -> tuple[list[ProgrammeLine], list[Complaint]]:
    """Every line under the headings: understood, or complained about."""
    lines: list[ProgrammeLine] = []
    complaints: list[Complaint] = []
    used: set[str] = set()
    near, above = today, ""
    for line in sheet.lines:
        if line.number <= headings.line:
            continue
        try:
            entry = read_entry(line, headings)
        except LineError as refused:
            complaints += refused.complaints
            continue
        typed = Typed(**{column.name: entry.values.get(column.name) or "" for column in COLUMNS})
        understanding = understand(typed, near, above)
        complaints += [entry.complaint(one.column, one.kind) for one in understanding.faults]
        days = understood_days(typed.day, near)
        if days is not None:
            near, above = days.first, typed.day
        if understanding.meant is not None:
            uid = _stable_uid(typed, near, used)
            lines.append(ProgrammeLine(entry, typed, understanding, uid))
    return lines, complaints


def _stable_uid(typed: Typed, day: date, used: set[str]) -> str:
    """The identifier from day, title and place as typed; two on one day differ by the hour."""
    uid = uid_of(day, typed.title, typed.venue)
    if uid in used:
        uid = uid_of(day, typed.title, f"{typed.venue} {typed.starts}")
    used.add(uid)
    return uid


def known_answers(line: ProgrammeLine, events: Events) -> tuple[bool, ...] | None:
    """The answers after which the market has this event just so; None where it must be asked."""
    for answers in product((True, False), repeat=len(line.understanding.questions)):
        meant = line.understanding.answered(answers)
        if meant is None:
            continue
        try:
            if events.changes_nothing(line.event(meant)):
                return answers
        except LineError:
            continue
    return None


Answer = Callable[[ProgrammeLine, Sequence[bool] | None], Sequence[bool] | None]


def answered_events(lines: Sequence[ProgrammeLine], events: Events, answer: Answer) -> list[Entry]:
    """The lines as events. `answer` is given a line and the answers that are known already, and
    returns an answer to each question, or None for a line to be left out.
    """
    entries = []
    for line in lines:
        answers = answer(line, known_answers(line, events))
        meant = line.understanding.answered(answers) if answers is not None else None
        if meant is not None:
            entries.append(line.event(meant))
    return entries
