"""What somebody typed stays a text: on pages, plan, paper, in calendars, data and tables.

The words are written straight into the database, past every check of what is typed. Each test has
a twin that breaks the product on purpose: the same reader must then find what came alive.
"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import icalendar
import openpyxl
import pypdfium2
import pytest
from flask import Flask
from sqlmodel import select

from app import structured_data
from app.api.tables import TABLES, Table
from app.languages import speaking
from app.pages import calendars
from app.paper import sheet as paper
from app.paper.signs import signs_on_plan, signs_sheet
from app.tables import files
from app.tables.exporting import export
from market.days.models import Notice
from market.places import stall_map
from market.places.models import Zone
from market.programme.calendar import Entry
from market.programme.models import Event, Venue
from tests.asking import changing, code_of, database_of, holders_on
from tests.careful_client import CarefulClient, Page, page_from
from vendors.listings.models import Good
from vendors.registry.models import Vendor
from vendors.stories.models import Story

TUESDAY = date(2026, 11, 24)
LIVE = "<img src=x onerror=alert(1)>${alert(1)}`{{7*7}}</script>"
FORMULA = "=cmd|' /C calc'!A0"
TURNED = "Medus \u202egro.liv\u202c\u200b"
LONG = "W" * 80
HEADER = "Koncerts\r\nATTACH:https://evil.example/x\nX-EVIL:1"
NAMES = (LIVE, FORMULA, TURNED, LONG)


@pytest.fixture
def hostile(demo_app: Flask) -> Iterator[CarefulClient]:
    """A market in which four vendors, their goods, a zone, a venue and an event are hostile."""
    holders = {one.id: one for _stall, one in sorted(holders_on(demo_app, TUESDAY).items())}
    words = {"lv": LIVE, "en": LIVE}
    with changing(demo_app) as session:
        for one, name in zip(holders.values(), NAMES, strict=False):
            vendor = session.get_one(Vendor, one.id)
            vendor.name = name
            for good in session.exec(select(Good).where(Good.vendor_id == one.id)):
                good.name = {"lv": name, "en": name}
            for story in session.exec(select(Story).where(Story.vendor_id == one.id)):
                story.short = story.longer = story.whole = story.question = name
        for zone in session.exec(select(Zone)):
            zone.name = words
        for venue in session.exec(select(Venue)):
            venue.name = words
        session.add(Notice(words=words, first_day=TUESDAY, last_day=TUESDAY))
        session.add(
            Event(
                uid="evil@tirgus.example", title=words, text={"lv": HEADER, "en": HEADER},
                first_day=TUESDAY, last_day=TUESDAY, starts=time(18), organiser=LIVE, place=LIVE,
                state="postponed", state_words=words, venue_id=1, parish_code="0051210",
            )
        )  # fmt: skip
    yield CarefulClient(demo_app)


def addresses(app: Flask) -> dict[str, str]:
    """The pages that show the vendor on the first stall, the event, the zone or the notice."""
    number, vendor = min(holders_on(app, TUESDAY).items())
    with database_of(app).reading() as session:
        event_id = session.exec(select(Event.id).where(Event.uid == "evil@tirgus.example")).one()
    return {
        "today": "/lv/",
        "sign": f"/S/{code_of(app, number)}",
        "vendor": f"/en/tirgotaji/{vendor.slug}",
        "vendors": "/lv/tirgotaji",
        "found": "/lv/tirgotaji?q=%3Cimg",
        "stalls": "/en/karte",
        "parish": "/lv/pagasti/tukums",
        "programme": "/lv/programma",
        "event": f"/en/notikums/{event_id}",
        "festival": "/lv/svetki/rozu-svetki-2027",
    }


def came_alive(page: Page) -> list[str]:
    """What of the hostile words is more than text on a page, and whether they are there at all."""
    found = []
    for one in page.root.walk():
        if one.tag == "img" and one["src"] == "x":
            found.append("a picture that somebody typed")
        found += [f"{name} of <{one.tag}>" for name in one.attributes if name.startswith("on")]
        is_data = one["type"] == "application/ld+json"
        if one.tag == "script" and not is_data and "alert(1)" in one.source:
            found.append("a script that somebody typed")
        if is_data and "<" in one.source:
            found.append("data that could end its element")
    if LIVE not in page.root.text:
        found.append("the words are not there as they were typed")
    return found


SHOWN_ON = (
    "today", "sign", "vendor", "vendors", "found", "stalls", "parish", "programme", "event",
    "festival",
)  # fmt: skip


@pytest.mark.parametrize("which", SHOWN_ON)
def test_hostile_words_stay_text_on_every_page(hostile: CarefulClient, which: str):
    page = hostile.get(addresses(hostile.app)[which])
    assert came_alive(page) == []


def test_names_of_all_kinds_stand_on_the_list_as_they_are(hostile: CarefulClient):
    page = hostile.get("/lv/tirgotaji")
    shown = [card.first("h3").text for card in page.main.all("li", of_class="vendor-card")]
    assert set(NAMES) <= set(shown)


def test_without_escaping_the_same_words_come_alive(hostile: CarefulClient):
    hostile.app.jinja_env.autoescape = False
    for which in ("today", "sign", "vendor", "stalls", "programme", "event"):
        address = addresses(hostile.app)[which]
        response = hostile.fetch(address)
        page = page_from(address, response.get_data(as_text=True), response.headers)
        assert "a picture that somebody typed" in came_alive(page), which


def test_without_care_the_data_for_search_engines_ends_its_element(
    hostile: CarefulClient, monkeypatch: pytest.MonkeyPatch
):
    address = addresses(hostile.app)["vendor"]
    assert hostile.get(address).data[0]["name"] == LIVE

    def careless(data: dict[str, object]) -> structured_data.Markup:
        return structured_data.Markup(
            f'<script type="application/ld+json">{json.dumps(data)}</script>'
        )

    monkeypatch.setattr(structured_data, "script_of", careless)
    hostile.app.extensions["kept_pages"]._pages.remove((address, ""))
    response = hostile.fetch(address)
    page = page_from(address, response.get_data(as_text=True), response.headers)
    assert "a picture that somebody typed" in came_alive(page)


def alive_on_plan(html: str) -> list[str]:
    """What of the hostile words could run on Folium's page, be it in HTML or in a script."""
    found = [raw for raw in ("<img src=x", "${alert", "`{{7*7", "</script>$") if raw in html]
    if stall_map.as_data(LIVE)[1:-1] not in html:
        found.append("the words are not there as text")
    return found


