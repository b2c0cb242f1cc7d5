"""Vendors: found without diacritics, filtered, in the order of the alphabet; and one vendor."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlmodel import Session, select

from app.languages import sort_key
from market.places.parishes import PARISHES
from tests.asking import changing, database_of, holders_on, vendors_of
from tests.careful_client import CarefulClient, Page
from vendors.listings.models import Good
from vendors.registry.models import PUBLIC, OpenDay, Vendor
from vendors.stories.models import Story

TUESDAY = date(2026, 11, 24)


def found(client: CarefulClient, language: str = "lv", **asked: object) -> list[str]:
    """The names on the list, in its order."""
    return names_on(client.get(f"/{language}/tirgotaji?{urlencode(asked)}"))


def names_on(page: Page) -> list[str]:
    """The names of vendors on a page, in their order."""
    return [one.first("h3").text for one in page.main.all("li", of_class="vendor-card")]


def goods_by_vendor(app: Flask) -> dict[str, list[Good]]:
    """The goods of each vendor, by name."""
    with database_of(app).reading() as session:
        sold = select(Vendor.name, Good).where(Good.vendor_id == Vendor.id, *PUBLIC)
        rows = session.exec(sold).all()
    goods: dict[str, list[Good]] = {}
    for name, good in rows:
        goods.setdefault(name, []).append(good)
    return goods


@pytest.mark.parametrize("language", ["lv", "en"])
def test_all_vendors_stand_in_the_order_of_the_latvian_alphabet(visitor, language: str):
    names = found(visitor, language)
    assert names == sorted((vendor.name for vendor in vendors_of(visitor.app)), key=sort_key)
    assert len(names) == 45


def add_vendor(session: Session, name: str, slug: str, **more: object) -> Vendor:
    """A vendor who is not of the demonstration."""
    vendor = Vendor(**{"name": name, "slug": slug, "parish_code": "0051580"} | more)
    session.add(vendor)
    session.flush()
    return vendor


def add_good(session: Session, vendor: Vendor, name: str, **more: object) -> None:
    """Something that a vendor sells, confirmed today."""
    values = {"category": "fruit", "confirmed_on": TUESDAY, "name": {"lv": name}} | more
    session.add(Good(vendor_id=vendor.id, **values))


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("kirsi", True), ("Ķirši", True), ("ĶIRŠI", True), ("  ķirš ", True),
        ("sarkanie kir", True), ("zalkalni", True), ("ŽAĻKALNI", True), ("zante", True),
        ("cherries", True), ("bananas", False), ("%", False), ("_", False), ("\\", False),
    ],
)  # fmt: skip
def test_typing_needs_no_diacritics(client: CarefulClient, typed: str, finds: bool):
    with changing(client.app) as session:
        vendor = add_vendor(session, "Zemnieku sēta „Žaļkalni“", "zalkalni")
        add_good(session, vendor, "Sarkanie ķirši", kind="cherries")
    language = "en" if typed == "cherries" else "lv"
    assert ("Zemnieku sēta „Žaļkalni“" in found(client, language, q=typed)) is finds


def test_pure_finds_pure(visitor: CarefulClient):
    from_pure = {v.name for v in vendors_of(visitor.app) if v.parish_code == "0051510"}
    assert from_pure
    assert from_pure <= set(found(visitor, q="pure"))
    assert from_pure == set(found(visitor, pagasts="pures-pagasts"))


def test_what_was_typed_stays_in_the_field_and_nothing_found_is_said(visitor: CarefulClient):
    page = visitor.get("/lv/tirgotaji?q=banāni")
    assert page.main.first("input", id="q")["value"] == "banāni"
    assert names_on(page) == []
    assert "„banāni“" in page.text
    assert visitor.follow(page, "Rādīt visus").h1 == page.h1


@pytest.mark.parametrize("category", ["fish", "honey", "crafts", "bread", "vegetables"])
def test_filtering_by_goods_shows_those_who_sell_them(visitor: CarefulClient, category: str):
    goods = goods_by_vendor(visitor.app)
    sell = {name for name, many in goods.items() if any(one.category == category for one in many)}
    assert sell
    assert set(found(visitor, kategorija=category)) == sell
    in_november = {
        name
        for name, many in goods.items()
        if any(one.category == category and one.months >> 10 & 1 for one in many)
    }
    assert set(found(visitor, kategorija=category, sezona=1)) == in_november


def test_filters_narrow_each_other(visitor: CarefulClient):
    here = {vendor.name for vendor in holders_on(visitor.app, TUESDAY).values()}
    today = set(found(visitor, sodien=1))
    assert today < here
    assert len(here - today) == 2
    for place in PARISHES[:8]:
        from_there = {v.name for v in vendors_of(visitor.app) if v.parish_code == place.code}
        assert set(found(visitor, pagasts=place.slug, sodien=1)) == from_there & today


def test_unknown_filters_are_no_filters(visitor: CarefulClient):
    assert len(found(visitor, kategorija="gold", pagasts="riga", lapa="x")) == 45


def test_those_who_may_not_be_seen_are_not_found(client: CarefulClient):
    with changing(client.app) as session:
        for state in ("applied", "paused", "archived"):
            add_vendor(session, f"Slēptais {state}", f"sleptais-{state}", state=state)
    assert found(client, q="Slēptais") == []
    for state in ("applied", "paused", "archived"):
        client.get(f"/lv/tirgotaji/sleptais-{state}", 404)


@pytest.fixture
def crowded(empty_app: Flask) -> Iterator[CarefulClient]:
    """A market of 130 vendors."""
    with changing(empty_app) as session:
        for number in range(130):
            letter = "AĀBCČDEĒFGĢ"[number % 11]
            add_vendor(session, f"{letter}bele {number:03}", f"v-{number}")
    yield CarefulClient(empty_app)


def test_130_vendors_are_read_page_by_page(crowded: CarefulClient):
    page = crowded.get("/lv/tirgotaji")
    pages = [names_on(page)]
    while next_page := links_to_pages(page).get(str(len(pages) + 1)):
        page = crowded.get(next_page)
        pages.append(names_on(page))
    names = [name for some in pages for name in some]
    assert [len(some) for some in pages] == [60, 60, 10]
    assert len(set(names)) == 130
    assert names == sorted(names, key=sort_key)
    assert "130 tirgotāju" in page.text


def links_to_pages(page: Page) -> dict[str, str]:
    """Where the numbers under a long list lead."""
    return {one.text: one["href"] for one in page.main.first("nav").all("a")}


@pytest.mark.parametrize("number", ["0", "-1", "99", "999999999", "abc", "²", "1.5", ""])
def test_a_page_that_is_not_there_is_the_nearest_one(crowded: CarefulClient, number: str):
    assert names_on(crowded.get(f"/lv/tirgotaji?lapa={number}"))


def test_the_pages_keep_what_was_asked(crowded: CarefulClient):
    page = crowded.get("/lv/tirgotaji?q=bele&pagasts=zantes-pagasts")
    second = crowded.get(links_to_pages(page)["2"])
    assert len(names_on(second)) == 60
    assert second.main.first("input", id="q")["value"] == "bele"


# One vendor.


def test_a_vendor_shows_the_same_in_both_languages(visitor: CarefulClient):
    for vendor in vendors_of(visitor.app)[::2]:
        pages = [visitor.get(f"/{language}/tirgotaji/{vendor.slug}") for language in ("lv", "en")]
        shown = [
            (
                page.h1,
                [len(page.main.all(tag)) for tag in ("table", "tr", "li", "figure", "details")],
                len(page.main.all("a")),
            )
            for page in pages
        ]
        assert shown[0] == shown[1], vendor.slug
        assert shown[0][0] == vendor.name


def test_a_story_in_another_language_is_marked_and_said(visitor: CarefulClient):
    with database_of(visitor.app).reading() as session:
        told = {(one.vendor_id, one.language): one for one in session.exec(select(Story))}
    both = next(v for v in vendors_of(visitor.app) if (v.id, "en") in told)
    only = next(v for v in vendors_of(visitor.app) if (v.id, "en") not in told)
    page = visitor.get(f"/en/tirgotaji/{only.slug}")
    marked = page.main.first("article").all(lang="lv")
    assert told[only.id, "lv"].short in marked[0].text
    assert "told in another language" in page.text
    page = visitor.get(f"/en/tirgotaji/{both.slug}")
    assert told[both.id, "en"].short in page.text
    assert page.main.first("article").all(lang="lv") == []


@pytest.fixture
def farm(client: CarefulClient) -> Iterator[CarefulClient]:
    """A farm in Zante with one of each kind of good."""
    with changing(client.app) as session:
        vendor = add_vendor(
            session, "Žaļkalni", "zalkalni", phone="+37129876543", email="zalkalni@example.lv",
            farm_lat=56.84, farm_lon=22.74,
        )  # fmt: skip
        add_good(session, vendor, "Āboli", price_cents=175, amount=500, unit="g")
        add_good(
            session, vendor, "Sula", category="drinks", price_cents=420, amount=3000, unit="ml"
        )
        add_good(
            session, vendor, "Medus", category="honey", price_cents=700, amount=1, unit="jar",
            net_amount=500, net_unit="g", allergens=[], origin="bought",
        )  # fmt: skip
        add_good(session, vendor, "Kāposti", price_cents=None, unit="piece", category="vegetables")
        add_good(
            session, vendor, "Siers", category="cheese", price_cents=1450, amount=1000, unit="g",
            allergens=["milk"], confirmed_on=TUESDAY - timedelta(days=46),
        )  # fmt: skip
        add_good(
            session, vendor, "Olas", category="eggs", price_cents=300, amount=10, unit="piece",
            confirmed_on=TUESDAY - timedelta(days=45), state="sold_out", state_on=TUESDAY,
        )  # fmt: skip
        add_good(session, vendor, "Zemenes", category="berries", months=0b1100000, price_cents=500)
        session.add(
            OpenDay(
                vendor_id=vendor.id, day=date(2027, 5, 15), starts=time(11), ends=time(15, 30),
                words={"lv": "Ābeles zied.", "en": "Apple trees in bloom."},
            )
        )  # fmt: skip
    yield client


def rows_of(page: Page) -> dict[str, str]:
    """What is said of each good on the table, by its name."""
    rows = page.main.first(of_class="goods").all("li")
    names = ("Āboli", "Sula", "Medus", "Kāposti", "Siers", "Olas", "Zemenes")
    texts = [row.text.replace("\u00a0", " ") for row in rows]
    return {name: text for name in names for text in texts if text.startswith(name)}


def test_beside_each_price_stands_what_a_kilogram_costs(farm: CarefulClient):
    said = rows_of(farm.get("/lv/tirgotaji/zalkalni"))
    assert "1,75 €/500 g" in said["Āboli"]
    assert "3,50 €/kg" in said["Āboli"]
    assert "4,20 €/3 l" in said["Sula"]
    assert "1,40 €/l" in said["Sula"]
    assert "14,00 €/kg" in said["Medus"]
    assert "14,50 €/kg" in said["Siers"]
    english = rows_of(farm.get("/en/tirgotaji/zalkalni"))
    assert "€1.75/500 g" in english["Āboli"]
    assert "€3.50/kg" in english["Āboli"]


def test_what_nobody_confirmed_for_46_days_is_grey_and_said(farm: CarefulClient):
    page = farm.get("/lv/tirgotaji/zalkalni")
    rows = page.main.first(of_class="goods").all("li")
    grey = {row.text.split()[0]: "stale" in row["class"].split() for row in rows}
    assert grey["Siers"]
    assert not grey["Āboli"]
    assert not grey["Olas"]
    said = rows_of(page)
    assert "Pārbaudīts 9.10." in said["Siers"]
    assert "Pārbaudīts" not in said["Āboli"] + said["Olas"]


def test_what_is_sold_out_and_out_of_season_is_said(farm: CarefulClient):
    page = farm.get("/lv/tirgotaji/zalkalni")
    said = rows_of(page)
    assert "izpārdots" in said["Olas"]
    assert "Zemenes" not in said
    assert "Zemenes" in page.text
    assert "izpārdots" not in rows_of(page)["Āboli"]


def test_origin_and_allergens_are_facts_in_both_languages(farm: CarefulClient):
    table = farm.get("/lv/tirgotaji/zalkalni").main.first("table")
    rows = {row.first("th").text.split()[0]: row.text for row in table.all("tr")[1:]}
    assert "iepirkt" in rows["Medus"]
    assert "piens" in rows["Siers"]
    assert "jautājiet" in rows["Āboli"].lower()
    english = farm.get("/en/tirgotaji/zalkalni").main.first("table").text
    assert "bought in" in english
    assert "milk" in english


def test_the_open_day_stands_with_its_hours(farm: CarefulClient):
    assert "sestdiena, 2027. gada 15. maijs, 11.00–15.30" in farm.get("/lv/tirgotaji/zalkalni").text
    assert "Saturday, 15 May 2027, 11:00–15:30" in farm.get("/en/tirgotaji/zalkalni").text
    farm.app.config["NOW"] = farm.app.config["NOW"].replace(year=2027, month=5, day=16)
    assert "Ābeles zied." not in farm.get("/lv/tirgotaji/zalkalni").text


PRIVATE = {"phone": "29876543", "email": "zalkalni@example.lv"}


@pytest.mark.parametrize("shown", [(), ("phone",), ("email",), ("phone", "email")])
def test_phone_and_email_are_public_only_where_switched_on(farm, shown: tuple[str, ...]):
    with changing(farm.app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == "zalkalni")).one()
        for name in shown:
            setattr(vendor, f"show_{name}", True)
    for language in ("lv", "en"):
        html = farm.get(f"/{language}/tirgotaji/zalkalni").html
        assert {name for name, value in PRIVATE.items() if value in html} == set(shown)
    lists = ("/lv/tirgotaji", "/lv/pagasti/zantes-pagasts", "/lv/", "/lv/karte")
    for address in lists:
        assert not any(value in farm.get(address).html for value in PRIVATE.values())


def test_the_farms_own_place_is_drawn_only_where_switched_on(farm: CarefulClient):
    drawn = {}
    for show in (False, True):
        with changing(farm.app) as session:
            vendor = session.exec(select(Vendor).where(Vendor.slug == "zalkalni")).one()
            vendor.farm_lat, vendor.show_farm_place = 56.95, show
        dot = farm.get("/lv/tirgotaji/zalkalni").main.first("circle", of_class="farm")
        drawn[show] = (dot["cx"], dot["cy"])
    assert drawn[True] != drawn[False]
    assert "56.95" not in farm.get("/lv/tirgotaji/zalkalni").html


def test_the_next_days_at_the_market_are_said_with_the_stall(visitor: CarefulClient):
    number, vendor = min(holders_on(visitor.app, TUESDAY).items())
    page = visitor.get(f"/lv/tirgotaji/{vendor.slug}")
    rows = [row.text for row in page.main.all("ul", of_class="rows")[0].all("li")]
    assert rows[0].startswith("Šodien – ")
    assert number in rows[0]
    assert 2 <= len(rows) <= 4


def test_what_is_said_to_search_engines_is_what_the_page_says(visitor: CarefulClient):
    vendor = vendors_of(visitor.app)[0]
    page = visitor.get(f"/lv/tirgotaji/{vendor.slug}")
    data = page.data[0]
    assert (data["@type"], data["name"]) == ("LocalBusiness", vendor.name)
    assert data["url"] == f"https://tirgus.example/lv/tirgotaji/{vendor.slug}"
    assert data["description"] in page.text
    assert all(offer["priceCurrency"] == "EUR" for offer in data["makesOffer"])
