"""An accepted applicant who withdraws gives their places back in the same moment."""

from collections.abc import Sequence
from datetime import date
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, col, select

import app.leaving
import app.plan_publishing
from app.applying import digest_of_key
from app.records import Change
from market.days.models import Festival, Placement
from market.festivals.models import Application, ApplicationStep, Call, CallZone
from market.places.models import Stall, StallOnPlan
from market.planning.models import PlannedPlace, PlanVersion
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient
from vendors.fields import identity
from vendors.registry.models import Vendor

SLUG = "ziemassvetku-tirdzins-2026"
BASE, PLANS = f"/lv/parvalde/svetki/{SLUG}", "/lv/parvalde/plani"
KEY = "0123456789abcdef" * 2
DAYS = [date(2026, 12, day) for day in (11, 12, 13)]
WITHDRAW = f"/lv/pieteikums/{KEY}/atsaukt"
PATIENCE_S = 1.5


def stalls_of_call(session: Session, count: int) -> Sequence[Stall]:
    """Some stalls that the fair gives away."""
    zones = select(CallZone.zone_id).join(Call).join(Festival).where(Festival.slug == SLUG)
    return session.exec(
        select(Stall)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .where(col(StallOnPlan.zone_id).in_(zones))
        .order_by(col(Stall.id))
        .limit(count)
    ).all()


def row_of(session: Session, application_id: int) -> Application:
    """An application as it stands."""
    return session.get_one(Application, application_id)


def standing(session: Session, row: Application) -> list[Placement]:
    """The places an applicant has at the fair by its plan."""
    return list(
        session.exec(
            select(Placement).where(
                Placement.vendor_id == row.vendor_id,
                Placement.source == "plan",
                col(Placement.day).in_(DAYS),
            )
        )
    )


@pytest.fixture
def leaver(demo_app: Flask, organiser: CarefulClient) -> int:
    """Somebody without an account who is accepted while the window is open, others waiting."""
    organiser.submit(organiser.get(f"{BASE}/lemumi"), "Sagatavot")
    with changing(demo_app) as session:
        call = session.exec(select(Call).join(Festival).where(Festival.slug == SLUG)).one()
        call.closes_on = date(2026, 11, 30)
        asked = select(Application).where(col(Application.prepared) == "accepted")
        rows = session.exec(asked.order_by(Application.number)).all()
        alike = [row for row in rows if row.categories == ["crafts"] and len(row.days) == 3]
        one = next(row for row in alike if row.vendor_id is None)
        others = [row for row in alike if row is not one]
        assert others
        one.key_digest = digest_of_key(KEY)
        for other in others:
            other.prepared = "waiting"
            session.add(other)
        session.add_all([call, one])
        found = identity(one)
    organiser.submit(organiser.get(f"{BASE}/lemumi"), "Nosūtīt")
    return found


def drafted(app_: Flask, organiser: CarefulClient, leaver: int) -> int:
    """The number of a draft in which they have two places on each day."""
    with database_of(app_).reading() as session:
        festival = session.exec(select(Festival).where(Festival.slug == SLUG)).one()
        asked = {"par": f"f{festival.id}", "name": "Plāns"}
    page = organiser.send(PLANS, asked)
    number = int(page.location.split("?")[0].rsplit("/", 1)[1])
    with changing(app_) as session:
        if session.exec(select(PlannedPlace).where(PlannedPlace.plan_id == number)).first():
            return number
        other = session.exec(
            select(Application).where(Application.state == "accepted", Application.id != leaver)
        ).first()
        assert other is not None
        *two, third = stalls_of_call(session, 3)
        whose = [(stall, leaver) for stall in two] + [(third, identity(other))]
        for day in DAYS:
            for stall, application_id in whose:
                session.add(
                    PlannedPlace(
                        plan_id=number,
                        day=day,
                        stall_id=identity(stall),
                        application_id=application_id,
                    )
                )
    return number


