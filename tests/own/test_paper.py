"""My paper: the table card and the price list as a machine reads them."""

from datetime import date

import pypdfium2
import pytest
from flask import Flask
from sqlmodel import select

from market.signs.drawing import SMALLEST_MODULE_MM, qr_matrix
from tests.asking import changing
from tests.careful_client import CarefulClient
from tests.cli.lists import good as went_well
from tests.cli.lists import refused, run
from tests.reading_paper import MM_PER_POINT, Found, codes_of, texts_of
from vendors.listings.models import Good
from vendors.registry.models import Vendor

SLUG = "siltrasas"
STORY = "https://tirgus.example/lv/tirgotaji/siltrasas"
CARD, PRICES = "/lv/mans/papirs/galda-kartite.pdf", "/lv/mans/papirs/cenu-lapa.pdf"
TODAY = date(2026, 11, 24)
LETTERS = "Āčēģīķļņšū žĀČĒĢĪĶĻŅŠŪŽ"


@pytest.fixture
def mine(client: CarefulClient) -> CarefulClient:
    return client.come_in(SLUG)


@pytest.fixture(autouse=True)
def no_glyph_is_missing(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture):
    """fpdf2 only writes a warning where a letter cannot be printed; here that is a fault."""
    yield
    holes = [one for one in caplog.get_records("call") if "missing" in one.getMessage()]
    assert bool(holes) is ("with_holes" in request.node.name)


def pdf_of(client: CarefulClient, address: str) -> bytes:
    answer = client.fetch(address)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data


def words_of(pdf: bytes) -> str:
    return "\n".join(one.text for one in texts_of(pdf)).replace("\xa0", " ")


def size_mm(pdf: bytes) -> list[tuple[int, int]]:
    pages = pypdfium2.PdfDocument(pdf)
    return [tuple(round(side * MM_PER_POINT) for side in page.get_size()) for page in pages]


