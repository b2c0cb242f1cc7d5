"""The evening before a market day: letters to those who wish them, a sheet of calls for others."""

import time as stopwatch
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlmodel import Session, delete, select

import app.reminders
from app.mail import Sent
from app.outbox import post as really_post
from app.records import Letter
from app.reminders import call_list, expected_on, make_reminders
from market.days.models import Absence, MarketDay, Placement, Presence, VendorWeekday
from market.days.queries import hour_set, set_hour
from market.days.settings import REMINDER_HOUR, hour_typed
from market.places.models import Stall
from tests.reading_paper import texts_of
from tests.real_server import real_server
from vendors.registry.models import Vendor

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
EVENING = datetime(2026, 11, 26, 17, 0)


@pytest.fixture
def evening(demo_app: Flask) -> Iterator[Flask]:
    """Thursday at five o'clock; of all vendors two wish reminders."""
    demo_app.config["NOW"] = EVENING
    with changing(demo_app) as session:
        for vendor in session.exec(select(Vendor)):
            vendor.wants_reminders, vendor.email, vendor.phone = False, None, None
            session.add(vendor)
        for table in (Presence, Absence, VendorWeekday):
            session.exec(delete(table))
        for number, vendor in enumerate(placed_on(session, FRIDAY)[:3]):
            vendor.email, vendor.wants_reminders = f"v{number}@example.org", number < 2
            session.add(vendor)
    with demo_app.app_context():
        yield demo_app


@contextmanager
def changing(found: Flask) -> Iterator[Session]:
    with found.extensions["database"].writing() as session:
        yield session
        session.commit()


def placed_on(session: Session, day: date) -> list[Vendor]:
    """The vendors with a place on a day."""
    return session.exec(
        select(Vendor)
        .where(Vendor.id.in_(select(Placement.vendor_id).where(Placement.day == day)))
        .order_by(Vendor.id)
    ).all()


def letters(found: Flask) -> list[Letter]:
    with changing(found) as session:
        rows = session.exec(select(Letter).order_by(Letter.recipient)).all()
        session.expunge_all()
        return rows


def recipients(found: Flask) -> list[str]:
    return [letter.recipient for letter in letters(found)]


def test_a_reminder_says_where_and_when_in_latvian(evening):
    assert make_reminders() == 2
    first, _second = letters(evening)
    with changing(evening) as session:
        vendor = session.exec(select(Vendor).where(Vendor.email == "v0@example.org")).one()
        stalls = session.exec(
            select(Stall.number)
            .join(Placement, Placement.stall_id == Stall.id)
            .where(Placement.vendor_id == vendor.id, Placement.day == FRIDAY)
            .order_by(Stall.id)
        ).all()
    where = ", ".join(stalls)
    word = "vieta" if len(stalls) == 1 else "vietas"
    assert first.subject == f"Rīt tirgū: {word} {where}, 8.00–14.00"
    assert "Rīt, piektdien, 27. novembrī, tirgus ir atvērts no plkst. 8.00" in first.body
    assert "šodien līdz plkst. 18.00" in first.body
    assert "https://tirgus.example/lv/mans/\n" in first.body
    assert first.useless_after.isoformat() == "2026-11-27T06:00:00+00:00"


def test_a_reminder_is_made_once_also_when_the_place_changes(evening):
    assert [make_reminders(), make_reminders()] == [2, 0]
    with changing(evening) as session:
        vendor = session.exec(select(Vendor).where(Vendor.email == "v0@example.org")).one()
        place = session.exec(
            select(Placement).where(Placement.vendor_id == vendor.id, Placement.day == FRIDAY)
        ).first()
        taken = select(Placement.stall_id).where(Placement.day == FRIDAY)
        place.stall_id = session.exec(select(Stall.id).where(Stall.id.not_in(taken))).first()
        session.add(place)
    assert make_reminders() == 0


def test_before_the_hour_nobody_is_reminded_and_the_office_sets_the_hour(evening):
    evening.config["NOW"] = datetime(2026, 11, 26, 16, 59)
    assert make_reminders() == 0
    with changing(evening) as session:
        set_hour(session, REMINDER_HOUR, hour_typed("16:30"))
    assert make_reminders() == 2


def test_after_the_cut_off_the_letter_asks_to_say_so_at_once(evening):
    evening.config["NOW"] = datetime(2026, 11, 26, 18, 30)
    make_reminders()
    assert "Ja nebūsiet, lūdzu, pasakiet to uzreiz:" in letters(evening)[0].body


@pytest.mark.parametrize("case", ["said", "long", "weekday", "paused", "unplaced", "cancelled"])
def test_whoever_does_not_come_is_neither_reminded_nor_called(evening, case):
    with changing(evening) as session:
        vendor = session.exec(select(Vendor).where(Vendor.email == "v0@example.org")).one()
        keep_away(session, vendor, case)
        left = {one.vendor.id for one in expected_on(session, FRIDAY)}
        assert vendor.id not in left
        assert vendor.id not in {one.vendor.id for one in call_list(session, FRIDAY)}
    make_reminders()
    assert recipients(evening) == ([] if case == "cancelled" else ["v1@example.org"])


def keep_away(session: Session, vendor: Vendor, case: str) -> None:
    """Let a vendor not come on Friday, for one of all reasons."""
    if case == "said":
        session.add(Presence(vendor_id=vendor.id, day=FRIDAY, state="absent"))
    elif case == "long":
        session.add(Absence(vendor_id=vendor.id, first_day=THURSDAY, last_day=FRIDAY))
    elif case == "weekday":
        session.add(VendorWeekday(vendor_id=vendor.id, weekday=1, since=THURSDAY))
    elif case == "paused":
        vendor.state = "paused"
        session.add(vendor)
    elif case == "unplaced":
        session.exec(
            delete(Placement).where(Placement.vendor_id == vendor.id, Placement.day == FRIDAY)
        )
    else:
        session.add(MarketDay(site_id=1, day=FRIDAY, cancelled=True))
    session.flush()


