"""What the database is asked about stories and photographs."""

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from vendors.registry.models import Vendor
from vendors.registry.queries import PUBLIC
from vendors.stories.models import Photograph, Story


def stories_by_vendor(session: Session, vendor_ids: Collection[int]) -> dict[int, list[Story]]:
    """The tellings of each of these vendors, Latvian first, then by language."""
    found: dict[int, list[Story]] = {vendor_id: [] for vendor_id in vendor_ids}
    rows = session.exec(select(Story).where(col(Story.vendor_id).in_(vendor_ids))).all()
    for story in sorted(rows, key=lambda row: (row.language != "lv", row.language)):
        found[story.vendor_id].append(story)
    return found


def photographs_by_vendor(
    session: Session, vendor_ids: Collection[int]
) -> dict[int, list[Photograph]]:
    """The photographs of each of these vendors in their order."""
    found: dict[int, list[Photograph]] = {vendor_id: [] for vendor_id in vendor_ids}
    rows = session.exec(
        select(Photograph)
        .where(col(Photograph.vendor_id).in_(vendor_ids))
        .order_by(col(Photograph.position), col(Photograph.id))
    )
    for photograph in rows:
        found[photograph.vendor_id].append(photograph)
    return found


def public_photograph(session: Session, digest: str) -> Photograph | None:
    """The photograph with this digest, if it is of a vendor whom the public may see."""
    return session.exec(
        select(Photograph)
        .join(Vendor, col(Vendor.id) == Photograph.vendor_id)
        .where(Photograph.digest == digest, *PUBLIC)
    ).first()


def next_position(session: Session, vendor_id: int) -> int:
    """The place of a vendor's next photograph: after all others."""
    query = select(func.max(Photograph.position)).where(Photograph.vendor_id == vendor_id)
    return (session.exec(query).one() or 0) + 1


def is_used(session: Session, digest: str) -> bool:
    """Whether a photograph of any vendor has this digest."""
    return (
        session.exec(select(Photograph.id).where(Photograph.digest == digest)).first() is not None
    )
