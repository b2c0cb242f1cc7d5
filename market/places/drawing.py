"""The plan of a site as shapes: one drawing for the sign's page, the list, and paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from market.places.geography import corners
from market.places.models import Amenity, StallOnPlan


@dataclass(frozen=True)
class Shapes:
    """Data of SVG paths in metres of the plan: all stalls, the marked ones, what stands around."""

    stalls: str
    marked: str
    buildings: str
    step_free: str
    entrances: tuple[tuple[float, float], ...]
    centre: tuple[float, float] | None


def shapes(
    spots: Iterable[StallOnPlan], amenities: Iterable[Amenity], marked: frozenset[int]
) -> Shapes:
    """The shapes of one site on one day; `marked` are the ids of stalls that stand out.

    `centre` is the middle of the first marked stall.
    """
    spots, amenities = list(spots), list(amenities)
    chosen = [spot for spot in spots if spot.stall_id in marked]
    return Shapes(
        stalls="".join(_closed(corners(spot)) for spot in spots if spot.stall_id not in marked),
        marked="".join(_closed(corners(spot)) for spot in chosen),
        buildings="".join(_closed(one.points) for one in amenities if one.kind == "building"),
        step_free="".join(_line(one.points) for one in amenities if one.kind == "step_free_way"),
        entrances=tuple(
            (one.points[0][0], one.points[0][1]) for one in amenities if one.kind == "entrance"
        ),
        centre=(round(chosen[0].x_m, 1), round(chosen[0].y_m, 1)) if chosen else None,
    )


def _line(points: Iterable[Iterable[float]]) -> str:
    return "M" + " ".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in points)


def _closed(points: Iterable[Iterable[float]]) -> str:
    return _line(points) + "z"
