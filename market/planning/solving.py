"""Aims one after another with HiGHS: the best value, its proof, and what stays possible.

Each aim is first solved without wholeness (a linear programme). Where its bound is reached by
a whole plan, everything that cannot be part of a best plan is taken out: columns with a reduced
cost, and rows with a price become equations (complementary slackness). So no aim leaves a dense
row behind, and each following programme is smaller. Only where the bound is not reached HiGHS
branches, and the value becomes a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from market.planning.highs import silent_highs
from market.planning.limits import Limits, Reached, Rows
from market.planning.model import Model, Numbers
from market.planning.stopwatch import Cancelled, Stopwatch

NEARLY = 1e-6
ALIKE = 1e-5
FEASIBLE = 2
SEED = 1


@dataclass(frozen=True)
class _Relaxed:
    """The solution of a linear programme: value, columns, reduced costs, rows, prices."""

    value: float
    columns: Numbers
    reduced: Numbers
    rows: Numbers
    prices: Numbers


class Solver:
    """A model in HiGHS with the best plan so far; aims narrow down what is possible."""

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
        self.point: Numbers | None = None
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

    # What is possible

    def allow(self, limits: Limits) -> None:
        """Make exactly these bounds hold; rows that came later are free again."""
        added = len(self.limits.row_lower) - len(limits.row_lower)
        self._apply(
            Limits(
                np.concatenate([limits.lower, self.limits.lower[len(limits.lower) :]]),
                np.concatenate([limits.upper, self.limits.upper[len(limits.upper) :]]),
                np.concatenate([limits.row_lower, np.full(added, -np.inf)]),
                np.concatenate([limits.row_upper, np.full(added, np.inf)]),
            )
        )

    def _apply(self, new: Limits) -> None:
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

    def forbid(self, columns: NDArray[np.int64]) -> None:
        """Rule out some columns."""
        high = self.limits.upper.copy()
        high[columns] = 0.0
        self._apply(replace(self.limits, upper=high))

    def demand(self, rows: NDArray[np.int64]) -> None:
        """Let rows have at least one of their columns."""
        low = self.limits.row_lower.copy()
        low[rows] = 1.0
        self._apply(replace(self.limits, row_lower=low))

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

    # Aims

    def minimise_all(self, aims: list[Numbers]) -> Iterator[tuple[Limits, Reached]]:
        """Reach aims one after another; yields what was possible before each, and its value.

        As many as possible are reached without wholeness first; one whole plan that has all
        these values proves them together. Where there is none, fewer are tried together.
        """
        done, most = 0, len(aims)
        while done < len(aims):
            before = self.limits
            chain = self._chain(aims[done : done + most]) if most > 1 else []
            if chain and self.find_whole():
                for limits, value in chain:
                    yield limits, Reached(value, value, proven=True)
                done, most = done + len(chain), len(aims)
                continue
            self.allow(before)
            if len(chain) > 1 and self.watch.left() > 0:
                most = len(chain) // 2
                continue
            yield before, self.minimise(aims[done])
            done, most = done + 1, len(aims)

    def _chain(self, aims: list[Numbers]) -> list[tuple[Limits, float]]:
        """Narrow down to the relaxed plans that are best in all aims, up to the first gap."""
        chain: list[tuple[Limits, float]] = []
        for costs in aims:
            relaxed = self.relax(costs)
            if relaxed is None or abs(relaxed.value - round(relaxed.value)) > ALIKE:
                break
            chain.append((self.limits, float(round(relaxed.value))))
            self.point = relaxed.columns
            self._keep_best_only(relaxed)
            self.follow()
        return chain

    def find_whole(self) -> bool:
        """Take over any whole plan that is still possible; False when none was found."""
        if self.point is not None and self.is_whole(self.point) and self.allows(self.point):
            self.best = self.rounded(self.point)
            return True
        return self._branch(np.zeros(len(self.whole)), begin=False) < np.inf

    def allows(self, plan: Numbers) -> bool:
        """Whether the bounds of columns that hold now allow a plan."""
        low, high = self.limits.lower, self.limits.upper
        return bool(np.all(plan >= low - ALIKE) and np.all(plan <= high + ALIKE))

    def minimise(self, costs: Numbers) -> Reached:
        """Reach the least value of whole costs, and keep only plans that have it.

        Needs a plan in `best`. When the time is over, the best plan's value is kept.
        """
        relaxed = self.relax(costs)
        reached = self._reach(costs, relaxed)
        if relaxed is not None and abs(relaxed.value - reached.value) < ALIKE:
            self._keep_best_only(relaxed)
        else:
            self.add_rows([(-np.inf, reached.value, _entries(costs))])
        self.follow()
        return reached

    def reach(self, costs: Numbers) -> Reached:
        """Reach the least value of whole costs; what is possible stays as it is."""
        return self._reach(costs, self.relax(costs))

    def look(self, costs: Numbers) -> float | None:
        """Take the best relaxed plan for any costs as `point`; returns its value."""
        relaxed = self.relax(costs)
        if relaxed is None:
            return None
        self.point = relaxed.columns
        if self.is_whole(relaxed.columns):
            self.best = self.rounded(relaxed.columns)
        return relaxed.value

    def _reach(self, costs: Numbers, relaxed: _Relaxed | None) -> Reached:
        """Bring the best plan to the least value, from a relaxed plan on."""
        now = float(costs @ self.best)
        if relaxed is None:
            return Reached(round(now), self._naive(costs), proven=False)
        bound = float(np.ceil(relaxed.value - ALIKE))
        if bound < now - ALIKE:
            bound = max(bound, self._improve(costs, relaxed))
            now = float(costs @ self.best)
        proven = bound >= now - ALIKE
        return Reached(round(now), round(now) if proven else bound, proven)

    def _improve(self, costs: Numbers, relaxed: _Relaxed) -> float:
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

    def _naive(self, costs: Numbers) -> float:
        """Return the least value if columns did not depend on each other."""
        low, high = self.limits.lower, self.limits.upper
        return float(np.sum(np.where(costs < 0, costs * high, costs * low)))

    def relax(self, costs: Numbers) -> _Relaxed | None:
        """Solve without wholeness; None when the time is over or nothing is possible."""
        highs = self.highs
        if self.watch.left() <= 0:
            return None
        count = len(costs)
        highs.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
        self._limit(highs)
        self.counted["linear"] += 1
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.watch.left()
            return None
        solution = highs.getSolution()
        return _Relaxed(
            highs.getInfo().objective_function_value,
            np.array(solution.col_value),
            np.array(solution.col_dual),
            np.array(solution.row_value),
            np.array(solution.row_dual),
        )

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
        self.counted["branched"] += 1
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

    # Consequences

    def _keep_best_only(self, relaxed: _Relaxed) -> None:
        """Take out what no best plan has; every best plan stays possible."""
        low, high = self.limits.lower.copy(), self.limits.upper.copy()
        priced = (np.abs(relaxed.reduced) > NEARLY) & (low < high)
        at_low = priced & (relaxed.columns - low <= high - relaxed.columns)
        at_high = priced & ~at_low
        high[at_low] = low[at_low]
        low[at_high] = high[at_high]
        row_low, row_high = self.limits.row_lower.copy(), self.limits.row_upper.copy()
        tight = (np.abs(relaxed.prices) > NEARLY) & (row_low < row_high)
        to_low = tight & (relaxed.rows - row_low <= row_high - relaxed.rows)
        to_high = tight & ~to_low
        row_high[to_low] = row_low[to_low]
        row_low[to_high] = row_high[to_high]
        self._apply(Limits(low, high, row_low, row_high))

    def follow(self) -> None:
        """Rule out columns that a decided one makes impossible (rows of "at most one")."""
        low, high = self.limits.lower, self.limits.upper.copy()
        decided = (low > 0.5) & self.whole
        entries = decided[self._index]
        simple = self._simple_rows()
        rows = np.zeros(len(self.limits.row_upper), dtype=bool)
        rows[self._rows[entries & simple[self._rows]]] = True
        others = rows[self._rows] & ~entries
        high[self._index[others]] = 0.0
        self._apply(Limits(low, high, self.limits.row_lower, self.limits.row_upper))

    def _simple_rows(self) -> NDArray[np.bool_]:
        """Rows that say "at most one of these"."""
        plain: NDArray[np.bool_] = np.ones(len(self.limits.row_upper), dtype=np.bool_)
        plain[self._rows[self._values != 1.0]] = False
        plain[self._rows[~self.whole[self._index]]] = False
        plain &= self.limits.row_upper == 1.0
        return plain


def _entries(costs: Numbers) -> list[tuple[int, float]]:
    """The columns that cost something, with their costs."""
    return [(int(one), float(costs[one])) for one in np.flatnonzero(costs)]
