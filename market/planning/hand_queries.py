"""What the database is asked while a plan is changed by hand."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, select

from market.days.models import Festival
from market.festivals.models import Application, Call, CallCategory, CallZone
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.places.queries import valid_on
from market.planning.models import PlannedPlace, PlanVersion
from vendors.registry.models import Vendor

IN_QUESTION = ("submitted", "asked", "accepted", "waiting")
"""Applications that may have a place in a plan."""

Spotted = tuple[StallOnPlan, Stall, Zone, Site]
Held = tuple[PlannedPlace, Application | None, Vendor | None]


def days_of(session: Session, plan: PlanVersion) -> list[date]:
    """The days a plan is for, in their order."""
    if plan.day is not None:
        return [plan.day]
    festival = session.get_one(Festival, plan.festival_id)
    length = (festival.last_day - festival.first_day).days + 1
    return [festival.first_day + timedelta(days=number) for number in range(length)]


def call_of_plan(session: Session, plan: PlanVersion) -> Call | None:
    """The call of the festival a plan is for."""
    if plan.festival_id is None:
        return None
    return session.exec(select(Call).where(Call.festival_id == plan.festival_id)).first()


def spots_of_plan(
    session: Session, plan: PlanVersion, call: Call | None, day: date
) -> Sequence[Spotted]:
    """The stalls that a plan gives away on a day, in the order of the plan."""
    asked = (
        select(StallOnPlan, Stall, Zone, Site)
        .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .join(Site, col(Site.id) == Zone.site_id)
        .where(*valid_on(day))
        .order_by(
            col(Site.id),
            col(Zone.id),
            col(StallOnPlan.row),
            col(StallOnPlan.position),
            Stall.number,
        )
    )
    if plan.site_id is not None:
        return session.exec(asked.where(Zone.site_id == plan.site_id)).all()
    zones = select(CallZone.zone_id).where(CallZone.call_id == (call.id if call else None))
    return session.exec(asked.where(col(Zone.id).in_(zones))).all()


def held_in_plan(session: Session, plan_id: int, day: date) -> Sequence[Held]:
    """Who has a stall in a plan on a day."""
    return session.exec(
        select(PlannedPlace, Application, Vendor)
        .join(Application, col(Application.id) == PlannedPlace.application_id, isouter=True)
        .join(Vendor, col(Vendor.id) == PlannedPlace.vendor_id, isouter=True)
        .where(PlannedPlace.plan_id == plan_id, PlannedPlace.day == day)
        .order_by(col(PlannedPlace.id))
    ).all()


def applicants(session: Session, call_id: int) -> Sequence[Application]:
    """Everybody who may have a place, accepted ones first."""
    found = session.exec(
        select(Application).where(
            Application.call_id == call_id, col(Application.state).in_(IN_QUESTION)
        )
    ).all()
    order = ("accepted", "submitted", "asked", "waiting")
    return sorted(found, key=lambda one: (order.index(one.state), one.number))


def categories_of_call(session: Session, call_id: int) -> Sequence[CallCategory]:
    """The categories a call takes, with their caps."""
    return session.exec(select(CallCategory).where(CallCategory.call_id == call_id)).all()


def planned_on(session: Session, plan_id: int, day: date, stall_id: int) -> PlannedPlace | None:
    """Who has one stall in a plan on a day."""
    return session.exec(
        select(PlannedPlace).where(
            PlannedPlace.plan_id == plan_id,
            PlannedPlace.day == day,
            PlannedPlace.stall_id == stall_id,
        )
    ).first()


def places_with(session: Session, place: PlannedPlace) -> Sequence[PlannedPlace]:
    """All places that whoever has this one has on the same day of the same plan."""
    return session.exec(
        select(PlannedPlace)
        .where(
            PlannedPlace.plan_id == place.plan_id,
            PlannedPlace.day == place.day,
            PlannedPlace.application_id == place.application_id,
            PlannedPlace.vendor_id == place.vendor_id,
        )
        .order_by(col(PlannedPlace.id))
    ).all()
