"""My numbers: the openings of my signs on my days, and of my page; nobody else's."""

from datetime import date, timedelta

from flask import Flask
from sqlmodel import Session, select

from app.database import Database
from market.days.models import Placement
from market.evidence.models import Opening, PageOpening
from market.evidence.numbers import Numbers, days_from_first, first_day_shown, summed
from market.evidence.queries import (
    days_with_a_stall,
    page_openings_of_vendor,
    sign_openings_of_vendor,
)
from market.places.models import Stall
from market.signs.models import Sign
from tests.careful_client import CarefulClient
from vendors.registry.models import Vendor

TODAY = date(2026, 11, 24)
SATURDAY = date(2026, 11, 21)


def market_of(app: Flask) -> Database:
    found: Database = app.extensions["database"]
    return found


def two_who_share(session: Session) -> tuple[int, int]:
    """One vendor has two stalls today, and one of them on Saturday; the other has the other then.

    Each sign was opened on both days; the second stall has an old sign and a new one.
    """
    for table in (Opening, PageOpening, Placement):
        for row in session.exec(select(table)):
            session.delete(row)
    one, other = (
        session.exec(select(Vendor.id).where(Vendor.slug == slug)).one()
        for slug in ("siltrasas", "pretveji")
    )
    first, second = session.exec(select(Stall.id).order_by(Stall.id).limit(2)).all()
    old = Sign(code="ZZZZZ", stall_id=second, issued_on=TODAY, retired_on=TODAY)
    session.add(old)
    session.flush()
    signs = [
        session.exec(select(Sign.id).where(Sign.stall_id == stall).order_by(Sign.id)).first()
        for stall in (first, second)
    ]
    for day, stall, vendor in (
        (TODAY, first, one),
        (TODAY, second, one),
        (SATURDAY, first, one),
        (SATURDAY, second, other),
    ):
        session.add(Placement(day=day, stall_id=stall, vendor_id=vendor))
    for sign, day, hour, language, times in (
        (signs[0], TODAY, 9, "lv", 1),
        (signs[0], TODAY, 9, "en", 2),
        (signs[1], TODAY, 10, "lv", 4),
        (old.id, TODAY, 10, "lv", 8),
        (signs[0], SATURDAY, 9, "lv", 16),
        (signs[1], SATURDAY, 9, "lv", 32),
        (signs[0], TODAY - timedelta(days=1), 9, "lv", 64),
    ):
        row = {"sign_id": sign, "day": day, "hour": hour, "language": language}
        session.add(Opening(**row, openings=times))
    for vendor, times in ((one, 5), (other, 7)):
        row = {"vendor_id": vendor, "day": TODAY, "hour": 12, "language": "lv"}
        session.add(PageOpening(**row, openings=times))
    session.commit()
    return one, other


def test_a_vendor_reads_the_signs_of_the_stalls_of_the_very_day(demo_market):
    with demo_market.writing() as session:
        one, other = two_who_share(session)
    since = first_day_shown(TODAY)
    with demo_market.reading() as session:
        assert list(sign_openings_of_vendor(session, one, since)) == [
            (SATURDAY, 9, 16),
            (TODAY, 9, 3),
            (TODAY, 10, 12),
        ]
        assert list(sign_openings_of_vendor(session, other, since)) == [(SATURDAY, 9, 32)]
        assert list(page_openings_of_vendor(session, one, since)) == [(TODAY, 12, 5)]
        assert list(page_openings_of_vendor(session, other, since)) == [(TODAY, 12, 7)]
        assert list(days_with_a_stall(session, one, since, TODAY)) == [SATURDAY, TODAY]


def test_the_page_says_them_in_words_and_as_a_table(demo_app, client):
    with market_of(demo_app).writing() as session:
        two_who_share(session)
    page = client.come_in("siltrasas").get("/lv/mans/skaitli")
    assert "Zīme uz Jūsu tirdzniecības vietas atvērta 31 reizi." in page.text
    assert "Jūsu lapa atvērta 5 reizes." in page.text
    tables = [[cell.text for cell in one.all("th", "td")] for one in page.root.all("table")]
    assert tables[0] == [
        "Diena",
        "Cik reižu atvērta",
        "Sestdien, 21. novembrī",
        "16",
        "Otrdien, 24. novembrī",
        "15",
    ]
    assert tables[1][2:] == ["9.00–9.59", "19", "10.00–10.59", "12"]
    [first, *_] = page.root.all("svg", role="img")
    assert "21. novembrī, atvērta 16 reižu" in first["aria-label"]
    assert len(first.all("rect")) == 2


def test_nobody_reads_those_of_another(demo_app, client):
    with market_of(demo_app).writing() as session:
        two_who_share(session)
    page = CarefulClient(demo_app).come_in("pretveji").get("/lv/mans/skaitli")
    assert "atvērta 32 reizes" in page.text
    assert "31" not in page.text
    assert client._client.get("/lv/mans/skaitli").status_code == 302


def test_those_of_another_would_be_read_if_the_day_were_forgotten(demo_market):
    """The twin: stalls joined without their day."""
    with demo_market.writing() as session:
        one, _other = two_who_share(session)
        rows = session.exec(
            select(Opening.openings)
            .join(Sign, Sign.id == Opening.sign_id)
            .join(Placement, Placement.stall_id == Sign.stall_id)
            .where(Placement.vendor_id == one)
        ).all()
    assert sum(rows) > 31


def test_without_openings_a_sentence_stands_there(demo_app, client):
    with market_of(demo_app).writing() as session:
        for table in (Opening, PageOpening):
            for row in session.exec(select(table)):
                session.delete(row)
        session.commit()
    page = client.come_in("siltrasas").get("/lv/mans/skaitli")
    assert page.text.count("vēl neviens nav atvēris") == 2


def test_a_visit_of_the_page_is_counted_as_a_number(demo_app, client):
    address = "/lv/tirgotaji/siltrasas"
    for _ in range(3):
        client.get(address)
    client.get("/en/tirgotaji/siltrasas")
    client.get("/lv/tirgotaji/nav-tada", 404)
    demo_app.extensions["openings"].write()
    with market_of(demo_app).reading() as session:
        vendor = session.exec(select(Vendor.id).where(Vendor.slug == "siltrasas")).one()
        rows = session.exec(
            select(PageOpening).where(PageOpening.vendor_id == vendor, PageOpening.day == TODAY)
        ).all()
    at_ten = {row.language: row.openings for row in rows if row.hour == 10}
    assert at_ten == {"lv": 3, "en": 1}
    assert list(PageOpening.model_fields) == ["vendor_id", "day", "hour", "language", "openings"]


def test_days_without_openings_stand_between_the_others():
    rows = [(SATURDAY, 9, 2), (TODAY, 11, 2), (TODAY, 11, 1)]
    monday = date(2026, 11, 23)
    assert summed(rows, [monday]) == Numbers(
        total=5,
        by_day=((SATURDAY, 2), (monday, 0), (TODAY, 3)),
        by_hour=((9, 2), (10, 0), (11, 3)),
    )
    assert summed(rows).best_day == (TODAY, 3)
    assert summed(rows).best_hour == (11, 3)
    assert summed([], [TODAY]).best_day is None
    assert days_from_first(rows, TODAY)[1:] == [date(2026, 11, 22), monday, TODAY]
    assert days_from_first([], TODAY) == []


def test_eight_weeks_end_today():
    assert (TODAY - first_day_shown(TODAY)).days == 55
