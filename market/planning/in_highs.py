"""A model in HiGHS: its bounds, more rows and columns, linear programmes and branching."""

from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from market.planning.highs import silent_highs
from market.planning.limits import Limits, Rows
from market.planning.model import Model, Numbers
from market.planning.stopwatch import Cancelled, Stopwatch

NEARLY = 1e-6
ALIKE = 1e-5
CUT = 1e-3
FEASIBLE = 2
SEED = 1
SOLVED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)


@dataclass(frozen=True)
class Relaxed:
    """The solution of a linear programme: value, columns, reduced costs, rows, prices, basis."""

    value: float
    columns: Numbers
    reduced: Numbers
    rows: Numbers
    prices: Numbers
    basis: Any


class InHighs:
    """A model in HiGHS within limits, with the best plan so far."""

    def __init__(self, model: Model, watch: Stopwatch, threads: int = 1) -> None:
        self.watch = watch
        self.threads = threads
        self.whole = np.array([column.whole for column in model.columns], dtype=bool)
        self.highs = self._fresh()
        self._pass(model)
        self.limits = Limits(
            np.array(model.lower),
            np.array(model.upper),
            np.array(model.row_lower),
            np.array(model.row_upper),
        )
        self.best: Numbers = np.zeros(len(model.columns))
        self.sure = True
        """Whether the last branching has ended by itself."""
        self.counted = {"linear": 0, "branched": 0}

    def _fresh(self) -> Any:
        """HiGHS, silent and always the same."""
        highs = silent_highs()
        for name, value in (
            ("threads", self.threads),
            ("random_seed", SEED),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 1 - NEARLY),
        ):
            highs.setOptionValue(name, value)
        return highs

    def _pass(self, model: Model) -> None:
        """Give all columns and rows to HiGHS in one go."""
        order = sorted(model.entries)
        rows = np.array([row for row, _, _ in order], dtype=np.int64)
        starts = np.searchsorted(rows, np.arange(len(model.row_lower) + 1)).astype(np.int32)
        index = np.array([column for _, column, _ in order], dtype=np.int32)
        values = np.array([factor for _, _, factor in order], dtype=np.float64)
        self._rows, self._index, self._values = rows, index, values
        self.highs.passModel(
            len(model.columns), len(model.row_lower), len(order), 2, 1, 0.0,
            np.zeros(len(model.columns)), np.array(model.lower), np.array(model.upper),
            np.array(model.row_lower), np.array(model.row_upper),
            starts, index, values, np.zeros(len(model.columns), dtype=np.int32),
        )  # fmt: skip

    def apply(self, new: Limits) -> None:
        """Send to HiGHS what differs from the bounds that it has."""
        old = self.limits
        columns = np.flatnonzero((old.lower != new.lower) | (old.upper != new.upper))
        if len(columns):
            self.highs.changeColsBounds(
                len(columns),
                columns.astype(np.int32),
                new.lower[columns],
                new.upper[columns],
            )
        rows = np.flatnonzero((old.row_lower != new.row_lower) | (old.row_upper != new.row_upper))
        if len(rows):
            self.highs.changeRowsBounds(
                len(rows), rows.astype(np.int32), new.row_lower[rows], new.row_upper[rows]
            )
        self.limits = new

    def extend(self, count: int, rows: Rows) -> None:
        """Take in more columns from 0 to 1 that need not be whole, then rows over all."""
        old = self.limits
        nothing = np.zeros(0, dtype=np.int32)
        self.highs.addCols(
            count, np.zeros(count), np.zeros(count), np.ones(count), 0,
            np.zeros(count, dtype=np.int32), nothing, np.zeros(0),
        )  # fmt: skip
        self.whole = np.concatenate([self.whole, np.zeros(count, dtype=bool)])
        self.best = np.concatenate([self.best, np.zeros(count)])
        self.limits = replace(
            old,
            lower=np.concatenate([old.lower, np.zeros(count)]),
            upper=np.concatenate([old.upper, np.ones(count)]),
        )
        self.add_rows(rows)

    def add_rows(self, rows: Rows) -> None:
        """Take in more rows: least, most, and the columns with their factors."""
        if not rows:
            return
        low = np.array([row[0] for row in rows])
        high = np.array([row[1] for row in rows])
        lengths = np.array([len(row[2]) for row in rows])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32)
        index = np.array([one for row in rows for one, _ in row[2]], dtype=np.int32)
        values = np.array([factor for row in rows for _, factor in row[2]], dtype=np.float64)
        self.highs.addRows(len(rows), low, high, len(index), starts, index, values)
        first = len(self.limits.row_lower)
        numbers = np.repeat(np.arange(first, first + len(rows)), lengths)
        self._rows = np.concatenate([self._rows, numbers])
        self._index = np.concatenate([self._index, index])
        self._values = np.concatenate([self._values, values])
        self.limits = replace(
            self.limits,
            row_lower=np.concatenate([self.limits.row_lower, low]),
            row_upper=np.concatenate([self.limits.row_upper, high]),
        )

    def is_whole(self, columns: Numbers) -> bool:
        """Whether all decisions of a relaxed plan are whole."""
        part = columns[self.whole]
        return bool(np.all(np.abs(part - np.round(part)) < NEARLY))

    def rounded(self, columns: Numbers) -> Numbers:
        """Return a plan whose decisions are exactly whole."""
        return np.where(self.whole, np.round(columns), columns)

    def naive(self, costs: Numbers) -> float:
        """Return the least value if columns did not depend on each other."""
        low, high = self.limits.lower, self.limits.upper
        return float(np.sum(np.where(costs < 0, costs * high, costs * low)))

    def relax(
        self,
        costs: Numbers,
        cut: float = np.inf,
        basis: Any = None,
    ) -> Relaxed | None:
        """Solve without wholeness; None when the time is over, or nothing is possible or below
        `cut`. A `basis` is where to begin.
        """
        highs = self.highs
        if self.watch.left() <= 0:
            return None
        count = len(costs)
        highs.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
        if basis is not None and len(basis.row_status) == len(self.limits.row_lower):
            highs.setBasis(basis)
        highs.setOptionValue("objective_bound", cut + CUT)
        self._limit(highs)
        self.counted["linear"] += 1
        highs.run()
        if highs.getModelStatus() not in SOLVED:
            self.watch.left()
            return None
        solution = highs.getSolution()
        return Relaxed(
            highs.getInfo().objective_function_value,
            np.array(solution.col_value),
            np.array(solution.col_dual),
            np.array(solution.row_value),
            np.array(solution.row_dual),
            highs.getBasis(),
        )

    def _limit(self, highs: Any) -> None:
        """Let HiGHS work no longer than the time that is left."""
        left = self.watch.left()
        highs.setOptionValue("time_limit", left if np.isinf(left) else highs.getRunTime() + left)

    def branch(self, costs: Numbers, *, begin: bool = True, nodes: int | None = None) -> float:
        """Let HiGHS branch, from the best plan on; returns its bound, `best` may improve.

        Without `begin` the best plan is not among the possible ones: any other becomes the best,
        and the bound is infinite if none was found; `nodes` are the most to look at.
        """
        highs = self._whole_model(costs)
        if nodes is not None:
            highs.setOptionValue("mip_max_nodes", nodes)
        if begin:
            start = highspy.HighsSolution()
            start.col_value = self.best.tolist()
            highs.setSolution(start)
        self._limit(highs)
        stopped = self._ask_while_working(highs)
        self.counted["branched"] += 1
        highs.run()
        if stopped:
            raise Cancelled
        self.sure = highs.getModelStatus() in (*SOLVED, highspy.HighsModelStatus.kInfeasible)
        info = highs.getInfo()
        values = np.array(highs.getSolution().col_value)
        if len(values) == len(costs) and info.primal_solution_status == FEASIBLE:
            found = self.rounded(values)
            if not begin or costs @ found < costs @ self.best - NEARLY:
                self.best, begin = found, True
            if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                return float(costs @ found)
        if not begin:
            return float("inf")
        return float(np.ceil(info.mip_dual_bound - NEARLY))

    def _whole_model(self, costs: Numbers) -> Any:
        """A fresh HiGHS with all that is possible now, and decisions that must be whole."""
        highs = self._fresh()
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
