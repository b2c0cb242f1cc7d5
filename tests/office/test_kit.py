"""The paper of a market day as a machine reads it back: the kit and each sheet by itself."""

import re
import time
from collections.abc import Iterable
from datetime import date, datetime

import pypdfium2
import pytest
from flask import Flask
from sqlmodel import select

from app.cli.day_paper import SHEETS as SHEETS_OF_COMMAND
from app.languages import sort_key
from app.paper.kit.making import KIT, SHEETS
from market.days.models import Placement
from market.days.queries import presences_on
from market.places.models import Stall
from market.places.queries import sites
from market.signs.drawing import SMALLEST_MODULE_MM, qr_matrix
from market.standing.queries import roll_rows
from market.standing.roll import RollLine, roll
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient
from tests.cli.lists import good as went_well
from tests.cli.lists import run
from tests.office.big_market import LETTERS, write_big_market
from tests.reading_paper import MM_PER_POINT, codes_of, nearest, texts_of
from vendors.fields import identity
from vendors.registry.models import Vendor

DAY = date(2026, 11, 24)
PLAN, BY_ROW, BY_NAME = "Vietu plāns", "Saraksts pa rindām", "Saraksts pēc vārdiem"
PRESENCE, FEES, BOARD = "Klātbūtnes lapa", "Kas cik maksā", "Šodien tirgū"
STRIPS = "Pārsēdināšanas lapiņas"
IN_ROLL_ORDER = (PLAN, BY_ROW, PRESENCE, FEES)
PHONE = re.compile(r"\b2\d \d{3} \d{3}\b")


@pytest.fixture(autouse=True)
def no_glyph_is_missing(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture):
    """fpdf2 only writes a warning where a letter cannot be printed; here that is a fault."""
    yield
    holes = [one for one in caplog.get_records("call") if "missing" in one.getMessage()]
    assert bool(holes) is ("with_holes" in request.node.name)


@pytest.fixture
def reader(person_of_office) -> CarefulClient:
    return person_of_office("reader")


def printed(client: CarefulClient, sheet: str = KIT, asked: str = "", day: date = DAY) -> bytes:
    """A sheet as a person of the office gets it."""
    answer = client.fetch(f"/lv/parvalde/diena/{day.isoformat()}/{sheet}.pdf{asked}")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data


def sheets_of(pdf: bytes) -> dict[str, str]:
    """What stands on each sheet of a file, by its title, in the order in which it was set."""
    pages: dict[int, list[str]] = {}
    for one in texts_of(pdf):
        pages.setdefault(one.page, []).append(one.text.replace("\xa0", " "))
    found: dict[str, str] = {}
    for lines in pages.values():
        # The board begins with the address below its code.
        title = BOARD if BOARD in lines[:2] else lines[0]
        found[title] = f"{found.get(title, '')} {' '.join(lines)}"
    return found


def lines_of_day(app: Flask, day: date = DAY) -> list[RollLine]:
    """The roll of the market on a day."""
    with database_of(app).reading() as session:
        site = identity(sites(session)[0])
        return roll(roll_rows(session, site, day), presences_on(session, day))


def beside(line: RollLine) -> str:
    """A vendor as lists print it: the numbers of the stalls before the name."""
    return f"{', '.join(stall.number for stall in line.stalls)} {line.vendor.name}"


def wrong_with(pdf: bytes, lines: Iterable[RollLine]) -> list[str]:
    """What is wrong with a kit: vendors left out, told twice, out of order, beside wrong stalls."""
    sheets, lines = sheets_of(pdf), list(lines)
    problems = []
    for title in (*IN_ROLL_ORDER, BY_NAME):
        text = sheets.get(title, "")
        names = [line.vendor.name for line in lines]
        problems += [f"{title}: {name}" for name in names if text.count(name) != 1]
        if title == BY_NAME:
            names.sort(key=sort_key)
        places = [text.find(name) for name in names]
        if places != sorted(places):
            problems.append(f"{title}: another order")
    for title in IN_ROLL_ORDER:
        text = sheets.get(title, "")
        problems += [f"{title}: not {beside(one)}" for one in lines if beside(one) not in text]
    return problems


