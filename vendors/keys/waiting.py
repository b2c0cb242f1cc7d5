"""How long somebody waits after wrong attempts, and when a lock asks for the office.

Only who holds a card's number touches its lock, so nobody is kept waiting from outside. Who has
copied a card gets at most ten attempts a day and a hundred in total; each telephone that was known
before has a count of its own, which strangers cannot use up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(hours=24)
FREE = 5
MOST_A_DAY = 10
MOST_IN_TOTAL = 100

PAUSES = {
    5: timedelta(minutes=1),
    6: timedelta(minutes=5),
    7: timedelta(minutes=15),
    8: timedelta(hours=1),
    9: timedelta(hours=3),
}
"""The pause that follows so many wrong attempts; ten are followed by a day."""


@dataclass(frozen=True)
class Tries:
    """Wrong attempts on one lock: those since a day without any, all, and when the last was."""

    wrong: int = 0
    total: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True)
class Chance:
    """Whether one may try now; if not, from when on, or never again; how many are left today."""

    until: datetime | None = None
    is_over: bool = False
    left: int = FREE

    @property
    def is_open(self) -> bool:
        """Whether an attempt may be made now."""
        return not self.is_over and self.until is None


def chance(tries: Tries, at: datetime) -> Chance:
    """The chance that somebody has at a moment after these wrong attempts.

    `left` counts the attempts before the next pause, or 0 while one lasts.
    """
    if tries.total >= MOST_IN_TOTAL:
        return Chance(is_over=True, left=0)
    wrong = counted(tries, at)
    if tries.last_at is not None and wrong >= FREE:
        until = tries.last_at + PAUSES.get(wrong, DAY)
        if until > at:
            return Chance(until=until, left=0)
    left = FREE - wrong if wrong < FREE else 1
    return Chance(left=min(left, MOST_IN_TOTAL - tries.total))


def counted(tries: Tries, at: datetime) -> int:
    """How many of the wrong attempts still count: after a day without any, none does."""
    if tries.last_at is None or tries.last_at + DAY <= at:
        return 0
    return tries.wrong


def after_wrong(tries: Tries, at: datetime) -> Tries:
    """The attempts after one more wrong one."""
    return Tries(counted(tries, at) + 1, tries.total + 1, at)


@dataclass(frozen=True)
class Pace:
    """So many in a span of time, and at least so long from one to the next."""

    name: str
    most: int
    span: timedelta
    apart: timedelta = timedelta(0)


LETTERS_TO_ONE = Pace("letter", 288, DAY, timedelta(minutes=5))
"""A letter's key lives for ten minutes, so whoever asks again finds one that still opens; there is
no smaller number a day, or a stranger could use it up and keep somebody out."""
LETTERS_IN_ALL = Pace("letters", 300, timedelta(hours=1))
WRONG_CODES = Pace("codes", 60, timedelta(minutes=1))


def lock_of(pace: Pace, at: datetime, whom: str = "") -> str:
    """What is counted together: "codes:29412345" is one of the spans since 1970."""
    span = int(at.timestamp() // pace.span.total_seconds())
    return ":".join(part for part in (pace.name, whom, str(span)) if part)


def keeps_pace(tries: Tries, at: datetime, pace: Pace) -> bool:
    """Whether one more fits into the span whose attempts these are."""
    if tries.last_at is not None and at - tries.last_at < pace.apart:
        return False
    return tries.wrong < pace.most
