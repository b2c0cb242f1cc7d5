"""Closed stalls in words: numbers that follow one another are said from the first to the last."""

from collections.abc import Sequence
from datetime import date

import pytest

from market.planning.closures import Shut, going_back, places_back, spans


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


def test_whoever_made_room_goes_back_too_and_nobody_else() -> None:
    """1 had the closed stall and stands on 2's; 2 stands on 3's; 3 has none; 4 was swapped."""
    before = {"C1": 1, "A1": 2, "A2": 3, "A3": 4, "A4": 5}
    shut = Shut(date(2027, 7, 17), {"C1": "rain"}, before)
    held = {"A1": 1, "A2": 2, "A3": 5, "A4": 4}
    assert going_back(shut, held) == {1, 2, 3}
    assert going_back(Shut(shut.day, {}, before), held) == set()


def test_nobody_goes_back_onto_somebody_who_stays() -> None:
    """9 was put on C1 by hand meanwhile: 1 stays on A1, so 2 stays as well."""
    before = {"C1": 1, "A1": 2, "C2": 3}
    held = {"C1": 9, "A1": 1, "A2": 2, "A3": 3}
    stalls = {"C1", "C2", "A1", "A2", "A3"}
    assert places_back(before, held, {1, 2, 3}, stalls) == {"C2": 3}
    assert places_back(before, {**held, "C1": None}, {1, 2, 3}, stalls) == before
    assert places_back(before, held, {3}, stalls - {"C2"}) == {}
