"""Balances and points at the office, in the own stall, and on the page of the rules."""

from flask import Flask
from sqlmodel import select

from app.database import database
from market.places.models import Stall
from market.planning.models import PlaceScore
from tests.careful_client import CarefulClient

PAGE = "/lv/parvalde/taisnigums"
WORDS = {"points": "-4", "lv": "Blakus ventilācijai.", "en": "Beside the fan."}


def corrections(app: Flask) -> list[tuple[str, int, dict[str, str]]]:
    """Every correction: the stall's number, its points, the words."""
    with app.app_context(), database().reading() as session:
        asked = select(Stall, PlaceScore).join(PlaceScore)
        return [(stall.number, row.points, row.words) for stall, row in session.exec(asked)]


def address(app: Flask) -> str:
    """The page of a stall of the plan."""
    with app.app_context(), database().reading() as session:
        number = session.exec(select(Stall.id).where(Stall.number == "S2")).one()
    return f"{PAGE}/{number}"


def test_the_office_corrects_a_place_and_takes_it_back(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    """A correction needs words, is seen by all, and goes when it is emptied."""
    one = address(demo_app)
    organiser.submit(organiser.get(one), "Saglabāt", **{**WORDS, "lv": "", "en": ""}, status=422)
    organiser.submit(organiser.get(one), "Saglabāt", **{**WORDS, "points": "21"}, status=422)
    assert corrections(demo_app) == []
    page = organiser.submit(organiser.get(one), "Saglabāt", **WORDS)
    words = {"lv": WORDS["lv"], "en": WORDS["en"]}
    assert corrections(demo_app) == [("S2", -4, words)]
    assert "tirgus biroja labojums −4" in page.text
    organiser.submit(organiser.get(one), "Saglabāt", points="", lv="", en="")
    assert corrections(demo_app) == []


def test_rules_and_balances_are_read_in_both_languages(
    organiser: CarefulClient, client: CarefulClient
) -> None:
    """The page of the rules has every example; the office sees all balances."""
    assert "Taisnīgums sezonas laikā" in organiser.get(PAGE).text
    assert "S3: vairāk apmeklējumu, 31 pret 12" in client.get("/lv/noteikumi").text
    assert "S3: Anna has more visits, 31 against 12." in client.get("/en/noteikumi").text
