"""What a tap on the own stall's page changes: the state of a good, its price, the whole table.

A tap carries the day for which it was meant and what its phone showed before, so that it may wait
for a network: it lands on its own day, and it never silently covers what somebody else has said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from vendors.listings.freshness import state_on
from vendors.listings.models import Good
from vendors.listings.seasons import in_season

PRICE_STEPS: tuple[tuple[int, int], ...] = ((200, 5), (1000, 10), (10_000_000, 50))
"""Below so many cents a price moves by so many: below 2 € by 0,05 €, below 10 € by 0,10 €."""

DEAREST = PRICE_STEPS[-1][0]
FEW_DAYS = 3
"""So many days a tap may wait on a phone; what is older is told to the vendor instead."""


def _step(cents: int) -> int:
    return next((step for below, step in PRICE_STEPS if cents < below), PRICE_STEPS[-1][1])


def raised(cents: int) -> int:
    """The next round price above, in cents: 195 → 200 → 210, and 199 → 200."""
    step = _step(cents)
    return min(DEAREST, (cents // step + 1) * step)


def lowered(cents: int) -> int:
    """The next round price below, in cents: 210 → 200 → 195, and 201 → 200; never below 0."""
    step = _step(max(0, cents - 1))
    return max(0, -(-cents // step) * step - step)


def is_near(day: date, today: date) -> bool:
    """Whether a tap meant for a day still counts today; a phone's clock may also run ahead."""
    return abs((today - day).days) <= FEW_DAYS


@dataclass(frozen=True)
class Tap:
    """What a tap does: `values` to write into the row, or `stale` when others were quicker."""

    values: dict[str, Any]
    stale: bool = False


def state_tapped(good: Good, state: str, day: date, seen: str) -> Tap:
    """A tap on "here", "the last ones" or "sold out", meant for a day; `seen` is what stood there.

    The vendor sees the good while tapping, so it is confirmed, too. A tap that arrives after
    something was said for a later day leaves that as it is.
    """
    confirmed = {"confirmed_on": max(good.confirmed_on, day)}
    if good.state_on is not None and good.state_on > day:
        return Tap(confirmed)
    if state_on(good, day) not in (seen, state):
        return Tap({}, stale=True)
    return Tap({"state": state, "state_on": day, **confirmed})


def price_tapped(good: Good, cents: int | None, day: date, seen: int | None) -> Tap:
    """A new price in cents, None for "ask"; stale when the price is neither that nor `seen`."""
    if good.price_cents not in (seen, cents):
        return Tap({}, stale=True)
    return Tap({"price_cents": cents, "confirmed_on": max(good.confirmed_on, day)})


def as_before(goods: Iterable[Good], day: date) -> list[tuple[Good, dict[str, Any]]]:
    """The table of a day as on the last market day: every good of the season is confirmed.

    A day begins with everything here, because what was said of another day no longer counts;
    what has been said for this day already, by whatever phone, stays.
    """
    return [
        (good, {"confirmed_on": max(good.confirmed_on, day)})
        for good in goods
        if good.archived_on is None and in_season(good, day.month)
    ]
