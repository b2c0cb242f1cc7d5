"""The silence alarm: which sign should have been opened by now and was not.

A sign that fell down or is covered tells nobody; its silence does. By its own history we know how
often it is opened by this hour; how probable it is that nobody opened it follows from Poisson's
law. A day on which the whole market is quiet makes no sign suspicious.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from math import exp

DAYS_LOOKED_AT = 8
LEAST_DAYS = 4
IMPROBABLE = 0.01


@dataclass(frozen=True)
class History:
    """Openings of one sign by hour: on its last market days with a vendor, and today.

    `days` are the newest DAYS_LOOKED_AT at most, each hour -> openings; a day without any opening
    is an empty one and counts. `is_here` says whether the stall's vendor is here today.
    """

    days: Sequence[Mapping[int, int]]
    today: Mapping[int, int]
    is_here: bool = True


def expected(history: History, opens: time, until: time) -> float:
    """How many openings the sign would have had by `until`, by its own mean; of an hour a part."""
    if not history.days:
        return 0.0
    return sum(_within(day, opens, until) for day in history.days) / len(history.days)


def chance_of_none(openings: float) -> float:
    """The probability of no opening where so many are expected, by Poisson's law."""
    return exp(-openings)


def silent(histories: Mapping[int, History], opens: time, until: time) -> list[int]:
    """The ids of the signs that should have been opened by now and were not, in their order.

    `opens` is when the market opened, `until` what time it is now, both in the clock of the
    place. What is expected is made less by as much as the market of today is quieter than usual.
    """
    usual = sum(expected(one, opens, until) for one in histories.values() if one.is_here)
    opened = sum(sum(one.today.values()) for one in histories.values() if one.is_here)
    liveliness = min(1.0, opened / usual) if usual else 0.0
    return [
        sign_id
        for sign_id, one in histories.items()
        if one.is_here
        and len(one.days) >= LEAST_DAYS
        and not any(one.today.values())
        and chance_of_none(expected(one, opens, until) * liveliness) < IMPROBABLE
    ]


def _within(day: Mapping[int, int], opens: time, until: time) -> float:
    """The openings between two times, an hour that has begun counted by its part."""
    first, last = opens.hour, until.hour + until.minute / 60
    return sum(
        openings * min(1.0, max(0.0, last - hour))
        for hour, openings in day.items()
        if hour >= first
    )
