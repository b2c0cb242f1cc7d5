"""Large text, wide spacing, forced colours: nothing is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visitor
from tests.browser.finding import find, flags
from tests.browser.pages import PAGES, address_of
from tests.browser.served import Served
from tests.browser.visiting import Visit, is_wider_than_the_screen

TWICE = 32
"""Twice the size of letters that browsers begin with, in pixels."""

CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(one => {
    const look = getComputedStyle(one);
    return ["hidden", "clip"].includes(look.overflowX) && !one.closest(".away, svg, input")
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => one.outerHTML.slice(0, 120))"""

SPACED = """() => {
    const style = document.documentElement.style;
    style.letterSpacing = "0.12em"; style.wordSpacing = "0.16em"; style.lineHeight = "1.5";
    for (const one of document.querySelectorAll("p")) one.style.marginBottom = "2em";
}"""


@pytest.fixture(scope="session")
def large_letters(chromium: Browser) -> Iterator[Browser]:
    """A browser whose owner has set letters of twice the size."""
    kind = chromium.browser_type
    path = find(kind.executable_path)
    large = [*flags(), f"--blink-settings=defaultFontSize={TWICE}"]
    browser = kind.launch(executable_path=path, args=large)
    yield browser
    browser.close()


@pytest.mark.parametrize("name", PAGES)
def test_letters_of_twice_the_size_lose_nothing(
    name: str, large_letters: Browser, market: Served
) -> None:
    visit = Visit(large_letters, market)
    page = visit.go(address_of(market, name))
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= TWICE
    for width in (360, 1280):
        visit.resize(width)
        assert is_wider_than_the_screen(page) == "", f"at {width}"
        assert page.evaluate(CUT_OFF) == []
    visit.context.close()


@pytest.mark.parametrize("name", ["today", "vendor", "stalls", "programme", "sign: here"])
def test_wide_spacing_loses_nothing(name: str, visitor: Visitor, market: Served) -> None:
    page = visitor(width=320).go(address_of(market, name))
    page.evaluate(SPACED)
    assert is_wider_than_the_screen(page) == ""
    assert page.evaluate(CUT_OFF) == []


def test_forced_colours_keep_what_colours_say(visitor: Visitor, market: Served) -> None:
    page = visitor(forced_colors="active").go("/lv/")
    colour = "one => getComputedStyle(one).borderBottomColor"
    current = page.locator(".doors [aria-current]").evaluate(colour)
    other = page.locator(".doors a:not([aria-current])").first.evaluate(colour)
    assert current != other
    border = page.locator(".button").first.evaluate(
        "one => [getComputedStyle(one).borderStyle, getComputedStyle(one).borderWidth]"
    )
    assert border == ["solid", "2px"]
    page.goto(address_of(market, "sign: here"))
    assert page.locator(".state.yes").inner_text().strip() != ""
