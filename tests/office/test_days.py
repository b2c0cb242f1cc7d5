"""Market days at the office's desk: the calendar, hours, and cancelling a day with all it does."""

import re
import sys
from collections.abc import Callable, Sequence
from datetime import date, time

import pytest
from flask import Flask
from sqlmodel import col, select

from app.database import database
from app.records import Letter
from market.days.models import MarketDay, Placement, SpecialDay, WeeklyHours
from tests.careful_client import CarefulClient
from tests.reading_paper import texts_of
from vendors.registry.models import Vendor

TODAY = date(2026, 11, 24)
DAY = "/lv/parvalde/dienas/2026-11-24"
WORDS = {"words.lv": "Sals: tirgus šodien nenotiek.", "words.en": "Frost: no market today."}


def row_of(app: Flask, day: date = TODAY) -> MarketDay | None:
    with app.app_context(), database().reading() as session:
        return session.exec(
            select(MarketDay).where(MarketDay.day == day, MarketDay.site_id == 1)
        ).first()


def letters(app: Flask, kind: str) -> Sequence[Letter]:
    with app.app_context(), database().reading() as session:
        return session.exec(
            select(Letter).where(Letter.kind == kind).order_by(col(Letter.id))
        ).all()


def placed(app: Flask, day: date = TODAY) -> list[Vendor]:
    with app.app_context(), database().reading() as session:
        rows = session.exec(
            select(Vendor).where(
                col(Vendor.id).in_(select(Placement.vendor_id).where(Placement.day == day))
            )
        )
        return list(rows)


def some_get_letters(app: Flask) -> None:
    """Two vendors of the day have an e-mail address, the others do not."""
    with app.app_context(), database().writing() as session:
        for number, vendor in enumerate(placed(app)):
            kept = session.get_one(Vendor, vendor.id)
            kept.email = f"pardevejs{number}@example.lv" if number < 2 else None
            session.add(kept)
        session.commit()


def entry(client: CarefulClient) -> dict[str, str]:
    """The entry of a day in the calendar of market days."""
    text = client.fetch("/tirgus-dienas.ics").get_data(as_text=True)
    for part in text.split("BEGIN:VEVENT")[1:]:
        if "tirgus-2026-11-24@" in part:
            return dict(re.findall(r"^(STATUS|SEQUENCE|DTSTART)[^:\r\n]*:(.*?)\r?$", part, re.M))
    return {}


def sign_of(app: Flask, vendor: Vendor) -> str:
    from market.signs.models import Sign

    with app.app_context(), database().reading() as session:
        stall = session.exec(
            select(Placement.stall_id).where(
                Placement.day == TODAY, Placement.vendor_id == vendor.id
            )
        ).first()
        return session.exec(select(Sign.code).where(Sign.stall_id == stall)).one()


def pages_say(client: CarefulClient, app: Flask) -> set[str]:
    """Which public pages say just now that the day is cancelled."""
    sign = f"/s/{sign_of(app, placed(app)[0])}"
    addresses = {"today": "/lv/", "sign": sign, "stalls": "/lv/karte?diena=2026-11-24"}
    found = set()
    for name, address in addresses.items():
        answer = client._client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        if "tcelt" in answer.get_data(as_text=True):
            found.add(name)
    return found


EVERYWHERE = {"today", "sign", "stalls"}


