"""A large day in numbers: stalls and vendors by index, and where each vendor could stand."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from market.planning.problem import PlanningStall, Problem

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Run = tuple[int, int]
"""The index of the first stall and the number of stalls."""

UNLIMITED = 10**9


@dataclass(frozen=True)
class Kind:
    """Vendors who could stand at the same stalls: what they need, and where they are insiders."""

    power_kw: float
    width_m: float
    features: frozenset[str]
    inside: frozenset[str]


class Ground:
    """A problem by numbers. Stalls lie row by row, vendors in the order they are served in."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.stalls = sorted(problem.stalls, key=lambda one: (one.row, one.position, one.id))
        self.vendors = sorted(problem.vendors, key=lambda one: one.order)
        self.index = {stall.id: number for number, stall in enumerate(self.stalls)}
        self.number = {vendor.id: number for number, vendor in enumerate(self.vendors)}
        self.usable = np.array([not stall.blocked for stall in self.stalls], dtype=bool)
        self.linked = self._linked()
        self.limits = [
            UNLIMITED if one.max_stalls is None else one.max_stalls for one in problem.categories
        ]
        by_name = {one.id: number for number, one in enumerate(problem.categories)}
        self.goods = [
            tuple(sorted(by_name[name] for name in vendor.categories)) for vendor in self.vendors
        ]
        self.pins = {
            self.number[name]: self.run_of(stalls)
            for name, stalls in problem.pins.items()
            if name in self.number and stalls
        }
        self.own = [self._own(number) for number in range(len(self.vendors))]
        self.least = [
            max(vendor.min_stalls, own[1] if own else 1)
            for vendor, own in zip(self.vendors, self.own, strict=True)
        ]
        self.most = [
            max(vendor.max_stalls, least)
            for vendor, least in zip(self.vendors, self.least, strict=True)
        ]
        self.opened = np.zeros(len(self.stalls), dtype=bool)
        self._starts: dict[tuple[int, int], Numbers] = {}
        self._tables: dict[int, Flags] = {}
        self._few: dict[tuple[int, int], Numbers] = {}

    def _linked(self) -> Flags:
        """Whether a stall and the next one are neighbours, neither of them closed."""
        pairs = self.problem.neighbours
        found = [
            frozenset((one.id, two.id)) in pairs and not one.blocked and not two.blocked
            for one, two in pairwise(self.stalls)
        ]
        return np.array([*found, False], dtype=bool)

    def run_of(self, stalls: tuple[str, ...]) -> Run:
        """Stalls as a run; they must be neighbours."""
        return min(self.index[name] for name in stalls), len(stalls)

    def names_of(self, run: Run) -> tuple[str, ...]:
        """The identities of the stalls of a run, in the order of their positions."""
        return tuple(stall.id for stall in self.stalls[run[0] : run[0] + run[1]])

    def _own(self, number: int) -> Run | None:
        """The own stalls of a holder, unless one of them is closed, lacks what is needed, or was
        given to somebody else by hand: then the holder is placed like everybody."""
        vendor = self.vendors[number]
        if not vendor.own_stalls:
            return None
        run = self.run_of(vendor.own_stalls)
        good = self.good[int(self.kind[number])][run[0] : run[0] + run[1]]
        return run if set(self.names_of(run)) == set(vendor.own_stalls) and good.all() else None

    @cached_property
    def kinds(self) -> list[Kind]:
        """The different kinds of vendors."""
        return sorted(set(self._kind_of), key=repr_of_kind)

    @cached_property
    def _kind_of(self) -> list[Kind]:
        reserved = frozenset[str]().union(*(stall.reserved_for for stall in self.stalls))
        return [
            Kind(
                vendor.needs.power_kw,
                vendor.needs.width_m,
                vendor.needs.features,
                vendor.categories & reserved,
            )
            for vendor in self.vendors
        ]

    @cached_property
    def kind(self) -> Numbers:
        """The number of each vendor's kind."""
        number = {kind: at for at, kind in enumerate(self.kinds)}
        return np.array([number[kind] for kind in self._kind_of], dtype=np.int64)

    @cached_property
    def good(self) -> list[Flags]:
        """By kind: the open stalls that have what is needed."""
        return [
            np.array([meets(stall, kind) for stall in self.stalls], dtype=bool) & ~self.given
            for kind in self.kinds
        ]

    @cached_property
    def given(self) -> Flags:
        """The stalls that were given by hand."""
        given = {stall for stalls in self.problem.pins.values() for stall in stalls}
        return np.array([stall.id in given for stall in self.stalls], dtype=bool)

    @cached_property
    def foreign(self) -> list[Flags]:
        """By kind: the stalls that are reserved for others."""
        return [
            np.array(
                [bool(stall.reserved_for) and not stall.reserved_for & kind.inside
                 for stall in self.stalls],
                dtype=bool,
            )
            for kind in self.kinds
        ]  # fmt: skip

    @cached_property
    def any_foreign(self) -> Flags:
        """The stalls that are reserved for somebody."""
        return np.array([bool(stall.reserved_for) for stall in self.stalls], dtype=bool)

    @cached_property
    def could(self) -> "Could":
        """Where each vendor could stand if no stall were reserved."""
        return Could(self)

    @cached_property
    def at_home(self) -> list[Flags]:
        """By kind: the stalls that are reserved for it."""
        return [
            np.array([bool(stall.reserved_for & kind.inside) for stall in self.stalls], dtype=bool)
            for kind in self.kinds
        ]

    @cached_property
    def worth(self) -> npt.NDArray[np.float64]:
        """How scarce each stall is: the more kinds of needs it meets, and the rarer, the dearer."""
        price = np.zeros(len(self.stalls))
        for number, good in enumerate(self.good):
            price += good * float((self.kind == number).sum()) / max(1, int(good.sum()))
        return price

    def open_to(self, kind: int) -> Flags:
        """The stalls where a kind may stand now: those reserved for others only once opened."""
        return self.good[kind] & (~self.foreign[kind] | self.opened)

    def reach(self, allowed: Flags) -> Numbers:
        """From each stall on, how many neighbours in a row are allowed."""
        reach = np.zeros(len(allowed) + 1, dtype=np.int64)
        for at in range(len(allowed) - 1, -1, -1):
            if allowed[at]:
                reach[at] = 1 + (reach[at + 1] if self.linked[at] else 0)
        return reach[:-1]

    def starts(self, kind: int, length: int) -> Numbers:
        """Where runs of this length begin that the kind could take."""
        if (kind, length) not in self._starts:
            reach = self.reach(self.open_to(kind))
            self._starts[kind, length] = np.flatnonzero(reach >= length)
        return self._starts[kind, length]

    def start_table(self, length: int) -> Flags:
        """By kind and stall: whether a run of this length that the kind could take begins there."""
        if length not in self._tables:
            table = np.zeros((len(self.kinds), len(self.stalls)), dtype=bool)
            for kind in range(len(self.kinds)):
                table[kind, self.starts(kind, length)] = True
            self._tables[length] = table
        return self._tables[length]

    def open_reserved(self, stalls: Flags) -> None:
        """Let outsiders stand at these reserved stalls from now on."""
        self.opened = stalls
        self._starts.clear()
        self._tables.clear()
        self._few.clear()

    @cached_property
    def free_to_move(self) -> Flags:
        """Vendors who may stand anywhere: no pin, no own stalls, not only wished ones."""
        return np.array(
            [
                vendor.anywhere and self.own[at] is None and at not in self.pins
                for at, vendor in enumerate(self.vendors)
            ],
            dtype=bool,
        )

    @cached_property
    def wishes(self) -> list[tuple[int, ...]]:
        """By vendor: the indices of the wished stalls, the dearest first."""
        return [tuple(self.index[name] for name in vendor.wishes) for vendor in self.vendors]

    @cached_property
    def before(self) -> dict[int, Run]:
        """The previous stalls by vendor, in order, where they are neighbours still."""
        found = {}
        for name, stalls in self.problem.previous.items():
            if name in self.number and stalls and set(stalls) <= set(self.index):
                run = self.run_of(stalls)
                if set(self.names_of(run)) == set(stalls):
                    found[self.number[name]] = run
        return dict(sorted(found.items()))

    def runs(self, vendor: int, length: int) -> Numbers:
        """Where runs of this length begin that this vendor may take, by all rules for one alone."""
        if vendor in self.pins:
            first, pinned = self.pins[vendor]
            return np.array([first] if pinned == length else [], dtype=np.int64)
        if self.free_to_move[vendor]:
            return self.starts(int(self.kind[vendor]), length)
        if (vendor, length) not in self._few:
            self._few[vendor, length] = self._few_runs(vendor, length)
        return self._few[vendor, length]

    def _few_runs(self, vendor: int, length: int) -> Numbers:
        """The runs of a holder, or of somebody who takes only wished stalls."""
        own = self.own[vendor]
        mine = set(range(own[0], own[0] + own[1])) if own else set[int]()
        allowed = self.open_to(int(self.kind[vendor])).copy()
        allowed[list(mine)] = True
        if not self.vendors[vendor].anywhere:
            only = np.zeros(len(self.stalls), dtype=bool)
            only[[*mine, *self.wishes[vendor]]] = True
            allowed &= only & self.usable
        starts = np.flatnonzero(self.reach(allowed) >= length)
        if own is None:
            return starts
        wished = set(self.wishes[vendor])
        return np.array(
            [
                start
                for start in starts.tolist()
                if mine <= set(range(start, start + length))
                or wished & set(range(start, start + length))
            ],
            dtype=np.int64,
        )

    def rank(self, vendor: int, run: Run) -> int:
        """How dear a run is to a vendor, as `rank_of` has it."""
        wishes = self.wishes[vendor]
        for at, wish in enumerate(wishes):
            if run[0] <= wish < run[0] + run[1]:
                return at
        own = self.own[vendor]
        keeps = own is not None and run[0] <= own[0] and own[0] + own[1] <= run[0] + run[1]
        return len(wishes) + (0 if keeps else 1)


