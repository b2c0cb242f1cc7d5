"""My stall today: what is tapped is what visitors read, once, and never over another phone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlmodel import Session, col, delete, select

import app.pages.vendor.taps as taps
from app.accounts import cookie_name
from app.database import Database
from app.records import Change, SentForm
from market.days.models import Absence, Placement, Presence
from market.evidence.models import Opening
from market.places.models import Stall
from market.signs.models import Sign
from tests.careful_client import CarefulClient
from vendors.listings.models import Good
from vendors.registry.models import Vendor

SLUG, OTHER = "siltrasas", "rasas-stunda"
TODAY = date(2026, 11, 24)
WISH = {"Accept": "application/json"}


def reading(app: Flask) -> Session:
    found: Database = app.extensions["database"]
    return found.reading()


def vendor_id(session: Session, slug: str = SLUG) -> int:
    return session.exec(select(Vendor.id).where(Vendor.slug == slug)).one()


def first_good(app: Flask, slug: str = SLUG) -> Good:
    with reading(app) as session:
        goods = select(Good).where(Good.vendor_id == vendor_id(session, slug))
        return session.exec(
            goods.where(col(Good.months).op("&")(1 << 10) != 0).order_by(col(Good.position))
        ).first()


def code_of_stall(app: Flask, slug: str = SLUG, day: date = TODAY) -> str:
    with reading(app) as session:
        return session.exec(
            select(Sign.code)
            .join(Placement, col(Placement.stall_id) == Sign.stall_id)
            .where(Placement.vendor_id == vendor_id(session, slug), Placement.day == day)
        ).first()


def presences(app: Flask) -> list[tuple[date, str]]:
    with reading(app) as session:
        rows = select(Presence).where(Presence.vendor_id == vendor_id(session))
        return [(row.day, row.state) for row in session.exec(rows).all()]


def nothing_said(app: Flask) -> None:
    market: Database = app.extensions["database"]
    with market.writing() as session:
        session.exec(delete(Presence))
        session.commit()


def price_tap(good: Good, cents: int, **more: str) -> dict[str, str]:
    return {"cents": str(cents), "was": str(good.price_cents), "diena": str(TODAY), **more}


# What is tapped is what visitors read.


def test_presence_is_read_on_the_very_next_request(demo_app, client):
    nothing_said(demo_app)
    client.come_in(SLUG)
    visitor, code = CarefulClient(demo_app), code_of_stall(demo_app)
    for button, words in (
        ("Kavējos", "Šodien nedaudz vēlāk"),
        ("Šodien nebūšu", "Šodien nav klāt"),
        ("Esmu klāt", "Šodien šeit līdz plkst. 14.00"),
    ):
        visitor.get(f"/S/{code}")
        page = client.submit(client.get("/lv/mans/"), button)
        assert f"Saglabāts: {button}." in page.text
        assert words.split()[0] in visitor.get(f"/S/{code}").text
        said = {"Kavējos": "late", "Šodien nebūšu": "absent", "Esmu klāt": "present"}[button]
        assert presences(demo_app) == [(TODAY, said)]
    assert "Šodien nebūšu" not in visitor.get(f"/S/{code}").text


def test_sold_out_and_a_new_price_are_read_on_the_very_next_request(demo_app, client):
    client.come_in(SLUG)
    good = first_good(demo_app)
    visitor, code = CarefulClient(demo_app), code_of_stall(demo_app)
    addresses = (f"/S/{code}", f"/lv/tirgotaji/{SLUG}")
    for address in addresses:
        assert "izpārdots" not in visitor.get(address).text
    name = good.name["lv"]
    page = client.submit(client.get("/lv/mans/"), f"{name}: izpārdots")
    assert f"{name} – izpārdots." in page.text
    client.send(f"/lv/mans/sodien/prece/{good.id}/cena", price_tap(good, 4321))
    for address in addresses:
        text = visitor.get(address).text
        assert "izpārdots" in text
        assert "43,21" in text
    assert first_good(demo_app).confirmed_on == TODAY


def test_all_as_yesterday_is_one_tap(demo_app, client):
    nothing_said(demo_app)
    client.come_in(SLUG)
    page = client.submit(client.get("/lv/mans/"), "Viss kā vakar")
    assert "Saglabāts: viss kā iepriekšējā tirgus dienā." in page.text
    assert presences(demo_app) == [(TODAY, "present")]
    with reading(demo_app) as session:
        goods = session.exec(select(Good).where(Good.vendor_id == vendor_id(session))).all()
    in_season = {good.confirmed_on for good in goods if good.months >> 10 & 1}
    assert in_season == {TODAY}
    client.submit(page, "Atcelt")
    assert presences(demo_app) == []
    assert first_good(demo_app).confirmed_on < TODAY


def test_every_tap_is_undone_within_ten_minutes(demo_app, client):
    client.come_in(SLUG)
    before = first_good(demo_app)
    key = uuid4().hex
    address = f"/lv/mans/sodien/prece/{before.id}/cena"
    answer = client.send(address, price_tap(before, 4321, idempotency_key=key), 200, headers=WISH)
    assert answer.json["said"].startswith("Saglabāts: ")
    page = client.get(f"/lv/mans/?sent={key}")
    assert first_good(demo_app).price_cents == 4321
    client.submit(page, "Atcelt")
    after = first_good(demo_app)
    assert (after.price_cents, after.confirmed_on) == (before.price_cents, before.confirmed_on)
    demo_app.config["NOW"] = datetime(2026, 11, 24, 10, 11)
    assert "Atcelt" not in client.get(f"/lv/mans/?sent={key}").text


# A tap arrives late, twice, or after somebody else's.


def test_a_tap_that_is_sent_again_does_nothing_twice(demo_app, client):
    client.come_in(SLUG)
    good = first_good(demo_app)
    form = price_tap(good, 4321, idempotency_key=uuid4().hex)
    for _ in range(3):
        client.send(f"/lv/mans/sodien/prece/{good.id}/cena", form, 200, headers=WISH)
    with reading(demo_app) as session:
        assert len(session.exec(select(Change)).all()) == 1
        assert len(session.exec(select(SentForm)).all()) == 1


def test_two_phones_end_with_both_prices_shown(demo_app, client):
    client.come_in(SLUG)
    good = first_good(demo_app)
    address = f"/lv/mans/sodien/prece/{good.id}/cena"
    client.send(address, price_tap(good, 4321))
    late = client.send(address, price_tap(good, 5555), 409, headers=WISH).json
    assert (late["reason"], late["now"]) == ("changed", "4321")
    assert "43,21" in late["theirs"]
    assert "55,55" in late["mine"]
    shown = client.send(address, price_tap(good, 5555), 409).text
    assert "Tagad tur ir: 43,21" in shown.replace("\u00a0", " ")
    assert "Jūs nospiedāt: 55,55" in shown.replace("\u00a0", " ")
    assert f'value="{late["now"]}"' in shown
    client.send(address, price_tap(good, 5555, was=late["now"]))
    assert first_good(demo_app).price_cents == 5555


def test_an_own_second_tap_and_a_new_name_collide_with_nothing(demo_app, client):
    """Two taps wait on one phone, and meanwhile the office mends the good's name."""
    client.come_in(SLUG)
    good = first_good(demo_app)
    market: Database = demo_app.extensions["database"]
    with market.writing() as session:
        row = session.get_one(Good, good.id)
        row.name, row.version = {"lv": "Saldie burkāni"}, row.version + 1
        session.add(row)
        session.commit()
    address = f"/lv/mans/sodien/prece/{good.id}"
    state = {"state": "sold_out", "was": "available", "diena": str(TODAY)}
    client.send(f"{address}/ir", state, 200, headers=WISH)
    client.send(f"{address}/cena", price_tap(good, 4321), 200, headers=WISH)
    client.send(f"{address}/cena", price_tap(good, 4400, was="4321"), 200, headers=WISH)
    found = first_good(demo_app)
    assert (found.name["lv"], found.state, found.price_cents) == (
        "Saldie burkāni",
        "sold_out",
        4400,
    )


