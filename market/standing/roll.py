"""The roll of a market day: who has which stalls, in the order of the plan, one line a vendor.

The entry screen of the office, the presence sheet on paper and the list of fees go by this one
order, so that a ticked sheet is entered from top to bottom.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from market.days.models import Placement
from market.places.models import Stall, StallOnPlan, Zone
from vendors.fields import identity
from vendors.registry.models import Vendor

RollRow = tuple[Placement, Vendor, Stall, StallOnPlan, Zone]
EXPECTED = "expected"


@dataclass(frozen=True)
class RollLine:
    """A vendor of a day with all their stalls; `state` is present, late, absent or expected.

    The line stands where the first of the stalls stands on the plan.
    """

    vendor: Vendor
    zone: Zone
    row: str
    stalls: tuple[Stall, ...]
    spots: tuple[StallOnPlan, ...]
    placements: tuple[Placement, ...]
    state: str = EXPECTED

    @property
    def width_m(self) -> float:
        """The length of the front of all stalls together, in metres."""
        return sum(spot.width_m for spot in self.spots)


def roll(rows: Iterable[RollRow], states: Mapping[int, str]) -> list[RollLine]:
    """The lines of a day from the rows in the order of the plan; `states` by vendor id."""
    by_vendor: dict[int, list[RollRow]] = {}
    for row in rows:
        by_vendor.setdefault(identity(row[1]), []).append(row)
    return [
        RollLine(
            vendor=theirs[0][1],
            zone=theirs[0][4],
            row=theirs[0][3].row,
            stalls=tuple(stall for _placement, _vendor, stall, _spot, _zone in theirs),
            spots=tuple(spot for _placement, _vendor, _stall, spot, _zone in theirs),
            placements=tuple(row[0] for row in theirs),
            state=states.get(vendor_id, EXPECTED),
        )
        for vendor_id, theirs in by_vendor.items()
    ]
