"""Keys that open once: links in letters, codes of the office, and what is said when they do not."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlmodel import select

import app.pages.coming_in.opening as opening
from app.clock import moment
from app.keys import digest_of_key, give_code, make_link_code
from app.records import Letter
from tests.careful_client import CarefulClient
from tests.own.coming_in import (
    DOOR,
    SLUG,
    add_person,
    change_vendor,
    database_of,
    is_in,
    send,
    sessions_of,
    vendor_of,
    with_code,
)
from vendors.keys.models import OneTimeKey
from vendors.keys.numbers import in_groups, make_code

EMAIL = "saimniece@example.lv"


def link_code(app: Flask) -> str:
    """The key in a link that was just sent to a vendor."""
    with app.app_context(), database_of(app).writing() as session:
        code = make_link_code(session, vendor_id=vendor_of(app), at=moment())
        session.commit()
    return code


def office_code(app: Flask) -> str:
    """A code that the office has just given a vendor."""
    with app.app_context(), database_of(app).writing() as session:
        code = give_code(session, vendor_id=vendor_of(app), at=moment())
        session.commit()
    return code


def letters(app: Flask) -> list[Letter]:
    """What lies in the outbox."""
    with database_of(app).reading() as session:
        return list(session.exec(select(Letter).order_by(Letter.id)))


def redeemed_by_many(app: Flask, code: str) -> list[int]:
    """The answers to sixteen telephones that redeem one link at the same moment."""

    def redeem(_number: int) -> int:
        return with_code(app.test_client(), code).status_code

    with ThreadPoolExecutor(16) as many:
        return sorted(many.map(redeem, range(16)))


def test_sixteen_redeems_of_one_link_give_one_session(demo_app):
    assert redeemed_by_many(demo_app, link_code(demo_app)) == [303] + [422] * 15
    assert len(sessions_of(demo_app)) == 1


def test_without_the_condition_sixteen_redeems_would_give_many(demo_app, monkeypatch):
    """The twin: a key that is marked as used without asking whether it was."""

    def careless(session, digest, at):
        session.execute(
            update(OneTimeKey).where(OneTimeKey.digest == digest).values(used_at=at),
            execution_options={"synchronize_session": False},
        )
        return True

    monkeypatch.setattr(opening, "use_key", careless)
    redeemed_by_many(demo_app, link_code(demo_app))
    assert len(sessions_of(demo_app)) > 1


def test_a_link_that_a_scanner_opened_fifty_times_still_works_once(demo_app):
    code = link_code(demo_app)
    scanner = demo_app.test_client()
    for _time in range(50):
        answer = scanner.get(f"{DOOR}?k={code}")
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
        scanner.head(DOOR)
    phone = demo_app.test_client()
    assert with_code(phone, code).location == "/lv/mans/"
    assert is_in(phone)
    again = with_code(demo_app.test_client(), code)
    assert (again.status_code, "jau ir izmantota" in again.text) == (422, True)


@pytest.mark.parametrize(("make", "minutes"), [(link_code, 10), (office_code, 24 * 60)])
def test_a_key_opens_until_its_time_is_over(demo_app, make, minutes):
    first, second = make(demo_app), make(demo_app)
    demo_app.config["NOW"] += timedelta(minutes=minutes, seconds=-1)
    assert with_code(demo_app.test_client(), in_groups(first).lower()).status_code == 303
    demo_app.config["NOW"] += timedelta(seconds=1)
    late = with_code(demo_app.test_client(), second)
    assert (late.status_code, "laiks ir beidzies" in late.text) == (422, True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "8 zīmes"),
        ("ABCD", "8 zīmes"),
        ("ABCD EFG1", "0, O, 1, I"),
        ("ABCD-EFGH", "Šāda koda nav"),
        ("ABCD-EFGH-JKMN", "Šāda koda nav"),
        ("Ā" * 8, "0, O, 1, I"),
    ],
)
def test_a_mistyped_code_is_told_and_given_back(demo_app, typed, sentence):
    office_code(demo_app)
    client = CarefulClient(demo_app)
    page = client.submit(client.get(DOOR), "Ienākt ar kodu", 422, code=typed)
    assert sentence in page.text
    assert {"name": "code", "value": typed}.items() <= page.root.first(
        "input", id="code"
    ).attributes.items()


def test_a_flood_of_wrong_codes_is_slowed_to_sixty_a_minute(demo_app):
    code = office_code(demo_app)
    browser = demo_app.test_client()
    for _attempt in range(60):
        with_code(browser, make_code(8))
    busy = with_code(demo_app.test_client(), code)
    assert (busy.status_code, "pēc minūtes" in busy.text) == (422, True)
    assert with_code(demo_app.test_client(), link_code(demo_app)).status_code == 303
    demo_app.config["NOW"] += timedelta(minutes=1)
    assert with_code(demo_app.test_client(), code).status_code == 303


def test_a_code_opens_nothing_for_a_vendor_who_is_archived(demo_app):
    code = office_code(demo_app)
    change_vendor(demo_app, state="archived")
    assert with_code(demo_app.test_client(), code).status_code == 422


def test_only_digests_are_kept(demo_app):
    code = office_code(demo_app)
    with demo_app.app_context(), database_of(demo_app).reading() as session:
        row = session.exec(select(OneTimeKey)).one()
        assert row.digest == digest_of_key(code)
        assert code not in repr(row)


def test_a_vendor_asks_for_a_link_reads_the_letter_and_comes_in(demo_app):
    change_vendor(demo_app, email=EMAIL)
    client = CarefulClient(demo_app)
    page = client.submit(client.get(DOOR), "Sūtīt saiti", email=" Saimniece@Example.LV ")
    (letter,) = letters(demo_app)
    assert (letter.recipient, letter.kind) == (EMAIL, "link")
    assert letter.useless_after == letter.made_at + timedelta(minutes=10)
    (linked,) = re.findall(r"https://tirgus\.example/lv/ieiet#k=(\w{12})\n", letter.body)
    assert in_groups(linked) in letter.body
    assert client.submit(page, "Ienākt ar kodu", code=linked).address == "/lv/mans/"


def test_the_answer_is_the_same_for_an_unknown_address(demo_app):
    change_vendor(demo_app, email=EMAIL)
    answers = []
    for email in (EMAIL, "svess@example.lv"):
        answer = send(demo_app.test_client(), way="link", email=email)
        answers.append((answer.status_code, answer.location, answer.data, dict(answer.headers)))
    assert answers[0] == answers[1]
    assert [letter.recipient for letter in letters(demo_app)] == [EMAIL]


def test_without_a_way_to_send_letters_nobody_is_promised_one(demo_app):
    demo_app.config["SETTINGS"].mail_dir = ""
    page = CarefulClient(demo_app).get(DOOR)
    assert "Man ir karte" in page.text
    assert "e-past" not in page.text
    assert send(demo_app.test_client(), way="link", email=EMAIL).status_code == 404


def test_letters_keep_a_pace_at_which_one_always_opens(demo_app):
    change_vendor(demo_app, email=EMAIL)
    for _minute in range(30):
        send(demo_app.test_client(), way="link", email=EMAIL)
        demo_app.config["NOW"] += timedelta(minutes=1)
    assert len(letters(demo_app)) == 6
    demo_app.config["NOW"] += timedelta(hours=6)
    send(demo_app.test_client(), way="link", email=EMAIL)
    assert len(letters(demo_app)) == 7


@pytest.mark.parametrize("email", ["", "anna", "anna@", "a b@example.lv", "a@example.lv\r\nBcc: x"])
def test_what_is_no_address_is_told(demo_app, email):
    answer = send(demo_app.test_client(), way="link", email=email)
    assert (answer.status_code, "visu e-pasta adresi" in answer.text) == (422, True)
    assert letters(demo_app) == []


def test_a_family_with_one_address_gets_a_letter_for_each_stall(demo_app):
    change_vendor(demo_app, email=EMAIL)
    change_vendor(demo_app, "rasas-stunda", email=EMAIL)
    add_person(demo_app, EMAIL)
    change_vendor(demo_app, "rasas-stunda", state="archived")
    send(demo_app.test_client(), way="link", email=EMAIL)
    assert len(letters(demo_app)) == 2
    assert sum("Siltrasas" in letter.body for letter in letters(demo_app)) == 1


def test_no_key_stands_in_a_log(demo_app, caplog):
    change_vendor(demo_app, email=EMAIL)
    with caplog.at_level("DEBUG"):
        send(demo_app.test_client(), way="link", email=EMAIL)
        code = office_code(demo_app)
        with_code(demo_app.test_client(), code)
    assert all(secret not in caplog.text for secret in (code, EMAIL, SLUG))
