"""The programme, events and the festival, as visitors see them."""

from datetime import date, datetime, time

import pytest
from flask import Flask
from sqlmodel import select

from app.database import Database
from market.days.models import Festival, MarketDay
from market.places.models import Site
from market.programme.models import Event, Venue
from market.programme.queries import days_with_events, events_between
from tests.careful_client import CarefulClient, Page

Visitor = CarefulClient
HOSTILE = '</script><img src=x onerror=alert(1)>${7*7}`"'
SATURDAY, SUNDAY = date(2027, 7, 17), date(2027, 7, 18)


def write(market: Database, *rows: object) -> None:
    with market.writing() as session:
        for row in rows:
            session.add(row)
            session.flush()
        session.commit()


def event(title: str, day: date = SATURDAY, **other: object) -> Event:
    values: dict[str, object] = {
        "title": {"lv": title},
        "uid": title,
        "first_day": day,
        "last_day": day,
        "hour": "exact" if "starts" in other else "to_be_announced",
    }
    return Event(**(values | other))


@pytest.fixture
def fair(empty_market: Database) -> Database:
    """A market with two venues in two parishes and a few events of one Saturday."""
    write(
        empty_market,
        Venue(
            id=1,
            slug="laukums",
            name={"lv": "Laukums", "en": "Square"},
            parish_code="0051210",
            address="Laukums, Tukums",
            lat=56.97,
            lon=23.15,
        ),
        Venue(id=2, slug="irlava", name={"lv": "Irlavas nams"}, parish_code="0051440"),
        Festival(
            id=1,
            slug="svetki-2027",
            name={"lv": "Svētki", "en": "Festival"},
            first_day=SATURDAY,
            last_day=SUNDAY,
            intro={"lv": "Divas dienas."},
            wreath={"lv": "Nāciet ar rozi.", "en": "Come with a rose."},
        ),
        event("Vainags", starts=time(10), ends=time(13), venue_id=1, price="free", festival_id=1),
        event("Bungotāji", SUNDAY, starts=time(0), ends=time(1), venue_id=1, festival_id=1),
        event("Grozi", starts=time(11), venue_id=2, price="paid"),
        event("Upe", starts=time(12), parish_code="0051440", place="pie tilta"),
        event(
            "Zvaigznes",
            hour="evening",
            venue_id=1,
            state="cancelled",
            state_words={"lv": "Mākoņi."},
        ),
        event("Pastaiga", state="postponed", venue_id=2),
    )
    return empty_market


def at(app: Flask, moment: str) -> CarefulClient:
    app.config["NOW"] = datetime.fromisoformat(moment)
    return CarefulClient(app)


@pytest.fixture
def saturday(fair: Database, empty_address: str, empty_app: Flask) -> CarefulClient:
    """A visitor of that market on its Saturday at noon."""
    return at(empty_app, "2027-07-17T12:00")


def rows_of(page: Page) -> list[str]:
    """The titles of the rows of a page, in order."""
    return [row.first("h3").text for row in page.root.all("ul", of_class="events")[0].all("li")]


# The queries.


def test_events_are_found_by_day_venue_and_parish(fair: Database) -> None:
    def found(**where: str) -> set[str]:
        items = events_between(session, SATURDAY, SATURDAY, **where)
        return {item.event.title["lv"] for item in items}

    with fair.reading() as session:
        everything = {"Vainags", "Bungotāji", "Grozi", "Upe", "Zvaigznes", "Pastaiga"}
        assert found() == everything
        assert found(venue="irlava") == {"Grozi", "Pastaiga"}
        assert found(parish="0051440") == {"Grozi", "Upe", "Pastaiga"}
        assert found(venue="laukums", parish="0051440") == set()
        assert days_with_events(session, SATURDAY, SUNDAY) == [SATURDAY]


# The programme.


