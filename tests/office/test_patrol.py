"""The round of the signs: each is scanned once, with cold fingers, and what is left is known."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlmodel import col, select

from app.database import database
from market.places.models import Stall
from market.places.queries import stall_with_number
from market.signs.models import Patrol, Sign, SignCheck
from market.signs.queries import running_patrols, signs_of_stalls
from tests.careful_client import CarefulClient
from tests.office.test_payments import TODAY

PAGE = "/lv/parvalde/apgaita"


def code_of(app: Flask, number: str) -> str:
    with app.app_context(), database().reading() as session:
        stall = stall_with_number(session, number)
        assert stall is not None
        assert stall.id is not None
        return signs_of_stalls(session, [stall.id])[stall.id].code


def checks(app: Flask) -> list[tuple[str, str]]:
    """What was seen on the rounds of today, by stall."""
    with app.app_context(), database().reading() as session:
        return list(
            session.exec(
                select(Stall.number, SignCheck.state)
                .join(Sign, col(Sign.stall_id) == Stall.id)
                .join(SignCheck, col(SignCheck.sign_id) == Sign.id)
                .join(Patrol, col(Patrol.id) == SignCheck.patrol_id)
                .where(Patrol.day == TODAY)
                .order_by(Stall.number)
            )
        )


@pytest.fixture
def helper(person_of_office: Callable[..., CarefulClient]) -> CarefulClient:
    return person_of_office("helper")


def begin(client: CarefulClient) -> str:
    """The address of a round that has begun."""
    answer = client.send(PAGE, {"site": "tirgus"})
    return str(answer.location).partition("?")[0]


def test_a_helper_walks_a_round(helper: CarefulClient, demo_app: Flask) -> None:
    round_ = begin(helper)
    page = helper.get(round_)
    assert "Vēl nav apskatītas (60)" in page.text
    page = helper.get(f"{round_}/zime?kods=a5")
    helper.send(f"{round_}/zime", {"kods": code_of(demo_app, "A5"), "state": "covered"})
    helper.send(f"{round_}/zime", {"kods": code_of(demo_app, "A6"), "state": "fine"})
    page = helper.get(round_)
    assert "Vēl nav apskatītas (58)" in page.text
    assert checks(demo_app) == [("A5", "covered"), ("A6", "fine")]
    helper.send(f"{round_}/beigt", {})
    late = {"kods": code_of(demo_app, "A7"), "state": "fine"}
    helper.send(f"{round_}/zime", late, 409)
    assert "aizklāta: 1" in helper.get(PAGE).text


def test_two_helpers_walk_one_round_and_a_sign_is_noted_once(
    helper: CarefulClient, organiser: CarefulClient, demo_app: Flask
) -> None:
    round_ = begin(helper)
    assert begin(organiser) == round_
    sign = code_of(demo_app, "B1")
    helper.send(f"{round_}/zime", {"kods": sign, "state": "fine"})
    organiser.send(f"{round_}/zime", {"kods": sign, "state": "worn"})
    assert checks(demo_app) == [("B1", "worn")]


def test_the_telephones_own_camera_leads_to_the_round_and_the_public_sees_the_stall(
    helper: CarefulClient, demo_app: Flask, client: CarefulClient
) -> None:
    sign = code_of(demo_app, "A5")
    public = client.get(f"/S/{sign}").html
    assert helper.fetch(f"/S/{sign}").status_code == 200
    begin(helper)
    scanned = helper.fetch(f"/S/{sign}", 302)
    page = helper.get(scanned.location)
    assert page.h1 == "A5 zīme"
    helper.submit(page, "Nodilusi")
    assert checks(demo_app) == [("A5", "worn")]
    assert client.get(f"/S/{sign}").html == public
    assert helper.fetch(f"/S/{sign}?publiski=1").status_code == 200


def test_a_reader_scans_as_a_visitor_does(
    helper: CarefulClient, person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> None:
    begin(helper)
    assert person_of_office("reader").fetch(f"/S/{code_of(demo_app, 'A5')}").status_code == 200


@pytest.mark.parametrize("typed", ["", "?????", "Z99", "<b>"])
def test_what_is_no_sign_is_asked_again(helper: CarefulClient, typed: str) -> None:
    round_ = begin(helper)
    assert "nav zīmes" in helper.get(f"{round_}/zime", query_string={"kods": typed}).text


@pytest.mark.parametrize("state", ["", "stolen"])
def test_no_other_state_is_noted(helper: CarefulClient, demo_app: Flask, state: str) -> None:
    round_ = begin(helper)
    sent = {"kods": code_of(demo_app, "A5"), "state": state}
    helper.send(f"{round_}/zime", sent, 422)
    assert checks(demo_app) == []


def test_the_round_of_a_week_ago_is_told(organiser: CarefulClient) -> None:
    page = organiser.get(PAGE)
    assert re.search(r"nodilusi: 2", page.text)


def test_no_round_goes_on_by_itself(demo_app: Flask) -> None:
    with demo_app.app_context(), database().reading() as session:
        assert running_patrols(session, TODAY) == []
