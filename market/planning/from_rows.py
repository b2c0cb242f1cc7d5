"""Makes the problem of a day, or of a festival, from the rows of the market.

Stalls are called by their numbers, applicants "a12" and vendors "v17" by their ids. What is wrong
with one person's rows is left out and noted with the person's name; it never stops the others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from math import ceil

from market.festivals.models import Application, CallCategory
from market.places.geography import corners
from market.places.models import Amenity, Stall, StallOnPlan, Zone
from market.places.plan_findings import gaps_of
from market.planning.problem import (
    Category,
    Festival,
    Needs,
    PlanningStall,
    PlanningVendor,
    Problem,
)
from vendors.fields import identity
from vendors.registry.models import Vendor

PlanRow = tuple[StallOnPlan, Stall, Zone]

NEAR_M = 15.0
"""So close to the stage or the music counts as near it."""

NEAR_KINDS = ("stage", "water", "entrance", "toilet", "parking")
LEAST_OVER = 0.02
"""Metres are typed by people: a front two centimetres longer than its places still fits."""


@dataclass(frozen=True)
class Note:
    """What was left out of somebody's rows so that the day can be planned.

    `code`: "wish_off_plan" (wished stalls that cannot be given on this day), "pin_off_plan" (put
    by hand on a stall that is not given), "own_off_plan" (holds stalls that are not given), or
    "split" (stands on stalls that are not side by side; they are kept as they are).
    """

    code: str
    who: str
    day: str
    stalls: tuple[str, ...] = ()


@dataclass(frozen=True)
class DayGround:
    """What is given away on a day: stalls on the plan, what stands around, closed stalls.

    `amenities` by site id; `closed` are numbers of stalls with the reason.
    """

    day: date
    rows: Sequence[PlanRow]
    amenities: Mapping[int, Sequence[Amenity]] = field(default_factory=dict)
    closed: Mapping[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of all these stalls."""
        return frozenset(stall.number for _spot, stall, _zone in self.rows)

    @property
    def open(self) -> frozenset[str]:
        """The numbers of the stalls that are not closed."""
        return self.numbers - frozenset(self.closed)


@dataclass(frozen=True)
class Wanting:
    """Somebody who wants a place on a day: who they are for the planner, and in what order.

    `pinned` are stalls that are kept, `before` those of the plan this one is made from.
    """

    vendor: PlanningVendor
    pinned: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Built:
    """A problem with what had to be left out of it; `kept` stand where they stand, unplanned."""

    problem: Problem
    notes: tuple[Note, ...] = ()
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def of_application(application: Application) -> str:
    """What the planner calls an applicant."""
    return f"a{application.id}"


def of_vendor(vendor_id: int) -> str:
    """What the planner calls a vendor."""
    return f"v{vendor_id}"


def planning_stalls(ground: DayGround) -> tuple[PlanningStall, ...]:
    """The stalls of a day as the planner sees them, in the order of the plan."""
    return tuple(
        PlanningStall(
            id=stall.number,
            row=row_of(zone, spot),
            position=spot.position,
            width_m=spot.width_m,
            power_kw=spot.power_kw,
            features=_features(spot),
            reserved_for=frozenset(spot.reserved_for or ()),
            blocked=stall.number in ground.closed,
            near=_near(spot, ground.amenities.get(zone.site_id, ())),
        )
        for spot, stall, zone in ground.rows
    )


def row_of(zone: Zone, spot: StallOnPlan) -> str:
    """A row by its zone and name: two zones may each have a row A."""
    return f"{zone.code}:{spot.row}"


def _features(spot: StallOnPlan) -> frozenset[str]:
    has = {
        "water": spot.water,
        "roof": spot.roof,
        "cooling": spot.cooling,
        "vehicle": spot.vehicle or spot.kind == "car",
    }
    return frozenset(name for name, there in has.items() if there)


def _near(spot: StallOnPlan, amenities: Iterable[Amenity]) -> frozenset[str]:
    around = [(spot.x_m, spot.y_m), *corners(spot)]
    return frozenset(
        one.kind
        for one in amenities
        if one.kind in NEAR_KINDS
        and any(
            (x - point[0]) ** 2 + (y - point[1]) ** 2 <= NEAR_M**2
            for point in one.points
            for x, y in around
        )
    )


