"""The plan editor in a browser: drawn by keyboard alone, dragged, and without JavaScript."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from app.demo import TEST_TODAY
from market.places.models import Site, Stall, StallOnPlan
from market.places.queries import plan_of
from tests.browser.served import Served
from tests.browser.test_own_pages import EMAIL, known_page, own_market

__all__ = ["own_market"]

SCRIPT = Path(__file__).parent.parent.parent / "static/own/plan_editor.js"
MOST_PRESSES = 80


def opened(chromium: Browser, market: Served, **wishes: Any) -> Page:
    """Somebody of the office before a browser."""
    looks = {"viewport": {"width": 1280, "height": 900}, "service_workers": "block", **wishes}
    return known_page(chromium, market, EMAIL, looks)


@pytest.fixture
def page(chromium: Browser, own_market: Served) -> Iterator[Page]:
    found = opened(chromium, own_market)
    yield found
    found.context.close()


def drawn(market: Served, slug: str) -> dict[str, tuple[float, float, float]]:
    """Where the stalls of a site stand."""
    with market.database.reading() as session:
        site = session.exec(select(Site).where(Site.slug == slug)).one()
        rows = plan_of(session, site.id or 0, TEST_TODAY)
        return {stall.number: (spot.x_m, spot.y_m, spot.angle_deg) for spot, stall, _zone in rows}


def tab_to(page: Page, what: str) -> None:
    """Press Tab until something has the focus: a field, a button, a link."""
    for _ in range(MOST_PRESSES):
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{page.url}: Tab never reached {what}")


def fill(page: Page, field: str, text: str) -> None:
    """Type into a field reached by Tab, in place of what it holds."""
    tab_to(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def press(page: Page, what: str) -> None:
    """Press a button or follow a link reached by Tab, and wait for the next page."""
    tab_to(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def draw_by_keyboard(page: Page, name: str, letter: str) -> None:
    """A site, a zone and a row of three, without ever touching the mouse."""
    page.goto("/lv/parvalde/plans")
    press(page, "main a[href*='jauns-laukums']")
    fill(page, "#name-lv", name)
    fill(page, "#width_m", "40")
    fill(page, "#height_m", "30")
    press(page, "main form button.big")
    press(page, "a[href*='jauna-zona']")
    fill(page, "#code", letter)
    fill(page, "#name-lv", "Galdi")
    press(page, "main form button.big")
    fill(page, "#teikts", f"3 galdi pa 2 m no {letter}1")
    press(page, "#teikts ~ button, .said-row button")
    expect(page.locator("#count")).to_have_value("3")
    expect(page.locator("#first")).to_have_value(f"{letter}1")
    fill(page, "#row", letter)
    fill(page, "#x_m", "5")
    fill(page, "#y_m", "10")
    press(page, "main form button.big")
    press(page, "a[href*='/plans?laukums']")


def move_the_second(page: Page) -> None:
    """From the first stall to the second, and that one 1.3 m down and a little turned."""
    tab_to(page, "[data-stall]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    for key in ("Shift+ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "r"):
        page.keyboard.press(key)


def test_a_plan_is_drawn_by_keyboard_alone(page: Page, own_market: Served) -> None:
    draw_by_keyboard(page, "Skolas pagalms", "V")
    assert drawn(own_market, "skolas-pagalms") == {
        "V1": (5, 10, 0),
        "V2": (7.4, 10, 0),
        "V3": (9.8, 10, 0),
    }
    move_the_second(page)
    said = page.locator("#plan-said")
    expect(said).to_contain_text("V2")
    expect(said).to_contain_text("11,3 m no augšas")
    page.keyboard.press("Enter")
    press(page, ".save-moves button")
    expect(page.locator(".said")).to_contain_text("Saglabāts")
    assert drawn(own_market, "skolas-pagalms")["V2"] == (7.4, 11.3, 5)
    tab_to(page, "[data-stall]")
    page.keyboard.press("f")
    page.wait_for_url("**/plans/vieta/**")
    fill(page, "#x_m", "6,5")
    press(page, "main form button.big")
    assert drawn(own_market, "skolas-pagalms")["V1"] == (6.5, 10, 0)


def test_keys_that_do_nothing_are_noticed(chromium: Browser, own_market: Served) -> None:
    """The twin: the script no longer listens to the arrows of whoever has taken a stall."""
    page = opened(chromium, own_market)
    script = SCRIPT.read_text()
    broken = script.replace("if (way && carrying) shift(", "if (way && carrying) void (")
    assert broken != script
    page.route(
        "**/own/plan_editor.js*",
        lambda route: route.fulfill(body=broken, content_type="text/javascript"),
    )
    draw_by_keyboard(page, "Sporta laukums", "W")
    move_the_second(page)
    page.keyboard.press("Enter")
    press(page, ".save-moves button")
    assert drawn(own_market, "sporta-laukums")["W2"] != (7.4, 11.3, 5)
    page.context.close()


def place_of(page: Page, number: str) -> dict[str, float]:
    box = page.locator("[data-stall]", has_text=number).first.locator("rect").first.bounding_box()
    assert box is not None
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def test_a_stall_is_dragged_and_saved(page: Page, own_market: Served) -> None:
    page.goto("/lv/parvalde/plans?laukums=tirgus")
    page.locator(".plan-view").scroll_into_view_if_needed()
    before = drawn(own_market, "tirgus")
    from_here, to_there = place_of(page, "K1"), place_of(page, "K2")
    page.mouse.move(**from_here)
    page.mouse.down()
    page.mouse.move(from_here["x"], from_here["y"] + 30, steps=4)
    page.mouse.move(to_there["x"], to_there["y"] + 40, steps=6)
    page.mouse.up()
    expect(page.locator("[data-unsaved]")).to_contain_text("1")
    page.click(".save-moves button")
    expect(page.locator(".said")).to_contain_text("Saglabāts")
    after = drawn(own_market, "tirgus")
    assert {name for name in before if before[name] != after[name]} == {"K1"}
    assert after["K1"][0] == pytest.approx(before["K2"][0], abs=0.3)
    assert after["K1"][1] > before["K2"][1] + 1


def test_the_plan_is_made_larger_and_moved_about(page: Page) -> None:
    page.goto("/lv/parvalde/plans?laukums=tirgus")
    view = "document.querySelector('.plan-view svg').getAttribute('viewBox').split(' ').map(Number)"
    whole = page.evaluate(view)
    page.click("[data-do=in]")
    nearer = page.evaluate(view)
    assert nearer[2] < whole[2]
    box = page.locator(".plan-view").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 112, box["y"] + 62, steps=5)
    page.mouse.up()
    assert page.evaluate(view)[0] < nearer[0]
    page.click("[data-do=whole]")
    assert page.evaluate(view) == whole


def test_a_stall_is_moved_without_javascript(chromium: Browser, own_market: Served) -> None:
    page = opened(chromium, own_market, java_script_enabled=False)
    page.goto("/lv/parvalde/plans?laukums=tirgus")
    assert page.locator(".plan-view svg [data-stall]").count() > 20
    assert not page.locator(".plan-tools").first.is_visible()
    page.get_by_role("link", name="Rinda M: ").click()
    page.get_by_role("link", name="1. M1").click()
    page.fill("#x_m", "63,2")
    page.get_by_role("button", name="Saglabāt", exact=True).click()
    assert "Saglabāts" in page.locator(".said").inner_text()
    with own_market.database.reading() as session:
        stall = session.exec(select(Stall).where(Stall.number == "M1")).one()
        rows = session.exec(select(StallOnPlan).where(StallOnPlan.stall_id == stall.id)).all()
    assert rows[-1].x_m == 63.2
    page.context.close()
