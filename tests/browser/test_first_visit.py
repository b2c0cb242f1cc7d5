"""A first visit from a sign: one request, 14 kB, nothing from elsewhere; and a faulty database."""

import socket
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Route

from app import create_app
from tests.browser.conftest import Visitor
from tests.browser.pages import address_of
from tests.browser.planting import demonstration_with_more
from tests.browser.served import Served, serving
from tests.browser.visiting import Visit
from tests.conftest import Templates, close, settings_for

MOST_BYTES = 14_000


def _bytes_on_the_wire(market: Served, address: str) -> int:
    """All that the server sends for an address to a client that takes gzip, headers included."""
    asking = (
        f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{market.port}\r\n"
        "Accept-Encoding: gzip, deflate, br\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", market.port), timeout=10) as wire:
        wire.sendall(asking.encode())
        answer = b"".join(iter(lambda: wire.recv(65536), b""))
    assert answer.split(b"\r\n")[0].endswith(b"200 OK")
    assert b"Content-Encoding: gzip" in answer
    return len(answer)


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize(
    "case", ["here", "before opening", "after closing", "away", "nobody", "closed"]
)
def test_a_sign_is_at_most_14_kilobytes(case: str, language: str, market: Served) -> None:
    address = address_of(market, f"sign: {case}", language)
    assert _bytes_on_the_wire(market, address) <= MOST_BYTES


def test_a_sign_is_read_after_one_request(visitor: Visitor, market: Served) -> None:
    address = address_of(market, "sign: here")
    visit = visitor(java_script_enabled=False)
    asked: list[str] = []

    def only_the_first(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.continue_()
        else:
            route.abort()

    visit.page.route("**/*", only_the_first)
    page = visit.go(address)
    assert asked[0] == f"{market.address}{address}"
    paper = page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
    assert paper == "rgb(251, 246, 239)"
    assert "14.00" in page.locator(".state").first.inner_text()
    assert len(page.locator(".lead").first.inner_text()) > 150
    assert page.locator(".goods li").count() > 0
    assert visit.strangers() == []


def test_the_browser_counts_the_same_bytes(visitor: Visitor, market: Served) -> None:
    visit = visitor()
    protocol = visit.context.new_cdp_session(visit.page)
    protocol.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    protocol.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["type"]}),
    )
    protocol.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    visit.go(address_of(market, "sign: here"))
    needed = [
        size for key, size in sizes.items() if addresses.get(key) in ("Document", "Stylesheet")
    ]
    assert len(needed) == 1
    assert 0 < needed[0] <= MOST_BYTES


def test_the_way_from_the_sign_to_the_story_and_the_plan(
    demo_app: Flask, chromium: Browser
) -> None:
    """The same on both databases."""
    with serving(demo_app) as market:
        visit = Visit(chromium, market)
        page = visit.go(address_of(market, "sign: here"))
        name = page.locator("h1").inner_text()
        page.get_by_role("link", name="Lasīt saimniecības stāstu").click()
        assert page.locator("h1").inner_text() == name
        number = page.locator("a.plate").first.inner_text().split()[-1]
        page.locator("a.plate").first.click()
        assert page.locator(".stalls .chosen").get_attribute("id") == number
        assert page.frame_locator("iframe").locator("a.chosen").inner_text() == number
        assert visit.complaints == []
        visit.context.close()


def test_without_its_database_a_sign_shows_the_last_copy(
    templates: Templates, tmp_path: Path, chromium: Browser
) -> None:
    address = templates.copy("sqlite", "browser", demonstration_with_more)
    app = create_app(settings_for(address, tmp_path))
    with serving(app) as market:
        visit = Visit(chromium, market)
        sign = address_of(market, "sign: here")
        fresh = visit.go(sign).locator("h1").inner_text()
        assert visit.page.get_by_role("status").count() == 0
        app.extensions["database"].engine.dispose()
        file = Path(address.removeprefix("sqlite:///"))
        file.rename(file.with_suffix(".gone"))
        page = visit.go(sign)
        assert page.locator("h1").inner_text() == fresh
        assert "kopija" in page.get_by_role("status").inner_text()
        assert visit.findings() == []
        visit.context.close()
    close(app)