def test_a_tap_that_waited_past_midnight_lands_on_its_own_day(demo_app, client):
    nothing_said(demo_app)
    client.come_in(SLUG)
    good = first_good(demo_app)
    demo_app.config["NOW"] = datetime(2026, 11, 25, 6, 0)
    tap = {"state": "late", "was": "expected", "diena": str(TODAY)}
    client.send("/lv/mans/sodien/klat", tap)
    assert presences(demo_app) == [(TODAY, "late")]
    state = {"state": "sold_out", "was": "available", "diena": str(TODAY)}
    client.send(f"/lv/mans/sodien/prece/{good.id}/ir", state)
    assert first_good(demo_app).state_on == TODAY
    assert "izpārdots" not in CarefulClient(demo_app).get(f"/lv/tirgotaji/{SLUG}").text


def test_a_tap_of_long_ago_is_told_to_the_vendor(demo_app, client):
    nothing_said(demo_app)
    client.come_in(SLUG)
    demo_app.config["NOW"] = datetime(2026, 11, 28, 6, 0)
    tap = {"state": "late", "was": "expected", "diena": str(TODAY)}
    answer = client.send("/lv/mans/sodien/klat", tap, 422, headers=WISH)
    assert answer.json["reason"] == "day"
    assert "pārāk ilgs laiks" in answer.json["title"]
    assert presences(demo_app) == []


