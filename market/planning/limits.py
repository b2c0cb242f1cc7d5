"""What a planning still allows, and what an aim has reached."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from market.planning.model import Numbers

Row = tuple[float, float, list[tuple[int, float]]]
"""Least, most, and the columns with their factors."""
Rows = list[Row]


@dataclass(frozen=True)
class Reached:
    """The value of an aim (smaller is better here), the least it could be, whether they meet."""

    value: float
    bound: float
    proven: bool


@dataclass(frozen=True)
class Limits:
    """What is still possible: bounds of all columns and rows."""

    lower: Numbers
    upper: Numbers
    row_lower: Numbers
    row_upper: Numbers

    def decided(self, columns: Sequence[int], values: Numbers | float) -> "Limits":
        """Return the same, with columns that have these values, or all one value."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[columns] = upper[columns] = values
        return replace(self, lower=lower, upper=upper)

    def at_most(self, row: int, most: float) -> "Limits":
        """Return the same, with a row that is at most so much."""
        row_upper = self.row_upper.copy()
        row_upper[row] = most
        return replace(self, row_upper=row_upper)
