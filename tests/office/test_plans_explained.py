"""Explanations on pages: equal days once, by hand since is said so, and vendors read their own."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import select

from app.clock import moment
from app.database import database
from market.days.models import Festival
from market.planning.answer import Answer, Placed, Reason, Refused
from market.planning.models import PlanVersion
from market.planning.writing import answer_as_json
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
