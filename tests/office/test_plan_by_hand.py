"""A plan changed by hand: who is put is kept, what was published stays, and two never share."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlmodel import col, select

import app.pages.organiser.plan_by_hand
from market.places.models import Site, Stall
from market.planning.models import PlannedPlace, PlanVersion
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient
from vendors.fields import identity
from vendors.registry.models import Vendor

FRIDAY = date(2026, 11, 27)
MADE = datetime(2026, 11, 24, 8, tzinfo=UTC)
JSON = {"Accept": "application/json"}


@pytest.fixture
def draft(demo_app: Flask) -> int:
    """A draft for the market's Friday with nobody in it yet."""
    with changing(demo_app) as session:
        site = session.exec(select(Site).order_by(col(Site.id))).first()
        plan = PlanVersion(
            name="Friday",
            day=FRIDAY,
            site_id=identity(site),
            made_at=datetime(2026, 11, 24, 8, tzinfo=UTC),
        )
        session.add(plan)
        session.flush()
        return identity(plan)


def keys(app: Flask) -> list[str]:
    """Vendors who may stand, as the page names them."""
    with database_of(app).reading() as session:
        asked = select(Vendor.id).where(Vendor.state == "approved").order_by(col(Vendor.id))
        return [f"v{one}" for one in session.exec(asked)]


def standing(app: Flask, plan: int) -> dict[str, tuple[str, bool]]:
    """Who has each stall of the draft, and whether it was by hand."""
    with database_of(app).reading() as session:
        rows = session.exec(
            select(Stall.number, PlannedPlace)
            .join(PlannedPlace, col(PlannedPlace.stall_id) == Stall.id)
            .where(PlannedPlace.plan_id == plan)
        )
        return {number: (f"v{place.vendor_id}", place.by_hand) for number, place in rows}


def place_at(app: Flask, plan: int, number: str) -> int:
    with database_of(app).reading() as session:
        return identity(
            session.exec(
                select(PlannedPlace)
                .join(Stall, col(Stall.id) == PlannedPlace.stall_id)
                .where(PlannedPlace.plan_id == plan, Stall.number == number)
            ).one()
        )


def send(
    client: CarefulClient, plan: int, verb: str, number: str = "", status: int = 200, **fields
):
    uz = {"uz": f"{FRIDAY}.{number}"} if number else {}
    address = f"/lv/parvalde/plani/{plan}/ar-roku/{verb}"
    typed = {"diena": str(FRIDAY), **uz, **fields}
    return client.send(address, typed, headers=JSON, status=status)


def test_put_move_swap_and_release_by_hand(demo_app: Flask, organiser: CarefulClient, draft: int):
    one, two, *_rest = keys(demo_app)
    send(organiser, draft, "ielikt", "A1", tirgotajs=one)
    send(organiser, draft, "ielikt", "A2", tirgotajs=two)
    send(organiser, draft, "parcelt", "A3", placement=place_at(demo_app, draft, "A1"))
    assert standing(demo_app, draft) == {"A3": (one, True), "A2": (two, True)}
    send(organiser, draft, "mainit", "A2", placement=place_at(demo_app, draft, "A3"))
    assert standing(demo_app, draft) == {"A2": (one, True), "A3": (two, True)}
    send(organiser, draft, "atbrivot", placement=place_at(demo_app, draft, "A2"))
    assert standing(demo_app, draft) == {"A3": (two, True)}


def test_who_comes_second_is_told_who_has_the_place(
    demo_app: Flask, organiser: CarefulClient, draft: int
):
    one, two, *_rest = keys(demo_app)
    send(organiser, draft, "ielikt", "A1", tirgotajs=one)
    refused = send(organiser, draft, "ielikt", "A1", 409, tirgotajs=two)
    with database_of(demo_app).reading() as session:
        holder = session.get_one(Vendor, int(one[1:])).name
    assert holder in refused.get_json()["title"]
    send(organiser, draft, "ielikt", "A2", tirgotajs=two)
    send(organiser, draft, "parcelt", "A1", 409, placement=place_at(demo_app, draft, "A2"))
    assert standing(demo_app, draft) == {"A1": (one, True), "A2": (two, True)}


