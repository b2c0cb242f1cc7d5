"""Applying for a festival: a stranger at an address of their own, a vendor from the own stall."""

import re
from datetime import datetime

import pytest
from flask import Flask
from sqlmodel import select

from app.database import database
from app.records import Letter
from market.festivals.models import Application, ApplicationStep
from tests.careful_client import CarefulClient, Page

FESTIVAL = "rozu-svetki-2027"
BEFORE, OPEN, LATE = "2027-03-01T10:00", "2027-04-02T10:00", "2027-04-11T18:00"
WHO = {
    "name": "Darbnīca „Zīļu kauss“",
    "kind": "craftsperson",
    "parish_code": "",
    "other_place": "Talsu novads",
    "phone": "26123456",
    "email": "zilu-kauss@example.lv",
}


def at(app: Flask, moment: str) -> None:
    app.config["NOW"] = datetime.fromisoformat(moment)


def begun(client: CarefulClient) -> str:
    """The address of an application that a stranger has begun."""
    page = client.get(f"/lv/svetki/{FESTIVAL}/pieteikties")
    led = client.submit(page, "Sākt pieteikumu", **WHO)
    return led.address.partition("?")[0]


def filled(client: CarefulClient, address: str) -> None:
    """Everything that is needed, in the steps' order."""
    steps = (
        ("preces", {"goods": "Koka karotes", "categories": ["crafts"], "made": ["own_made"]}),
        ("vajadzibas", {"metres": "3", "power_kw": "2,5", "places_min": "1", "places_max": "2"}),
    )
    for step, typed in steps:
        client.submit(client.get(f"{address}/{step}"), "Saglabāt un turpināt", **typed)
    papers = client.get(f"{address}/dokumenti")
    boxes = {box["name"]: "1" for box in papers.main.all("input") if box["name"][:4] == "has-"}
    choices = {one["name"]: "yes" for one in papers.main.all("select")}
    client.submit(papers, "Saglabāt un turpināt", **boxes, **choices)


def states(app: Flask) -> list[tuple[str | None, str]]:
    with app.app_context(), database().reading() as session:
        row = session.exec(select(Application).where(Application.number == "RS27-001")).one()
        steps = select(ApplicationStep).where(ApplicationStep.application_id == row.id)
        return [(one.from_state, one.to_state) for one in session.exec(steps)]


def test_a_stranger_applies_changes_and_withdraws(demo_app: Flask, client: CarefulClient):
    at(demo_app, OPEN)
    address = begun(client)
    key = address.rsplit("/", 1)[1]
    assert re.fullmatch(r"/lv/pieteikums/[0-9a-f]{32}", address)
    filled(client, address)
    wishes = client.get(f"{address}/vietas")
    client.submit(wishes, "1. vēlējums PI2")
    wishes = client.get(f"{address}/vietas")
    assert [
        one.first("b").text for one in wishes.main.first("ol", of_class="wishes").all("li")
    ] == ["PI2"]
    last = client.get(f"{address}/parskats")
    assert "RS27-001" in last.text and "PI2" in last.text
    client.submit(last, "Iesniegt pieteikumu", declared="1")
    home = client.get(address)
    assert "Saņemts" in home.text
    client.submit(home, "Atsaukt pieteikumu")
    assert states(demo_app) == [
        (None, "draft"), ("draft", "submitted"), ("submitted", "withdrawn"),
    ]  # fmt: skip
    with demo_app.app_context(), database().reading() as session:
        row = session.exec(select(Application).where(Application.number == "RS27-001")).one()
        assert key not in row.model_dump_json() and row.vendor_id is None
        letters = session.exec(select(Letter).where(Letter.kind == "application")).all()
        assert [key in letter.body for letter in letters] == [True, True, True]


def test_nobody_in_between_keeps_the_secret_address(demo_app: Flask, client: CarefulClient):
    at(demo_app, OPEN)
    answer = client.fetch(begun(client))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers
    client.fetch("/lv/pieteikums/" + "0" * 32, 404)


def test_the_same_form_begins_one_application(demo_app: Flask, client: CarefulClient):
    at(demo_app, OPEN)
    page = client.get(f"/lv/svetki/{FESTIVAL}/pieteikties")
    first = client.submit(page, "Sākt pieteikumu", **WHO)
    again = client.submit(page, "Sākt pieteikumu", **WHO)
    assert first.address == again.address


@pytest.mark.parametrize(("moment", "said"), [(BEFORE, "nav atvērta"), (LATE, "nav atvērta")])
def test_one_applies_within_the_window_alone(
    demo_app: Flask, client: CarefulClient, moment: str, said: str
):
    at(demo_app, moment)
    assert said in client.get(f"/lv/svetki/{FESTIVAL}/pieteikties").text
    client.send(f"/lv/svetki/{FESTIVAL}/pieteikties", WHO, 422)


def test_a_draft_of_one_minute_late_is_told_so_kindly(demo_app: Flask, client: CarefulClient):
    at(demo_app, OPEN)
    address = begun(client)
    filled(client, address)
    last = client.get(f"{address}/parskats")
    at(demo_app, LATE)
    told: Page = client.submit(last, "Iesniegt pieteikumu", 422, declared="1")
    assert "pieteikšanās beidzās" in told.text.lower()
    assert states(demo_app) == [(None, "draft")]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(demo_app: Flask, client: CarefulClient):
    at(demo_app, OPEN)
    page = client.get(f"/lv/svetki/{FESTIVAL}/pieteikties")
    wrong = {**WHO, "phone": "12", "contact_person": "Anna 010190-12345"}
    told = client.submit(page, "Sākt pieteikumu", 422, **wrong)
    assert WHO["name"] in told.html and len(told.main.all("p", of_class="error")) == 2


def test_one_machine_cannot_begin_thousands(demo_app: Flask, client: CarefulClient):
    at(demo_app, OPEN)
    for _number in range(12):
        begun(client)
    client.send(f"/lv/svetki/{FESTIVAL}/pieteikties", WHO, 429)


def test_a_vendor_begins_with_what_is_known(demo_app: Flask, client: CarefulClient):
    at(demo_app, OPEN)
    client.come_in("vaska-rits")
    client.submit(client.get(f"/lv/mans/svetki/{FESTIVAL}"), "Sākt pieteikumu")
    page = client.get(f"/lv/mans/svetki/{FESTIVAL}/parskats")
    assert "Vaska rīts" in page.text
    with demo_app.app_context(), database().reading() as session:
        row = session.exec(select(Application).where(Application.number == "RS27-001")).one()
        assert row.vendor_id and row.key_digest is None and row.categories == ["crafts", "flowers"]


def test_whoever_is_asked_answers_also_after_the_window(demo_app: Flask, client: CarefulClient):
    client.come_in("raibalas")
    home = client.get("/lv/mans/svetki/ziemassvetku-tirdzins-2026")
    assert "Jautājums Jums" in home.text
    client.submit(home, "Nosūtīt atbildi", text="Jā, siera gabaliņus griezīsim uz vietas.")
    assert "Saņemts" in client.get("/lv/mans/svetki/ziemassvetku-tirdzins-2026").text
    with demo_app.app_context(), database().reading() as session:
        asked = session.exec(select(Application).where(Application.number == "ZT26-013")).one()
        assert asked.state == "submitted"