def race(app: Flask, states: list[str]) -> list[int]:
    """The answers to first taps of a day that phones of one vendor send at the same time."""
    start = Barrier(len(states))
    clients = [CarefulClient(app).come_in(SLUG) for _ in states]

    def tap(number: int) -> int:
        form = {
            "state": states[number],
            "was": "expected",
            "diena": str(TODAY),
            "idempotency_key": uuid4().hex,
        }
        headers = {"Sec-Fetch-Site": "same-origin", **WISH}
        start.wait()
        answer = clients[number]._client.post("/lv/mans/sodien/klat", data=form, headers=headers)
        return answer.status_code

    with ThreadPoolExecutor(len(states)) as phones:
        return sorted(phones.map(tap, range(len(states))))


def test_of_two_first_taps_at_once_one_counts_and_the_other_may_choose(demo_app):
    nothing_said(demo_app)
    assert race(demo_app, ["present", "late", "absent", "late"])[-1] == 409
    assert len(presences(demo_app)) == 1


def test_two_first_taps_that_say_the_same_are_both_content(demo_app):
    nothing_said(demo_app)
    assert race(demo_app, ["present"] * 6) == [200] * 6
    assert presences(demo_app) == [(TODAY, "present")]


def test_without_looking_at_the_row_first_taps_at_once_would_fail(demo_app, monkeypatch):
    """The twin: a second first tap meets the constraint, and nobody catches that."""
    nothing_said(demo_app)
    monkeypatch.setattr(taps, "presence_of", lambda *_: None)
    monkeypatch.setattr(taps, "presences_on", lambda *_: {})
    monkeypatch.setattr(taps, "IntegrityError", KeyError)
    assert race(demo_app, ["present"] * 3)[-1] >= 500


# Whose taps.


def test_a_tap_of_another_account_is_refused(demo_app, client):
    client.come_in(SLUG)
    good = first_good(demo_app)
    tap = price_tap(good, 4321, account=OTHER)
    address = f"/lv/mans/sodien/prece/{good.id}/cena"
    assert client.send(address, tap, 403, headers=WISH).json["reason"] == "other_account"
    theirs = first_good(demo_app, OTHER)
    client.send(f"/lv/mans/sodien/prece/{theirs.id}/cena", price_tap(theirs, 4321), 404)
    client.send(f"/lv/mans/sodien/prece/{theirs.id}/ir", {"state": "last", "was": "available"}, 404)
    assert first_good(demo_app, OTHER).price_cents == theirs.price_cents
    assert first_good(demo_app).price_cents == good.price_cents


def test_who_is_no_longer_known_is_asked_to_come_in(demo_app):
    visitor = CarefulClient(demo_app)
    answer = visitor.send("/lv/mans/sodien/klat", {"state": "late"}, 401, headers=WISH)
    assert answer.json["reason"] == "nobody"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abc", "rakstiet cenu šādi"),
        ("", "rakstiet cenu šādi"),
        ("-2", "rakstiet cenu šādi"),
        ("2,505", "rakstiet cenu šādi"),
        ("1e9", "rakstiet cenu šādi"),
        ("99999999", "mazāku skaitli"),
    ],
)
def test_a_price_that_does_not_fit_is_given_back(demo_app, client, typed, sentence):
    client.come_in(SLUG)
    good = first_good(demo_app)
    form = {"price": typed, "was": str(good.price_cents), "diena": str(TODAY)}
    text = client.send(f"/lv/mans/sodien/prece/{good.id}/cena", form, 422).text
    assert sentence in text
    assert f'value="{typed}"' in text
    assert first_good(demo_app).price_cents == good.price_cents


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"state": "tomorrow"}, 400),
        ({"state": "late", "diena": "yesterday"}, 400),
        ({"state": "late", "diena": "0001-01-01"}, 422),
        ({"state": "late", "diena": "9999-12-31"}, 422),
    ],
)
def test_strange_taps_are_refused(client, form: dict[str, Any], status: int):
    client.come_in(SLUG)
    client.send("/lv/mans/sodien/klat", form, status)


# The page on every kind of day.


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-24T06:00", "Viss kā vakar"),
        ("2026-11-24T15:00", "Šodien tirgus jau ir slēgts."),
        ("2026-11-25T10:00", "Jūsu nākamā diena:"),
    ],
)
def test_the_page_fits_the_day(demo_app, client, moment: str, words: str):
    client.come_in(SLUG)
    demo_app.config["NOW"] = datetime.fromisoformat(moment)
    assert words in client.get("/lv/mans/").text
    client.get("/en/mans/")


