"""People of the office: a link or code is not enough; each number of the app opens once."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from pyotp import TOTP
from sqlmodel import select
from werkzeug.test import Client

import app.pages.coming_in.second as second
from app.accounts import office
from app.clock import moment
from app.keys import app_key, give_code
from tests.careful_client import CarefulClient
from tests.own.coming_in import DOOR, add_person, database_of, send, token_of, with_code
from vendors.keys.models import Person, RecoveryCode

SECOND = f"{DOOR}/otrais"
STEP_S, A_TEST_S = 30, 4


@pytest.fixture(autouse=True)
def one_step() -> None:
    """A test begins so that no new number comes while it lasts."""
    left = STEP_S - time.time() % STEP_S
    if left < A_TEST_S:
        time.sleep(left)


def half_in(app: Flask, person_id: int) -> Client:
    """A browser that came in by a code and has not shown the second factor."""
    with app.app_context(), database_of(app).writing() as session:
        code = give_code(session, person_id=person_id, at=moment())
        session.commit()
    browser = app.test_client()
    assert with_code(browser, code).location == SECOND
    return browser


def key_of(app: Flask, person_id: int) -> str:
    """The key that a person's app has learnt."""
    with app.app_context(), database_of(app).reading() as session:
        return app_key(session.get_one(Person, person_id))


def number(app: Flask, person_id: int, steps: int = 0) -> str:
    """What the app shows now, or so many steps later."""
    return TOTP(key_of(app, person_id)).at(datetime.now(UTC) + timedelta(seconds=30 * steps))


def is_in_office(app: Flask, browser: Client) -> bool:
    """Whether this browser may open the office's pages."""
    with app.test_request_context(headers={"Cookie": f"__Host-tirgus={token_of(app, browser)}"}):
        return office() is not None


def enrolled(app: Flask) -> tuple[int, Client]:
    """A person who has set up the second factor, and their browser."""
    person_id = add_person(app)
    browser = half_in(app, person_id)
    # The step before the present one, so that tests have two more at once.
    assert send(browser, SECOND, totp=number(app, person_id, -1)).status_code == 200
    return person_id, browser


def test_a_person_sets_up_the_second_factor_at_the_first_coming_in(demo_app):
    person_id = add_person(demo_app)
    browser = half_in(demo_app, person_id)
    assert not is_in_office(demo_app, browser)
    page = browser.get(SECOND).text
    key = re.search(r'class="key">([^<]+)<', page)
    assert key and key[1].replace(" ", "") == key_of(demo_app, person_id)
    answer = send(browser, SECOND, totp=number(demo_app, person_id))
    codes = re.findall(r'class="key">([^<]+)<', answer.text)
    assert (answer.status_code, len(set(codes))) == (200, 10)
    assert is_in_office(demo_app, browser)
    assert all(code not in browser.get(SECOND, follow_redirects=True).text for code in codes)
    # The next time nothing is shown any more, and a printed code opens once.
    later = half_in(demo_app, person_id)
    assert 'class="key"' not in later.get(SECOND).text
    assert send(later, SECOND, totp=codes[0].lower()).status_code == 303
    assert is_in_office(demo_app, later)
    assert send(half_in(demo_app, person_id), SECOND, totp=codes[0]).status_code == 422


def test_nothing_of_the_office_opens_before_the_second_factor(demo_app):
    person_id, _browser = enrolled(demo_app)
    browser = half_in(demo_app, person_id)
    for address in ("/lv/parvalde/", "/lv/mans/", "/lv/mans/talruni"):
        answer = browser.get(address, follow_redirects=False)
        assert answer.status_code in (302, 303, 308), address
    assert browser.get(f"{DOOR}?uz=/lv/parvalde/").location == f"{SECOND}?uz=/lv/parvalde/"


def test_one_step_opens_once_even_for_many_at_the_same_moment(demo_app):
    person_id, _browser = enrolled(demo_app)
    shown = number(demo_app, person_id)
    browsers = [half_in(demo_app, person_id) for _one in range(4)]
    with ThreadPoolExecutor(4) as many:
        statuses = list(many.map(lambda one: send(one, SECOND, totp=shown).status_code, browsers))
    assert sorted(statuses) == [303, 422, 422, 422]


