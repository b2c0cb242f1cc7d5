"""Every older schema reaches the newest, keeps its rows, and the newest is what the models say."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, select
from sqlalchemy.exc import IntegrityError

import app.schema
from app import create_app
from app.database import Database, make_engine
from app.keeping.canonical import kept_tables
from app.schema import METADATA, configuration, migrating_engine, revision_of, revisions, upgrade
from tests.conftest import Templates, close, settings_for
from tests.versions import have_two_versions


@pytest.fixture
def bare_address(kind_of_database: str, templates: Templates) -> str:
    """The address of a database without any table."""
    return templates.nothing(kind_of_database)


def differences(address: str) -> list[object]:
    """What the models ask for and the database does not have, or the other way round."""
    engine = migrating_engine(address)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    return found


def test_from_nothing_to_the_newest_schema_there_is_no_difference_to_the_models(bare_address):
    assert upgrade(bare_address) is None
    assert revision_of(bare_address) == revisions()[0]
    assert differences(bare_address) == []
    command.check(configuration(bare_address))


def test_a_table_that_no_migration_makes_is_noticed(bare_address):
    """The twin: a schema in which a column and a constraint are missing."""
    upgrade(bare_address)
    engine = migrating_engine(bare_address)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE notice DROP COLUMN link")
    engine.dispose()
    assert len(differences(bare_address)) == 1


def test_constraints_are_those_of_the_models(bare_address):
    """Alembic does not compare checks, so their names are compared here."""
    upgrade(bare_address)
    engine = migrating_engine(bare_address)
    looking = inspect(engine)
    for table in METADATA.sorted_tables:
        checks = [one for one in table.constraints if isinstance(one, CheckConstraint)]
        wanted = {
            f"ck_{table.name}_{str(one.name).removeprefix(f'ck_{table.name}_')}" for one in checks
        }
        found = {one["name"] for one in looking.get_check_constraints(table.name)}
        assert found == wanted, table.name
    engine.dispose()


def counted(address: str) -> dict[str, int]:
    market = Database(address)
    with market.reading() as session:
        rows = {table.name: len(session.execute(select(table)).all()) for table in kept_tables()}
    market.engine.dispose()
    return rows


def test_making_the_tables_twice_changes_nothing(demo_address, tmp_path):
    before = counted(demo_address)
    service = create_app(settings_for(demo_address, tmp_path))
    market = service.extensions["database"]
    version = market.public_version()
    for _ in range(2):
        answer = service.test_cli_runner().invoke(args=["init"])
        assert (answer.exit_code, answer.output) == (0, "Tabulas ir gatavas.\n")
    assert counted(demo_address) == before
    assert market.public_version() == version
    close(service)


# The way from the first version to the second.

OLD_ROWS = (
    "INSERT INTO stall (id, label) VALUES (1, 'A1'), (2, 'A2')",
    "INSERT INTO sign (id, code, stall_id, issued_on) VALUES (1, '22222', 1, '2026-11-24')",
    "INSERT INTO opening (sign_id, day, hour, language, openings) "
    "VALUES (1, '2026-11-24', 10, 'lv', 3)",
)
ROWS_AFTER = {"stall": 2, "sign": 1, "opening": 1}


def older_market(address: str) -> None:
    upgrade(address, "0001")
    engine = migrating_engine(address)
    with engine.begin() as connection:
        for statement in OLD_ROWS:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_rows_survive_the_way_to_the_newest_schema(bare_address, monkeypatch, tmp_path):
    have_two_versions(monkeypatch, tmp_path / "migrations")
    older_market(bare_address)
    upgrade(bare_address)
    assert differences(bare_address) == []
    assert {table: counted(bare_address)[table] for table in ROWS_AFTER} == ROWS_AFTER


def test_rows_would_be_lost_if_foreign_keys_were_on(templates, monkeypatch, tmp_path):
    """The twin, on SQLite: the table that others point to is dropped on the way."""
    have_two_versions(monkeypatch, tmp_path / "migrations")
    address = templates.nothing("sqlite")
    older_market(address)
    monkeypatch.setattr(app.schema, "migrating_engine", make_engine)
    with pytest.raises((RuntimeError, IntegrityError)):
        upgrade(address)


def test_an_older_file_is_copied_before_it_is_changed(templates, monkeypatch, tmp_path):
    have_two_versions(monkeypatch, tmp_path / "migrations")
    address = templates.nothing("sqlite")
    older_market(address)
    copy = upgrade(address)
    assert copy is not None and copy.parent == Path(address.removeprefix("sqlite:///")).parent
    with sqlite3.connect(copy) as older:
        assert older.execute("SELECT label FROM stall").fetchall() == [("A1",), ("A2",)]
    older.close()
    assert upgrade(address) is None


def test_a_server_refuses_older_tables_until_they_are_brought_up_to_date(
    bare_address, monkeypatch, tmp_path
):
    have_two_versions(monkeypatch, tmp_path / "migrations")
    older_market(bare_address)
    service = create_app(settings_for(bare_address, tmp_path))
    answer = service.test_cli_runner().invoke(args=["serve"])
    assert (answer.exit_code, "flask init" in answer.output) == (1, True)
    assert service.test_cli_runner().invoke(args=["init"]).exit_code == 0
    assert revision_of(bare_address) == "0005"
    close(service)
