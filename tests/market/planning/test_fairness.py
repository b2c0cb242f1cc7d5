"""Good and poor places are told apart by open points, and add up over the season."""

from datetime import date

import pytest

from market.places.models import Amenity, StallOnPlan
from market.planning.fairness import Balance, Taken, Worth, balance, order_of_guests, worths

FIRST, SECOND, THIRD = date(2027, 5, 1), date(2027, 5, 4), date(2027, 5, 8)


def spot(stall_id: int, x_m: float, **more: object) -> StallOnPlan:
    """A stall of row A at a place along it."""
    return StallOnPlan(
        stall_id=stall_id, zone_id=1, row="A", position=stall_id, x_m=x_m, y_m=0.0,
        width_m=3.0, depth_m=2.0, valid_from=FIRST, **more,
    )  # fmt: skip


def amenity(kind: str, *points: list[float]) -> Amenity:
    """Something beside the stalls."""
    return Amenity(site_id=1, kind=kind, points=[*points], valid_from=FIRST)


CASES: dict[str, tuple[dict[str, object], list[Amenity], tuple[str, ...], int]] = {
    "nothing of the table": ({}, [], (), 0),
    "all that the stall itself has": (
        {"roof": True, "power_kw": 2.0, "water": True, "vehicle": True}, [],
        ("roof", "power", "water", "vehicle"), 5,
    ),
    "by an entrance": ({}, [amenity("entrance", [50.0, 15.0])], ("entrance",), 3),
    "neither near nor far": ({}, [amenity("entrance", [50.0, 40.0])], (), 0),
    "far from every entrance": ({}, [amenity("entrance", [50.0, 60.0])], ("far",), -2),
    "one entrance is far, one near": (
        {}, [amenity("entrance", [50.0, 90.0]), amenity("entrance", [50.0, 9.0])],
        ("entrance",), 3,
    ),
    "beside the bins and the toilets": (
        {}, [amenity("bins", [50.0, 8.0]), amenity("toilet", [50.0, 7.0])],
        ("toilet", "bins"), -5,
    ),
    "beside the edge of the stage": (
        {}, [amenity("stage", [0.0, 10.0], [100.0, 10.0], [100.0, 30.0])], ("stage",), -1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_a_place_is_worth(case: str) -> None:
    """Each fact of the plan has its points."""
    more, amenities, facts, points = CASES[case]
    row = [spot(1, 40.0), spot(2, 50.0, **more), spot(3, 60.0)]
    found = worths(row, amenities, {})[2]
    assert (found.facts, found.points) == (facts, points)


def test_the_ends_of_a_row_and_the_office_count_too() -> None:
    """Ends are seen from two sides; the office's correction is added."""
    found = worths([spot(1, 0.0), spot(2, 3.0), spot(3, 6.0)], [], {2: -4})
    assert found == {1: Worth(("end",)), 2: Worth((), -4), 3: Worth(("end",))}
    assert found[2].points == -4


def test_the_balance_is_the_sum_of_differences_to_the_mean() -> None:
    """Two days of two vendors, by hand: 4 and 0 around 2, then 1 alone."""
    scores = {1: 4.0, 2: 0.0, 3: 1.0}
    placements = [
        Taken(FIRST, 7, 1), Taken(FIRST, 8, 2), Taken(SECOND, 8, 3), Taken(THIRD, 7, 1),
    ]  # fmt: skip
    found = balance(placements, scores, {FIRST, SECOND})
    assert {vendor: one.points for vendor, one in found.items()} == {7: 2.0, 8: -2.0}
    assert [(one.day, one.points, one.mean) for one in found[8].days] == [
        (FIRST, 0.0, 2.0),
        (SECOND, 1.0, 1.0),
    ]


def test_several_stalls_count_by_their_mean_and_unknown_ones_not() -> None:
    """Nobody gains by standing wider, and what is off the plan is left out."""
    placements = [Taken(FIRST, 7, 1), Taken(FIRST, 7, 2), Taken(FIRST, 7, 99), Taken(FIRST, 8, 3)]
    found = balance(placements, {1: 4.0, 2: 2.0, 3: 0.0}, {FIRST})
    assert {vendor: one.points for vendor, one in found.items()} == {7: 1.0, 8: -2.0}


def test_all_balances_of_single_places_are_nothing_together() -> None:
    """What one had better, others had poorer."""
    placements = [Taken(FIRST, vendor, vendor) for vendor in range(1, 8)]
    found = balance(placements, {stall: stall * 1.5 for stall in range(1, 8)}, {FIRST})
    assert sum(one.points for one in found.values()) == pytest.approx(0)
    assert Balance(()).points == 0


@pytest.mark.parametrize(
    ("visits", "balances", "expected"),
    [
        ({1: 3, 2: 31, 3: 12}, {}, [2, 3, 1]),
        ({1: 3, 2: 3, 3: 3}, {1: 2.0, 2: -1.5}, [2, 3, 1]),
        ({}, {}, [1, 2, 3]),
        ({1: 1}, {1: 9.0, 2: -9.0, 3: -10.0}, [1, 3, 2]),
    ],
)
def test_guests_come_by_visits_then_by_the_poorer_balance(
    visits: dict[int, int], balances: dict[int, float], expected: list[int]
) -> None:
    """Visits decide first."""
    assert order_of_guests([3, 1, 2], visits, balances) == expected
