"""Public pages kept rendered: one store for speed and for faults.

It stands before Flask as a small cache. A kept page is served again while the public version
and the minute are those of its making, so it is never out of date; when the database does not
answer, the last good copy is served and says from when it is. A handler asks for keeping with
`keep()`, and says which opening is to be counted, a sign's or a page's, with `count_opening()`.

A telephone that has come in may be led elsewhere by its own stall's sign, so for it the handler
of signs is asked each time; visitors carry no cookie.
"""

import logging
import re
import threading
import time as stopwatch
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response, request

from app.languages import LATVIAN, at_time, gettext, on_day, speaking
from app.page_store import Address, Copies, Headers, Page, Shelf, gzip, is_written
from market.evidence.tally import SIGN

COPY_MARK = b"<!-- copy notice -->"
ROOM_FOR_PLAIN_ADDRESSES = 48_000_000
ROOM_FOR_QUESTIONS = 16_000_000
ASK_AGAIN_AFTER_S = 1.0
SIGN_ADDRESS = re.compile(r"(/[a-z]{2})?/[Ss]/[^/]+")
KNOWN_PHONE = "tirgus="
GZIP = re.compile(r"gzip(;q=(1(\.0*)?|0?\.\d*[1-9]\d*))?")

_log = logging.getLogger(__name__)
_WISH = "market.keep"
_OPENING = "market.opening"


def keep(response: Response, *, by_the_minute: bool = True) -> Response:
    """Ask the store to keep this page until what the public sees changes.

    It is made anew every minute, unless it says nothing that depends on the time.
    """
    request.environ[_WISH] = by_the_minute
    response.headers["Cache-Control"] = "no-cache"
    return response


def count_opening(response: Response, number: int, language: str, of: str = SIGN) -> Response:
    """Have an opening of this sign, or of this vendor's page, counted whenever it is served."""
    request.environ[_OPENING] = (number, language, of)
    return response


