"""What has ended for good, and does not begin again with an older backup.

A card that was lost, a person who no longer works at the office, a recovery code that was used, a
vendor who left: the market of before the restore knows of them, the backup may not.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select, update

from app.keeping.erasing import erase, remembered_on_disk, slug_digest
from app.records import Erased
from vendors.keys.models import Card, Person, RecoveryCode
from vendors.registry.models import Vendor


@dataclass(frozen=True)
class Ended:
    """What has ended and when: cards and recovery codes by digest, people, vendors by digest."""

    cards: dict[str, datetime]
    codes: dict[str, datetime]
    people: frozenset[str]
    vendors: dict[str, datetime]


def what_has_ended(session: Session, data_dir: Path) -> Ended:
    """What the market of this session, and the file beside it, know to have ended."""
    cards = session.exec(select(Card).where(col(Card.revoked_at).is_not(None)))
    codes = session.exec(select(RecoveryCode).where(col(RecoveryCode.used_at).is_not(None)))
    people = session.exec(select(Person.email).where(Person.state == "disabled"))
    return Ended(
        cards={row.secret_digest: row.revoked_at for row in cards if row.revoked_at},
        codes={row.digest: row.used_at for row in codes if row.used_at},
        people=frozenset(people),
        vendors=_latest(remembered_on_disk(data_dir), _erased(session)),
    )


def _erased(session: Session) -> dict[str, datetime]:
    return {row.slug_digest: row.at for row in session.exec(select(Erased))}


def _latest(*found: dict[str, datetime]) -> dict[str, datetime]:
    latest: dict[str, datetime] = {}
    for one in found:
        for digest, at in one.items():
            latest[digest] = max(at, latest.get(digest, at))
    return latest


def end_again(session: Session, ended: Ended, made_at: datetime) -> set[str]:
    """End it in a market restored from a backup made at a moment; the caller commits.

    A vendor who left and came again later keeps what is younger than the leaving. Returns the
    digests of pictures and recordings that nobody uses any more.
    """
    session.expunge_all()
    for digest, at in ended.cards.items():
        lost = col(Card.secret_digest) == digest, col(Card.revoked_at).is_(None)
        session.execute(update(Card).where(*lost).values(revoked_at=at))
    for digest, at in ended.codes.items():
        used = col(RecoveryCode.digest) == digest, col(RecoveryCode.used_at).is_(None)
        session.execute(update(RecoveryCode).where(*used).values(used_at=at))
    gone = col(Person.email).in_(ended.people)
    session.execute(update(Person).where(gone).values(state="disabled"))
    return _erase_again(session, _latest(ended.vendors, _erased(session)), made_at)


def _erase_again(session: Session, left: dict[str, datetime], made_at: datetime) -> set[str]:
    digests: set[str] = set()
    for vendor in session.exec(select(Vendor)).all():
        at = left.get(slug_digest(vendor.slug))
        if at is not None and at >= made_at:
            digests |= erase(session, vendor, at)
    for digest, at in left.items():
        session.merge(Erased(slug_digest=digest, at=at))
    return digests
