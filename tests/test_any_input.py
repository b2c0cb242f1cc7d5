"""Whatever is asked, in whatever form, the answer is never "we broke": no status of 500."""

import time
from collections import Counter
from contextlib import suppress
from datetime import date
from urllib.parse import quote

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import create_environ, run_wsgi_app

from market.places.parishes import PARISHES
from tests.asking import code_of, vendors_of

SECONDS = 15.0
"""How long requests are made on each database; an idle machine makes thousands in that time."""

ODD = (
    "", " ", "0", "-1", "1", "2", "99999999999999999999", "1e9", "NaN", "inf", "²", "٣", "½", "1.5",
    "\0", "a\0b", "\r\nX: y", "%00", "%", "%zz", "../../etc/passwd", "..", ".", "/", "//", "\\",
    "'", '"', "' OR 1=1 --", "<script>", "{{7*7}}", "${x}", "%(x)s", "%s", "*", "_", "a" * 3000,
    "ķ" * 300, "\u202e", "\ud7ff", "\U0001f339", "\ufffe", "0001-01-01", "9999-12-31", "0000-00-00",
    "2026-02-30", "10000-01-01", "-2026-11-24", "2026-11-24T10:00", "2026-W01-1", "24.11.2026",
    "true", "null", "[]", "lv", "EN", "xx", "fish", "tirgus", "brivibas-laukums", "evening",
)  # fmt: skip
PARAMETERS = (
    "q", "kategorija", "pagasts", "sodien", "sezona", "lapa", "diena", "laukums", "vieta", "kods",
    "valoda", "no", "lidz", "limit", "offset", "id", "svetki", "x", "", "ā", "q[]", "cena",
)  # fmt: skip
HEADERS = {
    "Accept": ("", "*", "*/*;q=x", "text/html;q=", "application/json", ";;;", ",", "a/b" * 500),
    "Accept-Encoding": ("gzip;q=0", "gzip;q=", "*", "br,,gzip;;", "ā"),
    "Accept-Language": ("xx-YY;q=2", "*", "lv;q=a"),
    "If-None-Match": ('"', "*", 'W/"x"', '"a","b', "\xff"),
    "If-Modified-Since": ("yesterday", "Thu, 01 Jan 1 00:00:00 GMT", "0"),
    "Range": ("bytes=0-0", "bytes=-1", "bytes=9-1", "bytes=a-b", "pages=1-2", "bytes=0-,1-"),
    "Cookie": ("a", "=", "session=\xff", "a=" + "b" * 3000),
    "Content-Length": ("0", "7", "-1", "x", "99999999999"),
    "Content-Type": ("application/json", "multipart/form-data", "text/plain; charset=x"),
    "X-Forwarded-For": ("' OR 1=1", "::1"),
    "Origin": ("null", "https://other.example"),
}
METHODS = ("GET",) * 12 + (
    "HEAD",
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT",
    "DELETE",
    "TRACE",
    "FOO",
    "get",
)


class TimeIsUp(Exception):  # noqa: N818 - no error
    """Enough was asked."""


odd_text = st.one_of(
    st.sampled_from(ODD), st.text(max_size=12), st.dates(date(1, 1, 1)).map(date.isoformat),
    st.integers().map(str),
)  # fmt: skip
parameters = st.lists(st.tuples(st.sampled_from(PARAMETERS), odd_text), max_size=4)
raw_query = st.sampled_from(("", "&&&", "=", "q", "q=%ff", "%00=%00", "diena=%", "?", "a=b=c", ";"))
headers = st.lists(
    st.sampled_from(sorted(HEADERS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(HEADERS[name]))
    ),
    max_size=3,
).map(dict)


def encoded(pairs: list[tuple[str, str]]) -> str:
    """A query; texts that UTF-8 cannot hold lose their odd letters."""
    return "&".join(f"{quote(n)}={quote(v, errors='replace')}" for n, v in pairs)


queries = st.one_of(parameters.map(encoded), raw_query)


def known_parts(app: Flask) -> dict[str, list[str]]:
    """Values that some addresses do have, by the name of the part."""
    slugs = [vendor.slug for vendor in vendors_of(app)[:5]] + [place.slug for place in PARISHES[:4]]
    return {
        "language": ["lv", "en", "lv", "en", "de", "LV"],
        "slug": [*slugs, "rozu-svetki-2027"],
        "code": [code_of(app, number) for number in ("A1", "R1", "B14")],
        "event_id": ["1", "2", "9999999", "2147483648", "-1", "0", "01"],
        "name": ["images/rose.svg", "tirgotaji", "plan/plan.js", "leaflet/leaflet.js"],
        "digest": ["0" * 64],
        "width": ["0", "480", "99999999999999999999"],
        "suffix": ["webp", "jpg", "svg"],
    }


def paths(app: Flask) -> st.SearchStrategy[str]:
    """Addresses of every route, their parts known or odd; the plan, which is slow, less often."""
    known = known_parts(app)
    rules = [rule for rule in app.url_map.iter_rules() if not rule.rule.endswith("/plans")]
    plan = [rule for rule in app.url_map.iter_rules() if rule.rule.endswith("/plans")]
    return st.sampled_from([*rules * 4, *plan]).flatmap(lambda rule: _path_of(rule, known))


def _path_of(rule: Rule, known: dict[str, list[str]]) -> st.SearchStrategy[str]:
    parts: list[st.SearchStrategy[str]] = []
    for dynamic, value in rule._trace:
        if not dynamic:
            parts.append(st.just(value))
        elif value == "language":
            parts.append(st.sampled_from(known[value]))
        else:
            parts.append(st.one_of(st.sampled_from(known.get(value, ["x"])), odd_text))
    return st.tuples(*parts).map(lambda found: "".join(found).replace("|", "", 1))


def status_of(app: Flask, path: str, query: str, method: str, sent: dict[str, str]) -> int:
    """The status with which the whole service answers, the server's own layers included."""
    environ = create_environ("/", method="GET")
    environ["REQUEST_METHOD"] = method
    environ["PATH_INFO"] = path.encode("utf-8", "replace").decode("latin-1")
    environ["QUERY_STRING"] = query
    for name, value in sent.items():
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    body, status, _headers = run_wsgi_app(app, environ, buffered=True)
    for _part in body:
        pass
    if hasattr(body, "close"):
        body.close()
    return int(status.split()[0])


def test_no_request_breaks_the_service(shared_app: Flask):
    until = time.monotonic() + SECONDS
    seen: Counter[int] = Counter()

    @settings(
        max_examples=5000, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        report_multiple_bugs=False,
    )  # fmt: skip
    @given(paths(shared_app), queries, st.sampled_from(METHODS), headers)
    def ask(path: str, query: str, method: str, sent: dict[str, str]) -> None:
        if time.monotonic() > until:
            raise TimeIsUp
        status = status_of(shared_app, path, query, method, sent)
        seen[status] += 1
        assert status < 500

    with suppress(TimeIsUp):
        ask()
    assert seen.total() > 200
    assert {200, 404} <= seen.keys()


def test_a_planted_break_is_found(demo_app: Flask):
    """The twin: a page that cannot read an odd day."""

    def fragile(language: str = "lv") -> str:
        from flask import request

        return date.fromisoformat(request.args.get("diena", "2026-11-24")).isoformat()

    demo_app.view_functions["visitor.stalls"] = fragile
    assert status_of(demo_app, "/lv/karte", "", "GET", {}) == 200
    assert status_of(demo_app, "/lv/karte", "diena=rit", "GET", {}) == 500
