"""The market's numbers: pictures with the same numbers in tables, as pages and as a spreadsheet."""

import time
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlmodel import func, insert, select

from app.database import database
from app.demo.openings import write_openings
from app.languages import speaking
from app.numbers_of_market import Section, sections
from market.days.models import MarketDay, Placement, Presence
from market.places.models import Stall
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient
from tests.office.big_market import write_big_market
from vendors.fields import identity
from vendors.listings.models import Good
from vendors.registry.models import Vendor

FIRST, LAST = date(2026, 10, 1), date(2026, 11, 24)
ASKED = f"?no={FIRST.isoformat()}&lidz={LAST.isoformat()}"


@pytest.fixture
def opened(demo_app: Flask) -> None:
    """The demonstration with openings of its signs."""
    with changing(demo_app) as session:
        write_openings(session, LAST)


@pytest.fixture
def reader(person_of_office) -> CarefulClient:
    return person_of_office("reader")


def told(app: Flask, first: date = FIRST, last: date = LAST) -> dict[str, Section]:
    """The numbers by their key, in Latvian."""
    with app.app_context(), database().reading() as session, speaking("lv"):
        return {one.key: one for one in sections(session, first, last)}


def test_pictures_say_what_the_tables_say(demo_app, opened):
    found = told(demo_app)
    assert list(found) == [
        "zones", "weekdays", "months", "coming", "goods", "parishes", "signs", "hours",
    ]  # fmt: skip
    for one in found.values():
        assert one.rows, one.key
        assert {len(row) for row in one.rows} == {len(one.headings)}
        last_cells = {str(row[0]): str(row[-1]) for row in one.rows}
        for bar in one.bars:
            assert bar.said.removesuffix("\xa0%") == last_cells[bar.label], one.key
        assert [line.label for line in one.grid] in ([], [row[0] for row in one.rows])
        assert max([bar.length for bar in one.bars], default=0) <= 100


def test_occupancy_counts_open_days_and_no_others(demo_app):
    def whole() -> tuple[int, int]:
        rows = told(demo_app, LAST, LAST)["zones"].rows
        return sum(row[1] for row in rows), sum(row[2] for row in rows)

    with database_of(demo_app).reading() as session:
        placed = session.exec(select(func.count()).where(Placement.day == LAST)).one()
    assert whole() == (placed, 60)
    with changing(demo_app) as session:
        session.add(MarketDay(site_id=1, day=LAST, cancelled=True))
    assert whole() == (0, 0)
    assert told(demo_app, LAST, LAST)["weekdays"].rows == []


def test_zones_months_and_weekdays_have_the_same_sums(demo_app):
    found = told(demo_app)
    sums = {
        (sum(row[1] for row in found[key].rows), sum(row[2] for row in found[key].rows))
        for key in ("zones", "weekdays", "months")
    }
    assert len(sums) == 1


def test_a_no_show_is_counted_with_its_vendor(demo_app):
    with changing(demo_app) as session:
        presence = session.exec(
            select(Presence).where(Presence.day == LAST, Presence.state == "absent")
        ).first()
        assert presence is not None
        presence.no_show = True
        name = session.get_one(Vendor, presence.vendor_id).name
    found = told(demo_app)["coming"]
    assert found.rows[0][0] == name and found.rows[0][-1] == 1
    assert [(bar.label, bar.said) for bar in found.bars] == [(name, "1")]


def test_goods_of_a_month_are_those_whose_mask_says_so(demo_app):
    with changing(demo_app) as session:
        for good in session.exec(select(Good).where(Good.category == "honey")):
            good.months = 0b1000_0000_0001
        count = session.exec(
            select(func.count()).where(Good.category == "honey", Good.archived_on.is_(None))
        ).one()
    honey = next(row for row in told(demo_app)["goods"].rows if "Medus" in str(row[0]))
    assert honey[1:] == (count, *[0] * 10, count)


def test_the_page_shows_every_picture_with_its_table(reader, opened):
    page = reader.get(f"/lv/parvalde/skaitli{ASKED}")
    tables, pictures = page.main.all("table"), page.main.all("svg")
    assert len(tables) == 8
    assert len(pictures) == 7  # nobody stayed away without a word
    assert "Neviens nav palicis prom" in page.text
    assert page.link("Visas tabulas (XLSX)").endswith(f"skaitli.xlsx{ASKED}")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "otrdiena, 2026. gada 24. novembris"),
        ("?no=x&lidz=2026-11-10", "otrdiena, 2026. gada 10. novembris"),
        ("?no=2026-11-20&lidz=2026-11-10", "piektdiena, 2026. gada 20. novembris"),
        ("?no=2001-01-01&lidz=2026-11-24", "pirmdiena, 2025. gada 24. novembris"),
        ("?no=2030-01-01&lidz=2030-02-01", "Šajā laikā nav ko skaitīt."),
    ],
)
def test_any_period_is_answered_and_none_is_longer_than_a_year(reader, asked, said):
    assert said in reader.get(f"/lv/parvalde/skaitli{asked}").text


def test_the_spreadsheet_holds_the_same_without_formulas(reader, demo_app):
    with changing(demo_app) as session:
        placement = session.exec(select(Placement).where(Placement.day == LAST)).first()
        assert placement is not None
        session.get_one(Vendor, placement.vendor_id).name = '=HYPERLINK("http://x";"y")'
    answer = reader.fetch(f"/lv/parvalde/skaitli.xlsx{ASKED}")
    assert "attachment" in answer.headers["Content-Disposition"]
    book = load_workbook(BytesIO(answer.data))
    found = told(demo_app)
    assert book.sheetnames == [one.sheet for one in found.values()]
    for one in found.values():
        sheet = book[one.sheet]
        assert sheet.max_row == len(one.rows) + 1
        assert [cell.value for cell in sheet[1]] == list(one.headings)
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert any(str(cell.value).startswith("'=") for cell in book["Tirgotāji"]["A"])


def test_helpers_do_not_see_them(person_of_office):
    person_of_office("helper").fetch("/lv/parvalde/skaitli", 403)


def test_a_year_of_250_stalls_is_told_quickly(empty_app):
    with changing(empty_app) as session:
        vendors = write_big_market(session, LAST, 250)
        ids = [identity(vendor) for vendor in vendors]
        stalls = list(session.exec(select(Stall.id).order_by(Stall.id)))
        session.execute(
            insert(Placement),
            [
                {"day": LAST - timedelta(days=7 * week), "stall_id": stall, "vendor_id": vendor,
                 "source": "season"}
                for week in range(1, 52)
                for stall, vendor in zip(stalls, ids, strict=True)
            ],
        )  # fmt: skip
    begun = time.process_time()
    found = told(empty_app, LAST - timedelta(days=365), LAST)
    assert time.process_time() - begun < 1
    # The plan and the pattern begin with the year: 47 Tuesdays until the day itself.
    assert [row[1:] for row in found["weekdays"].rows] == [(11750, 11750, 100)]
