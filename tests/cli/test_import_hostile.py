"""Names that would do harm in a spreadsheet stay text, and hidden ones never come in."""

from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select

from app.database import Database
from app.tables.files import armoured, read_file
from tests.cli.lists import VENDOR, as_csv, cells, csv_rows, good, refused, run
from vendors.registry.models import Vendor

HOSTILE = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","x")',
    "+371 nav numurs",
    "-2+3",
    "@SUM(1,1)",
    "'=jau ar apostrofu",
    "''=ar diviem",
    "'parasts apostrofs",
    "<img src=x onerror=alert(1)>",
    "${7*7} `x` {{7*7}}",
    'a;b"c,d',
    "divas\nrindas",
    "=\n1",
)


@pytest.fixture
def hostile_app(empty_app: Flask, empty_market: Database) -> Flask:
    """A market with a vendor for each hostile name."""
    with empty_market.writing() as session:
        for number, name in enumerate(HOSTILE):
            session.add(Vendor(slug=f"v{number:02}", name=name, other_place="Rīga"))
        session.commit()
    return empty_app


def test_a_csv_file_holds_no_formula(hostile_app: Flask, tmp_path: Path) -> None:
    good(run(hostile_app, "export", "vendors", tmp_path / "v.csv"))
    names = [row["Nosaukums"] for row in csv_rows(tmp_path / "v.csv")]
    assert names[:4] == [
        "'=cmd|' /C calc'!A0",
        '\'=HYPERLINK("http://evil.example","x")',
        "'+371 nav numurs",
        "'-2+3",
    ]
    shown = [value for row in csv_rows(tmp_path / "v.csv") for value in row.values()]
    assert not [value for value in shown if value.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_an_xlsx_file_holds_no_formula(hostile_app: Flask, tmp_path: Path) -> None:
    good(run(hostile_app, "export", "vendors", tmp_path / "v.xlsx"))
    kinds = {
        kind for rows in cells(tmp_path / "v.xlsx").values() for row in rows for kind, _ in row
    }
    assert "f" not in kinds
    texts = [
        value
        for rows in cells(tmp_path / "v.xlsx").values()
        for row in rows
        for _kind, value in row
        if isinstance(value, str)
    ]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_hostile_names_come_back_as_they_were(
    hostile_app: Flask, empty_market: Database, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"v.{ending}"
    good(run(hostile_app, "export", "vendors", file))
    assert "already" in good(run(hostile_app, "import", "vendors", file))
    with empty_market.writing() as session:
        for vendor in session.exec(select(Vendor)):
            session.delete(vendor)
        session.commit()
    assert f"New: {len(HOSTILE)}." in good(run(hostile_app, "import", "vendors", file))
    with empty_market.reading() as session:
        names = session.exec(select(Vendor.name).order_by(Vendor.slug)).all()
    assert tuple(names) == HOSTILE


HIDDEN = {
    "Vēju\u202ekalni": "Vēju·kalni",
    "Vēju\u200bkalni": "Vēju·kalni",
    "Vēju\u0007kalni": "Vēju·kalni",
    "\ue000Vēju kalni": "·Vēju kalni",
    "Vēju\x1b[31mkalni": "Vēju·[31mkalni",
}
"""Names with characters that nobody sees, and how they are shown in the complaint."""


def test_hidden_characters_are_refused_and_not_shown_again(
    empty_app: Flask, tmp_path: Path
) -> None:
    file = as_csv(tmp_path / "v.csv", [VENDOR | {"Nosaukums": name} for name in HIDDEN])
    output = refused(run(empty_app, "import", "vendors", file))
    for line, (hidden, shown) in enumerate(HIDDEN.items(), start=2):
        complaint = f"Line {line}, column “Nosaukums”: “{shown}”. Here are characters that nobody"
        assert complaint in output
        assert hidden not in output


def test_personal_codes_are_refused_and_not_repeated(empty_app: Flask, tmp_path: Path) -> None:
    codes = ("120383-11111", "12038311111", "32123456789", "321234-56789")
    columns = ("Nosaukums", "Cita vieta", "Bioloģiskais sertifikāts")
    rows = [VENDOR | dict.fromkeys(columns, f"Jānis {code}") for code in codes]
    output = refused(run(empty_app, "import", "vendors", as_csv(tmp_path / "v.csv", rows)))
    for line, code in enumerate(codes, start=2):
        assert code not in output
        for column in columns:
            assert f"Line {line}, column “{column}”: “…”. This looks like a personal" in output


def test_names_of_columns_and_sheets_cannot_speak_to_the_terminal(
    empty_app: Flask, tmp_path: Path
) -> None:
    file = as_csv(tmp_path / "v.csv", [VENDOR | {"\x1b[2Jsvešs": "x"}])
    output = good(run(empty_app, "import", "vendors", file))
    assert "“·[2Jsvešs”" in output


@pytest.mark.parametrize("text", HOSTILE)
def test_the_apostrophe_comes_and_goes(tmp_path: Path, text: str) -> None:
    file = as_csv(tmp_path / "t.csv", [{"a": armoured(text), "b": "x"}])
    assert read_file(file).sheets[0].lines[1].cells == (text, "x")
