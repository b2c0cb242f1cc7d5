"""Bringing lists into the market: all lines or, if asked for, all good ones, in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.database import Database
from app.languages import gettext as _
from app.tables.base import Outcome, Table
from app.tables.calendar import Festivals, Hours, MarketDays
from app.tables.columns import Entry, find_headings, read_entry
from app.tables.complaints import Complaint, LineError
from app.tables.days import Placements
from app.tables.events import Events
from app.tables.files import FileError, ReadFile, Sheet
from app.tables.people import Goods, OpenDays, Stories, Vendors
from app.tables.places import Stalls

TABLES: dict[str, type[Table]] = {
    table.name: table
    for table in (
        Vendors,
        Goods,
        Stories,
        OpenDays,
        Stalls,
        Placements,
        Events,
        Festivals,
        Hours,
        MarketDays,
    )
}
TIMES_TO_TRY = 3
TOGETHER: dict[str, tuple[type[Table], ...]] = {"vendors": (Vendors, Goods, Stories, OpenDays)}
"""Lists that one XLSX file may hold on several sheets, in the order in which they are read."""


@dataclass(frozen=True)
class Page:
    """The lines of one sheet, ready for a table."""

    table: type[Table]
    entries: tuple[Entry, ...]
    sheet: str = ""


@dataclass
class Result:
    """What happened, or what would happen."""

    outcomes: list[Outcome] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    written: bool = False

    def count(self, done: str) -> int:
        """How many lines are "new", "changed" or "unchanged"."""
        return sum(outcome.done == done for outcome in self.outcomes)


def tables_in(kind: str, read: ReadFile) -> list[tuple[type[Table], Sheet]]:
    """Which sheet of a file belongs to which table; raises FileError for an empty file."""
    wanted = TOGETHER.get(kind, (TABLES[kind],))
    filled = [sheet for sheet in read.sheets if sheet.lines]
    if not filled:
        raise FileError(_("The table is empty."))
    named = {sheet.name.casefold(): sheet for sheet in filled}
    found = [(table, named[table.sheet]) for table in wanted if table.sheet in named]
    return found or [(wanted[0], filled[0])]


def read_page(
    table: type[Table], sheet: Sheet, label: str
) -> tuple[Page, list[Complaint], Sequence[str]]:
    """The lines of a sheet; also what is wrong with cells, and which columns are not read.

    Raises FileError when the headings are not those of the table.
    """
    headings = find_headings(sheet.lines, table.columns, table.needed)
    if headings is None:
        known = ", ".join(column.heading for column in table.columns)
        raise FileError(
            _("None of the headings is known. The list has these: %(known)s.", known=known)
        )
    if headings.complaints:
        return Page(table, (), label), _labelled(headings.complaints, label), ()
    entries, complaints = [], []
    for line in sheet.lines:
        if line.number <= headings.line:
            continue
        try:
            entries.append(read_entry(line, headings))
        except LineError as refused:
            complaints += refused.complaints
    page = Page(table, tuple(entries), label)
    return page, _labelled(complaints, label), headings.not_read


def bring_in(
    database: Database,
    pages: Sequence[Page],
    today: date,
    complaints: Sequence[Complaint] = (),
    skip_bad: bool = False,
    dry_run: bool = False,
) -> Result:
    """Bring pages into the market in one transaction, or nothing at all.

    `complaints` are those of cells that could not be read. With `skip_bad` the lines complained
    about are left out and the others tried anew, until there is nothing to complain about.
    """
    all_complaints = list(complaints)
    bad: set[tuple[str, int]] = set()
    with database.writing() as session:
        while True:
            result = _attempt(session, pages, today, bad)
            all_complaints += result.complaints
            found = {(complaint.sheet, complaint.line) for complaint in result.complaints}
            if not skip_bad or found <= bad:
                break
            session.rollback()
            bad |= found
        changes = result.count("new") + result.count("changed")
        if changes and not dry_run and (skip_bad or not all_complaints):
            session.commit()
            result.written = True
    result.complaints = sorted(all_complaints, key=lambda one: (one.sheet, one.line))
    return result


def _attempt(
    session: Session, pages: Sequence[Page], today: date, bad: Collection[tuple[str, int]]
) -> Result:
    """Take every line that is not known to be bad; nothing is committed here.

    Where somebody else wrote the same at this moment (PostgreSQL), all is taken anew, so that the
    complaint can say what stands there now.
    """
    for _time in range(TIMES_TO_TRY):
        result = Result()
        try:
            for page in pages:
                _take_page(result, page, page.table(session, today), bad)
        except IntegrityError:
            session.rollback()
            continue
        return result
    return Result(complaints=[Complaint(0, "", "", "refused_by_database")])


def _take_page(result: Result, page: Page, table: Table, bad: Collection[tuple[str, int]]) -> None:
    for entry in page.entries:
        if (page.sheet, entry.line) in bad:
            continue
        try:
            outcome = table.take(entry)
        except LineError as refused:
            result.complaints += _labelled(refused.complaints, page.sheet)
        else:
            result.outcomes.append(replace(outcome, sheet=page.sheet))
    result.complaints += _labelled(table.finish(), page.sheet)
    result.notes += table.notes
    table.session.flush()


def _labelled(complaints: Sequence[Complaint], sheet: str) -> list[Complaint]:
    return [replace(complaint, sheet=sheet) for complaint in complaints]
