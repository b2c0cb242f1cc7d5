"""My days: what a vendor says of days, weekdays and weeks is what visitors read."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from flask import Flask
from sqlmodel import delete, select

from app.accounts import cookie_name
from app.database import Database
from app.late_notices import late_notices
from app.records import Change
from market.days.models import Absence, MarketDay, Placement, Presence, VendorWeekday
from market.days.queries import set_hour
from market.days.settings import ABSENCE_CUTOFF, hour_typed
from market.places.models import Stall
from market.signs.models import Sign
from tests.careful_client import CarefulClient
from vendors.registry.models import Vendor

SLUG, OTHER = "siltrasas", "rasas-stunda"
TUESDAY, FRIDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 28)
PAGE = "/lv/mans/dienas"


def writing(app: Flask):
    found: Database = app.extensions["database"]
    return found.writing()


def vendor_of(session, slug: str = SLUG) -> Vendor:
    return session.exec(select(Vendor).where(Vendor.slug == slug)).one()


@pytest.fixture
def vendor(demo_app: Flask) -> CarefulClient:
    """A vendor of every market day, about whom nothing was said yet."""
    with writing(demo_app) as session:
        own = vendor_of(session).id
        for table in (Presence, Absence, VendorWeekday):
            session.exec(delete(table).where(table.vendor_id == own))
        session.commit()
    return CarefulClient(demo_app).come_in(SLUG)


def rows(app: Flask, table: type, slug: str = SLUG) -> list:
    with writing(app) as session:
        own = vendor_of(session, slug).id
        return list(session.exec(select(table).where(table.vendor_id == own).order_by(table.id)))


def own_code(app: Flask, day: date) -> str:
    """The code of the sign on the vendor's stall of a day."""
    with writing(app) as session:
        return session.exec(
            select(Sign.code)
            .join(Stall, Stall.id == Sign.stall_id)
            .join(Placement, Placement.stall_id == Stall.id)
            .where(Placement.vendor_id == vendor_of(session).id, Placement.day == day)
            .order_by(Stall.number)
        ).first()


def at(app: Flask, moment: str) -> None:
    app.config["NOW"] = datetime.fromisoformat(moment)


def day_of(page, day: date):
    [found] = [one for one in page.root.all("section") if one["id"] == f"d{day}"]
    return found


def say(client: CarefulClient, day: date, coming: str, status: int = 303):
    return client.send(f"{PAGE}/diena", {"day": day.isoformat(), "coming": coming}, status)


def read_by_visitors(app: Flask, day: date) -> dict[str, bool]:
    """Whether visitors read on a day that the vendor is there, wherever they may read it."""
    at(app, f"{day}T10:00")
    visitor = CarefulClient(app)
    name, code = "Dārzniecība „Siltrasas“", own_code(app, day)
    api = visitor.fetch(f"/api/v1/vendors/{SLUG}").json
    stalls = visitor.fetch(f"/api/v1/stalls?diena={day}&per_page=200").json["items"]
    listed = visitor.get("/lv/tirgotaji?sodien=1&q=Siltrasas").text
    return {
        "sign": "Šodien nav" not in visitor.get(f"/S/{code}").text,
        "vendor's page": "Šodien tirgū nav" not in visitor.get(f"/lv/tirgotaji/{SLUG}").text,
        "list of today": name in listed,
        "data": api["presence_today"] != "absent",
        "data of stalls": any(
            one["vendor"] == SLUG and one["presence"] != "absent" for one in stalls
        ),
    }


def everywhere(app: Flask, day: date) -> bool:
    """The one answer that visitors read everywhere."""
    found = read_by_visitors(app, day)
    assert len(set(found.values())) == 1, found
    return found.popitem()[1]


def test_each_day_says_which_place_and_why(vendor):
    page = vendor.get(PAGE)
    today = day_of(page, TUESDAY)
    assert "Šodien, 24.11." in today.text
    assert "8.00–14.00" in today.text
    assert "Jūsu sezonas vieta" in today.text
    assert "Jūs gaida" in today.text
    assert page.h1 == "Manas dienas"
    assert vendor.get("/en/mans/dienas").h1 == "My days"
    days = [one["id"] for one in page.root.all("section") if one["id"].startswith("d2")]
    assert days == sorted(days)
    assert days[0] == "d2026-11-24"
    assert date.fromisoformat(days[-1][1:]) < TUESDAY + timedelta(weeks=6)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("season", "Jūsu sezonas vieta"),
        ("weekly", "Jūsu vieta katru nedēļu"),
        ("hand", "Birojs to ierakstīja šai dienai"),
        ("plan", "Pēc šīs dienas plāna"),
        ("import", "No biroja saraksta"),
    ],
)
def test_why_a_place_is_assigned_is_said_in_plain_words(vendor, source, why):
    with writing(vendor.app) as session:
        own = vendor_of(session).id
        for row in session.exec(select(Placement).where(Placement.vendor_id == own)):
            row.source = source
            session.add(row)
        session.commit()
    assert why in day_of(vendor.get(PAGE), FRIDAY).text


