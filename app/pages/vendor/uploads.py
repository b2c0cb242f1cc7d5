"""Files that a vendor sends: larger requests for these pages alone, and words when too large."""

from collections.abc import Callable

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from app.pages.vendor import blueprint
from vendors.stories.photographs import LARGEST_FILE

LARGEST_REQUEST = LARGEST_FILE + 1_000_000
MOST_READ_AWAY = 80_000_000
BLOCK = 1 << 16

View = Callable[..., object]
_TAKES_FILES: set[str] = set()


def takes_files(endpoint: str) -> str:
    """Let requests of this page of the own stall be as large as a file; returns its endpoint."""
    _TAKES_FILES.add(f"{blueprint.name}.{endpoint}")
    return endpoint


@blueprint.before_request
def allow_larger_requests() -> None:
    """Only whoever has come in sends files, so this stands after the guard."""
    if request.endpoint in _TAKES_FILES and request.method == "POST":
        request.max_content_length = LARGEST_REQUEST


def file_sent(*names: str) -> FileStorage | None:
    """The first file that was chosen in one of these fields.

    Raises RequestEntityTooLarge, after the telephone could send everything: otherwise it would
    show a broken connection instead of our words.
    """
    try:
        files = request.files
    except RequestEntityTooLarge:
        _read_away()
        raise
    chosen = [files[name] for name in names if name in files and files[name].filename]
    return chosen[0] if chosen else None


def _read_away() -> None:
    left = min(request.content_length or 0, MOST_READ_AWAY)
    stream = request.environ["wsgi.input"]
    while left > 0 and (block := stream.read(min(BLOCK, left))):
        left -= len(block)
