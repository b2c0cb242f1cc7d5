"""The vendor's own day: what was said of it, and whose page a sign opens for its own vendor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from market.days.models import Placement, Presence

EXPECTED = "expected"


@dataclass(frozen=True)
class PresenceTap:
    """What a tap of presence does: nothing when it says what is known, or is stale."""

    state: str
    is_new: bool = False
    is_change: bool = False
    stale: bool = False


def presence_tapped(row: Presence | None, usual: str, state: str, seen: str) -> PresenceTap:
    """A tap on "here", "late" or "not coming"; `seen` is what stood on the page.

    Without a row `usual` counts: "expected", or "absent" by a long absence or the weekday. The
    tap counts when that is still what was seen. The same word said twice is said once.
    """
    said = row.state if row else usual
    if said == state:
        return PresenceTap(state)
    if said != seen:
        return PresenceTap(state, stale=True)
    return PresenceTap(state, is_new=row is None, is_change=row is not None)


def is_own_sign(
    stall_id: int, own: Iterable[Placement], today: date, *, is_market_on: bool
) -> bool:
    """Whether a sign on a stall is that of the vendor with these placements, from today on.

    While the market is to be open today only the stalls of today count, so that a neighbour's
    sign answers as for everybody; otherwise also those of the vendor's next day.
    """
    placements = list(own)
    days = {today}
    coming = sorted(row.day for row in placements if row.day > today)
    if coming and not is_market_on:
        days.add(coming[0])
    return any(row.stall_id == stall_id and row.day in days for row in placements)