def test_a_vendor_without_any_day_is_told_so(demo_app, client):
    client.come_in(SLUG)
    market: Database = demo_app.extensions["database"]
    with market.writing() as session:
        session.exec(delete(Placement).where(col(Placement.vendor_id) == vendor_id(session)))
        session.commit()
    text = client.get("/lv/mans/").text
    assert "Šodien Jums nav iedalītas vietas." in text
    assert "Jums vēl nav iedalīta neviena tirgus diena." in text
    tap = {"state": "late", "was": "expected"}
    assert client.send("/lv/mans/sodien/klat", tap, 422, headers=WISH).json["reason"] == "no_stall"


def test_who_is_away_for_long_comes_after_all_with_one_tap(demo_app, client):
    nothing_said(demo_app)
    client.come_in(SLUG)
    market: Database = demo_app.extensions["database"]
    with market.writing() as session:
        own = vendor_id(session)
        session.add(Absence(vendor_id=own, first_day=TODAY, last_day=TODAY))
        session.commit()
    client.submit(client.get("/lv/mans/"), "Esmu klāt")
    assert presences(demo_app) == [(TODAY, "present")]


def test_the_page_says_under_which_account_it_was_made(client):
    page = client.come_in(SLUG).fetch("/lv/mans/")
    assert page.headers["Own-Account"] == SLUG
    assert page.headers["Cache-Control"] == "no-store"
    worker = client.fetch("/lv/mans/darbinieks.js")
    assert worker.mimetype == "text/javascript"
    assert "/static/own/queue.js?v=" in worker.text


# The own sign.


def opened(app: Flask) -> int:
    app.extensions["openings"].write()
    with reading(app) as session:
        return sum(row.openings for row in session.exec(select(Opening)).all())


def test_the_own_sign_opens_the_own_page_for_the_own_phone_alone(demo_app, client):
    code, theirs = code_of_stall(demo_app), code_of_stall(demo_app, OTHER)
    visitor = CarefulClient(demo_app)
    assert "Siltrasas" in visitor.get(f"/S/{code}").text
    client.come_in(SLUG)
    before = opened(demo_app)
    for address in (f"/S/{code}", f"/s/{code.lower()}"):
        assert client.fetch(address, 302).location == "/lv/mans/"
    assert client.fetch(f"/en/S/{code}", 302).location == "/en/mans/"
    assert opened(demo_app) == before
    assert "Siltrasas" in visitor.get(f"/S/{code}").text
    for _ in range(2):
        client.get(f"/S/{theirs}")
    assert opened(demo_app) == before + 3


def test_the_kept_page_would_hide_the_own_one(demo_app, client, monkeypatch):
    """The twin: a store that does not look for our cookie serves what it keeps."""
    monkeypatch.setattr("app.kept_pages._is_own_scan", lambda _environ: False)
    code = code_of_stall(demo_app)
    CarefulClient(demo_app).get(f"/S/{code}")
    client.come_in(SLUG).fetch(f"/S/{code}", 200)


def test_visitors_are_served_from_the_store_whatever_cookies_they_bring(demo_app):
    code = code_of_stall(demo_app)
    visitor = CarefulClient(demo_app)
    visitor._client.set_cookie("other", "1")
    served = demo_app.extensions["kept_pages"].served
    for _ in range(3):
        visitor.get(f"/S/{code}")
    assert served["made"] == 1
    visitor._client.set_cookie(cookie_name_of(demo_app), "unknown")
    visitor.get(f"/S/{code}")
    assert served["made"] == 2


def cookie_name_of(app: Flask) -> str:
    with app.app_context():
        return cookie_name()


def test_on_a_closed_day_the_sign_of_the_next_day_opens_the_own_page(demo_app, client):
    client.come_in(SLUG)
    demo_app.config["NOW"] = datetime(2026, 11, 25, 10, 0)
    with reading(demo_app) as session:
        own = vendor_id(session)
        day = session.exec(
            select(Placement.day)
            .where(Placement.vendor_id == own, Placement.day > TODAY)
            .order_by(col(Placement.day))
        ).first()
        free = session.exec(
            select(Sign.code)
            .join(Stall, col(Stall.id) == Sign.stall_id)
            .where(
                col(Stall.id).not_in(select(Placement.stall_id).where(Placement.vendor_id == own))
            )
        ).first()
    code = code_of_stall(demo_app, day=day)
    assert client.fetch(f"/S/{code}", 302).location == "/lv/mans/"
    client.get(f"/S/{free}")
