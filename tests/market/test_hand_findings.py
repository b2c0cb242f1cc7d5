"""What the office sees while it changes a plan by hand."""

from dataclasses import replace
from datetime import time

import pytest

from market.planning import hand
from market.planning.hand import (
    Crossing,
    HandFinding,
    Performance,
    Spot,
    Stander,
    Surroundings,
    hand_findings,
)

SPOTS = {
    number: Spot(number, 1, 1, "A", number, number * 3.0, 0.0, 3.0, power_kw=1.0)
    for number in range(1, 6)
}
ANNA = Stander("a1", frozenset({"honey"}), metres=3.0)
BERTA = Stander("a2", frozenset({"honey", "bread"}), metres=3.0)
ALONE = Surroundings()


def seen(standing, spots=SPOTS, around=ALONE):
    return hand_findings(spots.values(), standing, around)


def other(number, **values):
    return {**SPOTS, number: replace(SPOTS[number], **values)}


def test_whoever_fits_leaves_nothing_to_see_to():
    assert seen({1: ANNA, 3: BERTA}) == ()


CASES = {
    "closed": ({1: ANNA}, other(1, closed=True), ALONE, [HandFinding("closed", 1, "a1")]),
    "power": (
        {1: replace(ANNA, power_kw=3.0)}, SPOTS, ALONE,
        [HandFinding("power", 1, "a1", wanted=3.0, there=1.0)],
    ),
    "power of one of two places": (
        {1: replace(ANNA, power_kw=3.0, most=2), 2: replace(ANNA, power_kw=3.0, most=2)},
        other(2, power_kw=3.0), ALONE, [],
    ),
    "the zone's lines": (
        {1: replace(ANNA, power_kw=1.0), 3: replace(BERTA, power_kw=1.0)}, SPOTS,
        Surroundings(zone_kw={1: 1.5}),
        [HandFinding("power_of_zone", zone_id=1, wanted=2.0, there=1.5)],
    ),
    "narrow": (
        {1: replace(ANNA, metres=5.0)}, SPOTS, ALONE,
        [HandFinding("narrow", 1, "a1", wanted=5.0, there=3.0)],
    ),
    "no water": ({1: replace(ANNA, water=True)}, SPOTS, ALONE, [HandFinding("water", 1, "a1")]),
    "no room for the car": (
        {1: replace(ANNA, vehicle=True)}, SPOTS, ALONE, [HandFinding("vehicle", 1, "a1")],
    ),
    "fewer places than asked": (
        {1: replace(ANNA, least=2)}, SPOTS, ALONE,
        [HandFinding("too_few", 1, "a1", wanted=2, there=1)],
    ),
    "more places than asked": (
        {1: replace(ANNA, most=1), 2: replace(ANNA, most=1)}, SPOTS, ALONE,
        [HandFinding("too_many", 1, "a1", wanted=1, there=2)],
    ),
    "places that are no neighbours": (
        {1: ANNA, 3: ANNA}, SPOTS, ALONE, [HandFinding("apart", 1, "a1")],
    ),
    "places beyond a passage": (
        {1: ANNA, 2: ANNA}, SPOTS, Surroundings(gaps=frozenset({(1, 2)})),
        [HandFinding("apart", 1, "a1")],
    ),
    "a category over its maximum": (
        {1: ANNA, 3: BERTA}, SPOTS, Surroundings(caps={"honey": 1, "bread": 1}),
        [HandFinding("cap", wanted=2, there=1, category="honey")],
    ),
    "reserved for others": (
        {1: ANNA}, other(1, reserved_for=frozenset({"fish"})), ALONE,
        [HandFinding("reserved", 1, "a1", category="fish")],
    ),
    "reserved for them": ({1: ANNA}, other(1, reserved_for=frozenset({"honey"})), ALONE, []),
    "the same goods side by side": (
        {1: ANNA, 2: BERTA}, SPOTS, Surroundings(keep_apart=frozenset({"honey"})),
        [HandFinding("same_goods", 2, "a2", other="a1", category="honey")],
    ),
    "the same goods with a passage between": (
        {1: ANNA, 2: BERTA}, SPOTS,
        Surroundings(keep_apart=frozenset({"honey"}), gaps=frozenset({(1, 2)})), [],
    ),
    "beside the stage": (
        {1: ANNA, 5: BERTA}, other(5, x_m=40.0), Surroundings(stages={1: [(3.0, 4.0)]}),
        [HandFinding("stage", 1, "a1", there=4.0)],
    ),
    "a parade through the row": (
        {1: ANNA}, SPOTS,
        Surroundings(crossings=(
            Crossing(1, "A", "Rožu vāģi", time(18), time(19)),
            Crossing(1, "B", "elsewhere", time(18), time(19)),
        )),
        [HandFinding("parade", 1, "a1", words="Rožu vāģi", starts=time(18), ends=time(19))],
    ),
    "who performs and sells": (
        {1: replace(ANNA, vendor_id=7), 3: replace(BERTA, vendor_id=8)}, SPOTS,
        Surroundings(performances=(Performance(7, "Kapela", time(12), None),)),
        [HandFinding("performs", 1, "a1", words="Kapela", starts=time(12))],
    ),
    "a day nobody asked for": (
        {1: replace(ANNA, asked=False)}, SPOTS, ALONE, [HandFinding("away", 1, "a1")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_seen(case):
    standing, spots, around, expected = CASES[case]
    assert list(seen(standing, spots, around)) == expected


SMOKER = replace(ANNA, fire=True, categories=frozenset({"meat"}))


@pytest.mark.parametrize(
    ("wind", "bearing", "reaches"),
    [
        ("W", 0.0, True),  # the baker stands east of the fire, and the wind blows to the east
        ("SW", 0.0, True),  # smoke spreads by 45 degrees to either side
        ("S", 0.0, False),
        ("E", 0.0, False),
        ("N", 90.0, True),  # the plan's top looks east, so the baker stands south of the fire
        ("W", 90.0, False),
    ],
)
def test_smoke_reaches_the_baker_downwind(wind, bearing, reaches):
    around = Surroundings(wind=wind, bearing_deg={1: bearing})
    expected = [HandFinding("smoke", 4, "a2", there=6.0, other="a1", category="bread")]
    assert list(seen({2: SMOKER, 4: BERTA}, around=around)) == (expected if reaches else [])


@pytest.mark.parametrize("far", [{"x_m": 60.0}, {"site_id": 2}])
def test_smoke_does_not_reach_far_nor_to_another_square(far):
    assert seen({2: SMOKER, 4: BERTA}, other(4, **far), Surroundings(wind="W")) == ()


def test_own_smoke_spoils_nothing_that_was_not_spoilt_before():
    both = replace(SMOKER, categories=frozenset({"bread"}))
    assert seen({2: both}, around=Surroundings(wind="W")) == ()


def test_every_kind_of_finding_has_its_case():
    kinds = {one.kind for _who, _spots, _around, found in CASES.values() for one in found}
    assert kinds | {hand.SMOKE} == set(hand.KINDS)
