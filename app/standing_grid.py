"""The grid of who stands where: stalls of a site by days, with what an organiser should see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from sqlmodel import Session

from app.filling import open_days
from market.days.attendance import ABSENT, Sayings
from market.days.hours import FAR_ENOUGH_DAYS
from market.days.models import Placement
from market.days.queries import sayings
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.places.plan_findings import gaps_of
from market.places.queries import all_numbers, amenities_of
from market.standing.findings import (
    POWER_OF_ZONE,
    DayLook,
    Finding,
    PlanRow,
    look_at,
    main_category,
)
from market.standing.queries import (
    goods_by_category,
    may_be_placed,
    placed_between,
    spots_between,
    waiting_between,
)
from vendors.fields import identity
from vendors.registry.models import VENDOR_CLASSES, Vendor
from vendors.searching import folded

WEEK = 7


@dataclass(frozen=True)
class Cell:
    """A stall on a day: who has it, what they said of the day, and what is to be seen to.

    `spot` None: the stall is not on the plan of that day. `state` is expected, present, late or
    absent.
    """

    day: date
    spot: StallOnPlan | None
    placement: Placement | None = None
    vendor: Vendor | None = None
    state: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Line:
    """A stall with its cells, one for each day of the grid."""

    stall: Stall
    spot: StallOnPlan
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """A row of the plan with its stalls."""

    zone: Zone
    row: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Grid:
    """Days side by side: how each looks, and the stalls by rows; `sells` by vendor id."""

    days: tuple[date, ...]
    looks: Mapping[date, DayLook]
    blocks: tuple[Block, ...]
    zones: tuple[Zone, ...]
    vendors: Mapping[int, Vendor]
    numbers: Mapping[int, str]

    def of_zones(self, day: date) -> list[Finding]:
        """Zones whose lines do not carry what is needed on a day."""
        return [one for one in self.looks[day].findings if one.kind == POWER_OF_ZONE]


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be put on a stall of a day.

    `stalls` are the numbers of those they have already; `sells` their categories, most first.
    """

    vendor: Vendor
    sells: tuple[str, ...]
    waits: bool = False
    is_away: bool = False
    stalls: tuple[str, ...] = ()


@dataclass
class _Loaded:
    """What was read for some days of a site."""

    spots: Sequence[PlanRow]
    placed: dict[date, dict[int, tuple[Placement, Vendor]]]
    said: Sayings
    sells: dict[int, str]
    gaps: dict[tuple[int | None, ...], set[tuple[int, int]]] = field(default_factory=dict)


def market_days(session: Session, site: Site, first: date, count: int) -> list[date]:
    """The next days from a day on when a site is open; `count` 7 means those of its week."""
    site_id = identity(site)
    if count == WEEK:
        monday = first - timedelta(days=first.weekday())
        return open_days(session, site_id, monday, monday + timedelta(days=6))
    far = first + timedelta(days=FAR_ENOUGH_DAYS - 1)
    near = open_days(session, site_id, first, first + timedelta(days=count * WEEK))
    return (near if len(near) >= count else open_days(session, site_id, first, far))[:count]


def grid_of(session: Session, site: Site, days: Sequence[date], zone: str = "") -> Grid:
    """The grid of a site for some days in their order; with `zone` only its stalls are listed.

    Totals and findings are always those of the whole site.
    """
    if not days:
        return Grid((), {}, (), (), {}, {})
    loaded = _load(session, identity(site), days)
    looks, cells = {}, {}
    for day in days:
        looks[day], cells[day] = _day(session, identity(site), day, loaded)
    listed = _first_spots(row for row in loaded.spots if not zone or row[2].code == zone)
    return Grid(
        tuple(days),
        looks,
        tuple(_blocks(listed, days, cells)),
        tuple({identity(row[2]): row[2] for row in loaded.spots}.values()),
        {identity(one): one for held in loaded.placed.values() for _row, one in held.values()},
        {identity(stall): stall.number for _spot, stall, _zone in loaded.spots},
    )


def _load(session: Session, site_id: int, days: Sequence[date]) -> _Loaded:
    first, last = min(days), max(days)
    placed: dict[date, dict[int, tuple[Placement, Vendor]]] = {day: {} for day in days}
    for placement, vendor in placed_between(session, first, last):
        if placement.day in placed:
            placed[placement.day][placement.stall_id] = (placement, vendor)
    ids = {identity(vendor) for held in placed.values() for _row, vendor in held.values()}
    return _Loaded(
        spots_between(session, site_id, first, last),
        placed,
        sayings(session, ids, first, last),
        {key: main_category(counts) for key, counts in goods_by_category(session).items()},
    )


