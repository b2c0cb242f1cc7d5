"""Today at the market: open until when or when next, who is here, what is in season, what is on."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from app import names
from app.languages import speaking
from market.days.models import Notice, Presence
from market.programme.models import Event, Venue
from tests.asking import changing, database_of, holders_on
from tests.careful_client import CarefulClient, Page
from vendors.listings.models import Good
from vendors.listings.seasons import in_season

TUESDAY = date(2026, 11, 24)


def today(visitor: CarefulClient, at: str) -> dict[str, Page]:
    """The first page at a moment, by language."""
    visitor.app.config["NOW"] = datetime.fromisoformat(at)
    return {language: visitor.get(f"/{language}/") for language in ("lv", "en")}


@pytest.mark.parametrize(
    ("at", "latvian", "english"),
    [
        ("2026-11-24T10:00", "Atvērts līdz plkst. 14.00|Atvērts līdz 14.00", "Open until 14:00"),
        ("2026-11-24T06:30", "Šodien atver plkst. 8.00", "Opens today at 8:00"),
        ("2026-11-24T13:59", "14.00", "Open until 14:00"),
        ("2026-11-24T14:00", "piektdien, 27. novembrī", "on Friday, 27 November, 8:00–14:00"),
        ("2026-11-26T10:00", "rīt, 8.00–14.00", "tomorrow, 8:00–14:00"),
        ("2026-11-03T10:00", "Vētras dēļ tirgus šodien nenotiek.", "because of the storm"),
        ("2026-12-25T10:00", "otrdien, 29. decembrī", "on Tuesday, 29 December"),
        ("2027-07-17T12:00", "22.00", "Open until 22:00"),
    ],
)
def test_when_the_market_is_open_stands_first(
    visitor: CarefulClient, at: str, latvian: str, english: str
):
    pages = today(visitor, at)
    cards = [card.text for card in pages["lv"].main.all("section", of_class="hours")]
    assert any(part in text for text in cards for part in latvian.split("|")), cards
    assert any(english in one.text for one in pages["en"].main.all("section", of_class="hours"))


def test_everybody_who_has_a_stall_today_is_named_once(visitor: CarefulClient):
    holders = {vendor.id: vendor for vendor in holders_on(visitor.app, TUESDAY).values()}
    with database_of(visitor.app).reading() as session:
        rows = session.exec(select(Presence).where(Presence.day == TUESDAY))
        away = {row.vendor_id for row in rows if row.state == "absent"}
    expected = {holders[one].slug for one in holders.keys() - away}
    assert len(away) == 2
    for language, page in today(visitor, "2026-11-24T10:00").items():
        links = [one["href"] for one in page.main.first(of_class="cards").all("a")]
        assert sorted(links) == sorted(f"/{language}/tirgotaji/{slug}" for slug in expected)
        for one in away:
            assert holders[one].name in page.text


def test_all_sites_are_open_on_the_festivals_saturday(visitor: CarefulClient):
    page = today(visitor, "2027-07-17T12:00")["lv"]
    assert [card.all("h2")[0].text for card in page.main.all("section", of_class="hours")] == [
        "Tukuma tirgus", "Brīvības laukums", "Pils iela",
    ]  # fmt: skip
    assert len(page.main.all(of_class="cards")) == 2


def test_what_is_in_season_leads_to_those_who_have_it(visitor: CarefulClient):
    page = today(visitor, "2026-11-24T10:00")["lv"]
    tags = page.main.first(of_class="season-tags").all("a")
    assert len(tags) >= 6
    for tag in tags[:4]:
        found = visitor.get(tag["href"])
        number = int(tag.first("span").text)
        assert len(found.main.all("li", of_class="vendor-card")) >= number, tag.text


def test_the_season_is_that_of_the_month(visitor: CarefulClient):
    """Every tag is of a kind that somebody has on the table in this month."""
    with database_of(visitor.app).reading() as session:
        goods = session.exec(select(Good)).all()
    for at, month in (("2026-11-24T10:00", 11), ("2027-07-17T12:00", 7)):
        tags = today(visitor, at)["lv"].main.first(of_class="season-tags").all("a")
        with speaking("lv"):
            sold = {names.kind(one.kind) for one in goods if one.kind and in_season(one, month)}
        assert {tag.text.rsplit(" ", 1)[0] for tag in tags} <= sold


def test_the_offices_notice_stands_from_its_first_to_its_last_day(client: CarefulClient):
    with changing(client.app) as session:
        session.add(
            Notice(
                words={"lv": "Stāvlaukums slēgts.", "en": "The car park is closed."},
                first_day=TUESDAY,
                last_day=TUESDAY + timedelta(days=1),
                link="/lv/karte",
            )
        )
    seen = {}
    for day in (23, 24, 25, 26):
        client.app.config["NOW"] = datetime(2026, 11, day, 10)
        seen[day] = "Stāvlaukums slēgts." in client.get("/lv/").text
    assert seen == {23: False, 24: True, 25: True, 26: False}
    client.app.config["NOW"] = datetime(2026, 11, 24, 10)
    assert client.get("/lv/").link("Stāvlaukums slēgts.") == "/lv/karte"
    assert "The car park is closed." in client.get("/en/").text


def test_an_event_of_today_is_on_the_first_page(client: CarefulClient):
    with changing(client.app) as session:
        venue = session.exec(select(Venue)).first()
        assert venue is not None
        session.add(
            Event(
                uid="x@tirgus.example", title={"lv": "Rožu stāsti", "en": "Stories of roses"},
                first_day=TUESDAY, last_day=TUESDAY, starts=datetime(2026, 11, 24, 18).time(),
                venue_id=venue.id,
            )
        )  # fmt: skip
    page = client.get("/lv/")
    assert "18.00" in page.main.first(of_class="events").text
    assert client.follow(page, "Rožu stāsti").h1 == "Rožu stāsti"
    assert "Stories of roses" in client.get("/en/").text


def test_an_empty_market_says_so_and_stands(empty_app):
    client = CarefulClient(empty_app)
    for address in ("/lv/tirgotaji", "/en/pagasti", "/lv/programma", "/lv/par", "/lv/S"):
        client.get(address)
    assert client.get("/lv/").h1


def test_both_languages_show_the_same(visitor: CarefulClient):
    pages = today(visitor, "2026-11-24T10:00")
    counted = {
        language: [len(page.main.all(tag)) for tag in ("a", "li", "h2", "h3", "img", "section")]
        for language, page in pages.items()
    }
    assert counted["lv"] == counted["en"]
