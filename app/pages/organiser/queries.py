"""What the office asks of several subjects at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.changes import changes_about
from app.records import Change
from vendors.keys.models import Card, OneTimeKey


def cards_of(session: Session, vendor_id: int) -> Sequence[Card]:
    """Every card that a vendor was ever given, the newest first."""
    return session.exec(
        select(Card).where(Card.vendor_id == vendor_id).order_by(col(Card.id).desc())
    ).all()


def codes_of(session: Session, vendor_id: int) -> Sequence[OneTimeKey]:
    """The one-time codes that the office gave a vendor, the newest first."""
    return session.exec(
        select(OneTimeKey)
        .where(OneTimeKey.vendor_id == vendor_id, OneTimeKey.kind == "code")
        .order_by(col(OneTimeKey.id).desc())
    ).all()


def batches_about(session: Session, vendor_id: int, since: datetime) -> list[list[Change]]:
    """What was changed of a vendor since a moment, form by form, the newest first."""
    batches: dict[str, list[Change]] = {}
    for change in changes_about(session, vendor_id, since):
        batches.setdefault(change.batch, []).append(change)
    return list(batches.values())
