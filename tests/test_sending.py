"""Forms that are sent: once, by their owner, from our own pages, and what they change is undone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from flask import Flask
from sqlmodel import select

import app.sending
from app.database import Database
from app.records import Change, SentForm
from tests.careful_client import CarefulClient
from vendors.registry.models import Vendor

SLUG = "siltrasas"


@pytest.fixture
def probe(demo_app: Flask) -> Iterator[Flask]:
    """The service with one small form that writes a vendor's year."""

    @demo_app.post("/lv/proba")
    def write() -> object:
        from flask import request

        from app.sending import saving, version_sent

        with saving() as save:
            vendor = save.session.get_one(Vendor, save.account.vendor_id)
            year = {"since": int(request.form["since"])}
            save.change(vendor, year, action="year", version=version_sent())
            return save.done("/lv/mans/", "Saglabāts.")

    return demo_app


def year_of(app: Flask) -> tuple[int | None, int]:
    found: Database = app.extensions["database"]
    with found.reading() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        return vendor.since, vendor.version


def count(app: Flask, table: type) -> int:
    found: Database = app.extensions["database"]
    with found.reading() as session:
        return len(session.exec(select(table)).all())


def test_a_form_that_is_sent_ten_times_does_its_work_once(probe):
    client = CarefulClient(probe).come_in(SLUG)
    form = {"since": "1987", "version": "1", "idempotency_key": uuid4().hex}
    answers = {client.send("/lv/proba", form).location for _ in range(10)}
    assert len(answers) == 1
    assert (year_of(probe), count(probe, Change), count(probe, SentForm)) == ((1987, 2), 1, 1)


def test_a_form_sent_by_many_at_once_does_its_work_once(probe):
    client = CarefulClient(probe).come_in(SLUG)
    token = client._client.get_cookie("__Host-tirgus").value
    form = {"since": "1987", "version": "1", "idempotency_key": uuid4().hex}

    def send(_number: int) -> int:
        own = probe.test_client()
        own.set_cookie("__Host-tirgus", token)
        return own.post(
            "/lv/proba", data=form, headers={"Sec-Fetch-Site": "same-origin"}
        ).status_code

    with ThreadPoolExecutor(8) as many:
        statuses = set(many.map(send, range(16)))
    assert statuses == {303}
    assert (year_of(probe), count(probe, Change)) == ((1987, 2), 1)


def test_without_the_key_it_would_be_done_twice(probe, monkeypatch):
    """The twin: with the key forgotten, the second sending is taken for a new one."""
    monkeypatch.setattr(app.sending, "_refuse_known", lambda *_: None)
    monkeypatch.setattr(
        app.sending, "_begin", lambda session, key, owner: session.add(
            SentForm(key=f"{key}{count(probe, SentForm)}", owner=owner, digest="", status=303,
                     where="/lv/mans/", made_at=app.sending.moment())
        ),
    )  # fmt: skip
    monkeypatch.setattr(
        app.sending.Saving, "done", lambda self, where, said="": self.session.commit() or "saved"
    )
    client = CarefulClient(probe).come_in(SLUG)
    key = uuid4().hex
    for version, year in (("1", "1987"), ("2", "1988")):
        form = {"since": year, "version": version, "idempotency_key": key}
        client._client.post("/lv/proba", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert count(probe, Change) == 2


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"since": "1987", "version": "1", "idempotency_key": ""}, 422),
        ({"since": "1987", "version": "1", "idempotency_key": "short"}, 422),
        ({"since": "1987", "version": "1", "account": "rasas-stunda"}, 403),
        ({"since": "1987", "version": "7"}, 409),
    ],
)
def test_a_form_that_cannot_be_taken_gives_back_what_was_typed(probe, form, status):
    client = CarefulClient(probe).come_in(SLUG)
    answer = client.send("/lv/proba", form, status)
    assert "1987" in answer.text
    assert (year_of(probe)[1], count(probe, Change), count(probe, SentForm)) == (1, 0, 0)


def test_a_key_that_was_used_for_something_else_is_refused(probe):
    client = CarefulClient(probe).come_in(SLUG)
    form = {"since": "1987", "version": "1", "idempotency_key": uuid4().hex}
    client.send("/lv/proba", form)
    client.send("/lv/proba", {**form, "since": "1990"}, 422)
    CarefulClient(probe).come_in("rasas-stunda").send("/lv/proba", form, 422)
    assert year_of(probe) == (1987, 2)


def test_a_queue_gets_its_answer_as_json(probe):
    client = CarefulClient(probe).come_in(SLUG)
    wish = {"Accept": "application/json"}
    form = {"since": "1987", "version": "1"}
    answer = client.send("/lv/proba", form, 200, headers=wish)
    assert answer.json == {"said": "Saglabāts.", "where": "/lv/mans/"}
    refused = client.send("/lv/proba", form, 409, headers=wish)
    assert (refused.mimetype, refused.json["reason"]) == ("application/problem+json", "changed")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Origin": "https://tirgus.example"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
    ],
)
def test_no_other_site_presses_our_buttons(probe, headers, status):
    client = CarefulClient(probe).come_in(SLUG)
    form = {"since": "1987", "version": "1", "idempotency_key": uuid4().hex}
    answer = client._client.post("/lv/proba", data=form, headers=headers)
    assert answer.status_code == status


def test_what_was_saved_can_be_undone_until_somebody_changes_it_again(probe):
    client = CarefulClient(probe).come_in(SLUG)
    before, _version = year_of(probe)
    answer = client.send("/lv/proba", {"since": "1987", "version": "1"})
    page = client.get(answer.location)
    assert "Saglabāts." in page.text
    client.submit(page, "Atcelt")
    assert year_of(probe) == (before, 3)
    client.submit(page, "Atcelt")
    client.submit(page, "Atcelt", 404, idempotency_key=uuid4().hex)
    assert year_of(probe) == (before, 3)
    again = client.get(client.send("/lv/proba", {"since": "1990", "version": "3"}).location)
    client.send("/lv/proba", {"since": "1991", "version": "4"})
    client.submit(again, "Atcelt", 409)
    assert year_of(probe) == (1991, 5)


def test_nobody_undoes_what_another_vendor_did(probe):
    client = CarefulClient(probe).come_in(SLUG)
    key = uuid4().hex
    client.send("/lv/proba", {"since": "1987", "version": "1", "idempotency_key": key})
    other = CarefulClient(probe).come_in("rasas-stunda")
    other.send("/lv/mans/atsaukt", {"batch": key, "where": "/lv/mans/"}, 404)
    assert "Saglabāts." not in other.get(f"/lv/mans/?sent={key}").text
    assert year_of(probe) == (1987, 2)


def test_without_having_come_in_nothing_is_saved(probe):
    visitor = CarefulClient(probe)
    visitor.send("/lv/proba", {"since": "1987", "version": "1"}, 401)
    assert visitor.fetch("/lv/mans/", 302).location == "/lv/ieiet?uz=/lv/mans/"
    assert count(probe, Change) == 0
