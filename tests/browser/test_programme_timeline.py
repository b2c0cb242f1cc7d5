"""The timeline of the programme in a browser: by keyboard, by dragging, by finger, and its twin."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlmodel import select

from market.programme.models import Event
from tests.browser.served import Served
from tests.browser.test_own_pages import own_market
from tests.browser.test_plan_editor import opened, tab_to

__all__ = ["own_market"]

SCRIPT = Path(__file__).parent.parent.parent / "static/own/programme.js"
DAY = "/lv/parvalde/programma?diena=2027-07-17"
TITLE = "Kopdejas Katrīnas laukumā"


@pytest.fixture
def page(chromium: Browser, own_market: Served) -> Iterator[Page]:
    found = opened(chromium, own_market)
    yield found
    found.context.close()


def the_event(market: Served) -> Event:
    """The draft that is moved, as it stands in the database."""
    with market.database.reading() as session:
        rows = session.exec(select(Event)).all()
        session.expunge_all()
    return next(row for row in rows if row.title["lv"] == TITLE)


def set_back(market: Served) -> None:
    """The draft as the demonstration has it: other tests have moved it."""
    number = the_event(market).id
    with market.database.writing() as session:
        row = session.get_one(Event, number)
        row.starts, row.ends = row.starts.replace(18, 30), row.ends.replace(19, 0)  # type: ignore[union-attr]
        row.venue_id = session.exec(
            select(Event.venue_id).where(Event.uid.contains("sadraudzibas-ansambli"))  # type: ignore[attr-defined]
        ).first()
        session.add(row)
        session.commit()


def block(page: Page, market: Served) -> Locator:
    return page.locator(f"[data-event='{the_event(market).id}']")


def drag(page: Page, block: Locator, down: float) -> None:
    """Take the block with the mouse near its upper left corner and let go so much lower."""
    block.scroll_into_view_if_needed()
    box = block.locator(".body").bounding_box()
    assert box
    x, y = box["x"] + 20, box["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + down / 2, steps=4)
    page.mouse.move(x, y + down, steps=4)
    page.mouse.up()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".keep-times button").click()


def test_an_event_is_moved_by_keyboard_alone(page: Page, own_market: Served) -> None:
    set_back(own_market)
    page.goto(DAY)
    mine = f"[data-event='{the_event(own_market).id}']"
    tab_to(page, mine)
    assert (
        page.evaluate("getComputedStyle(document.activeElement.querySelector('.body')).strokeWidth")
        == "6px"
    )
    for key in ("ArrowDown", "ArrowDown", "Shift+ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("#timeline-said")).to_contain_text("18.55–19.25")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#timeline-said")).to_contain_text("Pauzera pļavas")
    page.keyboard.press("ArrowLeft")
    tab_to(page, ".keep-moved button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert str(the_event(own_market).starts) == "18:55:00"
    expect(page.locator(".said")).to_contain_text("Saglabāts")


def test_an_event_is_dragged(page: Page, own_market: Served) -> None:
    set_back(own_market)
    page.goto(DAY)
    mine = block(page, own_market)
    drag(page, mine, 88 * 0.5)
    expect(page.locator("#timeline-said")).to_contain_text("19.00–19.30")
    assert page.url.endswith(DAY)
    save(page)
    assert str(the_event(own_market).starts) == "19:00:00"
    page.goto(DAY)
    with page.expect_navigation():
        drag(page, block(page, own_market), 0)
    assert f"/programma/{the_event(own_market).id}" in page.url


def dragged_by_finger(page: Page, block: Locator, down: float) -> None:
    """Touch the corner of the block, go so much lower, let go, as a finger does."""
    block.scroll_into_view_if_needed()
    box = block.locator(".grip").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = page.context.new_cdp_session(page)
    steps = [("touchStart", 0.0), *(("touchMove", down * step / 8) for step in range(1, 9))]
    for kind, lower in steps:
        finger.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y + lower}]}
        )
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_an_event_is_dragged_by_a_finger_on_its_corner(page: Page, own_market: Served) -> None:
    set_back(own_market)
    page.goto(DAY)
    dragged_by_finger(page, block(page, own_market), 88)
    expect(page.locator("#timeline-said")).to_contain_text("19.30–20.00")
    # The twin: where the browser takes the finger for scrolling, the event goes back.
    page.reload()
    page.evaluate(
        "document.querySelectorAll('.grip, .hold').forEach(one => one.style.touchAction = 'auto')"
    )
    dragged_by_finger(page, block(page, own_market), 88)
    expect(page.locator("#timeline-said")).not_to_contain_text("19.30")


def test_a_script_that_writes_no_fields_is_found(chromium: Browser, own_market: Served) -> None:
    """The twin: dragged, but nothing would be saved."""
    set_back(own_market)
    page = opened(chromium, own_market)
    line = 'field(one, "starts").value = same ? one.fields.starts : clock(one.starts);'
    script = SCRIPT.read_text(encoding="utf-8")
    assert line in script
    page.route(
        "**/own/programme.js*",
        lambda route: route.fulfill(
            body=script.replace(line, ""), content_type="text/javascript; charset=utf-8"
        ),
    )
    page.goto(DAY)
    drag(page, block(page, own_market), 88)
    save(page)
    assert str(the_event(own_market).starts) == "18:30:00"
    page.context.close()
