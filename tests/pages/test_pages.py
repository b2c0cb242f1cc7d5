"""Every page that can be reached by links from the first one is there and is careful."""

from collections import deque
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from tests.asking import code_of
from tests.careful_client import CarefulClient, Page, faults_of_page

MOST_OF_A_KIND = 6
"""So many pages of one address with one set of parameters are looked at; vendors are all alike."""


def kind_of(visitor: CarefulClient, address: str) -> tuple[str, ...]:
    """The route and the names of parameters of an address."""
    parts = urlsplit(address)
    endpoint, _values = visitor.app.url_map.bind("localhost").match(parts.path)
    return (str(endpoint), *sorted(name for name, _value in parse_qsl(parts.query)))


def pages_from(visitor: CarefulClient, first: str, language: str) -> dict[str, Page]:
    """The pages of a language that links lead to, from a first one on."""
    found: dict[str, Page] = {}
    seen: dict[tuple[str, ...], int] = {}
    waiting = deque([first])
    while waiting:
        address = waiting.popleft().split("#")[0]
        kind = kind_of(visitor, address)
        if address in found or seen.get(kind, 0) >= MOST_OF_A_KIND:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        response = visitor.fetch(address)
        if response.mimetype != "text/html":
            continue
        found[address] = visitor.get(address)
        for one in found[address].root.all("a", "iframe"):
            link = one["href"] or one["src"]
            # What has no language in its address speaks Latvian.
            in_latvian = language == "lv" and not link.startswith(("/en/", "/api/", "#"))
            if link.startswith("/") and (in_latvian or link.startswith(f"/{language}/")):
                waiting.append(link)
    return found


@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_page_behind_a_link_is_there_and_careful(visitor: CarefulClient, language: str):
    pages = pages_from(visitor, f"/{language}/", language)
    kinds = {kind_of(visitor, address)[0] for address in pages}
    assert len(pages) > 50
    assert kinds >= {
        "visitor.today", "visitor.vendors", "visitor.vendor", "visitor.stalls", "visitor.plan",
        "visitor.parishes", "visitor.parish", "visitor.programme", "visitor.event",
        "visitor.festival", "visitor.about", "visitor.privacy", "visitor.accessibility",
        "doors.sign_field",
    }  # fmt: skip
    titles: dict[str, set[str]] = {}
    for address, page in pages.items():
        titles.setdefault(page.title, set()).add(kind_of(visitor, address)[0])
    assert {title for title, named in titles.items() if len(named) > 1} == set()


@pytest.mark.parametrize(
    ("address", "status", "language"),
    [
        ("/nekas", 404, "lv"),
        ("/lv/nekas", 404, "lv"),
        ("/en/nothing", 404, "en"),
        ("/lv/tirgotaji/nekas", 404, "lv"),
        ("/en/notikums/999999", 404, "en"),
        ("/lv/svetki/nekas", 404, "lv"),
        ("/S/22222", 404, "lv"),
    ],
)
def test_what_is_not_there_is_said_on_a_whole_page(visitor, address, status, language):
    page = visitor.get(address, status)
    assert page.language == language
    assert page.main.all("a")


def test_data_is_refused_as_data(visitor: CarefulClient):
    answer = visitor.fetch("/api/v1/vendors/nekas", 404)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == 404
    answer = visitor.fetch("/lv/nekas", 404, headers={"Accept": "application/json"})
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_here_can_be_changed_from_outside(visitor: CarefulClient, method: str):
    for address in ("/lv/", f"/S/{code_of(visitor.app, 'A1')}", "/api/v1/vendors", "/healthz"):
        ask = getattr(visitor.app.test_client(), method)
        answer = ask(address, data={"a": "b"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 405
        assert ask(address, data={"a": "b"}).status_code == 403
        assert "Set-Cookie" not in answer.headers


def test_the_front_door_is_latvian(visitor: CarefulClient):
    assert visitor.fetch("/", 302).location == "/lv/"
    assert visitor.fetch("/", 302, headers={"Accept-Language": "en"}).location == "/lv/"


def test_a_page_asked_for_twice_is_the_same(visitor: CarefulClient):
    """The first answer is made, the second one kept; visitors cannot tell."""
    for address in ("/lv/", "/en/karte", "/lv/pagasti", f"/S/{code_of(visitor.app, 'A2')}"):
        first, second = visitor.get(address), visitor.get(address)
        assert first.html == second.html
        assert faults_of_page(second) == []


def test_a_page_is_sent_only_when_it_is_new(visitor: CarefulClient):
    answer = visitor.fetch("/lv/pagasti")
    again = visitor.fetch("/lv/pagasti", 304, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.data == b""


@pytest.fixture
def development(shared_app: Flask):
    """The service as developers run it."""
    shared_app.config["DEVELOPMENT"] = True
    yield CarefulClient(shared_app)
    shared_app.config["DEVELOPMENT"] = False


def test_all_components_stand_on_one_page_in_development_only(development: CarefulClient):
    for language in ("lv", "en"):
        assert development.get(f"/{language}/par/komponentes").main.all("button")
    development.app.config["DEVELOPMENT"] = False
    development.get("/lv/par/komponentes", 404)
