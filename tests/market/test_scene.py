"""The rows around a sign, asked of both databases."""

from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from app.database import Database
from market.days.models import Placement
from market.days.queries import sellers_on
from market.places.models import Site, Stall
from market.places.queries import stall_with_number
from market.signs.answers import Answer, Here, Nobody, answer
from market.signs.models import Sign
from market.signs.queries import signs_of_stalls
from market.signs.scene import scene_of
from vendors.registry.models import Vendor

TUESDAY = date(2026, 11, 24)


def sign_of(session: Session, number: str) -> Sign:
    stall = stall_with_number(session, number)
    assert stall is not None
    assert stall.id is not None
    return signs_of_stalls(session, [stall.id])[stall.id]


def answered(session: Session, number: str) -> Answer:
    return answer(scene_of(session, sign_of(session, number), datetime(2026, 11, 24, 10)))


def holder(session: Session, number: str) -> Vendor:
    return session.exec(
        select(Vendor)
        .join(Placement, Placement.vendor_id == Vendor.id)
        .join(Stall, Stall.id == Placement.stall_id)
        .where(Placement.day == TUESDAY, Stall.number == number)
    ).one()


def test_the_scene_of_a_stall_names_its_holder(demo_market: Database) -> None:
    with demo_market.reading() as session:
        found = answered(session, "P1")
        assert isinstance(found, Here)
        assert found.vendor == holder(session, "P1")


@pytest.mark.parametrize("state", ["applied", "paused", "archived"])
def test_a_vendor_whom_the_public_may_not_see_is_nobody(demo_market: Database, state: str) -> None:
    with demo_market.writing() as session:
        vendor = holder(session, "P1")
        vendor.state = state
        session.add(vendor)
        session.commit()
        assert answered(session, "P1") == Nobody(None, None)
        market = session.exec(select(Site).where(Site.slug == "tirgus")).one()
        assert vendor.id not in {one.id for one, _, _ in sellers_on(session, market.id, TUESDAY)}