def test_without_a_place_the_day_says_so(vendor):
    with writing(vendor.app) as session:
        own = vendor_of(session).id
        session.exec(delete(Placement).where(Placement.vendor_id == own, Placement.day == FRIDAY))
        session.commit()
    day = day_of(vendor.get(PAGE), FRIDAY)
    assert "Vieta nav piešķirta." in day.text
    assert "Jūs gaida" not in day.text


def test_a_cancelled_day_says_so(vendor):
    with writing(vendor.app) as session:
        session.add(MarketDay(site_id=1, day=FRIDAY, cancelled=True))
        session.commit()
    day = day_of(vendor.get(PAGE), FRIDAY)
    assert "Tirgus ir atcelts" in day.text
    assert not day.all("button")


def test_one_tap_says_not_coming_and_one_says_coming_after_all(vendor):
    page = vendor.get(vendor.send(f"{PAGE}/diena", {"day": f"{FRIDAY}", "coming": "0"}).location)
    assert "Apmeklētāji to redz uzreiz." in page.text
    assert "Jūs nebūsiet" in day_of(page, FRIDAY).text
    assert not everywhere(vendor.app, FRIDAY)
    at(vendor.app, "2026-11-24T10:00")
    say(vendor, FRIDAY, "0")
    assert [row.state for row in rows(vendor.app, Presence)] == ["absent"]
    say(vendor, FRIDAY, "1")
    assert rows(vendor.app, Presence) == []
    assert everywhere(vendor.app, FRIDAY)


def test_what_was_said_of_a_day_can_be_undone(vendor):
    page = vendor.get(say(vendor, FRIDAY, "0").location)
    undone = vendor.submit(page, "Atcelt")
    assert "Jūs gaida" in day_of(undone, FRIDAY).text
    assert rows(vendor.app, Presence) == []


@pytest.mark.parametrize(
    "form",
    [
        {"day": "2026-11-23", "coming": "0"},
        {"day": "2026-11-26", "coming": "0"},
        {"day": "2099-11-24", "coming": "0"},
        {"day": "soon", "coming": "0"},
        {"day": "", "coming": "0"},
        {"day": "2026-11-27", "coming": "maybe"},
        {"day": "2026-11-27"},
    ],
)
def test_of_other_days_nothing_can_be_said(vendor, form):
    vendor.send(f"{PAGE}/diena", form, 404)
    assert rows(vendor.app, Presence) == []


def test_after_the_cut_off_it_still_counts_at_once_and_is_noted_as_late(vendor):
    at(vendor.app, "2026-11-26T17:59")
    assert "Termiņš" not in day_of(vendor.get(PAGE), FRIDAY).text
    at(vendor.app, "2026-11-26T18:01")
    assert "Termiņš" in day_of(vendor.get(PAGE), FRIDAY).text
    page = vendor.get(say(vendor, FRIDAY, "0").location)
    assert "birojs to redz un var prasīt maksu par vietu" in page.text
    assert "Paziņots vēlu" in day_of(page, FRIDAY).text
    with writing(vendor.app) as session:
        [late] = [one for one in late_notices(session, FRIDAY) if one.vendor.slug == SLUG]
        assert late.said_at.isoformat() == "2026-11-26T16:01:00+00:00"
        assert late.stalls.startswith("A1")
    assert not everywhere(vendor.app, FRIDAY)


def test_the_office_sets_the_cut_off(vendor):
    with writing(vendor.app) as session:
        set_hour(session, ABSENCE_CUTOFF, hour_typed("20.30"))
        session.commit()
    at(vendor.app, "2026-11-26T20:15")
    page = vendor.get(say(vendor, FRIDAY, "0").location)
    assert "maksu" not in day_of(page, FRIDAY).text
    assert "20.30" in page.text


def test_said_in_time_or_undone_is_not_late(vendor):
    say(vendor, FRIDAY, "0")
    at(vendor.app, "2026-11-26T19:00")
    with writing(vendor.app) as session:
        assert SLUG not in {one.vendor.slug for one in late_notices(session, FRIDAY)}
    say(vendor, FRIDAY, "1")
    page = vendor.get(say(vendor, FRIDAY, "0").location)
    with writing(vendor.app) as session:
        assert SLUG in {one.vendor.slug for one in late_notices(session, FRIDAY)}
    vendor.submit(page, "Atcelt")
    with writing(vendor.app) as session:
        assert SLUG not in {one.vendor.slug for one in late_notices(session, FRIDAY)}


