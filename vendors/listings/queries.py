"""What the database is asked about goods."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from vendors.listings.models import Good


def live_goods(session: Session, vendor_id: int) -> Sequence[Good]:
    """The goods that a vendor sells, in the vendor's order; those put away are left out."""
    return session.exec(
        select(Good)
        .where(Good.vendor_id == vendor_id, col(Good.archived_on).is_(None))
        .order_by(col(Good.position), col(Good.id))
    ).all()


def good_of(session: Session, vendor_id: int, number: int) -> Good | None:
    """One good of a vendor, locked for who writes; nobody reaches another vendor's by its number."""
    return session.exec(
        select(Good).where(Good.id == number, Good.vendor_id == vendor_id).with_for_update()
    ).first()
