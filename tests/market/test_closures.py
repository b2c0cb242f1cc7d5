"""Closed stalls in words: numbers that follow one another are said from the first to the last."""

from collections.abc import Sequence
from datetime import date

import pytest

from market.planning.closures import Shut, spans


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([], []),
        (["C1"], ["C1"]),
        (["C2", "C1"], ["C1", "C2"]),
        (["C10", "C9", "C8"], ["C8–C10"]),
        (["C1", "C2", "C3", "C7", "D4"], ["C1–C3", "C7", "D4"]),
        (["C1", "C1", "D2"], ["C1", "D2"]),
    ],
)
def test_numbers_are_said_in_spans(numbers: Sequence[str], said: Sequence[str]) -> None:
    assert spans(numbers) == said


def test_each_reason_has_its_stalls_in_their_order() -> None:
    shut = Shut(date(2027, 7, 17), {"C10": "rain", "C2": "rain", "A1": "works"})
    assert shut.by_reason() == {"works": ("A1",), "rain": ("C2", "C10")}
