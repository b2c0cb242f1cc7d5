"""Filling a day: holders stand by themselves, what stands there is never touched."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.standing.filling import Filling, NotPut, Put, copied, fill, no_longer_held
from tests.market.test_holding import FRIDAY, TUE, TUESDAY, holding, vendor

VENDORS = {number: vendor(number, number) for number in range(1, 6)}
PLAN = {1, 2, 3}


def paused(number: int):
    one = vendor(number, number)
    one.state = "paused"
    return one


@pytest.mark.parametrize(
    ("rows", "known", "put", "not_put"),
    [
        ([holding(1)], {}, [Put(1, 1, "season")], []),
        ([holding(1, basis="weekly")], {}, [Put(1, 1, "weekly")], []),
        ([holding(1, weekdays=TUE << 1)], {}, [], []),
        ([holding(1)], {"taken": {1: 1}}, [], []),
        ([holding(1)], {"taken": {1: 2}}, [], [NotPut(1, 1, "taken", 2)]),
        ([holding(1)], {"away": {1}}, [], [NotPut(1, 1, "absent")]),
        ([holding(1, stall=9)], {}, [], [NotPut(9, 1, "off_plan")]),
        ([holding(1)], {"vendors": {1: paused(1)}}, [], [NotPut(1, 1, "vendor")]),
        ([holding(1)], {"vendors": {}}, [], [NotPut(1, 1, "vendor")]),
        # A holder for the season comes before an older weekly one.
        (
            [holding(1, basis="weekly"), holding(2)], {},
            [Put(1, 2, "season")], [NotPut(1, 1, "taken", 2)],
        ),
        # Where the season's holder does not come, the weekly one stands.
        (
            [holding(1, basis="weekly"), holding(2)], {"away": {2}},
            [Put(1, 1, "weekly")], [NotPut(1, 2, "absent")],
        ),
        # Of equals the one with the smaller number; two stalls of one vendor are both filled.
        (
            [holding(3), holding(1), holding(1, stall=2, number=7)], {},
            [Put(1, 1, "season"), Put(2, 1, "season")], [NotPut(1, 3, "taken", 1)],
        ),
    ],
)  # fmt: skip
def test_who_is_put_and_why_others_are_not(rows, known, put, not_put):
    vendors = known.get("vendors", VENDORS)
    done = fill(
        TUESDAY, rows, vendors,
        on_plan=PLAN, taken=known.get("taken", {}), away=known.get("away", ()),
    )  # fmt: skip
    assert done == Filling(TUESDAY, tuple(put), tuple(not_put))


def test_a_copied_day_leaves_what_is_taken_and_names_it():
    holders = {1: VENDORS[1], 2: VENDORS[2], 3: VENDORS[3], 9: VENDORS[4]}
    done = copied(FRIDAY, holders, on_plan=PLAN, taken={2: 5, 3: 3}, away=())
    assert done == Filling(
        FRIDAY, (Put(1, 1, "hand"),), (NotPut(2, 2, "taken", 5), NotPut(9, 4, "off_plan"))
    )


def test_who_holds_a_stall_no_longer_leaves_it_unless_set_by_hand():
    own = [(TUESDAY, "season"), (FRIDAY, "weekly"), (date(2026, 12, 1), "hand")]
    assert no_longer_held(own, [holding(1, last=TUESDAY)]) == [FRIDAY]
    assert no_longer_held(own, []) == [TUESDAY, FRIDAY]
    assert no_longer_held(own, [holding(1, weekdays=TUE), holding(1, first=FRIDAY)]) == []


holdings = st.lists(
    st.builds(
        holding,
        vendor=st.integers(1, 5),
        stall=st.integers(1, 4),
        basis=st.sampled_from(["contract", "weekly"]),
    ),
    max_size=12,
)


@given(holdings, st.dictionaries(st.integers(1, 3), st.integers(1, 5)), st.sets(st.integers(1, 5)))
def test_nobody_is_moved_no_stall_is_given_twice_and_filling_twice_changes_nothing(
    rows, taken, away
):
    def filled(has):
        return fill(TUESDAY, rows, VENDORS, on_plan=PLAN, taken=has, away=away)

    done = filled(taken)
    stalls = [one.stall_id for one in done.put]
    assert len(stalls) == len(set(stalls))
    assert not set(stalls) & set(taken) and set(stalls) <= PLAN
    assert not {one.vendor_id for one in done.put} & away
    again = filled({**taken, **{one.stall_id: one.vendor_id for one in done.put}})
    assert again.put == ()
    settled = {(row.stall_id, row.vendor_id) for row in rows}
    told = {(one.stall_id, one.vendor_id) for one in (*done.put, *done.not_put)}
    there = {(stall, who) for stall, who in taken.items()}
    assert settled <= told | there