def test_on_a_weekday_that_is_not_ticked_the_vendor_is_away(vendor):
    assert everywhere(vendor.app, SATURDAY)
    at(vendor.app, "2026-11-24T10:00")
    page = vendor.get(vendor.send(f"{PAGE}/nedela", {"weekday": ["1", "4"]}).location)
    assert "Šajā nedēļas dienā Jūs parasti nenākat." in day_of(page, SATURDAY).text
    assert [row.weekday for row in rows(vendor.app, VendorWeekday)] == [1, 4]
    assert not everywhere(vendor.app, SATURDAY)
    assert everywhere(vendor.app, FRIDAY)
    at(vendor.app, "2026-11-24T10:00")
    say(vendor, SATURDAY, "1")
    assert everywhere(vendor.app, SATURDAY)


def test_weekdays_can_be_undone_and_must_be_some(vendor):
    vendor.send(f"{PAGE}/nedela", {"weekday": ["1", "4", "5"]})
    page = vendor.get(vendor.send(f"{PAGE}/nedela", {"weekday": ["1"]}).location)
    vendor.submit(page, "Atcelt")
    assert {row.weekday for row in rows(vendor.app, VendorWeekday)} == {1, 4, 5}
    refused = vendor.submit(vendor.get(PAGE), "Saglabāt šīs dienas", 422, weekday=[])
    assert "Lūdzu, atzīmējiet vismaz vienu dienu." in refused.text
    for wrong in (["9"], ["x"], ["1", "0"]):
        vendor.send(f"{PAGE}/nedela", {"weekday": wrong}, 422)
    assert {row.weekday for row in rows(vendor.app, VendorWeekday)} == {1, 4, 5}


def test_a_long_absence_counts_everywhere_and_says_what_it_touches(vendor):
    form = {"first_day": "2026-11-27", "last_day": "2026-12-04"}
    page = vendor.get(vendor.send(f"{PAGE}/prombutne", form).location)
    assert "4 no šīm dienām" in page.text
    assert "Prombūtnē no 27.11. līdz 4.12." in page.text
    assert "27.11., 28.11., 1.12., 4.12." in page.text
    assert not everywhere(vendor.app, FRIDAY)
    assert everywhere(vendor.app, date(2026, 12, 5))
    at(vendor.app, "2026-11-24T10:00")
    say(vendor, SATURDAY, "1")
    assert everywhere(vendor.app, SATURDAY)
    at(vendor.app, "2026-11-24T10:00")
    say(vendor, SATURDAY, "0")
    assert not everywhere(vendor.app, SATURDAY)


def test_whoever_is_back_earlier_is_back_on_the_same_day(vendor):
    vendor.send(f"{PAGE}/prombutne", {"first_day": "2026-11-24", "last_day": "2026-12-04"})
    at(vendor.app, "2026-11-27T06:00")
    page = vendor.submit(vendor.get(PAGE), "Šodien esmu atpakaļ")
    assert "no šodienas atkal esat tirgū" in page.text
    [row] = rows(vendor.app, Absence)
    assert (row.first_day, row.last_day) == (TUESDAY, date(2026, 11, 26))
    assert everywhere(vendor.app, FRIDAY)


def test_an_absence_that_has_not_begun_is_taken_back(vendor):
    vendor.send(f"{PAGE}/prombutne", {"first_day": "2026-11-27", "last_day": "2026-12-04"})
    page = vendor.submit(vendor.get(PAGE), "atcelt prombūtni")
    assert rows(vendor.app, Absence) == []
    vendor.submit(page, "Atcelt")
    assert [row.first_day for row in rows(vendor.app, Absence)] == [FRIDAY]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("", "", "Lūdzu, norādiet dienu."),
        ("2026-11-23", "2026-11-30", "Pirmā diena jau ir pagājusi."),
        ("2026-12-04", "2026-12-03", "Pēdējā diena nevar būt pirms pirmās."),
        ("2026-12-04", "2027-12-06", "Lūdzu, norādiet ne vairāk kā gadu."),
        ("rīt", "2026-12-03", "Lūdzu, norādiet dienu."),
        ("2026-13-45", "2026-12-03", "Lūdzu, norādiet dienu."),
        ("31.02.2027", "1.03.2027", "Lūdzu, norādiet dienu."),
        ("9999-12-31", "9999-12-31", "Lūdzu, norādiet dienu tuvākā gada laikā."),
    ],
)
def test_an_absence_that_does_not_fit_is_told_beside_the_field(vendor, first, last, sentence):
    form = {"first_day": first, "last_day": last}
    page = vendor.submit(vendor.get(PAGE), "Ierakstīt prombūtni", 422, **form)
    assert sentence in page.text
    kept = {one["name"]: one["value"] for one in page.root.all("input")}
    assert (kept["first_day"], kept["last_day"]) == (first, last)
    assert rows(vendor.app, Absence) == []


