"""Incidents: who noted them and when, a photograph for the office alone, settled with a note."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlmodel import Session, delete, select

from app.database import Database
from app.keeping.checks import lost_photographs
from app.keeping.erasing import used_digests
from market.days.models import Incident
from tests.careful_client import CarefulClient
from vendors.keys.models import Person
from vendors.registry.models import Vendor

PAGE = "/lv/parvalde/notikumi"
WISH = {"Accept": "application/json"}


@pytest.fixture
def helper(demo_app: Flask, person_of_office: Callable[..., CarefulClient]) -> CarefulClient:
    """A helper on a market where nothing has happened yet."""
    market: Database = demo_app.extensions["database"]
    with market.writing() as session:
        session.exec(delete(Incident))
        session.commit()
    return person_of_office("helper")


def reading(app: Flask) -> Session:
    market: Database = app.extensions["database"]
    return market.reading()


def photograph() -> BytesIO:
    """A photograph as a telephone takes it."""
    found = BytesIO()
    Image.new("RGB", (900, 600), (120, 90, 60)).save(found, "JPEG")
    found.seek(0)
    return found


def only(app: Flask) -> Incident:
    with reading(app) as session:
        return session.exec(select(Incident)).one()


def note(helper: CarefulClient, **more: Any) -> None:
    helper.submit(
        helper.get(PAGE), "Pierakstīt", kind="power", stall="a9", note="Rozete silst.", **more
    )


def test_an_incident_knows_who_when_and_whose_stall(demo_app: Flask, helper: CarefulClient) -> None:
    note(helper)
    row = only(demo_app)
    assert (row.kind, row.note, row.settled_at) == ("power", "Rozete silst.", None)
    with reading(demo_app) as session:
        assert session.get_one(Person, row.person_id).role == "helper"
        assert session.get_one(Vendor, row.vendor_id).slug == "tris-mucas"
    page = helper.get(PAGE)
    assert "Ilze helper" in page.text
    assert "1 nenokārtots notikums" in helper.get("/lv/parvalde/sodien").text


def test_it_is_settled_with_a_note_and_that_is_undone(
    demo_app: Flask, helper: CarefulClient
) -> None:
    note(helper)
    page = helper.submit(helper.get(PAGE), "Nokārtots", 422)
    assert "kā tas nokārtots" in page.text
    page = helper.submit(helper.get(PAGE), "Nokārtots", settled_note="Rozete nomainīta.")
    assert "Rozete nomainīta." in page.text
    assert only(demo_app).settled_at is not None
    page = helper.submit(page, "Atcelt")
    assert only(demo_app).settled_at is None
    helper.get(PAGE)


def test_of_two_who_settle_it_the_second_sees_the_first(
    demo_app: Flask, helper: CarefulClient, person_of_office: Callable[..., CarefulClient]
) -> None:
    note(helper)
    organiser = person_of_office("organiser")
    organiser.submit(organiser.get(PAGE), "Nokārtots", settled_note="Rozete nomainīta.")
    late = {"version": "1", "settled_note": "Nekas nebija."}
    number = only(demo_app).id
    answer = helper.send(f"{PAGE}/{number}/nokartots", late, 409)
    assert "Rozete nomainīta." in answer.text
    assert only(demo_app).settled_note == "Rozete nomainīta."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"note": ""}, ""),
        ({"note": "Jānis 010203-12345 krita"}, "personas kod"),
        ({"stall": "Q99"}, "ar šādu numuru nav"),
    ],
)
def test_what_does_not_fit_is_given_back(
    demo_app: Flask, helper: CarefulClient, typed: dict[str, str], sentence: str
) -> None:
    filled = {"note": "Rozete silst.", "stall": "A9", **typed}
    page = helper.submit(helper.get(PAGE), "Pierakstīt", 422, **filled)
    assert page.root.all("p", **{"class": "error"})
    assert sentence in page.text
    answer = helper.send(PAGE, {"kind": "power", **filled}, 422, headers=WISH)
    assert answer.json["reason"] == "incident"
    with reading(demo_app) as session:
        assert session.exec(select(Incident)).all() == []


def test_a_photograph_is_made_anew_and_served_to_the_office_alone(
    demo_app: Flask, helper: CarefulClient, client: CarefulClient
) -> None:
    note(helper)
    number = only(demo_app).id
    address = f"{PAGE}/{number}/fotografija"
    helper.send(address, {}, 422)
    helper.send(address, {"gallery": (photograph(), "x.jpg")})
    row = only(demo_app)
    assert row.digest
    picture = f"{PAGE}/{number}-480.webp"
    answer = helper.fetch(picture)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "image/webp"
    client.fetch(picture, 302)
    client.fetch(f"/attels/{row.digest}-480.webp", 404)
    folder = demo_app.config["SETTINGS"].data_dir / "photographs"
    with reading(demo_app) as session:
        assert row.digest in used_digests(session)
        assert list(lost_photographs(session, folder)) == []
        for file in folder.glob(f"{row.digest}*"):
            file.unlink()
        assert [one.kind for one in lost_photographs(session, folder)][:1] == ["photograph_lost"]
    helper.fetch(picture, 404)


def test_a_file_that_is_no_photograph_is_refused(demo_app: Flask, helper: CarefulClient) -> None:
    filled = {"kind": "power", "note": "Rozete silst.", "stall": "A9"}
    answer = helper.send(PAGE, {**filled, "camera": (BytesIO(b"<svg/>"), "x.jpg")}, 422)
    assert "Rozete silst." in answer.text
    with reading(demo_app) as session:
        assert session.exec(select(Incident)).all() == []


def test_nobody_knows_other_incidents(helper: CarefulClient) -> None:
    for address in (f"{PAGE}/999/nokartots", f"{PAGE}/999/fotografija"):
        helper.send(address, {"settled_note": "Labi."}, 404)
