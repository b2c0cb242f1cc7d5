"""Framing in a real browser: a listed host shows the widget, any other one shows nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from app import create_app
from market.days.models import MarketSetting
from tests.browser.conftest import LONGEST_WAIT_MS
from tests.browser.served import MORNING, Served, serving
from tests.browser.visiting import WCAG, axe, is_wider_than_the_screen
from tests.conftest import Templates, _demonstration, close, settings_for

WIDGET = "/lv/iegult/sodien"


@pytest.fixture
def service(templates: Templates, tmp_path: Path) -> Iterator[Served]:
    """The demonstration market, to be framed."""
    address = templates.copy("sqlite", "demo", _demonstration)
    app = create_app(settings_for(address, tmp_path, MORNING))
    with serving(app) as served:
        yield served
    close(app)


@contextmanager
def site_that_frames(framed: str) -> Iterator[str]:
    """Another site, on a port of its own, whose only page frames an address; yields its origin."""
    body = (
        '<!doctype html><html lang="lv"><title>Pašvaldība</title><h1>Pašvaldība</h1>'
        f'<iframe title="Tirgus" width="320" height="600" src="{framed}"></iframe>'
    )

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """The one page."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_said: object) -> None:
            """Say nothing: nobody reads along."""

    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def allow(service: Served, *origins: str) -> None:
    """List origins; those of this machine have no https, so the office's form would refuse them."""
    with service.database.writing() as session:
        session.merge(MarketSetting(name="framed_by", value=" ".join(origins)))
        session.commit()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A visitor of the municipality's page."""
    context = chromium.new_context(viewport={"width": 800, "height": 800})
    found = context.new_page()
    found.set_default_timeout(LONGEST_WAIT_MS)
    yield found
    context.close()


def shows(page: Page, site: str) -> bool:
    """Whether the widget is seen in the frame of a site."""
    page.goto(site, wait_until="networkidle")
    frame = page.frames[-1]
    return "Tukuma tirgū" in frame.locator("body").inner_text()


def test_a_listed_host_frames_the_widget_and_another_does_not(page: Page, service: Served) -> None:
    with (
        site_that_frames(service.address + WIDGET) as listed,
        site_that_frames(service.address + WIDGET) as other,
    ):
        assert not shows(page, listed)
        allow(service, listed)
        assert shows(page, listed)
        assert page.context.cookies() == []
        assert not shows(page, other)
        allow(service)
        assert not shows(page, listed)


def test_no_other_page_of_ours_is_framed_by_a_listed_host(page: Page, service: Served) -> None:
    with site_that_frames(service.address + "/lv/") as listed:
        allow(service, listed)
        assert not shows(page, listed)


def test_a_widget_without_its_policy_would_be_framed_by_anybody(
    page: Page, service: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: nobody says who may frame."""
    monkeypatch.setattr(
        "app.pages.widgets.policy", lambda **_given: "default-src 'none'; style-src 'self'"
    )
    with site_that_frames(service.address + WIDGET) as other:
        assert shows(page, other)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [WIDGET, "/en/iegult/programma"])
def test_a_widget_is_for_everybody(
    address: str, scheme: str, chromium: Browser, service: Served
) -> None:
    context = chromium.new_context(
        viewport={"width": 280, "height": 600}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(service.address + address)
    found = axe(page.main_frame, [*WCAG, "best-practice"])
    wide = is_wider_than_the_screen(page)
    context.close()
    assert (found, wide) == ([], "")
