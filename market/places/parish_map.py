"""A schematic map of the novads: its outline, its parishes, and the line from stall to farm."""

from dataclasses import dataclass
from math import cos, radians

from market.places.parishes import OUTLINE

WIDTH = 360.0
MARGIN = 12.0
WEST, EAST = 22.43, 23.56
SOUTH, NORTH = 56.68, 57.33
_SCALE = (WIDTH - 2 * MARGIN) / ((EAST - WEST) * cos(radians(57.0)))
HEIGHT = round((NORTH - SOUTH) * _SCALE + 2 * MARGIN)


@dataclass(frozen=True)
class Dot:
    """A place on the drawing, in its units."""

    x: float
    y: float


def dot(lat: float, lon: float) -> Dot:
    """Where a place is on the drawing, 360 wide and `HEIGHT` high, north at the top."""
    x = MARGIN + (lon - WEST) * cos(radians(57.0)) * _SCALE
    y = MARGIN + (NORTH - lat) * _SCALE
    return Dot(round(x, 1), round(y, 1))


def is_within(lat: float, lon: float) -> bool:
    """Whether a place lies in the frame of the drawing."""
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST


def outline() -> str:
    """The border of the novads as the data of an SVG path; its course is not exact."""
    dots = [dot(lat, lon) for lon, lat in OUTLINE]
    return "M" + " ".join(f"{point.x:g} {point.y:g}" for point in dots) + "z"
