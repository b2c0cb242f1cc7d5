"""Where vendors stood before a day, and how stalls are called: asked for the strips."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, func, select

from market.days.models import Placement
from market.places.models import Stall


def stall_numbers(session: Session, stall_ids: Collection[int]) -> dict[int | None, str]:
    """The numbers of stalls by their id."""
    if not stall_ids:
        return {}
    rows = session.exec(select(Stall.id, Stall.number).where(col(Stall.id).in_(stall_ids)))
    return dict(rows.all())


def last_stalls(session: Session, day: date, since: date) -> dict[int, list[str]]:
    """The stalls of each vendor on their last day before a day, none earlier than `since`."""
    last = (
        select(col(Placement.vendor_id).label("vendor_id"), func.max(Placement.day).label("day"))
        .where(Placement.day < day, Placement.day >= since)
        .group_by(col(Placement.vendor_id))
        .subquery()
    )
    rows = session.exec(
        select(col(Placement.vendor_id), Stall.number)
        .join(last, (last.c.vendor_id == Placement.vendor_id) & (last.c.day == col(Placement.day)))
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .order_by(col(Stall.id))
    )
    found: dict[int, list[str]] = defaultdict(list)
    for vendor_id, number in rows:
        found[vendor_id].append(number)
    return dict(found)
