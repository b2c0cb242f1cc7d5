"""Public holidays, what a market may do on them, and the calendar that tells both."""

from datetime import date, time

import pytest

from market.days.calendar_of_days import calendar_day, months, occasions_on, weekly_clash
from market.days.holidays import Holiday, hours_for, public_holidays, shorter
from market.days.hours import Open
from market.days.models import MarketDay, SpecialDay, WeeklyHours

YEAR = date(2026, 1, 1)
WEEK = [
    WeeklyHours(
        id=number, site_id=1, weekday=weekday, opens=time(8), closes=time(14), valid_from=YEAR
    )
    for number, weekday in enumerate((1, 4, 5), start=1)
]
LAW = {
    "2026-01-01": "closed",
    "2026-04-03": "as_usual",
    "2026-04-05": "closed",
    "2026-05-04": "as_usual",
    "2026-06-23": "fair",
    "2026-06-24": "closed",
    "2026-11-18": "shorter",
    "2026-12-24": "shorter",
    "2026-12-25": "closed",
    "2026-12-26": "closed",
    "2026-12-31": "shorter",
    "2027-03-28": "closed",
}


@pytest.mark.parametrize("day", LAW)
def test_holidays_are_known_by_law_with_a_suggestion(day: str) -> None:
    found = {one.day.isoformat(): one for one in public_holidays(YEAR, date(2027, 12, 31))}
    assert found[day].advice == LAW[day]
    assert set(found[day].name) == {"lv", "en"}
    assert found[day].name["lv"] != found[day].name["en"]


def test_holidays_on_a_weekend_give_a_free_monday_and_moved_days_are_told_as_such() -> None:
    found = {one.day: one for one in public_holidays(YEAR, date(2028, 12, 31))}
    assert date(2028, 11, 20) in found
    assert found[date(2026, 6, 22)].is_moved
    assert found[date(2026, 6, 22)].advice == "as_usual"
    assert not found[date(2026, 6, 23)].is_moved


def test_only_the_days_asked_for_are_told() -> None:
    found = public_holidays(date(2026, 12, 25), date(2027, 1, 1))
    assert [one.day.isoformat() for one in found] == [
        "2026-12-25",
        "2026-12-26",
        "2026-12-31",
        "2027-01-01",
    ]


SHORTER = {
    (time(8), time(14)): (time(8), time(12)),
    (time(8), time(11)): (time(8), time(10)),
    (time(8), time(9)): (time(8), time(9)),
}


@pytest.mark.parametrize("hours", SHORTER)
def test_a_shorter_day_ends_two_hours_earlier_and_still_is_a_day(hours: tuple[time, time]) -> None:
    assert shorter(Open(YEAR, *hours)) == SHORTER[hours]


def test_hours_that_follow_advice() -> None:
    usual = Open(YEAR, time(8), time(14))
    assert hours_for("closed", usual) is None
    assert hours_for("as_usual", usual) == (time(8), time(14))
    assert hours_for("fair", usual) == (time(8), time(14))
    assert hours_for("fair", None) == (time(9), time(15))


TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def holiday(day: date, moved: bool = False) -> Holiday:
    return Holiday(day, {"lv": "Svētki", "en": "Holiday"}, moved)


def own(day: date, advice: str) -> SpecialDay:
    return SpecialDay(day=day, name={"lv": "Katrīnas"}, advice=advice)


SUGGESTED = {
    "a holiday on a market day": (TUESDAY, [holiday(TUESDAY)], [], None, "as_usual"),
    "a holiday on another day": (WEDNESDAY, [holiday(WEDNESDAY)], [], None, None),
    "an own fair on a market day": (TUESDAY, [], [own(TUESDAY, "fair")], None, "fair"),
    "an own fair on another day": (WEDNESDAY, [], [own(WEDNESDAY, "fair")], None, "fair"),
    "an own shorter day": (TUESDAY, [holiday(TUESDAY)], [own(TUESDAY, "shorter")], None, "shorter"),
    "an own closed day when there is no market": (
        WEDNESDAY,
        [],
        [own(WEDNESDAY, "closed")],
        None,
        None,
    ),
    "decided already": (
        TUESDAY,
        [holiday(TUESDAY)],
        [],
        MarketDay(site_id=1, day=TUESDAY),
        None,
    ),
    "nothing special": (TUESDAY, [], [], None, None),
}


@pytest.mark.parametrize("case", SUGGESTED)
def test_what_is_suggested(case: str) -> None:
    day, by_law, special, row, wanted = SUGGESTED[case]
    found = calendar_day(day, WEEK, [row] if row else [], occasions_on(day, by_law, special))
    assert found.suggestion == wanted


def test_a_month_lists_market_days_exceptions_and_occasions_alone() -> None:
    rows = [MarketDay(site_id=1, day=date(2026, 11, 27), cancelled=True)]
    found = months(date(2026, 11, 23), date(2026, 12, 1), WEEK, rows, [], [own(WEDNESDAY, "fair")])
    assert [(month.year, month.number) for month in found] == [(2026, 11), (2026, 12)]
    assert [day.day.day for month in found for day in month.days] == [24, 25, 27, 28, 1]


CLASHES = {
    "the same weekday without an end": (1, date(2027, 1, 1), None, True),
    "another weekday": (2, date(2027, 1, 1), None, False),
    "before it began": (1, date(2025, 1, 1), date(2025, 12, 31), False),
    "until it began": (1, date(2025, 1, 1), date(2026, 1, 1), True),
}


@pytest.mark.parametrize("case", CLASHES)
def test_a_weekday_has_one_pattern_at_a_time(case: str) -> None:
    weekday, first, last, clashes = CLASHES[case]
    assert (weekly_clash(weekday, first, last, WEEK, None) is not None) == clashes


def test_a_line_does_not_clash_with_itself() -> None:
    assert weekly_clash(1, YEAR, None, WEEK, own_id=1) is None
