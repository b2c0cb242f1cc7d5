"""What an organiser should see of a day: too little power, a narrow stall, same goods side by side.

Findings explain and forbid nothing: the market decides, and knows.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from market.places.models import Stall, StallOnPlan, Zone
from vendors.fields import identity
from vendors.registry.models import Vendor

PlanRow = tuple[StallOnPlan, Stall, Zone]
NEARLY = 1e-6

POWER, POWER_OF_ZONE, NARROW = "power", "power_of_zone", "narrow"
WATER, COOLING, VEHICLE = "water", "cooling", "vehicle"
SAME_GOODS, TWO_ZONES, RESERVED = "same_goods", "two_zones", "reserved"
KINDS = (
    POWER, POWER_OF_ZONE, NARROW, WATER, COOLING, VEHICLE, SAME_GOODS, TWO_ZONES, RESERVED
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing to see to, on a stall (or in a zone: `power_of_zone` has no stall).

    `wanted` and `there` are kW for power, metres for a narrow stall. `other_id` is the vendor
    next to this one for same goods; `category` the goods they share, or for which the stall is
    reserved.
    """

    kind: str
    zone_id: int
    stall_id: int | None = None
    vendor_id: int | None = None
    wanted: float = 0.0
    there: float = 0.0
    other_id: int | None = None
    category: str = ""


@dataclass(frozen=True)
class Power:
    """Power of a zone on a day in kW: what those who come need, what its lines carry.

    `there` None: the office has not said; then `at_stalls` is all that is known.
    """

    used: float
    there: float | None
    at_stalls: float


@dataclass(frozen=True)
class DayLook:
    """A day at one glance: how many stalls, how many are free, power by zone id, findings."""

    stalls: int
    free: tuple[int, ...]
    power: Mapping[int, Power]
    findings: tuple[Finding, ...]

    @property
    def taken(self) -> int:
        """How many stalls have a vendor."""
        return self.stalls - len(self.free)

    def at(self, stall_id: int) -> list[Finding]:
        """The findings of one stall."""
        return [one for one in self.findings if one.stall_id == stall_id]


@dataclass(frozen=True)
class _Held:
    """A vendor with all their stalls of the day, in the order of the plan."""

    vendor: Vendor
    rows: tuple[PlanRow, ...]


def look_at(
    plan: Iterable[PlanRow],
    holders: Mapping[int, Vendor],
    *,
    sells: Mapping[int, str],
    away: Collection[int] = (),
    apart: Collection[tuple[int, int]] = (),
) -> DayLook:
    """Everything there is to see of one day of one site.

    `plan` are the stalls of the day in the order of the plan; `holders` the vendor of each stall
    by its id; `sells` the main category of goods by vendor id; `away` the ids of those who do
    not come (they use no power and stand beside nobody); `apart` the pairs of stall ids, in the
    order of the row, between which there is a gap.
    """
    rows = list(plan)
    held = _held(rows, holders)
    coming = [one for one in held if identity(one.vendor) not in away]
    power = _power(rows, coming)
    found = [
        *_of_zones(power),
        *(finding for one in coming for finding in _of_vendor(one)),
        *_same_goods(rows, holders, sells, away, apart),
        *(finding for one in coming for finding in _not_reserved_for(one, sells)),
    ]
    place = {identity(stall): number for number, (_spot, stall, _zone) in enumerate(rows)}
    found.sort(key=lambda one: (place.get(one.stall_id or 0, -1), KINDS.index(one.kind)))
    free = tuple(identity(stall) for _spot, stall, _zone in rows if identity(stall) not in holders)
    return DayLook(len(rows), free, power, tuple(found))


def main_category(counts: Mapping[str, int]) -> str:
    """What a vendor sells most: the category with the most goods, of equals the first by name."""
    return min(counts, key=lambda key: (-counts[key], key)) if counts else ""


def _held(rows: Iterable[PlanRow], holders: Mapping[int, Vendor]) -> list[_Held]:
    by_vendor: dict[int, list[PlanRow]] = {}
    for row in rows:
        vendor = holders.get(identity(row[1]))
        if vendor is not None:
            by_vendor.setdefault(identity(vendor), []).append(row)
    return [_Held(holders[identity(theirs[0][1])], tuple(theirs)) for theirs in by_vendor.values()]


