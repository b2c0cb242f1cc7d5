"""Which events cannot be as planned: one table for all cases, and when there would be room."""

from datetime import date, datetime, time, timedelta

import pytest

from market.programme.bookings import (
    Booking,
    Closed,
    OpenRow,
    Performer,
    Surroundings,
    TakenStall,
    Window,
    booking_of,
    closed_on,
    minutes_to_move,
)
from market.programme.clashes import Clash, Free, clashes, clashes_of, free_times
from market.programme.models import Event, EventPerformer, StreetClosure, Venue
from market.programme.schedule import Item, local_time, moment

SATURDAY, SUNDAY = date(2027, 7, 17), date(2027, 7, 18)
SQUARE = Venue(id=1, slug="laukums", name={"lv": "Laukums"}, lat=56.9678, lon=23.1527)
STREET = Venue(id=2, slug="iela", name={"lv": "Iela"}, lat=56.9689, lon=23.1508)
CASTLE = Venue(id=3, slug="pils", name={"lv": "Pils"}, lat=56.9773, lon=23.0572)
NOWHERE = Venue(id=4, slug="kaut-kur", name={"lv": "Kaut kur"})


def at(text: str, day: date = SATURDAY) -> datetime:
    """ "25.30" is 1.30 of the next day."""
    hour, minute = (int(part) for part in text.split("."))
    return moment(datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute))


def clock(text: str) -> time:
    """ "10.00" """
    hour, minute = text.split(".")
    return time(int(hour), int(minute))


def booked(
    number: int,
    when: str,
    venue: Venue = SQUARE,
    part: str = "",
    *,
    who: tuple[str | Performer, ...] = (),
    work: tuple[int, int] = (0, 0),
    crosses: tuple[str, ...] = (),
    day: date = SATURDAY,
    published: bool = True,
) -> Booking:
    """An event as it is typed: "10.00-12.00", "22.00-1.00", "10.00-" or a word for the hour."""
    starts, dash, ends = when.partition("-")
    first = clock(starts) if dash else None
    last = clock(ends) if ends else None
    event = Event(
        id=number,
        uid=str(number),
        title={"lv": f"Notikums {number}"},
        first_day=day,
        last_day=day + timedelta(days=bool(first and last and last <= first)),
        hour="exact" if dash else when,
        starts=first,
        ends=last,
        place=part or None,
        venue_id=venue.id,
        set_up_min=work[0],
        clearing_min=work[1],
        crosses=list(crosses),
        published=published,
    )
    performers = [
        EventPerformer(
            event_id=number,
            position=place,
            name=one.name if isinstance(one, Performer) else one,
            vendor_id=one.vendor_id if isinstance(one, Performer) else None,
        )
        for place, one in enumerate(who, start=1)
    ]
    return booking_of(Item(event, venue), performers)


CHOIR = ("Koris „Vētra“",)
OF_MARKET = (Performer("Siltrasu brāļi", vendor_id=7),)

