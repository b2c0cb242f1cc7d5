"""Whether a vendor comes: one table of cases, and every question to the database agrees with it."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from app.database import Database
from market.days.attendance import (
    Absent,
    Attendance,
    Coming,
    InTime,
    Late,
    NotAsked,
    Pattern,
    expected,
    notice,
    pattern_of,
    problem_of_absence,
)
from market.days.models import Absence, MarketDay, Placement, Presence, VendorWeekday
from market.days.queries import next_days_of, presences_on, sayings
from market.places.models import Stall
from market.signs.answers import Away, Here, answer
from market.signs.models import Sign
from market.signs.scene import scene_of
from vendors.registry.models import Vendor

TUESDAY, FRIDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 28)
ONLY_FRIDAYS = Pattern(TUESDAY, frozenset({4}))
AWAY = [Absence(vendor_id=1, first_day=date(2026, 11, 20), last_day=date(2026, 12, 1))]
LONGER = [*AWAY, Absence(vendor_id=1, first_day=TUESDAY, last_day=date(2026, 12, 9))]

CASES: dict[str, tuple[dict[str, object], Attendance]] = {
    "nothing was said": ({}, Coming()),
    "nothing was said and no place given": ({"has_place": False}, NotAsked()),
    "they are here": ({"presence": "present"}, Coming("present")),
    "they are late": ({"presence": "late"}, Coming("late")),
    "they will not come": ({"presence": "absent"}, Absent("said")),
    "they will not come, without a place": (
        {"presence": "absent", "has_place": False},
        Absent("said"),
    ),
    "a long absence": ({"absences": AWAY}, Absent("long", date(2026, 12, 1))),
    "two absences": ({"absences": LONGER}, Absent("long", date(2026, 12, 9))),
    "the last day of an absence": (
        {"day": date(2026, 12, 1), "absences": AWAY},
        Absent("long", date(2026, 12, 1)),
    ),
    "the day after an absence": ({"day": date(2026, 12, 2), "absences": AWAY}, Coming()),
    "an absence, but they come all the same": (
        {"absences": AWAY, "presence": "present"},
        Coming("present"),
    ),
    "a weekday they do not come on": ({"pattern": ONLY_FRIDAYS}, Absent("weekday")),
    "a weekday they come on": ({"day": FRIDAY, "pattern": ONLY_FRIDAYS}, Coming()),
    "before the pattern began": (
        {"day": TUESDAY - timedelta(days=7), "pattern": ONLY_FRIDAYS},
        Coming(),
    ),
    "a weekday they do not come on, but this time": (
        {"pattern": ONLY_FRIDAYS, "presence": "late"},
        Coming("late"),
    ),
    "a fair on such a weekday": ({"pattern": ONLY_FRIDAYS, "is_ordinary": False}, Coming()),
    "a fair within an absence": (
        {"absences": AWAY, "is_ordinary": False},
        Absent("long", date(2026, 12, 1)),
    ),
    "an absence and a weekday": (
        {"absences": AWAY, "pattern": ONLY_FRIDAYS},
        Absent("long", date(2026, 12, 1)),
    ),
}


@pytest.mark.parametrize(("given", "found"), CASES.values(), ids=CASES)
def test_whether_a_vendor_comes(given, found):
    assert expected(**{"day": TUESDAY, **given}) == found


def test_a_vendor_without_rows_has_no_pattern():
    rows = [VendorWeekday(vendor_id=1, weekday=day, since=TUESDAY) for day in (1, 4)]
    assert pattern_of([]) is None
    assert pattern_of(rows) == Pattern(TUESDAY, frozenset({1, 4}))


@pytest.mark.parametrize(
    ("said_at", "found"),
    [
        (datetime(2026, 11, 20, 9, 0), InTime(datetime(2026, 11, 23, 18, 0))),
        (datetime(2026, 11, 23, 18, 0), InTime(datetime(2026, 11, 23, 18, 0))),
        (datetime(2026, 11, 23, 18, 1), Late(datetime(2026, 11, 23, 18, 0))),
        (datetime(2026, 11, 24, 6, 0), Late(datetime(2026, 11, 23, 18, 0))),
    ],
)
def test_the_office_must_know_the_evening_before(said_at, found):
    assert notice(said_at, TUESDAY) == found
    assert isinstance(notice(datetime(2026, 11, 23, 18, 1), TUESDAY, time(20)), InTime)


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        (TUESDAY, TUESDAY, None),
        (TUESDAY, TUESDAY + timedelta(days=366), None),
        (TUESDAY, TUESDAY + timedelta(days=367), "too_long"),
        (FRIDAY, TUESDAY, "order"),
        (date(2027, 11, 25), date(2027, 11, 25), None),
        (date(2027, 11, 26), date(2027, 11, 26), "far"),
        (date.max, date.max, "far"),
        (TUESDAY - timedelta(days=1), FRIDAY, "past"),
    ],
)
def test_an_absence_lies_ahead_and_lasts_a_year_at_most(first, last, problem):
    assert problem_of_absence(first, last, TUESDAY) == problem


def vendors_with_everything(session) -> list[int]:
    """Vendors of the demonstration, each of whom has said something else."""
    ids = [one for one in session.exec(select(Vendor.id).order_by(Vendor.id).limit(8)) if one]
    for table in (Presence, Absence, VendorWeekday):
        for row in session.exec(select(table)).all():
            session.delete(row)
    session.flush()
    session.add(Presence(vendor_id=ids[0], day=TUESDAY, state="absent"))
    session.add(Absence(vendor_id=ids[1], first_day=TUESDAY, last_day=FRIDAY))
    session.add(Absence(vendor_id=ids[2], first_day=TUESDAY, last_day=FRIDAY))
    session.add(Presence(vendor_id=ids[2], day=TUESDAY, state="late"))
    for number, days in ((3, (1, 4)), (4, (4,)), (5, (5,)), (6, (4, 5))):
        for weekday in days:
            since = TUESDAY if number < 6 else FRIDAY
            session.add(VendorWeekday(vendor_id=ids[number], weekday=weekday, since=since))
    session.add(Presence(vendor_id=ids[5], day=TUESDAY, state="present"))
    session.commit()
    return ids


def test_every_question_to_the_database_agrees_with_the_rule(demo_market: Database):
    with demo_market.writing() as session:
        ids = vendors_with_everything(session)
        on_tuesday = presences_on(session, TUESDAY)
        assert [on_tuesday.get(one, "expected") for one in ids] == [
            "absent", "absent", "late", "expected", "absent", "present", "expected", "expected",
        ]  # fmt: skip
        for step in range(9):
            day = TUESDAY + timedelta(days=step)
            said, all_said = presences_on(session, day), sayings(session, None, day, day)
            some = sayings(session, ids, TUESDAY, TUESDAY + timedelta(days=8))
            for one in ids:
                state = said.get(one, "expected")
                assert state == some.state(one, day) == all_said.state(one, day)


def test_a_fair_is_not_part_of_the_weekly_pattern(demo_market: Database):
    with demo_market.writing() as session:
        ids = vendors_with_everything(session)
        session.add(MarketDay(site_id=1, day=TUESDAY, kind="fair", opens=time(8), closes=time(16)))
        session.commit()
        assert presences_on(session, TUESDAY).get(ids[4]) is None
        assert sayings(session, ids, TUESDAY, TUESDAY).state(ids[4], TUESDAY) == "expected"


def holder_of(session, number: str) -> tuple[int, Sign]:
    """Who has a stall on the Tuesday, and the stall's sign."""
    return session.exec(
        select(Placement.vendor_id, Sign)
        .join(Sign, Sign.stall_id == Placement.stall_id)
        .join(Stall, Stall.id == Placement.stall_id)
        .where(Stall.number == number, Placement.day == TUESDAY)
    ).one()


