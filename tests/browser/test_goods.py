"""The form of a good in a browser: a kind fills in the rest, and the unit price follows typing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.served import Served
from tests.browser.test_own_pages import known_page, own_market

__all__ = ["own_market"]


@pytest.fixture
def page(chromium: Browser, own_market: Served) -> Iterator[Page]:
    looks = {"viewport": {"width": 360, "height": 740}, "service_workers": "block"}
    opened = known_page(chromium, own_market, "", looks)
    opened.goto("/lv/mans/preces/jauna")
    yield opened
    opened.context.close()


def ticked(page: Page) -> list[str]:
    return [
        str(box.get_attribute("value")) for box in page.locator("input[name=months]:checked").all()
    ]


def test_a_kind_fills_in_name_category_and_months(page: Page) -> None:
    page.select_option("#kind", "strawberries")
    expect(page.locator("#name-lv")).to_have_value("Zemenes")
    expect(page.locator("#category")).to_have_value("berries")
    assert ticked(page) == ["6", "7"]
    page.select_option("#kind", "apple_juice")
    expect(page.locator("#name-lv")).to_have_value("Ābolu sula")
    page.fill("#name-lv", "Vectēva sula")
    page.select_option("#kind", "syrup")
    expect(page.locator("#name-lv")).to_have_value("Vectēva sula")


@pytest.mark.parametrize(
    ("price", "per", "more", "said"),
    [
        ("3,50", "kg", {}, ""),
        ("3.50 €", "100g", {}, "= 35,00 €/kg"),
        ("3,50", "other", {"#amount": "250 g"}, "= 14,00 €/kg"),
        ("1,99", "other", {"#amount": "0,5 l"}, "= 3,98 €/l"),
        ("8,50", "jar", {"#net": "700 g"}, "= 12,14 €/kg"),
        ("daudz", "100g", {}, ""),
        ("2", "bunch", {}, ""),
    ],
)
def test_the_unit_price_follows_what_is_typed(
    page: Page, price: str, per: str, more: dict[str, str], said: str
) -> None:
    page.fill("#price", price)
    page.select_option("#per", per)
    for place, text in more.items():
        page.fill(place, text)
    assert page.locator("#unit-price").inner_text().replace("\xa0", " ") == said


def test_allergens_that_were_ticked_are_not_sent_beside_another_answer(page: Page) -> None:
    page.select_option("#kind", "milk")
    page.check("input[name=said][value=some]")
    page.check("input[name=allergens][value=milk]")
    page.check("input[name=said][value=none]")
    expect(page.locator(".fourteen")).to_be_hidden()
    page.fill("#price", "1,20")
    page.locator("form#good button").click()
    expect(page.locator(".said")).to_contain_text("Saglabāts: Piens")
