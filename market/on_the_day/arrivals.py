"""Who has come and who has not, as the office notes it walking through the market."""

from collections.abc import Iterable
from dataclasses import dataclass

from market.days.models import Presence
from market.days.own_day import presence_tapped

PRESENT, LATE, ABSENT, EXPECTED = "present", "late", "absent", "expected"
NOT_HERE_YET = (LATE, EXPECTED)


@dataclass(frozen=True)
class ArrivalTap:
    """What a tap of the office does: nothing when it says what is known, or is stale.

    `no_show` is what the row then says: absent, and the vendor had not said so.
    """

    state: str
    no_show: bool = False
    is_new: bool = False
    is_change: bool = False
    stale: bool = False


@dataclass(frozen=True)
class Progress:
    """How many of those who are expected have arrived, and how many may still come."""

    arrived: int
    expected: int
    not_yet: int


def arrival_tapped(row: Presence | None, usual: str, state: str, seen: str) -> ArrivalTap:
    """A tap of the office on "arrived", "late" or "absent"; `seen` is what stood on the page.

    Without a row `usual` counts (see `presence_tapped`). Whoever had said that they do not come
    is no no-show, however often it is noted again.
    """
    tap = presence_tapped(row, usual, state, seen)
    return ArrivalTap(
        state,
        no_show=state == ABSENT,
        is_new=tap.is_new,
        is_change=tap.is_change,
        stale=tap.stale,
    )


def progress(states: Iterable[str]) -> Progress:
    """How the morning stands, from the states of all vendors with a place today."""
    found = list(states)
    expected = [state for state in found if state != ABSENT]
    arrived = sum(state == PRESENT for state in expected)
    return Progress(arrived, len(expected), sum(state in NOT_HERE_YET for state in expected))
