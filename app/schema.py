"""The schema: every table of the service, and the way older databases reach it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text
from sqlmodel import SQLModel

import app.database  # noqa: F401 - brings its table
import market.days.models
import market.evidence.models
import market.places.models
import market.programme.models
import market.signs.models
import vendors.listings.models
import vendors.registry.models
import vendors.stories.models  # noqa: F401 - the tables of both subjects

METADATA = SQLModel.metadata


def configuration(address: str) -> Config:
    """Alembic's configuration for a database."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["address"] = address
    return settings


def migrating_engine(address: str) -> Engine:
    """An engine with foreign keys off: a batch migration would delete all rows that point."""
    return create_engine(address)


def upgrade(address: str, revision: str = "head") -> None:
    """Bring a database, also an empty one, to the newest schema.

    Raises RuntimeError when rows point to rows that are not there afterwards (SQLite).
    """
    command.upgrade(configuration(address), revision)
    if address.startswith("sqlite"):
        engine = migrating_engine(address)
        with engine.connect() as connection:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        engine.dispose()
        if broken:
            raise RuntimeError(f"rows that point to nothing after the migration: {broken[:5]}")