@pytest.mark.parametrize("constraint", [True, False], ids=["as it is", "twin"])
def test_the_schema_keeps_two_from_one_place(
    demo_app: Flask,
    organiser: CarefulClient,
    draft: int,
    constraint: bool,
    monkeypatch: pytest.MonkeyPatch,
):
    """Whoever looked in the same moment saw a free stall; without the constraint both get it."""
    with changing(demo_app) as session:
        dialect = session.get_bind().dialect.name
        if not constraint and dialect == "sqlite":
            pytest.skip("SQLite cannot drop a constraint of a table")
        if not constraint:
            name = "uq_planned_place_plan_id_day_stall_id"
            session.execute(text(f"ALTER TABLE planned_place DROP CONSTRAINT {name}"))
    monkeypatch.setattr(app.pages.organiser.plan_by_hand, "planned_on", lambda *_asked: None)
    one, two, *_rest = keys(demo_app)
    send(organiser, draft, "ielikt", "A1", tirgotajs=one)
    send(organiser, draft, "ielikt", "A1", 409 if constraint else 200, tirgotajs=two)


def test_hand_made_places_are_kept_until_they_are_released(
    demo_app: Flask, organiser: CarefulClient, draft: int
):
    one, *_rest = keys(demo_app)
    send(organiser, draft, "ielikt", "A1", tirgotajs=one)
    send(organiser, draft, "laut", placement=place_at(demo_app, draft, "A1"))
    assert standing(demo_app, draft) == {"A1": (one, False)}
    send(organiser, draft, "paturet")
    assert standing(demo_app, draft) == {"A1": (one, True)}


def test_a_published_version_is_not_changed(demo_app: Flask, organiser: CarefulClient, draft: int):
    one, *_rest = keys(demo_app)
    send(organiser, draft, "ielikt", "A1", tirgotajs=one)
    place = place_at(demo_app, draft, "A1")
    with changing(demo_app) as session:
        session.get_one(PlanVersion, draft).state = "published"
    for verb, number, fields in (
        ("ielikt", "A2", {"tirgotajs": one}),
        ("parcelt", "A2", {"placement": place}),
        ("mainit", "A1", {"placement": place}),
        ("atbrivot", "", {"placement": place}),
        ("laut", "", {"placement": place}),
        ("paturet", "", {}),
    ):
        send(organiser, draft, verb, number, 409, **fields)
    assert standing(demo_app, draft) == {"A1": (one, True)}
    page = organiser.get(f"/lv/parvalde/plani/{draft}/ar-roku")
    assert "Šī versija ir publicēta" in page.text


@pytest.mark.parametrize(
    ("verb", "number", "fields", "status"),
    [
        ("ielikt", "A1", {"tirgotajs": "v999999"}, 422),
        ("ielikt", "A1", {"tirgotajs": "a1"}, 422),
        ("ielikt", "Q99", {"tirgotajs": "v1"}, 422),
        ("parcelt", "A1", {"placement": "999999"}, 409),
        ("atbrivot", "", {"placement": "x"}, 409),
    ],
)
def test_what_is_not_of_this_plan_is_refused(
    organiser: CarefulClient, draft: int, verb: str, number: str, fields, status: int
):
    send(organiser, draft, verb, number, status, **fields)


def test_what_does_not_fit_is_said_at_once(demo_app: Flask, organiser: CarefulClient, draft: int):
    with changing(demo_app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.state == "approved")).first()
        vendor.needs_power_kw, key, name = 16.0, f"v{vendor.id}", vendor.name
    send(organiser, draft, "ielikt", "A1", tirgotajs=key)
    page = organiser.get(f"/lv/parvalde/plani/{draft}/ar-roku").text
    assert f"A1: {name} – vajag 16 kW" in page.replace("\xa0", " ")