def wrong_codes(pdf: bytes) -> list[str]:
    """Codes with modules too small, or that do not say the address printed beside them."""
    texts = texts_of(pdf)
    plan = f"https://tirgus.example/lv/karte?diena={DAY.isoformat()}"
    said = {"tirgus.example/lv/": "https://tirgus.example/lv/", plan: plan}
    codes = codes_of(pdf)
    problems = [f"{code.text} beside another" for code in codes
                if said[nearest(code, texts, said)] != code.text]  # fmt: skip
    problems += [
        f"{code.text} is too small"
        for code in codes
        if (code.box.right - code.box.left) / (len(qr_matrix(code.text)) - 8)
        < SMALLEST_MODULE_MM - 0.01
    ]
    if sorted(code.text for code in codes) != sorted(said.values()):
        problems.append("codes are missing")
    return problems


def test_the_kit_tells_every_vendor_once_on_every_sheet_in_one_order(reader, demo_app):
    pdf, lines = printed(reader), lines_of_day(demo_app)
    assert len(lines) > 15
    assert wrong_with(pdf, lines) == []
    assert wrong_codes(pdf) == []


@pytest.mark.parametrize("sheet", ["fees", "presence", "plan", "lists"])
def test_a_vendor_left_out_of_one_sheet_is_noticed(reader, demo_app, monkeypatch, sheet):
    """The twin: the fifth vendor is not drawn on one of the sheets."""
    name = {"fees": "_draw_fee", "plan": "_draw_entry"}.get(sheet, "_draw_line")
    module = f"app.paper.kit.{sheet}.{name}"
    real = __import__(f"app.paper.kit.{sheet}", fromlist=[name]).__dict__[name]
    lines, drawn = lines_of_day(demo_app), []

    def forgetful(*given: object) -> None:
        drawn.append(given)
        if len(drawn) != 5:
            real(*given)

    monkeypatch.setattr(module, forgetful)
    problems = wrong_with(printed(reader), lines)
    assert any(one.endswith(lines[4].vendor.name) for one in problems), problems


def test_every_page_says_its_day_when_it_was_made_and_which_it_is(reader):
    pdf = printed(reader)
    count = len(pypdfium2.PdfDocument(pdf))
    words = [one.text.replace("\xa0", " ") for one in texts_of(pdf)]
    foot = "24.11.2026. diena · sagatavots 24.11. 10.00 · tirgus.example"
    assert words.count(foot) == count
    assert [one for one in words if re.fullmatch(r"\d+\. lapa no \d+", one)] == [
        f"{number}. lapa no {count}" for number in range(1, count + 1)
    ]


def test_the_contents_say_on_which_page_a_sheet_begins(reader):
    pdf = printed(reader)
    first: dict[str, int] = {}
    texts = texts_of(pdf)
    for one in texts:
        first.setdefault(one.text, one.page + 1)
    contents = [one.text for one in texts if one.page == 0]
    kit = [kind for kind in SHEETS.values() if kind.in_kit]
    assert len(kit) == 8
    for title in (BY_ROW, BY_NAME, PRESENCE, FEES, STRIPS):
        told = contents[contents.index(title) + 1].split("–")[0]
        page = next(one.page for one in texts if one.text == title and one.page)
        assert int(told) == page + 1


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_comes_by_itself_too(reader, sheet):
    pdf = printed(reader, sheet)
    sizes = {
        tuple(round(side * MM_PER_POINT) for side in page.get_size())
        for page in pypdfium2.PdfDocument(pdf)
    }
    assert sizes == ({(420, 297)} if sheet == "plans-a3" else {(210, 297)})
    assert len(sheets_of(pdf)) == 1


def test_a_sheet_that_is_none_is_missing(reader):
    reader.fetch("/lv/parvalde/diena/2026-11-24/nav.pdf", 404)


