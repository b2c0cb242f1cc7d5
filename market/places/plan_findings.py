"""What is wrong with a drawn plan: stalls on one another, on a tree, passages too narrow.

Stalls are rectangles that may be turned; two of them are compared along the sides of both (the
separating axes). Only those near each other are compared, so that 2,000 stalls take no while.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import cos, floor, hypot, radians, sin

from market.places.geography import corners
from market.places.models import Amenity, Site, StallOnPlan

STEP_FREE_M = 1.2
"""A wheelchair passes; ISO 21542 asks for 1.2 m where two seldom meet."""

BETWEEN_ROWS_M = 2.0
"""Between two rows people meet, stop and buy: ISO 21542 asks for 1.8 m where two often meet, and
goods and elbows reach over the edge of a table."""

BACK_TO_BACK_M = 0.3
"""Closer than this nobody takes it for a passage."""

TOUCHES_M = 0.02
"""Neighbours may touch; numbers are rounded to centimetres."""

FREE_AROUND_M = 0.2
"""So much a trunk or a post needs around its middle."""

CELL_M = 4.0
IN_THE_WAY = ("tree", "lamp_post")
PARTING = ("passage", "tree", "lamp_post", "entrance", "step_free_way")
"""What parts two neighbours of a row when it lies between them."""

Point = Sequence[float]


@dataclass(frozen=True)
class Finding:
    """Something wrong; `stalls` are the ids of the stalls concerned, `metres` how wide it is.

    `kind`: "overlap", "narrow_step_free" (under 1.2 m), "narrow_rows" (under 2 m), "on_way"
    (closer than half of 1.2 m to the middle of the step-free way), "outside", "in_the_way" (on a
    tree or lamp post, named by `amenity`), "same_position".
    """

    kind: str
    stalls: tuple[int, ...]
    metres: float | None = None
    amenity: int | None = None


@dataclass(frozen=True)
class Gap:
    """Two neighbours by position that do not stand side by side: who is next to whom ends here."""

    before: int
    after: int
    metres: float
    amenity: int | None = None


@dataclass(frozen=True)
class _Shape:
    """A stall with what is asked of it again and again."""

    spot: StallOnPlan
    x: float
    y: float
    row: tuple[int, str]
    corners: tuple[tuple[float, float], ...]
    along: tuple[float, float]
    reach: float

    @property
    def across(self) -> tuple[float, float]:
        return (-self.along[1], self.along[0])


def plan_findings(
    spots: Sequence[StallOnPlan], amenities: Sequence[Amenity], site: Site
) -> list[Finding]:
    """All that is wrong with the plan of a site on a day, the gravest first."""
    shapes = [_shape(spot) for spot in spots]
    grid = _grid(shapes)
    found = [*_of_pairs(grid), *_in_the_way(grid, amenities), *_on_way(grid, amenities)]
    found += [Finding("outside", (one.spot.stall_id,)) for one in shapes if _leaves(one, site)]
    found += _same_positions(spots)
    order = ("overlap", "in_the_way", "outside", "same_position", "narrow_step_free", "on_way")
    ranks = {kind: rank for rank, kind in enumerate(order)}
    return sorted(found, key=lambda one: (ranks.get(one.kind, len(order)), one.stalls))


def _shape(spot: StallOnPlan) -> _Shape:
    turn = radians(spot.angle_deg)
    reach = hypot(spot.width_m, spot.depth_m) / 2
    row = (spot.zone_id, spot.row)
    along = (cos(turn), sin(turn))
    return _Shape(spot, spot.x_m, spot.y_m, row, corners(spot), along, reach)


Grid = Mapping[tuple[int, int], list[_Shape]]


def _grid(shapes: Iterable[_Shape]) -> Grid:
    """Each stall in every cell that it, or the passage before it, lies in."""
    grid: dict[tuple[int, int], list[_Shape]] = defaultdict(list)
    for one in shapes:
        far = one.reach + BETWEEN_ROWS_M / 2
        for cell_x in range(_cell(one.x - far), _cell(one.x + far) + 1):
            for cell_y in range(_cell(one.y - far), _cell(one.y + far) + 1):
                grid[cell_x, cell_y].append(one)
    return grid


def _cell(metres: float) -> int:
    return floor(metres / CELL_M)


def _near_pairs(grid: Grid) -> Iterator[tuple[_Shape, _Shape]]:
    seen: set[tuple[int, int]] = set()
    for near in grid.values():
        for one, other in combinations(near, 2):
            pair = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
            if pair not in seen:
                seen.add(pair)
                yield one, other


def _of_pairs(grid: Grid) -> Iterator[Finding]:
    narrow: dict[frozenset[tuple[int, str]], list[tuple[float, int, int]]] = defaultdict(list)
    for one, other in _near_pairs(grid):
        apart = hypot(one.x - other.x, one.y - other.y)
        if apart > one.reach + other.reach + BETWEEN_ROWS_M:
            continue
        gaps = [_gap(one, other, axis) for axis in _axes(one, other)]
        widest = round(max(gaps), 3)
        if widest < -TOUCHES_M:
            ids = _ids(one, other)
            yield Finding("overlap", ids)
        elif one.row != other.row and _is_passage(one, other, widest):
            met = (round(widest, 2), *_ids(one, other))
            narrow[frozenset((one.row, other.row))].append(met)
    for those in narrow.values():
        width = min(metres for metres, _one, _other in those)
        stalls = tuple(sorted({stall for _metres, *pair in those for stall in pair}))
        yield Finding("narrow_step_free" if width < STEP_FREE_M else "narrow_rows", stalls, width)


def _ids(one: _Shape, other: _Shape) -> tuple[int, int]:
    pair = (one.spot.stall_id, other.spot.stall_id)
    return (min(pair), max(pair))


def _axes(one: _Shape, other: _Shape) -> tuple[tuple[float, float], ...]:
    if abs(one.along[0] * other.along[1] - one.along[1] * other.along[0]) < 1e-6:
        return (one.along, one.across)
    return (one.along, one.across, other.along, other.across)


def _gap(one: _Shape, other: _Shape, axis: tuple[float, float]) -> float:
    """How far two stalls are apart along an axis; less than nothing where they overlap."""
    here = [x * axis[0] + y * axis[1] for x, y in one.corners]
    there = [x * axis[0] + y * axis[1] for x, y in other.corners]
    return max(min(there) - max(here), min(here) - max(there))


def _is_passage(one: _Shape, other: _Shape, gap: float) -> bool:
    """Whether the fronts, or the backs, of two rows look at each other across a narrow space."""
    if not BACK_TO_BACK_M <= gap < BETWEEN_ROWS_M:
        return False
    facing = _gap(one, other, one.across)
    return abs(facing - gap) < 1e-3 and _gap(one, other, one.along) < -BACK_TO_BACK_M


def _leaves(one: _Shape, site: Site) -> bool:
    return any(
        not (-TOUCHES_M <= x <= site.width_m + TOUCHES_M)
        or not (-TOUCHES_M <= y <= site.height_m + TOUCHES_M)
        for x, y in one.corners
    )


def _same_positions(spots: Iterable[StallOnPlan]) -> Iterator[Finding]:
    by_place: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    for spot in spots:
        by_place[spot.zone_id, spot.row, spot.position].append(spot.stall_id)
    for stalls in by_place.values():
        if len(stalls) > 1:
            yield Finding("same_position", tuple(sorted(stalls)))


def _in_the_way(grid: Grid, amenities: Iterable[Amenity]) -> Iterator[Finding]:
    for amenity in amenities:
        if amenity.kind not in IN_THE_WAY:
            continue
        for point in amenity.points:
            for one in grid.get((_cell(point[0]), _cell(point[1])), ()):
                if _reaches(one, point, FREE_AROUND_M):
                    yield Finding("in_the_way", (one.spot.stall_id,), amenity=amenity.id)


def _reaches(one: _Shape, point: Point, around: float) -> bool:
    """Whether a point lies on a stall or so close to it."""
    right, down = point[0] - one.x, point[1] - one.y
    along = abs(right * one.along[0] + down * one.along[1]) - one.spot.width_m / 2
    across = abs(right * one.across[0] + down * one.across[1]) - one.spot.depth_m / 2
    return hypot(max(along, 0), max(across, 0)) < around


def _on_way(grid: Grid, amenities: Iterable[Amenity]) -> Iterator[Finding]:
    """Stalls that stand in the 1.2 m of the step-free way; it is looked along every 0.4 m."""
    for amenity in amenities:
        if amenity.kind != "step_free_way":
            continue
        met: set[int] = set()
        for x, y in _points_along(amenity.points):
            near = grid.get((_cell(x), _cell(y)), ())
            met |= {
                one.spot.stall_id for one in near if _reaches(one, (x, y), STEP_FREE_M / 2 - 0.01)
            }
        if met:
            yield Finding("on_way", tuple(sorted(met)), amenity=amenity.id)


def _points_along(points: Sequence[Point]) -> Iterator[tuple[float, float]]:
    for start, end in pairwise(points):
        steps = max(1, min(5000, round(hypot(end[0] - start[0], end[1] - start[1]) / 0.4)))
        for step in range(steps + 1):
            part = step / steps
            yield start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def gaps_of(spots: Iterable[StallOnPlan], amenities: Sequence[Amenity]) -> list[Gap]:
    """Neighbours by position that are parted: by a passage, a tree, a post, or by 1.2 m of room.

    `metres` is the room between them. In the order of zone, row and position.
    """
    rows: dict[tuple[int, str], list[_Shape]] = defaultdict(list)
    for spot in sorted(spots, key=lambda one: (one.zone_id, one.row, one.position)):
        rows[spot.zone_id, spot.row].append(_shape(spot))
    parting = [one for one in amenities if one.kind in PARTING]
    found = []
    for row in rows.values():
        for before, after in pairwise(row):
            gaps = [_gap(before, after, axis) for axis in _axes(before, after)]
            metres = round(max(gaps), 3)
            between = _between(before, after, parting)
            if between is not None or metres >= STEP_FREE_M:
                room = round(max(metres, 0.0), 2)
                found.append(Gap(before.spot.stall_id, after.spot.stall_id, room, between))
    return found


def _between(before: _Shape, after: _Shape, amenities: Iterable[Amenity]) -> int | None:
    """The amenity that lies on the line between two neighbours, beyond the middle of both."""
    start, end = (before.spot.x_m, before.spot.y_m), (after.spot.x_m, after.spot.y_m)
    half = max(before.spot.depth_m, after.spot.depth_m) / 2
    for amenity in amenities:
        points = list(_points_along(amenity.points)) or amenity.points
        if any(_is_beside(start, end, point, half) for point in points):
            return amenity.id
    return None


def _is_beside(start: Point, end: Point, point: Point, half: float) -> bool:
    right, down = end[0] - start[0], end[1] - start[1]
    length = hypot(right, down)
    if length == 0:
        return False
    along = ((point[0] - start[0]) * right + (point[1] - start[1]) * down) / length
    across = ((point[1] - start[1]) * right - (point[0] - start[0]) * down) / length
    return length * 0.2 < along < length * 0.8 and abs(across) <= half