def test_without_the_note_a_step_would_open_twice(demo_app, monkeypatch):
    """The twin: a step that nobody writes down."""
    person_id, _browser = enrolled(demo_app)
    monkeypatch.setattr(second, "use_step", lambda *_given: True)
    shown = number(demo_app, person_id)
    answers = [send(half_in(demo_app, person_id), SECOND, totp=shown) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]


def test_wrong_numbers_are_limited(demo_app):
    person_id, _browser = enrolled(demo_app)
    browser = half_in(demo_app, person_id)
    for _attempt in range(5):
        assert send(browser, SECOND, totp="000000").status_code == 422
    answer = send(browser, SECOND, totp=number(demo_app, person_id))
    assert (answer.status_code, "plkst. 10.01" in answer.text) == (422, True)
    demo_app.config["NOW"] += timedelta(minutes=1)
    assert send(browser, SECOND, totp=number(demo_app, person_id)).status_code == 303


def test_the_office_is_in_for_twelve_hours(demo_app):
    _person_id, browser = enrolled(demo_app)
    demo_app.config["NOW"] += timedelta(hours=11, minutes=59)
    assert is_in_office(demo_app, browser)
    demo_app.config["NOW"] += timedelta(minutes=1)
    assert not is_in_office(demo_app, browser)


def test_whoever_is_disabled_is_out_at_once_and_comes_in_no_more(demo_app):
    person_id, browser = enrolled(demo_app)
    run = demo_app.test_cli_runner().invoke
    code = run(args=["code", "ilze@example.lv"]).output.rsplit(":", 1)[1].strip()
    assert run(args=["user", "disable", "ilze@example.lv"]).exit_code == 0
    assert not is_in_office(demo_app, browser)
    assert with_code(demo_app.test_client(), code).status_code == 422
    assert run(args=["code", "ilze@example.lv"]).exit_code == 1
    assert run(args=["user", "add", "Ilze@example.lv", "--name", "Ilze P."]).exit_code == 0
    assert run(args=["user", "add", "ilze@example.lv", "--name", "Ilze P."]).exit_code == 1
    assert not is_in_office(demo_app, browser)
    assert "organiser  active" in run(args=["user", "list"]).output
    half_in(demo_app, person_id)


def test_a_lost_telephone_of_the_office_is_set_up_anew(demo_app):
    person_id, browser = enrolled(demo_app)
    before = key_of(demo_app, person_id)
    run = demo_app.test_cli_runner().invoke
    assert run(args=["user", "reset", "ilze@example.lv"]).exit_code == 0
    assert not is_in_office(demo_app, browser)
    with database_of(demo_app).reading() as session:
        assert session.exec(select(RecoveryCode)).all() == []
    half_in(demo_app, person_id)
    assert key_of(demo_app, person_id) != before


def test_the_database_alone_does_not_tell_the_key(demo_app):
    person_id, _browser = enrolled(demo_app)
    key = key_of(demo_app, person_id)
    with database_of(demo_app).reading() as session:
        kept = session.get_one(Person, person_id).totp_secret
    assert kept and key not in kept
    demo_app.config["SECRET_KEY"] = "of another machine"
    assert key_of(demo_app, person_id) != key


def test_every_page_of_the_second_door_is_careful(demo_app):
    person_id = add_person(demo_app)
    with demo_app.app_context(), database_of(demo_app).writing() as session:
        code = give_code(session, person_id=person_id, at=moment())
        session.commit()
    client = CarefulClient(demo_app)
    page = client.submit(client.get("/en/ieiet"), "Come in with the code", code=code)
    assert page.h1 == "The second step for the office"
    page = client.submit(page, "Come in", 422, totp="123")
    page = client.submit(page, "Come in", 200, totp=number(demo_app, person_id))
    assert page.h1 == "Your recovery codes"
