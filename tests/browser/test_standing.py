"""Who stands where, in a browser: two taps, keys alone, dragging, and without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from app import create_app
from app.clock import moment
from app.database import database
from app.demo import TEST_TODAY
from market.days.models import Placement
from market.places.models import Stall
from tests.browser.served import MORNING, Served, serving
from tests.browser.test_own_pages import known_page
from tests.browser.visiting import HEIGHTS, is_wider_than_the_screen
from tests.conftest import Templates, _demonstration, close, settings_for
from vendors.keys.models import Person
from vendors.registry.models import Vendor

EMAIL = "dace@tirgus.example"
DAY = TEST_TODAY.isoformat()
GRID = f"/lv/parvalde/vietas?no={DAY}"


@pytest.fixture
def desk_market(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A market that each test may change, with somebody of the office."""
    folder = tmp_path_factory.mktemp("standing")
    app = create_app(
        settings_for(templates.copy("sqlite", "demo", _demonstration), folder, MORNING)
    )
    with serving(app) as served:
        app.config["PUBLIC_URL"] = served.address
        with app.app_context(), database().writing() as session:
            session.add(Person(email=EMAIL, name="Dace", role="organiser", made_at=moment()))
            session.commit()
        yield served
    close(app)


@pytest.fixture
def desk(chromium: Browser, desk_market: Served) -> Iterator[Callable[..., Page]]:
    """A browser at the office's desk: `desk(width=360, javascript=False)`."""
    pages: list[Page] = []

    def open_at(width: int = 1280, *, javascript: bool = True) -> Page:
        looks = {
            "viewport": {"width": width, "height": HEIGHTS[width]},
            "service_workers": "block",
            "java_script_enabled": javascript,
            "has_touch": width < 400,
        }
        pages.append(known_page(chromium, desk_market, EMAIL, looks))
        return pages[-1]

    yield open_at
    for page in pages:
        page.context.close()


def holders(market: Served) -> dict[str, str]:
    """The name of the vendor on each stall of the day."""
    with market.database.reading() as session:
        rows = session.exec(
            select(Stall.number, Vendor.name)
            .where(Placement.day == TEST_TODAY)
            .where(Placement.stall_id == Stall.id)
            .where(Placement.vendor_id == Vendor.id)
        )
        return dict(rows.all())


def cell(page: Page, number: str):
    return page.locator(f'[id="c-{DAY}.{number}"]')


def settled(page: Page, number: str, words: str) -> None:
    """Wait until the place says so on the page that was read anew."""
    expect(cell(page, number)).to_contain_text(words)
    expect(page.locator("#standing.is-working")).to_have_count(0)


def test_by_two_taps_a_vendor_is_moved_and_the_move_undone(
    desk: Callable[..., Page], desk_market: Served
):
    before, page = holders(desk_market), desk()
    page.goto(GRID)
    cell(page, "A1").click()
    expect(page.locator("#telling")).to_contain_text(before["A1"])
    cell(page, "B1").click()
    settled(page, "B1", before["A1"])
    after = holders(desk_market)
    assert (after["B1"], "A1" in after) == (before["A1"], False)
    page.locator("#hand-acts form button").click()
    expect(cell(page, "A1")).to_contain_text(before["A1"])
    assert holders(desk_market) == before


def test_on_a_phone_a_vendor_from_the_list_is_put_by_two_taps(
    desk: Callable[..., Page], desk_market: Served
):
    page = desk(360)
    page.goto(GRID)
    vendor = page.locator("[data-vendor]").first
    name = vendor.get_attribute("data-name") or ""
    vendor.tap()
    assert not is_wider_than_the_screen(page)
    assert page.locator("#grid td:visible .cell").count() < 80
    cell(page, "B2").tap()
    settled(page, "B2", name)
    assert holders(desk_market)["B2"] == name


