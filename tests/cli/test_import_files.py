"""A list is read as it comes: with any separator and encoding, from Excel with its dates."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select

from app import create_app
from app.database import Database
from app.languages import speaking
from app.tables import files
from app.tables.files import FileError, Formula, read_file
from market.programme.models import Event
from tests.cli.lists import VENDOR, as_csv, as_xlsx, good, refused, run
from tests.conftest import close, settings_for
from vendors.registry.models import Vendor


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1257", "utf-16"])
def test_every_separator_and_encoding_of_an_office_is_understood(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    rows = [VENDOR, VENDOR | {"Nosaukums": f"Ķirši{delimiter} āboli"}]
    file = as_csv(tmp_path / "v.csv", rows, delimiter=delimiter, encoding=encoding)
    (sheet,) = read_file(file).sheets
    assert [line.cells for line in sheet.lines] == [
        ("Kods", "Nosaukums", "Pagasts"),
        ("veju-kalni", "Vēju kalni", "Engures pagasts"),
        ("veju-kalni", f"Ķirši{delimiter} āboli", "Engures pagasts"),
    ]


def test_headings_are_latvian_or_the_names_of_fields(empty_app: Flask, tmp_path: Path) -> None:
    for heading in ("Nosaukums", "nosaukums", "NOSAUKUMS ", "name", "Name"):
        file = as_csv(tmp_path / "v.csv", [{heading: "Vēju kalni", "Pagasts": "Engure"}])
        assert "new: 1" in good(run(empty_app, "import", "vendors", file, "--dry-run"))


def test_lines_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    file.write_text('Nosaukums;Pagasts\r\n\r\n"divas\nrindas";Tume\r\nviena;Tume\r\n')
    (sheet,) = read_file(file).sheets
    assert [line.number for line in sheet.lines] == [1, 3, 4]


def test_headings_may_stand_under_a_title(empty_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    for separator in ";,\t":
        table = "Nosaukums;Pagasts\nVēju kalni;Engure\n".replace(";", separator)
        file.write_text(f"Tirgotāji, 2026; vasara, rudens\n\n{table}")
        assert "new: 1" in good(run(empty_app, "import", "vendors", file, "--dry-run"))


EXCEL = (
    ("teksts", "teksts"),
    (12, "12"),
    (12.0, "12"),
    (2.5, "2,5"),
    (True, "jā"),
    (date(2024, 8, 10), "2024-08-10"),
    (datetime(2024, 8, 10), "2024-08-10"),
    (datetime(2024, 8, 10, 18, 0), "2024-08-10 18:00"),
    (time(18, 5), "18:05"),
    (timedelta(hours=24), "24:00"),
    (timedelta(hours=9, minutes=59, seconds=59.9), "10:00"),
    ("  malas  ", "malas"),
    ("'=1+1", "=1+1"),
    ("'teksts", "'teksts"),
)


def test_cells_of_excel_are_read_as_people_see_them(tmp_path: Path) -> None:
    file = as_xlsx(tmp_path / "t.xlsx", a=[[value] for value, _read in EXCEL])
    (sheet,) = read_file(file).sheets
    assert [line.cells[0] for line in sheet.lines] == [read for _value, read in EXCEL]


def test_dates_and_times_of_excel_make_an_event(
    empty_app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    headings = ["Nosaukums", "Pirmā diena", "Sākums", "Norises vieta"]
    line = ["Koncerts", date(2026, 12, 5), time(18, 5), "Durbes pils"]
    file = as_xlsx(tmp_path / "e.xlsx", pasakumi=[headings, line])
    good(run(empty_app, "import", "events", file))
    with empty_market.reading() as session:
        event = session.exec(select(Event)).one()
    assert (event.first_day, event.starts) == (date(2026, 12, 5), time(18, 5))


def test_a_formula_is_never_calculated_and_named(empty_app: Flask, tmp_path: Path) -> None:
    file = as_xlsx(
        tmp_path / "v.xlsx",
        tirgotaji=[["Nosaukums", "Pagasts"], ['="Vēju "&"kalni"', "Engure"]],
    )
    (sheet,) = read_file(file).sheets
    assert isinstance(sheet.lines[1].cells[0], Formula)
    assert 'Line 2, column “Nosaukums”: “="Vēju "&"kalni"”. Here is a formula.' in refused(
        run(empty_app, "import", "vendors", file)
    )


def test_running_numbers_may_be_formulas(empty_app: Flask, tmp_path: Path) -> None:
    file = as_xlsx(
        tmp_path / "e.xlsx",
        a=[["Nr.", "Datums", "Pasākums", "Vieta"], ["=ROW()", "5.12.2026", "Koncerts", "Pils"]],
    )
    assert "New: 1" in good(run(empty_app, "import", "events", file))


def _bytes(content: bytes) -> Callable[[Path], object]:
    return lambda file: file.write_bytes(content)


def _archive_that_unpacks_to(size: int) -> Callable[[Path], object]:
    def write(file: Path) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)

    return write


def _many(lines: int, columns: int) -> Callable[[Path], object]:
    def write(file: Path) -> None:
        file.write_text("\n".join(";".join(["x"] * columns) for _line in range(lines)))

    return write


def _laughs(file: Path) -> None:
    as_xlsx(file, a=[["Nosaukums"], ["x"]])
    bomb = '<!DOCTYPE z [<!ENTITY a "' + "ha" * 1000 + '">'
    for number in range(1, 9):
        inner = f"&{chr(96 + number)};" * 20
        bomb += f'<!ENTITY {chr(97 + number)} "{inner}">'
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = bomb.encode() + b"]>" + parts[name].replace(b"<t>x</t>", b"<t>&i;</t>")
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (lambda _file: None, "There is no file"),
        (_bytes(b"0" * 12_000_001), "larger than 12 MB"),
        (_bytes(b"\xd0\xcf\x11\xe0 old"), "old or protected Excel file"),
        (_bytes(b"PK\x03\x04 torn"), "This XLSX file is damaged"),
        (_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "not a table we can read"),
        (_bytes(b'Nosaukums;Pagasts\n"a;b\n'), "quotation marks around the cells do not match"),
        (_archive_that_unpacks_to(150_000_001), "too large when unpacked"),
        (_laughs, "This XLSX file is damaged"),
        (_many(50_001, 1), "more than 50000 lines or 200 columns"),
        (_many(2, 201), "more than 50000 lines or 200 columns"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(
    tmp_path: Path, write: Callable[[Path], object], sentence: str
) -> None:
    file = tmp_path / "list"
    write(file)
    with speaking("en"), pytest.raises(FileError, match=sentence):
        read_file(file)


def test_the_operator_reads_why_a_file_is_refused(empty_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    for content, sentence in (
        ("", "The table is empty."),
        ("\n\n", "The table is empty."),
        ("Lorem;ipsum\na;b\n", "None of the headings is known. The list has these: Kods, "),
        ('Nosaukums\n"x', "The quotation marks around the cells do not match near line 2."),
    ):
        file.write_text(content)
        assert f"Error: {sentence}" in refused(run(empty_app, "import", "vendors", file))


def test_a_sheet_may_claim_a_million_empty_lines(tmp_path: Path) -> None:
    file = as_xlsx(tmp_path / "v.xlsx", a=[["Nosaukums"], ["Vēju kalni"]])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in parts[name]
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    (sheet,) = read_file(file).sheets
    assert len(sheet.lines) == 2


def test_a_row_far_below_is_refused_not_filled_up(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"], book.active["A1048576"] = "Nosaukums", "x"
    book.save(tmp_path / "v.xlsx")
    with pytest.raises(FileError, match="50000"):
        read_file(tmp_path / "v.xlsx")


def test_what_is_written_beside_never_stays(tmp_path: Path) -> None:
    files.write_file(tmp_path / "v.csv", [("a", ["Nosaukums"], [["x"]])])
    assert [file.name for file in tmp_path.iterdir()] == ["v.csv"]


def test_columns_nobody_reads_are_named(
    empty_app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    file = as_csv(tmp_path / "v.csv", [VENDOR | {"Mūsu piezīmes": "mīļi cilvēki"}])
    output = good(run(empty_app, "import", "vendors", file))
    assert "These columns are not read: “Mūsu piezīmes”." in output
    with empty_market.reading() as session:
        assert session.exec(select(Vendor)).one().slug == "veju-kalni"


def test_without_tables_the_operator_reads_what_to_do(tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path))
    file = as_csv(tmp_path / "v.csv", [VENDOR])
    for words in (["import", "vendors", file], ["export", "vendors", tmp_path / "x.csv"]):
        output = refused(run(app, *words))
        assert "has no tables yet (flask init). Nothing was written." in output
    close(app)
