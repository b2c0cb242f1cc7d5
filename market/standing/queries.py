"""What the database is asked about who stands where."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy
from sqlmodel import Session, col, select

from market.days.models import Placement
from market.places.models import Stall, StallOnPlan, Zone
from market.places.queries import valid_on
from market.standing.roll import RollRow
from vendors.registry.models import Vendor


def placement_on(session: Session, day: date, stall_id: int) -> Placement | None:
    """Who has a stall on a day, as a placement."""
    return session.exec(
        select(Placement).where(Placement.day == day, Placement.stall_id == stall_id)
    ).first()


def holder_of(session: Session, placement: Placement) -> Vendor | None:
    """The vendor of a placement."""
    return session.get(Vendor, placement.vendor_id)


def roll_rows(session: Session, site_id: int, day: date) -> Sequence[RollRow]:
    """Every placement of a site on a day with all that stands around it, in the plan's order.

    Also of vendors whom the public does not see yet.
    """
    # SQLAlchemy's own select: that of SQLModel knows the types of four tables at most.
    rows = session.execute(
        sqlalchemy.select(Placement, Vendor, Stall, StallOnPlan, Zone)
        .join(Vendor, col(Vendor.id) == Placement.vendor_id)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(col(Placement.day) == day, col(Zone.site_id) == site_id, *valid_on(day))
        .order_by(col(Zone.code), col(StallOnPlan.row), col(StallOnPlan.position), col(Stall.id))
    )
    return [tuple(row) for row in rows]
