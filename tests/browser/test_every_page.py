"""Every kind of page, on phones and on a desk, by day and by night: nothing to complain about."""

import pytest

from tests.browser.conftest import Visitor
from tests.browser.pages import PAGES, address_of
from tests.browser.served import Served
from tests.browser.visiting import SCHEMES, WIDTHS, is_wider_than_the_screen

MISSING = ("no such page",)

PRESSED = ", ".join(
    ("main a[href]", "header a[href]", "footer a[href]", "button", "input", "select", "summary")
)

TOO_SMALL = """pressed => {
    const small = [], reach = 21;
    const inside = (one, x, y) => {
        const hit = document.elementFromPoint(x, y);
        return !hit || hit === one || one.contains(hit) || hit.closest("label")?.control === one
            || one.closest("label")?.contains(hit);
    };
    const inSentence = one => [...one.parentElement.childNodes].some(
        node => node.nodeType === Node.TEXT_NODE && node.textContent.trim().length > 3);
    for (const one of document.querySelectorAll(pressed)) {
        if (one.closest("svg, .skip") || !one.checkVisibility()) continue;
        if (one.tagName === "A" && inSentence(one)) continue;
        one.scrollIntoView({ block: "center" });
        const box = one.getBoundingClientRect();
        const x = box.x + box.width / 2, y = box.y + box.height / 2;
        const high = inside(one, x, y - reach) && inside(one, x, y + reach);
        const left = Math.max(box.x + 1, x - reach), right = Math.min(box.right - 1, x + reach);
        const wide = box.width >= 24 && inside(one, left, y) && inside(one, right, y);
        if (!high || !wide) small.push(
            `${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 110)}`);
    }
    scrollTo(0, 0);
    return small;
}"""


LOOKED_AT = {
    "lv": ((320, "light"), (360, "dark"), (1280, "light")),
    "en": ((320, "dark"), (1280, "dark")),
}
"""Colours are the same in both languages and at all widths; lengths of words are not."""


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(
    name: str, language: str, visitor: Visitor, market: Served
) -> None:
    visit = visitor()
    page = visit.go(address_of(market, name, language))
    for width in WIDTHS:
        for scheme in SCHEMES:
            visit.resize(width, scheme)
            if (width, scheme) in LOOKED_AT[language]:
                assert visit.findings() == [], f"at {width}, {scheme}"
            assert is_wider_than_the_screen(page) == "", f"at {width}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nothing_and_leaves_nothing(
    name: str, visitor: Visitor, market: Served
) -> None:
    visit = visitor()
    page = visit.go(address_of(market, name))
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    expected = ["404"] if name in MISSING else []
    assert [one for one in visit.complaints if not any(part in one for part in expected)] == []
    assert visit.strangers() == []
    assert visit.traces() == []


@pytest.mark.parametrize("name", PAGES)
def test_what_is_pressed_is_large_enough_for_a_thumb(
    name: str, visitor: Visitor, market: Served
) -> None:
    visit = visitor()
    page = visit.go(address_of(market, name))
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert page.evaluate(TOO_SMALL, PRESSED) == []
