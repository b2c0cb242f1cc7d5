"""What is typed appears as text, on pages and on the plan; nothing of it ever runs."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app import create_app
from app.database import Database
from market.places import stall_map
from tests.browser.planting import BREAKING_OUT, HOSTILE, demonstration_with_more, hostile
from tests.browser.served import Served, serving
from tests.browser.visiting import Visit
from tests.conftest import Templates, close, settings_for

WHERE_NAMES_STAND = ("/lv/", "/lv/tirgotaji", "/lv/karte", "/lv/pagasti/engures-pagasts")
RAN = "window.hit ?? null"


@pytest.fixture
def planted(templates: Templates, tmp_path: Path) -> Iterator[tuple[Served, str]]:
    """A served market with hostile names, and the stall of one who bears such a name."""
    address = templates.copy("sqlite", "browser", demonstration_with_more)
    database = Database(address)
    stall = hostile(database)
    database.engine.dispose()
    app = create_app(settings_for(address, tmp_path))
    with serving(app) as served:
        yield served, stall
    close(app)


def _whatever_ran(visit: Visit) -> list[object]:
    """What the planted words did, in the page and in its frames; and pictures they made."""
    ran = [frame.evaluate(RAN) for frame in visit.page.frames]
    made = [frame.locator("img[src=x]").count() for frame in visit.page.frames]
    return [*filter(None, ran), *filter(None, made), *visit.dialogs]


@pytest.mark.parametrize("address", WHERE_NAMES_STAND)
def test_a_hostile_name_stays_a_text_on_pages(
    address: str, planted: tuple[Served, str], chromium: Browser
) -> None:
    market, _stall = planted
    visit = Visit(chromium, market)
    page = visit.go(address)
    assert _whatever_ran(visit) == []
    assert visit.complaints == []
    said = page.locator("main").inner_text()
    if address != WHERE_NAMES_STAND[-1]:
        assert HOSTILE in said
        assert BREAKING_OUT in said
    visit.context.close()


def test_a_hostile_name_stays_a_text_on_its_own_page(
    planted: tuple[Served, str], chromium: Browser
) -> None:
    market, stall = planted
    visit = Visit(chromium, market)
    page = visit.go(f"/lv/karte?vieta={stall}")
    for name in (HOSTILE, BREAKING_OUT):
        page.goto("/lv/tirgotaji")
        page.get_by_role("link", name=name, exact=True).click()
        assert page.locator("h1").inner_text() == name
        assert name in page.locator(".lead").first.inner_text()
        assert _whatever_ran(visit) == []
    assert visit.complaints == []
    visit.context.close()


def test_a_hostile_name_stays_a_text_on_the_plan(
    planted: tuple[Served, str], chromium: Browser
) -> None:
    market, stall = planted
    visit = Visit(chromium, market)
    page = visit.go(f"/lv/karte?vieta={stall}")
    chosen = page.frame_locator("iframe").locator("a.chosen")
    chosen.wait_for()
    assert chosen.get_attribute("title") == f"{stall}: {HOSTILE}"
    assert _whatever_ran(visit) == []
    assert visit.complaints == []
    visit.context.close()


def test_without_the_helper_the_name_would_run(
    planted: tuple[Served, str], chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: with data written as they come, the same look at the plan notices a script."""
    monkeypatch.setattr(stall_map, "as_data", json.dumps)
    market, stall = planted
    visit = Visit(chromium, market)
    page = visit.go(f"/lv/karte?vieta={stall}")
    page.wait_for_timeout(500)
    assert _whatever_ran(visit) != [] or visit.complaints != []
    visit.context.close()
