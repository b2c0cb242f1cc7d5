"""What the database is asked about places."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from market.places.models import (
    Amenity,
    Parish,
    PlanPicture,
    RowMove,
    Site,
    Stall,
    StallOnPlan,
    Zone,
)
from market.places.parishes import PARISHES


def write_parishes(session: Session) -> None:
    """Write the parishes as `parishes.py` has them; the caller commits."""
    for place in PARISHES:
        session.merge(Parish(**place._asdict()))


def parishes(session: Session) -> Sequence[Parish]:
    """All parishes and towns, by code."""
    return session.exec(select(Parish).order_by(Parish.code)).all()


def parish_with_slug(session: Session, slug: str) -> Parish | None:
    """The parish with this slug."""
    return session.exec(select(Parish).where(Parish.slug == slug)).first()


def sites(session: Session) -> Sequence[Site]:
    """All sites, the market itself first."""
    return session.exec(select(Site).order_by(col(Site.id))).all()


def stall_with_number(session: Session, number: str) -> Stall | None:
    """The stall with this number, small letters or capitals."""
    return session.exec(select(Stall).where(Stall.number == number.strip().upper())).first()


def plan_of(session: Session, site_id: int, day: date) -> Sequence[tuple[StallOnPlan, Stall, Zone]]:
    """How the stalls of a site stand on a day, by zone, row and position."""
    return session.exec(
        select(StallOnPlan, Stall, Zone)
        .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(Zone.site_id == site_id, *valid_on(day))
        .order_by(Zone.code, StallOnPlan.row, col(StallOnPlan.position))
    ).all()


def valid_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions for a stall's period on the plan to hold on a day."""
    return (
        col(StallOnPlan.valid_from) <= day,
        or_(col(StallOnPlan.valid_to).is_(None), col(StallOnPlan.valid_to) >= day),
    )


def amenities_of(session: Session, site_id: int, day: date) -> Sequence[Amenity]:
    """What else is on the plan of a site on a day."""
    return session.exec(
        select(Amenity)
        .where(
            Amenity.site_id == site_id,
            Amenity.valid_from <= day,
            or_(col(Amenity.valid_to).is_(None), col(Amenity.valid_to) >= day),
        )
        .order_by(col(Amenity.id))
    ).all()


def moves_on(session: Session, site_id: int, day: date) -> Sequence[RowMove]:
    """The rows of a site that stand elsewhere on a day."""
    return session.exec(
        select(RowMove)
        .join(Zone, col(Zone.id) == RowMove.zone_id)
        .where(Zone.site_id == site_id, RowMove.first_day <= day, RowMove.last_day >= day)
    ).all()


def zone_with_code(session: Session, code: str) -> Zone:
    """The zone with this code; `NoResultFound` when there is none."""
    return session.exec(select(Zone).where(Zone.code == code)).one()


def zones_of(session: Session, site_id: int) -> Sequence[Zone]:
    """The zones of a site, by code."""
    return session.exec(select(Zone).where(Zone.site_id == site_id).order_by(Zone.code)).all()


def row_of(
    session: Session, zone_id: int, row: str, day: date
) -> Sequence[tuple[StallOnPlan, Stall]]:
    """The stalls of a row on a day, by position."""
    return session.exec(
        select(StallOnPlan, Stall)
        .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
        .where(StallOnPlan.zone_id == zone_id, StallOnPlan.row == row, *valid_on(day))
        .order_by(col(StallOnPlan.position), Stall.number)
    ).all()


def periods_of(session: Session, stall_ids: Collection[int]) -> dict[int, list[StallOnPlan]]:
    """All periods of stalls on the plan, past and to come, in their order."""
    found: dict[int, list[StallOnPlan]] = {stall_id: [] for stall_id in stall_ids}
    rows = session.exec(
        select(StallOnPlan)
        .where(col(StallOnPlan.stall_id).in_(stall_ids))
        .order_by(col(StallOnPlan.valid_from))
    )
    for row in rows:
        found[row.stall_id].append(row)
    return found


def all_periods_of(session: Session, site_id: int) -> Sequence[tuple[StallOnPlan, Stall, Zone]]:
    """All periods of stalls on the plan of a site, by zone, row, position and day."""
    return session.exec(
        select(StallOnPlan, Stall, Zone)
        .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(Zone.site_id == site_id)
        .order_by(
            Zone.code, StallOnPlan.row, col(StallOnPlan.position), col(StallOnPlan.valid_from)
        )
    ).all()


def all_amenities_of(session: Session, site_id: int) -> Sequence[Amenity]:
    """All that ever stood beside the stalls on the plan of a site."""
    return session.exec(
        select(Amenity).where(Amenity.site_id == site_id).order_by(col(Amenity.id))
    ).all()


def all_numbers(session: Session) -> dict[str, int]:
    """The numbers of all stalls there ever were, each with the stall's identity."""
    return {
        number: stall_id or 0 for number, stall_id in session.exec(select(Stall.number, Stall.id))
    }


def picture_of(session: Session, site_id: int) -> PlanPicture | None:
    """The picture under the plan of a site."""
    return session.exec(select(PlanPicture).where(PlanPicture.site_id == site_id)).first()
