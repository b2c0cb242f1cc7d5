"""Public pages kept rendered, in memory and on disk: one store for speed and for faults.

It stands before Flask as a small cache. A kept page is served again while the public version
and the minute are those of its making, so it is never out of date; when the database does not
answer, the last good copy is served and says from when it is. A handler asks for keeping with
`keep()`, and says which sign's opening is to be counted with `count_opening()`.
"""

import hashlib
import json
import os
import threading
import time as stopwatch
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from gzip import compress
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response

from app.languages import LATVIAN, at_time, gettext, on_day, speaking

KEEP = "X-Keep-Page"
OPENING = "X-Count-Opening"
COPY_MARK = "<!-- copy notice -->"
PAGES_IN_MEMORY = 4000
SMALLEST_GZIP = 500
TRUST_AGAIN_S = 1.0
WRITTEN_TYPES = ("text/", "application/json", "application/openapi", "image/svg+xml")

Headers = list[tuple[str, str]]


def keep(response: Response) -> Response:
    """Ask the store to keep this page until what the public sees changes."""
    response.headers[KEEP] = "1"
    response.headers["Cache-Control"] = "no-cache"
    return response


def count_opening(response: Response, sign_id: int, language: str) -> Response:
    """Have an opening of this sign counted each time the page is served."""
    response.headers[OPENING] = f"{sign_id} {language}"
    return response


@dataclass(frozen=True)
class Page:
    """An answer of status 200 as it goes over the wire, plain and compressed."""

    headers: Headers
    plain: bytes
    compressed: bytes
    etag: str
    opening: str
    language: str
    made: str
    version: int

    def is_true(self, version: int, minute: str) -> bool:
        """Whether nothing that the page depends on has changed."""
        return self.version == version and self.made == minute


