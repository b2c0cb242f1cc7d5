"""The schema: every table of the service, and the way older databases reach it."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, make_url, text
from sqlmodel import SQLModel

# Each module brings its tables.
import market.days.models
import market.evidence.models
import market.fees.models
import market.festivals.models
import market.places.models
import market.planning.models
import market.programme.models
import market.signs.models  # noqa: F401
import vendors.keys.models
import vendors.listings.models
import vendors.registry.models
import vendors.stories.models  # noqa: F401
from app.database import make_engine

METADATA = SQLModel.metadata
MIGRATIONS = Path(__file__).parent / "migrations"


def configuration(address: str) -> Config:
    """Alembic's configuration for a database."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.set_main_option("path_separator", "os")
    settings.attributes["address"] = address
    return settings


def migrating_engine(address: str) -> Engine:
    """An engine with foreign keys off: a batch migration would delete all rows that point."""
    return create_engine(address)


def revisions() -> list[str]:
    """The revisions of the schema that this version of the service knows, the newest first."""
    scripts = ScriptDirectory.from_config(configuration(""))
    return [script.revision for script in scripts.walk_revisions()]


def revision_of(address: str) -> str | None:
    """The revision that a database has, None without tables; raises when it does not answer."""
    engine = make_engine(address)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def upgrade(address: str, revision: str = "head") -> Path | None:
    """Bring a database, also an empty one, to the newest schema.

    Returns the copy that was kept of an older SQLite file; PostgreSQL undoes by itself what
    fails. Raises RuntimeError when rows point to rows that are not there afterwards (SQLite).
    """
    copy = _copy_of_older(address)
    command.upgrade(configuration(address), revision)
    if make_url(address).get_backend_name() == "sqlite":
        engine = migrating_engine(address)
        with engine.connect() as connection:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        engine.dispose()
        if broken:
            raise RuntimeError(f"rows that point to nothing after the migration: {broken[:5]}")
    return copy


def _copy_of_older(address: str) -> Path | None:
    """A copy of an SQLite file whose tables are about to change, beside it."""
    url = make_url(address)
    file = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or not file.exists():
        return None
    before = revision_of(address)
    if before is None or before == revisions()[0]:
        return None
    copy = file.with_name(f"{file.stem}-{before}-{datetime.now():%Y%m%dT%H%M%S}{file.suffix}")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    return copy
