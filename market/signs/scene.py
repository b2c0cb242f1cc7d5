"""Gathers the rows that decide what a sign answers: a handful of questions by index.

The number of questions and of rows does not grow with the number of vendors.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from market.days.hours import Open, hours_on, next_open
from market.days.models import Festival, MarketDay, Placement, WeeklyHours
from market.days.queries import exceptions, sayings, weekly_hours
from market.places.models import RowMove, Site, Stall, StallOnPlan, Zone
from market.planning.closure_queries import shut_on
from market.signs.answers import Scene
from market.signs.models import Sign
from vendors.fields import identity
from vendors.registry.models import PUBLIC, Vendor

BACK = timedelta(days=120)
AHEAD = timedelta(days=400)
AHEAD_VENDOR = timedelta(days=120)


Placed = tuple[StallOnPlan, Zone, Site, bool]
"""How a stall stands, its zone and site, and whether it is on the plan of the day."""


def spot_of(session: Session, stall_id: int, day: date) -> Placed | None:
    """How a stall stands on a day, with its zone and site.

    The last part says whether the stall is on the plan of that day; when it is not, its nearest
    other period tells where it was or will be. None when it was never on a plan.
    """
    rows = session.exec(
        select(StallOnPlan, Zone, Site)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .join(Site, col(Site.id) == Zone.site_id)
        .where(StallOnPlan.stall_id == stall_id)
        .order_by(col(StallOnPlan.valid_from))
    ).all()
    for spot, zone, site in rows:
        if spot.valid_from <= day and (spot.valid_to is None or day <= spot.valid_to):
            return spot, zone, site, True
    earlier = [row for row in rows if row[0].valid_from <= day]
    nearest = earlier[-1] if earlier else rows[0] if rows else None
    return (*nearest, False) if nearest else None


def scene_of(session: Session, sign: Sign, now: datetime) -> Scene:
    """The rows around a sign at a moment, as the rule takes them; a spare sign has none."""
    today = now.date()
    stall = session.get_one(Stall, sign.stall_id)
    stall_id = identity(stall)
    found = spot_of(session, stall_id, today)
    if found is None:
        return Scene(sign, stall, now, None, None, on_plan=False)
    spot, zone, site, on_plan = found
    weekly, special = (
        weekly_hours(session, identity(site)),
        exceptions(session, identity(site), today),
    )
    placements = _placements_of_stall(session, stall_id, today)
    vendor_placements = _placements_of_holder(session, placements, today)
    both = [*placements, *vendor_placements]
    closed, displaced, displaced_to = _closure(session, stall, today)
    return Scene(
        sign,
        stall,
        now,
        hours_on(today, weekly, special),
        _next_other_opening(now, weekly, special),
        on_plan,
        placements,
        vendor_placements,
        _vendors(session, both),
        _stalls(session, both),
        _presences(session, both),
        _move(session, identity(zone), spot.row, today),
        None if weekly else _festival_of(session, identity(site), special, today),
        closed,
        displaced,
        displaced_to,
    )


def _closure(
    session: Session, stall: Stall, today: date
) -> tuple[str, Vendor | None, tuple[Stall, ...]]:
    """Why the stall is closed today, who stood here before, and where they stand instead."""
    shut = shut_on(session, today)
    why, who = shut.reasons.get(stall.number, ""), shut.before.get(stall.number)
    if not why or who is None:
        return why, None, ()
    vendor = session.exec(select(Vendor).where(Vendor.id == who, *PUBLIC)).first()
    stalls = session.exec(
        select(Stall)
        .join(Placement, col(Placement.stall_id) == Stall.id)
        .where(Placement.day == today, Placement.vendor_id == who)
        .order_by(Stall.number)
    ).all()
    return why, vendor, tuple(stalls) if vendor else ()


def _next_other_opening(
    now: datetime, weekly: Sequence[WeeklyHours], special: Sequence[MarketDay]
) -> Open | None:
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time.min)
    return next_open(tomorrow, weekly, special)


def _placements_of_stall(session: Session, stall_id: int, today: date) -> Sequence[Placement]:
    """This stall's placements in the order of days; the recent past, today and the next."""
    of_stall = _public_placements().where(Placement.stall_id == stall_id)
    past = session.exec(
        of_stall.where(Placement.day < today, Placement.day >= today - BACK)
        .order_by(col(Placement.day).desc())
        .limit(3)
    ).all()
    coming = session.exec(
        of_stall.where(Placement.day >= today, Placement.day <= today + AHEAD)
        .order_by(col(Placement.day))
        .limit(8)
    ).all()
    return [*reversed(past), *coming]


def _placements_of_holder(
    session: Session, placements: Sequence[Placement], today: date
) -> Sequence[Placement]:
    """From today on, the placements of today's holder, or else of who stood here last."""
    holders = [row.vendor_id for row in placements if row.day == today]
    holders += [row.vendor_id for row in reversed(placements) if row.day < today]
    if not holders:
        return []
    return session.exec(
        _public_placements()
        .where(
            Placement.vendor_id == holders[0],
            Placement.day >= today,
            Placement.day <= today + AHEAD_VENDOR,
        )
        .order_by(col(Placement.day), col(Placement.id))
        .limit(12)
    ).all()


def _public_placements() -> SelectOfScalar[Placement]:
    """Placements of vendors whom the public may see; a paused vendor's stall is a free one."""
    return select(Placement).join(Vendor, col(Vendor.id) == Placement.vendor_id).where(*PUBLIC)


def _vendors(session: Session, placements: Sequence[Placement]) -> dict[int, Vendor]:
    ids = {row.vendor_id for row in placements}
    rows = session.exec(select(Vendor).where(col(Vendor.id).in_(ids))).all()
    return {row.id: row for row in rows if row.id is not None}


def _stalls(session: Session, placements: Sequence[Placement]) -> dict[int, Stall]:
    ids = {row.stall_id for row in placements}
    rows = session.exec(select(Stall).where(col(Stall.id).in_(ids))).all()
    return {row.id: row for row in rows if row.id is not None}


def _presences(session: Session, placements: Sequence[Placement]) -> dict[tuple[int, date], str]:
    """How it stands with each vendor on each of the days, also by long absence or by weekday."""
    if not placements:
        return {}
    days = [row.day for row in placements]
    said = sayings(session, {row.vendor_id for row in placements}, min(days), max(days))
    return {(row.vendor_id, row.day): said.state(row.vendor_id, row.day) for row in placements}


def _move(session: Session, zone_id: int, row: str, today: date) -> RowMove | None:
    return session.exec(
        select(RowMove).where(
            RowMove.zone_id == zone_id,
            RowMove.row == row,
            RowMove.first_day <= today,
            RowMove.last_day >= today,
        )
    ).first()


def _festival_of(
    session: Session, site_id: int, special: Sequence[MarketDay], today: date
) -> Festival | None:
    """The festival of a site without weekly hours: the coming one, or else the last."""
    coming = [day.festival_id for day in special if day.festival_id]
    if coming:
        return session.get(Festival, coming[0])
    return session.exec(
        select(Festival)
        .join(MarketDay, col(MarketDay.festival_id) == Festival.id)
        .where(MarketDay.site_id == site_id, MarketDay.day < today)
        .order_by(col(MarketDay.day).desc())
    ).first()
