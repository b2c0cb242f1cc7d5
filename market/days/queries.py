"""What the database is asked about market days, placements and presences."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, or_, select

from market.days.hours import FAR_ENOUGH_DAYS
from market.days.models import (
    Festival,
    MarketDay,
    MarketSetting,
    Notice,
    Placement,
    Presence,
    WeeklyHours,
)
from market.places.models import Stall, StallOnPlan, Zone
from market.places.queries import valid_on
from vendors.registry.models import Vendor


def weekly_hours(session: Session, site_id: int) -> Sequence[WeeklyHours]:
    """The weekly pattern of a site, also of other times of the year."""
    return session.exec(select(WeeklyHours).where(WeeklyHours.site_id == site_id)).all()


def exceptions(session: Session, site_id: int, since: date) -> Sequence[MarketDay]:
    """The days of a site that differ from its pattern, from a day on."""
    until = since + timedelta(days=FAR_ENOUGH_DAYS)
    return session.exec(
        select(MarketDay).where(
            MarketDay.site_id == site_id, MarketDay.day >= since, MarketDay.day <= until
        )
    ).all()


def notices_on(session: Session, day: date) -> Sequence[Notice]:
    """The notices that stand on public pages on a day, the newest first."""
    return session.exec(
        select(Notice)
        .where(Notice.first_day <= day, Notice.last_day >= day)
        .order_by(col(Notice.first_day).desc(), col(Notice.id).desc())
    ).all()


def sellers_on(
    session: Session, site_id: int, day: date
) -> Sequence[tuple[Vendor, Stall, StallOnPlan]]:
    """Which public vendor has which stall of a site on a day, in the order of the plan."""
    return session.exec(
        select(Vendor, Stall, StallOnPlan)
        .join(Placement, col(Placement.vendor_id) == Vendor.id)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(
            Placement.day == day,
            Zone.site_id == site_id,
            Vendor.state == "approved",
            *valid_on(day),
        )
        .order_by(Zone.code, StallOnPlan.row, col(StallOnPlan.position))
    ).all()


def presences_on(session: Session, day: date) -> dict[int, str]:
    """What vendors said of a day: state by vendor id."""
    rows = session.exec(select(Presence).where(Presence.day == day)).all()
    return {row.vendor_id: row.state for row in rows}


def next_days_of(
    session: Session, vendor_id: int, since: date, limit: int = 4
) -> Sequence[tuple[Placement, Stall, Zone]]:
    """The next placements of a vendor who has not said "not coming", the nearest first."""
    absent = select(col(Presence.day)).where(
        Presence.vendor_id == vendor_id, Presence.state == "absent"
    )
    return session.exec(
        select(Placement, Stall, Zone)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(
            Placement.vendor_id == vendor_id,
            Placement.day >= since,
            col(Placement.day).not_in(absent),
            StallOnPlan.valid_from <= Placement.day,
            or_(
                col(StallOnPlan.valid_to).is_(None),
                col(StallOnPlan.valid_to) >= Placement.day,
            ),
        )
        .order_by(col(Placement.day), Stall.number)
        .limit(limit)
    ).all()


def festivals(session: Session, since: date) -> Sequence[Festival]:
    """The festivals that end on a day or later, the nearest first."""
    return session.exec(
        select(Festival).where(Festival.last_day >= since).order_by(col(Festival.first_day))
    ).all()


def festival_with_slug(session: Session, slug: str) -> Festival | None:
    """The festival with this slug."""
    return session.exec(select(Festival).where(Festival.slug == slug)).first()


def is_demonstration(session: Session) -> bool:
    """Whether this market is the invented one."""
    return session.get(MarketSetting, "demonstration") is not None


def stalls_today(session: Session, day: date) -> dict[int, tuple[Stall, ...]]:
    """The stalls of each vendor who has any on a day, on whatever site, by vendor id."""
    stalls: dict[int, tuple[Stall, ...]] = {}
    rows = session.exec(
        select(Placement.vendor_id, Stall)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .where(Placement.day == day)
        .order_by(col(Stall.id))
    )
    for vendor_id, stall in rows:
        stalls[vendor_id] = (*stalls.get(vendor_id, ()), stall)
    return stalls
