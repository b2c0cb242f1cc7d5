"""What the database is asked about who stands where."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy
from sqlmodel import Session, col, func, or_, select

from market.days.models import FilledDay, Placement, StallHolding, Waiting
from market.places.models import Stall, StallOnPlan, Zone
from market.places.queries import valid_on
from market.standing.filling import MAY_STAND
from market.standing.roll import RollRow
from vendors.listings.models import Good
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


def spots_between(
    session: Session, site_id: int, first: date, last: date
) -> Sequence[tuple[StallOnPlan, Stall, Zone]]:
    """How the stalls of a site stand on any of these days, by zone, row and position.

    A stall that is changed in this time comes more than once: see `StallOnPlan.valid_from`.
    """
    return session.exec(
        select(StallOnPlan, Stall, Zone)
        .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(
            Zone.site_id == site_id,
            StallOnPlan.valid_from <= last,
            or_(col(StallOnPlan.valid_to).is_(None), col(StallOnPlan.valid_to) >= first),
        )
        .order_by(
            Zone.code, StallOnPlan.row, col(StallOnPlan.position), col(StallOnPlan.valid_from)
        )
    ).all()


def placed_between(session: Session, first: date, last: date) -> Sequence[tuple[Placement, Vendor]]:
    """Every placement of these days with its vendor, on whatever site."""
    return session.exec(
        select(Placement, Vendor)
        .join(Vendor, col(Vendor.id) == Placement.vendor_id)
        .where(Placement.day >= first, Placement.day <= last)
        .order_by(col(Placement.day), col(Placement.id))
    ).all()


def filled_days(session: Session, site_id: int, first: date, last: date) -> set[date]:
    """The days of a site into which the holders were put already."""
    return set(
        session.exec(
            select(col(FilledDay.day)).where(
                FilledDay.site_id == site_id, FilledDay.day >= first, FilledDay.day <= last
            )
        )
    )


def holdings_of_site(
    session: Session, site_id: int, first: date, last: date
) -> Sequence[StallHolding]:
    """The rights to stalls of a site that count on some day between two days."""
    of_site = (
        select(StallOnPlan.stall_id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(Zone.site_id == site_id)
    )
    return session.exec(
        select(StallHolding)
        .where(
            col(StallHolding.stall_id).in_(of_site),
            StallHolding.first_day <= last,
            or_(col(StallHolding.last_day).is_(None), col(StallHolding.last_day) >= first),
        )
        .order_by(col(StallHolding.id))
    ).all()


def holdings(
    session: Session, vendor_id: int | None = None
) -> Sequence[tuple[StallHolding, Vendor, Stall]]:
    """Every right to a stall, also those that have ended; of one vendor or of all."""
    query = (
        select(StallHolding, Vendor, Stall)
        .join(Vendor, col(Vendor.id) == StallHolding.vendor_id)
        .join(Stall, col(Stall.id) == StallHolding.stall_id)
    )
    if vendor_id is not None:
        query = query.where(StallHolding.vendor_id == vendor_id)
    return session.exec(query.order_by(Stall.number, col(StallHolding.first_day))).all()


def own_holdings_of_stall(
    session: Session, vendor_id: int, stall_id: int
) -> Sequence[StallHolding]:
    """The rights of one vendor to one stall."""
    return session.exec(
        select(StallHolding).where(
            StallHolding.vendor_id == vendor_id, StallHolding.stall_id == stall_id
        )
    ).all()


def sites_of_stall(session: Session, stall_id: int) -> Sequence[int]:
    """The sites on whose plan a stall stands at some time."""
    return session.exec(
        select(Zone.site_id)
        .join(StallOnPlan, col(StallOnPlan.zone_id) == Zone.id)
        .where(StallOnPlan.stall_id == stall_id)
        .distinct()
        .order_by(col(Zone.site_id))
    ).all()


def own_placements_on(
    session: Session, vendor_id: int, stall_id: int, since: date
) -> Sequence[Placement]:
    """The placements of one vendor on one stall from a day on."""
    return session.exec(
        select(Placement)
        .where(
            Placement.vendor_id == vendor_id,
            Placement.stall_id == stall_id,
            Placement.day >= since,
        )
        .order_by(col(Placement.day))
    ).all()


def goods_by_category(session: Session) -> dict[int, dict[str, int]]:
    """How many goods of which category each vendor sells, by vendor id."""
    found: dict[int, dict[str, int]] = {}
    rows = session.exec(
        select(Good.vendor_id, Good.category, func.count())
        .where(col(Good.archived_on).is_(None))
        .group_by(col(Good.vendor_id), col(Good.category))
    )
    for vendor_id, category, number in rows:
        found.setdefault(vendor_id, {})[category] = number
    return found


def waiting_between(session: Session, first: date, last: date) -> Sequence[Waiting]:
    """Who waits for a stall on one of these days, in the order of asking."""
    return session.exec(
        select(Waiting)
        .where(Waiting.day >= first, Waiting.day <= last)
        .order_by(col(Waiting.since), col(Waiting.id))
    ).all()


def may_be_placed(session: Session) -> Sequence[Vendor]:
    """Every vendor who may be put on a stall, in no order."""
    return session.exec(select(Vendor).where(col(Vendor.state).in_(MAY_STAND))).all()


def stalls_from(session: Session, vendor_id: int, first: date) -> Sequence[tuple[Placement, Stall]]:
    """The placements of a vendor from a day on with their stalls, on whatever site."""
    return session.exec(
        select(Placement, Stall)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .where(Placement.vendor_id == vendor_id, Placement.day >= first)
        .order_by(col(Placement.day), col(Stall.number))
    ).all()
