"""Planning problems of all kinds for hypothesis: small streets where everything can happen."""

from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import strategies as st

from bench.festival_problems import Size, festival_problem
from market.planning.problem import (
    CLASSES,
    Category,
    Festival,
    Needs,
    PlanningStall,
    PlanningVendor,
    Problem,
)

GOODS = ("honey", "cheese", "crafts")
NEEDS = st.sampled_from(
    [Needs(), Needs(), Needs(power_kw=3.0), Needs(width_m=3.0), Needs(features=frozenset({"roof"}))]
)


@st.composite
def stalls(draw: st.DrawFn) -> tuple[PlanningStall, ...]:
    """One to three rows of stalls; some are closed, reserved, narrow or without power."""
    found = []
    for row in range(draw(st.integers(1, 3))):
        for position in range(1, draw(st.integers(2, 5)) + 1):
            found.append(
                PlanningStall(
                    f"{'ABC'[row]}{position}",
                    "ABC"[row],
                    position,
                    width_m=draw(st.sampled_from([2.0, 3.0, 3.0])),
                    power_kw=draw(st.sampled_from([0.0, 3.0])),
                    features=frozenset(draw(st.sampled_from([(), (), ("roof",)]))),
                    reserved_for=frozenset(draw(st.sampled_from([(), (), (), ("crafts",)]))),
                    blocked=draw(st.integers(0, 9)) == 0,
                )
            )
    return tuple(found)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A sound day: holders, pins and a previous plan are possible."""
    places = draw(stalls())
    names = [stall.id for stall in places]
    gaps = draw(st.sets(st.sampled_from(list(pairwise(names))), max_size=2))
    free = [stall for stall in places if not stall.blocked]
    given: set[str] = set()
    vendors, pins = [], {}
    for number in range(draw(st.integers(1, 9))):
        vendor = draw(_vendor(number, names))
        one = draw(st.sampled_from(free)) if free else None
        role = draw(st.sampled_from(["guest", "guest", "guest", "holder", "pinned"]))
        if one is not None and one.id not in given and role != "guest":
            given.add(one.id)
            vendor = replace(vendor, needs=Needs(), min_stalls=1, categories=frozenset())
            if role == "holder":
                vendor = replace(vendor, standing="season", own_stalls=(one.id,))
            else:
                pins[vendor.id] = (one.id,)
        vendors.append(vendor)
    before = {vendor.id: (name,) for vendor, name in zip(vendors, names, strict=False)}
    return Problem(
        "2027-07-17",
        places,
        tuple(vendors),
        frozenset(frozenset(pair) for pair in gaps),
        _categories(draw),
        pins,
        before if draw(st.booleans()) else {},
        draw(st.booleans()),
    )


@st.composite
def festivals(draw: st.DrawFn) -> Festival:
    """Two or three days of the same street; not everybody comes on each, and stalls may close."""
    whole = draw(problems())
    days = []
    for number in range(draw(st.integers(2, 3))):
        here = tuple(one for one in whole.vendors if draw(st.integers(0, 3)) > 0)
        names = {one.id for one in here}
        closed = draw(st.sampled_from([None, None, *whole.stalls]))
        held = {stall for stalls in whole.pins.values() for stall in stalls}
        days.append(
            replace(
                whole,
                day=f"2027-07-{16 + number}",
                stalls=tuple(
                    replace(one, blocked=True) if one == closed and one.id not in held else one
                    for one in whole.stalls
                ),
                vendors=here,
                pins={name: one for name, one in whole.pins.items() if name in names},
                previous={name: one for name, one in whole.previous.items() if name in names},
            )
        )
    return Festival(tuple(days))


def _categories(draw: st.DrawFn) -> tuple[Category, ...]:
    most = st.sampled_from([None, None, 1, 2, 4])
    return tuple(Category(name, draw(most), keep_apart=name == "honey") for name in GOODS)


@st.composite
def _vendor(draw: st.DrawFn, number: int, names: list[str]) -> PlanningVendor:
    least = draw(st.sampled_from([1, 1, 1, 2]))
    return PlanningVendor(
        f"v{number}",
        draw(st.sampled_from(CLASSES[1:])),
        seniority=draw(st.integers(0, 6)),
        categories=frozenset(draw(st.sets(st.sampled_from(GOODS), max_size=2))),
        min_stalls=least,
        max_stalls=least + draw(st.integers(0, 2)),
        wishes=tuple(draw(st.lists(st.sampled_from(names), max_size=3, unique=True))),
        anywhere=draw(st.integers(0, 3)) > 0,
        needs=draw(NEEDS),
        visits=draw(st.sampled_from([None, 3, 31])),
    )


def festival(number_of_stalls: int, seed: int) -> Problem:
    """A realistic day of middle size: more want to come than there is room for."""
    number = number_of_stalls
    return festival_problem(Size(number, number + number // 3, 2 * number), seed)


def shuffled(problem: Problem, seed: int) -> Problem:
    """The same day with stalls, vendors, categories, pins and the previous plan in other order."""
    random = Random(seed)

    def mixed(things: Any) -> Any:
        return tuple(random.sample(things, len(things)))

    return replace(
        problem,
        stalls=mixed(problem.stalls),
        vendors=mixed(problem.vendors),
        categories=mixed(problem.categories),
        pins=dict(mixed(tuple(problem.pins.items()))),
        previous=dict(mixed(tuple(problem.previous.items()))),
    )
