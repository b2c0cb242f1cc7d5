"""The paper form asks what the vendor's pages ask, in their order, and holds what is known."""

from datetime import date, datetime

import pypdfium2
import pytest
from flask import Flask
from sqlmodel import select

from app.database import database
from app.languages import LATVIAN, speaking
from app.languages import gettext as _
from app.paper.form_parts import PARTS, Part
from app.paper.paper_form import known_of, paper_form
from tests.asking import changing
from tests.careful_client import CarefulClient, Page
from vendors.listings.models import Good
from vendors.registry.models import Vendor

SLUG = "siltrasas"
MADE = datetime(2026, 11, 24, 10)
LETTERS = "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ"


def words_of(pdf: bytes) -> str:
    """All that stands on a sheet, in the order in which it was drawn."""
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\r", "")


def filled(app: Flask) -> str:
    """The form of a vendor with what is known."""
    with app.app_context(), database().reading() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        return words_of(bytes(paper_form(known_of(session, vendor, MADE.date()), MADE).output()))


def places(words: list[str], text: str) -> list[int]:
    """Where each of some words stands in a text, each looked for behind the one before it."""
    found, at = [], 0
    for word in words:
        at = text.index(word, at)
        found.append(at)
    return found


def page_of(client: CarefulClient, part: Part) -> Page:
    """The page of the own stall on which a part of the form is entered."""
    with client.app.test_request_context("/lv/"):
        from flask import url_for

        entry = "own.new_good" if part.key == "goods" else part.endpoint
        return client.get(url_for(entry, language="lv"))


def asked(page: Page) -> list[str]:
    """The names of a page's fields in their order, or the switches in the addresses of forms."""
    fields = [one["name"] for one in page.main.all("input", "select", "textarea")]
    return fields + [form["action"].rsplit("/", 1)[-1] for form in page.main.all("form")]


@pytest.mark.parametrize("part", PARTS, ids=[part.key for part in PARTS])
def test_paper_and_page_ask_the_same_in_the_same_order(demo_app, part):
    with changing(demo_app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        vendor.phone, vendor.email = "+37126123456", "anna@example.lv"
        vendor.farm_lat, vendor.farm_lon = 56.9, 23.1
        session.add(vendor)
    names = asked(page_of(CarefulClient(demo_app).come_in(SLUG), part))
    order = [names.index(name) for name, _words in part.fields]
    assert order == sorted(order)
    paper = words_of(bytes(paper_form(None, MADE).output()))
    with speaking(LATVIAN):
        places([_(part.title), *(_(words) for _name, words in part.fields)], paper)


def test_the_steps_of_entering_are_the_headings_of_the_paper(organiser):
    page = organiser.get(f"/lv/parvalde/tirgotaji/{SLUG}/veidlapa")
    steps = [one.text for one in page.main.first("ol").all("li")]
    assert len(steps) == len(PARTS) == 5
    places(steps, words_of(bytes(paper_form(None, MADE).output())))


def test_what_is_known_stands_on_the_form(demo_app, caplog):
    with changing(demo_app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        vendor.name, vendor.phone = f"Zemnieki {LETTERS}", "+37126123456"
        session.add(vendor)
        session.add(
            Good(
                vendor_id=vendor.id,
                category="cheese",
                name={"lv": "Ķimeņu siers"},
                price_cents=1450,
                amount=1000,
                unit="g",
                allergens=["milk"],
                confirmed_on=date(2026, 11, 24),
            )
        )
    text = filled(demo_app)
    for words in (LETTERS, "+37126123456", "Ķimeņu siers", "14,50", "Siers", "piens"):
        assert words in text
    assert not [one for one in caplog.records if "missing" in one.getMessage()]


def test_a_blank_form_fits_on_four_pages_and_holds_nothing_of_anybody(demo_app):
    sheet = paper_form(None, MADE)
    text = words_of(bytes(sheet.output()))
    assert sheet.page_no() <= 4
    assert "Siltrasas" not in text
    assert "Paraksts" in text
    assert "Piekrišana" in text


def test_the_office_gets_both_as_a_pdf(organiser):
    for address in ("/lv/parvalde/veidlapa.pdf", f"/lv/parvalde/tirgotaji/{SLUG}/veidlapa.pdf"):
        answer = organiser.fetch(address)
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
    assert organiser.fetch("/lv/parvalde/zvanu-lapa.pdf?diena=2026-11-25").data.startswith(b"%PDF")
    organiser.fetch("/lv/parvalde/zvanu-lapa.pdf?diena=rit", 404)
    organiser.fetch("/lv/parvalde/tirgotaji/nobody/veidlapa.pdf", 404)


def test_a_card_is_handed_over_once(organiser):
    address = f"/lv/parvalde/tirgotaji/{SLUG}"
    form = {"idempotency_key": "a" * 32}
    answer = organiser.send(f"{address}/karte", form, 200)
    assert answer.mimetype == "application/pdf"
    again = organiser.send(f"{address}/karte", form)
    assert "Karte ir izveidota" in organiser.get(again.location).text
    page = organiser.get(address)
    assert page.text.count("Karte izdota") >= 2
    gone = organiser.submit(page, "Anulēt karti")
    assert "Pašlaik neder neviena karte." in gone.text
    assert "Karte anulēta" in gone.text
