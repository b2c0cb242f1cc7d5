"""What is exported is imported again, whole: into an empty market, as CSV and as XLSX."""

from pathlib import Path

import pytest
from flask import Flask

from app.tables.importing import TABLES, TOGETHER
from tests.cli.lists import cells, good, refused, run

IN_ORDER = (
    "vendors",
    "goods",
    "stories",
    "open-days",
    "stalls",
    "festivals",
    "hours",
    "days",
    "placements",
    "events",
)
"""Who is named must be there: vendors before their goods, stalls before placements."""


def _export(app: Flask, folder: Path, ending: str) -> dict[str, Path]:
    folder.mkdir()
    files = {kind: folder / f"{kind}.{ending}" for kind in IN_ORDER}
    for kind, file in files.items():
        good(run(app, "export", kind, file))
    return files


def _import(app: Flask, files: dict[str, Path]) -> list[str]:
    return [good(run(app, "import", kind, file)) for kind, file in files.items()]


def test_every_list_has_its_place_in_the_order() -> None:
    assert set(IN_ORDER) == set(TABLES)
    assert {table.name for tables in TOGETHER.values() for table in tables} < set(TABLES)


def test_a_market_loaded_from_its_lists_gives_the_same_lists_as_csv(
    demo_app: Flask, empty_app: Flask, tmp_path: Path
) -> None:
    before = _export(demo_app, tmp_path / "before", "csv")
    assert all("Written. New: " in output for output in _import(empty_app, before))
    after = _export(empty_app, tmp_path / "after", "csv")
    for kind in IN_ORDER:
        assert before[kind].read_bytes() == after[kind].read_bytes(), kind


def test_a_market_loaded_from_its_lists_gives_the_same_lists_as_xlsx(
    demo_app: Flask, empty_app: Flask, tmp_path: Path
) -> None:
    before = _export(demo_app, tmp_path / "before", "xlsx")
    _import(empty_app, before)
    after = _export(empty_app, tmp_path / "after", "xlsx")
    for kind in IN_ORDER:
        assert cells(before[kind]) == cells(after[kind]), kind


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_importing_an_export_changes_nothing(demo_app: Flask, tmp_path: Path, ending: str) -> None:
    files = _export(demo_app, tmp_path / "lists", ending)
    for output in _import(demo_app, files):
        assert "The market has all of this already" in output


def test_a_workbook_of_vendors_holds_goods_stories_and_open_days(
    demo_app: Flask, tmp_path: Path
) -> None:
    good(run(demo_app, "export", "vendors", tmp_path / "v.xlsx"))
    assert list(cells(tmp_path / "v.xlsx")) == [
        "tirgotaji",
        "preces",
        "stasti",
        "atverto_durvju_dienas",
    ]


def test_lists_are_written_as_latvian_spreadsheets_want_them(
    demo_app: Flask, tmp_path: Path
) -> None:
    good(run(demo_app, "export", "hours", tmp_path / "h.csv"))
    assert (tmp_path / "h.csv").read_bytes().decode().split("\r\n") == [
        "\ufeffLaukuma kods;Nedēļas diena;Atver;Slēdz;No;Līdz",
        "tirgus;otrdiena;08:00;14:00;01.01.2026;",
        "tirgus;piektdiena;08:00;14:00;01.01.2026;",
        "tirgus;sestdiena;08:00;14:00;01.01.2026;",
        "",
    ]


def test_a_stall_keeps_the_code_of_its_printed_sign(
    demo_app: Flask, empty_app: Flask, tmp_path: Path
) -> None:
    good(run(demo_app, "export", "stalls", tmp_path / "s.csv"))
    assert "new sign" not in good(run(empty_app, "import", "stalls", tmp_path / "s.csv"))


def test_export_wants_a_list_and_a_file(demo_app: Flask, tmp_path: Path) -> None:
    for words in (["export"], ["export", "vendors"]):
        assert run(demo_app, *words).exit_code == 2
    output = refused(run(demo_app, "export", "vendors", tmp_path / "no" / "folder.csv"))
    assert "folder.csv cannot be written: No such file or directory" in output


def test_the_whole_market_is_written_as_text(demo_app: Flask, tmp_path: Path) -> None:
    good(run(demo_app, "export", "--canonical", tmp_path / "text"))
    names = {file.name for file in (tmp_path / "text").iterdir()}
    assert {"vendor.jsonl", "stall.jsonl", "placement.jsonl", "event.jsonl"} <= names
