"""Filling a market day: holders stand by themselves where their right counts and the stall is free.

A holder for the season comes before a weekly one, then seniority. What stands there already is
never touched, and whoever is not put is named with the reason.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from market.days.models import StallHolding
from market.standing.holding import counts_on, holdings_on, source_of
from vendors.registry.models import Vendor

MAY_STAND = ("applied", "approved")
"""Who may be put on a stall; the public sees only those who are approved."""

TAKEN, ABSENT, VENDOR, OFF_PLAN = "taken", "absent", "vendor", "off_plan"


@dataclass(frozen=True)
class Put:
    """A vendor is to stand on a stall; `source` is "season" or "weekly"."""

    stall_id: int
    vendor_id: int
    source: str


@dataclass(frozen=True)
class NotPut:
    """A holder who does not stand on the stall they hold.

    `reason`: "taken" (by the vendor `by`), "absent" (said so, or away), "vendor" (paused or
    gone), "off_plan" (the stall is not on the plan of that day).
    """

    stall_id: int
    vendor_id: int
    reason: str
    by: int | None = None


@dataclass(frozen=True)
class Filling:
    """What filling a day does: who is put, and who is not and why; both in the order of service.

    Holders who stand on their stall already are in neither.
    """

    day: date
    put: tuple[Put, ...] = ()
    not_put: tuple[NotPut, ...] = ()


def fill(
    day: date,
    holdings: Iterable[StallHolding],
    vendors: Mapping[int, Vendor],
    *,
    on_plan: Collection[int],
    taken: Mapping[int, int],
    away: Collection[int] = (),
) -> Filling:
    """Who is to be put on which stall of a day on which the site is open.

    `vendors` by id; `on_plan` are the ids of the stalls on the plan of the day; `taken` says
    which vendor (id) has which stall (id); `away` are the ids of vendors who do not come.
    """
    has = dict(taken)
    put: list[Put] = []
    not_put: dict[tuple[int, int], NotPut] = {}
    for holding in holdings_on(holdings, vendors, day):
        stall_id, vendor_id = holding.stall_id, holding.vendor_id
        if has.get(stall_id) == vendor_id:
            continue
        reason = _why_not(vendors.get(vendor_id), stall_id, on_plan, away)
        if reason is None and stall_id in has:
            reason = TAKEN
        if reason is None:
            has[stall_id] = vendor_id
            put.append(Put(stall_id, vendor_id, source_of(holding)))
        else:
            by = has.get(stall_id) if reason == TAKEN else None
            not_put[stall_id, vendor_id] = NotPut(stall_id, vendor_id, reason, by)
    return Filling(day, tuple(put), tuple(not_put.values()))


def _why_not(
    vendor: Vendor | None, stall_id: int, on_plan: Collection[int], away: Collection[int]
) -> str | None:
    if vendor is None or vendor.state not in MAY_STAND:
        return VENDOR
    if stall_id not in on_plan:
        return OFF_PLAN
    return ABSENT if vendor.id in away else None


def no_longer_held(own: Iterable[tuple[date, str]], holdings: Iterable[StallHolding]) -> list[date]:
    """The days on which a vendor stands on a stall by a right that does not count any more.

    `own` are the days of one vendor on one stall with the source of each placement; `holdings`
    the rights of that vendor to that stall as they are now. What was set by hand stays.
    """
    still = list(holdings)
    return [
        day
        for day, source in own
        if source in ("season", "weekly") and not any(counts_on(one, day) for one in still)
    ]


def copied(
    day: date,
    holders: Mapping[int, Vendor],
    *,
    on_plan: Collection[int],
    taken: Mapping[int, int],
    away: Collection[int] = (),
) -> Filling:
    """The same vendors on the same stalls on another day; what is taken there is left.

    `holders` are the vendors by the id of their stall on the day that is copied; the rest is as
    for `fill`. Whoever is put so counts as set by hand.
    """
    put: list[Put] = []
    not_put: list[NotPut] = []
    for stall_id, vendor in holders.items():
        vendor_id = vendor.id or 0
        if taken.get(stall_id) == vendor_id:
            continue
        reason = _why_not(vendor, stall_id, on_plan, away)
        if reason is None and stall_id in taken:
            reason = TAKEN
        if reason is None:
            put.append(Put(stall_id, vendor_id, "hand"))
        else:
            by = taken.get(stall_id) if reason == TAKEN else None
            not_put.append(NotPut(stall_id, vendor_id, reason, by))
    return Filling(day, tuple(put), tuple(not_put))