def _power(rows: Iterable[PlanRow], coming: Iterable[_Held]) -> dict[int, Power]:
    """Power by zone; whoever has stalls in two zones takes it in the first of them."""
    zones: dict[int, Zone] = {}
    stalls: dict[int, float] = {}
    for spot, _stall, zone in rows:
        zones[identity(zone)] = zone
        stalls[identity(zone)] = stalls.get(identity(zone), 0.0) + spot.power_kw
    used = dict.fromkeys(zones, 0.0)
    for one in coming:
        used[identity(one.rows[0][2])] += one.vendor.needs_power_kw
    return {key: Power(used[key], zone.power_kw, stalls[key]) for key, zone in zones.items()}


def _of_zones(power: Mapping[int, Power]) -> Iterable[Finding]:
    for zone_id, one in power.items():
        if one.there is not None and one.used > one.there + NEARLY:
            yield Finding(POWER_OF_ZONE, zone_id, wanted=one.used, there=one.there)


def _of_vendor(held: _Held) -> Iterable[Finding]:
    """What one vendor needs and does not have on all their stalls together."""
    vendor, spots = held.vendor, [spot for spot, _stall, _zone in held.rows]
    _spot, stall, zone = held.rows[0]
    ids = identity(zone), identity(stall), identity(vendor)
    there_kw, there_m = sum(one.power_kw for one in spots), sum(one.width_m for one in spots)
    if vendor.needs_power_kw > there_kw + NEARLY:
        yield Finding(POWER, *ids, wanted=vendor.needs_power_kw, there=there_kw)
    if vendor.needs_width_m > there_m + NEARLY:
        yield Finding(NARROW, *ids, wanted=vendor.needs_width_m, there=there_m)
    if vendor.needs_water and not any(one.water for one in spots):
        yield Finding(WATER, *ids)
    if vendor.needs_cooling and not any(one.cooling for one in spots):
        yield Finding(COOLING, *ids)
    if vendor.needs_vehicle and not any(one.vehicle or one.kind == "car" for one in spots):
        yield Finding(VEHICLE, *ids)
    zones = {identity(other) for _spot, _stall, other in held.rows}
    if len(zones) > 1:
        yield Finding(TWO_ZONES, *ids)


def _same_goods(
    rows: Iterable[PlanRow],
    holders: Mapping[int, Vendor],
    sells: Mapping[int, str],
    away: Collection[int],
    apart: Collection[tuple[int, int]],
) -> Iterable[Finding]:
    """Two vendors with the same main goods on neighbouring stalls of one row, told at both."""
    by_row: dict[tuple[int, str], list[PlanRow]] = {}
    for row in rows:
        by_row.setdefault((identity(row[2]), row[0].row), []).append(row)
    for (zone_id, _row), stalls in by_row.items():
        stalls.sort(key=lambda row: row[0].position)
        for (_left, one, _zone), (_right, other, _same) in pairwise(stalls):
            pair = identity(one), identity(other)
            vendors = holders.get(pair[0]), holders.get(pair[1])
            if pair in apart or vendors[0] is None or vendors[1] is None:
                continue
            first, second = identity(vendors[0]), identity(vendors[1])
            shared = sells.get(first, "")
            if first == second or {first, second} & set(away) or not shared:
                continue
            if shared == sells.get(second):
                yield Finding(SAME_GOODS, zone_id, pair[0], first, other_id=second, category=shared)
                yield Finding(SAME_GOODS, zone_id, pair[1], second, other_id=first, category=shared)


def _not_reserved_for(held: _Held, sells: Mapping[int, str]) -> Iterable[Finding]:
    category = sells.get(identity(held.vendor), "")
    for spot, stall, zone in held.rows:
        if spot.reserved_for and category not in spot.reserved_for:
            yield Finding(
                RESERVED,
                identity(zone),
                identity(stall),
                identity(held.vendor),
                category=spot.reserved_for[0],
            )