def test_a_day_may_be_typed_as_people_write_it(vendor):
    vendor.send(f"{PAGE}/prombutne", {"first_day": "27.11.2026.", "last_day": "1. 12. 2026"})
    [row] = rows(vendor.app, Absence)
    assert (row.first_day, row.last_day) == (FRIDAY, date(2026, 12, 1))
    again = vendor.send(
        f"{PAGE}/prombutne", {"first_day": "2026-11-28", "last_day": "2026-11-29"}, 422
    )
    assert "jau ir ierakstīta" in again.text


def test_nobody_ends_the_absence_of_another(vendor):
    vendor.send(f"{PAGE}/prombutne", {"first_day": "2026-11-27", "last_day": "2026-12-04"})
    [row] = rows(vendor.app, Absence)
    other = CarefulClient(vendor.app).come_in(OTHER)
    other.send(f"{PAGE}/prombutne/{row.id}/beigt", {"version": "1"}, 404)
    other.send(f"{PAGE}/prombutne/99999/beigt", {"version": "1"}, 404)
    assert len(rows(vendor.app, Absence)) == 1


def test_reminders_are_switched_on_by_whoever_has_an_address(vendor):
    vendor.send(f"{PAGE}/atgadinajumi", {"wanted": "1"}, 404)
    with writing(vendor.app) as session:
        row = vendor_of(session)
        row.email = "siltrasas@example.org"
        session.add(row)
        session.commit()
    page = vendor.submit(vendor.get(PAGE), "Atgādināt man")
    assert "Atgādinājumi ir ieslēgti." in page.text
    page = vendor.submit(page, "Neatgādināt")
    assert "Atgādinājumi ir izslēgti." in page.text


def send_at_once(app: Flask, address: str, forms: list[dict]) -> set[int]:
    """Send forms from as many telephones at the same moment."""
    client = CarefulClient(app).come_in(SLUG)
    token = client._client.get_cookie(cookie_name_of(app)).value
    ready, statuses = Barrier(len(forms)), []

    def send(form: dict) -> None:
        own = app.test_client()
        own.set_cookie(cookie_name_of(app), token)
        ready.wait()
        answer = own.post(
            address,
            data={"idempotency_key": uuid4().hex, **form},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        statuses.append(answer.status_code)

    threads = [Thread(target=send, args=(form,)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return set(statuses)


def cookie_name_of(app: Flask) -> str:
    with app.app_context():
        return cookie_name()


def test_two_telephones_at_once_never_fail(vendor):
    app = vendor.app
    forms = [{"day": f"{FRIDAY}", "coming": "0"}] * 4
    assert send_at_once(app, f"{PAGE}/diena", forms) == {303}
    assert [row.state for row in rows(app, Presence)] == ["absent"]
    weekdays = [{"weekday": days} for days in (["1"], ["4"], ["1", "4"], ["5"])]
    assert send_at_once(app, f"{PAGE}/nedela", weekdays) == {303}
    assert rows(app, VendorWeekday)
    away = [{"first_day": "2026-12-01", "last_day": "2026-12-09"}] * 3
    assert send_at_once(app, f"{PAGE}/prombutne", away) <= {303, 422}
    assert len(rows(app, Absence)) == 1


def test_twin_without_the_lock_two_telephones_collide(vendor, monkeypatch):
    """The twin: with the lock forgotten, absences are written twice (SQLite locks by itself)."""
    if vendor.app.extensions["database"].engine.dialect.name == "sqlite":
        pytest.skip("in SQLite a writing session is alone anyway")
    monkeypatch.setattr(
        "app.pages.vendor.days.locked_vendor",
        lambda save: save.session.get_one(Vendor, save.account.vendor_id),
    )
    away = [{"first_day": "2026-12-01", "last_day": "2026-12-09"}] * 8
    send_at_once(vendor.app, f"{PAGE}/prombutne", away)
    assert len(rows(vendor.app, Absence)) > 1


def test_every_change_of_my_days_is_told_in_words(vendor):
    say(vendor, FRIDAY, "0")
    vendor.send(f"{PAGE}/nedela", {"weekday": ["1"]})
    vendor.send(f"{PAGE}/prombutne", {"first_day": "2026-12-01", "last_day": "2026-12-09"})
    page = vendor.get("/lv/mans/izmainas")
    for words in ("būšu vai nebūšu", "Pa kurām nedēļas dienām", "Ilgāka prombūtne"):
        assert words in page.text
    assert {row.action for row in rows(vendor.app, Change)} == {"day", "weekdays", "absence"}