def planning_gaps(ground: DayGround) -> frozenset[frozenset[str]]:
    """Pairs of numbers between which there is a passage."""
    by_site: dict[int, list[StallOnPlan]] = {}
    for spot, _stall, zone in ground.rows:
        by_site.setdefault(zone.site_id, []).append(spot)
    numbers = {stall.id: stall.number for _spot, stall, _zone in ground.rows}
    return frozenset(
        frozenset((numbers[gap.before], numbers[gap.after]))
        for site_id, spots in by_site.items()
        for gap in gaps_of(spots, ground.amenities.get(site_id, ()))
    )


def usual_width(ground: DayGround) -> float:
    """The width, in metres, that most open stalls of a day have; the smaller of two."""
    widths = Counter(
        spot.width_m for spot, stall, _zone in ground.rows if stall.number not in ground.closed
    )
    return min(widths, key=lambda width: (-widths[width], width), default=3.0)


def places_for(metres: float, least: int, most: int, width_m: float) -> tuple[int, int, float]:
    """How many places a front of so many metres takes: at least, at most, and metres of each.

    As many of the usual width as are needed, never more than whoever asks wants at most; then
    each must be wider.
    """
    needed = max(1, ceil((metres - LEAST_OVER) / width_m))
    least = min(max(least, needed), max(most, least))
    return least, max(least, most), max(0.0, round(metres / least - LEAST_OVER, 2))


def applicant(
    application: Application,
    *,
    standing: str,
    seniority: int,
    wishes: Sequence[str],
    own_stalls: tuple[str, ...] = (),
    width_m: float = 3.0,
    visits: int | None = None,
) -> PlanningVendor:
    """An applicant as the planner sees them; a holder of stalls keeps at least so many."""
    least, most, metres = places_for(
        application.metres, application.places_min, application.places_max, width_m
    )
    features = {"water": application.water, "vehicle": application.vehicle}
    return PlanningVendor(
        id=of_application(application),
        standing=standing,
        seniority=seniority,
        categories=frozenset(application.categories),
        own_stalls=own_stalls,
        min_stalls=least,
        max_stalls=max(most, len(own_stalls)),
        wishes=tuple(wishes),
        anywhere=application.anywhere,
        needs=Needs(
            application.power_kw,
            metres,
            frozenset(name for name, wanted in features.items() if wanted),
        ),
        visits=visits,
    )


def market_vendor(
    vendor: Vendor,
    *,
    standing: str | None = None,
    seniority: int | None = None,
    categories: Collection[str] = (),
    own_stalls: tuple[str, ...] = (),
    stalls: int = 1,
    visits: int | None = None,
) -> PlanningVendor:
    """A vendor of an ordinary day as the planner sees them, with at most so many stalls."""
    features = {
        "water": vendor.needs_water,
        "cooling": vendor.needs_cooling,
        "vehicle": vendor.needs_vehicle,
    }
    return PlanningVendor(
        id=of_vendor(identity(vendor)),
        standing=standing or vendor.standing,
        seniority=vendor.seniority if seniority is None else seniority,
        categories=frozenset(categories),
        own_stalls=own_stalls,
        min_stalls=1,
        max_stalls=max(1, stalls, len(own_stalls)),
        needs=Needs(
            vendor.needs_power_kw,
            0.0 if stalls > 1 else vendor.needs_width_m,
            frozenset(name for name, wanted in features.items() if wanted),
        ),
        visits=visits,
    )


def categories_of_call(rows: Iterable[CallCategory]) -> tuple[Category, ...]:
    """The categories of a call with their caps."""
    return tuple(Category(row.category, row.max_stalls, row.keep_apart) for row in rows)


