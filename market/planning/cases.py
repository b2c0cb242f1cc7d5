"""Cases of a plan: told apart by the few facts that reserved stalls hang on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from market.planning.in_highs import ALIKE, NEARLY, Relaxed
from market.planning.limits import Limits
from market.planning.model import Model, Numbers


@dataclass(frozen=True)
class Case:
    """What is possible in a case, and where a linear programme of it may begin."""

    limits: Limits
    basis: Any = None


class Facts:
    """The columns that say yes or no: whether a category is full, whether vendors are served.

    Who serves more vendors serves fewer: where all of a set are served, so are its parts.
    """

    def __init__(self, model: Model) -> None:
        facts = {number: column.fact for number, column in enumerate(model.columns) if column.fact}
        self.first = np.array(
            [one for one, fact in facts.items() if fact == "full"], dtype=np.int64
        )
        self.then = np.array([one for one, fact in facts.items() if fact != "full"], dtype=np.int64)
        served = {
            one: (model.columns[one].days.start, frozenset(model.columns[one].serves))
            for one in facts
            if model.columns[one].serves
        }
        self._more = {
            one: [two for two in served if served[two][0] == day and served[two][1] >= vendors]
            for one, (day, vendors) in served.items()
        }
        self._fewer = {
            one: [two for two in served if served[two][0] == day and served[two][1] <= vendors]
            for one, (day, vendors) in served.items()
        }

    def parts(self, plan: Numbers) -> list[int]:
        """Return the facts that a relaxed plan leaves open, the least decided first."""
        for facts in (self.first, self.then):
            away = np.abs(plan[facts] - np.round(plan[facts]))
            order = np.argsort(-away, kind="stable")
            open_ones = facts[order[: int((away > ALIKE).sum())]]
            if len(open_ones):
                return [int(one) for one in open_ones]
        return []

    def apart(self, limits: Limits, plan: Numbers, fact: int) -> Iterator[Limits]:
        """Return the limits without and with a fact, the one nearer to the plan last."""
        nearer = round(float(plan[fact]))
        for yes in (1 - nearer, nearer):
            also = [fact, *(self._fewer if yes else self._more).get(fact, ())]
            part = limits.decided(also, float(yes))
            if np.all(part.lower >= limits.lower) and np.all(part.upper <= limits.upper):
                yield part


def hull(all_limits: list[Limits]) -> Limits:
    """Return the narrowest limits that contain all of these."""
    if len(all_limits) == 1:
        return all_limits[0]
    return Limits(
        np.min([one.lower for one in all_limits], axis=0),
        np.max([one.upper for one in all_limits], axis=0),
        np.min([one.row_lower for one in all_limits], axis=0),
        np.max([one.row_upper for one in all_limits], axis=0),
    )


def padded(limits: Limits, now: Limits) -> Limits:
    """Return limits for the columns and rows there are now; later columns go as they are now, and
    later rows are free."""
    columns, rows = len(limits.lower), len(now.row_lower) - len(limits.row_lower)
    if columns == len(now.lower) and not rows:
        return limits
    return Limits(
        np.concatenate([limits.lower, now.lower[columns:]]),
        np.concatenate([limits.upper, now.upper[columns:]]),
        np.concatenate([limits.row_lower, np.full(rows, -np.inf)]),
        np.concatenate([limits.row_upper, np.full(rows, np.inf)]),
    )


def only_best(limits: Limits, relaxed: Relaxed, gap: float) -> Limits:
    """Take out what no plan has that is at most `gap` worse than the relaxed one.

    A column whose reduced cost is more than the gap stays at its bound; without a gap a row that
    has a price becomes an equation.
    """
    least = max(gap, 0.0) + NEARLY
    low, high = _settled(limits.lower, limits.upper, relaxed.columns, relaxed.reduced, least)
    if gap > ALIKE:
        return replace(limits, lower=low, upper=high)
    rows = _settled(limits.row_lower, limits.row_upper, relaxed.rows, relaxed.prices, NEARLY)
    return Limits(low, high, *rows)


def _settled(
    low: Numbers, high: Numbers, value: Numbers, price: Numbers, least: float
) -> tuple[Numbers, Numbers]:
    """Bounds by which whatever has a price of more than `least` stays where it is."""
    low, high = low.copy(), high.copy()
    priced = (np.abs(price) > least) & (low < high)
    at_low = priced & (value - low <= high - value)
    at_high = priced & ~at_low
    high[at_low] = low[at_low]
    low[at_high] = high[at_high]
    return low, high


def follow(
    limits: Limits,
    rows: NDArray[np.int64],
    index: NDArray[np.int32],
    values: Numbers,
    whole: NDArray[np.bool_],
) -> Limits:
    """Rule out columns that a decided one makes impossible (rows of "at most one")."""
    high = limits.upper.copy()
    decided = (limits.lower > 0.5) & whole
    entries = decided[index]
    simple: NDArray[np.bool_] = limits.row_upper == 1.0
    simple[rows[(values != 1.0) | ~whole[index]]] = False
    taken = np.zeros(len(limits.row_upper), dtype=bool)
    taken[rows[entries & simple[rows]]] = True
    high[index[taken[rows] & ~entries]] = 0.0
    return replace(limits, upper=high)
