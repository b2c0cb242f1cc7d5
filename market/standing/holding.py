"""Rights to stalls: which of them count on a day, who comes first, and which collide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from market.days.models import StallHolding
from vendors.registry.models import Vendor

SEASON, WEEKLY = "season", "weekly"
ALL_WEEKDAYS = 127


@dataclass(frozen=True)
class Overlap:
    """Two holdings of one stall by two vendors that meet on at least one weekday.

    `weekdays` is the mask they share (Monday is 1); they meet from `first` to `last`, both
    included; `last` None: neither has an end.
    """

    one: StallHolding
    other: StallHolding
    weekdays: int
    first: date
    last: date | None


def counts_on(holding: StallHolding, day: date) -> bool:
    """Whether a right to a stall counts on a day, by its period and its weekdays."""
    ended = holding.last_day is not None and holding.last_day < day
    return holding.first_day <= day and not ended and bool(holding.weekdays >> day.weekday() & 1)


def source_of(holding: StallHolding) -> str:
    """How a placement by this right is called: "season" (contract or ticket) or "weekly"."""
    return WEEKLY if holding.basis == "weekly" else SEASON


def holdings_on(
    holdings: Iterable[StallHolding], vendors: Mapping[int, Vendor], day: date
) -> list[StallHolding]:
    """The rights that count on a day in the order in which they are served.

    A holder for the season comes before a weekly one, then the smaller number of seniority, then
    who has held the stall for longer. `vendors` by id; whoever is not among them comes last.
    """

    def order(holding: StallHolding) -> tuple[bool, float, date, int]:
        vendor = vendors.get(holding.vendor_id)
        seniority = float("inf") if vendor is None else vendor.seniority
        return (source_of(holding) == WEEKLY, seniority, holding.first_day, holding.id or 0)

    return sorted((one for one in holdings if counts_on(one, day)), key=order)


def overlap(one: StallHolding, other: StallHolding) -> Overlap | None:
    """Where two rights to one stall of two vendors meet; None when they never do."""
    if one.stall_id != other.stall_id or one.vendor_id == other.vendor_id:
        return None
    shared = one.weekdays & other.weekdays
    ends = [last for last in (one.last_day, other.last_day) if last is not None]
    first, last = max(one.first_day, other.first_day), min(ends, default=None)
    if not shared or (last is not None and last < first):
        return None
    if last is not None and not _has_weekday(shared, first, last):
        return None
    return Overlap(one, other, shared, first, last)


def overlaps(holdings: Iterable[StallHolding]) -> list[Overlap]:
    """Every pair of rights that collide, each once, in the order of the stalls' ids."""
    by_stall: dict[int, list[StallHolding]] = {}
    for holding in holdings:
        by_stall.setdefault(holding.stall_id, []).append(holding)
    return [
        found
        for _stall_id, rows in sorted(by_stall.items())
        for number, one in enumerate(rows)
        for other in rows[number + 1 :]
        if (found := overlap(one, other))
    ]


def weekdays_of_mask(mask: int) -> list[int]:
    """The weekdays of a mask, 0 is Monday."""
    return [weekday for weekday in range(7) if mask >> weekday & 1]


def mask_of_weekdays(weekdays: Iterable[int]) -> int:
    """The mask of weekdays, 0 is Monday."""
    return sum(1 << weekday for weekday in set(weekdays))


def _has_weekday(mask: int, first: date, last: date) -> bool:
    """Whether one of the weekdays lies between two days, both included."""
    span = min((last - first).days, 6)
    return any(mask >> (first.weekday() + step) % 7 & 1 for step in range(span + 1))
