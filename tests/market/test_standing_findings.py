"""What an organiser should see of a day, and what not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.places.models import Stall, StallOnPlan, Zone
from market.standing.findings import Finding, look_at, main_category
from tests.market.test_holding import vendor as any_vendor


def stall(number: int, zone: Zone | None = None, row: str = "A", **values):
    spot = StallOnPlan(
        stall_id=number, zone_id=(zone or HALL).id, row=row, position=number, kind="table",
        x_m=number * 2.0, y_m=0.0, width_m=2.0, depth_m=1.0, valid_from=date(2026, 1, 1),
    )  # fmt: skip
    for name, value in values.items():
        setattr(spot, name, value)
    return spot, Stall(id=number, number=f"A{number}"), zone or HALL


def vendor(number: int, **values):
    one = any_vendor(number, number)
    for name, value in values.items():
        setattr(one, name, value)
    return one


HALL = Zone(id=1, site_id=1, code="P", name={"lv": "Paviljons"}, power_kw=5.0)
YARD = Zone(id=2, site_id=1, code="G", name={"lv": "Galdi"})


@pytest.mark.parametrize(
    ("plan", "holders", "sells", "found"),
    [
        ([stall(1)], {1: vendor(1)}, {}, []),
        ([stall(1)], {1: vendor(1, needs_power_kw=2.0)}, {}, [("power", 1, 2.0, 0.0)]),
        ([stall(1, power_kw=2.0)], {1: vendor(1, needs_power_kw=2.0)}, {}, []),
        ([stall(1)], {1: vendor(1, needs_width_m=3.0)}, {}, [("narrow", 1, 3.0, 2.0)]),
        # Two stalls together are wide enough.
        ([stall(1), stall(2)], dict.fromkeys((1, 2), vendor(1, needs_width_m=4.0)), {}, []),
        ([stall(1)], {1: vendor(1, needs_water=True)}, {}, [("water", 1, 0, 0)]),
        ([stall(1, water=True)], {1: vendor(1, needs_water=True)}, {}, []),
        ([stall(1)], {1: vendor(1, needs_cooling=True)}, {}, [("cooling", 1, 0, 0)]),
        ([stall(1)], {1: vendor(1, needs_vehicle=True)}, {}, [("vehicle", 1, 0, 0)]),
        ([stall(1, kind="car")], {1: vendor(1, needs_vehicle=True)}, {}, []),
        # The lines of the zone carry 5 kW, however much each stall has.
        (
            [stall(1, power_kw=4.0), stall(2, power_kw=4.0)],
            {1: vendor(1, needs_power_kw=3.0), 2: vendor(2, needs_power_kw=3.0)}, {},
            [("power_of_zone", None, 6.0, 5.0)],
        ),
        (
            [stall(1), stall(2, YARD)], dict.fromkeys((1, 2), vendor(1)), {},
            [("two_zones", 1, 0, 0)],
        ),
        ([stall(1, reserved_for=["honey"])], {1: vendor(1)}, {1: "honey"}, []),
        (
            [stall(1, reserved_for=["honey"])], {1: vendor(1)}, {1: "eggs"},
            [("reserved", 1, 0, 0)],
        ),
        (
            [stall(1), stall(2)], {1: vendor(1), 2: vendor(2)}, {1: "honey", 2: "honey"},
            [("same_goods", 1, 0, 0), ("same_goods", 2, 0, 0)],
        ),
        ([stall(1), stall(2)], {1: vendor(1), 2: vendor(2)}, {1: "honey", 2: "eggs"}, []),
        ([stall(1), stall(2)], {1: vendor(1), 2: vendor(2)}, {}, []),
        # A free stall, another row, or the same vendor between them: nobody stands beside.
        (
            [stall(1), stall(2), stall(3)], {1: vendor(1), 3: vendor(3)},
            {1: "honey", 3: "honey"}, [],
        ),
        ([stall(1), stall(2, row="B")], {1: vendor(1), 2: vendor(2)}, {1: "x", 2: "x"}, []),
        ([stall(1), stall(2)], dict.fromkeys((1, 2), vendor(1)), {1: "honey"}, []),
    ],
)  # fmt: skip
def test_what_is_seen_of_a_day(plan, holders, sells, found):
    look = look_at(plan, holders, sells=sells)
    assert [(one.kind, one.stall_id, one.wanted, one.there) for one in look.findings] == found


def test_who_does_not_come_needs_nothing_and_stands_beside_nobody():
    plan = [stall(1), stall(2)]
    holders = {1: vendor(1, needs_power_kw=9.0), 2: vendor(2)}
    look = look_at(plan, holders, sells={1: "honey", 2: "honey"}, away={1})
    assert look.findings == ()
    assert look.power[1].used == 0
    assert (look.stalls, look.taken, look.free) == (2, 2, ())


def test_a_gap_parts_neighbours():
    plan, holders = [stall(1), stall(2)], {1: vendor(1), 2: vendor(2)}
    sells = {1: "honey", 2: "honey"}
    assert look_at(plan, holders, sells=sells, apart={(1, 2)}).findings == ()
    [first, second] = look_at(plan, holders, sells=sells).findings
    assert first == Finding("same_goods", 1, 1, 1, other_id=2, category="honey")
    assert second == Finding("same_goods", 1, 2, 2, other_id=1, category="honey")


def test_free_places_and_power_of_each_zone():
    plan = [stall(1, power_kw=3.0), stall(2, power_kw=3.0), stall(3, YARD, power_kw=1.0)]
    look = look_at(plan, {1: vendor(1, needs_power_kw=2.5)}, sells={})
    assert look.free == (2, 3)
    power = {key: (one.used, one.there, one.at_stalls) for key, one in look.power.items()}
    assert power == {1: (2.5, 5.0, 6.0), 2: (0, None, 1.0)}


@pytest.mark.parametrize(
    ("counts", "main"),
    [
        ({}, ""),
        ({"honey": 1}, "honey"),
        ({"eggs": 2, "honey": 3}, "honey"),
        ({"b": 1, "a": 1}, "a"),
    ],
)
def test_what_a_vendor_sells_most(counts, main):
    assert main_category(counts) == main


@given(
    st.dictionaries(st.integers(1, 8), st.integers(1, 5)),
    st.dictionaries(st.integers(1, 5), st.sampled_from(["honey", "eggs"])),
    st.sets(st.integers(1, 5)),
)
def test_same_goods_are_told_at_both_sides_and_only_of_those_who_come(held, sells, away):
    plan = [stall(number) for number in range(1, 9)]
    holders = {number: vendor(who) for number, who in held.items()}
    look = look_at(plan, holders, sells=sells, away=away)
    same = [one for one in look.findings if one.kind == "same_goods"]
    pairs = {(one.vendor_id, one.other_id) for one in same}
    assert pairs == {(b, a) for a, b in pairs}
    assert not {who for pair in pairs for who in pair} & away
    assert look.taken + len(look.free) == look.stalls == 8
