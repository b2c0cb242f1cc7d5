"""A day of a plan that is changed by hand: its stalls by rows, who has each, what does not fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby
from typing import Protocol

from sqlmodel import Session

from app.languages import in_language
from market.festivals.models import Application, Call
from market.places.models import Amenity, Site, Stall, StallOnPlan, Zone
from market.places.plan_findings import gaps_of
from market.places.queries import amenities_of
from market.planning.hand import (
    Crossing,
    HandFinding,
    Performance,
    Spot,
    Stander,
    Surroundings,
    hand_findings,
)
from market.planning.hand_queries import (
    Spotted,
    applicants,
    call_of_plan,
    categories_of_call,
    held_in_plan,
    spots_of_plan,
)
from market.planning.models import PlannedPlace, PlanVersion
from market.programme.queries import crossings_on, loud_on, performances_on
from market.standing.queries import goods_by_category, may_be_placed
from vendors.fields import identity
from vendors.registry.models import VENDOR_CLASSES, Vendor
from vendors.searching import folded

MOST_CANDIDATES = 60


@dataclass(frozen=True)
class Person:
    """Somebody who has a place or wants one: an applicant ("a12") or a vendor ("v17")."""

    key: str
    name: str
    stander: Stander
    state: str = ""


@dataclass(frozen=True)
class PlannedCell:
    """A stall with whoever has it, by which planned place, and what does not fit there."""

    stall: Stall
    spot: StallOnPlan
    place: PlannedPlace | None = None
    person: Person | None = None
    findings: tuple[HandFinding, ...] = ()
    closed: str = ""


@dataclass(frozen=True)
class PlannedBlock:
    """A row of a zone."""

    site: Site
    zone: Zone
    row: str
    cells: tuple[PlannedCell, ...]


@dataclass(frozen=True)
class PlannedDay:
    """One day of a plan, and who could still be put."""

    day: date
    blocks: tuple[PlannedBlock, ...]
    findings: tuple[HandFinding, ...]
    people: Mapping[str, Person]
    numbers: Mapping[int, str]
    amenities: Mapping[int, Sequence[Amenity]]

    @property
    def cells(self) -> list[PlannedCell]:
        """All stalls in the order of the plan."""
        return [cell for block in self.blocks for cell in block.cells]


def planned_day(session: Session, plan: PlanVersion, day: date, wind: str) -> PlannedDay:
    """One day of a plan with everything there is to see; `wind` is one of `hand.WINDS`."""
    call = call_of_plan(session, plan)
    rows = spots_of_plan(session, plan, call, day)
    people = _people(session, call, day)
    held = {}
    for place, application, vendor in held_in_plan(session, identity(plan), day):
        key = key_of(place)
        if key not in people:
            people[key] = _unasked(application, vendor, day)
        held[place.stall_id] = (place, people[key])
    sites = {identity(site): site for _spot, _stall, _zone, site in rows}
    amenities = {site_id: amenities_of(session, site_id, day) for site_id in sites}
    closed = plan.closed.get(day.isoformat(), {})
    spots = [_spot(row, row[1].number in closed) for row in rows]
    around = _around(session, call, day, rows, amenities, wind)
    found = hand_findings(
        spots, {stall_id: person.stander for stall_id, (_place, person) in held.items()}, around
    )
    blocks = tuple(_blocks(rows, held, found, closed))
    numbers = {identity(stall): stall.number for _spot, stall, _zone, _site in rows}
    return PlannedDay(day, blocks, found, people, numbers, amenities)


def candidates(found: PlannedDay, typed: str = "") -> list[Person]:
    """Who could be put on a stall: those without one, or whoever is called as typed."""
    wanted = folded(typed.strip()) or ""
    placed = {cell.person.key for cell in found.cells if cell.person}
    people = [
        one
        for one in found.people.values()
        if (wanted in (folded(one.name) or "") if wanted else one.key not in placed)
        and (wanted or one.stander.asked)
    ]
    return people[:MOST_CANDIDATES]


def key_of(place: PlannedPlace) -> str:
    """Whose a planned place is: "a12" for an application, "v17" for a vendor."""
    if place.application_id is not None:
        return f"a{place.application_id}"
    return f"v{place.vendor_id}"


def _people(session: Session, call: Call | None, day: date) -> dict[str, Person]:
    if call is not None:
        people = (_applicant(one, day) for one in applicants(session, identity(call)))
        return {one.key: one for one in people}
    goods = goods_by_category(session)
    vendors = sorted(
        may_be_placed(session),
        key=lambda one: (VENDOR_CLASSES.index(one.standing), one.seniority, one.name),
    )
    found = (_vendor(one, goods.get(identity(one), {})) for one in vendors)
    return {one.key: one for one in found}


def _unasked(application: Application | None, vendor: Vendor | None, day: date) -> Person:
    """Somebody who is in the plan and has gone from the list of those in question."""
    if application is not None:
        gone = _applicant(application, day)
        return replace(gone, stander=replace(gone.stander, asked=False))
    if vendor is None:
        raise LookupError("a planned place of nobody")
    return _vendor(vendor, {})


def _applicant(one: Application, day: date) -> Person:
    stander = Stander(
        f"a{one.id}", frozenset(one.categories), one.metres, one.power_kw, one.water, one.vehicle,
        one.fire, one.places_min, one.places_max, day.isoformat() in one.days, one.vendor_id,
    )  # fmt: skip
    return Person(stander.key, one.name, stander, one.state)


def _vendor(one: Vendor, goods: Mapping[str, int]) -> Person:
    stander = Stander(
        f"v{one.id}", frozenset(goods), one.needs_width_m, one.needs_power_kw, one.needs_water,
        one.needs_vehicle, vendor_id=one.id,
    )  # fmt: skip
    return Person(stander.key, one.name, stander)


def _spot(row: Spotted, closed: bool) -> Spot:
    spot, stall, zone, site = row
    return Spot(
        identity(stall), identity(site), identity(zone), spot.row, spot.position, spot.x_m,
        spot.y_m, spot.width_m, spot.power_kw, spot.water, spot.vehicle or spot.kind == "car",
        frozenset(spot.reserved_for), closed,
    )  # fmt: skip


def _around(
    session: Session,
    call: Call | None,
    day: date,
    rows: Sequence[Spotted],
    amenities: Mapping[int, Sequence[Amenity]],
    wind: str,
) -> Surroundings:
    categories = categories_of_call(session, identity(call)) if call else ()
    loud = loud_on(session, day)
    gaps: set[tuple[int, int]] = set()
    for site_id, around in amenities.items():
        spots = [spot for spot, _stall, zone, _site in rows if zone.site_id == site_id]
        gaps |= {(gap.before, gap.after) for gap in gaps_of(spots, around)}
    return Surroundings(
        stages={
            site_id: [_middle(one) for one in around if one.kind == "stage"]
            for site_id, around in amenities.items()
            if loud
        },
        bearing_deg={identity(site): site.bearing_deg for *_row, site in rows},
        zone_kw={
            identity(zone): zone.power_kw
            for _spot, _stall, zone, _site in rows
            if zone.power_kw is not None
        },
        caps={one.category: one.max_stalls for one in categories if one.max_stalls is not None},
        keep_apart=frozenset(one.category for one in categories if one.keep_apart),
        gaps=frozenset(gaps),
        crossings=tuple(_crossings(session, day, rows)),
        performances=tuple(
            Performance(one.vendor_id, in_language(one.event.title).text, *_hours(one))
            for one in performances_on(session, day)
        ),
        wind=wind,
    )


def _crossings(session: Session, day: date, rows: Sequence[Spotted]) -> Iterable[Crossing]:
    zones = {zone.code: identity(zone) for _spot, _stall, zone, _site in rows}
    for one in crossings_on(session, day):
        if one.zone in zones:
            title = in_language(one.event.title).text
            yield Crossing(zones[one.zone], one.row, title, *_hours(one))


class _Timed(Protocol):
    @property
    def starts(self) -> datetime | None: ...
    @property
    def ends(self) -> datetime | None: ...


def _hours(one: _Timed) -> tuple[time | None, time | None]:
    return (one.starts.time() if one.starts else None, one.ends.time() if one.ends else None)


def _middle(one: Amenity) -> tuple[float, float]:
    points = one.points
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def _blocks(
    rows: Sequence[Spotted],
    held: Mapping[int, tuple[PlannedPlace, Person]],
    found: Sequence[HandFinding],
    closed: Mapping[str, str],
) -> list[PlannedBlock]:
    blocks = []
    for _key, group in groupby(rows, key=lambda row: (row[2].id, row[0].row)):
        stalls = list(group)
        cells = []
        for spot, stall, _zone, _site in stalls:
            place, person = held.get(identity(stall), (None, None))
            here = tuple(one for one in found if one.stall_id == stall.id)
            cells.append(
                PlannedCell(stall, spot, place, person, here, closed.get(stall.number, ""))
            )
        blocks.append(PlannedBlock(stalls[0][3], stalls[0][2], stalls[0][0].row, tuple(cells)))
    return blocks
