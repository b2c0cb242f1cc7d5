"""Wishing places by taps on the plan: the first, the second, and one taken back."""

from datetime import datetime

from playwright.sync_api import Browser, expect

from tests.browser.served import Served
from tests.browser.test_own_pages import own_market

__all__ = ["own_market"]


def test_wishes_are_tapped_on_the_plan(chromium: Browser, own_market: Served) -> None:
    before = own_market.app.config["NOW"]
    own_market.app.config["NOW"] = datetime.fromisoformat("2027-04-02T10:00")
    context = chromium.new_context(base_url=own_market.address)
    try:
        page = context.new_page()
        page.goto("/lv/svetki/rozu-svetki-2027/pieteikties")
        page.fill("[name=name]", "Darbnīca")
        page.fill("[name=other_place]", "Talsu novads")
        page.fill("[name=phone]", "26123456")
        page.click("text=Sākt pieteikumu")
        page.click("text=Kura vieta")
        wished = page.locator("ol.wishes li b")
        page.locator("[data-stall]").nth(3).click()
        expect(wished).to_have_count(1)
        page.locator("[data-stall]").nth(6).click()
        expect(wished).to_have_count(2)
        page.locator("[data-stall]").nth(3).click()
        expect(wished).to_have_count(1)
    finally:
        own_market.app.config["NOW"] = before
        context.close()
