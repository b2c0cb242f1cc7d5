"""The way of a backup back into a database, be it SQLite or PostgreSQL."""

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import JSON, Engine, MetaData
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from app.database import Database
from app.keeping.backup import (
    FOLDERS,
    Manifest,
    NotABackupError,
    names_to_disk,
    unpack,
    write_backup,
)
from app.keeping.canonical import (
    NotCanonicalError,
    keep_others_from_writing,
    read_canonical,
    write_canonical,
)
from app.keeping.ended import end_again, what_has_ended
from app.keeping.erasing import remove_files
from app.schema import upgrade

BEFORE = "before-restore.zip"
PASSING = tuple(
    f"SQLITE_{kind}" for kind in ("BUSY", "LOCKED", "FULL", "IOERR", "CANTOPEN", "READONLY")
)


@dataclass(frozen=True)
class Restored:
    """What was restored, and where the market of before has gone."""

    manifest: Manifest
    before: Path


def restore(file: Path, address: str, data_dir: Path, now: datetime) -> Restored:
    """Replace the market by that of a backup, made by this or an older version of the service.

    Rows are replaced in one transaction, so a server that runs goes over to the restored market
    in one moment. Raises NotABackupError when the file cannot be restored; nothing is changed then.
    """
    with tempfile.TemporaryDirectory(dir=data_dir) as name:
        folder = Path(name)
        manifest = unpack(file, folder)
        market = _tried(folder, manifest.revision)
        before = _keep_what_is_there(address, data_dir, now)
        wanted = {kind: _put_files(folder / kind, data_dir / kind) for kind in FOLDERS}
        erased = _replace_rows(market, address, data_dir, manifest.made_at)
        for kind, names in wanted.items():
            _remove_other_files(data_dir / kind, names)
        remove_files(data_dir, erased)
    return Restored(manifest, before)


def _tried(folder: Path, revision: str) -> Path:
    """The market of a backup, read into a passing database once and brought up to date there."""
    address = f"sqlite:///{folder / 'tried.sqlite'}"
    upgrade(address, revision)
    database = Database(address)
    try:
        with database.writing() as session:
            read_canonical(session, folder / "market", _tables_of(database.engine))
            session.commit()
        upgrade(address)
        with database.reading() as session:
            write_canonical(session, folder / "tried")
    except (NotCanonicalError, DatabaseError) as error:
        raise NotABackupError("unfit", str(error)) from error
    finally:
        database.engine.dispose()
    return folder / "tried"


def _tables_of(engine: Engine) -> MetaData:
    """The tables as the database has them, which may be older than our models."""
    metadata = MetaData()
    metadata.reflect(engine)
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = bool(column.nullable)
    return metadata


def _keep_what_is_there(address: str, data_dir: Path, now: datetime) -> Path:
    """A backup of the present market; or the present file, moved aside, if nobody can read it."""
    try:
        return _backup_of_present(address, data_dir, now)
    except (DatabaseError, ValueError) as error:
        file = Database(address).file
        if file is None or _may_pass(error):
            raise
    damaged = file.with_name(f"{file.name}.damaged-{now:%Y%m%dT%H%M%S}")
    for ending in ("-wal", "-shm", ""):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.replace(damaged.with_name(damaged.name + ending))
    upgrade(address)
    return damaged


def _may_pass(error: Exception) -> bool:
    """Whether an error of SQLite is of the moment and not of the file."""
    cause = getattr(error, "orig", None)
    return getattr(cause, "sqlite_errorname", "").startswith(PASSING)


def _backup_of_present(address: str, data_dir: Path, now: datetime) -> Path:
    upgrade(address)
    database = Database(address)
    try:
        write_backup(database, data_dir, data_dir / BEFORE, now)
    finally:
        database.engine.dispose()
    return data_dir / BEFORE


def _replace_rows(market: Path, address: str, data_dir: Path, made_at: datetime) -> set[str]:
    """Replace the rows; what has ended since the backup ends again.

    Returns the digests of those who left for good: their files have no row any more.
    """
    database = Database(address)
    try:
        with database.writing() as session:
            keep_others_from_writing(session)
            ended = what_has_ended(session, data_dir)
            read_canonical(session, market)
            erased = end_again(session, ended, made_at)
            session.commit()
    except (DataError, IntegrityError) as error:
        raise NotABackupError("unfit", str(error)) from error
    finally:
        database.engine.dispose()
    return erased


def _put_files(source: Path, target: Path) -> set[str]:
    """Add the files of vendors before the rows that need them; returns their names."""
    files = sorted(source.iterdir()) if source.is_dir() else []
    if files:
        target.mkdir(exist_ok=True)
    for file in files:
        with file.open("rb") as written:
            os.fsync(written.fileno())
        file.replace(target / file.name)
    if files:
        names_to_disk(target)
    return {file.name for file in files}


def _remove_other_files(folder: Path, wanted: set[str]) -> None:
    if folder.is_dir():
        for file in folder.iterdir():
            if file.is_file() and file.name not in wanted:
                file.unlink()
