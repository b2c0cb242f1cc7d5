"""Openings of signs and of pages are summed in memory and written down at most once a second."""

import atexit
import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime

from app.database import Database
from market.evidence.queries import write_down
from market.evidence.tally import SIGN, Opened, Tally

LONGEST_LAST_WRITE_S = 15.0

_log = logging.getLogger(__name__)


class Openings:
    """The count of one process; it writes by itself and once more when the process stops."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], every_s: float = 1.0
    ) -> None:
        self._database = database
        self._now = now
        self._every_s = every_s
        self._tally = Tally()
        self._stopped = threading.Event()
        self._writer: threading.Thread | None = None
        self._writer_of = 0
        self._lock = threading.Lock()

    def count(self, number: int, language: str, of: str = SIGN) -> None:
        """Count one opening of a sign, or of a vendor's page, in a language, now."""
        moment = self._now()
        self._tally.add(Opened(number, moment.date(), moment.hour, language, of))
        if self._writer_of != os.getpid():
            self._start_writer()

    def waiting(self) -> int:
        """How many openings are counted but not yet written down."""
        return self._tally.waiting()

    def write(self) -> bool:
        """Write down what was counted; what cannot be written is kept for the next time."""
        taken = self._tally.take()
        if not taken:
            return True
        try:
            with self._database.writing() as session:
                write_down(session, taken)
                session.commit()
        except Exception as error:
            self._tally.put_back(taken)
            _log.debug("openings wait: %s", type(error).__name__)
            return False
        return True

    def stop(self) -> None:
        """Write the last counts; called when the process ends."""
        atexit.unregister(self.stop)
        self._stopped.set()
        if self._writer:
            self._writer.join(LONGEST_LAST_WRITE_S)
        if not self.write():
            _log.error("%d openings were lost: the database took none", self.waiting())

    def _start_writer(self) -> None:
        """Start the writing thread in the process that counts, which may be a forked worker."""
        with self._lock:
            if self._writer_of == os.getpid():
                return
            self._writer_of = os.getpid()
            self._writer = threading.Thread(target=self._go_on, name="openings", daemon=True)
            self._writer.start()
            atexit.register(self.stop)

    def _go_on(self) -> None:
        while not self._stopped.wait(self._every_s):
            self.write()
