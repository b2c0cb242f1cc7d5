"""The database: engines, sessions that read or write, and the version of what is public.

SQLite's default transactions lose updates, so a session that may write begins with
`BEGIN IMMEDIATE`. Every transaction that changes a public table raises `public_version` as its
last act, from which the store of rendered pages knows in one cheap question whether a page is
still true.
"""

import os
import re
import sqlite3
from collections import deque
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from flask import Flask, current_app, g
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlmodel import Field, Session, SQLModel

import vendors.fields  # noqa: F401 - names of constraints, before the first table
from vendors.searching import folded

NOT_PUBLIC = (
    "opening",
    "page_opening",
    "public_version",
    # Who came in, what was sent and what is still being written changes no public page.
    "person",
    "recovery_code",
    "card",
    "known_phone",
    "one_time_key",
    "attempt",
    "sent_form",
    "change",
    "letter",
    "erased",
    "story_draft",
    "story_version",
    "stall_holding",
    "filled_day",
    "waiting",
    "zone_count",
    "incident",
    "special_day",
    "plan_picture",
    "price",
    "payment",
    "patrol",
    "sign_check",
    # What applicants say and what is still being planned; publishing a plan writes placements.
    "application",
    "application_wish",
    "application_document",
    "application_answer",
    "application_message",
    "application_step",
    "plan_version",
    "planned_place",
    "planner_run",
    "place_score",
)
PATIENCE_S = 2
WAIT_FOR_WRITERS_S = 10
CONNECTIONS_KEPT = 10
CONNECTIONS_AT_MOST = 20
"""Of one process: each of the server's threads may read and write at once, and then some."""

_ENGINE: dict[str, Any] = {
    "hide_parameters": True,
    "pool_timeout": PATIENCE_S,
    "pool_size": CONNECTIONS_KEPT,
    "max_overflow": CONNECTIONS_AT_MOST - CONNECTIONS_KEPT,
}
_CHANGES_NOTHING_PUBLIC = re.compile(
    rf"""\s* (?:
        (?: SELECT | PRAGMA | SHOW | SET | BEGIN | SAVEPOINT | RELEASE | ROLLBACK | LOCK ) \b
      | (?: INSERT \s+ INTO | UPDATE | DELETE \s+ FROM ) \s+ "? (?: {"|".join(NOT_PUBLIC)} ) \b
    )""",
    re.IGNORECASE | re.VERBOSE,
)


class PublicVersion(SQLModel, table=True):
    """One row that says how often what the public sees was changed."""

    __tablename__ = "public_version"

    id: int | None = Field(default=None, primary_key=True)
    number: int = 0


def make_engine(address: str) -> Engine:
    """An engine for SQLite or PostgreSQL with the settings this service relies on.

    An SQLite file must be there: a market that is gone must not turn into an empty one.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        file = url.set(
            database=f"file:{quote(url.database or '')}", query={"mode": "rw", "uri": "true"}
        )
        engine = create_engine(file, **_ENGINE)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, **_ENGINE, pool_pre_ping=True)
    event.listen(engine, "after_cursor_execute", _notice_change)
    event.listen(engine, "commit", _raise_public_version)
    event.listen(engine, "rollback", _forget_change)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={WAIT_FOR_WRITERS_S * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("folded", 1, folded, deterministic=True)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def public_has_changed(session: Session) -> None:
    """Say that what this session changed is public, though no public table was written."""
    session.connection().info["public_changed"] = True


def _notice_change(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    if not _CHANGES_NOTHING_PUBLIC.match(statement):
        connection.info["public_changed"] = True


def _raise_public_version(connection: Connection) -> None:
    # The row is locked last and for the shortest time, so that two writers cannot wait crosswise.
    if connection.info.pop("public_changed", False):
        connection.exec_driver_sql("UPDATE public_version SET number = number + 1")


def _forget_change(connection: Connection) -> None:
    # What was noticed on a connection that was given up is gone with it, and asking would fail.
    if not connection.invalidated:
        connection.info.pop("public_changed", None)


class Database:
    """The database of one application."""

    def __init__(self, address: str) -> None:
        self.engine = make_engine(address)
        self.file: Path | None = None
        self.patience_s: float | None = None
        self._writing_engine = self.engine.execution_options(writes=True)
        self._questions: deque[VersionQuestion] = deque()
        event.listen(self.engine, "engine_disposed", self._close_questions)
        if self.engine.dialect.name == "sqlite":
            self.file = Path(make_url(address).database or "")
        else:
            from app.patience import make_patient

            make_patient(self.engine, lambda: self.patience_s)

    def reading(self) -> Session:
        """A session for questions."""
        return Session(self.engine)

    def writing(self) -> Session:
        """A session that may write, alone from its first statement on (SQLite)."""
        return Session(self._writing_engine)

    def public_version(self) -> int:
        """How often what the public sees was changed: one question on a connection kept open.

        Raises an error of the driver or of the system when the database does not answer.
        """
        question = self._idle_question() or VersionQuestion(self.engine, self.file)
        try:
            number = question.ask()
        except Exception:
            question.close()
            self.engine.dispose()
            raise
        self._questions.append(question)
        return number

    def answers(self) -> bool:
        """Whether the database answers now, with our tables in it."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT number FROM public_version"))
        except Exception:
            return False
        return True

    def begin_serving(self) -> None:
        """Wait at most `PATIENCE_S` for an answer from now on; called in a worker after its fork.

        What the pool may have inherited is the parent's, and is not closed here.
        """
        self.engine.dispose(close=False)
        self.patience_s = PATIENCE_S

    def _idle_question(self) -> "VersionQuestion | None":
        try:
            return self._questions.pop()
        except IndexError:
            return None

    def _close_questions(self, _engine: object) -> None:
        while question := self._idle_question():
            question.close()


class VersionQuestion:
    """A connection kept open, outside any transaction, to ask for the public version."""

    def __init__(self, engine: Engine, file: Path | None) -> None:
        pooled = engine.raw_connection()
        self._connection = cast(Any, pooled.driver_connection)
        pooled.detach()
        self._file = file
        if file:
            self._connection.execute(f"PRAGMA busy_timeout={PATIENCE_S * 1000}")
            self._identity = _identity(file)
        else:
            self._connection.autocommit = True
        self._cursor = self._connection.cursor()

    def ask(self) -> int:
        """The number; raises when there is none, or when the file is no longer the same one."""
        if self._file and _identity(self._file) != self._identity:
            raise ConnectionError("the database file was replaced")
        self._cursor.execute("SELECT number FROM public_version")
        [(number,)] = self._cursor.fetchall()
        return int(number)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _identity(file: Path) -> tuple[int, int]:
    found = os.stat(file)  # noqa: PTH116 - asked for every page, and half the price
    return found.st_dev, found.st_ino


def database() -> Database:
    """The database of the current application."""
    found: Database = current_app.extensions["database"]
    return found


def session() -> Session:
    """The reading session of this request, closed when the request ends."""
    if "session" not in g:
        g.session = database().reading()
    found: Session = g.session
    return found


def prepare_database(app: Flask, address: str) -> None:
    """Give the application its database."""
    app.extensions["database"] = Database(address)

    @app.teardown_appcontext
    def close_session(_error: BaseException | None) -> None:
        if "session" in g:
            g.pop("session").close()
