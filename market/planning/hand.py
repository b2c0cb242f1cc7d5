"""What the office should see while it changes a plan by hand: what does not fit, and why.

Findings forbid nothing; the office decides, and knows. Distances are metres on a site's plan.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from itertools import pairwise
from math import atan2, degrees, hypot

BESIDE_THE_STAGE_M = 15.0
"""Closer than this nobody is understood while somebody plays: about 85 dB(A) of a small stage."""

SMOKE_REACHES_M = 20.0
SMOKE_SPREADS_DEG = 45.0
"""Smoke is carried this far, and so far to either side of where the wind blows."""

WINDS = {"N": 0, "NE": 45, "E": 90, "SE": 135, "S": 180, "SW": 225, "W": 270, "NW": 315}
"""Where the wind comes from, in degrees clockwise from north."""

USUAL_WIND = "SW"
"""What blows in Tukums most of the year, as over all of Latvia."""

SMOKE_SPOILS = ("bread", "pastry")

POWER, POWER_OF_ZONE, NARROW = "power", "power_of_zone", "narrow"
WATER, VEHICLE, CLOSED = "water", "vehicle", "closed"
RESERVED, CAP, SAME_GOODS = "reserved", "cap", "same_goods"
APART, TOO_FEW, TOO_MANY = "apart", "too_few", "too_many"
STAGE, SMOKE, PARADE, PERFORMS = "stage", "smoke", "parade", "performs"
AWAY = "away"
KINDS = (
    CLOSED, POWER, POWER_OF_ZONE, NARROW, WATER, VEHICLE, TOO_FEW, TOO_MANY, APART, CAP, RESERVED,
    SAME_GOODS, STAGE, SMOKE, PARADE, PERFORMS, AWAY,
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A stall on the plan of the day: its middle in metres, its row, what it offers."""

    stall_id: int
    site_id: int
    zone_id: int
    row: str
    position: int
    x_m: float
    y_m: float
    width_m: float
    power_kw: float = 0.0
    water: bool = False
    vehicle: bool = False
    reserved_for: frozenset[str] = frozenset()
    closed: bool = False


@dataclass(frozen=True)
class Stander:
    """Somebody in the plan: `metres` of front in all, `power_kw` on one of their places.

    `days_asked` says whether they asked for this day at all; `vendor_id` joins performances.
    """

    key: str
    categories: frozenset[str] = frozenset()
    metres: float = 0.0
    power_kw: float = 0.0
    water: bool = False
    vehicle: bool = False
    fire: bool = False
    least: int = 1
    most: int = 20
    asked: bool = True
    vendor_id: int | None = None


@dataclass(frozen=True)
class Crossing:
    """An event on its way through a row, between two hours."""

    zone_id: int
    row: str
    title: str
    starts: time | None
    ends: time | None


@dataclass(frozen=True)
class Performance:
    """A vendor who performs somewhere while their stall must be kept."""

    vendor_id: int
    title: str
    starts: time | None
    ends: time | None


@dataclass(frozen=True)
class Surroundings:
    """What else is there on the day.

    `stages` are points by site id; `bearing_deg` which way a site's top looks, by its id;
    `zone_kw` what the lines of a zone carry; `caps` stalls of a category at most, `keep_apart`
    those that should not stand side by side; `gaps` pairs of stall ids, in the order of the
    row, with a passage between them; `wind` one of WINDS.
    """

    stages: Mapping[int, Sequence[tuple[float, float]]] = field(default_factory=dict)
    bearing_deg: Mapping[int, float] = field(default_factory=dict)
    zone_kw: Mapping[int, float] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)
    keep_apart: frozenset[str] = frozenset()
    gaps: frozenset[tuple[int, int]] = frozenset()
    crossings: tuple[Crossing, ...] = ()
    performances: tuple[Performance, ...] = ()
    wind: str = USUAL_WIND


