"""What tests of lists have in common: writing small tables, running commands, reading results."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from openpyxl import Workbook, load_workbook

from app.languages import speaking

DATA = Path(__file__).parent.parent / "data"

SITE = {
    "Laukuma kods": "tirgus",
    "Laukums (lv)": "Tirgus",
    "Laukuma ģeogrāfiskais platums": "56,9655",
    "Laukuma ģeogrāfiskais garums": "23,1542",
    "Plāna platums, m": "100",
    "Plāna augstums, m": "70",
    "Zonas kods": "G",
    "Zona (lv)": "Galdi",
}
STALL = {"Rinda": "A", "X, m": "10", "Y, m": "5", "Platums, m": "2", "Dziļums, m": "1,2"}
VENDOR = {"Kods": "veju-kalni", "Nosaukums": "Vēju kalni", "Pagasts": "Engures pagasts"}


def run(app: Flask, *words: object) -> Result:
    """Run a command in English."""
    with speaking("en"):
        return app.test_cli_runner().invoke(args=[str(word) for word in words])


def good(result: Result) -> str:
    """The output of a command that ended well."""
    assert result.exit_code == 0, result.output
    return result.output


def refused(result: Result) -> str:
    """The output of a command that refused its work and said why."""
    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def as_csv(
    file: Path,
    rows: Iterable[dict[str, Any]],
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
) -> Path:
    """Write rows, whose keys are the headings, as an office would."""
    text = StringIO(newline="")
    lines = list(rows)
    headings = list(dict.fromkeys(name for row in lines for name in row))
    writer = csv.DictWriter(text, headings, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(lines)
    file.write_bytes(text.getvalue().encode(encoding))
    return file


def as_xlsx(file: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    """Write sheets of plain cells; what begins with "=" becomes a formula, as in Excel."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(file)
    return file


def cells(file: Path) -> dict[str, list[list[tuple[str, Any]]]]:
    """Every cell of an XLSX file by sheet: its kind for the spreadsheet, and its value."""
    book = load_workbook(file)
    return {
        sheet.title: [[(cell.data_type, cell.value) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


def csv_rows(file: Path) -> list[dict[str, str]]:
    """The lines of one of our CSV files by heading."""
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))
