"""A planning problem: the stalls of a day, who wants them, and by which order they are served.

The words are those of the file that `flask propose` reads (docs/interface.md). A problem holds
no names and no words; whoever shows an answer knows what an identity stands for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

CLASSES = ("season", "regular", "guest", "festival")
"""In this order vendors are placed; within a class a smaller seniority number comes first."""


@dataclass(frozen=True)
class PlanningStall:
    """A stall that can be given: `width_m` in metres along its row, `power_kw` in kilowatts.

    `near` says what is close to it ("stage", "bakery"): for findings, never for the planner.
    """

    id: str
    row: str
    position: int
    width_m: float = 3.0
    power_kw: float = 0.0
    features: frozenset[str] = frozenset()
    reserved_for: frozenset[str] = frozenset()
    blocked: bool = False
    near: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Category:
    """A kind of goods: at most `max_stalls` stalls sell it (None: no limit).

    `keep_apart`: two vendors of it should not stand side by side.
    """

    id: str
    max_stalls: int | None = None
    keep_apart: bool = False


@dataclass(frozen=True)
class Needs:
    """What every single stall of a vendor must offer."""

    power_kw: float = 0.0
    width_m: float = 0.0
    features: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PlanningVendor:
    """Somebody who wants a place. `wishes` are stall identities, the dearest first.

    Of `min_stalls` to `max_stalls` neighbouring stalls in one row; without `anywhere` only own
    or wished stalls. `visits`, when known, is the number that the seniority was made of: it is
    shown in explanations and decides nothing by itself.
    """

    id: str
    standing: str = "guest"
    seniority: int = 0
    categories: frozenset[str] = frozenset()
    own_stalls: tuple[str, ...] = ()
    min_stalls: int = 1
    max_stalls: int = 1
    wishes: tuple[str, ...] = ()
    anywhere: bool = True
    needs: Needs = Needs()
    visits: int | None = None

    @property
    def order(self) -> tuple[int, int, str]:
        """What the order of all vendors goes by: class, seniority, and last the identity."""
        return CLASSES.index(self.standing), self.seniority, self.id


@dataclass(frozen=True)
class Problem:
    """One day to plan. `pins` and `previous` map a vendor's identity to its stalls.

    `gaps` are pairs of stalls between which there is a passage, in either order. `calm` puts
    "as little change as possible" before rounds and wishes: for a day that already runs.
    """

    day: str
    stalls: tuple[PlanningStall, ...]
    vendors: tuple[PlanningVendor, ...]
    gaps: frozenset[frozenset[str]] = frozenset()
    categories: tuple[Category, ...] = ()
    pins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    previous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    calm: bool = False

    @cached_property
    def stall_by_id(self) -> dict[str, PlanningStall]:
        """Stalls by identity."""
        return {stall.id: stall for stall in self.stalls}

    @cached_property
    def vendor_by_id(self) -> dict[str, PlanningVendor]:
        """Vendors by identity."""
        return {vendor.id: vendor for vendor in self.vendors}

    @cached_property
    def category_by_id(self) -> dict[str, Category]:
        """Categories by identity."""
        return {category.id: category for category in self.categories}

    @cached_property
    def neighbours(self) -> frozenset[frozenset[str]]:
        """Pairs of stalls side by side: the same row, positions that follow, and no gap."""
        at = {(stall.row, stall.position): stall.id for stall in self.stalls}
        pairs = (
            frozenset((name, at[row, position + 1]))
            for (row, position), name in at.items()
            if (row, position + 1) in at
        )
        return frozenset(pair for pair in pairs if pair not in self.gaps)


@dataclass(frozen=True)
class Festival:
    """Several days planned together; a vendor is known by the same identity on each.

    Where nothing else decides, a vendor keeps the same stalls from day to day.
    """

    days: tuple[Problem, ...]


def rank_of(vendor: PlanningVendor, stalls: tuple[str, ...]) -> int:
    """Return how dear these stalls are to the vendor: 0 is the first wish, a smaller one better.

    The best wished stall among them decides; exactly or more than the own stalls come after all
    wishes, any other place last. Two ranks can be compared for one vendor only.
    """
    wished = [vendor.wishes.index(stall) for stall in stalls if stall in vendor.wishes]
    if wished:
        return min(wished)
    if vendor.own_stalls and set(vendor.own_stalls) <= set(stalls):
        return len(vendor.wishes)
    return len(vendor.wishes) + 1
