"""Files with tables: CSV and XLSX as people send them, and as we write them.

What comes from a spreadsheet is read as text, whatever the spreadsheet made of it; formulas are
never calculated. What goes out cannot become a formula.
"""

import csv
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from app.languages import gettext as _
from app.tables.cells import NO, YES, Shown
from app.tables.complaints import in_quotes

LARGEST_FILE = 12_000_000
LARGEST_UNPACKED = 150_000_000
MOST_LINES = 50_000
MOST_COLUMNS = 200
WHERE_TABLES_BEGIN = 10
SEPARATORS = ";\t,"
XLSX_SIGNATURE = b"PK\x03\x04"
OLD_XLS_SIGNATURE = b"\xd0\xcf\x11\xe0"

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ARMOURED = re.compile(r"'+[=+\-@\t\r]")


class FileError(Exception):
    """A file that cannot be read as a table at all; the message is for the reader."""


class Formula(str):
    """A cell that holds a formula; the text is the formula."""

    __slots__ = ()


@dataclass(frozen=True)
class Line:
    """One line as a spreadsheet counts it, from 1; cells are texts without blanks around."""

    number: int
    cells: tuple[str, ...]

    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


@dataclass(frozen=True)
class Sheet:
    """One sheet; a CSV file is a sheet without a name."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ReadFile:
    """The sheets of a file, and how it was read, as a sentence."""

    sheets: tuple[Sheet, ...]
    how: str


def read_file(file: Path) -> ReadFile:
    """Read CSV or XLSX, by content and not by name; raises FileError with a sentence."""
    if not file.is_file():
        _refuse(_("There is no file %(file)s.", file=file))
    if file.stat().st_size > LARGEST_FILE:
        _refuse(_("The file is larger than 12 MB. Please divide it into smaller ones."))
    content = file.read_bytes()
    if content.startswith(OLD_XLS_SIGNATURE):
        _refuse(_("This is an old or protected Excel file. Please save it as XLSX or CSV."))
    if content.startswith(XLSX_SIGNATURE):
        return ReadFile(_read_xlsx(content), _("Read as XLSX."))
    return _read_csv(content)


def _refuse(sentence: str) -> NoReturn:
    raise FileError(sentence)


# CSV.


def _read_csv(content: bytes) -> ReadFile:
    text, encoding = _decoded(content)
    separator = _separator(text)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        sheet = Sheet("", tuple(_lines(enumerate(rows, start=1))))
    except csv.Error:
        _refuse(
            _(
                "The quotation marks around the cells do not match near line %(line)s.",
                line=rows.line_num,
            )
        )
    how = _(
        "Read as CSV in %(encoding)s, cells separated by %(separator)s.",
        encoding=encoding,
        separator="TAB" if separator == "\t" else in_quotes(separator),
    )
    return ReadFile((sheet,), how)


def _separator(text: str) -> str:
    """The separator that gives most of the first lines the same number of cells.

    A title may stand above the headings, and texts in cells may be full of commas.
    """

    def weight(separator: str) -> tuple[int, int]:
        rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
        try:
            widths = Counter(len(row) for row in islice(rows, WHERE_TABLES_BEGIN) if len(row) > 1)
        except csv.Error:
            return 0, 0
        return max(((times, width) for width, times in widths.items()), default=(0, 0))

    return max(SEPARATORS, key=weight)


def _decoded(content: bytes) -> tuple[str, str]:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1257"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding.removesuffix("-sig").upper()
    return _refuse(_("This is not a table we can read. Please save it as XLSX or as CSV in UTF-8."))


def _lines(rows: Iterable[tuple[int, Iterable[str]]]) -> Iterator[Line]:
    for number, cells in rows:
        line = Line(number, tuple(_plain(cell) for cell in cells))
        while line.cells and not line.cells[-1]:
            line = Line(number, line.cells[:-1])
        if number > MOST_LINES or len(line.cells) > MOST_COLUMNS:
            _refuse(
                _(
                    "The table has more than %(lines)s lines or %(columns)s columns. "
                    "Please delete what is empty or divide it.",
                    lines=MOST_LINES,
                    columns=MOST_COLUMNS,
                )
            )
        if not line.is_empty():
            yield line


def _plain(cell: str) -> str:
    text = cell.strip()
    if isinstance(cell, Formula):
        return Formula(text)
    return text[1:] if _ARMOURED.match(text) else text


# XLSX.


def _read_xlsx(content: bytes) -> tuple[Sheet, ...]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            _refuse(_("The table is too large when unpacked. Please divide it."))
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        return tuple(_read_sheet(sheet) for sheet in book.worksheets)
    except FileError:
        raise
    # openpyxl raises whatever its XML, its zip archive or its styles stumble over.
    except Exception as error:
        raise FileError(_("This XLSX file is damaged. Please open and save it anew.")) from error


def _read_sheet(sheet: Any) -> Sheet:
    # A sheet may claim a million lines; only those that are there are counted.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_LINES + 1)
    numbered = enumerate((map(_typed, row) for row in rows), start=1)
    return Sheet(sheet.title, tuple(_lines(numbered)))


def _typed(cell: Any) -> str:
    """What a person would see in the cell, in a form that our columns read."""
    value = cell.value
    if cell.data_type == "f":
        return Formula(value)
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return csv_text(value)
    return _moment_text(value)


def _moment_text(value: Any) -> str:
    if isinstance(value, time):
        return _clock(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    if isinstance(value, timedelta):
        return _clock(value)
    if isinstance(value, datetime):
        # Excel counts days from 1900: 24:00 is the beginning of the first of them.
        if value.year == 1900:
            return _clock(value - datetime(1899, 12, 31))
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def _clock(since_midnight: timedelta) -> str:
    """Hours and minutes, to the nearest minute: Excel keeps 18:05 as a fraction of a day."""
    minutes = round(since_midnight.total_seconds() / 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


# Writing.


def csv_text(value: Shown) -> str:
    """A value as CSV has it: 24.11.2026, 18:00, decimal comma."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        plain = f"{Decimal(repr(value)):f}"
        return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return armoured(value) if isinstance(value, str) else str(value)


def armoured(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def write_file(
    file: Path, sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Shown]]]]
) -> None:
    """Write sheets (name, headings, rows) as XLSX or the first one as CSV, by the file's name."""
    xlsx = file.suffix.lower() == ".xlsx"
    content = xlsx_bytes(sheets) if xlsx else csv_bytes(*sheets[0][1:])
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Shown]]) -> bytes:
    """A CSV file as a Latvian spreadsheet opens it: semicolons, UTF-8 with its mark."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([csv_text(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Shown]]]]) -> bytes:
    """An XLSX file with sheets (name, headings, rows); no text in it is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for name, headings, rows in sheets:
        sheet = book.create_sheet(name)
        for column, heading in enumerate(headings, start=1):
            sheet.cell(1, column, heading).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(column)].width = max(12, len(heading) + 2)
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    _put(sheet.cell(number, column), value)
        sheet.freeze_panes = "A2"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _put(cell: Any, value: Shown) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", armoured(value))
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, float):
        # openpyxl writes 16 digits, and some numbers need 17 to be read back as they were.
        cell._value = repr(value)
    elif isinstance(value, date):
        cell.number_format = "DD.MM.YYYY"
    elif isinstance(value, time):
        cell.number_format = "HH:MM"
    elif isinstance(value, Decimal):
        cell.number_format = "0.00"