def questions_of(market: Database) -> int:
    """How many questions the answer of A1's sign takes."""
    asked: list[str] = []

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    with market.reading() as session:
        _vendor, sign = holder_of(session, "A1")
        event.listen(market.engine, "before_cursor_execute", note)
        scene_of(session, sign, datetime(2026, 11, 24, 10))
        event.remove(market.engine, "before_cursor_execute", note)
    return len(asked)


def test_a_sign_knows_of_absences_with_as_many_questions_as_before(demo_market: Database):
    ten = datetime(2026, 11, 24, 10)
    with demo_market.writing() as session:
        vendor_id, sign = holder_of(session, "A1")
        for row in session.exec(select(Presence).where(Presence.vendor_id == vendor_id)).all():
            session.delete(row)
        session.commit()
        assert isinstance(answer(scene_of(session, sign, ten)), Here)
        before = questions_of(demo_market)
        session.add(Absence(vendor_id=vendor_id, first_day=TUESDAY, last_day=SATURDAY))
        session.commit()
        session.refresh(sign)
        found = answer(scene_of(session, sign, ten))
        assert isinstance(found, Away)
        assert found.next_visit is not None
        assert found.next_visit.day > SATURDAY
        assert next_days_of(session, vendor_id, TUESDAY)[0][0].day == found.next_visit.day
        assert questions_of(demo_market) == before


def test_twin_a_sign_that_reads_only_what_was_said_of_the_day_is_found_out(
    demo_market: Database, monkeypatch
):
    """The twin: with absences forgotten, the sign would promise a vendor who is away."""
    monkeypatch.setattr("market.days.attendance.Sayings.state", lambda *_: "expected")
    with demo_market.writing() as session:
        vendor_id, sign = holder_of(session, "A1")
        session.add(Absence(vendor_id=vendor_id, first_day=TUESDAY, last_day=SATURDAY))
        session.commit()
        session.refresh(sign)
        found = answer(scene_of(session, sign, datetime(2026, 11, 24, 10)))
        assert not isinstance(found, Away)
