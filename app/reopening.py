"""Opening again what was closed on a day: whoever stood there goes back, and nobody else moves."""

from datetime import date

from sqlmodel import Session, col, delete

from app.planning import applicants_by_vendor, begin_from, stalls_by_number
from app.sending import Saving
from market.planning.closure_queries import shut_on
from market.planning.closures import Shut, going_back, places_back
from market.planning.models import PlannedPlace, PlanVersion
from market.planning.queries import grounds_of, places_of, vendors_who_may_stand
from vendors.fields import identity


def begin_opened(save: Saving, base: PlanVersion, name: str, day: date) -> PlanVersion:
    """A draft like the published version, with nothing closed on a day. The caller commits."""
    shut = shut_on(save.session, day)
    plan = begin_from(save, base, name)
    closed = plan.closed.get(day.isoformat(), {})
    plan.closed = {key: stalls for key, stalls in plan.closed.items() if key != day.isoformat()}
    save.session.add(plan)
    save.session.flush()
    _back(save.session, plan, Shut(day, closed, shut.before))
    return plan


def _back(session: Session, plan: PlanVersion, shut: Shut) -> None:
    """Put back whoever had a closed stall, and whoever had to make room for them, on all stalls
    they had, where nobody else stands."""
    applicants = applicants_by_vendor(session, plan)
    stalls = stalls_by_number([one for one in grounds_of(session, plan) if one.day == shut.day])
    rows = [row for row in places_of(session, identity(plan)) if row[0].day == shut.day]
    by_application = {one.id: who for who, one in applicants.items()}
    held = {
        stall.number: place.vendor_id or by_application.get(place.application_id)
        for place, stall in rows
    }
    expected = {who for who, one in applicants.items() if one.state == "accepted"}
    if plan.festival_id is None:
        expected = set(shut.before.values())
    going = going_back(shut, held) & (expected | set(held.values()))
    allowed = vendors_who_may_stand(session, {who for who in going if who is not None})
    back = places_back(shut.before, held, set(allowed), stalls.keys())
    leaving = [identity(place) for place, stall in rows if held[stall.number] in back.values()]
    session.execute(delete(PlannedPlace).where(col(PlannedPlace.id).in_(leaving)))
    for number, who in back.items():
        applicant = applicants.get(who)
        place = PlannedPlace(
            plan_id=identity(plan),
            day=shut.day,
            stall_id=identity(stalls[number]),
            application_id=applicant.id if applicant else None,
            vendor_id=None if applicant else who,
        )
        session.add(place)
    session.flush()
