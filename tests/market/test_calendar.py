"""Calendar files: read back by a machine, line by line, and held against the zone's own data."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr

from market.days.models import MarketDay, WeeklyHours
from market.programme import calendar
from market.programme.calendar import (
    Entry,
    SiteDay,
    calendar_file,
    days_of_site,
    market_day_uid,
    status_of,
    times_of,
)
from market.programme.models import Event

RIGA = ZoneInfo("Europe/Riga")
OURS = {
    "UID",
    "DTSTAMP",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "GEO",
    "URL",
    "STATUS",
    "TRANSP",
}


def entry(starts: datetime | date, ends: datetime | date | None = None, **other: object) -> Entry:
    values: dict[str, object] = {
        "uid": "demo-1@tirgus.example",
        "sequence": 0,
        "summary": "Rožu vainags",
        "description": "",
        "location": "Brīvības laukums, Tukums",
        "url": "https://tirgus.example/lv/notikums/1",
    }
    return Entry(starts=starts, ends=ends, **(values | other))  # type: ignore[arg-type]


def read_back(file: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(file).walk("VEVENT"))


def the_only(*entries: Entry) -> icalendar.Event:
    [found] = read_back(calendar_file("Programma", "lv", entries))
    return found


def instant(component: icalendar.Event, name: str) -> str:
    return component.decoded(name).astimezone(UTC).strftime("%d.%m. %H:%M")


CLOCKS = [
    # by the clock of the place: begins, ends; in UTC: begins, ends
    ("2027-07-17T10:00", "2027-07-17T13:00", "17.07. 07:00", "17.07. 10:00"),
    ("2026-11-24T08:00", "2026-11-24T14:00", "24.11. 06:00", "24.11. 12:00"),
    ("2027-07-17T22:00", "2027-07-18T02:00", "17.07. 19:00", "17.07. 23:00"),
    ("2027-07-18T00:00", "2027-07-18T01:00", "17.07. 21:00", "17.07. 22:00"),
    ("2027-03-27T22:00", "2027-03-28T05:00", "27.03. 20:00", "28.03. 02:00"),
    ("2027-03-28T02:30", "2027-03-28T04:30", "28.03. 00:30", "28.03. 01:30"),
    ("2027-03-28T03:30", "2027-03-28T05:00", "28.03. 01:30", "28.03. 02:00"),
    ("2027-10-30T22:00", "2027-10-31T05:00", "30.10. 19:00", "31.10. 03:00"),
    ("2027-10-31T03:30", "2027-10-31T04:30", "31.10. 00:30", "31.10. 02:30"),
]


def moments_are_right() -> None:
    for begins, ends, begins_utc, ends_utc in CLOCKS:
        found = the_only(entry(datetime.fromisoformat(begins), datetime.fromisoformat(ends)))
        moments = instant(found, "DTSTART"), instant(found, "DTEND")
        assert moments == (begins_utc, ends_utc), begins


def test_moments_are_right_in_summer_in_winter_past_midnight_and_in_both_nights_between() -> None:
    moments_are_right()


def test_a_calendar_with_one_offset_all_year_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: hours written with winter's offset from UTC."""
    winter = timezone(timedelta(hours=2))
    monkeypatch.setattr(calendar, "_zoned", lambda value: value.replace(tzinfo=winter))
    with pytest.raises(AssertionError):
        moments_are_right()


def changes_of(component: icalendar.cal.Component, year: int) -> list[datetime]:
    """When a rule changes the clock in a year, in UTC: its local time less the offset before it."""
    rule = component["RRULE"].to_ical().decode()
    local = rrulestr(rule, dtstart=component["DTSTART"].dt)
    found = local.between(datetime(year, 1, 1), datetime(year, 12, 31))
    return [(one - component["TZOFFSETFROM"].td).replace(tzinfo=UTC) for one in found]


def test_the_rule_of_summer_time_in_the_file_is_that_of_the_zone() -> None:
    parsed = icalendar.Calendar.from_ical(calendar_file("Programma", "lv", []))
    [zone] = parsed.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Riga"
    for year in range(2024, 2038):
        for component in zone.subcomponents:
            [change] = changes_of(component, year)
            before = (change - timedelta(seconds=1)).astimezone(RIGA).utcoffset()
            assert before == component["TZOFFSETFROM"].td, (component.name, year)
            assert change.astimezone(RIGA).utcoffset() == component["TZOFFSETTO"].td


def test_whole_days_end_with_the_day_after_and_leave_people_free() -> None:
    show = Event(
        title={"lv": "Izstāde"},
        uid="u",
        first_day=date(2027, 7, 16),
        last_day=date(2027, 7, 18),
        hour="all_day",
    )
    starts, ends = times_of(show)
    found = the_only(entry(starts, ends))
    assert found["DTSTART"].to_ical() == b"20270716"
    assert found["DTEND"].to_ical() == b"20270719"
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert found["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(
    ("status", "said"),
    [("CONFIRMED", "OPAQUE"), ("TENTATIVE", "TRANSPARENT"), ("CANCELLED", "TRANSPARENT")],
)
def test_what_is_off_leaves_people_free(status: str, said: str) -> None:
    found = the_only(entry(datetime(2027, 7, 17, 10), datetime(2027, 7, 17, 11), status=status))
    assert (found["STATUS"], found["TRANSP"]) == (status, said)


