"""Runs migrations on the address that `app.schema` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import String
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from app.schema import METADATA, migrating_engine


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """Write SQLModel's types as SQLAlchemy's, so that migrations stand by themselves."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return repr(String(item.length)).replace("String", "sa.String")
    return False


engine = migrating_engine(context.config.attributes["address"])
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        render_item=render_item,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
