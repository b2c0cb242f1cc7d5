"""A stall never has two vendors on a day, whoever clicks (promises.md 3)."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlmodel import select

from app.database import CONNECTIONS_AT_MOST, Database
from app.placing import lock_days
from app.server import THREADS
from market.places.models import Stall
from tests.careful_client import CarefulClient
from tests.tournament import FIRST_DAY, PLAYERS, play, tournament
from vendors.registry.models import Vendor

ROUNDS = 3

RACED = """
import app.placing

app.placing.lock_days = lambda session, days: None
"""
"""The product without its own order: whoever looks at the same time finds the stall free."""


def test_exactly_one_of_sixteen_gets_the_stall(demo_address: str, tmp_path: Path):
    result = play(demo_address, tmp_path, ROUNDS)
    assert result.faults == 0, result
    assert result.answers == {200: ROUNDS, 409: ROUNDS * (PLAYERS - 1)}


@pytest.mark.parametrize("kind_of_database", ["postgresql"], indirect=True)
def test_the_constraint_alone_suffices_and_without_it_stalls_get_two(
    demo_address: str, tmp_path: Path
):
    """Without the application's own order the schema still lets one win, and nobody reads 500.

    The twin is played on the same server: with the constraint dropped the harness sees doubles.
    """
    with tournament(demo_address, tmp_path, RACED) as raced:
        kept = raced.play_rounds(ROUNDS)
        with raced.market.writing() as session:
            session.execute(text("ALTER TABLE placement DROP CONSTRAINT uq_placement_day_stall_id"))
            session.commit()
        dropped = raced.play_rounds(ROUNDS)
    assert kept.doubles == 0
    assert set(kept.answers) <= {200, 409, 503}
    assert dropped.doubles > 0
    assert dropped.faults > 0


def _put_while_the_day_is_held(app: Flask, person: CarefulClient, status: int) -> None:
    """A form that waits for somebody longer than the service is patient is answered so."""
    market: Database = app.extensions["database"]
    other = Database(market.engine.url.render_as_string(hide_password=False))
    with other.writing() as holding:
        stall = holding.exec(select(Stall.number)).first()
        vendor = holding.exec(select(Vendor.slug).where(Vendor.state == "approved")).first()
        lock_days(holding, [FIRST_DAY])
        market.patience_s = 0.2
        form = {"uz": f"{FIRST_DAY.isoformat()}.{stall}", "tirgotajs": vendor}
        person.send("/lv/parvalde/vietas/ielikt", form, status)
        market.patience_s = None
    other.engine.dispose()


@pytest.mark.parametrize("kind_of_database", ["postgresql"], indirect=True)
def test_who_waits_too_long_is_asked_to_try_again(demo_app: Flask, organiser: CarefulClient):
    _put_while_the_day_is_held(demo_app, organiser, 503)


@pytest.mark.parametrize("kind_of_database", ["postgresql"], indirect=True)
def test_asking_a_lost_connection_what_changed_is_a_fault(
    demo_app: Flask, organiser: CarefulClient
):
    """The twin: the rollback looks into the connection that was given up."""
    engine = demo_app.extensions["database"].engine
    event.listen(engine, "rollback", lambda connection: connection.info.pop("public_changed", None))
    _put_while_the_day_is_held(demo_app, organiser, 500)


def test_every_thread_of_the_server_can_read_and_write_at_once():
    assert CONNECTIONS_AT_MOST > 2 * THREADS
