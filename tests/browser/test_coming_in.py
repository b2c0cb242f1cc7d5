"""Coming in with a real browser: the key leaves the address bar, and only a button opens."""

from collections.abc import Iterator

import pytest

from app import create_app
from app.clock import moment
from app.keys import IssuedCard, make_link_code
from tests.browser.planting import demonstration_with_more
from tests.browser.served import Served, serving
from tests.conftest import Templates, close, settings_for
from tests.own.coming_in import new_card, vendor_of, wrong_pin


@pytest.fixture
def door(templates: Templates, tmp_path) -> Iterator[Served]:
    """A served demonstration market of its own, to come in to."""
    settings = settings_for(templates.copy("sqlite", "browser", demonstration_with_more), tmp_path)
    settings.public_url = "http://localhost:8000"
    app = create_app(settings)
    with serving(app) as served:
        yield served
    close(app)


@pytest.fixture
def card(door: Served) -> IssuedCard:
    """The card of a vendor."""
    return new_card(door.app)


def test_the_cards_code_leaves_only_the_pin_to_type(visitor, door, card):
    visit = visitor(door)
    page = visit.go(f"/lv/ieiet#{card.secret}")
    page.wait_for_function("!location.hash")
    assert page.url == f"{door.address}/lv/ieiet"
    assert page.evaluate("document.activeElement.id") == "pin"
    assert [field.is_visible() for field in page.locator("#card, #email, #code").all()] == [
        False, False, False,
    ]  # fmt: skip
    assert visit.findings() == []
    page.keyboard.type(card.pin)
    page.keyboard.press("Enter")
    page.wait_for_url("**/lv/mans/")
    assert not any(card.secret in address for address in visit.requests)
    assert visit.strangers() == []


def test_a_wrong_pin_keeps_the_number_and_says_what_to_do(visitor, door, card):
    page = visitor(door).go(f"/lv/ieiet#{card.secret}")
    page.fill("#pin", wrong_pin(card))
    page.keyboard.press("Enter")
    page.wait_for_selector("#pin-error")
    assert "vēl 4 mēģinājumi" in page.inner_text("#pin-error")
    page.fill("#pin", card.pin)
    page.keyboard.press("Enter")
    page.wait_for_url("**/lv/mans/")


def test_a_link_opens_by_its_button_and_not_by_itself(visitor, door):
    with door.app.app_context(), door.database.writing() as session:
        code = make_link_code(session, vendor_id=vendor_of(door.app), at=moment())
        session.commit()
    visit = visitor(door)
    for _time in range(3):
        visit.go("/lv/")
        page = visit.go(f"/lv/ieiet#k={code}")
        page.wait_for_function("!location.hash")
    assert visit.context.cookies() == []
    page.click("#way-code button")
    page.wait_for_url("**/lv/mans/")
    assert not any(code in address for address in visit.requests)


def test_without_javascript_the_number_is_typed(visitor, door, card):
    page = visitor(door, java_script_enabled=False).go(f"/lv/ieiet#{card.secret}")
    page.fill("#card", card.secret)
    page.fill("#pin", card.pin)
    page.click("#way-card button")
    page.wait_for_url("**/lv/mans/")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/lv/ieiet", "/en/ieiet", "/lv/ieiet/vestule"])
def test_the_door_is_there_for_everybody(visitor, door, address, width):
    visit = visitor(door, width=width)
    page = visit.go(address)
    assert visit.findings() == []
    visit.resize(width, "dark")
    assert visit.findings() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
