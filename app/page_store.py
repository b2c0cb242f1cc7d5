"""What a kept page is, and where it lies: on a shelf in memory, and as a copy on disk."""

import hashlib
import json
import os
import threading
import time as stopwatch
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from gzip import compress
from pathlib import Path

SMALLEST_GZIP = 500
COMPRESSION = 9
COPIES_LAST_S = 30 * 24 * 60 * 60
WRITTEN_TYPES = ("text/", "application/json", "application/openapi", "image/svg+xml")
ABOUT_THE_BODY = ("Content-Type", "Content-Language", "Content-Disposition")
SAVED = ("headers", "made", "version", "by_the_minute", "language", "opening", "stored_at")
SUFFIX = ".page"
FORGOTTEN = "forgotten"
SIZE_OF_HEADERS = 3000

Headers = list[tuple[str, str]]
Address = tuple[str, str]
"""The path, and what stands after the question mark."""


@dataclass(frozen=True)
class Page:
    """An answer of status 200, ready for the wire; `made` is the minute of its making."""

    headers: Headers
    plain: bytes
    made: str
    version: int
    by_the_minute: bool
    language: str
    opening: tuple[int, str, str] | None
    stored_at: float = field(default_factory=stopwatch.time)

    def is_true(self, version: int, minute: str) -> bool:
        """Whether nothing that the page depends on has changed."""
        return self.version == version and (self.made == minute or not self.by_the_minute)

    @cached_property
    def etag(self) -> str:
        """The page's mark, the same however the page is sent."""
        return f'"{_digest(self.plain)}"'

    @cached_property
    def compressed(self) -> bytes:
        """The page in gzip; empty where that gains nothing."""
        return gzip(self.plain) if is_written(self.headers) else b""

    @cached_property
    def plain_headers(self) -> Headers:
        """The headers of the page as it is."""
        return [*self._marked, ("Content-Length", str(len(self.plain)))]

    @cached_property
    def compressed_headers(self) -> Headers:
        """The headers of the page in gzip."""
        length = ("Content-Length", str(len(self.compressed)))
        return [*self._marked, ("Content-Encoding", "gzip"), length]

    @cached_property
    def unchanged_headers(self) -> Headers:
        """The headers for a browser that has the page already."""
        return [pair for pair in self._marked if pair[0] not in ABOUT_THE_BODY]

    @property
    def _marked(self) -> Headers:
        return [*self.headers, ("ETag", f"W/{self.etag}")]

    def size(self) -> int:
        """How much memory the page takes, in bytes, roughly."""
        return len(self.plain) + len(self.compressed) + SIZE_OF_HEADERS


class Shelf:
    """Pages in memory; when there is no room, those made first go first."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._taken = 0
        self._pages: OrderedDict[Address, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, address: Address) -> Page | None:
        """The page at this address."""
        return self._pages.get(address)

    def put(self, address: Address, page: Page) -> None:
        """Put a page in the place of the one before."""
        with self._lock:
            self._take_away(address)
            self._pages[address] = page
            self._taken += page.size()
            while self._taken > self._room:
                self._take_away(next(iter(self._pages)))

    def remove(self, address: Address) -> None:
        """Take away the page at this address, if there is one."""
        with self._lock:
            self._take_away(address)

    def _take_away(self, address: Address) -> None:
        page = self._pages.pop(address, None)
        if page:
            self._taken -= page.size()


class Copies:
    """The last good copy of each plain address, on disk. No fault of the disk stops a page."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, path: str, page: Page) -> None:
        """Keep a copy; a full or read-only disk keeps the older one."""
        file = self._file(path)
        beside = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        fields = {name: getattr(page, name) for name in SAVED} | {"etag": page.etag}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(json.dumps(fields).encode() + b"\n" + page.plain)
            beside.replace(file)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def load(self, path: str) -> Page | None:
        """The copy, if there is one that is whole."""
        try:
            head, _, plain = self._file(path).read_bytes().partition(b"\n")
            fields = json.loads(head)
            etag = fields.pop("etag")
            fields["headers"] = [(name, value) for name, value in fields["headers"]]
            fields["opening"] = tuple(fields["opening"]) if fields["opening"] else None
            page = Page(plain=plain, **fields)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return page if page.etag == etag else None

    def remove(self, path: str) -> None:
        """Remove the copy of an address that is no more."""
        with suppress(OSError):
            self._file(path).unlink(missing_ok=True)

    def forget(self, version: int) -> None:
        """Serve no copy of this version or before any more, also none that a process holds.

        Called when somebody left for good: their name stands on many pages.
        """
        for file in self._folder.glob(f"*{SUFFIX}"):
            file.unlink(missing_ok=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        note = {"version": version, "at": stopwatch.time()}
        (self._folder / FORGOTTEN).write_text(json.dumps(note))

    def is_forgotten(self, page: Page) -> bool:
        """Whether a page was made before somebody left for good."""
        try:
            note = json.loads((self._folder / FORGOTTEN).read_text())
            return bool(page.version <= note["version"] and page.stored_at <= note["at"])
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def tidy(self) -> None:
        """Remove copies that nobody has asked for in a month, and what a crash left behind."""
        oldest = stopwatch.time() - COPIES_LAST_S
        with suppress(OSError):
            for file in self._folder.iterdir():
                if file.name != FORGOTTEN and (
                    file.suffix != SUFFIX or file.stat().st_mtime < oldest
                ):
                    file.unlink(missing_ok=True)

    def _file(self, path: str) -> Path:
        return self._folder / f"{hashlib.sha256(path.encode()).hexdigest()}{SUFFIX}"


def is_written(headers: Headers) -> bool:
    """Whether an answer is a text that nobody has compressed yet."""
    found = dict(headers)
    return (
        found.get("Content-Type", "").startswith(WRITTEN_TYPES) and "Content-Encoding" not in found
    )


def gzip(text: bytes) -> bytes:
    """The text in gzip; nothing where that gains nothing."""
    return compress(text, COMPRESSION, mtime=0) if len(text) > SMALLEST_GZIP else b""


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:20]
