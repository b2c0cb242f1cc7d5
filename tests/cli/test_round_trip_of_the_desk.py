"""What only the desk enters goes out in lists and in again: equipment, weather, drafts."""

import csv
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import col, select

from app.database import Database
from market.days.models import MarketDay
from market.places.models import StallOnPlan
from market.programme.models import Event, EventPerformer
from tests.cli.lists import SITE, STALL, VENDOR, as_csv, good, refused, run

EVENT = {
    "Nosaukums (lv)": "Gājiens", "Pirmā diena": "17.07.2027", "Sākums": "18:00",
    "Dalībnieki": "Vēju kalni; Pūtēju orķestris", "Iekārtošana, min": "45", "Novākšana, min": "15",
    "Rindas, kurām iet cauri": "G:B, G:A", "Skaļš": "jā", "Publicēts": "nē",
}  # fmt: skip
LISTS = {
    "vendors": VENDOR,
    "stalls": SITE | STALL | {
        "Vieta": "A1", "Kārta rindā": "1", "No": "01.01.2026", "Dzesēšana": "jā",
        "Vieta automašīnai": "jā", "Paredzēta precēm": "Zivis, Olas",
    },
    "days": {
        "Laukuma kods": "tirgus", "Diena": "18.12.2026", "Atver": "9:00", "Slēdz": "15:00",
        "Laikapstākļi (lv)": "Gaidāms sals.",
    },
    "events": EVENT,
}  # fmt: skip


def _load(app: Flask, folder: Path, kind: str, row: dict[str, str]) -> str:
    return good(run(app, "import", kind, as_csv(folder / f"{kind}.csv", [row])))


def _line(file: Path) -> dict[str, str]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        [line] = csv.DictReader(opened, delimiter=";")
    return line


def test_what_only_the_desk_enters_goes_out_and_in(
    empty_app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    for kind, row in LISTS.items():
        _load(empty_app, tmp_path, kind, row)
    with empty_market.reading() as session:
        stall = session.exec(select(StallOnPlan)).one()
        assert (stall.cooling, stall.vehicle, stall.reserved_for) == (True, True, ["fish", "eggs"])
        assert session.exec(select(MarketDay)).one().weather == {"lv": "Gaidāms sals."}
        event = session.exec(select(Event)).one()
        assert (event.set_up_min, event.clearing_min) == (45, 15)
        assert (event.crosses, event.loud, event.published) == (["G:A", "G:B"], True, False)
        performers = session.exec(select(EventPerformer).order_by(col(EventPerformer.position)))
        named = [(one.name, one.vendor_id is not None) for one in performers]
        assert named == [("Vēju kalni", True), ("Pūtēju orķestris", False)]
    for kind, row in LISTS.items():
        file = tmp_path / f"{kind}-out.csv"
        good(run(empty_app, "export", kind, file))
        told = _line(file)
        expected = {name: text for name, text in row.items() if name not in _WRITTEN_OTHERWISE}
        assert {name: told[name] for name in expected} == expected
        assert "The market has all of this already" in good(run(empty_app, "import", kind, file))


_WRITTEN_OTHERWISE = {
    "Pirmā diena", "Diena", "No", "Sākums", "Atver", "Slēdz", "Rindas, kurām iet cauri", "Pagasts",
}  # fmt: skip
"""Days and hours are written by their own rule; rows are put in order."""


def test_names_with_semicolons_stand_on_lines_of_their_own(
    empty_app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    _load(empty_app, tmp_path, "events", EVENT | {"Dalībnieki": "Deja; dziesma\nKoris"})
    file = tmp_path / "out.csv"
    good(run(empty_app, "export", "events", file))
    assert _line(file)["Dalībnieki"] == "Deja; dziesma\nKoris"
    fewer = {"Identifikators": _line(file)["Identifikators"], **EVENT, "Dalībnieki": "Koris"}
    assert "Changed: 1" in _load(empty_app, tmp_path, "events", fewer)
    with empty_market.reading() as session:
        assert [row.name for row in session.exec(select(EventPerformer))] == ["Koris"]
        event = session.exec(select(Event)).one()
        assert (event.sequence, event.version, event.first_day) == (1, 2, date(2027, 7, 17))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"Dalībnieki": "K" * 121}, "Dalībnieki"),
        ({"Rindas, kurām iet cauri": "pie strūklakas"}, "Rindas, kurām iet cauri"),
        ({"Iekārtošana, min": "1441"}, "Iekārtošana, min"),
    ],
)
def test_what_cannot_be_is_named(
    empty_app: Flask, tmp_path: Path, cell: dict[str, str], said: str
) -> None:
    file = as_csv(tmp_path / "events.csv", [EVENT | cell])
    assert said in refused(run(empty_app, "import", "events", file))
