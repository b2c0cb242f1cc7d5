"""When events happen: the days they are listed under, their order, what is on now and next."""

from datetime import UTC, date, datetime, time

import pytest

from market.days.festivals import Countdown, countdown, next_rose_festival, rose_festival_days
from market.days.models import Festival
from market.programme import schedule
from market.programme.models import Event, Venue
from market.programme.schedule import (
    Item,
    Span,
    by_venue,
    hour_on,
    listed_days,
    local_time,
    moment,
    now_and_next,
    programme,
    span,
)

SATURDAY, SUNDAY, MONDAY = date(2027, 7, 17), date(2027, 7, 18), date(2027, 7, 19)
SPRING_NIGHT = date(2027, 3, 28)
"""At 3.00 the clock is set to 4.00."""
AUTUMN_NIGHT = date(2027, 10, 31)
"""At 4.00 the clock is set back to 3.00."""


def at(text: str) -> time:
    """ "24.00" is 0.00."""
    hour, minute = text.split(".")
    return time(int(hour) % 24, int(minute))


def event(
    title: str,
    day: date,
    starts: str = "",
    ends: str = "",
    last_day: date | None = None,
    hour: str = "exact",
    state: str = "confirmed",
) -> Event:
    """An event as it stands in the table."""
    return Event(
        title={"lv": title},
        uid=title,
        first_day=day,
        last_day=last_day or day,
        hour=hour,
        starts=at(starts) if starts else None,
        ends=at(ends) if ends else None,
        state=state,
    )


def items(*events: Event) -> list[Item]:
    return [Item(one, None) for one in events]


def titles(found: object) -> list[str]:
    return [one.event.title["lv"] for one in found]  # type: ignore[attr-defined]


def test_an_event_lasts_from_its_first_day_and_hour_to_its_last() -> None:
    cases = {
        "concert": (event("a", SATURDAY, "18.00", "20.00"), (17, 18, 0), (17, 20, 0)),
        "open end": (event("a", SATURDAY, "18.00"), (17, 18, 0), None),
        "ball past midnight": (
            event("a", SATURDAY, "22.00", "2.00", SUNDAY),
            (17, 22, 0),
            (18, 2, 0),
        ),
        "last day forgotten": (
            event("a", SATURDAY, "22.00", "2.00"),
            (17, 22, 0),
            (18, 2, 0),
        ),
        "until 24.00": (event("a", SATURDAY, "19.00", "24.00", SUNDAY), (17, 19, 0), (18, 0, 0)),
        "from 24.00": (event("a", SUNDAY, "24.00", "1.00"), (18, 0, 0), (18, 1, 0)),
        "two days": (event("a", SATURDAY, "12.00", "15.00", SUNDAY), (17, 12, 0), (18, 15, 0)),
        "the end is the beginning": (event("a", SATURDAY, "10.00", "10.00"), (17, 10, 0), None),
    }
    for name, (one, starts, ends) in cases.items():
        expected = Span(
            datetime(2027, 7, *starts), datetime(2027, 7, *ends) if ends is not None else None
        )
        assert span(one) == expected, name


@pytest.mark.parametrize("hour", ["morning", "afternoon", "evening", "all_day", "to_be_announced"])
def test_without_an_exact_hour_there_is_no_span(hour: str) -> None:
    assert span(event("a", SATURDAY, hour=hour)) is None


def test_people_find_an_event_under_the_days_they_look_for() -> None:
    cases = {
        "one day": (event("a", SATURDAY, "18.00"), [SATURDAY]),
        "24.00 on Saturday": (event("a", SUNDAY, "24.00"), [SATURDAY]),
        "24.00 until 1.00": (event("a", SUNDAY, "24.00", "1.00"), [SATURDAY]),
        "past midnight": (event("a", SATURDAY, "22.00", "2.00", SUNDAY), [SATURDAY]),
        "until the morning": (event("a", SATURDAY, "22.00", "7.00", SUNDAY), [SATURDAY, SUNDAY]),
        "before sunrise": (event("a", SUNDAY, "4.30"), [SUNDAY]),
        "three days": (
            event("a", SATURDAY, last_day=MONDAY, hour="all_day"),
            [SATURDAY, SUNDAY, MONDAY],
        ),
    }
    assert {name: listed_days(one) for name, (one, _) in cases.items()} == {
        name: days for name, (_, days) in cases.items()
    }


def test_a_line_says_the_hour_as_people_say_it_on_that_day() -> None:
    drummers = event("a", SUNDAY, "24.00", "1.00")
    camp = event("a", SATURDAY, "12.00", "15.00", SUNDAY)
    show = event("a", SATURDAY, last_day=SUNDAY, hour="all_day")
    assert hour_on(drummers, SATURDAY) == "midnight"
    assert (hour_on(camp, SATURDAY), hour_on(camp, SUNDAY)) == ("exact", "continues")
    assert (hour_on(show, SATURDAY), hour_on(show, SUNDAY)) == ("all_day", "all_day")
    assert hour_on(event("a", SATURDAY, hour="evening"), SATURDAY) == "evening"