def test_a_day_is_told_in_order_with_the_hour_of_24_at_its_end(saturday: Visitor) -> None:
    page = saturday.get("/lv/programma?diena=2027-07-17")
    assert rows_of(page) == ["Vainags", "Grozi", "Upe", "Bungotāji", "Zvaigznes", "Pastaiga"]
    assert "24.00 tas ir 18.7. plkst. 0.00 Bungotāji" in page.text


def test_now_and_next_stand_above_the_day(saturday: Visitor) -> None:
    saturday.app.config["NOW"] = datetime(2027, 7, 17, 11, 30)
    page = saturday.get("/lv/programma")
    now = page.root.first("section", of_class="now").text
    assert "Tagad Vainags" in now
    assert "Grozi" in now
    assert "Tālāk, plkst. 12.00 Upe" in now
    assert "Zvaigznes" not in now
    assert "Pastaiga" not in now


def test_at_night_what_began_yesterday_is_still_on(saturday: Visitor) -> None:
    saturday.app.config["NOW"] = datetime(2027, 7, 18, 0, 30)
    now = saturday.get("/lv/programma").root.first("section", of_class="now").text
    assert "Tagad Bungotāji" in now


def test_an_event_without_an_hour_is_some_time_today(saturday: Visitor, fair: Database) -> None:
    write(fair, event("Tikšanās", venue_id=2))
    now = saturday.get("/lv/programma").root.first("section", of_class="now").text
    assert "Šodien, bez precīzas stundas Tikšanās" in now
    assert "laiks tiks paziņots" in now


def test_cancelled_and_postponed_are_said_in_words(saturday: Visitor) -> None:
    page = saturday.get("/lv/programma?diena=2027-07-17")
    rows = page.root.first("ul", of_class="events").all("li")
    said = {row.first("h3").text: row.text for row in rows}
    assert "Atcelts" in said["Zvaigznes"]
    assert "Mākoņi." in said["Zvaigznes"]
    assert "Pārcelts" in said["Pastaiga"]
    assert "Atcelts" not in said["Vainags"]


def test_free_and_paid_are_said_and_the_unknown_is_not_guessed(saturday: Visitor) -> None:
    page = saturday.get("/lv/programma?diena=2027-07-17")
    rows = page.root.first("ul", of_class="events").all("li")
    tags = {row.first("h3").text: [one.text for one in row.all(of_class="tag")] for row in rows}
    assert tags["Vainags"] == ["bez maksas"]
    assert tags["Grozi"] == ["par maksu"]
    assert tags["Upe"] == []


def test_a_place_shows_what_is_coming_there(saturday: Visitor) -> None:
    page = saturday.get("/lv/programma?pagasts=irlavas-pagasts")
    assert page.h1 == "Programma: Irlavas pagasts"
    assert rows_of(page) == ["Grozi", "Upe", "Pastaiga"]
    page = saturday.get("/en/programma?vieta=laukums")
    assert page.h1 == "Programme: Square"


def test_an_empty_day_says_when_the_next_events_are(saturday: Visitor) -> None:
    page = saturday.get("/lv/programma?diena=2027-07-15")
    assert "Šajā dienā pasākumu nav." in page.text
    assert page.link("šodien").endswith("diena=2027-07-17")
    page = saturday.get("/lv/programma?diena=2026-11-24")
    assert page.root.first("ul", of_class="days").all("a")[-1]["href"].endswith("2027-07-17")
    page = saturday.get("/lv/programma?diena=2027-08-15")
    assert "pagaidām nekas nav izziņots" in page.text


