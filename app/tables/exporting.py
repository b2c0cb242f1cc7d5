"""Giving lists out: the market's rows in the columns that an import reads again."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlmodel import Session

from app.tables.base import Table
from app.tables.cells import Shown
from app.tables.files import write_file
from app.tables.importing import TABLES, TOGETHER


def export(session: Session, kind: str, file: Path, today: date) -> int:
    """Write a list as CSV or, by the file's name, as XLSX; how many lines of the kind it has.

    XLSX holds the lists that belong together on several sheets; CSV holds one.
    """
    together = TOGETHER.get(kind, ()) if file.suffix.lower() == ".xlsx" else ()
    sheets = []
    for table in together or (TABLES[kind],):
        lines = _lines(table(session, today))
        sheets.append((table.sheet, [column.heading for column in table.columns], lines))
    write_file(file, sheets)
    return len(sheets[0][2])


def _lines(table: Table) -> list[Sequence[Shown]]:
    lines: list[Sequence[Shown]] = []
    for row in table.rows():
        values = [row.get(column.name) for column in table.columns]
        lines.append(
            [
                None if value is None else column.cell.show(value)
                for column, value in zip(table.columns, values, strict=True)
            ]
        )
    return lines