class Could:
    """The stalls over which a vendor has a run of its smallest number, whoever stands there."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._known: dict[tuple[int, int, int], Flags] = {}

    def of(self, vendor: int) -> Flags:
        """These stalls of a vendor."""
        ground = self.ground
        one = ground.vendors[vendor]
        key = int(ground.kind[vendor]), one.min_stalls, -1 if one.anywhere else vendor
        if key not in self._known:
            allowed = ground.good[key[0]]
            if not one.anywhere:
                named = {*one.wishes, *one.own_stalls}
                allowed = allowed & np.array([stall.id in named for stall in ground.stalls])
            starts = np.flatnonzero(ground.reach(allowed) >= one.min_stalls)
            over = np.zeros(len(ground.stalls), dtype=bool)
            for step in range(one.min_stalls):
                over[starts + step] = True
            self._known[key] = over
        return self._known[key]


def meets(stall: PlanningStall, kind: Kind) -> bool:
    """Whether an open stall has the power, the width and the features that are needed."""
    return (
        not stall.blocked
        and stall.power_kw >= kind.power_kw
        and stall.width_m >= kind.width_m
        and kind.features <= stall.features
    )


def repr_of_kind(kind: Kind) -> tuple[Any, ...]:
    """What kinds are put in order by."""
    return kind.power_kw, kind.width_m, sorted(kind.features), sorted(kind.inside)
