"""Every answer tells browsers to refuse what no page needs, and leaves nothing with the visitor."""

import re
from collections import deque
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from app import create_app
from app.security import EVERYWHERE
from app.static_files import LEAFLET, OWN
from tests.conftest import Templates, _only_parishes, close, settings_for

LINKS = re.compile(r'(?:href|src|action)="(/[^"#]*)"')
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def is_for_everybody(answer: TestResponse) -> bool:
    """Whether other sites may use an answer: open data, and files for the plan's frame.

    The frame is sandboxed and has no origin, so to it we are another site.
    """
    return answer.request.path.startswith(("/api/v1/", "/dati/", "/static/"))


def expected_headers(answer: TestResponse) -> dict[str, str]:
    """What each answer says; pages with forms name themselves to us, so that we know our own."""
    private = answer.request.path[3:].startswith(("/ieiet", "/mans", "/parvalde"))
    if private and answer.status_code != 405:
        return {**EVERYWHERE, "Referrer-Policy": "same-origin"}
    return EVERYWHERE


def complaints(answer: TestResponse) -> list[str]:
    """What an answer allows or leaves that it should not."""
    found = [
        f"{name}: {answer.headers.get(name)}"
        for name, value in expected_headers(answer).items()
        if answer.headers.get(name) != value
        and not (name.endswith("Resource-Policy") and is_for_everybody(answer))
    ]
    policy = answer.headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'") or "unsafe" in policy or "*" in policy:
        found.append(f"policy: {policy}")
    if answer.headers.get("Strict-Transport-Security") != STRICT_TRANSPORT:
        found.append("no strict transport")
    if "Set-Cookie" in answer.headers:
        found.append("cookie")
    if "Access-Control-Allow-Origin" in answer.headers and not is_for_everybody(answer):
        found.append("read by other sites")
    if answer.status_code >= 500:
        found.append(answer.status)
    return [f"{answer.request.path}: {one}" for one in found]


def ask(app: Flask, address: str, method: str = "GET", **headers: str) -> TestResponse:
    """The whole answer, its file closed."""
    client = app.test_client(use_cookies=False)
    return client.open(address, method=method, headers=headers, buffered=True)


def one_address_of_each_kind(app: Flask) -> list[str]:
    """Addresses reached from the front door: one for each kind of page and language."""
    doors = app.url_map.bind("")
    found: dict[tuple[str, str], str] = {}
    waiting = deque(["/lv/", "/en/"])
    while waiting:
        address = waiting.popleft()
        try:
            kind = doors.match(urlsplit(address).path)[0], address[:4]
        except HTTPException:
            continue
        if kind not in found:
            found[kind] = address
            waiting += LINKS.findall(ask(app, address).text)
    return list(found.values())


def all_complaints(app: Flask) -> list[str]:
    found = []
    for address in one_address_of_each_kind(app):
        answer = ask(app, address)
        found += complaints(answer)
        found += complaints(ask(app, address, "HEAD"))
        # What WhiteNoise says without a body is bare: 304, and 405 to a POST.
        if "/static/" not in address:
            etag = answer.headers.get("ETag", "")
            found += complaints(ask(app, address, **{"If-None-Match": etag}))
            found += complaints(ask(app, address, "POST"))
    return found


def test_every_page_is_strict_and_leaves_no_cookie(demo_app):
    assert len(one_address_of_each_kind(demo_app)) > 15
    assert all_complaints(demo_app) == []


def test_a_page_that_forgets_a_header_is_noticed(demo_app):
    """The twin."""
    functions = demo_app.after_request_funcs[None]
    functions.remove(next(one for one in functions if one.__name__ == "add_headers"))
    assert all_complaints(demo_app) != []


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/lv/nav",
        "/en/nope",
        "/S/22222",
        "/S/ABC",
        "/lv/%00",
        "/lv/..%2f..%2fetc/passwd",
        "/healthz",
        "/readyz",
        "/metrics",
        "/static/",
        "/static/nope.js",
        "/static/../app/config.py",
        "/api/v1/nope",
    ],
)
def test_doors_and_errors_are_strict_too(empty_app, address):
    assert complaints(ask(empty_app, address)) == []


def files_served() -> list[str]:
    own = [f"/static/{file.relative_to(OWN)}" for file in OWN.rglob("*") if file.is_file()]
    return own + [f"/static/leaflet/{file.name}" for file in LEAFLET.glob("*.[jc]s*")]


def test_every_file_is_strict_too(empty_app):
    assert len(files_served()) > 4
    for address in files_served():
        answer = ask(empty_app, address)
        assert (answer.status_code, complaints(answer)) == (200, [])
        again = ask(empty_app, address, **{"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert "Set-Cookie" not in again.headers


def test_browsers_are_held_to_https_only_where_there_is_https(templates: Templates, tmp_path: Path):
    address = templates.copy("sqlite", "empty", _only_parishes)
    settings = settings_for(address, tmp_path).model_copy(update={"public_url": "http://10.0.0.1"})
    app = create_app(settings)
    for path in ("/lv/", "/static/images/rose.svg"):
        assert "Strict-Transport-Security" not in ask(app, path).headers
    close(app)
