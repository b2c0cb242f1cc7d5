"""Which parts of a large plan are drawn by themselves, so that every number can be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from market.places.models import Site, StallOnPlan
from market.places.plan_drawing import LARGEST_NUMBER_M, LETTER_WIDTH, frame_of

READABLE_MM = 1.9
"""Letters of 1.9 mm are 5.4 points: read at arm's length on a printed page."""
EDGE_M = 3.0


@dataclass(frozen=True)
class Part:
    """A part of the plan in metres: its left upper corner, width and height."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, spot: StallOnPlan) -> bool:
        """Whether the middle of a stall is within."""
        across = self.left <= spot.x_m < self.left + self.width
        return across and self.top <= spot.y_m < self.top + self.height

    def grown(self, by_m: float) -> "Part":
        """The same with an edge around it, so that stalls at the rim are whole."""
        return Part(
            self.left - by_m, self.top - by_m, self.width + 2 * by_m, self.height + 2 * by_m
        )

    def scale(self, width_mm: float, height_mm: float) -> float:
        """Millimetres for a metre when it fills a space as far as it can."""
        return min(width_mm / self.width, height_mm / self.height)


def whole(site: Site) -> Part:
    """The whole plan, as it is drawn."""
    return Part(*frame_of(site))


def number_m(spot: StallOnPlan, number: str) -> float:
    """How large the number is drawn on its stall, in metres of the plan."""
    along, over = max(spot.width_m, spot.depth_m), min(spot.width_m, spot.depth_m)
    if spot.depth_m <= 1.4 * spot.width_m:
        along, over = spot.width_m, spot.depth_m
    return min(0.62 * over, 0.86 * along / (LETTER_WIDTH * max(len(number), 2)), LARGEST_NUMBER_M)


def parts(
    stalls: Sequence[tuple[StallOnPlan, str]], width_mm: float, height_mm: float
) -> list[Part]:
    """The parts, by rows from the upper left, that show all stalls with readable numbers.

    `stalls` with their numbers; `width_mm`, `height_mm` is the space on a page. The parts are all
    of one size; those without a stall are left out.
    """
    if not stalls:
        return []
    smallest = min(number_m(spot, number) for spot, number in stalls)
    needed = READABLE_MM / smallest
    around = _around(spot for spot, _number in stalls)
    across = max(1, ceil(around.width / max(width_mm / needed - 2 * EDGE_M, 1)))
    down = max(1, ceil(around.height / max(height_mm / needed - 2 * EDGE_M, 1)))
    wide, tall = around.width / across, around.height / down
    found = [
        Part(around.left + column * wide, around.top + row * tall, wide, tall)
        for row in range(down)
        for column in range(across)
    ]
    return [one for one in found if any(one.holds(spot) for spot, _number in stalls)]


def _around(spots: Iterable[StallOnPlan]) -> Part:
    """The middles of all stalls, a centimetre more at the right and the lower rim."""
    kept = list(spots)
    left, top = min(one.x_m for one in kept), min(one.y_m for one in kept)
    right, bottom = max(one.x_m for one in kept), max(one.y_m for one in kept)
    return Part(left, top, right - left + 0.01, bottom - top + 0.01)
