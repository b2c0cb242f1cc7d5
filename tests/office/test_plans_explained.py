"""Explanations on pages: equal days once, by hand since is said so, and vendors read their own."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import col, select

from app.applying import digest_of_key
from app.clock import moment
from app.database import database
from market.days.models import Festival
from market.festivals.models import Application, Call
from market.planning.answer import Answer, Placed, Reason, Refused
from market.planning.from_rows import of_application
from market.planning.models import PlanVersion
from market.planning.writing import answer_as_json
from tests.asking import changing
from tests.careful_client import CarefulClient
from tests.reading_paper import texts_of
from vendors.registry.models import Vendor


@pytest.fixture
def explained(demo_app: Flask) -> tuple[int, str, Festival]:
    """A published plan that refused somebody on all days; on the last it had placed another."""
    with demo_app.app_context(), database().writing() as session:
        festival = session.exec(
            select(Festival).where(Festival.slug == "ziemassvetku-tirdzins-2026")
        ).one()
        one, other = session.exec(select(Vendor).order_by(Vendor.slug).limit(2)).all()
        refused = Refused(f"v{one.id}", Reason("only_wished", {"wished": 1}))
        placed = Placed(f"v{other.id}", ("KL1",), Reason("wish", {"wish": 1}))
        days = [
            festival.first_day + timedelta(days=number)
            for number in range((festival.last_day - festival.first_day).days + 1)
        ]
        plan = PlanVersion(
            festival_id=festival.id,
            name="Pārbaude",
            state="published",
            made_at=moment(),
            answers={
                day.isoformat(): answer_as_json(
                    Answer((placed,) if day == days[-1] else (), (refused,), (), (), 0.0)
                )
                for day in days
            },
        )
        session.add(plan)
        session.flush()
        found = plan.id or 0, one.slug, festival.model_copy()
        session.commit()
        return found


def test_equal_days_are_told_once_and_a_vendor_reads_their_own(
    explained: tuple[int, str, Festival],
    organiser: CarefulClient,
    demo_app: Flask,
) -> None:
    """On the page of the office, on paper, and on the vendor's own page."""
    number, slug, festival = explained
    said = "Derētu tikai vēlētās vietas, bet neviena no tām nebija pieejama."
    page = organiser.get(f"/lv/parvalde/plani/{number}/paskaidrojumi").text
    assert page.count(said) == 1
    assert "Vietas vairs nav: tirgus birojs plānu mainīja." in page
    assert f"{festival.last_day.day}. decembrī" in page
    paper = organiser.fetch(f"/lv/parvalde/plani/{number}/paskaidrojumi.pdf").data
    assert " ".join(one.text for one in texts_of(paper)).count("Derētu tikai vēlētās") == 1
    own = CarefulClient(demo_app).come_in(slug).get("/lv/mans/vietas").text
    days = f"{festival.first_day.day}.–{festival.last_day.day}. decembrī. {said}"
    assert days in " ".join(own.split())


def test_a_stranger_reads_why_at_the_own_address(
    explained: tuple[int, str, Festival], demo_app: Flask
) -> None:
    """The sentences of the published plan, and that nothing is paid here."""
    number, _slug, festival = explained
    key = "fedcba9876543210" * 2
    with changing(demo_app) as session:
        row = session.exec(
            select(Application)
            .join(Call)
            .where(Call.festival_id == festival.id, col(Application.vendor_id).is_(None))
            .order_by(Application.number)
        ).first()
        assert row is not None
        row.key_digest, row.state = digest_of_key(key), "accepted"
        row.price_cents, row.paid_cents = 4200, 1000
        plan = session.get_one(PlanVersion, number)
        refused = Refused(of_application(row), Reason("only_wished", {"wished": 1}))
        plan.answers = {
            day: answer_as_json(Answer((), (refused,), (), (), 0.0)) for day in plan.answers
        }
        session.add_all([row, plan])
    page = CarefulClient(demo_app).get(f"/lv/pieteikums/{key}").text
    days = f"{festival.first_day.day}.–{festival.last_day.day}. decembrī."
    assert f"{days} Derētu tikai vēlētās vietas" in " ".join(page.split())
    assert "Jums pateiks tirgus birojs" in page
