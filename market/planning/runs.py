"""Runs: the neighbouring stalls that one vendor could have together on a day."""

from collections.abc import Collection, Iterator
from functools import cached_property

from market.planning.problem import Needs, PlanningStall, PlanningVendor, Problem


def offers(stall: PlanningStall, needs: Needs) -> bool:
    """Whether a single stall is open and has the power, the width and the features needed."""
    return (
        not stall.blocked
        and stall.power_kw >= needs.power_kw
        and stall.width_m >= needs.width_m
        and needs.features <= stall.features
    )


def own_kept(vendor: PlanningVendor, stalls: Collection[str]) -> bool:
    """Whether a holder is no worse off: as many stalls as held, all of them or a wished one."""
    return (
        bool(vendor.own_stalls)
        and len(stalls) >= len(vendor.own_stalls)
        and (
            set(vendor.own_stalls) <= set(stalls) or any(stall in stalls for stall in vendor.wishes)
        )
    )


class Ground:
    """The stalls of a day in lines, and which runs of them each vendor could have.

    A pinned stall is nobody else's: runs of other vendors leave it out.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.lines = tuple(lines_of(problem))
        self._at = {stall: (line, place) for line in self.lines for place, stall in enumerate(line)}
        self._fitting: dict[Needs, frozenset[str]] = {}

    @cached_property
    def pinned(self) -> frozenset[str]:
        """The stalls that were given by hand."""
        return frozenset(stall for run in self.problem.pins.values() for stall in run)

    def fitting(self, needs: Needs) -> frozenset[str]:
        """The stalls that offer what is needed and are not given by hand."""
        if needs not in self._fitting:
            self._fitting[needs] = frozenset(
                stall.id
                for stall in self.problem.stalls
                if stall.id not in self.pinned and offers(stall, needs)
            )
        return self._fitting[needs]

    @cached_property
    def longest(self) -> int:
        """How many stalls the longest line has."""
        return max((len(line) for line in self.lines), default=0)

    def sizes(self, vendor: PlanningVendor) -> range:
        """How many stalls a vendor could have together."""
        return range(vendor.min_stalls, min(vendor.max_stalls, self.longest) + 1)

    def over(self, stall: str, within: Collection[str], sizes: range) -> Iterator[tuple[str, ...]]:
        """Every run over a stall that lies within some stalls, shorter ones first."""
        line, place = self._at[stall]
        for size in sizes:
            for first in range(max(0, place - size + 1), min(place, len(line) - size) + 1):
                run = line[first : first + size]
                if all(one in within for one in run):
                    yield run

    def anywhere(self, within: Collection[str], size: int) -> Iterator[tuple[str, ...]]:
        """Every run of a size that lies within some stalls, in the order of the plan."""
        for line in self.lines:
            for first in range(len(line) - size + 1):
                run = line[first : first + size]
                if all(one in within for one in run):
                    yield run

    def is_run(self, run: tuple[str, ...]) -> bool:
        """Whether stalls stand side by side in this order on this day."""
        if run[0] not in self._at:
            return False
        line, place = self._at[run[0]]
        return line[place : place + len(run)] == run

    def near(self, vendor: PlanningVendor) -> tuple[tuple[str, ...], ...]:
        """The runs that mean something to a vendor: pinned, own, wished, as last time.

        Without `anywhere` these are all; with it every other run is as good as the next.
        """
        pin = self.problem.pins.get(vendor.id)
        if pin is not None:
            return (self.in_order(pin),)
        within = self.fitting(vendor.needs)
        named = dict.fromkeys((*vendor.wishes, *self.in_order(vendor.own_stalls)))
        if not vendor.anywhere:
            within = within & set(named)
        sizes = self.sizes(vendor)
        found = dict.fromkeys(
            run for stall in named if stall in self._at for run in self.over(stall, within, sizes)
        )
        before = self.problem.previous.get(vendor.id)
        if before and len(before) in sizes and all(stall in within for stall in before):
            again = self.in_order(before)
            if self.is_run(again):
                found.setdefault(again)
        return tuple(found)

    def all_runs(self, vendor: PlanningVendor) -> tuple[tuple[str, ...], ...]:
        """Every run that a vendor could have."""
        found = dict.fromkeys(self.near(vendor))
        if vendor.anywhere and vendor.id not in self.problem.pins:
            within = self.fitting(vendor.needs)
            for size in self.sizes(vendor):
                found.update(dict.fromkeys(self.anywhere(within, size)))
        return tuple(found)

    def in_order(self, stalls: Collection[str]) -> tuple[str, ...]:
        """Return stalls in the order of the plan."""
        places = self.problem.stall_by_id
        return tuple(sorted(stalls, key=lambda stall: _place(places[stall])))


def _place(stall: PlanningStall) -> tuple[str, int, str]:
    """Where a stall stands on the plan."""
    return stall.row, stall.position, stall.id


def lines_of(problem: Problem) -> Iterator[tuple[str, ...]]:
    """Yield the stalls of a day in unbroken lines: a new row, a gap or a hole begins another."""
    line: list[str] = []
    for stall in sorted(problem.stalls, key=_place):
        if line and frozenset((line[-1], stall.id)) not in problem.neighbours:
            yield tuple(line)
            line = []
        line.append(stall.id)
    if line:
        yield tuple(line)
