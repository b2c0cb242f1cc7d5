"""What the database is asked when somebody accepted leaves, and what waits because of it."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from market.days.models import Festival, Placement
from market.festivals.models import Application, ApplicationStep, Call, CallZone
from market.places.models import StallOnPlan
from market.planning.models import PlannedPlace, PlanVersion


def placements_of_call(
    session: Session, call_id: int, days: Collection[date], vendor_id: int
) -> Sequence[Placement]:
    """The placements of a vendor on the stalls of a call's zones, as they stand now."""
    zones = select(CallZone.zone_id).where(CallZone.call_id == call_id)
    spots = select(StallOnPlan.stall_id).where(col(StallOnPlan.zone_id).in_(zones))
    return session.exec(
        select(Placement)
        .where(
            Placement.vendor_id == vendor_id,
            col(Placement.day).in_(days),
            col(Placement.stall_id).in_(spots),
        )
        .order_by(col(Placement.day), col(Placement.id))
        .execution_options(populate_existing=True)
    ).all()


def planned_places_of(
    session: Session, festival_id: int, application: Application, today: date
) -> Sequence[PlannedPlace]:
    """The places of an applicant from a day on, in drafts and in the published plan."""
    whose = col(PlannedPlace.application_id) == application.id
    if application.vendor_id is not None:
        whose |= col(PlannedPlace.vendor_id) == application.vendor_id
    return session.exec(
        select(PlannedPlace)
        .join(PlanVersion, col(PlanVersion.id) == PlannedPlace.plan_id)
        .where(
            PlanVersion.festival_id == festival_id,
            col(PlanVersion.state).in_(("draft", "published")),
            PlannedPlace.day >= today,
            whose,
        )
        .order_by(col(PlannedPlace.id))
    ).all()


def left_since(session: Session, since: datetime) -> dict[str, int]:
    """By festival: how many accepted applicants have withdrawn by themselves since a moment."""
    rows = session.exec(
        select(col(Festival.slug), ApplicationStep.application_id)
        .join(Call, col(Call.festival_id) == Festival.id)
        .join(Application, col(Application.call_id) == Call.id)
        .join(ApplicationStep, col(ApplicationStep.application_id) == Application.id)
        .where(
            ApplicationStep.from_state == "accepted",
            ApplicationStep.to_state == "withdrawn",
            ApplicationStep.at >= since,
            col(ApplicationStep.person_id).is_(None),
        )
        .distinct()
    )
    return dict(Counter(slug for slug, _application in rows))


def without_place(session: Session, today: date) -> dict[int, int]:
    """By published plan of a festival ahead: how many who are accepted have no place at all."""
    on_zones = (
        select(Placement.id)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Placement.stall_id)
        .join(CallZone, col(CallZone.zone_id) == StallOnPlan.zone_id)
        .where(
            Placement.vendor_id == Application.vendor_id,
            CallZone.call_id == Application.call_id,
            Placement.day >= Festival.first_day,
            Placement.day <= Festival.last_day,
        )
    )
    rows = session.exec(
        select(col(PlanVersion.id), col(Application.id))
        .join(Festival, col(Festival.id) == PlanVersion.festival_id)
        .join(Call, col(Call.festival_id) == Festival.id)
        .join(Application, col(Application.call_id) == Call.id)
        .where(
            PlanVersion.state == "published",
            Festival.last_day >= today,
            Application.state == "accepted",
            ~on_zones.exists(),
        )
    )
    return dict(Counter(plan or 0 for plan, _application in rows))
