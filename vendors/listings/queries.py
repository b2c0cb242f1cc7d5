"""What the database is asked about goods."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from vendors.listings.models import Good
from vendors.registry.models import Vendor


def live_goods(session: Session, vendor_id: int) -> Sequence[Good]:
    """The goods that a vendor sells, in the vendor's order; those put away are left out."""
    return session.exec(
        select(Good)
        .where(Good.vendor_id == vendor_id, col(Good.archived_on).is_(None))
        .order_by(col(Good.position), col(Good.id))
    ).all()


def all_goods(session: Session, vendor_id: int) -> Sequence[Good]:
    """All goods of a vendor in the vendor's order, also those put away."""
    return session.exec(
        select(Good).where(Good.vendor_id == vendor_id).order_by(col(Good.position), col(Good.id))
    ).all()


def all_goods_alone(session: Session, vendor_id: int) -> Sequence[Good]:
    """The same for one who changes the list as a whole: whoever else does so waits.

    SQLite lets one write at a time anyway; PostgreSQL locks the vendor's row until the end of the
    transaction, but lets others note changes of this vendor's goods meanwhile.
    """
    lock = select(Vendor.id).where(Vendor.id == vendor_id).with_for_update(key_share=True)
    session.exec(lock).one()
    return all_goods(session, vendor_id)


def good_of(session: Session, vendor_id: int, number: int) -> Good | None:
    """One good of a vendor, locked for who writes; no other vendor's is reached by number."""
    return session.exec(
        select(Good).where(Good.id == number, Good.vendor_id == vendor_id).with_for_update()
    ).first()
