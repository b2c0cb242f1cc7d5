"""A stall never has two vendors on a day, whoever clicks (promises.md 3)."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.database import Database
from tests.tournament import PLAYERS, play

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
def test_without_the_constraint_a_stall_gets_two_vendors(demo_address: str, tmp_path: Path):
    """The twin: the schema guarantees nothing, and the application is raced."""
    market = Database(demo_address)
    with market.writing() as session:
        session.execute(text("ALTER TABLE placement DROP CONSTRAINT uq_placement_day_stall_id"))
        session.commit()
    market.engine.dispose()
    result = play(demo_address, tmp_path, ROUNDS, RACED)
    assert result.doubles > 0
    assert result.faults > 0


@pytest.mark.parametrize("kind_of_database", ["postgresql"], indirect=True)
def test_the_constraint_alone_suffices(demo_address: str, tmp_path: Path):
    """Without the application's own order the schema still lets one win, and nobody reads 500."""
    result = play(demo_address, tmp_path, ROUNDS, RACED)
    assert result.doubles == 0
    assert set(result.answers) <= {200, 409, 503}
