"""The postman: a thread of each served worker that makes reminders and sends what is due.

On the way he also looks whether days ahead are to be filled, with or without letters to carry.
"""

import logging
import threading
from collections.abc import Callable

from flask import Flask

from app.config import Settings
from app.filling import keep_filled
from app.mail import Sent, send_due, tidy_outbox, way_of
from app.reminders import make_reminders

EVERY_S = 20.0
FILL_EVERY = 30
"""Once in so many rounds he looks at the days ahead: every ten minutes, and at the start."""
TIDY_EVERY = 180
"""Once in so many rounds old letters are forgotten: every hour."""
LONGEST_LAST_ROUND_S = 10.0

_log = logging.getLogger(__name__)


class Postman:
    """Goes round by himself between `start` and `stop`; without a way to send he only fills."""

    def __init__(self, app: Flask, every_s: float = EVERY_S) -> None:
        self._app = app
        self._every_s = every_s
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._rounds = 0

    def start(self) -> None:
        """Begin; called in a worker after its fork."""
        if self._thread is not None:
            return
        self._thread = threading.Thread(target=self._go_on, name="postman", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the letter in hand."""
        self._stopped.set()
        if self._thread:
            self._thread.join(LONGEST_LAST_ROUND_S)

    def go_round(self) -> Sent:
        """Make the reminders of today, send what is due, and now and then tidy up."""
        with self._app.app_context():
            settings: Settings = self._app.config["SETTINGS"]
            way = way_of(settings)
            if way is None:
                return Sent()
            make_reminders()
            sent = send_due(way, go_on=lambda: not self._stopped.is_set())
            if self._rounds % TIDY_EVERY == 0:
                tidy_outbox()
            self._rounds += 1
            return sent

    def fill_days(self) -> int:
        """Put holders of stalls on the days ahead that nobody has filled; returns how many."""
        with self._app.app_context():
            return keep_filled()

    def _go_on(self) -> None:
        rounds = 0
        while not self._stopped.wait(self._every_s):
            if rounds % FILL_EVERY == 0:
                self._try(self.fill_days)
            self._try(self.go_round)
            rounds += 1

    def _try(self, task: Callable[[], object]) -> None:
        try:
            task()
        except Exception as error:
            # The database is away, most likely; its errors may name whom a letter is for.
            _log.warning("the postman comes again: %s", type(error).__name__)
