"""What the database is asked about closed stalls of published plans."""

from datetime import date

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from market.days.models import Festival
from market.planning.closures import Shut
from market.planning.models import PlanVersion


def shut_between(
    session: Session, first: date, last: date, festival_id: int | None = None
) -> list[Shut]:
    """The days from first to last on which published plans have closed stalls, in their order.

    With a festival only what its plan has closed.
    """
    days: dict[date, list[Shut]] = {}
    for plan in _published(session, first, last, festival_id):
        for text, reasons in plan.closed.items():
            day = date.fromisoformat(text)
            if reasons and first <= day <= last:
                days.setdefault(day, []).append(Shut(day, reasons, _before(session, plan, text)))
    return [
        Shut(
            day,
            {number: why for one in days[day] for number, why in one.reasons.items()},
            {number: who for one in days[day] for number, who in one.before.items()},
        )
        for day in sorted(days)
    ]


def shut_on(session: Session, day: date) -> Shut:
    """What is closed on one day."""
    found = shut_between(session, day, day)
    return found[0] if found else Shut(day, {})


def _published(
    session: Session, first: date, last: date, festival_id: int | None
) -> list[PlanVersion]:
    """The published plans about these days, without what the planner has answered."""
    asked = (
        select(PlanVersion)
        .options(defer(col(PlanVersion.problems)), defer(col(PlanVersion.answers)))  # type: ignore[arg-type]
        .join(Festival, col(Festival.id) == PlanVersion.festival_id, isouter=True)
        .where(PlanVersion.state == "published")
    )
    if festival_id is not None:
        asked = asked.where(PlanVersion.festival_id == festival_id)
    in_days = col(PlanVersion.day).between(first, last)
    of_festival = (col(Festival.first_day) <= last) & (col(Festival.last_day) >= first)
    return [row for row in session.exec(asked.where(in_days | of_festival)) if row.closed]


def _before(session: Session, plan: PlanVersion, day: str) -> dict[str, int]:
    """Who stood where on a day before anything was closed: just before the first of the versions,
    back from the published one, that has closed something on it."""
    if plan.festival_id is not None:
        same = [PlanVersion.festival_id == plan.festival_id]
    else:
        same = [PlanVersion.site_id == plan.site_id, PlanVersion.day == plan.day]
    earlier = session.exec(
        select(col(PlanVersion.id), col(PlanVersion.closed))
        .where(*same, PlanVersion.state == "earlier")
        .order_by(col(PlanVersion.published_at).desc(), col(PlanVersion.id).desc())
    ).all()
    first = plan.id
    for number, closed in earlier:
        if not closed.get(day):
            break
        first = number
    problems = session.exec(select(PlanVersion.problems).where(PlanVersion.id == first)).one()
    kept = problems.get("before", {})
    held = kept.get(day, {}) if isinstance(kept, dict) else {}
    return {str(number): int(who) for number, who in held.items()}