def test_hostile_words_stay_text_on_the_plan(hostile: CarefulClient):
    assert alive_on_plan(hostile.get("/lv/karte/plans").html) == []


def test_without_its_escaping_the_plan_would_run_them(
    hostile: CarefulClient, monkeypatch: pytest.MonkeyPatch
):
    escaped = stall_map.as_data(LIVE)[1:-1]
    monkeypatch.setattr(stall_map, "as_data", json.dumps)
    html = hostile.fetch("/lv/karte/plans").get_data(as_text=True)
    assert {"<img src=x", "${alert"} <= set(alive_on_plan(html))
    assert escaped not in html


@pytest.mark.parametrize("text", [*NAMES, "a\\`${b}\n{c}"])
def test_a_label_has_no_sign_that_html_or_a_template_of_a_script_knows(text: str):
    assert not set("<>\"'`$\\{\n") & set(stall_map.label(text))


ON_PAPER = "**B** [a](https://evil.example) ${x} <b>"


def wrong_on_paper(pdf: bytes) -> list[str]:
    """What of the words of a zone is not printed as it was typed."""
    found = [word for word in ("/URI", "/JavaScript", "/Launch") if word.encode() in pdf]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    if not any(ON_PAPER in " ".join(text.split()) for text in pages):
        found.append("the words are not printed as they are")
    return found


def signs_of_hostile_zone(app: Flask) -> bytes:
    with changing(app) as session:
        for zone in session.exec(select(Zone)):
            zone.name = {"lv": ON_PAPER}
    with database_of(app).reading() as session, speaking("lv"):
        signs = signs_on_plan(session, TUESDAY, "https://tirgus.example")[:1]
        return bytes(signs_sheet(signs, "https://tirgus.example", datetime(2026, 11, 24)).output())


def test_hostile_words_are_printed_as_they_are(demo_app: Flask):
    assert wrong_on_paper(signs_of_hostile_zone(demo_app)) == []


