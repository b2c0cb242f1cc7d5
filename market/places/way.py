"""The way to a stall in words: the map's twin for those who cannot or will not read a map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from market.places.geography import metres_apart
from market.places.models import Amenity, StallOnPlan


@dataclass(frozen=True)
class Way:
    """From the nearest entrance: so many metres, and then the how-manieth stall of the row.

    `entrance` is the entrance's name, None when the plan has no named entrance; `metres` is
    rounded to 5; `nth` counts from the end of the row that is nearer to the entrance.
    """

    entrance: Mapping[str, str] | None
    metres: int
    row: str
    nth: int
    of: int


def ways(spots: Sequence[StallOnPlan], amenities: Iterable[Amenity]) -> dict[int, Way]:
    """The way to each stall of one site on one day, by stall id.

    Empty when the plan has no entrance.
    """
    entrances = [amenity for amenity in amenities if amenity.kind == "entrance"]
    if not entrances:
        return {}
    found = {}
    for row in _rows(spots):
        for spot in row:
            entrance = min(entrances, key=lambda one: metres_apart(spot, *one.points[0]))
            x_m, y_m = entrance.points[0]
            found[spot.stall_id] = Way(
                entrance.name,
                _to_five(metres_apart(spot, x_m, y_m)),
                spot.row,
                _nth(spot, row, x_m, y_m),
                len(row),
            )
    return found


def _rows(spots: Iterable[StallOnPlan]) -> list[list[StallOnPlan]]:
    rows: dict[tuple[int, str], list[StallOnPlan]] = {}
    for spot in spots:
        rows.setdefault((spot.zone_id, spot.row), []).append(spot)
    return [sorted(row, key=lambda spot: spot.position) for row in rows.values()]


def _to_five(metres: float) -> int:
    return max(5, round(metres / 5) * 5)


def _nth(spot: StallOnPlan, row: Sequence[StallOnPlan], x_m: float, y_m: float) -> int:
    """The place in the row, counted from its end nearer to a point."""
    first, last = row[0], row[-1]
    from_first = hypot(first.x_m - x_m, first.y_m - y_m) <= hypot(last.x_m - x_m, last.y_m - y_m)
    index = row.index(spot)
    return index + 1 if from_first else len(row) - index
