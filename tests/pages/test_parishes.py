"""Parishes: all 23, also those from which nobody has come yet."""

from collections import Counter

import pytest

from app.languages import sort_key
from market.places.parishes import PARISHES
from tests.asking import vendors_of
from tests.careful_client import CarefulClient


@pytest.mark.parametrize("language", ["lv", "en"])
def test_all_parishes_and_towns_are_listed_by_the_alphabet(visitor: CarefulClient, language: str):
    items = visitor.get(f"/{language}/pagasti").main.first(of_class="parish-list").all("li")
    names = [item.first("a").text for item in items]
    assert len(names) == len(set(names)) == len(PARISHES) == 23
    assert names == sorted(names, key=sort_key)
    slugs = {item.first("a")["href"].rsplit("/", 1)[1] for item in items}
    assert slugs == {place.slug for place in PARISHES}


def test_each_says_how_many_vendors_come_from_there(visitor: CarefulClient):
    counts = Counter(vendor.parish_code for vendor in vendors_of(visitor.app))
    items = visitor.get("/en/pagasti").main.first(of_class="parish-list").all("li")
    said = {item.first("a")["href"].rsplit("/", 1)[1]: item.first("span").text for item in items}
    for place in PARISHES:
        number = counts[place.code]
        expected = {0: "looking for vendors", 1: "1 vendor"}.get(number, f"{number} vendors")
        assert said[place.slug] == expected


@pytest.mark.parametrize("place", PARISHES, ids=lambda place: place.slug)
def test_the_page_of_a_parish_shows_all_who_come_from_there(visitor: CarefulClient, place):
    from_there = {v.slug for v in vendors_of(visitor.app) if v.parish_code == place.code}
    pages = [visitor.get(f"/{language}/pagasti/{place.slug}") for language in ("lv", "en")]
    for page in pages:
        cards = page.main.all("li", of_class="vendor-card")
        links = {card.first("h3").first("a")["href"].rsplit("/", 1)[1] for card in cards}
        assert links == from_there
        assert len(page.main.all("svg", of_class="novads")) == 1
        assert bool(page.main.all("p", of_class="notice")) or from_there
    assert pages[0].h1 == place.name
    latvian, english = (len(page.main.all("a", "li", "h2", "h3")) for page in pages)
    assert latvian == english


def test_zante_is_looked_for(visitor: CarefulClient):
    zante = next(place for place in PARISHES if place.centre == "Zante")
    assert zante.code not in {vendor.parish_code for vendor in vendors_of(visitor.app)}
    page = visitor.get(f"/lv/pagasti/{zante.slug}")
    assert page.h1 == "Zantes pagasts"
    assert "no Zantes pagasta" in page.text
    assert "craftspeople of Zante Parish" in visitor.get(f"/en/pagasti/{zante.slug}").text


def test_the_distance_is_that_from_the_market(visitor: CarefulClient):
    """Engure lies 22 km from the market as the crow flies."""
    engure = next(place for place in PARISHES if place.centre == "Engure")
    assert "22 km" in visitor.get(f"/lv/pagasti/{engure.slug}").text
    tukums = next(place for place in PARISHES if place.centre == "Tukums" or place.slug == "tukums")
    assert " km" not in visitor.get(f"/lv/pagasti/{tukums.slug}").text.split("Kas")[0]


def test_an_unknown_parish_is_explained(visitor: CarefulClient):
    assert visitor.get("/lv/pagasti/rigas-pagasts", 404).h1
    assert visitor.get("/en/pagasti/rigas-pagasts", 404).h1 == "There is no such page"
