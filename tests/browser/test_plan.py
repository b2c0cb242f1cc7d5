"""The plan in its frame: all stalls are on it, and it leads to the list and back."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import Visitor
from tests.browser.pages import stall_of_today
from tests.browser.served import Served
from tests.browser.visiting import WCAG, axe

PLAN = "iframe[name=plans]"
NUMBERS = ".number a"
ENTRIES = ".stalls li"


def _plan(page: Page) -> Frame:
    frame = page.frame("plans")
    assert frame is not None
    frame.wait_for_selector(NUMBERS, state="attached")
    return frame


def _draw_near(page: Page, frame: Frame) -> None:
    """Draw the plan nearer until its numbers are shown; far away they take no room at all."""
    page.locator(PLAN).scroll_into_view_if_needed()
    for _ in range(12):
        page.wait_for_timeout(300)
        if not frame.locator(".leaflet-container.far").count():
            return
        frame.locator(".leaflet-control-zoom-in").click()
    raise AssertionError("the plan did not come nearer")


@pytest.mark.parametrize("place", ["laukums=tirgus", "laukums=brivibas-laukums&diena=2027-07-17"])
def test_every_stall_of_the_list_is_on_the_plan(
    place: str, visitor: Visitor, market: Served
) -> None:
    visit = visitor(width=1280)
    page = visit.go(f"/lv/karte?{place}")
    listed = page.locator(ENTRIES).evaluate_all("all => all.map(one => one.id)")
    links = _plan(page).locator(NUMBERS).evaluate_all("all => all.map(one => one.textContent)")
    assert len(links) >= 40
    assert sorted(links) == sorted(listed)
    picture = str(_plan(page).locator("img.leaflet-image-layer").get_attribute("src"))
    drawing = page.request.get(f"{urljoin(page.url, picture)}").text()
    drawn = re.findall(r'data-stall="\d+".*?<text [^>]*>([^<]+)</text>', drawing)
    assert sorted(drawn) == sorted(listed)
    shown = "one => one.complete && one.naturalWidth > 0"
    assert _plan(page).locator("img.leaflet-image-layer").evaluate(shown)
    assert visit.complaints == []
    assert visit.strangers() == []


def test_a_number_on_the_plan_leads_to_its_entry_in_the_list(visitor: Visitor) -> None:
    visit = visitor(width=1280, reduced_motion="reduce")
    page = visit.go("/lv/karte")
    frame = _plan(page)
    _draw_near(page, frame)
    number = frame.locator(NUMBERS).evaluate_all(
        """all => {
            const far = one => { const box = one.getBoundingClientRect();
                return Math.hypot(box.x - innerWidth / 2, box.y - innerHeight / 2); };
            return all.sort((one, other) => far(one) - far(other))[0].textContent;
        }"""
    )
    # The click waits until the number stands still, and fails where something lies above it.
    frame.locator(NUMBERS).get_by_text(number, exact=True).click()
    page.wait_for_url(f"**vieta={number}**#{number}")
    assert page.locator(".stalls .chosen").get_attribute("id") == number
    entry = page.locator(f"[id='{number}']")
    entry.wait_for()
    box = entry.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


def test_an_entry_of_the_list_marks_its_stall_on_the_plan(visitor: Visitor, market: Served) -> None:
    number = stall_of_today(market)
    visit = visitor()
    page = visit.go("/lv/karte")
    assert _plan(page).locator("a.chosen").count() == 0
    page.locator(f"[id='{number}'] a").first.click()
    chosen = page.frame_locator(PLAN).locator("a.chosen")
    chosen.wait_for()
    assert chosen.inner_text() == number
    assert visit.complaints == []


def test_the_plan_is_confined_to_its_frame(visitor: Visitor) -> None:
    page = visitor().go("/lv/karte")
    allowed = str(page.locator(PLAN).get_attribute("sandbox")).split()
    assert "allow-same-origin" not in allowed
    assert _plan(page).evaluate("self.origin") == "null"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_plan_itself_is_accessible(width: int, visitor: Visitor) -> None:
    page = visitor(width=width).go("/en/karte?vieta=A3")
    assert axe(_plan(page), WCAG) == []


WATCH_MOTION = """() => {
    window.moved = 0;
    new MutationObserver(() => {
        window.moved += document.querySelectorAll(".leaflet-zoom-anim").length;
    }).observe(document.body, { attributes: true, subtree: true });
}"""


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_who_wants_no_motion_sees_none(wish: str, moves: bool, visitor: Visitor) -> None:
    """With motion as its twin: what moves would be noticed."""
    page = visitor(width=1280, reduced_motion=wish).go("/lv/karte")
    frame = _plan(page)
    frame.evaluate(WATCH_MOTION)
    frame.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(500)
    assert bool(frame.evaluate("window.moved")) is moves
    assert page.evaluate("document.getAnimations().length") == 0
