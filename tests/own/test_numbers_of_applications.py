"""Two who begin at the same moment get two numbers; without the lock the database refuses one."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

import app.applying
from app.applying import begin
from app.database import database
from market.days.queries import festival_with_slug
from market.festivals.models import Application
from market.festivals.queries import call_of, numbers_with
from vendors.fields import identity

TOGETHER = 4


def begun_together(demo_app: Flask) -> tuple[list[str], list[Exception]]:
    """The numbers that several get who begin at once, and what went wrong meanwhile."""
    faults: list[Exception] = []
    start = threading.Barrier(TOGETHER)

    def one(place: int) -> None:
        with demo_app.app_context():
            start.wait()
            try:
                with database().writing() as session:
                    festival = festival_with_slug(session, "rozu-svetki-2027")
                    assert festival
                    call = call_of(session, identity(festival))
                    assert call
                    begin(session, festival, call, {"name": f"Darbnīca {place}"}, key=str(place))
                    session.commit()
            except IntegrityError as error:
                faults.append(error)

    threads = [threading.Thread(target=one, args=(place,)) for place in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with demo_app.app_context(), database().reading() as session:
        rows = session.exec(select(Application)).all()
        return sorted(row.number for row in rows if row.number.startswith("RS27-")), faults


def test_nobody_gets_the_number_of_another(demo_app: Flask):
    demo_app.config["NOW"] = datetime.fromisoformat("2027-04-02T10:00")
    numbers, faults = begun_together(demo_app)
    assert (numbers, faults) == ([f"RS27-{place:03}" for place in range(1, 5)], [])


def test_a_planted_number_of_another_is_refused_by_the_table(
    demo_app: Flask, monkeypatch: pytest.MonkeyPatch
):
    """The twin: whoever counts without looking at what was given is refused."""

    def blind(_session: Session, _prefix: str) -> list[str]:
        return []

    look: Callable[[Session, str], object] = blind
    monkeypatch.setattr(app.applying.queries, "numbers_with", look)
    numbers, faults = begun_together(demo_app)
    assert numbers == ["RS27-001"] and len(faults) == TOGETHER - 1
    assert numbers_with is not look
