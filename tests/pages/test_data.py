"""The CSV files under `/dati/`: the same as the JSON, and harmless in a spreadsheet."""

import re
from typing import Any

import pytest
from flask import Flask

from app.api.tables import TABLES, Table
from tests.careful_client import CarefulClient
from tests.pages.open_data import HOSTILE, lines_of, plant

TOLD_ELSEWHERE = {"vendors": {"goods", "photographs"}}
"""Lists of a vendor that do not fit into one line; goods have a table of their own."""

FORMULA = re.compile(r"[=+\-@\t\r]")


@pytest.fixture
def reader(empty_app: Flask) -> CarefulClient:
    """A reader of the planted market."""
    plant(empty_app)
    return CarefulClient(empty_app)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_has_every_column_and_no_empty_promise(table: Table) -> None:
    told = {column.split(".")[0] for column in table.columns}
    shape = set(table.resource.item.model_fields)
    if table.name == "goods":
        shape = {
            "vendor",
            *table.resource.item.model_fields["goods"].annotation.__args__[0].model_fields,
        }
    assert told == shape - TOLD_ELSEWHERE.get(table.name, set())
    assert len(table.columns) == len(set(table.columns))


def at(item: Any, column: str) -> Any:
    for part in column.split("."):
        item = item.get(part) if item else None
    return item


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_says_the_same_as_the_json(visitor: CarefulClient, table: Table) -> None:
    items = visitor.fetch(f"/api/v1/{table.resource.name}").get_json()["items"]
    if table.name == "goods":
        items = [{"vendor": one["slug"], **good} for one in items for good in one["goods"]]
    answer = visitor.fetch(f"/dati/{table.name}.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = lines_of(answer.data)
    assert list(lines[0]) == list(table.columns)
    assert [[shown(at(item, column)) for column in table.columns] for item in items] == [
        list(line.values()) for line in lines
    ]


def shown(value: Any) -> str:
    """A value of the JSON as a Latvian spreadsheet has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "jā" if value else "nē"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nav"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        year, month, day = str(value).split("-")
        return f"{day}.{month}.{year}"
    return f"'{value}" if FORMULA.match(str(value)) else str(value)


def formulas(lines: list[dict[str, str]]) -> list[str]:
    return [cell for line in lines for cell in line.values() if FORMULA.match(cell)]


@pytest.mark.parametrize("name", ["stalls", "vendors", "goods", "events"])
def test_no_cell_is_a_formula(reader: CarefulClient, name: str) -> None:
    lines = lines_of(reader.fetch(f"/dati/{name}.csv").data)
    assert formulas(lines) == []
    assert f"'{HOSTILE}" in {cell for line in lines for cell in line.values()}
    # Twin: the same texts as they are.
    bare = [{name: cell.removeprefix("'") for name, cell in line.items()} for line in lines]
    assert HOSTILE in formulas(bare)


def test_a_table_takes_the_same_questions(reader: CarefulClient) -> None:
    def slugs(question: str) -> list[str]:
        lines = lines_of(reader.fetch(f"/dati/vendors.csv?{question}").data)
        return sorted(line["slug"] for line in lines)

    assert slugs("q=kirsi") == ["kirsi"]
    assert slugs("sodien=1") == ["naidigs", "rada"]
    assert slugs("lapa=2&skaits=1") == ["kirsi", "naidigs", "rada"]


def test_a_table_is_saved_under_a_telling_name(visitor: CarefulClient) -> None:
    answer = visitor.fetch("/dati/stalls.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="tukuma-tirgus-stalls.csv"'
    )
    visitor.fetch("/dati/vendor.csv", 404)


@pytest.mark.parametrize(
    ("address", "title"),
    [("/dati/", "Atvērtie dati"), ("/lv/dati/", "Atvērtie dati"), ("/en/dati/", "Open data")],
)
def test_the_page_leads_to_every_table_and_to_the_description(
    visitor: CarefulClient, address: str, title: str
) -> None:
    page = visitor.get(address)
    assert page.h1 == title
    links = [link["href"] for link in page.main.all("a")]
    assert [link for link in links if link.endswith(".csv")] == [
        f"/dati/{table.name}.csv" for table in TABLES
    ]
    assert "/api/v1/openapi.json" in links
    for link in links:
        visitor.fetch(link)


def test_the_page_needs_no_market(empty_app: Flask) -> None:
    assert CarefulClient(empty_app).get("/dati/").h1 == "Atvērtie dati"