PAIRS = {
    "one place at one time": (
        booked(1, "10.00-12.00"), booked(2, "11.00-13.00"), ["place serious 11.00-12.00"],
    ),
    "one begins when the other ends": (booked(1, "10.00-12.00"), booked(2, "12.00-13.00"), []),
    "two places": (booked(1, "10.00-12.00"), booked(2, "10.00-12.00", STREET), []),
    "two parts of a place": (
        booked(1, "10.00-12.00", part="skatuve"), booked(2, "10.00-12.00", part="strūklaka"), [],
    ),
    "one part, written otherwise": (
        booked(1, "10.00-12.00", part="Lielā skatuve"),
        booked(2, "11.00-12.00", part="lielā  skatuve"),
        ["place serious 11.00-12.00"],
    ),
    "a whole place and a part of it": (
        booked(1, "10.00-12.00"), booked(2, "11.30-13.00", part="skatuve"),
        ["place serious 11.30-12.00"],
    ),
    "setting up while the other is on": (
        booked(1, "10.00-12.00"), booked(2, "12.00-13.00", work=(30, 0)),
        ["set_up serious 11.30-12.00"],
    ),
    "clearing while the other sets up": (
        booked(1, "10.00-12.00", work=(0, 20)), booked(2, "12.30-13.00", work=(20, 0)),
        ["set_up serious 12.10-12.20"],
    ),
    "past midnight": (
        booked(1, "23.00-3.00"), booked(2, "0.30-1.00", day=SUNDAY), ["place serious 0.30-1.00"],
    ),
    "past midnight and the next evening": (
        booked(1, "23.00-3.00"), booked(2, "3.00-4.00", day=SUNDAY), [],
    ),
    "an open end that may come before": (
        booked(1, "10.00-"), booked(2, "11.00-12.00"), ["place mild 11.00-12.00"],
    ),
    "an open end, both begin together": (
        booked(1, "10.00-"), booked(2, "10.00-12.00"), ["place serious 10.00-12.00"],
    ),
    "an evening somewhere in it": (
        booked(1, "evening"), booked(2, "19.00-20.00"), ["hour mild 19.00-20.00"],
    ),
    "an afternoon before it": (booked(1, "afternoon"), booked(2, "19.00-20.00"), []),
    "to be announced, one place and day": (
        booked(1, "to_be_announced"), booked(2, "19.00-20.00"), ["to_be_announced mild"],
    ),
    "to be announced on another day": (
        booked(1, "to_be_announced", day=SUNDAY), booked(2, "19.00-20.00"), [],
    ),
    "one choir in two places": (
        booked(1, "10.00-12.00", who=CHOIR), booked(2, "11.00-13.00", STREET, who=CHOIR),
        ["performer serious 11.00-12.00"],
    ),
    "one choir written without its marks of quotation": (
        booked(1, "10.00-12.00", who=("koris vētra",)),
        booked(2, "11.00-13.00", STREET, who=("Koris Vētra",)),
        ["performer serious 11.00-12.00"],
    ),
    "one vendor under two names": (
        booked(1, "10.00-12.00", who=OF_MARKET),
        booked(2, "11.00-13.00", STREET, who=(Performer("Brāļi", 7),)),
        ["performer serious 11.00-12.00"],
    ),
    "too little time for the way": (
        booked(1, "10.00-12.00", who=CHOIR), booked(2, "12.10-13.00", CASTLE, who=CHOIR),
        ["performer_moves serious 19 10"],
    ),
    "time enough for the way": (
        booked(1, "10.00-12.00", who=CHOIR), booked(2, "12.30-13.00", CASTLE, who=CHOIR), [],
    ),
    "nobody knows how far it is": (
        booked(1, "10.00-12.00", who=CHOIR), booked(2, "12.01-13.00", NOWHERE, who=CHOIR), [],
    ),
    "too little time, should the end that is open come late": (
        booked(1, "10.00-", who=CHOIR), booked(2, "12.10-13.00", CASTLE, who=CHOIR),
        ["performer_moves mild 19 10"],
    ),
    "one choir some time in the evening": (
        booked(1, "evening", STREET, who=CHOIR), booked(2, "19.00-20.00", who=CHOIR),
        ["performer_hour mild 19.00-20.00"],
    ),
    "one choir in the afternoon and in the evening": (
        booked(1, "afternoon", STREET, who=CHOIR), booked(2, "19.00-20.00", who=CHOIR), [],
    ),
    "one choir, once to be announced": (
        booked(1, "to_be_announced", STREET, who=CHOIR), booked(2, "19.00-20.00", who=CHOIR),
        ["performer_hour mild"],
    ),
    "twice in one place one after the other": (
        booked(1, "10.00-12.00", who=CHOIR), booked(2, "12.00-13.00", who=CHOIR), [],
    ),
}  # fmt: skip


def said(clash: Clash) -> str:
    """A clash in a few words."""
    parts = [clash.kind, clash.severity]
    if clash.window:
        ends = [local_time(one) for one in (clash.window.starts, clash.window.ends)]
        parts.append("-".join(f"{one.hour}.{one.minute:02}" for one in ends))
    if clash.needed_min:
        parts.append(f"{clash.needed_min} {clash.there_min}")
    return " ".join(parts)


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS.values(), ids=PAIRS)
def test_pairs(one: Booking, other: Booking, expected: list[str]) -> None:
    assert [said(clash) for clash in clashes([one, other])] == expected
    assert [said(clash) for clash in clashes([other, one])] == expected
    assert [said(clash) for clash in clashes_of(one, [one, other])] == expected


AROUND = Surroundings(
    stalls=(
        TakenStall("G:A", "A1", 7, Window(at("8.00"), at("14.00"))),
        TakenStall("G:A", "A2", 8, Window(at("8.00"), at("14.00"))),
        TakenStall("G:B", "B1", 9, Window(at("8.00"), at("14.00"))),
    ),
    closures=(Closed({"lv": "Pils iela"}, Window(at("7.00"), at("17.00")), 2, frozenset({"R:C"})),),
    rows=tuple(
        OpenRow(row, Window(at("8.00"), at("14.00"))) for row in ("G:A", "G:B", "G:C", "R:C")
    ),
)

