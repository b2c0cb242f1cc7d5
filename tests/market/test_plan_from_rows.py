"""From rows to a problem: places of a front, gaps, closed stalls, and what is left out of whom."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from market.festivals.models import Application
from market.places.models import Stall, StallOnPlan, Zone
from market.planning.from_rows import (
    DayGround,
    Note,
    Wanting,
    applicant,
    build_day,
    market_vendor,
    places_for,
    rows_of,
    usual_width,
)
from market.planning.problem import Needs, PlanningVendor
from vendors.registry.models import Vendor

DAY = date(2027, 7, 17)
ZONE = Zone(id=1, site_id=1, code="R", name={"lv": "Rindas"})


def ground(count: int = 5, closed: dict[str, str] | None = None, gap_after: int = 0) -> DayGround:
    """A row of stalls of 3 m; behind `gap_after` there is room of two metres."""
    rows = []
    for at in range(1, count + 1):
        x_m = 3.0 * at + (2.0 if gap_after and at > gap_after else 0.0)
        spot = StallOnPlan(
            stall_id=at, zone_id=1, row="A", position=at, x_m=x_m, y_m=5, width_m=3, depth_m=2,
            power_kw=3.0 if at == 1 else 0.0, water=at == 1, valid_from=DAY,
        )  # fmt: skip
        rows.append((spot, Stall(id=at, number=f"A{at}"), ZONE))
    return DayGround(DAY, rows, closed=closed or {})


@pytest.mark.parametrize(
    ("metres", "least", "most", "wanted"),
    [
        (3.0, 1, 1, (1, 1, 2.98)),
        (6.0, 1, 3, (2, 3, 2.98)),
        (3.01, 1, 2, (1, 2, 2.99)),
        (4.0, 1, 1, (1, 1, 3.98)),
        (4.0, 1, 2, (2, 2, 1.98)),
        (2.0, 2, 2, (2, 2, 0.98)),
        (9.0, 3, 2, (3, 3, 2.98)),
    ],
)
def test_a_front_takes_as_many_places_as_it_needs(
    metres: float, least: int, most: int, wanted: tuple[int, int, float]
) -> None:
    assert places_for(metres, least, most, 3.0) == wanted


def test_an_applicant_becomes_a_vendor_of_the_planner() -> None:
    row = Application(
        id=12, call_id=1, number="1", name="Kalējs", categories=["crafts"], metres=6, power_kw=3,
        water=True, places_min=1, places_max=2, anywhere=False, started_at=datetime(2027, 1, 1),
    )  # fmt: skip
    assert applicant(row, standing="festival", seniority=4, wishes=["A2"]) == PlanningVendor(
        id="a12", standing="festival", seniority=4, categories=frozenset({"crafts"}),
        min_stalls=2, max_stalls=2, wishes=("A2",), anywhere=False,
        needs=Needs(3.0, 2.98, frozenset({"water"})),
    )  # fmt: skip


def test_closed_stalls_are_blocked_and_passages_are_gaps() -> None:
    built = build_day(ground(closed={"A3": "rain"}, gap_after=2), [])
    assert [one.id for one in built.problem.stalls if one.blocked] == ["A3"]
    assert built.problem.gaps == {frozenset(("A2", "A3"))}
    assert rows_of(ground(2)) == [("R:A", "R", "A", ("A1", "A2"))]
    assert usual_width(ground()) == 3


SOMEBODY = PlanningVendor("v1", wishes=("A9", "A2"), max_stalls=2)


def test_one_persons_bad_rows_never_stop_the_day() -> None:
    split = Wanting(replace(SOMEBODY, id="v2", wishes=()), pinned=("A1", "A4"))
    off = Wanting(replace(SOMEBODY, id="v3", wishes=()), pinned=("A7",))
    holder = Wanting(replace(SOMEBODY, id="v4", wishes=(), own_stalls=("A5",)))
    built = build_day(ground(closed={"A5": "rain"}), [Wanting(SOMEBODY), split, off, holder])
    assert [one.id for one in built.problem.vendors] == ["v1", "v3", "v4"]
    assert built.problem.vendor_by_id["v1"].wishes == ("A2",)
    assert built.problem.vendor_by_id["v4"].own_stalls == ()
    assert built.problem.pins == {}
    assert built.kept == {"v2": ("A1", "A4")}
    assert [one.id for one in built.problem.stalls if one.blocked] == ["A1", "A4", "A5"]
    day = DAY.isoformat()
    assert built.notes == (
        Note("wish_off_plan", "v1", day, ("A9",)),
        Note("split", "v2", day, ("A1", "A4")),
        Note("pin_off_plan", "v3", day, ("A7",)),
        Note("own_off_plan", "v4", day, ("A5",)),
    )


def test_by_hand_and_in_a_calm_plan_nobody_needs_more_than_there_was() -> None:
    hungry = replace(SOMEBODY, wishes=(), needs=Needs(5.0, 9.0, frozenset({"water"})))
    by_hand = build_day(ground(), [Wanting(hungry, pinned=("A2",))]).problem
    assert by_hand.vendors[0].needs == Needs(0.0, 3.0, frozenset())
    assert by_hand.pins == {"v1": ("A2",)}
    calm = build_day(
        ground(closed={"A1": "rain"}), [Wanting(hungry, before=("A1",))], calm=True
    ).problem
    assert calm.vendors[0].needs == Needs(3.0, 3.0, frozenset({"water"}))
    assert calm.previous == {"v1": ("A1",)}
    plain = build_day(ground(), [Wanting(hungry, before=("A1",))]).problem
    assert plain.vendors[0].needs == hungry.needs


def test_a_vendor_of_the_market_needs_what_the_registry_says() -> None:
    vendor = Vendor(
        id=7, slug="a", name="Ab", parish_code="0051210", standing="regular", seniority=3,
        needs_power_kw=2.0, needs_width_m=2.5, needs_cooling=True,
    )  # fmt: skip
    assert market_vendor(vendor, categories=["honey"]) == PlanningVendor(
        id="v7", standing="regular", seniority=3, categories=frozenset({"honey"}),
        needs=Needs(2.0, 2.5, frozenset({"cooling"})),
    )  # fmt: skip