def build_day(
    ground: DayGround,
    wanting: Iterable[Wanting],
    *,
    categories: Sequence[Category] = (),
    calm: bool = False,
) -> Built:
    """The problem of one day with what had to be left out.

    Stalls somebody named that are not given on this day are left out of their wishes, own
    stalls and pins. Whoever was put by hand keeps that place whatever it offers, because the
    office has decided so; in a calm plan nobody is asked to have it better than before.
    """
    stalls, gaps = planning_stalls(ground), planning_gaps(ground)
    bare = Problem(ground.day.isoformat(), stalls, (), gaps)
    notes: list[Note] = []
    planned: list[Wanting] = []
    kept: dict[str, tuple[str, ...]] = {}
    for one in wanting:
        fitted = _fitted(one, ground, bare, notes)
        split = _split(fitted, ground, bare, calm=calm)
        if split:
            notes.append(Note("split", one.vendor.id, bare.day, split))
            kept[one.vendor.id] = split
        else:
            planned.append(replace(fitted, vendor=_eased(fitted, bare, calm=calm)))
    gone = {number for numbers in kept.values() for number in numbers}
    known = {name for one in planned for name in one.vendor.categories}
    known |= {name for one in stalls for name in one.reserved_for}
    more = tuple(Category(name) for name in sorted(known - {one.id for one in categories}))
    problem = Problem(
        day=bare.day,
        stalls=tuple(replace(one, blocked=one.blocked or one.id in gone) for one in stalls),
        vendors=tuple(one.vendor for one in planned),
        gaps=gaps,
        categories=(*categories, *more),
        pins={one.vendor.id: one.pinned for one in planned if one.pinned},
        previous={one.vendor.id: one.before for one in planned if one.before},
        calm=calm,
    )
    return Built(problem, tuple(notes), kept)


def festival_of(days: Sequence[Built]) -> Festival:
    """The days that are planned together."""
    return Festival(tuple(one.problem for one in days))


def _split(one: Wanting, ground: DayGround, bare: Problem, *, calm: bool) -> tuple[str, ...]:
    """The stalls of somebody whom the planner cannot place as they stand: not side by side."""
    if one.pinned:
        return () if _side_by_side(bare, one.pinned) else one.pinned
    if calm and not _side_by_side(bare, one.before):
        return tuple(number for number in one.before if number in ground.open)
    return ()


def _fitted(one: Wanting, ground: DayGround, bare: Problem, notes: list[Note]) -> Wanting:
    """The same without stalls that are not given on this day; what is left out is noted."""

    def given(numbers: tuple[str, ...], among: Collection[str], code: str) -> tuple[str, ...]:
        missing = tuple(number for number in numbers if number not in among)
        if missing:
            notes.append(Note(code, one.vendor.id, bare.day, missing))
        return tuple(number for number in numbers if number in among)

    wishes = given(one.vendor.wishes, ground.numbers, "wish_off_plan")
    pinned = given(one.pinned, ground.open, "pin_off_plan")
    own = one.vendor.own_stalls
    if not set(own) <= ground.open or not _side_by_side(bare, own):
        notes.append(Note("own_off_plan", one.vendor.id, bare.day, own))
        own = ()
    before = tuple(number for number in one.before if number in ground.numbers)
    vendor = replace(one.vendor, wishes=tuple(dict.fromkeys(wishes)), own_stalls=own)
    return Wanting(vendor, pinned, before)


def _side_by_side(problem: Problem, numbers: Sequence[str]) -> bool:
    """Whether stalls are neighbours in one row without a gap; one alone is."""
    if len(numbers) < 2:
        return True
    known = problem.stall_by_id
    if len({known[one].row for one in numbers}) != 1:
        return False
    ordered = sorted(numbers, key=lambda one: known[one].position)
    return all(frozenset(pair) in problem.neighbours for pair in pairwise(ordered))


def _eased(one: Wanting, bare: Problem, *, calm: bool) -> PlanningVendor:
    """Nobody needs more than the place offers that the office gave them, or had before."""
    held = one.pinned or (one.before if calm else ())
    if not held:
        return one.vendor
    offered = [bare.stall_by_id[number] for number in held]
    needs, count = one.vendor.needs, len(held)
    return replace(
        one.vendor,
        min_stalls=min(one.vendor.min_stalls, count),
        max_stalls=count if one.pinned else max(one.vendor.max_stalls, count),
        anywhere=one.vendor.anywhere or calm,
        needs=Needs(
            min([needs.power_kw, *(stall.power_kw for stall in offered)]),
            min([needs.width_m, *(stall.width_m for stall in offered)]),
            needs.features & frozenset.intersection(*(stall.features for stall in offered)),
        ),
    )


def rows_of(ground: DayGround) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """The rows of a day: identity, code of the zone, name, and the numbers in their order."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for spot, stall, zone in ground.rows:
        key = row_of(zone, spot)
        found.setdefault(key, (zone.code, spot.row, []))[2].append(stall.number)
    return [(key, code, row, tuple(numbers)) for key, (code, row, numbers) in found.items()]
