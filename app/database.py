"""The database: engines, sessions that read or write, and the version of what is public.

SQLite's default transactions lose updates, so a session that may write begins with
`BEGIN IMMEDIATE`. Every commit that touches a public table raises `public_version`, from which
the store of rendered pages knows in one cheap question whether a page is still true.
"""

import sqlite3
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Engine, create_engine, event, text, update
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Field, Session, SQLModel

import vendors.fields  # noqa: F401 - names of constraints, before the first table
from vendors.searching import folded

NOT_PUBLIC = {"opening", "public_version"}
PATIENCE_S = 2


class PublicVersion(SQLModel, table=True):
    """One row that says how often what the public sees was changed."""

    __tablename__ = "public_version"

    id: int | None = Field(default=None, primary_key=True)
    number: int = 0


class MarketSession(Session):
    """A session that raises the public version when it changed what the public sees."""


@event.listens_for(MarketSession, "after_flush")
def _notice_changed_rows(session: AnySession, _context: UOWTransaction) -> None:
    changed = [*session.new, *session.dirty, *session.deleted]
    if any(row.__tablename__ not in NOT_PUBLIC for row in changed):
        session.info["public_changed"] = True


@event.listens_for(MarketSession, "do_orm_execute")
def _notice_changed_tables(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        table = getattr(state.statement, "table", None)
        if getattr(table, "name", None) not in NOT_PUBLIC:
            state.session.info["public_changed"] = True


@event.listens_for(MarketSession, "before_commit")
def _raise_public_version(session: AnySession) -> None:
    session.flush()
    # The row is locked last and for the shortest time, so that two writers cannot wait crosswise.
    if session.info.pop("public_changed", False):
        session.execute(
            update(PublicVersion).values(number=PublicVersion.number + 1),
            execution_options={"synchronize_session": False},
        )
        session.info.pop("public_changed", None)


def make_engine(address: str) -> Engine:
    """An engine for SQLite or PostgreSQL with the settings this service relies on."""
    if address.startswith("sqlite"):
        engine = create_engine(address, connect_args={"timeout": 10})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        address, pool_pre_ping=True, pool_timeout=PATIENCE_S, connect_args={"connect_timeout": 2}
    )


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("folded", 1, folded, deterministic=True)


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """The database of one application."""

    def __init__(self, address: str) -> None:
        self.engine = make_engine(address)
        self._writing_engine = self.engine.execution_options(writes=True)
        self._own = threading.local()

    def reading(self) -> MarketSession:
        """A session for questions."""
        return MarketSession(self.engine)

    def writing(self) -> MarketSession:
        """A session that may write, alone from its first statement on (SQLite)."""
        return MarketSession(self._writing_engine)

    def public_version(self) -> int:
        """How often what the public sees was changed: one question on a connection kept open.

        Raises the driver's error when the database does not answer.
        """
        ask: Callable[[], int] | None = getattr(self._own, "ask", None)
        if ask is None:
            ask = self._own.ask = self._make_question()
        try:
            return ask()
        except Exception:
            self._own.ask = None
            raise

    def _make_question(self) -> Callable[[], int]:
        connection = self.engine.raw_connection()
        connection.detach()
        driver: Any = connection.driver_connection
        if self.engine.dialect.name != "sqlite":
            driver.autocommit = True
        cursor = driver.cursor()

        def ask() -> int:
            cursor.execute("SELECT number FROM public_version")
            row = cursor.fetchone()
            return int(row[0]) if row else 0

        return ask

    def answers(self) -> bool:
        """Whether the database answers now."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:
            return False
        return True


def database() -> Database:
    """The database of the current application."""
    found: Database = current_app.extensions["database"]
    return found


def session() -> MarketSession:
    """The reading session of this request, closed when the request ends."""
    if "session" not in g:
        g.session = database().reading()
    found: MarketSession = g.session
    return found


def prepare_database(app: Flask, address: str) -> None:
    """Give the application its database."""
    app.extensions["database"] = Database(address)

    @app.teardown_appcontext
    def close_session(_error: BaseException | None) -> None:
        if "session" in g:
            g.pop("session").close()
