"""What the page of a version shows: days with their rows, people, what the planner said of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from app import names
from app.languages import gettext as _
from app.languages import in_language
from app.planning import People, Person
from market.places.models import Site, Stall, StallOnPlan
from market.places.plan_drawing import DrawnAmenity, DrawnStall, plan_svg
from market.planning.from_rows import DayGround, row_of
from market.planning.models import PlannedPlace, PlanVersion
from market.planning.queries import grounds_of, places_of, sites_of_plan
from vendors.fields import identity


@dataclass(frozen=True)
class Cell:
    """A stall of a day in a version: who has it, or why nobody has."""

    stall: Stall
    spot: StallOnPlan
    person: Person | None = None
    by_hand: bool = False
    closed: str = ""


@dataclass(frozen=True)
class Block:
    """A row of a day."""

    key: str
    zone: str
    row: str
    site_id: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Named:
    """Somebody with their stalls on a day; none for who has no place."""

    person: Person
    stalls: tuple[str, ...]
    by_hand: bool = False


@dataclass(frozen=True)
class Day:
    """A day of a version: by rows, by names, who has no place, free and closed stalls."""

    day: date
    blocks: tuple[Block, ...]
    placed: tuple[Named, ...]
    refused: tuple[Person, ...]
    free: tuple[str, ...]
    closed: Mapping[str, str]


def days_shown(session: Session, plan: PlanVersion, people: People) -> list[Day]:
    """Every day of a version."""
    rows: dict[tuple[date, int], PlannedPlace] = {
        (place.day, place.stall_id): place for place, _stall in places_of(session, identity(plan))
    }
    return [_day(plan, ground, rows, people) for ground in grounds_of(session, plan)]


def _day(
    plan: PlanVersion,
    ground: DayGround,
    rows: Mapping[tuple[date, int], PlannedPlace],
    people: People,
) -> Day:
    blocks: dict[str, Block] = {}
    named: dict[str, Named] = {}
    for spot, stall, zone in ground.rows:
        place = rows.get((ground.day, identity(stall)))
        person = people.of(place) if place else None
        by_hand = place is not None and place.by_hand
        cell = Cell(stall, spot, person, by_hand, ground.closed.get(stall.number, ""))
        key = row_of(zone, spot)
        before = blocks.get(key) or Block(
            key, in_language(zone.name).text, spot.row, zone.site_id, ()
        )
        blocks[key] = Block(key, before.zone, before.row, before.site_id, (*before.cells, cell))
        if person is not None:
            had = named.get(person.key, Named(person, ()))
            named[person.key] = Named(person, (*had.stalls, stall.number), had.by_hand or by_hand)
    cells = [cell for block in blocks.values() for cell in block.cells]
    return Day(
        ground.day,
        tuple(blocks.values()),
        tuple(sorted(named.values(), key=lambda one: one.person.name.casefold())),
        refused_of(plan, ground.day, people, named),
        tuple(one.stall.number for one in cells if one.person is None and not one.closed),
        dict(ground.closed),
    )


def refused_of(
    plan: PlanVersion, day: date, people: People, placed: Mapping[str, Named]
) -> tuple[Person, ...]:
    """Whom the planner has given no place on a day, and who still has none."""
    found = [
        people.by_id[one["vendor"]]
        for one in answer_of(plan, day).get("refused", ())
        if one.get("vendor") in people.by_id
    ]
    return tuple(one for one in found if one.key not in placed)


def answer_of(plan: PlanVersion, day: date) -> dict[str, Any]:
    """What the planner said of a day, {} as long as it has said nothing."""
    found = plan.answers.get(day.isoformat())
    return found if isinstance(found, dict) else {}


def drawings_of(session: Session, plan: PlanVersion, day: Day) -> list[Markup]:
    """The plan of each site on a day as SVG; the table says the same."""
    ground = next(one for one in grounds_of(session, plan) if one.day == day.day)
    found = []
    for site in sites_of_plan(session, plan):
        stalls = _drawn(day.blocks, site)
        if stalls:
            around = [
                DrawnAmenity(
                    one.kind,
                    in_language(one.name).text if one.name else names.amenity(one.kind),
                    one.points,
                )
                for one in ground.amenities.get(identity(site), ())
            ]
            svg = plan_svg(site, stalls, around, title=in_language(site.name).text)
            found.append(Markup(svg))  # noqa: S704 - our own drawing escapes every text
    return found


def _drawn(blocks: Sequence[Block], site: Site) -> list[DrawnStall]:
    return [
        DrawnStall(
            identity(cell.stall),
            cell.stall.number,
            cell.spot,
            _look(cell),
            _title(cell),
            block.zone,
        )
        for block in blocks
        if block.site_id == site.id
        for cell in block.cells
    ]


def _look(cell: Cell) -> str:
    if cell.closed:
        return "absent"
    return "free" if cell.person is None else "held" if cell.by_hand else "taken"


def _title(cell: Cell) -> str:
    if cell.closed:
        return f"{cell.stall.number} – {_('closed')}"
    return f"{cell.stall.number} – {cell.person.name if cell.person else _('free')}"
