"""Same goods apart: which neighbouring stalls two different vendors of a category would share."""

from collections.abc import Iterator

import numpy as np

from market.planning.limits import Rows
from market.planning.model import Model, Numbers
from market.planning.solving import Solver

Pair = tuple[int, str, str]


def pairs_of(model: Model, solver: Solver) -> dict[Pair, list[list[int]]]:
    """Return neighbouring stalls by day, with the columns over them for each category apart."""
    possible = solver.limits.upper > 0.5
    found: dict[Pair, list[list[int]]] = {}
    for day, problem in enumerate(model.days):
        apart = [one.id for one in problem.categories if one.keep_apart]
        for category in sorted(apart):
            numbers = {one for one in _selling(model, day, category) if possible[one]}
            for first, second in sorted(tuple(sorted(pair)) for pair in problem.neighbours):
                here = numbers.intersection(model.over[day, first])
                there = numbers.intersection(model.over[day, second])
                if here - there and there - here:
                    found.setdefault((day, first, second), []).append(sorted(here | there))
    return found


def _selling(model: Model, day: int, category: str) -> Iterator[int]:
    """The columns over stalls on a day whose vendors are of a category."""
    keys = model.keys
    for number, column in enumerate(model.columns):
        if column.run is None or day not in column.days:
            continue
        if column.vendor is not None:
            goods = model.days[day].vendor_by_id[column.vendor].categories
        else:
            first, parts = keys[column.group or 0]
            goods = parts[day - first].goods
        if category in goods:
            yield number


def add_pairs(model: Model, solver: Solver) -> tuple[Numbers, dict[Pair, int]]:
    """Take a column for each pair into the solver, at least 1 where two share a category.

    Returns the costs that count pairs, and the column of each pair.
    """
    pairs = pairs_of(model, solver)
    first = len(solver.limits.lower)
    columns = {pair: first + place for place, pair in enumerate(pairs)}
    rows: Rows = [
        (-np.inf, 1.0, [*((one, 1.0) for one in numbers), (columns[pair], -1.0)])
        for pair, lists in pairs.items()
        for numbers in lists
    ]
    solver.extend(len(pairs), rows)
    best = solver.best.copy()
    for pair, lists in pairs.items():
        together = max(best[numbers].sum() for numbers in lists)
        best[columns[pair]] = max(0.0, together - 1.0)
    solver.best = best
    costs = np.zeros(len(solver.limits.lower))
    costs[first:] = 1.0
    return costs, columns