def make_from_many(found: Flask, workers: int = 6) -> list[object]:
    """Make reminders in many workers at the same moment: how many each made, or its error."""
    ready, made = Barrier(workers), []

    def work() -> None:
        with found.app_context():
            ready.wait()
            try:
                made.append(make_reminders())
            except Exception as error:
                made.append(error)

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made


def test_of_many_workers_one_makes_each_reminder(evening):
    made = make_from_many(evening)
    assert sum(made) == 2
    assert recipients(evening) == ["v0@example.org", "v1@example.org"]


def test_twin_without_the_key_everybody_is_reminded_again(evening, monkeypatch):
    """The twin: letters that are told apart by chance are made by every worker."""
    chance = iter(range(1000))
    monkeypatch.setattr(
        app.reminders,
        "post",
        lambda session, **letter: really_post(
            session, **{**letter, "once": f"{letter['once']}:{next(chance)}"}
        ),
    )
    make_from_many(evening)
    assert len(recipients(evening)) > 2


def test_the_rest_are_called_in_the_order_of_the_stalls(evening):
    with changing(evening) as session:
        called, expected = call_list(session, FRIDAY), expected_on(session, FRIDAY)
        assert len(called) == len(expected) - 2
        assert "v2@example.org" in {one.vendor.email for one in called}
        by_letter = {"v0@example.org", "v1@example.org"}
        assert called == [one for one in expected if one.vendor.email not in by_letter]


def test_the_call_sheet_holds_stall_name_and_telephone(evening, tmp_path):
    with changing(evening) as session:
        first, second = call_list(session, FRIDAY)[:2]
        vendor = session.get_one(Vendor, first.vendor.id)
        vendor.name, vendor.phone = "Ķiršu Šķūnis „Žagari“", "+37126123456"
        session.add(vendor)
        session.add(Presence(vendor_id=second.vendor.id, day=FRIDAY, state="late"))
    out = tmp_path / "calls.pdf"
    answer = evening.test_cli_runner().invoke(args=["print", "call-sheet", str(out)])
    assert answer.exit_code == 0, answer.output
    texts = [found.text for found in texts_of(out.read_bytes())]
    assert {"Zvani pirms tirgus dienas", "Piektdiena, 2026. gada 27. novembris"} <= set(texts)
    assert {"Ķiršu Šķūnis „Žagari“", "26 123 456", "būs vēlāk", "Nebūs"} <= set(texts)
    assert texts.count("Ķiršu Šķūnis „Žagari“") == 1
    assert not any("@" in text for text in texts)


def test_a_day_without_calls_makes_an_empty_sheet(evening, tmp_path):
    out = tmp_path / "calls.pdf"
    runner = evening.test_cli_runner()
    assert (
        runner.invoke(args=["print", "call-sheet", "--day", "2026-11-26", str(out)]).exit_code == 0
    )
    assert "0 zvanu" in [found.text for found in texts_of(out.read_bytes())]
    lost = tmp_path / "nowhere" / "calls.pdf"
    assert runner.invoke(args=["print", "call-sheet", str(lost)]).exit_code == 1


@pytest.mark.parametrize(
    ("typed", "status", "kept"),
    [
        ("16.45", 0, time(16, 45)),
        ("7:05", 0, time(7, 5)),
        ("24:00", 1, time(17)),
        ("", 1, time(17)),
    ],
)
def test_the_office_sets_hours_by_a_verb(evening, typed, status, kept):
    runner = evening.test_cli_runner()
    assert runner.invoke(args=["setting", "reminder_hour", typed]).exit_code == status
    with changing(evening) as session:
        assert hour_set(session, REMINDER_HOUR) == kept
    said = runner.invoke(args=["setting", "reminder_hour"]).output.strip()
    assert said == f"{kept.hour}.{kept.minute:02}"
    assert runner.invoke(args=["setting", "demonstration", "x"]).exit_code == 2


def test_the_postman_makes_and_sends_tomorrows_reminders(evening, tmp_path):
    settings = evening.config["SETTINGS"].model_copy(update={"mail_dir": str(tmp_path / "mail")})
    evening.config["SETTINGS"] = settings
    postman = evening.extensions["postman"]
    assert [postman.go_round(), postman.go_round()] == [Sent(2, 0), Sent(0, 0)]
    assert len(list((tmp_path / "mail").iterdir())) == 2


def test_a_served_market_sends_by_itself_and_once(demo_address, tmp_path):
    """Two real workers, each with its postman; theirs is a quicker round than in life."""
    quick = "import app.postman; app.postman.Postman.__init__.__defaults__ = (0.2,)"
    mail = tmp_path / "mail"
    settings = {"NOW": "2026-11-26T17:30", "MAIL_DIR": str(mail)}
    with real_server(demo_address, tmp_path, quick, **settings) as server:
        wait_for(lambda: mail.is_dir() and len(list(mail.glob("*.eml"))) > 2)
        log = server.log
    found = sorted(mail.glob("*.eml"))
    to = [line for file in found for line in file.read_text().splitlines() if line[:3] == "To:"]
    assert len(set(to)) == len(to) == len(found)
    assert "example.org" not in log.read_text()


def wait_for(what, longest_s: float = 30) -> None:
    end = stopwatch.monotonic() + longest_s
    while not what():
        assert stopwatch.monotonic() < end, "nothing happened"
        stopwatch.sleep(0.1)