class KeptPages:
    """The store, as a WSGI application around another."""

    def __init__(
        self,
        application: WSGIApplication,
        *,
        version: Callable[[], int],
        now: Callable[[], datetime],
        count: Callable[[int, str], None],
        folder: Path,
    ) -> None:
        self._application = application
        self._version = version
        self._now = now
        self._count = count
        self._folder = folder
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._lock = threading.Lock()
        self._silent_until = 0.0
        self.served = {"kept": 0, "made": 0, "copy": 0}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start)
        key = environ.get("PATH_INFO", "") + "?" + environ.get("QUERY_STRING", "")
        page = self._pages.get(key)
        version = self._version_now()
        if version is None:
            copy = page or self._from_disk(key)
            if copy:
                return self._serve_copy(copy, environ, start)
            return self._pass_on(environ, start)
        minute = self._now().isoformat(timespec="minutes")
        if page and page.is_true(version, minute):
            self.served["kept"] += 1
            return self._serve(page, environ, start)
        return self._make(key, version, minute, environ, start)

    def _version_now(self) -> int | None:
        """The public version; None while the database is silent, asked again after a second."""
        if stopwatch.monotonic() < self._silent_until:
            return None
        try:
            return self._version()
        except Exception:
            self._silent_until = stopwatch.monotonic() + TRUST_AGAIN_S
            return None

    def _make(
        self, key: str, version: int, minute: str, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        status, headers, body = self._ask(environ)
        asked = dict(headers)
        if status.startswith("503"):
            copy = self._pages.get(key) or self._from_disk(key)
            if copy:
                return self._serve_copy(copy, environ, start)
        if not status.startswith("200") or environ["REQUEST_METHOD"] != "GET":
            return self._send(status, headers, body, environ, start)
        page = _page(headers, b"".join(body), version, minute)
        self.served["made"] += 1
        if KEEP in asked:
            self._keep(key, page)
        return self._serve(page, environ, start)

    def _pass_on(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        status, headers, body = self._ask(environ)
        return self._send(status, headers, body, environ, start)

    def _ask(self, environ: WSGIEnvironment) -> tuple[str, Headers, Sequence[bytes]]:
        """The application's own answer, collected."""
        collected: list[Any] = []

        def collect(status: str, headers: Headers, _error: object = None) -> Callable[..., object]:
            collected[:] = [status, headers]
            return lambda _data: None

        # Flask must not shorten an answer to a condition that the store decides on.
        plain = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        answer = self._application(plain, collect)
        try:
            body = list(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        return collected[0], collected[1], body

    def _send(
        self,
        status: str,
        headers: Headers,
        body: Sequence[bytes],
        _environ: WSGIEnvironment,
        start: StartResponse,
    ) -> Iterable[bytes]:
        start(status, [pair for pair in headers if pair[0] not in (KEEP, OPENING)])
        return body

    def _serve(self, page: Page, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if page.opening and environ["REQUEST_METHOD"] == "GET":
            sign_id, language = page.opening.split()
            self._count(int(sign_id), language)
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            kept = ("Cache-Control", "Content-Security-Policy", "Vary")
            start("304 Not Modified", [h for h in page.headers if h[0] in kept] + [_etag(page)])
            return []
        body = page.plain
        headers = [*page.headers, _etag(page)]
        if page.compressed and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = page.compressed
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        start("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _serve_copy(
        self, page: Page, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Serve a copy that says from when it is; it is never kept by browsers."""
        self.served["copy"] += 1
        body = page.plain.replace(COPY_MARK.encode(), _copy_notice(page).encode(), 1)
        headers = [pair for pair in page.headers if pair[0] != "Cache-Control"]
        headers += [("Cache-Control", "no-store"), ("Content-Length", str(len(body)))]
        start("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _keep(self, key: str, page: Page) -> None:
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > PAGES_IN_MEMORY:
                self._pages.popitem(last=False)
        # Only plain addresses go to disk: what is typed after "?" has no end.
        if key.endswith("?"):
            self._to_disk(key, page)

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json"

    def _to_disk(self, key: str, page: Page) -> None:
        file = self._file(key)
        fields = asdict(page) | {"plain": page.plain.decode("utf-8", "surrogateescape")}
        del fields["compressed"]
        # A full disk must not stop a page that is already made.
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
            beside.write_text(json.dumps(fields))
            beside.replace(file)
        except OSError:
            return

    def _from_disk(self, key: str) -> Page | None:
        try:
            fields = json.loads(self._file(key).read_text())
            plain = fields.pop("plain").encode("utf-8", "surrogateescape")
            headers = [(name, value) for name, value in fields.pop("headers")]
            return Page(headers=headers, plain=plain, compressed=b"", **fields)
        except (OSError, ValueError, TypeError, KeyError):
            return None


def _page(headers: Headers, body: bytes, version: int, minute: str) -> Page:
    asked = dict(headers)
    sent = [h for h in headers if h[0] not in (KEEP, OPENING, "Content-Length", "ETag")]
    small = b""
    if asked.get("Content-Type", "").startswith(WRITTEN_TYPES):
        sent.append(("Vary", "Accept-Encoding"))
        if len(body) > SMALLEST_GZIP and "Content-Encoding" not in asked:
            small = compress(body, 9, mtime=0)
    return Page(
        headers=sent,
        plain=body,
        compressed=small,
        etag=f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        opening=asked.get(OPENING, ""),
        language=asked.get("Content-Language", LATVIAN),
        made=minute,
        version=version,
    )


def _etag(page: Page) -> tuple[str, str]:
    return ("ETag", page.etag)


def _copy_notice(page: Page) -> str:
    made = datetime.fromisoformat(page.made)
    with speaking(page.language):
        sentence = gettext(
            "This is a copy made %(day)s %(time)s. Newer information cannot be shown just now.",
            day=on_day(made.date()),
            time=at_time(made.time()),
        )
    return f'<p class="notice warning" role="status">{sentence}</p>'
