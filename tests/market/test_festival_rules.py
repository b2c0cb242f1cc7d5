"""The rules of calls and applications: windows, prices, steps, numbers, what is missing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from market.festivals.applying import places_for, with_wish, without_wish
from market.festivals.models import APPLICATION_STATES, CallFields, CallPriceFields
from market.festivals.numbers import next_place, number_of, number_prefix
from market.festivals.prices import Wanted, quote
from market.festivals.steps import BY_APPLICANT, BY_OFFICE, allows, step
from market.festivals.window import may_change, may_submit, may_withdraw, window_of

OPENS, CLOSES = datetime(2027, 3, 29, 9), datetime(2027, 4, 11, 18)
WINDOW = window_of(
    CallFields(
        opens_on=date(2027, 3, 29), opens_at=time(9), closes_on=date(2027, 4, 11),
        closes_at=time(18), intro={"lv": "x"}, criteria={"lv": "x"}, lot="vainags",
    )
)  # fmt: skip
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (OPENS - SECOND, "before"), (OPENS, "open"), (CLOSES - SECOND, "open"), (CLOSES, "over"),
    ],
)  # fmt: skip
def test_the_window_by_the_second(at: datetime, state: str):
    assert WINDOW.state(at) == state


@pytest.mark.parametrize(
    ("state", "at", "changes", "submits", "withdraws"),
    [
        ("draft", OPENS - SECOND, False, False, False),
        ("draft", OPENS, True, True, True),
        ("draft", CLOSES, False, False, False),
        ("submitted", OPENS, True, False, True),
        ("submitted", CLOSES, False, False, False),
        ("asked", CLOSES, True, True, False),
        ("accepted", OPENS, False, False, True),
        ("refused", OPENS, False, False, False),
        ("withdrawn", OPENS, False, False, False),
    ],
)
def test_what_an_applicant_may_do(
    state: str, at: datetime, changes: bool, submits: bool, withdraws: bool
):
    assert may_change(state, WINDOW, at) is changes
    assert may_submit(state, WINDOW, at) is submits
    assert may_withdraw(state, WINDOW, at) is withdraws


def price(unit: str, cents: int, **more: object) -> CallPriceFields:
    return CallPriceFields.model_validate(
        {"name": {"lv": unit}, "unit": unit, "cents": cents, **more}
    )


PLACE = price("place_day", 1500, own_made_cents=800, social_cents=500)
CATERER = price("place_day", 2000, category="drinks")
SMALL, LARGE = price("kw_day", 360, up_to_kw=3), price("kw_day", 840, from_kw=3, up_to_kw=7)
KW, METRE, CAR = price("kw_day", 120), price("metre_day", 200), price("vehicle_day", 1000)
WHOLE = price("place_festival", 2500)


@pytest.mark.parametrize(
    ("prices", "wanted", "cents"),
    [
        ([PLACE], Wanted(1, 3), 4500),
        ([PLACE], Wanted(2, 3), 9000),
        ([PLACE], Wanted(1, 3, own_made=True), 2400),
        ([PLACE], Wanted(1, 3, own_made=True, social=True), 1500),
        ([PLACE, CATERER], Wanted(1, 1, categories=frozenset({"drinks"}), own_made=True), 2000),
        ([PLACE, CATERER], Wanted(1, 1, categories=frozenset({"crafts"})), 1500),
        ([SMALL, LARGE], Wanted(1, 2, power_kw=0), 0),
        ([SMALL, LARGE], Wanted(1, 2, power_kw=3), 720),
        ([SMALL, LARGE], Wanted(1, 2, power_kw=3.1), 1680),
        ([SMALL, LARGE], Wanted(2, 1, power_kw=2), 720),
        ([KW], Wanted(1, 1, power_kw=2.2), 360),
        ([METRE], Wanted(1, 2, metres=2.5), 1200),
        ([CAR], Wanted(1, 2, vehicle=True), 2000),
        ([CAR], Wanted(1, 2), 0),
        ([PLACE, WHOLE], Wanted(1, 3), 2500),
        ([PLACE, WHOLE], Wanted(1, 1), 1500),
        ([PLACE], Wanted(1, 0), 0),
        ([], Wanted(1, 3), 0),
    ],
)
def test_what_a_place_costs(prices: list[CallPriceFields], wanted: Wanted, cents: int):
    assert quote(prices, wanted).cents == cents


def test_every_state_has_its_steps_and_no_other_is_taken():
    assert set(BY_APPLICANT) == set(BY_OFFICE) == set(APPLICATION_STATES)
    assert not allows("draft", "accepted", by_office=True)
    assert not allows("submitted", "accepted")
    with pytest.raises(ValueError, match="refused does not become submitted"):
        step(1, "refused", "submitted", datetime(2027, 4, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("slug", "prefix"),
    [("rozu-svetki-2027", "RS27"), ("ziemassvetku-tirdzins-2027", "ZT27"), ("2027", "S27")],
)
def test_numbers_begin_with_the_festival(slug: str, prefix: str):
    assert number_prefix(slug, 2027) == prefix


def test_the_next_number_follows_the_highest():
    assert next_place("RS27", []) == 1
    assert next_place("RS27", ["RS27-009", "RS27-1041", "RS27-x", "ZT26-2000"]) == 1042
    assert number_of("RS27", 14) == "RS27-014"


@pytest.mark.parametrize(("metres", "places"), [(0.5, 1), (3, 1), (3.1, 2), (6, 2), (6.3, 3)])
def test_metres_become_neighbouring_places(metres: float, places: int):
    assert places_for(metres, [3.0, 3.0, 2.2, 4.0]) == places


def test_wishes_keep_their_order():
    assert with_wish([7, 3], 5) == [7, 3, 5]
    assert with_wish([7, 3], 3) == [7, 3]
    assert without_wish([7, 3, 5], 3) == [7, 5]
    assert len(with_wish(list(range(12)), 99)) == 12
