"""Calendar files as a calendar program fetches them."""

from datetime import UTC, date, datetime, time

import icalendar
import pytest
from flask import Flask
from sqlmodel import select

from app.database import Database
from app.pages import calendars
from market.days.models import Festival, MarketDay, WeeklyHours
from market.places.models import Site
from market.programme.models import Event, Venue
from tests.careful_client import CarefulClient

SATURDAY, SUNDAY = date(2027, 7, 17), date(2027, 7, 18)


@pytest.fixture
def program(empty_market: Database, empty_app: Flask) -> CarefulClient:
    """A calendar program that asks a market with a festival on a July morning."""
    rows = [
        Venue(
            id=1,
            slug="laukums",
            name={"lv": "Brīvības laukums", "en": "Freedom Square"},
            address="Brīvības laukums, Tukums",
            parish_code="0051210",
            lat=56.97,
            lon=23.15,
        ),
        Site(
            id=1,
            slug="tirgus",
            name={"lv": "Tukuma tirgus", "en": "Tukums market"},
            lat=56.96,
            lon=23.15,
            width_m=90,
            height_m=70,
        ),
        Festival(
            id=1,
            slug="svetki-2027",
            name={"lv": "Rožu svētki", "en": "Rose Festival"},
            first_day=SATURDAY,
            last_day=SUNDAY,
            intro={"lv": "…"},
        ),
        WeeklyHours(
            site_id=1, weekday=1, opens=time(8), closes=time(14), valid_from=date(2026, 1, 1)
        ),
        event("Vainags", starts=time(10), ends=time(13), venue_id=1, price="free"),
        event("Bungotāji", SUNDAY, starts=time(0), ends=time(1), venue_id=1),
        event("Koncerts", starts=time(18), parish_code="0051440", place="pie tilta"),
        event("Tikšanās"),
        event("Zvaigznes", hour="evening", state="cancelled", state_words={"lv": "Mākoņi."}),
        event("Pastaiga", starts=time(9), state="postponed", sequence=3),
        event("Izstāde", hour="all_day", last_day=date(2027, 7, 31)),
        event("Sen", date(2027, 1, 5)),
    ]
    with empty_market.writing() as session:
        for row in rows:
            session.add(row)
            session.flush()
        session.commit()
    empty_app.config["NOW"] = datetime(2027, 7, 1, 9, 0)
    return CarefulClient(empty_app)


def event(title: str, day: date = SATURDAY, **other: object) -> Event:
    values: dict[str, object] = {
        "title": {"lv": title, "en": f"{title} in English"},
        "uid": f"{title}@tirgus.example",
        "first_day": day,
        "last_day": day,
        "hour": "exact" if "starts" in other else "to_be_announced",
    }
    return Event(**(values | other))


