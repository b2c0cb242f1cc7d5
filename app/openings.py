"""Openings of signs are summed in memory and written down at most once a second."""

import atexit
import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from app.database import Database
from market.evidence.queries import write_down
from market.evidence.tally import Opened, Tally

EVERY_S = 1.0


class Openings:
    """The count of one process; it writes by itself and once more when the process stops."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._tally = Tally()
        self._stop = threading.Event()
        self._writer_of = 0
        self._lock = threading.Lock()

    def count(self, sign_id: int, language: str) -> None:
        """Count one opening of a sign in a language, now."""
        moment = self._now()
        self._tally.add(Opened(sign_id, moment.date(), moment.hour, language))
        if self._writer_of != os.getpid():
            self._start_writer()

    def write(self) -> None:
        """Write down what was counted; what cannot be written is kept for the next time."""
        taken = self._tally.take()
        if not taken:
            return
        try:
            with self._database.writing() as session:
                write_down(session, taken)
                session.commit()
        except SQLAlchemyError as error:
            self._tally.put_back(taken)
            logging.getLogger(__name__).warning("openings wait: %s", type(error).__name__)

    def stop(self) -> None:
        """Write the last counts; called when the process ends."""
        self._stop.set()
        self.write()

    def _start_writer(self) -> None:
        """Start the writing thread in the process that counts, which may be a forked worker."""
        with self._lock:
            if self._writer_of == os.getpid():
                return
            self._writer_of = os.getpid()
            threading.Thread(target=self._write_again, name="openings", daemon=True).start()
            atexit.register(self.stop)

    def _write_again(self) -> None:
        while not self._stop.wait(EVERY_S):
            self.write()
