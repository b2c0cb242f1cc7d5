"""Pages bring no script: everything is there without it, and every form works."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from market.signs.models import Sign
from tests.browser.conftest import Visitor
from tests.browser.pages import PAGES, address_of
from tests.browser.served import Served


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_same_without_javascript(name: str, visitor: Visitor, market: Served) -> None:
    address = address_of(market, name)
    without = visitor(java_script_enabled=False).go(address)
    # A sentence under the plan speaks of the plan, which needs a script.
    said = without.locator("main").inner_text().split()
    assert len(said) > 10
    assert set(said) <= set(visitor().go(address).locator("main").inner_text().split())
    scripts = without.locator("script:not([type='application/ld+json'])")
    assert scripts.count() == 0


def test_the_plan_needs_a_script_so_without_it_the_list_stands_alone(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).go("/lv/karte")
    expect(page.locator("iframe")).to_be_hidden()
    expect(page.locator(".stalls li").first).to_be_visible()


def test_a_vendor_is_found_without_diacritics(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).go("/lv/tirgotaji")
    page.get_by_role("searchbox").fill("ragainisi")
    page.get_by_role("button").click()
    expect(page.locator(".vendor-card")).to_have_count(1)
    page.locator(".vendor-card a").click()
    expect(page.locator("h1")).to_contain_text("Ragainīši")


def test_vendors_are_narrowed_to_those_here_today(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).go("/en/tirgotaji")
    everybody = page.locator(".vendor-card").count()
    page.get_by_label("At the market today").check()
    page.get_by_role("button").click()
    assert 0 < page.locator(".vendor-card").count() < everybody


def test_a_typed_code_opens_the_stall_and_a_mistyped_one_is_explained(
    visitor: Visitor, market: Served
) -> None:
    with market.database.reading() as session:
        code = str(session.exec(select(Sign.code)).first())
    page = visitor(java_script_enabled=False).go("/lv/S")
    page.locator("#code").fill(f" {code[:2].lower()} {code[2:]}")
    page.get_by_role("button").first.click()
    expect(page.locator("h1 + *, .plate").first).to_be_visible()
    assert page.url.upper().endswith(f"/S/{code}")
    page.goto("/lv/S")
    page.locator("#code").fill(code[1] + code[0] + code[2:] if code[0] != code[1] else "AAAA2")
    page.get_by_role("button").first.click()
    expect(page.locator("#complaint")).to_be_visible()
    assert page.locator("#code").get_attribute("aria-describedby") == "complaint"


def test_the_stalls_of_another_day_are_shown(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).go("/lv/karte")
    page.locator("select[name=laukums]").select_option("brivibas-laukums")
    page.locator("input[name=diena]").fill("2027-07-17")
    page.locator("main form button").click()
    expect(page.locator(".stalls li[id=R1]")).to_be_visible()


def test_the_programme_of_another_day_is_shown(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).go("/lv/programma")
    page.locator("input[name=diena]").fill("2027-07-17")
    page.locator("main form button").click()
    assert "diena=2027-07-17" in page.url
    assert page.locator(".events li").count() > 5
