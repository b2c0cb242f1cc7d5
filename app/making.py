"""The gate through which photographs and recordings come in: one at a time, each made anew.

However many are sent at once, in however many workers, one is made; the others wait in line, and
where the line is long their senders are asked to try again in a moment.
"""

import fcntl
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any

from flask import current_app
from werkzeug.datastructures import FileStorage

from app.config import Settings

ROOT = Path(__file__).parent.parent
IN_LINE = 5
"""So many of a worker's eight threads may stand in line; the others go on serving visitors."""

LONGEST_WAIT_S = 45.0
LONGEST_MAKING_S = 60
LOOK_AGAIN_S = 0.05

_line = BoundedSemaphore(IN_LINE)


class Busy(Exception):  # noqa: N818 - no fault: others were first
    """Too many are being made; the sender tries again in a moment."""


class NotMade(Exception):  # noqa: N818 - named for what it tells the sender
    """A file that is not taken; `reason` is one of the REASONS of its rule."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def made_anew(kind: str, sent: FileStorage) -> Iterator[tuple[dict[str, Any], dict[str, bytes]]]:
    """What a file that was sent becomes: its facts, and its files by name.

    `kind` is "photograph" or "recording". Raises NotMade, Busy, or OSError when the disk refuses.
    """
    settings: Settings = current_app.config["SETTINGS"]
    data_dir = settings.data_dir.resolve()
    with TemporaryDirectory(prefix="making-", dir=data_dir) as name:
        folder = Path(name)
        source, made = folder / "sent", folder / "made"
        made.mkdir()
        sent.stream.seek(0)
        sent.save(source)
        sent.stream.seek(0)
        with _one_at_a_time(data_dir / "making.lock"):
            facts = _made(kind, source, made)
        yield facts, {file.name: file.read_bytes() for file in made.iterdir()}


def _made(kind: str, source: Path, folder: Path) -> dict[str, Any]:
    told = [sys.executable, "-m", "vendors.stories.making", kind, str(source), str(folder)]
    try:
        run = subprocess.run(  # noqa: S603 - our own module, our own file names
            told,
            cwd=ROOT,
            env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_MAKING_S,
            check=True,
        )
        facts: dict[str, Any] = json.loads(run.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        # A decoder that was stopped or fell over has met a file that no telephone makes.
        current_app.logger.warning("a %s was not made: %s", kind, type(error).__name__)
        raise NotMade("damaged") from error
    if "refused" in facts:
        raise NotMade(facts["refused"])
    return facts


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    """Hold the lock that all workers share; Busy when the line is too long."""
    if not _line.acquire(blocking=False):
        raise Busy
    try:
        with lock.open("ab") as held:
            _wait_for(held.fileno())
            yield
    finally:
        _line.release()


def _wait_for(held: int) -> None:
    until = time.monotonic() + LONGEST_WAIT_S
    while True:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Busy from None
            time.sleep(LOOK_AGAIN_S)
        else:
            return