@dataclass(frozen=True)
class HandFinding:
    """One thing to see to: of somebody (`key`) on a stall, or of a zone or category alone.

    `wanted` and `there` are kW, metres or places; `other` is whom it concerns too; `words` the
    title of an event; `category` the goods.
    """

    kind: str
    stall_id: int | None = None
    key: str = ""
    zone_id: int | None = None
    wanted: float = 0.0
    there: float = 0.0
    other: str = ""
    category: str = ""
    words: str = ""
    starts: time | None = None
    ends: time | None = None


def hand_findings(
    spots: Iterable[Spot], standing: Mapping[int, Stander], around: Surroundings
) -> tuple[HandFinding, ...]:
    """Everything there is to see of a plan's day, in the order of the stalls.

    `spots` in the order of the plan; `standing` whoever has each stall, by the stall's id.
    """
    plan = list(spots)
    held: dict[str, list[Spot]] = {}
    for spot in plan:
        if spot.stall_id in standing:
            held.setdefault(standing[spot.stall_id].key, []).append(spot)
    people = {one.key: one for one in standing.values()}
    found = [
        *_of_zones(held, people, around),
        *_of_caps(plan, standing, around),
        *(one for key, theirs in held.items() for one in _of_one(people[key], theirs, around)),
        *_side_by_side(plan, standing, around),
        *_smoke(held, people, around),
    ]
    place = {spot.stall_id: number for number, spot in enumerate(plan)}
    found.sort(key=lambda one: (place.get(one.stall_id or 0, -1), KINDS.index(one.kind)))
    return tuple(found)


def _of_one(who: Stander, spots: list[Spot], around: Surroundings) -> Iterable[HandFinding]:
    first = spots[0].stall_id
    power, front = max(spot.power_kw for spot in spots), sum(spot.width_m for spot in spots)
    yield from (HandFinding(CLOSED, spot.stall_id, who.key) for spot in spots if spot.closed)
    if who.power_kw > power:
        yield HandFinding(POWER, first, who.key, wanted=who.power_kw, there=power)
    if who.metres > front:
        yield HandFinding(NARROW, first, who.key, wanted=who.metres, there=front)
    if who.water and not any(spot.water for spot in spots):
        yield HandFinding(WATER, first, who.key)
    if who.vehicle and not any(spot.vehicle for spot in spots):
        yield HandFinding(VEHICLE, first, who.key)
    if len(spots) < who.least:
        yield HandFinding(TOO_FEW, first, who.key, wanted=who.least, there=len(spots))
    if len(spots) > who.most:
        yield HandFinding(TOO_MANY, first, who.key, wanted=who.most, there=len(spots))
    if not who.asked:
        yield HandFinding(AWAY, first, who.key)
    if any(not _are_neighbours(one, other, around) for one, other in pairwise(spots)):
        yield HandFinding(APART, first, who.key)
    for spot in spots:
        if spot.reserved_for and not spot.reserved_for & who.categories:
            wanted = min(spot.reserved_for)
            yield HandFinding(RESERVED, spot.stall_id, who.key, category=wanted)
    yield from _of_events(who, spots, around)


def _of_events(who: Stander, spots: list[Spot], around: Surroundings) -> Iterable[HandFinding]:
    near = [
        (distance, spot)
        for spot in spots
        for x, y in around.stages.get(spot.site_id, ())
        if (distance := hypot(spot.x_m - x, spot.y_m - y)) < BESIDE_THE_STAGE_M
    ]
    if near:
        distance, spot = min(near, key=lambda one: one[0])
        yield HandFinding(STAGE, spot.stall_id, who.key, there=round(distance, 1))
    rows = {(spot.zone_id, spot.row): spot for spot in reversed(spots)}
    for one in around.crossings:
        if crossed := rows.get((one.zone_id, one.row)):
            yield HandFinding(
                PARADE, crossed.stall_id, who.key,
                words=one.title, starts=one.starts, ends=one.ends,
            )  # fmt: skip
    for shown in around.performances:
        if who.vendor_id is not None and shown.vendor_id == who.vendor_id:
            yield HandFinding(
                PERFORMS, spots[0].stall_id, who.key,
                words=shown.title, starts=shown.starts, ends=shown.ends,
            )  # fmt: skip