def test_the_days_with_events_lead_from_one_to_the_next(saturday: Visitor, fair: Database) -> None:
    write(fair, event("Agrāk", date(2027, 7, 10)), event("Vēlāk", date(2027, 7, 21)))
    page = saturday.get("/lv/programma?diena=2027-07-17")
    links = page.root.first("ul", of_class="days").all("a")
    assert [one["href"].split("=")[1] for one in links] == [
        "2027-07-10",
        "2027-07-17",
        "2027-07-21",
    ]
    assert [one["aria-current"] for one in links] == ["", "date", ""]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("diena=nav", 200),
        ("diena=", 200),
        ("diena=0001-01-01", 200),
        ("diena=9999-12-31", 200),
        ("diena=2027-02-30", 200),
        ("diena=2027-07-17&vieta=&pagasts=", 200),
        ("vieta=nav", 404),
        ("pagasts=0051440", 404),
        ("vieta=%00", 400),
    ],
)
def test_whatever_is_asked_gets_a_page(saturday: Visitor, query: str, status: int) -> None:
    saturday.get(f"/lv/programma?{query}", status)


def test_an_empty_market_has_a_programme_too(empty_app: Flask) -> None:
    page = CarefulClient(empty_app).get("/lv/programma")
    assert "Šajā dienā pasākumu nav." in page.text


# One event.


def page_of(client: CarefulClient, market: Database, title: str, language: str = "lv") -> Page:
    with market.reading() as session:
        found = session.exec(select(Event).where(Event.uid == title)).one()
    return client.get(f"/{language}/notikums/{found.id}")


def test_an_event_says_when_where_and_at_what_price(saturday: Visitor, fair: Database) -> None:
    page = page_of(saturday, fair, "Vainags")
    facts = page.root.first("dl").text
    assert "Laiks 10.00–13.00" in facts
    assert "Vieta Laukums Tukums" in facts
    assert "Ieeja bez maksas" in facts
    assert "Ietilpst Svētki" in facts
    assert "Grozi" in page.text


def test_an_event_of_the_night_says_both_its_days(saturday: Visitor, fair: Database) -> None:
    write(fair, event("Balle", starts=time(22), ends=time(2), last_day=SUNDAY, venue_id=1))
    facts = page_of(saturday, fair, "Balle").root.first("dl").text
    assert "Sākas Šodien, plkst. 22.00" in facts
    assert "Beidzas Rīt, plkst. 2.00" in facts
    facts = page_of(saturday, fair, "Bungotāji").root.first("dl").text
    assert "Diena Šodien" in facts
    assert "24.00–1.00" in facts
    assert "tas ir svētdien, 18. jūlijā plkst. 0.00" in facts


def test_a_cancelled_event_keeps_its_page_and_says_so(saturday: Visitor, fair: Database) -> None:
    page = page_of(saturday, fair, "Zvaigznes")
    assert "Pasākums ir atcelts. Mākoņi." in page.text


def test_words_in_another_language_are_marked(saturday: Visitor, fair: Database) -> None:
    page = page_of(saturday, fair, "Grozi", "en")
    assert "in another language only" in page.text
    rows = saturday.get("/en/programma").root.first("ul", of_class="events")
    assert [one.text for one in rows.all("span", lang="lv")][:2] == ["Vainags", "Grozi"]


