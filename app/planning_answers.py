"""The planner's answers become the places of a draft; what is there by hand stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.planning import IN_QUESTION, absent_on, planned_id
from market.planning.answer import Answer
from market.planning.from_rows import Built, of_application, of_vendor
from market.planning.models import PlannedPlace, PlanVersion
from market.planning.queries import applications_of, grounds_of, places_of
from vendors.fields import identity


@dataclass(frozen=True)
class Written:
    """What writing answers into a draft has left as it was: who was put by hand meanwhile."""

    places: int
    meanwhile: tuple[str, ...] = ()


def write_answers(
    session: Session,
    plan: PlanVersion,
    built: Sequence[Built],
    answers: Sequence[Answer],
) -> Written:
    """Put the planner's places into a draft; what is there by hand stays. The caller commits.

    Where somebody was put by hand after the planner began, on a stall it has given to another or
    elsewhere, the hand counts, and who must look again is named. Whoever has withdrawn since the
    planner began is not written.
    """
    grounds = grounds_of(session, plan)
    stalls = {stall.number: stall for one in grounds for _spot, stall, _zone in one.rows}
    stay = _left_as_they_are(session, plan, built, answers)
    busy = {(day, who) for (day, _number), who in stay.items()}
    meanwhile, rows, gone = [], [], _gone(session, answers)
    for answer, one in zip(answers, built, strict=True):
        day = one.problem.day
        for placed in answer.placements:
            theirs = {
                number for (at, number), who in stay.items() if (at, who) == (day, placed.vendor)
            }
            if theirs == set(placed.stalls) or placed.vendor in gone:
                continue
            if (day, placed.vendor) in busy or any(
                (day, number) in stay for number in placed.stalls
            ):
                meanwhile.append(placed.vendor)
                continue
            rows += [
                _place(plan, day, identity(stalls[number]), placed.vendor)
                for number in placed.stalls
            ]
    session.add_all(rows)
    session.flush()
    return Written(len(rows) + len(stay), tuple(dict.fromkeys(meanwhile)))


def _gone(session: Session, answers: Sequence[Answer]) -> set[str]:
    """Whom of those placed the festival no longer expects: withdrawn or refused meanwhile."""
    placed = {one.vendor for answer in answers for one in answer.placements}
    rows = applications_of(session, {int(one[1:]) for one in placed if one[0] == "a"})
    coming = {of_application(row) for row in rows.values() if row.state in IN_QUESTION}
    return {one for one in placed if one[0] == "a"} - coming


def _left_as_they_are(
    session: Session, plan: PlanVersion, built: Sequence[Built], answers: Sequence[Answer]
) -> dict[tuple[str, str], str]:
    """Who stays by day and stall; all other places of the draft are taken away.

    By hand, or split over stalls the planner could not plan; and whoever does not come on the
    day keeps what nobody else was given.
    """
    kept = {one.problem.day: one.kept for one in built}
    given = {
        (one.problem.day, number)
        for one, answer in zip(built, answers, strict=True)
        for placed in answer.placements
        for number in placed.stalls
    }
    away = {of_vendor(one) for one in absent_on(session, plan.day)} if plan.day else set()
    stay: dict[tuple[str, str], str] = {}
    for place, stall in places_of(session, identity(plan)):
        who, day = planned_id(place), place.day.isoformat()
        here = (day, stall.number)
        stays = here not in given if who in away else place.by_hand or who in kept.get(day, {})
        if stays:
            stay[here] = who
        else:
            session.delete(place)
    session.flush()
    return stay


def _place(plan: PlanVersion, day: str, stall_id: int, who: str) -> PlannedPlace:
    number = int(who[1:])
    return PlannedPlace(
        plan_id=identity(plan),
        day=date.fromisoformat(day),
        stall_id=stall_id,
        application_id=number if who[0] == "a" else None,
        vendor_id=number if who[0] == "v" else None,
    )