def test_the_lines_of_a_day_stand_in_order() -> None:
    found = programme(
        items(
            event("to be announced", SATURDAY, hour="to_be_announced"),
            event("all day", SATURDAY, hour="all_day"),
            event("drummers", SUNDAY, "24.00"),
            event("evening", SATURDAY, hour="evening"),
            event("camp", date(2027, 7, 16), "12.00", "15.00", SUNDAY),
            event("ten", SATURDAY, "10.00"),
            event("afternoon", SATURDAY, hour="afternoon"),
            event("nine", SATURDAY, "9.00", state="cancelled"),
            event("also ten", SATURDAY, "10.00"),
            event("morning", SATURDAY, hour="morning"),
            event("on Sunday", SUNDAY, "9.00"),
        ),
        SATURDAY,
        SATURDAY,
    )
    assert [day.day for day in found] == [SATURDAY]
    assert titles(line.item for line in found[0].lines) == [
        "nine",
        "also ten",
        "ten",
        "drummers",
        "morning",
        "afternoon",
        "evening",
        "camp",
        "all day",
        "to be announced",
    ]


def test_an_event_of_several_days_is_listed_on_each_or_once() -> None:
    show = items(event("show", date(2027, 7, 10), last_day=MONDAY, hour="all_day"))
    each = programme(show, SATURDAY, MONDAY)
    assert [(day.day, day.lines[0].until) for day in each] == [
        (SATURDAY, MONDAY),
        (SUNDAY, MONDAY),
        (MONDAY, None),
    ]
    assert [day.day for day in programme(show, SATURDAY, MONDAY, once=True)] == [SATURDAY]


def test_a_line_says_the_end_that_belongs_to_it() -> None:
    cases = {
        "concert": (event("a", SATURDAY, "18.00", "20.00"), at("20.00")),
        "ball": (event("a", SATURDAY, "22.00", "2.00", SUNDAY), at("2.00")),
        "open": (event("a", SATURDAY, "18.00"), None),
        "camp": (event("a", SATURDAY, "12.00", "15.00", SUNDAY), None),
        "evening": (event("a", SATURDAY, hour="evening"), None),
    }
    for name, (one, ends) in cases.items():
        [day] = programme(items(one), SATURDAY, SATURDAY)
        assert day.lines[0].ends == ends, name


def test_lines_are_gathered_by_venue() -> None:
    church, square = Venue(slug="church", name={"lv": "B"}), Venue(slug="square", name={"lv": "L"})
    [day] = programme(
        [
            Item(event("service", SATURDAY, "10.00"), church),
            Item(event("wreath", SATURDAY, "9.00"), square),
            Item(event("concert", SATURDAY, "18.00"), church),
            Item(event("somewhere", SATURDAY, "8.00"), None),
        ],
        SATURDAY,
        SATURDAY,
    )
    found = [(venue.slug, titles(x.item for x in lines)) for venue, lines in by_venue(day.lines)]
    assert found == [("square", ["wreath"]), ("church", ["service", "concert"])]


DAY = items(
    event("fair", SATURDAY, "9.00", "17.00"),
    event("wreath", SATURDAY, "10.00"),
    event("picnic", SATURDAY, hour="afternoon"),
    event("show", SATURDAY, last_day=SUNDAY, hour="all_day"),
    event("walk", SATURDAY, hour="morning"),
    event("somewhen", SATURDAY, hour="to_be_announced"),
    event("called off", SATURDAY, "10.00", state="cancelled"),
    event("moved", SATURDAY, "12.30", state="postponed"),
    event("parade", SATURDAY, "18.00", "19.30"),
    event("dance", SATURDAY, "18.00", "3.00", SUNDAY),
    event("drummers", SUNDAY, "24.00", "1.00"),
    event("service", SUNDAY, "10.00", "11.00"),
)

FOUR = ["picnic", "show", "walk", "somewhen"]
BOTH = ["parade", "dance"]


@pytest.mark.parametrize(
    ("clock", "now", "following", "some_time"),
    [
        ("17 8.59", [], ["fair"], FOUR),
        ("17 9.00", ["fair"], ["wreath"], FOUR),
        (
            "17 11.59",
            ["fair", "wreath"],
            ["parade", "dance"],
            ["picnic", "show", "walk", "somewhen"],
        ),
        ("17 12.00", ["fair"], BOTH, ["picnic", "show", "somewhen"]),
        ("17 17.00", [], BOTH, ["picnic", "show", "somewhen"]),
        ("17 18.00", BOTH, ["drummers"], ["show", "somewhen"]),
        ("17 19.30", ["dance"], ["drummers"], ["show", "somewhen"]),
        ("18 0.00", ["dance", "drummers"], ["service"], ["show"]),
        ("18 2.59", ["dance"], ["service"], ["show"]),
        ("18 3.00", [], ["service"], ["show"]),
        ("18 11.00", [], [], ["show"]),
        ("19 9.00", [], [], []),
    ],
)
def test_what_is_on_now_and_next(
    clock: str, now: list[str], following: list[str], some_time: list[str]
) -> None:
    day, hour = clock.split()
    found = now_and_next(DAY, datetime.combine(date(2027, 7, int(day)), at(hour)))
    assert titles(found.now) == now
    assert titles(found.next) == following
    assert titles(found.some_time_today) == some_time


