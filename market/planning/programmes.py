"""The programmes of a large day with HiGHS: linear ones in turn, and whole plans where needed.

Each aim is first solved without wholeness. Where that bound is reached, everything that cannot
be part of a best plan is taken out (complementary slackness), so every programme is smaller than
the one before, and no aim leaves a row over everybody behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from market.planning.highs import silent_highs
from market.planning.limits import Limits, Reached
from market.planning.model import Model, Numbers
from market.planning.stopwatch import Cancelled, Stopwatch

NEARLY = 1e-6
ALIKE = 1e-5
FEASIBLE = 2
SEED = 1
Row = tuple[float, float, list[tuple[int, float]]]
"""Least, most, and the columns with their factors."""


@dataclass(frozen=True)
class Relaxed:
    """The solution of a linear programme: value, columns, reduced costs, rows, prices."""

    value: float
    columns: Numbers
    reduced: Numbers
    rows: Numbers
    prices: Numbers


class Programmes:
    """A model in HiGHS with the best whole plan so far; aims narrow down what is possible."""

    def __init__(self, model: Model, watch: Stopwatch) -> None:
        self.watch = watch
        self.whole = np.array([column.whole for column in model.columns], dtype=bool)
        self.best: Numbers = np.zeros(len(model.columns))
        self.point: Numbers | None = None
        self.limits = Limits(
            np.array(model.lower),
            np.array(model.upper),
            np.array(model.row_lower),
            np.array(model.row_upper),
        )
        order = sorted(model.entries)
        self._rows = np.array([row for row, _, _ in order], dtype=np.int64)
        self._index = np.array([column for _, column, _ in order], dtype=np.int32)
        self._values = np.array([factor for _, _, factor in order], dtype=np.float64)
        self.highs = _fresh()
        self._pass()

    def _pass(self) -> None:
        """Give all columns and rows to HiGHS in one go."""
        now, count = self.limits, len(self.whole)
        starts = np.searchsorted(self._rows, np.arange(len(now.row_lower) + 1)).astype(np.int32)
        self.highs.passModel(
            count, len(now.row_lower), len(self._index), 2, 1, 0.0,
            np.zeros(count), now.lower, now.upper, now.row_lower, now.row_upper,
            starts, self._index, self._values, np.zeros(count, dtype=np.int32),
        )  # fmt: skip

    # What is possible

    def allow(self, limits: Limits) -> None:
        """Make exactly these bounds hold; rows that came later are free again."""
        added = len(self.limits.row_lower) - len(limits.row_lower)
        low = np.concatenate([limits.row_lower, np.full(added, -np.inf)])
        high = np.concatenate([limits.row_upper, np.full(added, np.inf)])
        self._apply(replace(limits, row_lower=low, row_upper=high))

    def _apply(self, new: Limits) -> None:
        """Send to HiGHS what differs from the bounds that it has."""
        old, highs = self.limits, self.highs
        one = np.flatnonzero((old.lower != new.lower) | (old.upper != new.upper))
        if len(one):
            highs.changeColsBounds(len(one), one.astype(np.int32), new.lower[one], new.upper[one])
        low, high = new.row_lower, new.row_upper
        row = np.flatnonzero((old.row_lower != low) | (old.row_upper != high))
        if len(row):
            highs.changeRowsBounds(len(row), row.astype(np.int32), low[row], high[row])
        self.limits = new

    def forbid(self, columns: NDArray[np.int64]) -> None:
        """Rule out some columns."""
        high = self.limits.upper.copy()
        high[columns] = 0.0
        self._apply(replace(self.limits, upper=high))

    def demand(self, row: int) -> None:
        """Let a row have at least one of its columns."""
        low = self.limits.row_lower.copy()
        low[row] = 1.0
        self._apply(replace(self.limits, row_lower=low))

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Take in more rows."""
        for least, most, entries in rows:
            index = np.array([one for one, _ in entries], dtype=np.int32)
            factors = np.array([factor for _, factor in entries], dtype=np.float64)
            self.highs.addRow(least, most, len(index), index, factors)
            number = len(self.limits.row_lower)
            self._rows = np.concatenate([self._rows, np.full(len(index), number)])
            self._index = np.concatenate([self._index, index])
            self._values = np.concatenate([self._values, factors])
            low = np.append(self.limits.row_lower, least)
            high = np.append(self.limits.row_upper, most)
            self.limits = replace(self.limits, row_lower=low, row_upper=high)

    def at_most(self, costs: Numbers, value: float) -> None:
        """From now on, only plans that cost no more."""
        entries = [(int(one), float(costs[one])) for one in np.flatnonzero(costs)]
        self.add_rows([(-np.inf, value, entries)])

    def allows(self, plan: Numbers) -> bool:
        """Whether the bounds of columns that hold now allow a plan."""
        low, high = self.limits.lower, self.limits.upper
        return bool(np.all(plan >= low - ALIKE) and np.all(plan <= high + ALIKE))

    # Aims

    def minimise(self, costs: Numbers) -> Reached:
        """Reach the least value of whole costs from the plan in `best`, and keep only plans that
        have it; when the time is over, those that have no more than the best plan."""
        relaxed = self.relax(costs)
        reached = self._reached(costs, relaxed)
        if relaxed is not None and abs(relaxed.value - reached.value) < ALIKE:
            self.keep_best_only(relaxed)
        else:
            self.at_most(costs, reached.value)
        self.follow()
        return reached

    def _reached(self, costs: Numbers, relaxed: Relaxed | None) -> Reached:
        now = float(costs @ self.best)
        if relaxed is None:
            return Reached(round(now), self.least(costs), proven=False)
        bound = float(np.ceil(relaxed.value - ALIKE))
        if bound < now - ALIKE:
            bound = max(bound, self._improve(costs, relaxed))
            now = float(costs @ self.best)
        proven = bound >= now - ALIKE
        return Reached(round(now), round(now) if proven else bound, proven)

    def reach_all(self, aims: Sequence[Numbers]) -> bool:
        """Look for one whole plan that has the best whole value of every aim, as far as linear
        programmes know it; False when there is none, and nothing has changed then."""
        before = self.limits
        for costs in aims:
            relaxed = self.relax(costs)
            if relaxed is None:
                break
            least = float(np.ceil(relaxed.value - ALIKE))
            if least - relaxed.value < ALIKE:
                self.keep_best_only(relaxed)
            else:
                self.at_most(costs, least)
            self.point = relaxed.columns
            self.follow()
        else:
            if self.find_whole():
                return True
        self.allow(before)
        return False

    def look(self, costs: Numbers) -> bool:
        """Take the best relaxed plan for any costs as `point`; False when there is none."""
        relaxed = self.relax(costs)
        if relaxed is not None:
            self.point = relaxed.columns
        return relaxed is not None

    def find_whole(self) -> bool:
        """Take over any whole plan that is still possible; False when none was found."""
        if self.point is not None and self.is_whole(self.point) and self.allows(self.point):
            self.best = self.rounded(self.point)
            return True
        return self._branch(np.zeros(len(self.whole)), begin=False) < np.inf

    def _improve(self, costs: Numbers, relaxed: Relaxed) -> float:
        """Find a better whole plan: the relaxed one if it is whole; returns a bound."""
        if self.is_whole(relaxed.columns):
            self.best = self.rounded(relaxed.columns)
            return relaxed.value
        return self._branch(costs)

    def is_whole(self, columns: Numbers) -> bool:
        """Whether all decisions of a relaxed plan are whole."""
        part = columns[self.whole]
        return bool(np.all(np.abs(part - np.round(part)) < NEARLY))

    def rounded(self, columns: Numbers) -> Numbers:
        """Return a plan whose decisions are exactly whole."""
        return np.where(self.whole, np.round(columns), columns)

    def least(self, costs: Numbers) -> float:
        """The least value if columns did not depend on each other."""
        low, high = self.limits.lower, self.limits.upper
        return float(np.sum(np.where(costs < 0, costs * high, costs * low)))

    def relax(self, costs: Numbers) -> Relaxed | None:
        """Solve without wholeness; None when the time is over or nothing is possible."""
        highs, count = self.highs, len(costs)
        if self.watch.left() <= 0:
            return None
        highs.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
        self._limit(highs)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = highs.getSolution()
        return Relaxed(
            highs.getInfo().objective_function_value,
            np.array(solution.col_value),
            np.array(solution.col_dual),
            np.array(solution.row_value),
            np.array(solution.row_dual),
        )

    @property
    def impossible(self) -> bool:
        """Whether the last linear programme has shown that no plan is left."""
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible)

    def _limit(self, highs: Any) -> None:
        """Let HiGHS work no longer than the time that is left."""
        left = self.watch.left()
        highs.setOptionValue("time_limit", left if np.isinf(left) else highs.getRunTime() + left)

    def _branch(self, costs: Numbers, *, begin: bool = True) -> float:
        """Let HiGHS branch, from the best plan on; returns its bound, `best` may improve.

        Without `begin` the best plan is not among the possible ones: any other becomes the best,
        and the bound is infinite if there is none.
        """
        highs = self._whole_model(costs)
        if begin:
            start = highspy.HighsSolution()
            start.col_value = self.best.tolist()
            highs.setSolution(start)
        self._limit(highs)
        stopped = self._ask_while_working(highs)
        highs.run()
        if stopped:
            raise Cancelled
        info = highs.getInfo()
        values = np.array(highs.getSolution().col_value)
        if len(values) == len(costs) and info.primal_solution_status == FEASIBLE:
            found = self.rounded(values)
            if not begin or costs @ found < costs @ self.best - NEARLY:
                self.best, begin = found, True
        if not begin:
            return float("inf")
        if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return float(costs @ self.best)
        return float(np.ceil(info.mip_dual_bound - NEARLY))

    def _whole_model(self, costs: Numbers) -> Any:
        """A fresh HiGHS with all that is possible now, and decisions that must be whole."""
        highs = _fresh()
        highs.passModel(self.highs.getLp())
        numbers = np.arange(len(costs), dtype=np.int32)
        highs.changeColsIntegrality(len(costs), numbers, self.whole.astype(np.uint8))
        highs.changeColsCost(len(costs), numbers, costs)
        return highs

    def _ask_while_working(self, highs: Any) -> list[bool]:
        """While HiGHS branches, whoever watches may end it; the list then holds something."""
        stopped: list[bool] = []
        if self.watch.watching is None:
            return stopped

        def ask(event: Any) -> None:
            if not stopped and not self.watch.goes_on():
                stopped.append(True)
            if stopped:
                event.interrupt()

        highs.cbMipInterrupt += ask
        return stopped

    # Consequences

    def keep_best_only(self, relaxed: Relaxed) -> None:
        """Take out what no best plan has; every best plan stays possible."""
        now = self.limits
        low, high = _settled(now.lower, now.upper, relaxed.columns, relaxed.reduced)
        row_low, row_high = _settled(now.row_lower, now.row_upper, relaxed.rows, relaxed.prices)
        self._apply(Limits(low, high, row_low, row_high))

    def follow(self) -> None:
        """Rule out columns that a decided one makes impossible (rows of "at most one")."""
        now, high = self.limits, self.limits.upper.copy()
        decided = ((now.lower > 0.5) & self.whole)[self._index]
        plain = np.ones(len(now.row_upper), dtype=bool)
        plain[self._rows[(self._values != 1.0) | ~self.whole[self._index]]] = False
        plain &= now.row_upper == 1.0
        rows = np.zeros(len(plain), dtype=bool)
        rows[self._rows[decided & plain[self._rows]]] = True
        high[self._index[rows[self._rows] & ~decided]] = 0.0
        self._apply(replace(now, upper=high))


def _settled(
    low: Numbers, high: Numbers, value: Numbers, price: Numbers
) -> tuple[Numbers, Numbers]:
    """Bounds by which whatever has a price stays where it is."""
    low, high = low.copy(), high.copy()
    priced = (np.abs(price) > NEARLY) & (low < high)
    at_low = priced & (value - low <= high - value)
    at_high = priced & ~at_low
    high[at_low] = low[at_low]
    low[at_high] = high[at_high]
    return low, high


def _fresh() -> Any:
    """HiGHS, silent and always the same."""
    highs = silent_highs()
    for name, value in (
        ("threads", 1),
        ("random_seed", SEED),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 1 - NEARLY),
    ):
        highs.setOptionValue(name, value)
    return highs