def change(app: Flask, **values: object) -> None:
    """Change the first of the goods on the table today, or the vendor's name."""
    with changing(app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        vendor.name = str(values.pop("vendor_name", vendor.name))
        query = select(Good).where(Good.vendor_id == vendor.id, Good.kind == "sprouts")
        good = session.exec(query).one()
        for name, value in values.items():
            setattr(good, name, value)


def add(app: Flask, number: int, **values: object) -> None:
    with changing(app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        for place in range(number):
            fields = {
                "position": 10 + place,
                "category": "vegetables",
                "name": {"lv": f"Prece {place + 1}"},
                "price_cents": 100 + place,
                "amount": 1000,
                "unit": "g",
                "confirmed_on": TODAY,
            }
            session.add(Good(vendor_id=vendor.id, **{**fields, **values}))


def test_the_page_offers_both_and_shows_nobody_elses(mine, demo_app):
    page = mine.get("/lv/mans/papirs")
    assert page.link("Drukāt cenu lapu") == PRICES
    assert page.link("Drukāt galda kartīti") == CARD
    assert CarefulClient(demo_app).fetch(CARD, 302).location.startswith("/lv/ieiet")


# The table card.


def test_the_card_is_one_a6_with_a_code_that_opens_the_story(mine):
    pdf = pdf_of(mine, CARD)
    assert size_mm(pdf) == [(148, 105)]
    (code,) = codes_of(pdf)
    assert code.text == STORY
    modules = len(qr_matrix(STORY)) - 8
    assert (code.box.right - code.box.left) / modules >= SMALLEST_MODULE_MM
    assert mine.get(code.text.removeprefix("https://tirgus.example")).title.startswith(
        "Dārzniecība"
    )


def test_the_card_names_the_farm_and_what_it_is(mine):
    words = words_of(pdf_of(mine, CARD))
    assert "Cēres pagasts" in words
    assert "Stāsts par mūsu saimniecību" in words
    assert "Zirņu un redīsu dzinumi" in words
    assert "tirgus.example/lv/tirgotaji/siltrasas" in words


def test_nobody_takes_the_card_for_the_sign_of_a_stall(mine, demo_app):
    pdf = pdf_of(mine, CARD)
    words = words_of(pdf)
    assert "nevis tirdzniecības vietas zīme" in words
    assert "/S" not in words and "Noskenējiet un iepazīstiet" not in words
    width, height = size_mm(pdf)[0]
    assert width > height


def test_the_card_has_no_more_than_three_goods(mine, demo_app):
    add(demo_app, 9)
    words = words_of(pdf_of(mine, CARD))
    assert sum(f"Prece {number}" in words for number in range(1, 10)) == 1


def test_a_long_name_and_a_long_address_still_fit(mine, demo_app):
    change(demo_app, vendor_name="Ļoti gara zemnieku saimniecība „Pie vecā ķiršu dārza“ Žagarkalnā")
    with changing(demo_app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        vendor.slug = "x" * 60
    pdf = pdf_of(mine, CARD)
    (code,) = codes_of(pdf)
    assert code.text.endswith("/" + "x" * 60)
    inside = [one for one in texts_of(pdf) if one.box.right > 148 or one.box.bottom > 105]
    assert inside == []


# The price list.


def test_the_price_list_says_what_the_law_asks(mine, demo_app):
    change(demo_app, allergens=["celery", "milk"])
    add(demo_app, 1, name={"lv": "Skābēti kāposti"}, unit="jar", amount=1, net_amount=700,
        net_unit="g", price_cents=850, origin="made", allergens=[])  # fmt: skip
    pdf = pdf_of(mine, PRICES)
    assert size_mm(pdf) == [(210, 297)]
    words = words_of(pdf)
    for said in (
        "Dārzniecība „Siltrasas“", "Cēres pagasts", "Zirņu un redīsu dzinumi", "2,30 €/100 g",
        "23,00 €/kg", "pašu audzēts · satur: selerija, piens", "8,50 €/burka", "12,14 €/kg",
        "700 g · pašu gatavots · bez alergēniem", "Izdrukāts: otrdiena, 2026. gada 24. novembris.",
    ):  # fmt: skip
        assert said in words.replace("\n", " ") or said in words, said


def test_flowers_and_crafts_say_nothing_of_allergens(mine, demo_app):
    change(demo_app, category="flowers", kind=None, allergens=[])
    lines = words_of(pdf_of(mine, PRICES)).splitlines()
    assert "pašu audzēts" in lines


def test_it_lists_what_is_on_the_table_today_in_the_vendors_order(mine, demo_app):
    def listed() -> list[str]:
        words = words_of(pdf_of(mine, PRICES))
        return sorted(("Baltie rāceņi", "Zirņu un redīsu dzinumi"), key=words.find) + [
            name for name in ("Tomāti", "Loki no siltumnīcas") if name in words
        ]

    assert listed() == ["Zirņu un redīsu dzinumi", "Baltie rāceņi"]
    change(demo_app, position=99)
    assert listed() == ["Baltie rāceņi", "Zirņu un redīsu dzinumi"]
    change(demo_app, archived_on=TODAY)
    assert "Zirņu" not in words_of(pdf_of(mine, PRICES))


def test_a_good_without_a_price_says_that_the_table_tells(mine, demo_app):
    change(demo_app, price_cents=None, allergens=None)
    words = words_of(pdf_of(mine, PRICES))
    assert "cena pie galda" in words
    assert "par alergēniem jautājiet pārdevējam" in words.replace("\n", " ")
    assert "1 precei nav cenas" in mine.get("/lv/mans/papirs").text


def heights(found: list[Found], text: str) -> list[float]:
    return [one.box.bottom - one.box.top for one in found if text in one.text]


def test_it_is_read_from_a_step_and_a_half_away(mine):
    """Letters of 1/300 of the distance are read: 5 mm from 1.5 m for names and prices."""
    found = texts_of(pdf_of(mine, PRICES))
    assert min(heights(found, "Zirņu un") + heights(found, "2,30")) >= 5
    assert min(heights(found, "23,00")) >= 4


def test_many_goods_go_on_over_several_pages_and_none_is_lost(mine, demo_app):
    add(demo_app, 40)
    found = texts_of(pdf_of(mine, PRICES))
    pages = {one.page for one in found}
    assert len(pages) >= 3
    names = [one.text for one in found if one.text.startswith("Prece ")]
    assert names == [f"Prece {number}" for number in range(1, 41)]
    for page in pages:
        lines = sorted((one.box.top, one.box.bottom) for one in found if one.page == page)
        assert lines[-1][1] < 297
        assert len([one for one in found if one.page == page and "Dārzniecība" in one.text]) == 1


def test_names_of_any_letters_are_printed_without_holes(mine, demo_app):
    change(demo_app, name={"lv": f"{LETTERS} 🍓 <b>Огурцы</b> \u05d0"}, vendor_name=f"🌿 {LETTERS}")
    for address in (CARD, PRICES):
        words = words_of(pdf_of(mine, address))
        assert "<b>Огурцы</b>" in words.replace("\n", " ")
        for letter in "ĀČĒĢĪĶĻŅŠŪŽ":
            assert letter in words


def test_printed_as_they_are_typed_such_names_come_with_holes(mine, demo_app, monkeypatch):
    """The twin: letters that the font does not have are handed to it all the same."""
    monkeypatch.setattr("app.paper.lines.printable", lambda _sheet, text: text)
    change(demo_app, name={"lv": "Zemenes 🍓"})
    pdf_of(mine, PRICES)


def test_a_table_without_goods_prints_too(mine, demo_app):
    with changing(demo_app) as session:
        for good in session.exec(select(Good)):
            good.archived_on = TODAY
    assert "sezon" in words_of(pdf_of(mine, PRICES))
    assert codes_of(pdf_of(mine, CARD))[0].text == STORY


def test_in_english_the_paper_stays_latvian(mine):
    words = words_of(pdf_of(mine, PRICES.replace("/lv/", "/en/")))
    assert "Zirņu un redīsu dzinumi" in words
    assert "Izdrukāts" in words


def test_the_office_prints_both_for_those_without_a_printer(demo_app, tmp_path):
    for verb, text in (("table-card", "nevis tirdzniecības vietas zīme"), ("price-list", "Cenas")):
        file = tmp_path / f"{verb}.pdf"
        went_well(run(demo_app, "print", verb, SLUG, file))
        assert text in words_of(file.read_bytes())
    assert "nav-tada" in refused(run(demo_app, "print", "price-list", "nav-tada", tmp_path / "x"))
    output = refused(run(demo_app, "print", "table-card", SLUG, tmp_path / "no" / "x.pdf"))
    assert "cannot be written" in output or "x.pdf" in output
