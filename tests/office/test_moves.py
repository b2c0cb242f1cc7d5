"""Rows that stand elsewhere: what the office says is what visitors read the same minute."""

import pytest
from flask import Flask
from sqlmodel import select

from app.database import database
from market.places.models import RowMove
from tests.careful_client import CarefulClient
from tests.office.test_patrol import code_of

PAGE = "/lv/parvalde/parcelsanas"
SAID = "Šodien S rinda stāv Pils ielas pusē."
MOVE = {
    "row": "S/S", "first_day": "2026-11-24", "last_day": "2026-11-28",
    "to": "", "lv": SAID, "en": "Row S is on the side of Pils iela today.",
}  # fmt: skip


def moves(app: Flask) -> list[RowMove]:
    with app.app_context(), database().reading() as session:
        return list(session.exec(select(RowMove).where(RowMove.row == "S")))


def test_a_row_moves_and_visitors_read_where_to_the_same_morning(
    organiser: CarefulClient, demo_app: Flask, client: CarefulClient
) -> None:
    sign = f"/S/{code_of(demo_app, 'S2')}"
    assert SAID not in client.get("/lv/karte").text
    assert SAID not in client.get(sign).text
    page = organiser.get(organiser.send(PAGE, MOVE).location)
    assert SAID in page.text
    assert SAID in client.get("/lv/karte").text
    assert SAID in client.get(sign).text
    assert MOVE["en"] in client.get(f"/en{sign}").text
    organiser.submit(page, "Atcelt")
    assert SAID not in client.get(sign).text


def test_a_move_ends_now_and_undo_brings_it_back(
    organiser: CarefulClient, demo_app: Flask, client: CarefulClient
) -> None:
    organiser.send(PAGE, MOVE)
    [move] = moves(demo_app)
    ended = organiser.send(f"{PAGE}/{move.id}/beigt", {"version": move.version})
    assert SAID not in client.get("/lv/karte").text
    organiser.submit(organiser.get(ended.location), "Atcelt")
    assert SAID in client.get("/lv/karte").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"row": "Z/9"},
        {"last_day": "2026-11-23"},
        {"first_day": "x"},
        {"lv": ""},
        {"to": "Z/9"},
        {"to": "S/S"},
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(
    organiser: CarefulClient, demo_app: Flask, wrong: dict[str, str]
) -> None:
    answer = organiser.send(PAGE, {**MOVE, **wrong}, 422)
    assert MOVE["en"] in answer.get_data(as_text=True)
    assert moves(demo_app) == []


def test_no_row_stands_in_two_other_places_on_a_day(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    organiser.send(PAGE, MOVE)
    organiser.send(PAGE, {**MOVE, "first_day": "2026-11-28", "last_day": "2026-11-28"}, 422)
    assert len(moves(demo_app)) == 1


@pytest.mark.parametrize(
    ("last_day", "latvian", "english"),
    [
        (
            "2026-11-24",
            "Stādi, ziedi un auto rinda, rinda S – šodien šeit: Galdi un kioski, rinda B.",
            "Today Plants, flowers and cars, row S is here: Tables and kiosks, row B.",
        ),
        (
            "2026-11-28",
            "Stādi, ziedi un auto rinda, rinda S – šajās dienās šeit: Galdi un kioski, rinda B.",
            "For these days Plants, flowers and cars, row S is here: Tables and kiosks, row B.",
        ),
    ],
)
def test_words_that_nobody_typed_are_made_and_can_be_changed(
    organiser: CarefulClient,
    demo_app: Flask,
    client: CarefulClient,
    last_day: str,
    latvian: str,
    english: str,
) -> None:
    chosen = {**MOVE, "to": "G/B", "lv": "", "en": "", "last_day": last_day}
    page = organiser.get(organiser.send(PAGE, chosen).location)
    sign = f"S/{code_of(demo_app, 'S2')}"
    assert latvian in page.text
    assert latvian in client.get(f"/{sign}").text
    assert english in client.get(f"/en/{sign}").text
    [move] = moves(demo_app)
    changed = {"version": move.version, "lv": SAID, "en": ""}
    page = organiser.get(organiser.send(f"{PAGE}/{move.id}", changed).location)
    assert SAID in client.get(f"/{sign}").text and SAID in client.get(f"/en/{sign}").text
    organiser.submit(page, "Atcelt")
    assert latvian in client.get(f"/{sign}").text
    organiser.send(f"{PAGE}/{move.id}", {**changed, "lv": ""}, 422)
    organiser.send(f"{PAGE}/{move.id}", changed, 409)


def test_own_words_stay_and_only_what_is_missing_is_made(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    organiser.send(PAGE, {**MOVE, "to": "G/B", "en": ""})
    [move] = moves(demo_app)
    assert move.words["lv"] == SAID
    assert move.words["en"].startswith("For these days")