def test_cancelling_a_day_is_said_everywhere_and_taken_back_everywhere(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> None:
    office, visitor = person_of_office("organiser"), CarefulClient(demo_app)
    some_get_letters(demo_app)
    before, people = entry(visitor), placed(demo_app)
    assert pages_say(visitor, demo_app) == set()
    preview = office.get(f"{DAY}/atcelt")
    assert f"{len(people)} tirgot" in preview.root.text
    assert "2 tirgotāji saņem" in preview.root.text

    done = office.submit(preview, "Atcelt tirgus dienu", **WORDS)
    assert "2 vēstules" in done.root.text
    assert pages_say(visitor, demo_app) == EVERYWHERE
    assert WORDS["words.lv"] in visitor.get("/lv/").root.text
    assert WORDS["words.en"] in visitor.get("/en/").root.text
    cancelled = entry(visitor)
    assert cancelled["STATUS"] == "CANCELLED"
    assert int(cancelled["SEQUENCE"]) > int(before["SEQUENCE"])
    assert cancelled["DTSTART"] == before["DTSTART"]
    sent = letters(demo_app, "day_cancelled")
    assert sorted(letter.recipient for letter in sent) == [
        "pardevejs0@example.lv",
        "pardevejs1@example.lv",
    ]
    assert WORDS["words.lv"] in sent[0].body
    texts = [text.text for text in texts_of(office.fetch(f"{DAY}/zvani.pdf").data)]
    called = {vendor.name for vendor in people if vendor.email not in {"a"}}
    assert sum(name in texts for name in called) == len(people) - 2
    seller = CarefulClient(demo_app).come_in(people[0].slug)
    assert WORDS["words.lv"] in seller.get("/lv/mans/").root.text
    assert WORDS["words.lv"] in seller.get("/lv/mans/dienas").root.text

    back = office.submit(office.get(f"{DAY}/atcelt"), "Tirgus tomēr notiek")
    assert "2 vēstules" in back.root.text
    assert pages_say(visitor, demo_app) == set()
    held = entry(visitor)
    assert held["STATUS"] == "CONFIRMED"
    assert int(held["SEQUENCE"]) > int(cancelled["SEQUENCE"])
    assert held["DTSTART"] == before["DTSTART"]
    assert len(letters(demo_app, "day_held")) == 2
    assert placed(demo_app) == people

    office.submit(office.get(f"{DAY}/atcelt"), "Atcelt tirgus dienu", **WORDS)
    assert len(letters(demo_app, "day_cancelled")) == 4
    assert int(entry(visitor)["SEQUENCE"]) > int(held["SEQUENCE"])


def test_twin_with_a_forgotten_public_version_pages_would_stay_as_they_were(
    person_of_office: Callable[..., CarefulClient],
    demo_app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office, visitor = person_of_office("organiser"), CarefulClient(demo_app)
    assert pages_say(visitor, demo_app) == set()
    quiet = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|SAVEPOINT|RELEASE|PRAGMA|BEGIN|SET)\b")
    monkeypatch.setattr(sys.modules["app.database"], "_CHANGES_NOTHING_PUBLIC", quiet)
    office.submit(office.get(f"{DAY}/atcelt"), "Atcelt tirgus dienu", **WORDS)
    assert pages_say(visitor, demo_app) != EVERYWHERE


def test_new_words_for_a_cancelled_day_write_no_second_letter(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    some_get_letters(demo_app)
    organiser.submit(organiser.get(f"{DAY}/atcelt"), "Atcelt tirgus dienu", **WORDS)
    other = {"words.lv": "Plūdi.", "words.en": ""}
    organiser.submit(organiser.get(f"{DAY}/atcelt"), "Saglabāt vārdus", **other)
    assert len(letters(demo_app, "day_cancelled")) == 2
    row = row_of(demo_app)
    assert row is not None
    assert row.words == {"lv": "Plūdi."}


def test_a_day_is_not_cancelled_without_a_word(organiser: CarefulClient, demo_app: Flask) -> None:
    organiser.send(f"{DAY}/atcelt", {"words.lv": "", "words.en": "Frost"}, 422)
    organiser.send(f"{DAY}/atcelt", {"words.lv": "z" * 301}, 422)
    assert row_of(demo_app) is None


def test_who_cancels_second_is_told_what_stands_there(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> None:
    one, other = person_of_office("organiser"), person_of_office("head")
    seen = other.get(f"{DAY}/atcelt")
    one.submit(one.get(f"{DAY}/atcelt"), "Atcelt tirgus dienu", **WORDS)
    told = other.submit(seen, "Atcelt tirgus dienu", 409, **{"words.lv": "Vētra.", "words.en": ""})
    assert WORDS["words.lv"] in told.root.text
    assert "Vētra." in told.html


def test_a_cancellation_is_taken_back_by_its_own_button_alone(organiser: CarefulClient) -> None:
    done = organiser.submit(organiser.get(f"{DAY}/atcelt"), "Atcelt tirgus dienu", **WORDS)
    assert not [button for button in done.root.all("button") if button.name == "Atcelt"]


def test_other_hours_words_and_weather_are_read_and_places_stay(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    people, visitor = placed(demo_app), CarefulClient(demo_app)
    organiser.submit(
        organiser.get(DAY),
        "Saglabāt",
        opens="09:00",
        closes="12:30",
        **{"weather.lv": "Slidens: uzmanīgi!", "weather.en": "Slippery."},
    )
    assert "12.30" in visitor.get("/lv/").root.text
    assert "Slidens: uzmanīgi!" in visitor.get("/lv/").root.text
    sign = f"/lv/s/{sign_of(demo_app, people[0])}"
    assert "Slidens: uzmanīgi!" in visitor._client.get(sign).get_data(as_text=True)
    seller = CarefulClient(demo_app).come_in(people[0].slug)
    assert "Slidens: uzmanīgi!" in seller.get("/lv/mans/").root.text
    assert placed(demo_app) == people


def test_both_texts_are_shown_when_two_change_a_day(
    person_of_office: Callable[..., CarefulClient],
) -> None:
    one, other = person_of_office("organiser"), person_of_office("head")
    one.submit(one.get(DAY), "Saglabāt", **{"weather.lv": "Sals."})
    page = other.get(DAY)
    one.submit(one.get(DAY), "Saglabāt", **{"weather.lv": "Atkusnis."})
    told = other.submit(page, "Saglabāt", 409, **{"weather.lv": "Lietus."})
    assert "Atkusnis." in told.root.text
    assert "Lietus." in told.html


REFUSED = {
    "closes before it opens": {"opens": "12:00", "closes": "09:00"},
    "one time alone": {"opens": "09:00", "closes": ""},
    "no time": {"opens": "rīts", "closes": "12:00"},
    "an unknown kind": {"opens": "09:00", "closes": "12:00", "kind": "party"},
    "a personal code": {"opens": "09:00", "closes": "12:00", "weather.lv": "010190-12345"},
    "no Latvian": {"opens": "09:00", "closes": "12:00", "weather.en": "Rain"},
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_day_is_refused(case: str, organiser: CarefulClient, demo_app: Flask) -> None:
    organiser.send(DAY, REFUSED[case], 422)
    assert row_of(demo_app) is None


def test_a_day_with_vendors_is_not_closed_in_silence(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    answer = organiser.send(DAY, {"opens": "", "closes": "", "kind": "ordinary"})
    assert answer.location.endswith("/atcelt")
    answer = organiser.send(f"{DAY}/ieteikums", {"advice": "closed"})
    assert answer.location.endswith("/atcelt")
    assert row_of(demo_app) is None


def test_a_suggestion_is_accepted_with_one_tap(organiser: CarefulClient, demo_app: Flask) -> None:
    page = organiser.get("/lv/parvalde/dienas?no=2027-12")
    assert "Ziemassvētku vakars" in page.root.text
    friday = date(2027, 12, 24)
    address = f"/lv/parvalde/dienas/{friday}/ieteikums"
    organiser.get(organiser.send(address, {"advice": "shorter"}).location)
    row = row_of(demo_app, friday)
    assert row is not None
    assert (row.opens, row.closes) == (time(8), time(12))
    organiser.send(address, {"advice": "closed"})
    row = row_of(demo_app, friday)
    assert row is not None
    assert row.opens is not None
    organiser.send(address, {"advice": "dance"}, 404)


def test_special_days_are_kept_and_suggest_a_fair(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    page = organiser.get("/lv/parvalde/dienas/ipasas")
    assert "Miķeļdienas tirgus" in page.root.text
    typed = {"name.lv": "Ķiploku diena", "name.en": "", "day": "2027-08-04", "advice": "fair"}
    organiser.submit(page, "Pievienot", **typed)
    listed = organiser.get("/lv/parvalde/dienas?no=2027-08").root.text
    assert "Ķiploku diena" in listed
    with demo_app.app_context(), database().reading() as session:
        found = session.exec(select(SpecialDay).where(SpecialDay.day == date(2027, 8, 4))).one()
    address = f"/lv/parvalde/dienas/ipasas/{found.id}"
    organiser.submit(organiser.get(address), "Saglabāt", day="2027-08-05")
    organiser.submit(organiser.get(address), "Izņemt šo dienu")
    organiser.get(address, 404)
    organiser.send("/lv/parvalde/dienas/ipasas", {**typed, "advice": "x"}, 422)
    organiser.send("/lv/parvalde/dienas/ipasas", {**typed, "name.lv": ""}, 422)


def test_a_weekday_is_added_changed_from_a_day_on_and_ended(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    page = "/lv/parvalde/dienas/nedela"
    typed = {"weekday": "3", "opens": "09:00", "closes": "13:00", "valid_from": "2026-12-01"}
    organiser.submit(organiser.get(page), "Pievienot", **typed)
    organiser.send(page, typed, 422)
    with demo_app.app_context(), database().reading() as session:
        row = session.exec(select(WeeklyHours).where(WeeklyHours.weekday == 3)).one()
    one = f"{page}/{row.id}"
    new = {"from_day": "2027-01-07", "opens": "10:00", "closes": "13:00"}
    organiser.submit(organiser.get(one), "Ielikt jauno laiku", **new)
    with demo_app.app_context(), database().reading() as session:
        rows = session.exec(
            select(WeeklyHours)
            .where(WeeklyHours.weekday == 3)
            .order_by(col(WeeklyHours.valid_from))
        ).all()
    assert [(row.opens, row.valid_to) for row in rows] == [
        (time(9), date(2027, 1, 6)),
        (time(10), None),
    ]
    organiser.send(f"{one}/no-dienas", {**new, "from_day": "2026-01-01"}, 422)
    organiser.send(page, {**typed, "weekday": "9"}, 422)
    organiser.get(f"{page}/999999", 404)


def test_readers_look_and_change_nothing(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> None:
    reader = person_of_office("reader")
    for address in ("/lv/parvalde/dienas", DAY, f"{DAY}/atcelt", "/en/parvalde/dienas/ipasas"):
        reader.get(address)
    reader.send(f"{DAY}/atcelt", WORDS, 403)
    assert row_of(demo_app) is None
