"""The columns and rows of a plan: one binary column for a vendor and each run it could have.

Runs that mean something to a vendor (own, wished, pinned, as last time) are columns of its own.
All others are equally good to it, so they are shared: vendors with the same needs and the same
limited goods form a group; "this one stands anywhere with two stalls" is a column of the vendor,
"somebody of the group stands on C4 and C5" one of the group, and a row makes both numbers equal.
So the size grows with the number of groups, not with vendors times stalls.

A column holds for an interval of days: the same run on each of them. A single day is a festival
of one day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from market.planning.problem import PlanningVendor, Problem, rank_of
from market.planning.runs import Ground, own_kept

Numbers = NDArray[np.float64]
INFINITY = float("inf")


@dataclass(frozen=True)
class GroupDay:
    """What vendors of a group share on a day: the stalls that will do, the goods that are kept
    apart, and which of the reservations on these stalls are for them."""

    within: frozenset[str]
    goods: frozenset[str]
    inside: frozenset[frozenset[str]]


GroupKey = tuple[int, tuple[GroupDay, ...]]
"""The first day of an interval, and what is shared on each of its days."""


@dataclass(frozen=True)
class Column:
    """A decision: somebody (`vendor`), or somebody of a group, has a run on some days.

    A column of a vendor without `run` stands for any run of `size` that its group shares.
    With neither it is a fact that rows hang on: a category is "full", a vendor is kept "out" by
    that, all of some vendors are "served" (`serves`).
    """

    days: range
    size: int = 0
    vendor: str | None = None
    run: tuple[str, ...] | None = None
    group: int | None = None
    whole: bool = True
    fact: str = ""
    serves: tuple[str, ...] = ()


@dataclass
class Model:
    """Columns and rows as lists that grow; `days` are the problems, `grounds` their stalls."""

    days: tuple[Problem, ...]
    columns: list[Column] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    of_vendor: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    over: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[GroupKey, int] = field(default_factory=dict)
    seat_rows: dict[tuple[int, str], int] = field(default_factory=dict)

    @cached_property
    def grounds(self) -> tuple[Ground, ...]:
        """The stalls of each day in lines."""
        return tuple(Ground(problem) for problem in self.days)

    @cached_property
    def agents(self) -> tuple[str, ...]:
        """The identities of all vendors, in the order of the first day that they attend."""
        order: dict[str, tuple[int, int, str]] = {}
        for problem in self.days:
            for vendor in problem.vendors:
                order.setdefault(vendor.id, vendor.order)
        return tuple(sorted(order, key=order.__getitem__))

    @property
    def keys(self) -> dict[int, GroupKey]:
        """What the vendors of each group share, by the group's number."""
        return {group: key for key, group in self.groups.items()}

    def seats(self, day: int) -> tuple[PlanningVendor, ...]:
        """Return the vendors of a day in their order."""
        return tuple(sorted(self.days[day].vendors, key=lambda vendor: vendor.order))

    def add(self, column: Column, lower: float = 0.0, upper: float = 1.0) -> int:
        """Take in a column; returns its number."""
        number = len(self.columns)
        self.columns.append(column)
        self.lower.append(lower)
        self.upper.append(upper)
        if column.vendor is not None:
            self.of_vendor[column.vendor].append(number)
        for stall in column.run or ():
            for day in column.days:
                self.over[day, stall].append(number)
        return number

    def row(self, lower: float, upper: float, entries: Iterable[tuple[int, float]]) -> int:
        """Take in a row, lower ≤ Σ factor × column ≤ upper; returns its number."""
        number = len(self.row_lower)
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.entries.extend((number, column, factor) for column, factor in entries)
        return number

    def on(self, day: int, vendor: str) -> list[int]:
        """Return the columns that give a vendor something on a day."""
        return [one for one in self.of_vendor[vendor] if day in self.columns[one].days]

    def rank(self, number: int, day: int) -> int:
        """Return how dear a vendor's column is to it on a day (see `rank_of`)."""
        column = self.columns[number]
        vendor = self.days[day].vendor_by_id[column.vendor or ""]
        return rank_of(vendor, column.run) if column.run else len(vendor.wishes) + 1

    def keeps(self, number: int, day: int) -> bool:
        """Whether a column leaves a holder no worse off on a day."""
        column = self.columns[number]
        vendor = self.days[day].vendor_by_id[column.vendor or ""]
        return column.run is not None and own_kept(vendor, column.run)

    def as_before(self, number: int, day: int) -> bool:
        """Whether a column gives a vendor exactly the stalls that it had before."""
        column = self.columns[number]
        before = self.days[day].previous.get(column.vendor or "")
        return column.run is not None and before is not None and set(before) == set(column.run)


def stalls_of(model: Model, day: int, category: str) -> list[tuple[int, float]]:
    """Return the columns of vendors of a category on a day, each with its number of stalls."""
    return [
        (one, float(model.columns[one].size))
        for vendor in model.seats(day)
        if category in vendor.categories
        for one in model.on(day, vendor.id)
    ]
