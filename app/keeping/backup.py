"""Backups: the whole market in one sealed file, and its way back into a database.

A backup is a ZIP of the canonical text, the photographs and recordings, and a manifest, on both
databases alike: so it can be read without us, restored into the other database, and needs no tool
of the database's own. The last 64 bytes of the file are the SHA-256 of all before them. No byte can
be changed or lost without breaking that seal.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.clock import RIGA
from app.database import Database
from app.keeping.canonical import write_canonical
from app.schema import revisions

FORMAT = "tukuma-tirgus backup 1"
MANIFEST = "manifest.json"
MARKET = "market/"
FOLDERS = ("photographs", "recordings")
"""Where files of vendors lie under DATA_DIR; each is named by its digest."""

SEAL_LENGTH = 64
BLOCK = 1 << 20
BEGINNING = 300
ONLY_FOR_THE_OPERATOR = 0o600
FIRST_BYTES = b"PK\x03\x04"
SAME_TIME = (1980, 1, 1, 0, 0, 0)
ALLOWED = re.compile(
    r"market/[a-z_]+(\.jsonl)?|(photographs|recordings)/[0-9a-f]{64}[a-z0-9.-]*|manifest\.json"
)


class NotABackupError(ValueError):
    """A file that cannot be restored; `reason` is "foreign", "damaged", "newer" or "unfit"."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: when it was made, of which schema, rows and digests."""

    format: str
    made: str
    revision: str
    rows: dict[str, int]
    sha256: dict[str, str]

    @property
    def made_at(self) -> datetime:
        """When it was made, as a moment; of the two of an hour in autumn the earlier."""
        return datetime.fromisoformat(self.made).replace(tzinfo=RIGA)


def write_backup(database: Database, data_dir: Path, file: Path, made: datetime) -> Manifest:
    """Write a backup, also while people work; `file` appears when it is whole and on disk."""
    with tempfile.TemporaryDirectory(dir=file.parent) as beside_it:
        market = Path(beside_it) / "market"
        with database.reading() as session:
            rows = write_canonical(session, market)
        # Files come after the rows: each is there before its row is.
        parts = {MARKET + part.name: part for part in sorted(market.iterdir())}
        parts |= {f"{folder.name}/{part.name}": part for folder, part in _files_in(data_dir)}
        manifest = Manifest(
            FORMAT,
            made.isoformat(timespec="seconds"),
            revisions()[0],
            rows,
            {name: digest_of(part) for name, part in parts.items()},
        )
        beside = Path(beside_it) / "backup.zip"
        _write_zip(beside, parts, manifest)
        _seal(beside)
        beside.replace(file)
        names_to_disk(file.parent)
    return manifest


def _files_in(data_dir: Path) -> Iterator[tuple[Path, Path]]:
    """The files of vendors, each with its folder."""
    for folder in (data_dir / name for name in FOLDERS):
        for part in sorted(folder.iterdir()) if folder.is_dir() else ():
            if ALLOWED.fullmatch(f"{folder.name}/{part.name}"):
                yield folder, part


def _write_zip(file: Path, parts: dict[str, Path], manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(MANIFEST, SAME_TIME), text)
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, SAME_TIME)
            if name.startswith(MARKET):
                entry.compress_type = zipfile.ZIP_DEFLATED
            with part.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, BLOCK)
        archive.comment = b"0" * SEAL_LENGTH


def _seal(file: Path) -> None:
    """Write the digest of all bytes before it into the last bytes, the comment of the ZIP."""
    with file.open("r+b") as sealed:
        seal = _digest_without_seal(file)
        sealed.seek(-SEAL_LENGTH, os.SEEK_END)
        sealed.write(seal)
        sealed.flush()
        os.fchmod(sealed.fileno(), ONLY_FOR_THE_OPERATOR)
        os.fsync(sealed.fileno())


def _digest_without_seal(file: Path) -> bytes:
    left = file.stat().st_size - SEAL_LENGTH
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while left > 0 and (block := source.read(min(BLOCK, left))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest().encode()


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def unpack(file: Path, folder: Path) -> Manifest:
    """Unpack a whole, undamaged backup into a folder; any other file raises NotABackupError."""
    with file.open("rb") as source:
        beginning = source.read(BEGINNING)
    if not beginning.startswith(FIRST_BYTES) or FORMAT.encode() not in beginning:
        raise NotABackupError("foreign")
    if not _is_sealed(file):
        raise NotABackupError("damaged")
    try:
        with zipfile.ZipFile(file) as archive:
            _extract(archive, folder)
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
        found = {str(part.relative_to(folder)): part for part in folder.glob("*/*")}
        digests = {name: digest_of(part) for name, part in found.items()}
    except (zipfile.BadZipFile, ValueError, TypeError, OSError) as error:
        raise NotABackupError("damaged", str(error)) from error
    if digests != manifest.sha256:
        raise NotABackupError("damaged")
    if manifest.revision not in revisions():
        raise NotABackupError("newer", manifest.revision)
    return manifest


def _is_sealed(file: Path) -> bool:
    with file.open("rb") as source:
        source.seek(-SEAL_LENGTH, os.SEEK_END)
        return source.read() == _digest_without_seal(file)


def _extract(archive: zipfile.ZipFile, folder: Path) -> None:
    for entry in archive.infolist():
        if not ALLOWED.fullmatch(entry.filename):
            raise ValueError(entry.filename)
        target = folder / entry.filename
        target.parent.mkdir(exist_ok=True)
        with archive.open(entry) as source, target.open("wb") as whole:
            shutil.copyfileobj(source, whole, BLOCK)


def names_to_disk(folder: Path) -> None:
    """Have the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
