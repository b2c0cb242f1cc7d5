"""Every bad cell is named by line, column and reason, and nothing is done by halves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from app.database import Database
from app.tables import importing
from app.tables.base import Outcome
from app.tables.columns import Entry
from app.tables.people import Vendors
from market.days.models import Festival, Placement
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.programme.models import Event, Venue
from tests.cli.lists import SITE, STALL, VENDOR, as_csv, good, refused, run
from vendors.listings.models import Good
from vendors.registry.models import Vendor

PLOT = SITE | STALL | {"Vieta": "A1", "Kārta rindā": "1", "No": "01.01.2026"}
EVENT = {"Nosaukums": "Koncerts", "Pirmā diena": "05.12.2026", "Norises vieta": "Durbes pils"}

USUAL = {
    "vendors": VENDOR,
    "goods": {
        "Tirgotājs": "veju-kalni",
        "Nosaukums": "Āboli",
        "Kategorija": "fruit",
        "Cena par": "1 kg",
    },
    "stories": {"Tirgotājs": "veju-kalni", "Valoda": "lv", "Īsais stāsts": "Esam Ķesterciemā."},
    "open-days": {
        "Tirgotājs": "veju-kalni",
        "Diena": "05.09.2027",
        "Sākums": "11.00",
        "Apraksts": "Nāciet ciemos.",
    },
    "stalls": PLOT,
    "placements": {"Diena": "24.11.2026", "Vieta": "A1", "Tirgotājs": "veju-kalni"},
    "events": EVENT,
    "festivals": {
        "Kods": "svetki",
        "Nosaukums": "Svētki",
        "Pirmā diena": "02.07.2027",
        "Pēdējā diena": "03.07.2027",
        "Ievads": "Nāciet!",
    },
    "hours": {"Nedēļas diena": "otrdiena", "Atver": "8.00", "Slēdz": "14.00"},
    "days": {"Diena": "24.11.2026", "Atver": "8.00", "Slēdz": "14.00"},
}
"""A line of each list with which nothing is wrong."""

BAD = {
    "vendors": [
        ({"Nosaukums": ""}, "empty. This must be filled in."),
        ({"Nosaukums": "x"}, "“x”. This is too short: at least 2 characters are needed."),
        ({"Nosaukums": "x" * 81}, "This is too long: please shorten it to 80 characters."),
        ({"Cita vieta": "x" * 81}, "This is too long: please shorten it to 80 characters."),
        ({"Nosaukums": "a\u202eb"}, "“a·b”. Here are characters that nobody sees"),
        ({"Kods": "Vēju kalni"}, "Only small letters without diacritics, digits and hyphens"),
        ({"Veids": "pirāts"}, "“pirāts”. This is not one of the possible words: "),
        ({"Kārtas numurs": "0"}, "“0”. This is too small: the smallest value is 1."),
        ({"Kārtas numurs": "2,5"}, "“2,5”. This is not a whole number."),
        ({"Pagasts": "Rīga"}, "There is no such parish or town."),
        ({"Pagasts": ""}, "empty. Please fill in the parish, or the other place"),
        ({"Cita vieta": "120383-11111"}, "“…”. This looks like a personal code"),
        ({"Ģeogrāfiskais garums": "", "Ģeogrāfiskais platums": "57"}, "Please fill in both coord"),
        ({"Tirgojas kopš": "1776"}, "the smallest value is 1900."),
        ({"Tālrunis": "12345"}, "“12345”. This is not a Latvian telephone number."),
        ({"E-pasts": "pie manis"}, "This is not an e-mail address."),
        ({"Rādīt tālruni": "varbūt"}, "Please write “jā” or “nē” here."),
        ({"Sertifikāts derīgs līdz": "31.02.2027"}, "This is not a day of the calendar."),
        ({"Vajadzīgais platums, m": "divi"}, "“divi”. This is not a number."),
        ({"Vajadzīgais platums, m": "0"}, "This must be more than 0."),
        ({"Elektrība, kW": "101"}, "This is too large: the largest value is 100."),
        ({"Zīmējuma ainava": "mars"}, "This is not one of the possible words: bog, coast,"),
        (
            {"Zīmējuma apraksts (lv)": "", "Zīmējuma apraksts (en)": "A house"},
            "empty. The Latvian text must be filled in.",
        ),
    ],
    "goods": [
        ({"Tirgotājs": "nav-tada"}, "No vendor has this code or name."),
        ({"Tirgotājs": ""}, "empty. This must be filled in."),
        ({"Cena, €": "dārgi"}, "“dārgi”. This is not a price in euros."),
        ({"Cena, €": "1,234"}, "“1,234”. This is not a price in euros."),
        ({"Cena par": "0 kg"}, "This is not an amount with a unit."),
        ({"Mēneši": "jūnijs, Ziemassvētki"}, "These are not months."),
        ({"Alergēni": "putekļi"}, "This is not one of the possible words:"),
        ({"Kategorija": "fruit", "Preču veids": "smoked_fish"}, "Goods of this kind belong to"),
    ],
    "stories": [({"Valoda": "latviski"}, "This is too long: please shorten it to 2 characters.")],
    "open-days": [({"Beigas": "10.00"}, "This is before the beginning.")],
    "stalls": [
        ({"Vieta": "vieta 1"}, "A stall's number has up to three capital letters"),
        ({"Zonas kods": ""}, "empty. This must be filled in."),
        ({"Zonas kods": "Z", "Zona (lv)": ""}, "This zone is not known."),
        (
            {
                "Laukuma kods": "cits",
                "Laukums (lv)": "",
                "Laukuma ģeogrāfiskais platums": "",
                "Laukuma ģeogrāfiskais garums": "",
                "Plāna platums, m": "",
                "Plāna augstums, m": "",
            },
            "This place is not known.",
        ),
        ({"Kārta rindā": ""}, "empty. This must be filled in."),
        ({"Platums, m": "60"}, "the largest value is 50."),
        ({"Līdz": "31.12.2025"}, "This is before the beginning."),
        ({"Zīmes kods": "AAAAA"}, "No sign can have this code."),
    ],
    "placements": [
        ({"Diena": "rīt"}, "This is not a day of the calendar."),
        ({"Vieta": "A1", "Diena": "24.11.2025"}, "On 24.11.2025 this stall is not on the plan."),
        ({"Vieta": "Z9"}, "There is no stall with this number."),
        ({"Tirgotājs": "nav-tada"}, "No vendor has this code or name."),
        ({"Pamats": "draudzība"}, "This is not one of the possible words:"),
    ],
    "events": [
        ({"Pirmā diena": ""}, "empty. This must be filled in."),
        ({"Nosaukums": ""}, "empty. This must be filled in."),
        ({"Sākums": "vakarā"}, "“vakarā”. This is not a time."),
        ({"Sākums": "24.00"}, "24.00 is 0.00 of the next day."),
        ({"Pēdējā diena": "04.12.2026"}, "This is before the beginning."),
        ({"Svētku kods": "nav"}, "No festival has this code."),
        ({"Identifikators": "x" * 81}, "An identifier has at most 80 characters and no blanks."),
        ({"Ieeja": "mīlestība"}, "This is not one of the possible words:"),
    ],
    "festivals": [({"Pēdējā diena": "01.07.2027"}, "This is before the beginning.")],
    "hours": [
        ({"Slēdz": "7.00"}, "This is before the beginning."),
        ({"Nedēļas diena": "vakardiena"}, "This is not one of the possible words: pirmdiena,"),
    ],
    "days": [({"Atver": "", "Slēdz": "14.00"}, "empty. Please fill in both, this and “Slēdz”")],
}
"""What is wrong, by list: cells, the first of them the one that is to be named, and the reason."""


@pytest.fixture
def ready_app(empty_app: Flask, tmp_path: Path) -> Flask:
    """A market with one vendor and one stall."""
    good(run(empty_app, "import", "vendors", as_csv(tmp_path / "ready-v.csv", [VENDOR])))
    good(run(empty_app, "import", "stalls", as_csv(tmp_path / "ready-s.csv", [PLOT])))
    return empty_app


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_cell_is_named_by_line_column_and_reason(
    ready_app: Flask, tmp_path: Path, kind: str
) -> None:
    for wrong, sentence in BAD[kind]:
        file = as_csv(tmp_path / "bad.csv", [USUAL[kind] | wrong])
        output = refused(run(ready_app, "import", kind, file))
        (complaint,) = [line for line in output.splitlines() if line.startswith("Line ")]
        assert complaint.split(": ")[0] == f"Line 2, column “{next(iter(wrong))}”"
        assert sentence in complaint


def test_usual_lines_are_taken(ready_app: Flask, tmp_path: Path) -> None:
    for kind, row in USUAL.items():
        output = good(run(ready_app, "import", kind, as_csv(tmp_path / "usual.csv", [row])))
        assert "New: 1." in output or "The market has all of this already" in output


def test_a_misspelt_column_is_named(empty_app: Flask, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "v.csv", [VENDOR | {"Kārta numurs": "3"}])
    output = refused(run(empty_app, "import", "vendors", file))
    assert "Line 1, column “Kārta numurs”: “Kārta numurs”. There is no such column." in output
    assert "Is “Kārtas numurs” meant?" in output


def test_a_farm_of_our_parishes_lies_in_the_novads(empty_app: Flask, tmp_path: Path) -> None:
    far = VENDOR | {"Ģeogrāfiskais platums": "56,95", "Ģeogrāfiskais garums": "24,11"}
    output = refused(run(empty_app, "import", "vendors", as_csv(tmp_path / "v.csv", [far])))
    assert "column “Ģeogrāfiskais garums”: “24,11”. This place is outside Tukums novads" in output
    guest = far | {"Pagasts": "", "Cita vieta": "Rīga"}
    good(run(empty_app, "import", "vendors", as_csv(tmp_path / "v.csv", [guest])))


def test_all_bad_cells_are_named_at_once(empty_app: Flask, tmp_path: Path) -> None:
    rows = [
        VENDOR | {"Tālrunis": "1", "E-pasts": "x", "Rādīt tālruni": "varbūt"},
        VENDOR | {"Kods": "otrs", "Tālrunis": "26123456", "E-pasts": "x"},
        VENDOR | {"Kods": "tresais", "Pagasts": ""},
    ]
    output = refused(run(empty_app, "import", "vendors", as_csv(tmp_path / "v.csv", rows)))
    assert [line.split("”")[0] for line in output.splitlines() if line.startswith("Line")] == [
        "Line 2, column “Tālrunis",
        "Line 2, column “Rādīt tālruni",
        "Line 3, column “E-pasts",
        "Line 4, column “Pagasts",
    ]


def test_a_list_with_the_same_vendor_twice_is_refused(empty_app: Flask, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "v.csv", [VENDOR, VENDOR])
    output = refused(run(empty_app, "import", "vendors", file))
    assert "Line 3, column “Kods”: “veju-kalni”. The same stands in line 2 already." in output


def test_missing_and_repeated_columns_are_named(empty_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("Diena;Vieta;Vieta\n24.11.2026;A1;A1\n")
    output = refused(run(empty_app, "import", "placements", file))
    assert "Line 1, column “Vieta”: “Vieta”. Two columns have this heading." in output
    assert "Line 1, column “Tirgotājs”: empty. The table lacks this column." in output


def test_a_cell_outside_the_columns_is_named(empty_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    file.write_text("Nosaukums;Pagasts\nVēju kalni;Engure;par daudz\n")
    output = refused(run(empty_app, "import", "vendors", file))
    assert "Line 2: This cell stands outside the columns of the table." in output


# Nothing by halves.

KEPT_TABLES = (Vendor, Good, Site, Zone, Stall, StallOnPlan, Placement, Venue, Event, Festival)


def _rows(market: Database) -> dict[str, list[dict[str, Any]]]:
    with market.reading() as session:
        return {
            table.__name__: [row.model_dump() for row in session.exec(select(table))]
            for table in KEPT_TABLES
        }


def _two_good_and_one_bad(kind: str) -> list[dict[str, str]]:
    if kind == "vendors":
        return [
            VENDOR | {"Kods": "pirmais"},
            VENDOR | {"Kods": "otrais", "E-pasts": "x"},
            VENDOR | {"Kods": "tresais"},
        ]
    if kind == "stalls":
        wrong = PLOT | {"Vieta": "A2", "Kārta rindā": "1"}
        return [PLOT, wrong, PLOT | {"Vieta": "A3", "Kārta rindā": "3"}]
    return [
        EVENT,
        EVENT | {"Nosaukums": "Balle", "Svētku kods": "nav"},
        EVENT | {"Nosaukums": "Teātris", "Norises vieta": "Estrāde"},
    ]


def _nothing_is_done_by_halves(app: Flask, market: Database, folder: Path, kind: str) -> None:
    before = _rows(market)
    file = as_csv(folder / "list.csv", _two_good_and_one_bad(kind))
    refused(run(app, "import", kind, file))
    assert _rows(market) == before


@pytest.mark.parametrize("kind", ["vendors", "stalls", "events"])
def test_nothing_is_done_by_halves(
    empty_app: Flask, empty_market: Database, tmp_path: Path, kind: str
) -> None:
    _nothing_is_done_by_halves(empty_app, empty_market, tmp_path, kind)


class CommittingVendors(Vendors):
    """A broken list that keeps every line at once."""

    def take(self, entry: Entry) -> Outcome:
        outcome = super().take(entry)
        self.session.commit()
        return outcome


@pytest.fixture
def broken_lists(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The twin: the product commits after each line."""
    monkeypatch.setitem(importing.TABLES, "vendors", CommittingVendors)
    monkeypatch.setitem(importing.TOGETHER, "vendors", (CommittingVendors,))
    yield


