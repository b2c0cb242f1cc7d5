"""Plans where outsiders stand in reserved rows: how good they could be, by linear programmes.

A plan gives a reserved stall to an outsider only if everybody for whom it is reserved is served.
So all plans fall into those where some reserved rows are closed to outsiders, and for each of
these rows those where it is open, and all who come first there are placed: usually few, for that
takes places away from others.
"""

import heapq

import numpy as np

from market.planning.aims import Counting, aims_of
from market.planning.bounds import dense_ranks, members
from market.planning.draft import Draft
from market.planning.ground import Flags, Ground
from market.planning.in_highs import ALIKE
from market.planning.limits import Limits, Row
from market.planning.model import Numbers
from market.planning.programmes import Programmes
from market.planning.shared import Shared
from market.planning.stopwatch import Stopwatch

CLOSE = 0.019
"""An aim so close to its bound is close enough."""
MOST_FACTS = 8
"""So many facts are told apart for an aim."""


def rows_alike(ground: Ground, closed: Flags) -> list[Flags]:
    """The closed stalls, by whom they are reserved for."""
    kinds = sorted(
        {stall.reserved_for for at, stall in enumerate(ground.stalls) if closed[at]}, key=sorted
    )
    return [
        np.array(
            [closed[at] and stall.reserved_for == kind for at, stall in enumerate(ground.stalls)],
            dtype=bool,
        )
        for kind in kinds
    ]


def others(
    draft: Draft, closed: Flags, values: dict[str, float], watch: Stopwatch
) -> tuple[dict[str, float], bool]:
    """The best, by aim, of plans where outsiders have some of the `closed` stalls and that are no
    worse in the aims before; and whether any of them could be as good in all aims of placing."""
    shared = Shared(draft.ground, np.zeros_like(closed), fewest=True, light=True)
    cases = []
    for stalls in rows_alike(draft.ground, closed):
        outside = np.zeros_like(closed)
        outside[[one for one in shared.outside if stalls[one]]] = True
        if outside.any():
            cases.append(Case(shared, shared.reserving.first_at(outside), values, watch))
    alive = [case.could_be_as_good() for case in cases]
    best: dict[str, float] = {}
    for case in cases:
        case.run(best)
    return best, any(alive)


class Case:
    """The plans where everybody is served who comes first at certain reserved stalls."""

    def __init__(
        self, shared: Shared, served: list[int], values: dict[str, float], watch: Stopwatch
    ) -> None:
        self.shared = shared
        self.served = served
        self.values = values
        self.watch = watch
        self.aims = [
            aim
            for aim in aims_of(shared.model)
            if aim.name.startswith(("placed.", "seniority.")) and aim.name in values
        ]

    def _programmes(self) -> Programmes:
        """All these plans."""
        programmes = Programmes(self.shared.model, self.watch)
        programmes.add_rows([(1.0, 1.0, [(one, 1.0)]) for one in self.served])
        return programmes

    def could_be_as_good(self) -> bool:
        """Whether a plan could be no worse in any aim of placing; True when time is over."""
        programmes = self._programmes()
        programmes.add_rows([self._no_worse(aim) for aim in self.aims])
        return self._relaxed(programmes, np.zeros(len(programmes.whole)), afresh=True) is not None

    def run(self, best: dict[str, float]) -> None:
        """Find the best in each aim, into `best`."""
        programmes = self._programmes()
        for aim in self.aims:
            if aim.better == "fewer":
                found: float | None = self._fewest_ranks(aim)
            else:
                found = self._most(programmes, aim)
                programmes.add_rows([self._no_worse(aim)])
            if found is None:
                return
            better = max if aim.better == "more" else min
            best[aim.name] = better(best.get(aim.name, found), found)

    def _no_worse(self, aim: Counting) -> Row:
        """A row: no worse than the plan in an aim."""
        costs = aim.costs(len(self.shared.model.columns))
        entries = [(int(one), float(costs[one])) for one in np.flatnonzero(costs)]
        value = self.values[aim.name]
        return -np.inf, -value if aim.better == "more" else value, entries

    def _most(self, programmes: Programmes, aim: Counting) -> float | None:
        """The most that can be reached; None when no plan is left."""
        standing = aim.name.partition(".")[2]
        there = float(members(self.shared.ground, standing).sum())
        if there == self.values[aim.name]:
            return there
        value = self._told_apart(programmes, aim)
        return None if value is None else min(there, float(np.floor(-value + ALIKE)))

    def _told_apart(self, programmes: Programmes, aim: Counting) -> float | None:
        """The least costs of an aim, the facts told apart on which most hangs, one by one."""
        costs, before = aim.costs(len(programmes.whole)), programmes.limits
        enough = -self.values[aim.name] / (1 - CLOSE)
        first = self._relaxed(programmes, costs, afresh=True)
        if first is None:
            return None
        open_: list[tuple[float, int, Limits, int | None]] = []
        heapq.heappush(open_, (first, 0, before, self._doubtful(programmes)))
        for number in range(1, MOST_FACTS + 1):
            value, _, limits, fact = open_[0]
            if value >= enough or fact is None or self.watch.left() <= 0:
                break
            heapq.heappop(open_)
            for bound in (0.0, 1.0):
                programmes.allow(limits.decided([fact], bound))
                found = self._relaxed(programmes, costs)
                if found is not None:
                    doubtful = self._doubtful(programmes)
                    node = max(found, value), 2 * number + int(bound), programmes.limits, doubtful
                    heapq.heappush(open_, node)
            if not open_:
                return None
        programmes.allow(before)
        return open_[0][0]

    def _doubtful(self, programmes: Programmes) -> int | None:
        """The first fact that is neither true nor false in the last relaxed plan."""
        point = np.array(programmes.highs.getSolution().col_value)
        facts = self.shared.reserving.facts() if len(point) == len(programmes.whole) else []
        return next((one for one in facts if abs(point[one] - round(point[one])) > ALIKE), None)

    def _relaxed(
        self, programmes: Programmes, costs: Numbers, *, afresh: bool = False
    ) -> float | None:
        """The least costs without wholeness, or what is below them in any case when time is over;
        None when no plan is left."""
        if afresh:
            programmes.highs.clearSolver()
        found = programmes.relax(costs)
        if found is not None:
            return found.value
        impossible = programmes.impossible
        if impossible and self.watch.left() > 0:
            return None
        return float(np.minimum(costs, 0.0).sum())

    def _fewest_ranks(self, aim: Counting) -> float:
        """The ranks of as many as are placed, were they the most senior."""
        standing = aim.name.partition(".")[2]
        ranks = np.sort(dense_ranks(self.shared.ground, standing))
        ranks = ranks[ranks > 0]
        return float(ranks[: round(self.values[f"placed.{standing}"])].sum())
