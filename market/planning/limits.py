"""What a planning still allows, and what an aim has reached."""

from dataclasses import dataclass

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
