"""What the database is asked about a market day as it happens."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

from market.days.models import Incident, Placement, Presence, Waiting, ZoneCount
from market.places.models import Stall, StallOnPlan, Zone
from market.places.queries import plan_of
from market.planning.closure_queries import shut_on
from vendors.registry.models import Vendor

MAY_STAND = ("applied", "approved")
RECENT = timedelta(days=60)


def presence_rows(session: Session, day: date) -> dict[int, Presence]:
    """What was said or noted of a day, by vendor id."""
    rows = session.exec(select(Presence).where(Presence.day == day))
    return {row.vendor_id: row for row in rows}


def waiting_on(session: Session, day: date) -> Sequence[tuple[Waiting, Vendor]]:
    """Who waits for a place on a day, in no order."""
    return session.exec(
        select(Waiting, Vendor)
        .join(Vendor, col(Vendor.id) == Waiting.vendor_id)
        .where(Waiting.day == day)
    ).all()


def waiting_of(session: Session, vendor_id: int, day: date) -> Waiting | None:
    """The row of a vendor who waits for a place on a day, locked for who writes."""
    return session.exec(
        select(Waiting).where(Waiting.vendor_id == vendor_id, Waiting.day == day).with_for_update()
    ).first()


def placements_on(session: Session, vendor_id: int, day: date) -> Sequence[Placement]:
    """The placements of a vendor on a day, locked for who writes."""
    return session.exec(
        select(Placement)
        .where(Placement.vendor_id == vendor_id, Placement.day == day)
        .order_by(col(Placement.stall_id))
        .with_for_update()
    ).all()


def free_stalls(
    session: Session, site_id: int, day: date
) -> Sequence[tuple[StallOnPlan, Stall, Zone]]:
    """The open stalls of a site that nobody has on a day, in the order of the plan."""
    taken = set(session.exec(select(Placement.stall_id).where(Placement.day == day)))
    closed = shut_on(session, day).reasons
    return [
        row
        for row in plan_of(session, site_id, day)
        if row[1].id not in taken and row[1].number not in closed
    ]


def without_place(session: Session, day: date) -> Sequence[Vendor]:
    """Vendors who may stand at the market and have no place on a day, in no order."""
    placed = select(Placement.vendor_id).where(Placement.day == day)
    return session.exec(
        select(Vendor).where(
            col(Vendor.state).in_(MAY_STAND),
            col(Vendor.id).not_in(placed),
        )
    ).all()


def last_days(session: Session, day: date) -> dict[int, date]:
    """When each vendor last had a place before a day, of those of the last weeks, by vendor id."""
    rows = session.exec(
        select(Placement.vendor_id, func.max(Placement.day))
        .where(Placement.day < day, Placement.day >= day - RECENT)
        .group_by(col(Placement.vendor_id))
    )
    return dict(rows.all())


def counts_on(session: Session, day: date) -> Sequence[ZoneCount]:
    """The visitors counted on a day, hour by hour."""
    return session.exec(
        select(ZoneCount)
        .where(ZoneCount.day == day)
        .order_by(col(ZoneCount.hour), col(ZoneCount.zone_id))
    ).all()


def count_of(session: Session, zone_id: int, day: date, hour: int) -> ZoneCount | None:
    """The visitors counted in a zone at an hour, locked for who writes."""
    return session.exec(
        select(ZoneCount)
        .where(ZoneCount.zone_id == zone_id, ZoneCount.day == day, ZoneCount.hour == hour)
        .with_for_update()
    ).first()


def zones_of(session: Session, site_id: int) -> Sequence[Zone]:
    """The zones of a site, by code."""
    return session.exec(select(Zone).where(Zone.site_id == site_id).order_by(Zone.code)).all()


def incidents(session: Session, *, settled: bool, limit: int = 100) -> Sequence[Incident]:
    """Incidents that are open, or those that are settled, the newest first."""
    is_settled = col(Incident.settled_at).is_not(None)
    return session.exec(
        select(Incident)
        .where(is_settled if settled else ~is_settled)
        .order_by(col(Incident.at).desc(), col(Incident.id).desc())
        .limit(limit)
    ).all()


def incident_with_number(session: Session, number: int, *, locked: bool = False) -> Incident | None:
    """An incident, `locked` for who writes."""
    query = select(Incident).where(Incident.id == number)
    return session.exec(query.with_for_update() if locked else query).first()