def test_phone_numbers_are_printed_only_for_the_office(reader, demo_app):
    with changing(demo_app) as session:
        for vendor in session.exec(select(Vendor)):
            vendor.phone, vendor.show_phone = "+37126123456", True
    for sheet in ("pa-rindam", "pa-vardiem", "klatbutne"):
        (public,) = sheets_of(printed(reader, sheet)).values()
        (office,) = sheets_of(printed(reader, sheet, "?talruni=1")).values()
        assert not PHONE.search(public)
        assert PHONE.search(office) and "Tikai tirgus birojam" in office
    (plan,) = sheets_of(printed(reader, "plans", "?talruni=1")).values()
    assert not PHONE.search(plan)


def test_the_presence_sheet_has_room_for_guests_and_says_what_is_owed(reader):
    (words,) = sheets_of(printed(reader, "klatbutne")).values()
    assert "Viesi, kas atnākuši bez pieteikšanās" in words
    assert "Aizpildīja, cikos" in words and "Ievadīja, cikos" in words
    assert "nenāks" in words and "kavēs" in words


def test_fees_are_no_tax_document_and_have_totals(reader):
    (words,) = sheets_of(printed(reader, "maksas")).values()
    assert "Iekšējai uzskaitei; nav grāmatvedības attaisnojuma dokuments." in words
    assert re.search(r"Šajā dienā maksājams, kopā \d+,\d\d €", words)


def test_who_stands_elsewhere_gets_a_strip(reader, demo_app):
    line = lines_of_day(demo_app)[4]
    (before,) = sheets_of(printed(reader, "parsedinasana")).values()
    assert "nekas nav jāgriež" in before
    with changing(demo_app) as session:
        placement = session.get_one(Placement, line.placements[0].id)
        stall = session.exec(select(Stall).where(Stall.number == "B14")).one()
        placement.stall_id = identity(stall)
    (words,) = sheets_of(printed(reader, "parsedinasana")).values()
    assert f"{line.vendor.name} Otrdien, 24. novembrī {line.stalls[0].number} B14" in words


def test_a_row_that_has_moved_is_told_on_strips_and_plan(reader):
    day = date(2026, 12, 1)
    words = sheets_of(printed(reader, day=day))
    for title in (PLAN, BOARD, STRIPS):
        assert "Auto rinda šodien stāv stāvlaukumā" in words[title], title


def test_whoever_is_not_approved_is_a_guest_in_public(reader, demo_app):
    line = lines_of_day(demo_app)[4]
    with changing(demo_app) as session:
        session.get_one(Vendor, line.vendor.id).state = "applied"
    sheets = sheets_of(printed(reader))
    assert (
        line.vendor.name not in sheets[PLAN] and f"{line.stalls[0].number} viesis" in sheets[PLAN]
    )
    assert line.vendor.name not in sheets[BOARD]
    for title in (BY_ROW, BY_NAME, PRESENCE, FEES):
        assert line.vendor.name in sheets[title]


def test_who_does_not_come_is_not_on_the_notice_board(reader, demo_app):
    (words,) = sheets_of(printed(reader, "sodien")).values()
    away = [one.vendor.name for one in lines_of_day(demo_app) if one.state == "absent"]
    assert away and not [name for name in away if name in words]
    for said in ("8.00–14.00", "Paņemiet līdzi savu grozu", "Šobrīd sezonā", "Programma"):
        assert said in words, said


def test_paper_speaks_english_when_it_is_asked_to(reader):
    (words,) = sheets_of(printed(reader, "pa-rindam", "?valoda=en")).values()
    assert "List by row" in words and "Tuesday" in words
    (words,) = sheets_of(printed(reader, "pa-rindam", "?valoda=xx")).values()
    assert BY_ROW in words


def test_a_day_without_a_market_prints_too(reader):
    words = sheets_of(printed(reader, day=date(2026, 11, 25)))
    assert "Tirgus nav" in words[PLAN]
    assert "Šajā dienā vēl nevienam nav vietas." in words[BY_ROW]


def test_names_of_any_letters_are_printed_without_holes(reader, demo_app):
    with changing(demo_app) as session:
        for vendor in session.exec(select(Vendor)):
            vendor.name = f"🌿 {vendor.name} <b>Огурцы</b>"
    for text in sheets_of(printed(reader)).values():
        assert "🌿" not in text


