"""Who must be told that they stand elsewhere than usual."""

import pytest

from market.standing.reseating import HELD, LAST_DAY, ROW_MOVED, Reseated, reseated

CASES = {
    "stands where they hold a stall": ({1: ["A1"]}, {1: ["A1"]}, {1: ["B9"]}, set(), []),
    "stands elsewhere than the stall they hold": (
        {1: ["B7"]}, {1: ["A3"]}, {1: ["B7"]}, set(), [Reseated(1, ("A3",), ("B7",), HELD)],
    ),
    "holds none and stood elsewhere last time": (
        {1: ["B7"]}, {}, {1: ["A3"]}, set(), [Reseated(1, ("A3",), ("B7",), LAST_DAY)],
    ),
    "is here for the first time": ({1: ["B7"]}, {}, {}, set(), []),
    "has one of their two stalls": ({1: ["A1"]}, {1: ["A1", "A2"]}, {}, set(), []),
    "has one more stall than they hold": (
        {1: ["A1", "A2"]}, {1: ["A1"]}, {}, set(), [Reseated(1, ("A1",), ("A1", "A2"), HELD)],
    ),
    "their row stands elsewhere": (
        {1: ["M1"]}, {1: ["M1"]}, {}, {1}, [Reseated(1, ("M1",), ("M1",), ROW_MOVED)],
    ),
    "a guest on a moved row": (
        {1: ["M1"]}, {}, {}, {1}, [Reseated(1, ("M1",), ("M1",), ROW_MOVED)],
    ),
    "in the order of the plan": (
        {2: ["A1"], 1: ["A2"]}, {}, {1: ["A1"], 2: ["A2"]}, set(),
        [Reseated(2, ("A2",), ("A1",), LAST_DAY), Reseated(1, ("A1",), ("A2",), LAST_DAY)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_strip_tells_who_stands_elsewhere(name: str):
    now, held, last, moved, told = CASES[name]
    assert reseated(now, held, last, frozenset(moved)) == told