def test_who_withdraws_gives_back_what_is_published_and_planned(
    demo_app: Flask, organiser: CarefulClient, leaver: int
) -> None:
    published = drafted(demo_app, organiser, leaver)
    organiser.send(f"{PLANS}/{published}/publicet", {})
    draft = drafted(demo_app, organiser, leaver)
    with changing(demo_app) as session:
        row = row_of(session, leaver)
        assert len(standing(session, row)) == 6
        row.paid_cents, number = 500, row.number
        session.add(row)
    stranger = CarefulClient(demo_app)
    stranger.submit(stranger.get(f"/lv/pieteikums/{KEY}"), "Atsaukt pieteikumu")
    with database_of(demo_app).reading() as session:
        row = row_of(session, leaver)
        assert (row.state, row.price_cents, row.paid_cents) == ("withdrawn", None, 500)
        assert standing(session, row) == []
        planned = session.exec(
            select(PlannedPlace.plan_id).where(PlannedPlace.application_id == leaver)
        ).all()
        assert planned == []
        moved = session.exec(select(ApplicationStep).where(ApplicationStep.by_rule)).all()
        assert moved and all(number in step.note for step in moved)
        told = session.exec(
            select(Change).where(Change.source == "own", Change.vendor_id == row.vendor_id)
        ).all()
        assert [one.action for one in told].count("release") == 6
    desk = organiser.get("/lv/parvalde/").text
    assert "atsauca" in desk and "publicētajā plānā" in desk
    assert number not in organiser.get(f"{BASE}/atlaujas").text
    assert number in organiser.get(f"{BASE}/samaksa").text
    organiser.send(f"{PLANS}/{draft}/publicet", {})
    back = organiser.send(f"{PLANS}/{published}/no-tas", {})
    again = int(back.location.split("?")[0].rsplit("/", 1)[1])
    organiser.send(f"{PLANS}/{again}/publicet", {})
    with database_of(demo_app).reading() as session:
        assert standing(session, row_of(session, leaver)) == []


def test_who_has_an_own_stall_withdraws_alike(
    demo_app: Flask, organiser: CarefulClient, leaver: int
) -> None:
    with database_of(demo_app).reading() as session:
        row = session.exec(
            select(Application)
            .join(Vendor, col(Vendor.id) == Application.vendor_id)
            .where(Application.state == "accepted", Vendor.standing != "festival")
        ).first()
        assert row is not None
        slug, mine = session.get_one(Vendor, row.vendor_id).slug, identity(row)
    organiser.send(f"{PLANS}/{drafted(demo_app, organiser, mine)}/publicet", {})
    client = CarefulClient(demo_app).come_in(slug)
    client.submit(client.get(f"/lv/mans/svetki/{SLUG}"), "Atsaukt pieteikumu")
    with database_of(demo_app).reading() as session:
        row = row_of(session, mine)
        assert (row.state, standing(session, row)) == ("withdrawn", [])
        assert session.exec(select(Change).where(Change.action == "release")).first()


def test_an_accepted_applicant_who_is_refused_after_all_gives_them_back_too(
    demo_app: Flask, organiser: CarefulClient, leaver: int
) -> None:
    organiser.send(f"{PLANS}/{drafted(demo_app, organiser, leaver)}/publicet", {})
    with database_of(demo_app).reading() as session:
        ticked = f"{leaver}-{row_of(session, leaver).version}"
    decision = {
        "application": ticked, "decision": "refused", "refusal": "no_answer", "reason": "Neatbild.",
    }  # fmt: skip
    organiser.send(f"{BASE}/lemumi/sagatavot", decision)
    organiser.submit(organiser.get(f"{BASE}/lemumi"), "Nosūtīt")
    with database_of(demo_app).reading() as session:
        row = row_of(session, leaver)
        assert (row.state, standing(session, row)) == ("refused", [])


def left_while_published(
    demo_app: Flask, organiser: CarefulClient, leaver: int, patch: pytest.MonkeyPatch
) -> tuple[str, int]:
    """Their state, and how many places they have, when they withdrew while somebody published.

    Publishing has looked who is accepted, and goes on when the withdrawal is done, or waits.
    """
    number = drafted(demo_app, organiser, leaver)
    looked, left = Event(), Event()

    def slow(*given: Any) -> None:
        looked.set()
        left.wait(PATIENCE_S)
        refuse(*given)

    refuse = app.plan_publishing._refuse_taken
    patch.setattr(app.plan_publishing, "_refuse_taken", slow)
    stranger = CarefulClient(demo_app)

    def withdraw() -> None:
        looked.wait(30)
        stranger.send(WITHDRAW, {})
        left.set()

    leaving = Thread(target=withdraw)
    leaving.start()
    organiser.send(f"{PLANS}/{number}/publicet", {})
    leaving.join()
    with database_of(demo_app).reading() as session:
        row = row_of(session, leaver)
        states = session.exec(select(PlanVersion.state).where(PlanVersion.id == number)).one()
        assert states == "published"
        return row.state, len(standing(session, row))


def test_whoever_withdraws_while_the_plan_is_published_has_no_place(
    demo_app: Flask, organiser: CarefulClient, leaver: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = left_while_published(demo_app, organiser, leaver, monkeypatch)
    assert found == ("withdrawn", 0)


@pytest.mark.parametrize("kind_of_database", ["postgresql"], indirect=True)
def test_without_waiting_for_the_days_they_would_keep_a_place(
    demo_app: Flask, organiser: CarefulClient, leaver: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: SQLite has one writer at a time by itself."""
    monkeypatch.setattr(app.leaving, "lock_days", lambda _session, _days: None)
    found = left_while_published(demo_app, organiser, leaver, monkeypatch)
    assert found == ("withdrawn", 6)
