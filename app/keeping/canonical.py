"""The whole market as sorted text: the same bytes whatever database it comes from.

One file for each table, one JSON object for each row, in the order of the primary key, and the
revision of the schema beside them. `public_version` is left out: it counts the changes of one
database and is no part of the market. So is what lasts only a while, such as the telephones that
are known: a telephone that was shut out must not come in again with an older backup.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, MetaData, String, Table, collate, select, text
from sqlalchemy.types import Date, DateTime, Time, TypeDecorator
from sqlmodel import AutoString, Session

from app.schema import METADATA, revisions

LEFT_OUT = {"public_version", "alembic_version"}
PASSING = {"known_phone", "one_time_key", "attempt", "sent_form", "letter"}
"""Sessions and one-time things: in no export and no backup, and gone after a restore."""

REVISION_FILE = "schema"
SUFFIX = ".jsonl"
ROWS_AT_ONCE = 1000


class NotCanonicalError(ValueError):
    """A folder that does not hold a whole market; the text says what is wrong with it."""


def kept_tables(metadata: MetaData = METADATA) -> list[Table]:
    """The tables that make up the market, those that others point to first."""
    return [table for table in _emptied_tables(metadata) if table.name not in PASSING]


def _emptied_tables(metadata: MetaData) -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def write_canonical(session: Session, folder: Path) -> dict[str, int]:
    """Write the market of this session's database into a folder; returns rows by table.

    Everything is of one moment, also while others write, if the session asked nothing before.
    """
    _see_one_moment(session)
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for table in kept_tables():
        with (
            _file(folder, table).open("w", encoding="utf-8", newline="\n") as file,
            session.execute(in_order(session, table)) as rows,
        ):
            written[table.name] = 0
            for row in rows:
                file.write(_line(row._mapping) + "\n")
                written[table.name] += 1
    (folder / REVISION_FILE).write_text(revisions()[0] + "\n")
    return written


def read_revision(folder: Path) -> str:
    """The revision of the schema that a folder was written from."""
    return (folder / REVISION_FILE).read_text().strip()


def read_canonical(session: Session, folder: Path, metadata: MetaData = METADATA) -> None:
    """Replace the market of this session's database by that of a folder; the caller commits.

    Raises NotCanonicalError when the folder does not hold exactly the tables of `metadata` with
    their columns, and the database's own errors when rows break its constraints.
    """
    tables = kept_tables(metadata)
    _refuse_other_tables(folder, tables)
    keep_others_from_writing(session, metadata)
    for table in reversed(_emptied_tables(metadata)):
        session.execute(table.delete())
    for table in tables:
        for rows in _read(_file(folder, table), table):
            session.execute(table.insert(), rows)
    _continue_counting(session, tables)


def _file(folder: Path, table: Table) -> Path:
    return folder / f"{table.name}{SUFFIX}"


def _see_one_moment(session: Session) -> None:
    # SQLite's readers always do; PostgreSQL's must say so before their first question.
    if session.get_bind().dialect.name == "postgresql" and not session.in_transaction():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def in_order(session: Session, table: Table) -> Any:
    """All rows by primary key; text by its bytes, which is how SQLite sorts anyway."""
    by_bytes = session.get_bind().dialect.name == "postgresql"
    key = [
        collate(column, "C") if by_bytes and holds_text(column) else column
        for column in table.primary_key
    ]
    return select(table).order_by(*key).execution_options(yield_per=ROWS_AT_ONCE)


def holds_text(column: Column[Any]) -> bool:
    """Whether a column holds text; SQLModel's own type of text is none of SQLAlchemy's."""
    return isinstance(column.type, (String, AutoString))


def _line(row: Any) -> str:
    return json.dumps(
        dict(row),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
        default=_as_text,
    )


def _as_text(value: date | time | datetime) -> str:
    return value.isoformat()


def _refuse_other_tables(folder: Path, tables: list[Table]) -> None:
    wanted = {table.name for table in tables}
    found = {file.stem for file in folder.glob(f"*{SUFFIX}")}
    if wanted != found:
        raise NotCanonicalError(f"tables: {', '.join(sorted(wanted ^ found))}")


def _read(file: Path, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a file, some at a time."""
    columns = {column.name: column for column in table.columns}
    rows: list[dict[str, Any]] = []
    with file.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                rows.append(_row(json.loads(line), columns))
            except (ValueError, TypeError, AttributeError) as error:
                raise NotCanonicalError(f"{file.name}, {number}: {error}") from error
            if len(rows) == ROWS_AT_ONCE:
                yield rows
                rows = []
    if rows:
        yield rows


def _row(found: dict[str, Any], columns: dict[str, Column[Any]]) -> dict[str, Any]:
    if found.keys() != columns.keys():
        raise ValueError(f"columns: {', '.join(sorted(found.keys() ^ columns.keys()))}")
    return {name: _value(value, columns[name]) for name, value in found.items()}


def _value(value: Any, column: Column[Any]) -> Any:
    if value is None or isinstance(column.type, JSON):
        return value
    for kind, python in ((DateTime, datetime), (Date, date), (Time, time)):
        if isinstance(_kind_of(column), kind):
            return python.fromisoformat(value)
    return value


def _kind_of(column: Column[Any]) -> Any:
    """The type of a column; moments are kept by SQLModel's own type around that of SQLAlchemy."""
    return column.type.impl if isinstance(column.type, TypeDecorator) else column.type


def keep_others_from_writing(session: Session, metadata: MetaData = METADATA) -> None:
    """Let nobody else write until the end of the transaction; SQLite's writer is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in _emptied_tables(metadata))
        session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))


def _continue_counting(session: Session, tables: list[Table]) -> None:
    """Have PostgreSQL number new rows after the restored ones; SQLite looks by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key:
            sequence = session.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"),
                {"table": f'"{table.name}"', "column": column.name},
            )
            if sequence:
                # Never back: the rows of before come back if this is not committed.
                session.execute(
                    text(
                        f"SELECT setval('{sequence}', greatest((SELECT last_value FROM {sequence}),"
                        f' (SELECT coalesce(max("{column.name}"), 1) FROM "{table.name}")))'
                    )
                )