@pytest.mark.usefixtures("broken_lists")
def test_twin_a_list_that_commits_line_by_line_is_noticed(
    empty_app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    with pytest.raises(AssertionError):
        _nothing_is_done_by_halves(empty_app, empty_market, tmp_path, "vendors")


@pytest.mark.parametrize("kind", ["vendors", "stalls", "events"])
def test_a_dry_run_says_what_would_be_done_and_writes_nothing(
    empty_app: Flask, empty_market: Database, tmp_path: Path, kind: str
) -> None:
    before = _rows(empty_market)
    rows = _two_good_and_one_bad(kind)
    file = as_csv(tmp_path / "list.csv", [rows[0], rows[2]])
    output = good(run(empty_app, "import", kind, file, "--dry-run"))
    assert "Line 2: new: " in output and "Line 3: new: " in output
    assert "Nothing was written. What could be: new: 2, changed: 0, unchanged: 0." in output
    assert _rows(empty_market) == before


@pytest.mark.parametrize("kind", ["vendors", "stalls", "events"])
def test_bad_lines_can_be_left_out(
    empty_app: Flask, empty_market: Database, tmp_path: Path, kind: str
) -> None:
    file = as_csv(tmp_path / "list.csv", _two_good_and_one_bad(kind))
    output = good(run(empty_app, "import", kind, file, "--skip-bad"))
    assert "Line 3, column " in output
    assert "Written. New: 2. Changed: 0. Unchanged: 0." in output
    table = {"vendors": Vendor, "stalls": Stall, "events": Event}[kind]
    assert len(_rows(empty_market)[table.__name__]) == 2


def test_when_all_lines_are_bad_nothing_is_written_nor_called_good(
    empty_app: Flask, tmp_path: Path
) -> None:
    file = as_csv(tmp_path / "v.csv", [VENDOR | {"Tālrunis": "1"}])
    assert "Nothing was written." in refused(
        run(empty_app, "import", "vendors", file, "--skip-bad")
    )


def test_a_dry_run_names_what_changes(ready_app: Flask, tmp_path: Path) -> None:
    changed = VENDOR | {"Tālrunis": "26123456", "Cita vieta": "Kesterciems"}
    file = as_csv(tmp_path / "v.csv", [changed])
    output = good(run(ready_app, "import", "vendors", file, "--dry-run"))
    assert "Line 2: changed: Vēju kalni (Cita vieta, Tālrunis)" in output