@pytest.mark.parametrize("hour", ["morning", "evening", "to_be_announced"])
def test_an_hour_that_is_not_exact_is_a_day(hour: str) -> None:
    day = date(2027, 7, 17)
    one = Event(title={"lv": "a"}, uid="u", first_day=day, last_day=day, hour=hour)
    assert times_of(one) == (day, date(2027, 7, 18))


def test_an_open_end_stays_open() -> None:
    found = the_only(entry(datetime(2027, 7, 17, 18, 0)))
    assert "DTEND" not in found
    assert "DURATION" not in found


def test_the_state_of_an_event_is_its_status() -> None:
    day = date(2027, 7, 17)
    states = {
        state: status_of(
            Event(title={"lv": "a"}, uid="u", first_day=day, last_day=day, state=state)
        )
        for state in ("confirmed", "cancelled", "postponed")
    }
    assert states == {
        "confirmed": "CONFIRMED",
        "cancelled": "CANCELLED",
        "postponed": "TENTATIVE",
    }


def test_an_entry_that_changes_keeps_its_uid_and_grows() -> None:
    first = the_only(entry(datetime(2027, 7, 17, 10, 0)))
    second = the_only(entry(datetime(2027, 7, 17, 11, 0), sequence=1))
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert first.decoded("DTSTAMP") < second.decoded("DTSTAMP")


def test_the_same_programme_is_the_same_file() -> None:
    one = entry(datetime(2027, 7, 17, 10, 0))
    assert calendar_file("P", "lv", [one]) == calendar_file("P", "lv", [one])


BREAKS = "\r\nATTENDEE:mailto:a@b.example\rBEGIN:VALARM\nX;Y,Z\\n\x0b\x85\u2028EX:1"
HOSTILE = f"Vainags „ā“ <img onerror> ${{x}}{BREAKS}"


def test_a_hostile_title_stays_text() -> None:
    file = calendar_file(
        HOSTILE,
        "lv",
        [
            entry(
                datetime(2027, 7, 17, 10, 0),
                datetime(2027, 7, 17, 11, 0),
                uid=HOSTILE,
                summary=HOSTILE,
                description=HOSTILE,
                location=HOSTILE,
                point=(56.97, 23.15),
            )
        ],
    )
    [found] = read_back(file)
    assert set(found) == OURS
    assert found.subcomponents == []
    assert found["SUMMARY"] == calendar.plain(HOSTILE)
    names = [
        line.split(b":")[0].split(b";")[0] for line in file.replace(b"\r\n ", b"").split(b"\r\n")
    ]
    assert not {b"ATTENDEE", b"EX", b"X"} & set(names)
    assert names.count(b"BEGIN") == names.count(b"END") == 5


def test_lines_are_folded_by_octets_and_end_with_crlf() -> None:
    long = "Āčēģīķļņšūž „rozes“ – 🌹 " * 20
    file = calendar_file("Programma", "lv", [entry(date(2027, 7, 17), summary=long)])
    lines = file.split(b"\r\n")
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode("utf-8")
    assert read_back(file)[0]["SUMMARY"] == long


def test_the_calendar_says_whose_it_is() -> None:
    parsed = icalendar.Calendar.from_ical(calendar_file("Tukuma tirgus: programma", "lv", []))
    assert parsed["PRODID"] == calendar.PRODID
    assert parsed["VERSION"] == "2.0"
    assert parsed["X-WR-CALNAME"] == "Tukuma tirgus: programma"
    assert "METHOD" not in parsed


# Market days.

TUESDAYS = WeeklyHours(
    site_id=1, weekday=1, opens=time(8), closes=time(14), valid_from=date(2026, 1, 1)
)


def test_market_days_follow_the_pattern_and_its_exceptions() -> None:
    storm, fair, holiday = date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 8)
    words = {"lv": "Vētra."}
    found = list(
        days_of_site(
            date(2026, 11, 24),
            15,
            [TUESDAYS],
            [
                MarketDay(site_id=1, day=storm, cancelled=True, words=words),
                MarketDay(site_id=1, day=fair, kind="fair", opens=time(9), closes=time(16)),
                MarketDay(site_id=1, day=holiday),
            ],
        )
    )
    eight, two = time(8), time(14)
    assert found == [
        SiteDay(*_hours(date(2026, 11, 24), eight, two), False, None, None, 0),
        SiteDay(*_hours(storm, eight, two), True, None, words, 2),
        SiteDay(*_hours(fair, time(9), time(16)), False, None, None, 1),
    ]


def _hours(day: date, opens: time, closes: time) -> tuple[date, datetime, datetime]:
    return day, datetime.combine(day, opens), datetime.combine(day, closes)


def test_a_cancelled_day_outside_the_pattern_is_a_whole_day() -> None:
    day = date(2027, 7, 17)
    [found] = days_of_site(day, 1, [], [MarketDay(site_id=1, day=day, cancelled=True)])
    assert (found.starts, found.ends, found.cancelled) == (day, date(2027, 7, 18), True)


def test_a_market_day_is_known_by_site_and_day() -> None:
    assert market_day_uid("tirgus", date(2026, 11, 24)) == "tirgus-2026-11-24@tukuma-tirgus"