def _day(
    session: Session, site_id: int, day: date, loaded: _Loaded
) -> tuple[DayLook, dict[int, Cell]]:
    plan = [
        row
        for row in loaded.spots
        if row[0].valid_from <= day and (row[0].valid_to is None or row[0].valid_to >= day)
    ]
    key = tuple(spot.id for spot, _stall, _zone in plan)
    if key not in loaded.gaps:
        gaps = gaps_of([spot for spot, _stall, _zone in plan], amenities_of(session, site_id, day))
        loaded.gaps[key] = {(gap.before, gap.after) for gap in gaps}
    held = loaded.placed[day]
    states = {
        identity(vendor): loaded.said.state(identity(vendor), day) for _row, vendor in held.values()
    }
    look = look_at(
        plan,
        {stall_id: vendor for stall_id, (_row, vendor) in held.items()},
        sells=loaded.sells,
        away={vendor_id for vendor_id, state in states.items() if state == ABSENT},
        apart=loaded.gaps[key],
    )
    found: dict[int, list[Finding]] = {}
    for finding in look.findings:
        found.setdefault(finding.stall_id or 0, []).append(finding)
    cells = {}
    for spot, stall, _zone in plan:
        stall_id = identity(stall)
        placement, vendor = held.get(stall_id, (None, None))
        state = states[identity(vendor)] if vendor else ""
        cells[stall_id] = Cell(
            day, spot, placement, vendor, state, tuple(found.get(stall_id, ()))
        )  # fmt: skip
    return look, cells


def _first_spots(rows: Iterable[PlanRow]) -> list[PlanRow]:
    """Each stall once: as it stands first in these days."""
    found: dict[int, PlanRow] = {}
    for row in rows:
        found.setdefault(identity(row[1]), row)
    return list(found.values())


def _blocks(
    rows: Iterable[PlanRow], days: Sequence[date], cells: Mapping[date, Mapping[int, Cell]]
) -> Iterable[Block]:
    for (_code, name), group in groupby(rows, key=lambda row: (row[2].code, row[0].row)):
        stalls = list(group)
        lines = tuple(
            Line(
                stall,
                spot,
                tuple(cells[day].get(identity(stall), Cell(day, None)) for day in days),
            )
            for spot, stall, _zone in stalls
        )
        yield Block(stalls[0][2], name, lines)


def candidates(session: Session, day: date, typed: str = "", most: int = 30) -> list[Candidate]:
    """Who could be put on a stall of a day: who waits for one first, then by class and seniority.

    Without anything typed only those who have no stall that day and have not said that they stay
    away; what is typed is searched in the names of everybody, without diacritics.
    """
    wanted = folded(typed.strip()) or ""
    placed: dict[int, list[int]] = {}
    for placement, vendor in placed_between(session, day, day):
        placed.setdefault(identity(vendor), []).append(placement.stall_id)
    waiting = {
        one.vendor_id: number for number, one in enumerate(waiting_between(session, day, day))
    }
    said = sayings(session, None, day, day)
    goods = goods_by_category(session)
    numbers = {stall_id: number for number, stall_id in all_numbers(session).items()}
    found = []
    for vendor in may_be_placed(session):
        vendor_id = identity(vendor)
        away = said.state(vendor_id, day) == ABSENT and vendor_id not in waiting
        if wanted and wanted not in (folded(vendor.name) or ""):
            continue
        if not wanted and (vendor_id in placed or away):
            continue
        counts = goods.get(vendor_id, {})
        sells = tuple(sorted(counts, key=lambda key: (-counts[key], key))[:3])
        stalls = tuple(numbers[one] for one in placed.get(vendor_id, ()) if one in numbers)
        found.append(Candidate(vendor, sells, vendor_id in waiting, away, stalls))
    found.sort(key=lambda one: _order(one, waiting))
    return found[:most]


def _order(one: Candidate, waiting: Mapping[int, int]) -> tuple[object, ...]:
    place = waiting.get(identity(one.vendor))
    return (
        place is None,
        place or 0,
        bool(one.stalls),
        VENDOR_CLASSES.index(one.vendor.standing),
        one.vendor.seniority,
        one.vendor.name,
    )
