"""A vendor leaves for good: every row about them, their files, and the copies of their pages.

What stays is that somebody left: a digest of the address of their page, and when. By it they are
known in a backup of before, and do not come back with it (see `ended`). It is written twice, in
the database and in the file `DATA_DIR/erased`, for the day on which the database is lost.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, col, delete, or_, select, update

from app.changes import digests_in_changes
from app.database import Database
from app.keeping.backup import FOLDERS, names_to_disk
from app.page_store import Copies
from app.records import Change, Erased, Letter, SentForm
from market.days.models import Incident
from market.fees.models import Payment
from market.festivals.models import (
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationMessage,
    ApplicationStep,
    ApplicationWish,
)
from market.places.models import PlanPicture
from vendors.fields import identity
from vendors.keys.models import Attempt, Card, KnownPhone
from vendors.registry.models import Vendor
from vendors.stories import album
from vendors.stories.models import Photograph, Recording

REMEMBERED = "erased"
LONGEST_WAIT_S = 0.5
DIGEST_LENGTH = 64
ERASED_APPLICATION: dict[str, object] = {
    "name": "–",
    "legal_name": None,
    "reg_no": None,
    "contact_person": None,
    "phone": None,
    "email": None,
    "parish_code": None,
    "other_place": None,
    "goods": "",
    "note": "",
    "decision_words": None,
    "social": False,
    "key_digest": None,
}
"""What is left of what an applicant said."""


def slug_digest(slug: str) -> str:
    """What is remembered of a vendor who left."""
    return hashlib.sha256(slug.encode()).hexdigest()


def erase(session: Session, vendor: Vendor, at: datetime) -> set[str]:
    """Take away every row about a vendor and remember that they left; the caller commits.

    Returns the digests of pictures and recordings that nobody uses any more. Counted openings of
    signs stay: they are numbers of the place.
    """
    vendor_id = identity(vendor)
    if session.get_bind().dialect.name == "sqlite":
        # What is taken away is written over, so that it cannot be read from the file either.
        session.execute(text("PRAGMA secure_delete=ON"))
    digests = _digests_of(session, vendor_id)
    _erase_what_points_by_name(session, vendor)
    _empty_applications(session, vendor_id)
    session.merge(Erased(slug_digest=slug_digest(vendor.slug), at=at))
    session.execute(
        update(KnownPhone)
        .where(col(KnownPhone.for_vendor_id) == vendor_id, col(KnownPhone.person_id).is_not(None))
        .values(for_vendor_id=None)
    )
    # All tables with a vendor_id follow by themselves (ON DELETE CASCADE).
    session.execute(delete(Vendor).where(col(Vendor.id) == vendor_id))
    session.expunge_all()
    return digests - used_digests(session) - digests_in_changes(session)


def _erase_what_points_by_name(session: Session, vendor: Vendor) -> None:
    """Rows that know a vendor without a key that points to them: letters, forms, locks."""
    vendor_id = identity(vendor)
    of_them = [col(Letter.once).like(f"reminder:{vendor_id}:%")]
    if vendor.email:
        of_them.append(col(Letter.recipient).in_({vendor.email, vendor.email.lower()}))
    session.execute(delete(Letter).where(or_(*of_them)))
    session.execute(delete(SentForm).where(col(SentForm.owner) == f"vendor:{vendor_id}"))
    session.execute(
        delete(Change).where(col(Change.table) == "vendor", col(Change.row) == vendor_id)
    )
    cards = session.exec(select(Card.id).where(Card.vendor_id == vendor_id))
    phones = session.exec(select(KnownPhone.id).where(KnownPhone.vendor_id == vendor_id))
    locks = {f"vendor:{vendor_id}", f"email:{(vendor.email or '').lower()}"}
    # Sums stay for the office's accounts, without a name; a note might hold one.
    paid = update(Payment).where(col(Payment.vendor_id) == vendor_id)
    session.execute(paid.values(vendor_id=None, note=""))
    locks |= {f"card:{card}" for card in cards} | {f"phone:{phone}" for phone in phones}
    session.execute(delete(Attempt).where(col(Attempt.lock).in_(locks)))


def _empty_applications(session: Session, vendor_id: int) -> None:
    """That somebody applied and what was decided stays, without who it was and what they said."""
    mine = col(Application.vendor_id) == vendor_id
    numbers = session.exec(select(Application.id).where(mine)).all()
    for table in (ApplicationWish, ApplicationDocument, ApplicationAnswer, ApplicationMessage):
        session.execute(delete(table).where(col(table.application_id).in_(numbers)))
    session.execute(
        update(ApplicationStep)
        .where(col(ApplicationStep.application_id).in_(numbers))
        .values(note="")
    )
    for number in numbers:
        session.execute(delete(Letter).where(col(Letter.once).like(f"application:{number}:%")))
    session.execute(update(Application).where(mine).values(**ERASED_APPLICATION))


def _digests_of(session: Session, vendor_id: int) -> set[str]:
    pictures = session.exec(select(Photograph.digest).where(Photograph.vendor_id == vendor_id))
    spoken = session.exec(select(Recording.digest).where(Recording.vendor_id == vendor_id))
    return {*pictures, *spoken, *digests_in_changes(session, vendor_id)}


def used_digests(session: Session) -> set[str]:
    """The digests of all pictures and recordings that stand in the database."""
    columns = (Photograph.digest, Recording.digest, PlanPicture.digest, Incident.digest)
    found = (digest for column in columns for digest in session.exec(select(column)))
    return {digest for digest in found if digest}


def remove_files(data_dir: Path, digests: Iterable[str]) -> None:
    """Remove the pictures and recordings with these digests; their rows went before them."""
    for digest in digests:
        for folder in FOLDERS:
            album.remove(data_dir / folder, digest)


def clear_up(
    database: Database,
    copies: Copies,
    data_dir: Path,
    slug: str,
    digests: Iterable[str],
    at: datetime,
) -> None:
    """What is left to do on disk when a vendor's rows are gone for good."""
    _remember_on_disk(data_dir, slug_digest(slug), at)
    remove_files(data_dir, digests)
    copies.forget(database.public_version())
    if database.file:
        _empty_the_log(database)


def _remember_on_disk(data_dir: Path, digest: str, at: datetime) -> None:
    with (data_dir / REMEMBERED).open("a") as file:
        file.write(f"{digest} {at.isoformat()}\n")
        file.flush()
        os.fsync(file.fileno())
    names_to_disk(data_dir)


def remembered_on_disk(data_dir: Path) -> dict[str, datetime]:
    """Who left and when, by digest, as the file beside the database says."""
    file = data_dir / REMEMBERED
    lines = file.read_text().splitlines() if file.is_file() else []
    pairs = (line.split(" ", 1) for line in lines if " " in line)
    return {digest: datetime.fromisoformat(moment) for digest, moment in pairs}


def _empty_the_log(database: Database) -> None:
    """Have SQLite write its log into the file and empty it; another time if it is in use."""
    with closing(sqlite3.connect(str(database.file), timeout=LONGEST_WAIT_S)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