def test_an_open_end_counts_as_two_hours_and_over_several_days_until_the_last() -> None:
    talk = items(event("talk", SATURDAY, "18.00"))
    assert titles(now_and_next(talk, datetime(2027, 7, 17, 19, 59)).now) == ["talk"]
    assert now_and_next(talk, datetime(2027, 7, 17, 20, 0)).now == ()
    camp = items(event("camp", SATURDAY, "18.00", last_day=SUNDAY))
    assert titles(now_and_next(camp, datetime(2027, 7, 18, 23, 59)).now) == ["camp"]
    assert now_and_next(camp, datetime(2027, 7, 19, 0, 0)).now == ()


# The two nights in which the clock is changed.


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2027-03-28T02:59", "2027-03-28T00:59"),
        ("2027-03-28T03:30", "2027-03-28T01:30"),
        ("2027-03-28T04:00", "2027-03-28T01:00"),
        ("2027-10-31T02:59", "2027-10-30T23:59"),
        ("2027-10-31T03:30", "2027-10-31T00:30"),
        ("2027-10-31T04:00", "2027-10-31T02:00"),
        ("2027-07-17T10:00", "2027-07-17T07:00"),
        ("2026-11-24T10:00", "2026-11-24T08:00"),
    ],
)
def test_the_clock_of_the_place_names_moments(local: str, utc: str) -> None:
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert moment(datetime.fromisoformat(local)) == expected


def test_an_hour_that_comes_twice_means_its_first_coming() -> None:
    dance = items(event("dance", date(2027, 10, 30), "22.00", "3.30", AUTUMN_NIGHT))
    half_past_three = datetime.combine(AUTUMN_NIGHT, time(3, 29))
    assert titles(now_and_next(dance, half_past_three).now) == ["dance"]
    assert now_and_next(dance, half_past_three.replace(fold=1)).now == ()
    assert local_time(datetime(2027, 10, 31, 1, 29, tzinfo=UTC)) == half_past_three
    assert local_time(datetime(2027, 10, 31, 1, 29, tzinfo=UTC)).fold == 1


def test_an_open_end_is_two_real_hours_away_in_both_nights() -> None:
    spring = items(event("fire", SPRING_NIGHT, "2.30"))
    assert titles(now_and_next(spring, datetime(2027, 3, 28, 5, 29)).now) == ["fire"]
    assert now_and_next(spring, datetime(2027, 3, 28, 5, 30)).now == ()
    autumn = items(event("fire", AUTUMN_NIGHT, "2.30"))
    assert titles(now_and_next(autumn, datetime(2027, 10, 31, 3, 29, fold=1)).now) == ["fire"]
    assert now_and_next(autumn, datetime(2027, 10, 31, 3, 30, fold=1)).now == ()


def test_an_end_that_the_change_of_the_clock_overtakes_is_no_end() -> None:
    found = span(event("watch", SPRING_NIGHT, "3.30", "4.00"))
    assert found == Span(datetime(2027, 3, 28, 3, 30), None)


def test_a_clock_with_one_offset_all_year_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: without the zone's changes the nights above go wrong."""
    monkeypatch.setattr(schedule, "moment", lambda local: local.replace(tzinfo=UTC, fold=0))
    with pytest.raises(AssertionError):
        test_an_hour_that_comes_twice_means_its_first_coming()
    with pytest.raises(AssertionError):
        test_an_open_end_is_two_real_hours_away_in_both_nights()


# The festival.


def test_the_rose_festival_is_around_the_third_saturday_of_july() -> None:
    assert rose_festival_days(2016) == (date(2016, 7, 15), date(2016, 7, 17))
    assert rose_festival_days(2025) == (date(2025, 7, 18), date(2025, 7, 20))
    assert rose_festival_days(2027) == (date(2027, 7, 16), date(2027, 7, 18))


def test_the_next_festival_is_the_one_that_is_on_until_its_last_evening() -> None:
    assert next_rose_festival(date(2026, 11, 24))[0] == date(2027, 7, 16)
    assert next_rose_festival(date(2027, 7, 18))[0] == date(2027, 7, 16)
    assert next_rose_festival(date(2027, 7, 19))[0] == date(2028, 7, 14)


def test_the_countdown_ends_when_the_festival_begins() -> None:
    festival = Festival(
        slug="f",
        name={"lv": "Svētki"},
        intro={"lv": "…"},
        first_day=date(2027, 7, 16),
        last_day=date(2027, 7, 18),
    )
    assert countdown(festival, date(2027, 7, 15)) == Countdown(1, None, 3)
    assert countdown(festival, date(2027, 7, 16)) == Countdown(None, 1, 3)
    assert countdown(festival, date(2027, 7, 18)) == Countdown(None, 3, 3)
    assert countdown(festival, date(2027, 7, 19)) == Countdown(None, None, 3)
