"""How good a plan of a large day could be at best: honest bounds, by a smaller linear programme.

Vendors who could stand at the same stalls share their runs, fractions count, nobody has more than
the fewest stalls he takes, and reserved stalls are open to all: every plan there is fits in, so
none is better than the optimum here. Each bound holds for all plans that are at least as good in
the aims before.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from market.planning.draft import Draft
from market.planning.ground import UNLIMITED, Flags, Ground, Numbers
from market.planning.highs import silent_highs

Reals = npt.NDArray[np.float64]
SLACK = 1e-5
"""What a value may miss a whole number by and still be it."""


@dataclass(frozen=True)
class _Entries:
    """The matrix by its entries: row, column, factor."""

    rows: list[Numbers]
    columns: list[Numbers]
    factors: list[Reals]

    def add(self, rows: Numbers, columns: Numbers, factor: float = 1.0) -> None:
        """Take in entries of one factor."""
        self.rows.append(rows)
        self.columns.append(columns)
        self.factors.append(np.full(len(rows), factor))


@dataclass(frozen=True)
class Certain:
    """By vendor: placed in no plan, placed in every plan that is as good in the aims so far."""

    refused: Flags
    placed: Flags


@dataclass(frozen=True)
class Block:
    """Columns of runs that some vendors share: the first column, where each run begins."""

    column: int
    starts: Numbers
    length: int
    members: tuple[int, ...]


class Relaxed:
    """The programme in HiGHS: a column for each vendor (placed or not), then those of runs."""

    def __init__(self, ground: Ground, opened: Flags) -> None:
        self.ground = ground
        before = ground.opened
        ground.open_reserved(opened)
        self.stalls = [ground.open_to(kind) for kind in range(len(ground.kinds))]
        self.vendors = len(ground.vendors)
        self.columns = self.vendors
        nothing = np.zeros(0, dtype=np.int64)
        self.entries = _Entries([nothing], [nothing], [np.zeros(0)])
        self.rows = len(ground.stalls)
        self.row_upper: list[float] = [1.0] * len(ground.stalls)
        self.row_lower: list[float] = [-np.inf] * len(ground.stalls)
        self.blocks: list[Block] = []
        self.wide: dict[int, float] = {}
        self._shared_runs()
        self._few_runs()
        self._limits()
        self.highs = self._passed()
        ground.open_reserved(before)

    def _row(self, least: float, most: float) -> int:
        self.row_lower.append(least)
        self.row_upper.append(most)
        self.rows += 1
        return self.rows - 1

    def _runs(self, starts: Numbers, length: int, row: int, members: list[int]) -> None:
        """Columns of runs: each takes its stalls, and counts in one row."""
        self.blocks.append(Block(self.columns, starts, length, tuple(members)))
        columns = np.arange(self.columns, self.columns + len(starts))
        self.columns += len(starts)
        for step in range(length):
            self.entries.add(starts + step, columns)
        self.entries.add(np.full(len(starts), row), columns)

    def _count(self, row: int, vendors: list[int]) -> None:
        """Let a row count as many runs as vendors are placed."""
        self.entries.add(np.full(len(vendors), row), np.array(vendors, dtype=np.int64), -1.0)

    def _shared_runs(self) -> None:
        """The runs of those who stand anywhere, by what they need and how many they take.

        Insiders have the runs over stalls reserved for them, and share all others.
        """
        ground = self.ground
        public = ~ground.any_foreign | ground.opened
        base = [good & public for good in ground.good]
        shared: dict[tuple[bytes, int], list[int]] = {}
        inside: dict[tuple[int, int], list[int]] = {}
        for vendor in np.flatnonzero(ground.free_to_move).tolist():
            kind, length = int(ground.kind[vendor]), ground.least[vendor]
            shared.setdefault((base[kind].tobytes(), length), []).append(vendor)
            if (self.stalls[kind] & ~public).any():
                inside.setdefault((kind, length), []).append(vendor)
        apart = {vendor for members in inside.values() for vendor in members}
        rows = {key: self._row(0.0, 0.0) for key in sorted(shared)}
        for (kind, length), members in sorted(inside.items()):
            row = self._row(0.0, 0.0)
            own = np.flatnonzero(ground.reach(self.stalls[kind]) >= length)
            common = np.flatnonzero(ground.reach(base[kind]) >= length)
            self._runs(np.setdiff1d(own, common), length, row, members)
            self._count(row, members)
            self._lent(row, rows[base[kind].tobytes(), length], len(members))
        for key, row in rows.items():
            members = shared[key]
            kind = int(ground.kind[members[0]])
            self._runs(np.flatnonzero(ground.reach(base[kind]) >= key[1]), key[1], row, members)
            self._count(row, [one for one in members if one not in apart])

    def _lent(self, row: int, shared: int, most: int) -> None:
        """A column: how many insiders have a run that is not reserved."""
        self.wide[self.columns] = float(most)
        self.entries.add(np.array([row]), np.array([self.columns]))
        self.entries.add(np.array([shared]), np.array([self.columns]), -1.0)
        self.columns += 1

    def _few_runs(self) -> None:
        """The runs of holders and of those who take only wished stalls."""
        ground = self.ground
        for vendor in np.flatnonzero(~ground.free_to_move).tolist():
            if vendor in ground.pins:
                continue
            row = self._row(0.0, 0.0)
            length = ground.least[vendor]
            self._runs(ground.runs(vendor, length), length, row, [vendor])
            self._count(row, [vendor])

    def _limits(self) -> None:
        """The maxima of categories."""
        ground = self.ground
        for category, limit in enumerate(ground.limits):
            if limit >= UNLIMITED:
                continue
            row = self._row(-np.inf, float(limit))
            for vendor, goods in enumerate(ground.goods):
                if category in goods:
                    length = ground.pins[vendor][1] if vendor in ground.pins else None
                    least = float(length or ground.least[vendor])
                    self.entries.add(np.array([row]), np.array([vendor]), least)

    def _passed(self) -> Any:
        """The programme, given to HiGHS; pinned vendors are placed in any case."""
        ground = self.ground
        lower = np.zeros(self.columns)
        for vendor in range(self.vendors):
            if vendor in ground.pins:
                lower[vendor] = 1.0
        upper = np.ones(self.columns)
        upper[list(self.wide)] = list(self.wide.values())
        rows = np.concatenate(self.entries.rows)
        columns = np.concatenate(self.entries.columns)
        factors = np.concatenate(self.entries.factors)
        order = np.lexsort((columns, rows))
        starts = np.searchsorted(rows[order], np.arange(self.rows + 1)).astype(np.int32)
        highs = silent_highs()
        for name, value in (("threads", 1), ("random_seed", 1)):
            highs.setOptionValue(name, value)
        highs.passModel(
            self.columns, self.rows, len(rows), 2, -1, 0.0,
            np.zeros(self.columns), lower, upper,
            np.array(self.row_lower), np.array(self.row_upper), starts,
            columns[order].astype(np.int32), factors[order],
            np.zeros(self.columns, dtype=np.int32),
        )  # fmt: skip
        return highs

    def best(self, gains: Reals, seconds: float) -> float | None:
        """The most that vendors can bring in, each its gain when placed; None out of time."""
        import highspy

        highs = self.highs
        count = self.vendors
        highs.changeColsCost(count, np.arange(count, dtype=np.int32), gains)
        highs.setOptionValue("time_limit", highs.getRunTime() + max(0.0, seconds))
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return float(highs.getInfo().objective_function_value)

    def columns_now(self) -> Reals:
        """The last solution: the share of each vendor, then of each run."""
        return np.array(self.highs.getSolution().col_value)

    def keep(self) -> None:
        """From now on, only plans as good as the last optimum: whatever has a price is settled
        (complementary slackness), so no row over all columns is needed."""
        highs = self.highs
        solution, model = highs.getSolution(), highs.getLp()
        for value, price, low, high, change in (
            (solution.col_value, solution.col_dual, model.col_lower_, model.col_upper_,
             highs.changeColsBounds),
            (solution.row_value, solution.row_dual, model.row_lower_, model.row_upper_,
             highs.changeRowsBounds),
        ):  # fmt: skip
            least, most, now = np.array(low), np.array(high), np.array(value)
            priced = np.flatnonzero((np.abs(np.array(price)) > SLACK) & (least < most))
            near_low = now[priced] - least[priced] <= most[priced] - now[priced]
            at = np.where(near_low, least[priced], most[priced])
            change(len(priced), priced.astype(np.int32), at, at)

    def certain(self) -> "Certain":
        """Who has a place in none, and who in all of the plans that are left."""
        model = self.highs.getLp()
        lower = np.array(model.col_lower_)[: self.vendors]
        upper = np.array(model.col_upper_)[: self.vendors]
        return Certain(np.array(upper < SLACK), np.array(lower > 1 - SLACK))

    def demand(self, gains: Reals, least: float) -> None:
        """From now on, only plans where vendors bring in at least so much."""
        index = np.flatnonzero(gains).astype(np.int32)
        self.highs.addRow(least, np.inf, len(index), index, gains[index])


def members(ground: Ground, standing: str) -> Reals:
    """1 for vendors of a class, 0 for others."""
    return np.array([float(one.standing == standing) for one in ground.vendors])


def dense_ranks(ground: Ground, standing: str) -> Reals:
    """1 for the most senior of a class, 2 for the next; equals share a rank; 0 for others."""
    ladder = sorted({one.seniority for one in ground.vendors if one.standing == standing})
    step = {seniority: at + 1.0 for at, seniority in enumerate(ladder)}
    return np.array(
        [step[one.seniority] if one.standing == standing else 0.0 for one in ground.vendors]
    )


def placed(draft: Draft) -> Flags:
    """Who stands somewhere."""
    return np.array([run is not None for run in draft.run], dtype=bool)
