"""Fairness over time: what each place is worth by open points, and who had which so far.

Points come from facts of the plan that anybody can see, by one table; the office may correct a
single stall, with words. A vendor's balance is the sum over days of the points of the own place
less the mean of all places taken that day: below nothing the vendor had poorer places than
others. Distances are metres on a site's plan.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from market.places.models import Amenity, StallOnPlan

NEAR_ENTRANCE_M = 15.0
FAR_FROM_ENTRANCE_M = 60.0
BESIDE_M = 8.0
LOUD_M = 15.0

POINTS = {
    "entrance": 3,
    "roof": 2,
    "end": 1,
    "power": 1,
    "water": 1,
    "vehicle": 1,
    "stage": -1,
    "far": -2,
    "toilet": -2,
    "bins": -3,
}
"""What a fact of a place is worth; a place without any of them has no points."""


class Taken(NamedTuple):
    """A vendor stood on a stall on a day."""

    day: date
    vendor_id: int
    stall_id: int


@dataclass(frozen=True)
class Worth:
    """What a place is worth: its facts, in the order of the table, and the office's correction."""

    facts: tuple[str, ...]
    correction: int = 0

    @property
    def points(self) -> int:
        """All points together."""
        return sum(POINTS[fact] for fact in self.facts) + self.correction


@dataclass(frozen=True)
class DayOfPlaces:
    """A day of a vendor: its stalls, the mean of their points, and the mean of all taken."""

    day: date
    stalls: tuple[int, ...]
    points: float
    mean: float

    @property
    def difference(self) -> float:
        """Above nothing: a better place than the mean."""
        return self.points - self.mean


@dataclass(frozen=True)
class Balance:
    """A vendor's days, earliest first, and what they come to."""

    days: tuple[DayOfPlaces, ...]

    @property
    def points(self) -> float:
        """The sum of all differences, to a tenth of a point."""
        return round(sum(one.difference for one in self.days), 1) + 0.0


def worths(
    spots: Sequence[StallOnPlan], amenities: Sequence[Amenity], corrections: Mapping[int, int]
) -> dict[int, Worth]:
    """What the places of one site are worth, by stall id; `corrections` by stall id too."""
    ends = _ends_of_rows(spots)
    return {
        spot.stall_id: Worth(
            _facts(spot, spot.stall_id in ends, amenities), corrections.get(spot.stall_id, 0)
        )
        for spot in spots
    }


def _ends_of_rows(spots: Iterable[StallOnPlan]) -> set[int]:
    """The first and the last stall of each row: visitors come by on two sides."""
    rows: dict[tuple[int, str], list[StallOnPlan]] = defaultdict(list)
    for spot in spots:
        rows[spot.zone_id, spot.row].append(spot)
    ends = set()
    for row in rows.values():
        row.sort(key=lambda spot: spot.position)
        ends |= {row[0].stall_id, row[-1].stall_id}
    return ends


def _facts(spot: StallOnPlan, is_end: bool, amenities: Sequence[Amenity]) -> tuple[str, ...]:
    metres = {
        kind: min(
            (_metres_to(spot, one.points) for one in amenities if one.kind == kind), default=None
        )
        for kind in ("entrance", "stage", "toilet", "bins")
    }
    entrance = metres["entrance"]
    holds = {
        "entrance": entrance is not None and entrance <= NEAR_ENTRANCE_M,
        "roof": spot.roof,
        "end": is_end,
        "power": spot.power_kw > 0,
        "water": spot.water,
        "vehicle": spot.vehicle,
        "stage": _within(metres["stage"], LOUD_M),
        "far": entrance is not None and entrance >= FAR_FROM_ENTRANCE_M,
        "toilet": _within(metres["toilet"], BESIDE_M),
        "bins": _within(metres["bins"], BESIDE_M),
    }
    return tuple(fact for fact in POINTS if holds[fact])


def _within(metres: float | None, limit: float) -> bool:
    return metres is not None and metres <= limit


def _metres_to(spot: StallOnPlan, points: Sequence[Sequence[float]]) -> float:
    """How far a stall's middle is from a point, a line or an outline."""
    if len(points) == 1:
        return hypot(points[0][0] - spot.x_m, points[0][1] - spot.y_m)
    return min(_metres_to_line(spot, first, second) for first, second in pairwise(points))


def _metres_to_line(spot: StallOnPlan, first: Sequence[float], second: Sequence[float]) -> float:
    across, down = second[0] - first[0], second[1] - first[1]
    length = across * across + down * down
    along = 0.0
    if length:
        along = ((spot.x_m - first[0]) * across + (spot.y_m - first[1]) * down) / length
        along = min(1.0, max(0.0, along))
    return hypot(first[0] + along * across - spot.x_m, first[1] + along * down - spot.y_m)


def balance(
    placements: Iterable[Taken], scores: Mapping[int, float], days: Collection[date]
) -> dict[int, Balance]:
    """The balance of every vendor who stood on one of the days, by vendor id.

    Stalls without a score are left out. Several stalls of a vendor on a day count by their mean,
    so that nobody gains by standing wider.
    """
    by_day: dict[date, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for taken in placements:
        if taken.day in days and taken.stall_id in scores:
            by_day[taken.day][taken.vendor_id].append(taken.stall_id)
    found: dict[int, list[DayOfPlaces]] = defaultdict(list)
    for day, vendors in sorted(by_day.items()):
        all_taken = [scores[stall] for stalls in vendors.values() for stall in stalls]
        mean = sum(all_taken) / len(all_taken)
        for vendor_id, stalls in vendors.items():
            own = sum(scores[stall] for stall in stalls) / len(stalls)
            found[vendor_id].append(DayOfPlaces(day, tuple(stalls), own, mean))
    return {vendor_id: Balance(tuple(theirs)) for vendor_id, theirs in found.items()}


def order_of_guests(
    vendors: Iterable[int], visits: Mapping[int, int], balances: Mapping[int, float]
) -> list[int]:
    """Guests in the order in which an ordinary day's free places are given.

    More visits first; of equally many the poorer balance first; last the smaller number, so that
    the same guests always come in the same order.
    """
    return sorted(vendors, key=lambda one: (-visits.get(one, 0), balances.get(one, 0.0), one))