class KeptPages:
    """The store, as a WSGI application around another."""

    def __init__(
        self,
        application: WSGIApplication,
        *,
        version: Callable[[], int],
        now: Callable[[], datetime],
        count: Callable[[int, str, str], None],
        folder: Path,
    ) -> None:
        self._application = application
        self._version = version
        self._now = now
        self._count = count
        # What is typed after "?" has no end, so it must not push out the pages of signs.
        self._pages = Shelf(ROOM_FOR_PLAIN_ADDRESSES)
        self._questions = Shelf(ROOM_FOR_QUESTIONS)
        self.copies = Copies(folder)
        self._silent_until = 0.0
        self._lock = threading.Lock()
        self.served: Counter[str] = Counter(kept=0, made=0, copy=0)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start)
        address = (environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
        version = self._version_now()
        if version is None:
            copy = self._copy(address)
            if copy:
                return self._serve_copy(copy, environ, start)
        minute = self._now().isoformat(timespec="minutes")
        page = None if _is_own_scan(environ) else self._shelf(address).get(address)
        if page and version is not None and page.is_true(version, minute):
            return self._serve("kept", page, environ, start)
        return self._make(address, version, minute, environ, start)

    def _version_now(self) -> int | None:
        """The public version; None while the database is silent, asked again every second."""
        was_silent = self._silent_until > 0
        if was_silent:
            if stopwatch.monotonic() < self._silent_until:
                return None
            # One request asks again, the others go on with copies.
            self._silent_until = stopwatch.monotonic() + ASK_AGAIN_AFTER_S
        try:
            version = self._version()
        except Exception as error:
            if not was_silent:
                _log.warning("the database is silent: %s: %s", type(error).__name__, error)
            self._silent_until = stopwatch.monotonic() + ASK_AGAIN_AFTER_S
            return None
        self._silent_until = 0.0
        return version

    def _make(
        self,
        address: Address,
        version: int | None,
        minute: str,
        environ: WSGIEnvironment,
        start: StartResponse,
    ) -> Iterable[bytes]:
        asked = {**environ, "REQUEST_METHOD": "GET"}
        status, headers, body = self._ask(asked)
        if status.startswith("5"):
            copy = self._copy(address)
            if copy:
                _joined(body)
                return self._serve_copy(copy, environ, start)
        if status.startswith("404"):
            self._forget(address)
        if not status.startswith("200") or not (_WISH in asked or is_written(headers)):
            return _pass_on(status, headers, body, environ, start)
        page = Page(
            headers=_lasting(headers),
            plain=_joined(body),
            made=minute,
            version=-1 if version is None else version,
            by_the_minute=asked.get(_WISH, True),
            language=dict(headers).get("Content-Language", LATVIAN),
            opening=asked.get(_OPENING),
        )
        if _WISH in asked and version is not None:
            self._keep(address, page)
        return self._serve("made", page, environ, start)

    def _ask(self, environ: WSGIEnvironment) -> tuple[str, Headers, Iterable[bytes]]:
        """The application's own answer, its body not yet read."""
        begun: list[tuple[str, Headers]] = []

        def begin(status: str, headers: Headers, _error: object = None) -> Callable[..., object]:
            begun.append((status, headers))
            return lambda _data: None

        body = self._application(environ, begin)
        return *begun[-1], body

    def _serve(
        self, how: str, page: Page, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        self._note(how, page, environ)
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start("304 Not Modified", [*page.unchanged_headers])
            return []
        if page.compressed and _takesgzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            start("200 OK", [*page.compressed_headers])
            body = page.compressed
        else:
            start("200 OK", [*page.plain_headers])
            body = page.plain
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _serve_copy(
        self, page: Page, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Serve a copy that says from when it is; no browser keeps it."""
        self._note("copy", page, environ)
        made = datetime.fromisoformat(page.made)
        age = max(0, int((self._now() - made).total_seconds()))
        headers = [pair for pair in page.headers if pair[0] != "Cache-Control"]
        headers += [("Cache-Control", "no-store"), ("Age", str(age))]
        body = [page.plain.replace(COPY_MARK, _copy_notice(page.language, made), 1)]
        return _pass_on("200 OK", headers, body, environ, start)

    def _note(self, how: str, page: Page, environ: WSGIEnvironment) -> None:
        with self._lock:
            self.served[how] += 1
        if page.opening and environ["REQUEST_METHOD"] == "GET":
            self._count(*page.opening)

    def _shelf(self, address: Address) -> Shelf:
        return self._questions if address[1] else self._pages

    def _keep(self, address: Address, page: Page) -> None:
        self._shelf(address).put(address, page)
        if not address[1]:
            self.copies.save(address[0], page)

    def _forget(self, address: Address) -> None:
        self._shelf(address).remove(address)
        if not address[1]:
            self.copies.remove(address[0])

    def _copy(self, address: Address) -> Page | None:
        """The newest copy, be it of this process or on disk."""
        kept = self._shelf(address).get(address)
        saved = None if address[1] else self.copies.load(address[0])
        found = [page for page in (kept, saved) if page]
        found = [page for page in found if not self.copies.is_forgotten(page)]
        return max(found, key=lambda page: (page.version, page.made), default=None)


def _is_own_scan(environ: WSGIEnvironment) -> bool:
    """Whether a sign is opened by a telephone that has come in: its owner may stand before it."""
    cookies = environ.get("HTTP_COOKIE")
    return bool(cookies and KNOWN_PHONE in cookies and SIGN_ADDRESS.fullmatch(environ["PATH_INFO"]))


def _pass_on(
    status: str,
    headers: Headers,
    body: Iterable[bytes],
    environ: WSGIEnvironment,
    start: StartResponse,
) -> Iterable[bytes]:
    """Send an answer that is not kept, its text in gzip."""
    if is_written(headers) and not status.startswith("304"):
        plain = _joined(body)
        headers = _lasting(headers)
        small = gzip(plain) if _takesgzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else b""
        if small:
            headers.append(("Content-Encoding", "gzip"))
        body = [small or plain]
        headers.append(("Content-Length", str(len(small or plain))))
    start(status, headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        _joined(body)
        return []
    return body


def _joined(body: Iterable[bytes]) -> bytes:
    """A body that the application has made, read to its end and closed."""
    try:
        return b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()


def _lasting(headers: Headers) -> Headers:
    """The headers of an answer without those that the store writes itself."""
    kept = [pair for pair in headers if pair[0] not in ("Content-Length", "ETag", "Vary")]
    return [*kept, ("Vary", "Accept-Encoding")]


@lru_cache(maxsize=256)
def _takesgzip(accepted: str) -> bool:
    """Whether `Accept-Encoding` names gzip and does not refuse it: "br, gzip;q=0.8"."""
    return any(GZIP.fullmatch(one.strip()) for one in accepted.lower().split(","))


def _copy_notice(language: str, made: datetime) -> bytes:
    with speaking(language):
        sentence = gettext(
            "This is a copy made %(day)s %(time)s. Newer information cannot be shown just now.",
            day=on_day(made.date()),
            time=at_time(made.time()),
        )
    return f'<p class="notice warning" role="status">{sentence}</p>'.encode()
