"""Counting openings in memory, to be written down together."""

import threading
from collections import Counter
from datetime import date
from typing import NamedTuple

SIGN, PAGE = "sign", "page"


class Opened(NamedTuple):
    """What is known of an opening: which sign or page, the hour of a day, the language. Never who.

    `number` is the identity of the sign, or of the vendor whose page it is; `of` says which.
    """

    number: int
    day: date
    hour: int
    language: str
    of: str = SIGN


class Tally:
    """A count that many threads add to and one takes away."""

    def __init__(self) -> None:
        self._counts: Counter[Opened] = Counter()
        self._lock = threading.Lock()

    def add(self, opened: Opened, times: int = 1) -> None:
        """Count an opening."""
        with self._lock:
            self._counts[opened] += times

    def take(self) -> dict[Opened, int]:
        """Take everything counted so far; the tally starts again from nothing."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return dict(taken)

    def put_back(self, taken: dict[Opened, int]) -> None:
        """Add again what could not be written down."""
        with self._lock:
            self._counts.update(taken)

    def waiting(self) -> int:
        """How many openings are not yet taken away."""
        with self._lock:
            return self._counts.total()
