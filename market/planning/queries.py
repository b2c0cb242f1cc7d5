"""What the database is asked about plans: their versions, who stands in them, what they are for."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, select

from market.days.models import Festival, Placement, StallHolding, VendorWeekday, Waiting
from market.festivals.models import Application, ApplicationWish, Call, CallCategory
from market.places.models import Site, Stall
from market.places.queries import amenities_of
from market.planning.from_rows import DayGround
from market.planning.hand_queries import call_of_plan, days_of, spots_of_plan
from market.planning.models import PlannedPlace, PlannerRun, PlanVersion
from market.standing.filling import MAY_STAND
from vendors.fields import identity
from vendors.registry.models import Vendor

RECENT = timedelta(days=60)
Row = tuple[PlannedPlace, Stall]


def plans(session: Session, limit: int = 200) -> Sequence[PlanVersion]:
    """All versions of all plans, the newest first."""
    return session.exec(select(PlanVersion).order_by(col(PlanVersion.id).desc()).limit(limit)).all()


def plan_with_number(session: Session, number: int, *, locked: bool = False) -> PlanVersion | None:
    """One version of a plan, `locked` for who writes."""
    asked = select(PlanVersion).where(PlanVersion.id == number)
    if locked:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    return session.exec(asked).first()


def versions_like(session: Session, plan: PlanVersion) -> Sequence[PlanVersion]:
    """All versions of the same festival, or of the same day of a site, the oldest first."""
    if plan.festival_id is not None:
        same = [PlanVersion.festival_id == plan.festival_id]
    else:
        same = [PlanVersion.site_id == plan.site_id, PlanVersion.day == plan.day]
    return session.exec(select(PlanVersion).where(*same).order_by(col(PlanVersion.id))).all()


def published_like(
    session: Session, plan: PlanVersion, *, locked: bool = False
) -> PlanVersion | None:
    """The version of the same festival or day that is published now."""
    found = next((one for one in versions_like(session, plan) if one.state == "published"), None)
    return plan_with_number(session, identity(found), locked=True) if found and locked else found


def published_of_festival(session: Session, festival_id: int) -> PlanVersion | None:
    """The published plan of a festival."""
    return session.exec(
        select(PlanVersion).where(
            PlanVersion.festival_id == festival_id, PlanVersion.state == "published"
        )
    ).first()


def published_of_day(session: Session, site_id: int, day: date) -> PlanVersion | None:
    """The published plan of an ordinary day of a site."""
    return session.exec(
        select(PlanVersion).where(
            PlanVersion.site_id == site_id,
            PlanVersion.day == day,
            PlanVersion.state == "published",
        )
    ).first()


def places_of(session: Session, plan_id: int) -> Sequence[Row]:
    """Who has which stall on which day in a version, in the order of days and numbers."""
    return session.exec(
        select(PlannedPlace, Stall)
        .join(Stall, col(Stall.id) == PlannedPlace.stall_id)
        .where(PlannedPlace.plan_id == plan_id)
        .order_by(col(PlannedPlace.day), Stall.number)
    ).all()


def applications_of(session: Session, ids: Collection[int]) -> dict[int, Application]:
    """Applications by id."""
    rows = session.exec(select(Application).where(col(Application.id).in_(ids)))
    return {identity(row): row for row in rows}


def applications_in(
    session: Session, call_id: int, states: Collection[str]
) -> Sequence[Application]:
    """The applications of a call in some states, by number."""
    return session.exec(
        select(Application)
        .where(Application.call_id == call_id, col(Application.state).in_(states))
        .order_by(Application.number)
    ).all()


def wishes_of(session: Session, call_id: int) -> dict[int, list[str]]:
    """The numbers of wished stalls in their order, by application id."""
    rows = session.exec(
        select(ApplicationWish, Stall.number)
        .join(Stall, col(Stall.id) == ApplicationWish.stall_id)
        .join(Application, col(Application.id) == ApplicationWish.application_id)
        .where(Application.call_id == call_id)
        .order_by(col(ApplicationWish.application_id), col(ApplicationWish.place))
    )
    found: dict[int, list[str]] = {}
    for wish, number in rows:
        found.setdefault(wish.application_id, []).append(number)
    return found


def caps_of(session: Session, call_id: int) -> Sequence[CallCategory]:
    """The categories of a call with their caps, in the order in which they were written."""
    return session.exec(
        select(CallCategory).where(CallCategory.call_id == call_id).order_by(col(CallCategory.id))
    ).all()


def ground_on(session: Session, plan: PlanVersion, call: Call | None, day: date) -> DayGround:
    """What a plan gives away on a day."""
    rows = spots_of_plan(session, plan, call, day)
    site_ids = {zone.site_id for _spot, _stall, zone, _site in rows}
    return DayGround(
        day,
        [(spot, stall, zone) for spot, stall, zone, _site in rows],
        {one: amenities_of(session, one, day) for one in site_ids},
        plan.closed.get(day.isoformat(), {}),
    )


def grounds_of(session: Session, plan: PlanVersion) -> list[DayGround]:
    """What a plan gives away, day by day."""
    call = call_of_plan(session, plan)
    return [ground_on(session, plan, call, day) for day in days_of(session, plan)]


def sites_of_plan(session: Session, plan: PlanVersion) -> Sequence[Site]:
    """The sites on which a plan's stalls stand on any of its days."""
    call = call_of_plan(session, plan)
    found = {
        identity(site): site
        for day in days_of(session, plan)
        for _spot, _stall, _zone, site in spots_of_plan(session, plan, call, day)
    }
    return [found[one] for one in sorted(found)]


