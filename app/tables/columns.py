"""Columns of a table, the lines read by them, and how headings are recognised."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from app.languages import languages
from app.tables.cells import TEXT, Cell
from app.tables.complaints import CellError, Complaint, LineError
from app.tables.files import WHERE_TABLES_BEGIN, Formula, Line
from vendors.searching import folded


@dataclass(frozen=True)
class Column:
    """One column: its Latvian heading, the field it fills, and what its cells hold.

    `name` is the field, "name.lv" for one language of words, "site.name.lv" for a field of
    another row that the line tells about. The name is accepted as a heading, too.
    """

    heading: str
    name: str
    cell: Cell = TEXT
    also: tuple[str, ...] = ()

    def headings(self) -> Iterator[str]:
        """Everything that is accepted as this column's heading, in its plain form."""
        for heading in (self.heading, self.name, *self.also):
            yield plain_heading(heading)


def plain_heading(text: str) -> str:
    """A heading for comparing: small letters without diacritics, blanks and marks."""
    return re.sub(r"[\W_]", "", folded(text) or "")


def words_columns(name: str, heading: str) -> tuple[Column, ...]:
    """A column for each language; the Latvian one may also stand without "(lv)"."""
    return tuple(
        Column(
            f"{heading} ({language})",
            f"{name}.{language}",
            also=(heading, name) if language == "lv" else (),
        )
        for language in languages()
    )


def told_about(part: str, columns: Iterable[Column]) -> tuple[Column, ...]:
    """Columns that tell about another row, such as the site a stall stands on."""
    return tuple(
        replace(
            column,
            name=f"{part}.{column.name}",
            also=tuple(other for other in column.also if not column.name.startswith(other)),
        )
        for column in columns
    )


@dataclass
class Entry:
    """One line of a table: values by column name for the columns the table has.

    An empty cell is None. `typed` and `headings` are for complaints.
    """

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)

    def fields(self, part: str = "") -> dict[str, Any]:
        """The fields of the row itself or of a part it tells about; words as one mapping."""
        found: dict[str, Any] = {}
        for name, value in self.values.items():
            mine, _dot, rest = name.rpartition(".")
            language = rest if rest in languages() else ""
            whole, _dot, last = (mine if language else name).rpartition(".")
            if whole != part:
                continue
            if language:
                found.setdefault(last, {})[language] = value
            else:
                found[last] = value
        return found

    def complaint(self, name: str, kind: str, **blanks: Any) -> Complaint:
        """A complaint about the cell of this column."""
        return Complaint(
            line=self.line,
            column=self.headings.get(name, name),
            typed=self.typed.get(name, ""),
            kind=kind,
            blanks=blanks,
            field=name.rpartition(".")[2],
        )

    def refuse(self, name: str, kind: str, **blanks: Any) -> LineError:
        """The exception that refuses the line because of one cell."""
        return LineError([self.complaint(name, kind, **blanks)])


@dataclass(frozen=True)
class Headings:
    """Where the columns stand, and what is strange about the headings."""

    line: int
    places: Mapping[int, Column]
    typed: Mapping[int, str]
    usual: Mapping[str, str]
    complaints: tuple[Complaint, ...] = ()
    not_read: tuple[str, ...] = ()


def find_headings(
    lines: Sequence[Line], columns: Sequence[Column], needed: Iterable[str]
) -> Headings | None:
    """The line of headings: the one of the first lines that knows most columns; None if none."""
    by_heading = {heading: column for column in columns for heading in column.headings()}
    best, known_in_best = None, 0
    for line in lines[:WHERE_TABLES_BEGIN]:
        known = sum(plain_heading(cell) in by_heading for cell in line.cells)
        if known > known_in_best:
            best, known_in_best = line, known
    return _headings(best, by_heading, columns, needed) if best else None


def _headings(
    line: Line, by_heading: Mapping[str, Column], columns: Sequence[Column], needed: Iterable[str]
) -> Headings:
    places: dict[int, Column] = {}
    typed: dict[int, str] = {}
    complaints: list[Complaint] = []
    not_read: list[str] = []
    for index, cell in enumerate(line.cells):
        if not cell:
            continue
        column = by_heading.get(plain_heading(cell))
        if column in places.values() and column is not None:
            complaints.append(Complaint(line.number, cell, cell, "column_twice"))
        elif column is not None:
            places[index], typed[index] = column, cell
        elif similar := get_close_matches(plain_heading(cell), by_heading, n=1, cutoff=0.85):
            meant = by_heading[similar[0]].heading
            complaints.append(
                Complaint(line.number, cell, cell, "column_misspelt", {"similar": meant})
            )
        else:
            not_read.append(cell)
    present = {column.name for column in places.values()}
    for column in columns:
        if column.name in needed and column.name not in present:
            complaints.append(Complaint(line.number, column.heading, "", "column_missing"))
    usual = {column.name: column.heading for column in columns}
    return Headings(line.number, places, typed, usual, tuple(complaints), tuple(not_read))


def read_entry(line: Line, headings: Headings) -> Entry:
    """The line's values; raises LineError with a complaint for each cell that cannot be read."""
    entry = Entry(line.number, headings=dict(headings.usual))
    complaints: list[Complaint] = []
    for index, column in headings.places.items():
        typed = line.cells[index] if index < len(line.cells) else ""
        entry.headings[column.name] = headings.typed[index]
        entry.typed[column.name] = typed
        try:
            if isinstance(typed, Formula):
                raise CellError("formula")
            entry.values[column.name] = column.cell.read(typed) if typed else None
        except CellError as error:
            complaints.append(entry.complaint(column.name, error.kind, **error.blanks))
    width = max([*headings.typed, *headings.places], default=-1) + 1
    for typed in line.cells[width:]:
        if typed and not headings.not_read:
            complaints.append(Complaint(line.number, "", typed, "cell_without_heading"))
    if complaints:
        raise LineError(complaints)
    return entry