def _are_neighbours(one: Spot, other: Spot, around: Surroundings) -> bool:
    return (
        (one.zone_id, one.row) == (other.zone_id, other.row)
        and other.position == one.position + 1
        and (one.stall_id, other.stall_id) not in around.gaps
    )


def _of_zones(
    held: Mapping[str, list[Spot]], people: Mapping[str, Stander], around: Surroundings
) -> Iterable[HandFinding]:
    """Zones whose lines do not carry what is used; who stands in two uses power in the first."""
    used = dict.fromkeys(around.zone_kw, 0.0)
    for key, spots in held.items():
        if spots[0].zone_id in used:
            used[spots[0].zone_id] += people[key].power_kw
    for zone_id, there in around.zone_kw.items():
        if used[zone_id] > there:
            yield HandFinding(POWER_OF_ZONE, zone_id=zone_id, wanted=used[zone_id], there=there)


def _of_caps(
    plan: Iterable[Spot], standing: Mapping[int, Stander], around: Surroundings
) -> Iterable[HandFinding]:
    counted = Counter(
        category
        for spot in plan
        if spot.stall_id in standing
        for category in standing[spot.stall_id].categories
    )
    for category, most in around.caps.items():
        if counted[category] > most:
            yield HandFinding(CAP, wanted=counted[category], there=most, category=category)


def _side_by_side(
    plan: Sequence[Spot], standing: Mapping[int, Stander], around: Surroundings
) -> Iterable[HandFinding]:
    """Two who sell the same beside each other, said at the second of them."""
    in_rows = sorted(plan, key=lambda spot: (spot.zone_id, spot.row, spot.position))
    for one, other in pairwise(in_rows):
        if not _are_neighbours(one, other, around):
            continue
        left, right = standing.get(one.stall_id), standing.get(other.stall_id)
        if left is None or right is None or left.key == right.key:
            continue
        if same := left.categories & right.categories & around.keep_apart:
            yield HandFinding(
                SAME_GOODS, other.stall_id, right.key, other=left.key, category=min(same)
            )


def _smoke(
    held: Mapping[str, list[Spot]], people: Mapping[str, Stander], around: Surroundings
) -> Iterable[HandFinding]:
    """Bread and cakes where the wind carries the smoke of a fire."""
    fires = [(key, spot) for key, spots in held.items() if people[key].fire for spot in spots]
    for key, spots in held.items():
        spoilt = sorted(people[key].categories & set(SMOKE_SPOILS))
        near = [
            (distance, spot, who)
            for spot in spots
            for who, fire in fires
            if who != key and (distance := _downwind(fire, spot, around)) is not None
        ]
        if spoilt and near:
            distance, spot, who = min(near, key=lambda one: (one[0], one[1].stall_id))
            yield HandFinding(
                SMOKE, spot.stall_id, key, there=round(distance, 1), other=who, category=spoilt[0]
            )


def _downwind(fire: Spot, spot: Spot, around: Surroundings) -> float | None:
    """How far a stall is from a fire whose smoke reaches it, in metres; None when it does not."""
    if fire.site_id != spot.site_id:
        return None
    right, down = spot.x_m - fire.x_m, spot.y_m - fire.y_m
    distance = hypot(right, down)
    if distance > SMOKE_REACHES_M:
        return None
    bearing = degrees(atan2(right, -down)) + around.bearing_deg.get(fire.site_id, 0.0)
    blows_to = WINDS[around.wind] + 180
    off = abs((bearing - blows_to + 180) % 360 - 180)
    return distance if off <= SMOKE_SPREADS_DEG else None