def test_printed_as_they_are_typed_such_names_come_with_holes(reader, demo_app, monkeypatch):
    """The twin: letters that the font does not have are handed to it all the same."""
    monkeypatch.setattr("app.paper.kit.pages.printable", lambda _sheet, text: text)
    with changing(demo_app) as session:
        for vendor in session.exec(select(Vendor)):
            vendor.name = f"🌿 {vendor.name}"
    printed(reader, "pa-rindam")


def test_the_page_offers_the_kit_for_the_next_market_day_with_one_button(reader):
    page = reader.get("/lv/parvalde/papirs")
    assert page.link("Komplekts 27.11. dienai (PDF)").endswith("/diena/2026-11-27/komplekts.pdf")
    page = reader.get("/lv/parvalde/papirs?diena=2026-12-01&talruni=1&valoda=en")
    offered = {link["href"] for link in page.main.all("a")}
    for sheet in (KIT, *SHEETS):
        assert f"/lv/parvalde/diena/2026-12-01/{sheet}.pdf?talruni=1&valoda=en" in offered
    assert page.text.count("tālruņa numuri") >= 1


def test_the_evening_before_the_button_says_tomorrow(demo_app, person_of_office):
    demo_app.config["NOW"] = datetime(2026, 11, 26, 18)
    page = person_of_office("organiser").get("/lv/parvalde/papirs")
    tomorrow = page.link("Komplekts rītdienai (PDF)")
    assert tomorrow.endswith("/diena/2026-11-27/komplekts.pdf")


def test_helpers_do_not_print(person_of_office):
    helper = person_of_office("helper")
    helper.fetch("/lv/parvalde/papirs", 403)
    helper.fetch("/lv/parvalde/diena/2026-11-24/komplekts.pdf", 403)


def test_the_command_prints_the_same(demo_app, tmp_path):
    assert set(SHEETS_OF_COMMAND) == {KIT, *SHEETS}
    file = tmp_path / "kit.pdf"
    went_well(run(demo_app, "print", "kit", "--day", DAY.isoformat(), file))
    assert wrong_with(file.read_bytes(), lines_of_day(demo_app)) == []
    went_well(run(demo_app, "print", "kit", "--sheet", "pa-rindam", file))
    assert list(sheets_of(file.read_bytes())) == [BY_ROW]


@pytest.mark.parametrize("count", [20, 60, 150])
def test_the_notice_board_is_one_page_however_many_come(empty_app, tmp_path, count):
    with changing(empty_app) as session:
        write_big_market(session, DAY, count)
    file = tmp_path / "board.pdf"
    asked = ("--day", DAY.isoformat(), "--sheet", "sodien")
    went_well(run(empty_app, "print", "kit", *asked, file))
    pdf = file.read_bytes()
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert [one for one in texts_of(pdf) if one.box.bottom > 297 - 5 or one.box.right > 205] == []
    (words,) = sheets_of(pdf).values()
    assert [letter for letter in LETTERS + LETTERS.upper() if letter not in words] == []
    assert [line for line in lines_of_day(empty_app) if line.vendor.name not in words] == []


def test_a_kit_of_250_vendors_is_made_in_a_few_seconds_and_complete(empty_app, tmp_path):
    with changing(empty_app) as session:
        write_big_market(session, DAY, 250)
    file = tmp_path / "kit.pdf"
    begun = time.process_time()
    went_well(run(empty_app, "print", "kit", "--day", DAY.isoformat(), file))
    assert time.process_time() - begun < 5
    pdf = file.read_bytes()
    assert wrong_with(pdf, lines_of_day(empty_app)) == []
    # On the parts of the plan every number is large enough to be read.
    numbers = [one for one in texts_of(pdf) if re.fullmatch(r"Ž\d+", one.text)]
    drawn: dict[str, float] = {}
    for one in numbers:
        drawn[one.text] = max(drawn.get(one.text, 0), one.box.bottom - one.box.top)
    assert len(drawn) == 250 and min(drawn.values()) > 1.2
