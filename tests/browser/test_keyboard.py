"""Everything works by keyboard, and one always sees where one is."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.pages import address_of
from tests.browser.served import Served

WITH_MUCH_TO_PRESS = (
    "today",
    "vendors",
    "vendor",
    "stalls",
    "programme",
    "festival",
    "parishes",
    "sign: here",
    "sign field with error",
)
MOST_PRESSES = 600

NUMBER_ALL = """() => {
    const all = [...document.querySelectorAll(
        "a[href], button, input, select, summary, iframe, [tabindex='0']"
    )].filter(one => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }));
    all.forEach((one, number) => { one.dataset.number = number; });
    return all.length;
}"""

WHERE = """() => {
    const one = document.activeElement, look = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return {
        number: Number(one.dataset.number ?? -1),
        what: one.outerHTML.slice(0, 90),
        frame: one.tagName === "IFRAME",
        ring: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
        seen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    };
}"""


@pytest.mark.parametrize("name", WITH_MUCH_TO_PRESS)
def test_everything_is_reached_with_the_tab_key(
    name: str, visitor: Visitor, market: Served
) -> None:
    page = visitor(width=1280).go(address_of(market, name))
    wanted = page.evaluate(NUMBER_ALL)
    reached: set[int] = set()
    for _ in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here["number"] < 0:
            # Between the plan's frame and the page the focus is nowhere for a moment.
            continue
        reached.add(here["number"])
        assert here["frame"] or here["ring"], f"no visible focus: {here['what']}"
        assert here["seen"], f"focus outside the screen: {here['what']}"
        if len(reached) == wanted:
            break
    assert reached == set(range(wanted))


def test_the_first_press_offers_to_skip_to_the_content(visitor: Visitor) -> None:
    page = visitor().go("/lv/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_plan_can_be_left_and_its_numbers_are_shown_when_reached(visitor: Visitor) -> None:
    page: Page = visitor().go("/lv/karte")
    frame = page.frame("plans")
    assert frame is not None
    number = frame.locator(".number a").first
    number.focus()
    assert number.evaluate("one => getComputedStyle(one).opacity") == "1"
    number.press("Enter")
    page.wait_for_url("**vieta=**")


def test_a_story_opens_with_the_keyboard(visitor: Visitor, market: Served) -> None:
    page = visitor().go(address_of(market, "vendor"))
    whole = page.locator("details").first
    whole.locator("summary").focus()
    page.keyboard.press("Enter")
    assert whole.get_attribute("open") is not None