def test_on_paper_that_understands_marks_they_would_be_lost(
    demo_app: Flask, monkeypatch: pytest.MonkeyPatch
):
    def with_marks(self: paper.Sheet, x: float, y: float, text: str) -> None:
        self.set_font("regular")
        self.set_xy(x, y)
        self.cell(text=text, markdown="evil" in text)

    monkeypatch.setattr(paper.Sheet, "text", with_marks)
    assert wrong_on_paper(signs_of_hostile_zone(demo_app)) != []


OURS = {
    "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO",
    "URL", "STATUS", "TRANSP",
}  # fmt: skip


def wrong_in_calendar(content: bytes) -> list[str]:
    """Properties that we never set, and words that are not those of the event."""
    found = []
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    for event in events:
        found += [name for name in event if name not in OURS]
    evil = [event for event in events if event["UID"] == "evil@tirgus.example"]
    if len(evil) != 1 or LIVE not in str(evil[0]["SUMMARY"]):
        found.append("the title is not as it was typed")
    return found


def test_hostile_words_stay_text_in_calendars(hostile: CarefulClient):
    for address in ("/programma.ics", f"{addresses(hostile.app)['event'][3:]}.ics"):
        content = hostile.fetch(address).data
        assert wrong_in_calendar(content) == []
        assert "ATTACH:https" in " ".join(
            str(event.get("DESCRIPTION", ""))
            for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
        )


def test_without_escaping_a_calendar_would_get_properties(
    hostile: CarefulClient, monkeypatch: pytest.MonkeyPatch
):
    def naive(_name: str, _language: str, entries: list[Entry]) -> bytes:
        lines = ["BEGIN:VCALENDAR"]
        for one in entries:
            lines += ["BEGIN:VEVENT", f"UID:{one.uid}", f"SUMMARY:{one.summary}"]
            lines += [f"DESCRIPTION:{one.description}".replace("\n\n", " "), "END:VEVENT"]
        return "\n".join([*lines, "END:VCALENDAR"]).encode()

    monkeypatch.setattr(calendars, "calendar_file", naive)
    assert {"ATTACH", "X-EVIL"} <= set(wrong_in_calendar(hostile.fetch("/programma.ics").data))


def test_hostile_words_are_data_in_json(hostile: CarefulClient):
    answer = hostile.fetch("/api/v1/vendors?limit=100")
    assert answer.mimetype == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert set(NAMES) <= {item["name"] for item in answer.json["items"]}
    events = hostile.fetch("/api/v1/events?limit=500").json["items"]
    assert LIVE in [event["title"]["lv"] for event in events]


KINDS = ("vendors", "goods", "stories", "stalls", "events")


def formulas(file: Path) -> list[str]:
    """The cells that a spreadsheet would calculate."""
    if file.suffix == ".csv":
        rows = csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";")
        cells = [cell for row in rows for cell in row]
        return [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    book = openpyxl.load_workbook(file)
    cells_of_book = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [str(cell.value) for cell in cells_of_book if cell.data_type == "f"]


def exported(app: Flask, folder: Path, ending: str) -> list[str]:
    found = []
    for kind in KINDS:
        file = folder / f"{kind}.{ending}"
        with database_of(app).reading() as session, speaking("lv"):
            assert export(session, kind, file, TUESDAY) > 0
        found += formulas(file)
    return found


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_table_holds_a_formula(hostile: CarefulClient, tmp_path: Path, ending: str):
    assert exported(hostile.app, tmp_path, ending) == []


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_without_armour_a_table_would_hold_the_formula(
    hostile: CarefulClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
):
    def put(cell: openpyxl.cell.Cell, value: object) -> None:
        cell.value = str(value)[:30].replace("\x00", "")

    monkeypatch.setattr(files, "armoured", str)
    monkeypatch.setattr(files, "_put", put)
    assert any(cell.startswith("=cmd") for cell in exported(hostile.app, tmp_path, ending))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_public_table_holds_a_formula(hostile: CarefulClient, tmp_path: Path, table: Table):
    file = tmp_path / "table.csv"
    file.write_bytes(hostile.fetch(f"/dati/{table.name}.csv").data)
    assert formulas(file) == []