ALONE = {
    "a parade through a row with stalls": (
        booked(1, "13.30-15.00", STREET, crosses=("G:A",), day=SATURDAY),
        ["row serious 13.30-14.00", "closure mild 13.30-15.00"],
    ),
    "a parade when the market is over": (booked(1, "18.00-19.00", crosses=("G:A",)), []),
    "a parade through another row": (booked(1, "10.00-11.00", crosses=("S:S",)), []),
    "a parade through a row that nobody has been given yet": (
        booked(1, "13.00-15.00", crosses=("G:C",)), ["row_free mild 13.00-14.00"],
    ),
    "a parade through both": (
        booked(1, "13.00-15.00", crosses=("G:A", "G:C")),
        ["row serious 13.00-14.00", "row_free mild 13.00-14.00"],
    ),
    "a parade some time in the afternoon": (
        booked(1, "afternoon", crosses=("G:B",)), ["row mild 12.00-14.00"],
    ),
    "a vendor who sings and has a stall": (
        booked(1, "10.00-11.00", who=OF_MARKET), ["vendor mild 10.00-11.00"],
    ),
    "a vendor who sings in the evening": (booked(1, "20.00-21.00", who=OF_MARKET), []),
    "setting up in a closed street": (
        booked(1, "17.30-19.00", STREET, work=(60, 0)), ["closure mild 16.30-17.00"],
    ),
    "in a street that is open again": (booked(1, "17.30-19.00", STREET), []),
    "through the row of a closed street": (
        booked(1, "12.00-13.00", crosses=("R:C",)),
        ["crosses_closure serious 12.00-13.00", "row_free mild 12.00-13.00"],
    ),
    "elsewhere": (booked(1, "12.00-13.00"), []),
}  # fmt: skip


@pytest.mark.parametrize(("one", "expected"), ALONE.values(), ids=ALONE)
def test_what_is_around(one: Booking, expected: list[str]) -> None:
    assert [said(clash) for clash in clashes([one], AROUND)] == expected


def test_a_draft_yields_and_the_serious_comes_first() -> None:
    published = booked(9, "10.00-12.00")
    draft = booked(3, "11.00-13.00", published=False)
    unsure = booked(1, "to_be_announced")
    found = clashes([published, draft, unsure])
    assert [
        (one.severity, one.first.event_id, one.other and one.other.event_id) for one in found
    ] == [
        ("serious", 3, 9),
        ("mild", 9, 1),
        ("mild", 3, 1),
    ]


def test_where_there_would_be_room() -> None:
    morning = booked(1, "9.00-11.00", work=(0, 15))
    noon = booked(2, "13.00-14.00", work=(30, 0))
    mine = booked(3, "10.00-11.00", work=(10, 5))
    assert free_times(mine, [morning, noon, mine]) == Free(at("7.55"), at("11.25"))
    longer = booked(3, "10.00-12.00", work=(10, 5))
    assert free_times(longer, [morning, noon]) == Free(at("6.55"), at("14.10"))
    [clash, *_rest] = clashes_of(mine, [morning, noon])
    assert clash.free == Free(at("7.55"), at("11.25"))
    whole_day = booked(4, "0.00-23.55", day=SATURDAY)
    assert free_times(mine, [whole_day]) == Free()


def test_room_is_looked_for_with_performers_and_rows_in_mind() -> None:
    before = booked(1, "10.00-12.00", CASTLE, who=CHOIR)
    mine = booked(2, "11.00-12.00", who=CHOIR)
    assert free_times(mine, [before]) == Free(at("8.40"), at("12.20"))
    parade = booked(3, "13.30-14.30", crosses=("G:A",))
    assert free_times(parade, [], AROUND) == Free(at("7.00"), at("14.00"))


def test_a_closure_counts_on_each_of_its_days_and_past_midnight() -> None:
    closure = StreetClosure(
        name={"lv": "Pils iela"}, first_day=SATURDAY, last_day=SUNDAY, starts=time(22), ends=time(2)
    )
    windows = [one.window for one in closed_on(closure, SATURDAY, SUNDAY)]
    assert windows == [
        Window(at("22.00"), at("26.00")),
        Window(at("22.00", SUNDAY), at("26.00", SUNDAY)),
    ]
    assert closed_on(closure, SUNDAY, SUNDAY) == closed_on(closure, SATURDAY, SUNDAY)[1:]


def test_a_night_in_which_the_clock_is_set_back_is_an_hour_longer() -> None:
    night = date(2027, 10, 30)
    dance = booked(1, "23.00-4.00", day=night)
    assert dance.itself and dance.itself.minutes == 6 * 60


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [(SQUARE, SQUARE, 0), (SQUARE, STREET, 3), (SQUARE, CASTLE, 19), (SQUARE, NOWHERE, None)],
)
def test_the_way_of_performers(one: Venue, other: Venue, minutes: int | None) -> None:
    assert minutes_to_move(booked(1, "10.00-", one), booked(2, "12.00-", other)) == minutes
