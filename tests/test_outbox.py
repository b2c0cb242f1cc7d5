"""The outbox: a letter is put in once, sent by one worker, tried again, and then forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.outbox import post
from app.records import Letter

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def market(empty_app):
    """The database of an empty market, within its application."""
    with empty_app.app_context():
        yield empty_app.extensions["database"]


def put(market, once="reminder:1:2026-11-25", **more):
    given = {"kind": "reminder", "recipient": "anna@example.org", "subject": "Rīt tirgū"}
    with market.writing() as session:
        is_new = post(session, once=once, **{**given, "body": "Labdien!", **more})
        session.commit()
    return is_new


def letters(market):
    with market.reading() as session:
        return session.exec(select(Letter).order_by(Letter.id)).all()


def test_a_letter_is_put_in_once(market):
    assert [put(market), put(market), put(market, "reminder:2:2026-11-25")] == [True, False, True]
    assert len(letters(market)) == 2


def test_what_was_written_beside_a_letter_that_was_there_already_is_kept(market):
    put(market)
    with market.writing() as session:
        again = {"kind": "reminder", "recipient": "a@b.lv", "subject": "x", "body": "x"}
        post(session, once="reminder:2:2026-11-25", **again)
        post(session, once="reminder:1:2026-11-25", **again)
        session.commit()
    assert len(letters(market)) == 2


def test_of_many_who_post_the_same_letter_at_once_one_does(empty_app):
    def put_one(_number: int) -> bool:
        with empty_app.app_context():
            return put(empty_app.extensions["database"])

    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(put_one, range(16)))
    assert answers.count(True) == 1
