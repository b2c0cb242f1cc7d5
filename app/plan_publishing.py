"""Publishing a plan: its places become placements in one transaction, and who moves is told.

Public pages, the answers of signs and calendars read placements, so they follow at once. Letters
have gone out then, so publishing is taken back by publishing the version before, not from the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import current_app
from sqlmodel import Session

from app.clock import RIGA, local
from app.closures import why_said
from app.database import public_has_changed
from app.languages import LATVIAN, in_language, languages, long_day, speaking
from app.languages import gettext as _
from app.outbox import post
from app.placing import lock_days, put_each, release
from app.planning import (
    BY_BUTTON,
    People,
    Person,
    absent_on,
    before_of,
    known_of,
    people_of,
    placed_now,
    snapshot,
    stalls_by_number,
    standing_of,
    standing_of_snapshot,
)
from app.sending import Saving
from market.days.models import Festival, Placement
from market.places.models import Site
from market.planning.from_rows import DayGround, of_vendor
from market.planning.hand_queries import days_of
from market.planning.models import PlanVersion
from market.planning.queries import (
    grounds_of,
    places_of,
    plan_with_number,
    published_like,
    vendors_named,
)
from market.planning.versions import (
    GONE,
    MOVED,
    NEW,
    Difference,
    Step,
    differences,
    publishing,
)
from market.standing.filling import MAY_STAND
from vendors.fields import identity

KIND = "plan"


class NotNow(Exception):  # noqa: N818 - it says what stands in the way
    """A plan cannot be published: `reason` is no_draft, working, not_accepted (the names), taken
    (stall, who was planned, who has it), off_plan or nobody (nobody stands in it)."""

    def __init__(self, reason: str, names: Sequence[tuple[str, ...]] = ()) -> None:
        super().__init__(reason)
        self.reason, self.names = reason, tuple(names)


@dataclass(frozen=True)
class Published:
    """What publishing has done: letters on their way, and who must be called."""

    letters: int
    calls: int


@dataclass(frozen=True)
class Told:
    """Somebody whom a version concerns, with what becomes of them."""

    person: Person
    difference: Difference


def publish(save: Saving, plan_id: int, today: date) -> Published:
    """Publish a draft; raises NotNow. The caller commits. Days that are over stay as they were."""
    session = save.session
    plan = plan_with_number(session, plan_id, locked=True)
    if plan is None or plan.state != "draft":
        raise NotNow("no_draft")
    lock_days(session, [day for day in days_of(session, plan) if day >= today])
    session.expire_all()
    grounds = [one for one in grounds_of(session, plan) if one.day >= today]
    now, people = placed_now(session, grounds), people_of(session, plan)
    planned = _planned(session, plan, people, today)
    steps = _steps(session, plan, planned, now)
    _refuse_taken(session, steps, people)
    earlier = published_like(session, plan, locked=True)
    save.source, before = BY_BUTTON, snapshot(now)
    _do(save, steps, grounds, now)
    if earlier is not None:
        save.change(earlier, {"state": "earlier"}, action="plan_earlier")
    plan.problems = {**plan.problems, "before": before}
    session.add(plan)
    session.flush()
    values = {"state": "published", "published_at": save.at}
    save.vendor_id = None
    save.change(plan, values, action="plan_published")
    # Signs and plans say what is closed, also where nobody stood on it.
    public_has_changed(session)
    affected = told_of(session, plan)
    letters = _letters(session, plan, affected)
    calls = sum(not one.person.email for one in affected)
    return Published(letters, calls)


def _planned(
    session: Session, plan: PlanVersion, people: People, today: date
) -> dict[tuple[date, str], int]:
    """Vendor ids by day and stall; refuses while somebody is not accepted."""
    rows = [row for row in places_of(session, identity(plan)) if row[0].day >= today]
    if not rows:
        raise NotNow("nobody")
    missing = {
        people.of(place).name
        for place, _stall in rows
        if people.of(place).state != "accepted" or people.of(place).vendor_id is None
    }
    if missing:
        raise NotNow("not_accepted", [(name,) for name in sorted(missing)])
    return {(place.day, stall.number): people.of(place).vendor_id or 0 for place, stall in rows}


def _steps(
    session: Session,
    plan: PlanVersion,
    planned: dict[tuple[date, str], int],
    now: Mapping[tuple[date, str], Placement],
) -> tuple[Step, ...]:
    """What is to be done; who is absent keeps a stall that the plan gives to nobody, unless it is
    closed: whoever comes after all must not look for it."""
    known = {
        (day, number): vendor_id
        for day, held in known_of(plan).items()
        for number, vendor_id in held.items()
    }
    held = {key: placement.vendor_id for key, placement in now.items()}
    if plan.day is not None:
        away = absent_on(session, plan.day)
        for (day, number), vendor_id in held.items():
            if vendor_id in away and number not in plan.closed.get(day.isoformat(), {}):
                planned.setdefault((day, number), vendor_id)
    return publishing(planned, held, known)


def away_on_closed(session: Session, plan: PlanVersion) -> list[tuple[str, str]]:
    """Who does not come and has a stall that a draft closes: its number and their name. The
    place is made free by publishing; nobody needs to be called."""
    if plan.day is None or plan.state != "draft":
        return []
    closed, away = plan.closed.get(plan.day.isoformat(), {}), absent_on(session, plan.day)
    held = {
        number: one.vendor_id
        for (_day, number), one in placed_now(session, grounds_of(session, plan)).items()
        if number in closed and one.vendor_id in away
    }
    names = vendors_named(session, set(held.values()))
    return [(number, names[who].name) for number, who in held.items()]


def _refuse_taken(session: Session, steps: Sequence[Step], people: People) -> None:
    taken = [step for step in steps if step.kind == "taken"]
    if taken:
        names = vendors_named(session, {step.by or 0 for step in taken})
        raise NotNow(
            "taken",
            [
                (step.number, people.name(f"v{step.vendor_id}"), names[step.by or 0].name)
                for step in taken
            ],
        )


def _do(
    save: Saving,
    steps: Sequence[Step],
    grounds: Sequence[DayGround],
    now: Mapping[tuple[date, str], Placement],
) -> None:
    stalls, on_plan = stalls_by_number(grounds), {one.day: one.numbers for one in grounds}
    vendors = vendors_named(save.session, {step.vendor_id for step in steps})
    for step in steps:
        if step.kind == "release":
            release(save, now[step.day, step.number])
    found = [step for step in steps if step.kind == "put"]
    gone = [
        (step.number, vendors[step.vendor_id].name)
        for step in found
        if step.number not in on_plan[step.day] or vendors[step.vendor_id].state not in MAY_STAND
    ]
    if gone:
        raise NotNow("off_plan", gone)
    put_each(
        save,
        [(step.day, stalls[step.number], vendors[step.vendor_id]) for step in found],
        source="plan",
    )


def changes_of_version(
    session: Session, plan: PlanVersion, people: People
) -> tuple[Difference, ...]:
    """What a draft would change, or what a published version has changed."""
    if plan.state == "draft":
        now = placed_now(session, grounds_of(session, plan))
        before = {date.fromisoformat(day): held for day, held in snapshot(now).items()}
    else:
        before = before_of(plan)
    found = differences(
        _lasting(standing_of_snapshot(before), people), standing_of(session, plan, people)
    )
    # Who does not come anyway loses nothing, and nobody needs to call them.
    away = {of_vendor(one) for one in absent_on(session, plan.day)} if plan.day else set()
    return tuple(one for one in found if one.kind != GONE or one.who not in away)


def _lasting(
    standing: Mapping[str, Mapping[date, tuple[str, ...]]], people: People
) -> dict[str, Mapping[date, tuple[str, ...]]]:
    """Standing by the lasting keys of people: an applicant who is a vendor is one person."""
    return {
        (people.by_id[key].key if key in people.by_id else key): days
        for key, days in standing.items()
    }


def told_of(session: Session, plan: PlanVersion) -> list[Told]:
    """Only those whom a version concerns: who is new, moves, or has no place any more."""
    before = placed_now(session, grounds_of(session, plan)) if plan.state == "draft" else {}
    ids = {one.vendor_id for one in before.values()}
    ids |= {one for held in before_of(plan).values() for one in held.values()}
    people = people_of(session, plan, ids)
    known = people.by_key
    return [
        Told(known[one.who], one)
        for one in changes_of_version(session, plan, people)
        if one.kind in (GONE, MOVED, NEW) and one.who in known
    ]


def _letters(session: Session, plan: PlanVersion, told: Sequence[Told]) -> int:
    """One letter to everybody concerned who has an e-mail address."""
    count, useless = 0, _end_of(days_of(session, plan)[-1])
    names: dict[str, str] = {}
    for one in told:
        if not one.person.email:
            continue
        spoken = one.person.language if one.person.language in languages() else LATVIAN
        with speaking(spoken):
            name = names.get(spoken) or names.setdefault(spoken, name_of_what(session, plan))
            count += post(
                session,
                once=f"{KIND}:{plan.id}:{one.person.key}",
                kind=KIND,
                recipient=one.person.email,
                subject=_subject(name, one),
                body=_body(plan, one),
                useless_after=useless,
            )
    return count


def _subject(name: str, told: Told) -> str:
    if told.difference.kind == GONE:
        return _("%(name)s: your place has changed", name=name)[:200]
    return _("%(name)s: your place", name=name)[:200]


def name_of_what(session: Session, plan: PlanVersion) -> str:
    """What a plan is for: the festival's name, or the site's."""
    if plan.festival_id is not None:
        return in_language(session.get_one(Festival, plan.festival_id).name).text
    return in_language(session.get_one(Site, plan.site_id).name).text


def _body(plan: PlanVersion, told: Told) -> str:
    lines = [_("Good day!"), ""]
    for day in sorted({*told.difference.before, *told.difference.after}):
        lines.append(becomes_said(told.difference, day))
    closed = sorted({
        why_said(reason)
        for day, stalls in plan.closed.items()
        for number, reason in stalls.items()
        if number in told.difference.before.get(date.fromisoformat(day), ())
    })  # fmt: skip
    if closed:
        lines += ["", _("Why: %(reason)s.", reason=", ".join(closed))]
    lines += ["", _("Your days:"), f"{current_app.config['PUBLIC_URL']}/{LATVIAN}/mans/dienas"]
    return "\n".join([*lines, "", "-- ", _("Tukums market")])


def becomes_said(difference: Difference, day: date) -> str:
    """What becomes of somebody on a day, in one sentence."""
    before = ", ".join(difference.before.get(day, ()))
    after = ", ".join(difference.after.get(day, ()))
    said = long_day(day)
    if not before:
        return _("%(day)s: your place is %(after)s.", day=said, after=after)
    if not after:
        return _(
            "%(day)s: your place %(before)s is not given on this day, and there is no other.",
            day=said,
            before=before,
        )
    return _(
        "%(day)s: your place is %(after)s instead of %(before)s.",
        day=said,
        after=after,
        before=before,
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), RIGA).astimezone(UTC)


def published_said(plan: PlanVersion) -> datetime | None:
    """When a version was published, by the clock of the place."""
    at = plan.published_at
    return None if at is None else local(at if at.tzinfo else at.replace(tzinfo=UTC))
