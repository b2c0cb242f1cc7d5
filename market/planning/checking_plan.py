"""The plan as the checker sees it: problem and answer side by side, reckoned from nothing else.

It shares no code with the planner or with the reasons; what it needs it finds again, simply.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from market.planning.answer import Answer
from market.planning.problem import PlanningStall, PlanningVendor, Problem, rank_of


@dataclass(frozen=True)
class Wrong:
    """What is wrong with an answer, and the identities concerned, in the order of its code."""

    code: str
    names: tuple[str, ...]


class CheckedPlan:
    """Who has what by the answer; vendors and stalls that nobody knows are left out."""

    def __init__(
        self, problem: Problem, answer: Answer, day_before: "CheckedPlan | None" = None
    ) -> None:
        self.problem = problem
        self.answer = answer
        self.day_before = day_before
        self.stalls: dict[str, tuple[str, ...]] = {
            placed.vendor: tuple(one for one in placed.stalls if one in problem.stall_by_id)
            for placed in answer.placements
            if placed.vendor in problem.vendor_by_id
        }
        self.out = frozenset(
            refused.vendor for refused in answer.refused if refused.reason.code == "bad_data"
        )
        """Vendors whose data cannot be planned: no rule speaks of them."""

    def with_stalls(self, stalls: dict[str, tuple[str, ...]]) -> "CheckedPlan":
        """The same problem with other stalls for everybody."""
        other = CheckedPlan(self.problem, self.answer, self.day_before)
        other.stalls = stalls
        other.__dict__.update(_windows=self._windows, _around=self._around)
        return other

    @cached_property
    def vendors(self) -> tuple[PlanningVendor, ...]:
        """Vendors of whom the rules speak, in their order."""
        known = [one for one in self.problem.vendors if one.id not in self.out]
        return tuple(sorted(known, key=lambda one: one.order))

    @cached_property
    def on(self) -> dict[str, PlanningVendor]:
        """Who stands on a stall."""
        known = self.problem.vendor_by_id
        return {stall: known[name] for name, has in self.stalls.items() for stall in has}

    @cached_property
    def pins(self) -> dict[str, tuple[str, ...]]:
        """What was put by hand, of vendors of whom the rules speak."""
        return {name: has for name, has in self.problem.pins.items() if name not in self.out}

    @cached_property
    def pinned_on(self) -> dict[str, str]:
        """Which vendor a stall was given to by hand."""
        return {stall: name for name, stalls in self.pins.items() for stall in stalls}

    @cached_property
    def sold(self) -> Counter[str]:
        """How many stalls sell each category."""
        found: Counter[str] = Counter()
        for name, stalls in self.stalls.items():
            for category in self.problem.vendor_by_id[name].categories:
                found[category] += len(stalls)
        return found

    @cached_property
    def rows(self) -> tuple[tuple[PlanningStall, ...], ...]:
        """The stalls of each row by position."""
        found: dict[str, list[PlanningStall]] = defaultdict(list)
        for stall in sorted(self.problem.stalls, key=lambda one: one.position):
            found[stall.row].append(stall)
        return tuple(tuple(row) for row in found.values())

    def side_by_side(self, stalls: tuple[str, ...]) -> bool:
        """Whether each stall is the neighbour of the next."""
        return all(frozenset(pair) in self.problem.neighbours for pair in pairwise(stalls))

    def windows(self, length: int) -> tuple[tuple[str, ...], ...]:
        """Every run of so many neighbours."""
        if length not in self._windows:
            self._windows[length] = tuple(
                names
                for row in self.rows
                for first in range(len(row) - length + 1)
                if self.side_by_side(
                    names := tuple(stall.id for stall in row[first : first + length])
                )
            )
        return self._windows[length]

    @cached_property
    def _windows(self) -> dict[int, tuple[tuple[str, ...], ...]]:
        return {}

    @cached_property
    def _around(self) -> dict[int, dict[str, list[tuple[str, ...]]]]:
        return {}

    def windows_over(self, stall: str, length: int) -> list[tuple[str, ...]]:
        """Every run of so many neighbours with this stall in it."""
        if length not in self._around:
            found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
            for window in self.windows(length):
                for one in window:
                    found[one].append(window)
            self._around[length] = found
        return self._around[length].get(stall, [])

    def offers(self, vendor: PlanningVendor, stall: str) -> bool:
        """Whether a stall is open and has what the vendor needs."""
        return not self.missing(vendor, stall)

    def missing(self, vendor: PlanningVendor, stall: str) -> set[str]:
        """What is against a stall: blocked, power, width, features."""
        found, needs = self.problem.stall_by_id[stall], vendor.needs
        wrong = {
            "blocked": found.blocked,
            "power": found.power_kw < needs.power_kw,
            "width": found.width_m < needs.width_m,
            "features": not needs.features <= found.features,
        }
        return {name for name, is_wrong in wrong.items() if is_wrong}

    def would_take(self, vendor: PlanningVendor, stalls: tuple[str, ...]) -> bool:
        """Whether the vendor accepts these stalls."""
        named = {*vendor.wishes, *vendor.own_stalls}
        return vendor.anywhere or named.issuperset(stalls)

    def rank(self, vendor: PlanningVendor) -> int | None:
        """How dear what the vendor has is to it; None without a place."""
        has = self.stalls.get(vendor.id)
        return rank_of(vendor, has) if has else None

    def is_kept_out(self, vendor: PlanningVendor) -> bool:
        """Whether the maximum of a category leaves no room for the vendor, who has no place."""
        if vendor.id in self.stalls:
            return False
        return any(
            (most := self.maximum(category)) is not None
            and self.sold[category] + vendor.min_stalls > most
            for category in vendor.categories
        )

    def maximum(self, category: str) -> int | None:
        """At most so many stalls may sell it."""
        found = self.problem.category_by_id.get(category)
        return found.max_stalls if found else None

    def could_have(self, vendor: PlanningVendor, stall: str) -> bool:
        """Whether some run over a stall would do, leaving out what is given by hand."""
        return any(
            self.would_take(vendor, window)
            and all(self.offers(vendor, one) and one not in self.pinned_on for one in window)
            for window in self.windows_over(stall, vendor.min_stalls)
        )

    def insiders_before(self, stall: str) -> Iterator[PlanningVendor]:
        """Yield who wants a reserved stall, may, and has nothing as good: it is theirs first."""
        reserved = self.problem.stall_by_id[stall].reserved_for
        for vendor in self.vendors:
            if not reserved & vendor.categories or vendor.id in self.pins:
                continue
            if self._is_served(vendor, stall) or self.is_kept_out(vendor):
                continue
            if self.could_have(vendor, stall):
                yield vendor

    def _is_served(self, vendor: PlanningVendor, stall: str) -> bool:
        rank = self.rank(vendor)
        if stall in vendor.wishes:
            return rank is not None and rank <= vendor.wishes.index(stall)
        return rank is not None or not vendor.anywhere