def test_search_engines_read_moments_with_their_offset(saturday: Visitor, fair: Database) -> None:
    [data] = page_of(saturday, fair, "Vainags").data
    assert data["@type"] == "Event"
    assert data["startDate"] == "2027-07-17T10:00:00+03:00"
    assert data["endDate"] == "2027-07-17T13:00:00+03:00"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["isAccessibleForFree"] is True
    assert data["location"]["geo"]["latitude"] == 56.97
    assert data["superEvent"]["url"] == "https://tirgus.example/lv/svetki/svetki-2027"
    [data] = page_of(saturday, fair, "Zvaigznes").data
    assert data["startDate"] == "2027-07-17"
    assert data["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_hostile_event_stays_text(saturday: Visitor, fair: Database) -> None:
    words = {"lv": HOSTILE}
    write(
        fair,
        Venue(id=9, slug="launs", name=words, address=HOSTILE),
        event(
            HOSTILE,
            venue_id=9,
            text=words,
            place=HOSTILE,
            organiser=HOSTILE,
            state="cancelled",
            state_words=words,
            festival_id=1,
        ),
    )
    for page in (
        page_of(saturday, fair, HOSTILE),
        saturday.get("/lv/programma"),
        saturday.get("/lv/programma?vieta=launs"),
        saturday.get("/lv/svetki/svetki-2027"),
    ):
        assert HOSTILE in page.text
        assert not page.main.all("img")
    [data] = page_of(saturday, fair, HOSTILE).data
    assert data["name"] == HOSTILE


def test_an_event_that_is_not_there_is_not_found(saturday: Visitor) -> None:
    for number in ("999", "2147483648", "99999999999999999999"):
        saturday.get(f"/lv/notikums/{number}", 404)


# The festival.


def test_a_festival_tells_its_days_stalls_wreath_and_programme(
    saturday: Visitor, fair: Database
) -> None:
    site = Site(
        id=7, slug="ring", name={"lv": "Rožu loks"}, lat=56.97, lon=23.15, width_m=90, height_m=70
    )
    days = (
        MarketDay(site_id=7, day=SATURDAY, festival_id=1, opens=time(9), closes=time(22)),
        MarketDay(site_id=7, day=SUNDAY, festival_id=1, cancelled=True, words={"lv": "Vētra."}),
    )
    write(fair, site, *days)
    page = saturday.get("/lv/svetki/svetki-2027")
    assert "Šodien ir 1. diena no 2" in page.text
    assert "Nāciet ar rozi." in page.text
    assert "Sestdiena, 17.7. · Rožu loks · 9.00–22.00" in page.text
    assert "Svētdiena, 18.7. · Rožu loks · Atcelts Vētra." in page.text
    assert page.link("Kurš kurā vietā").endswith("/lv/karte?diena=2027-07-17&laukums=ring")
    assert rows_of(page) == ["Vainags", "Bungotāji"]
    [data] = page.data
    assert (data["@type"], data["startDate"], data["endDate"]) == (
        "Festival",
        "2027-07-17",
        "2027-07-18",
    )


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2027-06-26T09:00", "Sākas pēc 21 dienas"),
        ("2027-07-07T09:00", "Sākas pēc 10 dienām"),
        ("2027-07-15T09:00", "Sākas pēc 2 dienām"),
        ("2027-07-16T23:59", "Sākas rīt"),
        ("2027-07-18T09:00", "Šodien ir 2. diena no 2"),
        ("2027-07-19T00:00", "Šie svētki ir beigušies"),
    ],
)
def test_the_countdown_is_said_with_the_right_plural(
    saturday: Visitor, moment: str, said: str
) -> None:
    saturday.app.config["NOW"] = datetime.fromisoformat(moment)
    assert said in saturday.get("/lv/svetki/svetki-2027").text


def test_a_festival_that_is_not_there_is_not_found(saturday: Visitor) -> None:
    saturday.get("/lv/svetki/nav", 404)


# The demonstration.


def test_the_demonstration_always_has_a_now_and_a_next(visitor: CarefulClient) -> None:
    for language in ("lv", "en"):
        page = visitor.get(f"/{language}/programma")
        assert page.root.first("section", of_class="now")
        visitor.get(f"/{language}/programma?diena=")
        festival = visitor.get(f"/{language}/svetki/rozu-svetki-2027")
        assert len(festival.root.all("ul", of_class="events")) == 3


def test_the_demonstration_is_complete_in_english(demo_market: Database) -> None:
    with demo_market.reading() as session:
        events = session.exec(select(Event)).all()
    assert len(events) > 80
    assert all("en" in event.title for event in events)
    assert {event.state for event in events} == {"confirmed", "cancelled", "postponed"}
    assert {event.hour for event in events} >= {"exact", "evening", "all_day", "to_be_announced"}
    assert len({event.uid for event in events}) == len(events)
    assert any(event.ends and event.last_day > event.first_day for event in events)