def test_with_keys_alone_vendors_are_moved_swapped_and_released(
    desk: Callable[..., Page], desk_market: Served
):
    before, page = holders(desk_market), desk()
    page.goto(GRID)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('cell')"):
            break
    assert page.evaluate("document.activeElement.id") == f"c-{DAY}.A1"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settled(page, "A3", before["A1"])
    settled(page, "A1", before["A3"])
    assert page.evaluate("document.activeElement.id") == f"c-{DAY}.A3"
    page.keyboard.press("Delete")
    expect(cell(page, "A3")).not_to_contain_text(before["A1"])
    expect(page.locator("#telling")).to_contain_text("A3")
    settled(page, "A1", before["A3"])
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".cell.in-hand")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".cell.in-hand")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    assert "2026-11-27.A1" in page.evaluate("document.activeElement.id")
    after = holders(desk_market)
    assert (after["A1"], "A3" in after) == (before["A3"], False)


def test_by_dragging_a_vendor_comes_to_a_free_place_and_from_the_list(
    desk: Callable[..., Page], desk_market: Served
):
    before, page = holders(desk_market), desk()
    page.goto(f"{GRID}&dienas=1")
    _drag(page, cell(page, "A13"), cell(page, "B1"))
    settled(page, "B1", before["A13"])
    vendor = page.locator("[data-vendor]").first
    name = vendor.get_attribute("data-name") or ""
    _drag(page, vendor, cell(page, "B2"))
    settled(page, "B2", name)
    after = holders(desk_market)
    assert (after["B1"], after["B2"], "A13" in after) == (before["A13"], name, False)


def _drag(page: Page, what, where) -> None:
    where.scroll_into_view_if_needed()
    what.scroll_into_view_if_needed()
    here, there = what.bounding_box(), where.bounding_box()
    page.mouse.move(here["x"] + 20, here["y"] + 20)
    page.mouse.down()
    page.mouse.move(here["x"] + 40, here["y"] + 30, steps=3)
    page.mouse.move(there["x"] + 20, there["y"] + 20, steps=5)
    page.mouse.up()


def test_on_the_plan_a_tap_takes_and_another_puts_down(
    desk: Callable[..., Page], desk_market: Served
):
    before, page = holders(desk_market), desk()
    page.goto(f"/lv/parvalde/vietas/plans?diena={DAY}")
    ids = {number: cell(page, number).get_attribute("data-stall") for number in ("K1", "K3")}
    page.locator(f'g.stall[data-stall="{ids["K1"]}"]').click()
    expect(page.locator("#telling")).to_contain_text(before["K1"])
    page.locator(f'g.stall[data-stall="{ids["K3"]}"]').click()
    settled(page, "K3", before["K1"])
    assert holders(desk_market)["K3"] == before["K1"]


def test_whoever_is_too_late_is_told_who_has_the_place(
    desk: Callable[..., Page], desk_market: Served
):
    before, page = holders(desk_market), desk()
    page.goto(GRID)
    cell(page, "A1").click()
    with desk_market.database.writing() as session:
        stall = session.exec(select(Stall).where(Stall.number == "B1")).one()
        vendor = session.exec(select(Vendor).where(Vendor.name == before["A3"])).one()
        session.add(Placement(day=TEST_TODAY, stall_id=stall.id or 0, vendor_id=vendor.id or 0))
        session.commit()
    cell(page, "B1").click()
    expect(page.locator("#hand.bad #telling")).to_contain_text(before["A3"])
    settled(page, "B1", before["A3"])
    assert holders(desk_market)["A1"] == before["A1"]


@pytest.mark.parametrize("width", [360, 1280])
def test_without_javascript_it_is_one_page_after_another(
    width: int, desk: Callable[..., Page], desk_market: Served
):
    before, page = holders(desk_market), desk(width, javascript=False)
    page.goto(GRID)
    cell(page, "A1").click()
    expect(page.locator("#telling")).to_contain_text(before["A1"])
    cell(page, "B1").click()
    expect(page.locator(".said")).to_contain_text("B1")
    assert holders(desk_market)["B1"] == before["A1"]
    cell(page, "A1").click()
    button = page.locator('#izvele button[name="tirgotajs"]').first
    name = button.locator(".who").inner_text()
    button.click()
    expect(page.locator(".said")).to_contain_text(name)
    assert holders(desk_market)["A1"] == name