def stalls_now(
    session: Session, days: Collection[date], stall_ids: Collection[int]
) -> dict[tuple[date, str], Placement]:
    """The placements of some stalls on some days, by day and number."""
    rows = session.exec(
        select(Placement, Stall.number)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .where(col(Placement.day).in_(days), col(Placement.stall_id).in_(stall_ids))
        .order_by(col(Placement.day), Stall.number)
    )
    return {(placement.day, number): placement for placement, number in rows}


def rights_of(session: Session, stall_ids: Collection[int]) -> Sequence[StallHolding]:
    """The rights to some stalls, of any time."""
    return session.exec(
        select(StallHolding)
        .where(col(StallHolding.stall_id).in_(stall_ids))
        .order_by(col(StallHolding.id))
    ).all()


def vendors_named(session: Session, ids: Collection[int]) -> dict[int, Vendor]:
    """Vendors by id."""
    rows = session.exec(select(Vendor).where(col(Vendor.id).in_(ids)))
    return {identity(row): row for row in rows}


def usually_coming(session: Session, day: date) -> set[int]:
    """The ids of vendors who come on this weekday: they say so, or stood here of late on it."""
    said = session.exec(
        select(VendorWeekday.vendor_id).where(
            VendorWeekday.weekday == day.weekday(), VendorWeekday.since <= day
        )
    )
    stood = session.exec(
        select(col(Placement.vendor_id), col(Placement.day))
        .where(Placement.day < day, Placement.day >= day - RECENT)
        .distinct()
    )
    return set(said) | {one for one, stood_on in stood if stood_on.weekday() == day.weekday()}


def asking_on(session: Session, day: date) -> list[int]:
    """The ids of vendors who wait for a place on a day, in the order of asking."""
    return list(
        session.exec(
            select(Waiting.vendor_id)
            .where(Waiting.day == day)
            .order_by(col(Waiting.since), col(Waiting.id))
        )
    )


def placed_on(session: Session, day: date) -> set[int]:
    """The ids of vendors who have a stall on a day, on whatever site."""
    return set(session.exec(select(Placement.vendor_id).where(Placement.day == day)))


def vendors_who_may_stand(session: Session, ids: Collection[int]) -> dict[int, Vendor]:
    """Those of some vendors who may be put on a stall, by id."""
    return {key: one for key, one in vendors_named(session, ids).items() if one.state in MAY_STAND}


def run_with_number(session: Session, number: int, *, locked: bool = False) -> PlannerRun | None:
    """A run of the planner."""
    asked = select(PlannerRun).where(PlannerRun.id == number)
    if locked:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    return session.exec(asked).first()


def last_run(session: Session, plan_id: int) -> PlannerRun | None:
    """The newest run of a plan."""
    return session.exec(
        select(PlannerRun)
        .where(PlannerRun.plan_id == plan_id)
        .order_by(col(PlannerRun.id).desc())
        .limit(1)
    ).first()


def busy_runs(session: Session) -> Sequence[PlannerRun]:
    """The runs that wait or work."""
    return session.exec(select(PlannerRun).where(col(PlannerRun.busy).is_not(None))).all()


def festivals_with_call(session: Session) -> Sequence[tuple[Festival, Call]]:
    """The festivals that have a call, the latest first."""
    return session.exec(
        select(Festival, Call)
        .join(Call, col(Call.festival_id) == Festival.id)
        .order_by(col(Festival.first_day).desc())
    ).all()