def entries(client: CarefulClient, address: str) -> dict[str, icalendar.Event]:
    """The entries of a calendar by the names in their uids."""
    response = client.fetch(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith("inline; filename=")
    assert max(len(line) for line in response.data.split(b"\r\n")) <= 75
    found = icalendar.Calendar.from_ical(response.data).walk("VEVENT")
    return {str(one["UID"]).split("@")[0]: one for one in found}


def test_the_programme_is_a_calendar_in_latvian_and_in_english(program: CarefulClient) -> None:
    found = entries(program, "/programma.ics")
    assert set(found) == {
        "Vainags", "Bungotāji", "Koncerts", "Tikšanās", "Zvaigznes", "Pastaiga", "Izstāde"
    }  # fmt: skip
    assert found["Vainags"]["SUMMARY"] == "Vainags"
    assert found["Vainags"]["LOCATION"] == "Brīvības laukums, Tukums"
    english = entries(program, "/programma.ics?valoda=en")["Vainags"]
    assert english["SUMMARY"] == "Vainags in English"
    assert english["URL"].startswith("https://tirgus.example/en/notikums/")
    assert entries(program, "/programma.ics?valoda=xx")["Vainags"]["SUMMARY"] == "Vainags"


def test_its_moments_are_those_of_the_clock_of_the_place(program: CarefulClient) -> None:
    found = entries(program, "/programma.ics")
    moments = {
        name: found[name].decoded("DTSTART").astimezone(UTC).strftime("%d %H:%M")
        for name in ("Vainags", "Bungotāji", "Koncerts")
    }
    assert moments == {"Vainags": "17 07:00", "Bungotāji": "17 21:00", "Koncerts": "17 15:00"}


def test_what_is_not_plain_is_said_in_words_too(program: CarefulClient) -> None:
    found = entries(program, "/programma.ics")
    summaries = {name: (str(one["SUMMARY"]), str(one["STATUS"])) for name, one in found.items()}
    assert summaries == {
        "Vainags": ("Vainags", "CONFIRMED"),
        "Bungotāji": ("Bungotāji", "CONFIRMED"),
        "Koncerts": ("Koncerts", "CONFIRMED"),
        "Tikšanās": ("Tikšanās (laiks tiks paziņots)", "CONFIRMED"),
        "Zvaigznes": ("ATCELTS: Zvaigznes (vakarā)", "CANCELLED"),
        "Pastaiga": ("PĀRCELTS: Pastaiga", "TENTATIVE"),
        "Izstāde": ("Izstāde (visu dienu)", "CONFIRMED"),
    }
    assert str(found["Zvaigznes"]["DESCRIPTION"]).startswith("Mākoņi.\n\nhttps://tirgus.example/")
    assert "Beigu laiks nav noteikts." in found["Koncerts"]["DESCRIPTION"]
    assert "Ieeja bez maksas" in found["Vainags"]["DESCRIPTION"]
    assert found["Pastaiga"]["SEQUENCE"] == 3
    assert found["Izstāde"].decoded("DTEND") == date(2027, 8, 1)
    assert found["Koncerts"]["LOCATION"] == "pie tilta, Irlavas pagasts"


def test_a_venue_or_a_parish_has_its_own_calendar(program: CarefulClient) -> None:
    assert set(entries(program, "/programma.ics?vieta=laukums")) == {"Vainags", "Bungotāji"}
    assert set(entries(program, "/programma.ics?pagasts=irlavas-pagasts")) == {"Koncerts"}
    program.fetch("/programma.ics?vieta=nav", 404)


def test_one_event_is_a_calendar(program: CarefulClient, empty_market: Database) -> None:
    with empty_market.reading() as session:
        one = session.exec(select(Event).where(Event.uid == "Vainags@tirgus.example")).one()
    assert set(entries(program, f"/notikums/{one.id}.ics")) == {"Vainags"}
    program.fetch("/notikums/999.ics", 404)
    program.fetch("/notikums/99999999999999.ics", 404)


def test_the_market_days_are_a_calendar(program: CarefulClient, empty_market: Database) -> None:
    hours = {"opens": time(9), "closes": time(22)}
    words = {"lv": "Vētra."}
    with empty_market.writing() as session:
        session.add(MarketDay(site_id=1, day=SATURDAY, kind="festival", festival_id=1, **hours))
        session.add(MarketDay(site_id=1, day=date(2027, 7, 20), cancelled=True, words=words))
        session.commit()
    found = entries(program, "/tirgus-dienas.ics")
    assert len(found) == 58
    assert list(found)[:3] == ["tirgus-2027-07-06", "tirgus-2027-07-13", "tirgus-2027-07-17"]
    assert found["tirgus-2027-07-06"]["SUMMARY"] == "Tukuma tirgus"
    assert found["tirgus-2027-07-06"].decoded("DTSTART").isoformat() == "2027-07-06T08:00:00+03:00"
    assert found["tirgus-2027-11-02"].decoded("DTSTART").isoformat() == "2027-11-02T08:00:00+02:00"
    assert found["tirgus-2027-07-17"]["SUMMARY"] == "Rožu svētki: Tukuma tirgus"
    storm = found["tirgus-2027-07-20"]
    assert (storm["STATUS"], storm["SUMMARY"]) == ("CANCELLED", "ATCELTS: Tukuma tirgus")
    assert storm.decoded("DTSTART").hour == 8
    assert str(storm["DESCRIPTION"]).startswith("Vētra.")
    english = entries(program, "/tirgus-dienas.ics?valoda=en")
    assert english["tirgus-2027-07-06"]["SUMMARY"] == "Tukums market"


def test_the_demonstration_has_its_calendars(visitor: CarefulClient) -> None:
    assert len(entries(visitor, "/programma.ics")) > 80
    assert len(entries(visitor, "/tirgus-dienas.ics")) > 150


def test_a_hostile_event_adds_nothing_to_a_calendar(
    program: CarefulClient, empty_market: Database
) -> None:
    hostile = "Balle\r\nATTACH:https://evil.example\nEND:VEVENT"
    with empty_market.writing() as session:
        one = event("x", starts=time(10), place=hostile, organiser=hostile, text={"lv": hostile})
        one.title = {"lv": hostile}
        session.add(one)
        session.commit()
    found = entries(program, "/programma.ics")
    assert len(found) == 8
    assert "ATTACH" not in found["x"]
    assert str(found["x"]["SUMMARY"]) == hostile.replace("\r\n", "\n")


def test_a_calendar_that_forgets_past_midnight_is_found_out(
    program: CarefulClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the end on the first day, as one would write it without thinking."""

    def times(one: Event) -> tuple[datetime, datetime]:
        return (
            datetime.combine(one.first_day, one.starts or time(0)),
            datetime.combine(one.first_day, one.ends or time(0)),
        )

    with program.app.extensions["database"].writing() as session:
        session.add(event("Balle", starts=time(22), ends=time(2), last_day=SUNDAY))
        session.commit()
    assert _lasts(entries(program, "/programma.ics")["Balle"]) == 4
    monkeypatch.setattr(calendars, "times_of", times)
    with program.app.extensions["database"].writing() as session:
        session.add(event("Vēl", starts=time(10)))
        session.commit()
    assert _lasts(entries(program, "/programma.ics")["Balle"]) != 4


def _lasts(one: icalendar.Event) -> float:
    return float((one.decoded("DTEND") - one.decoded("DTSTART")).total_seconds() / 3600)
