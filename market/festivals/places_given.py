"""Which stalls the published plan of a festival gives to an applicant, day by day."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, or_, select

from market.festivals.models import Application
from market.places.models import Stall
from market.planning.models import PlannedPlace, PlanVersion


def places_given(
    session: Session, application: Application, festival_id: int
) -> Sequence[tuple[date, str]]:
    """Days and numbers of stalls in the published plan; a draft of the office says nothing."""
    whose = [col(PlannedPlace.application_id) == application.id]
    if application.vendor_id is not None:
        whose.append(col(PlannedPlace.vendor_id) == application.vendor_id)
    return session.exec(
        select(col(PlannedPlace.day), col(Stall.number))
        .join(PlanVersion, col(PlanVersion.id) == PlannedPlace.plan_id)
        .join(Stall, col(Stall.id) == PlannedPlace.stall_id)
        .where(
            PlanVersion.festival_id == festival_id,
            PlanVersion.state == "published",
            or_(*whose),
        )
        .order_by(col(PlannedPlace.day), Stall.number)
    ).all()
