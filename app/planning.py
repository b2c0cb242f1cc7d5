"""Drafts of plans: begun from what stands now, made into problems, filled by the planner.

A draft knows in `problems["known"]` who had its stalls when it was begun, by vendor id: that is
what the planner changes as little of as it can, and from it publishing sees what was changed by
hand meanwhile. `problems["days"]` are the problems that were solved last.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlmodel import Session, SQLModel

from app.sending import Saving
from market.days.attendance import ABSENT
from market.days.models import Festival, Placement
from market.days.queries import presences_on
from market.festivals.models import Application
from market.places.models import Site, Stall
from market.planning.from_rows import DayGround, of_application, of_vendor
from market.planning.hand_queries import call_of_plan
from market.planning.models import PlannedPlace, PlanVersion
from market.planning.queries import (
    Row,
    applications_in,
    applications_of,
    grounds_of,
    places_of,
    published_of_day,
    published_of_festival,
    stalls_now,
    vendors_named,
)
from market.planning.versions import Standing, in_order_of_numbers
from vendors.fields import identity
from vendors.registry.models import Vendor

BY_BUTTON = "plan"
"""`Change.source` of beginning, publishing and taking away a version: each has its own button, and
none is undone from the log."""
IN_QUESTION = ("submitted", "asked", "accepted", "waiting")
Closed = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Person:
    """Somebody in a plan: an applicant, a vendor, or an applicant who is a vendor by now.

    `key` is the same in all versions: "v17" for whoever is a vendor, else "a12".
    """

    key: str
    name: str
    phone: str = ""
    email: str = ""
    language: str = "lv"
    vendor_id: int | None = None
    application_id: int | None = None
    number: str = ""
    state: str = ""


@dataclass
class People:
    """The people of a plan by how the planner calls them, and by their lasting key."""

    by_id: dict[str, Person] = field(default_factory=dict)

    def of(self, place: PlannedPlace) -> Person:
        """Who has a planned place."""
        return self.by_id[planned_id(place)]

    @property
    def by_key(self) -> dict[str, Person]:
        """The same people by their lasting key."""
        return {one.key: one for one in self.by_id.values()}

    def name(self, known_as: str) -> str:
        """The name of somebody the planner or a version speaks of."""
        found = self.by_id.get(known_as) or self.by_key.get(known_as)
        return found.name if found else known_as


def planned_id(place: PlannedPlace) -> str:
    """How the planner calls whoever has a planned place."""
    if place.application_id is not None:
        return f"a{place.application_id}"
    return of_vendor(place.vendor_id or 0)


def person_of_application(row: Application, vendors: Mapping[int, Vendor]) -> Person:
    """An applicant; what their own stall knows counts where the application says nothing."""
    vendor = vendors.get(row.vendor_id or 0)
    return Person(
        key=of_vendor(row.vendor_id) if row.vendor_id else of_application(row),
        name=row.name,
        phone=row.phone or (vendor.phone if vendor else "") or "",
        email=row.email or (vendor.email if vendor else "") or "",
        language=row.language,
        vendor_id=row.vendor_id,
        application_id=row.id,
        number=row.number,
        state=row.state,
    )


def person_of_vendor(vendor: Vendor) -> Person:
    """A vendor who stands without an application."""
    return Person(
        key=of_vendor(identity(vendor)),
        name=vendor.name,
        phone=vendor.phone or "",
        email=vendor.email or "",
        vendor_id=vendor.id,
        state="accepted",
    )


def people_of(session: Session, plan: PlanVersion, more: Collection[int] = ()) -> People:
    """Everybody a plan can speak of: applicants in question, who is planned, and vendors `more`."""
    rows = [place for place, _stall in places_of(session, identity(plan))]
    call = call_of_plan(session, plan)
    asked = applications_in(session, identity(call), IN_QUESTION) if call else ()
    ids_planned = {one.application_id or 0 for one in rows} | _answered(plan, "a")
    planned = applications_of(session, ids_planned)
    applications = {identity(one): one for one in asked} | planned
    ids = {one.vendor_id for one in rows} | {one.vendor_id for one in applications.values()}
    known = {held for day in known_of(plan).values() for held in day.values()}
    wanted = {one for one in ids if one} | known | set(more) | _answered(plan, "v")
    vendors = vendors_named(session, wanted)
    found = {of_vendor(key): person_of_vendor(one) for key, one in vendors.items()}
    for row in applications.values():
        found[of_application(row)] = person_of_application(row, vendors)
    return People(found)


def _answered(plan: PlanVersion, letter: str) -> set[int]:
    """The ids of vendors ("v") or of applicants ("a") whom the planner has answered."""
    found = set()
    for answer in plan.answers.values():
        if isinstance(answer, dict):
            for part in ("placements", "refused"):
                found |= {str(one.get("vendor")) for one in answer.get(part, ())}
    return {int(one[1:]) for one in found if one[:1] == letter and one[1:].isdecimal()}


def known_of(plan: PlanVersion) -> dict[date, dict[str, int]]:
    """Who had the stalls of a draft when it was begun: vendor ids by day and number."""
    return _snapshot(plan, "known")


def before_of(plan: PlanVersion) -> dict[date, dict[str, int]]:
    """Who had the stalls just before a version was published."""
    return _snapshot(plan, "before")


def _snapshot(plan: PlanVersion, name: str) -> dict[date, dict[str, int]]:
    kept = plan.problems.get(name, {})
    return (
        {date.fromisoformat(day): dict(held) for day, held in kept.items()}
        if isinstance(kept, dict)
        else {}
    )


def snapshot(placements: Mapping[tuple[date, str], Placement]) -> dict[str, dict[str, int]]:
    """Who has which stalls now, as it is kept."""
    found: dict[str, dict[str, int]] = {}
    for (day, number), placement in placements.items():
        found.setdefault(day.isoformat(), {})[number] = placement.vendor_id
    return found


def standing_of(session: Session, plan: PlanVersion, people: People) -> Standing:
    """Who has which stalls in a version, by lasting keys."""
    found: dict[str, dict[date, tuple[str, ...]]] = {}
    rows = places_of(session, identity(plan))
    for place, stall in sorted(rows, key=lambda row: in_order_of_numbers(row[1].number)):
        days = found.setdefault(people.of(place).key, {})
        days[place.day] = (*days.get(place.day, ()), stall.number)
    return found


def standing_of_snapshot(kept: Mapping[date, Mapping[str, int]]) -> Standing:
    """The same of what stood at a moment."""
    found: dict[str, dict[date, tuple[str, ...]]] = {}
    for day, held in kept.items():
        for number, vendor_id in sorted(held.items(), key=lambda one: in_order_of_numbers(one[0])):
            days = found.setdefault(of_vendor(vendor_id), {})
            days[day] = (*days.get(day, ()), number)
    return found


def placed_now(session: Session, grounds: Sequence[DayGround]) -> dict[tuple[date, str], Placement]:
    """The placements on the stalls of a plan as they are now."""
    stall_ids = {identity(stall) for one in grounds for _spot, stall, _zone in one.rows}
    return stalls_now(session, [one.day for one in grounds], stall_ids)


class Beginning(Protocol):
    """What a draft is begun with: a form of the office, or a command."""

    session: Session
    at: datetime

    def add(self, row: SQLModel, *, action: str) -> None: ...


def begin_festival(save: Beginning, festival: Festival, name: str) -> PlanVersion:
    """A draft for all days of a festival, from its published plan if there is one."""
    base = published_of_festival(save.session, identity(festival))
    plan = PlanVersion(name=name, festival_id=festival.id, made_at=save.at)
    return _begin(save, plan, base)


def begin_day(
    save: Beginning, site: Site, day: date, name: str, closed: Closed | None = None
) -> PlanVersion:
    """A draft for one day of a site, from whoever stands there now, with more stalls closed."""
    base = published_of_day(save.session, identity(site), day)
    plan = PlanVersion(name=name, site_id=site.id, day=day, made_at=save.at)
    return _begin(save, plan, base, closed)


def begin_from(
    save: Beginning, base: PlanVersion, name: str, closed: Closed | None = None
) -> PlanVersion:
    """A draft like another version, with more stalls closed; older versions come back so, too."""
    plan = PlanVersion(
        name=name,
        festival_id=base.festival_id,
        site_id=base.site_id,
        day=base.day,
        made_at=save.at,
    )
    return _begin(save, plan, base, closed)


def _begin(
    save: Beginning, plan: PlanVersion, base: PlanVersion | None, closed: Closed | None = None
) -> PlanVersion:
    session = save.session
    plan.based_on_id = base.id if base else None
    person = save.account.person if isinstance(save, Saving) else None
    plan.person_id = person.id if person else None
    plan.closed = _closed_with(base.closed if base else {}, closed or {})
    grounds = grounds_of(session, plan)
    now = placed_now(session, grounds)
    plan.problems = {"known": snapshot(now)}
    if isinstance(save, Saving):
        save.source = BY_BUTTON
    save.add(plan, action="plan_begun")
    session.add_all(_first_places(session, plan, base, grounds, now))
    session.flush()
    return plan


def _closed_with(first: Closed, more: Closed) -> dict[str, dict[str, str]]:
    return {day: {**first.get(day, {}), **more.get(day, {})} for day in sorted({*first, *more})}


def _first_places(
    session: Session,
    plan: PlanVersion,
    base: PlanVersion | None,
    grounds: Sequence[DayGround],
    now: Mapping[tuple[date, str], Placement],
) -> list[PlannedPlace]:
    """Who stands in a new draft: as in the version it is made from, and as it was changed since.

    What is published is read from the placements, which may have been changed by hand; an older
    version is taken as it was. On closed stalls nobody stands, and whoever had one of them is no
    longer held by hand on their others: their places shall be side by side again elsewhere.
    """
    based = _those_who_come(session, places_of(session, identity(base))) if base else []
    rows = {(place.day, stall.number): place for place, stall in based}
    applicants = applicants_by_vendor(session, plan)
    found: list[PlannedPlace] = []
    displaced: set[tuple[date, str]] = set()
    for ground in grounds:
        for _spot, stall, _zone in ground.rows:
            key = (ground.day, stall.number)
            place = _first_place(base, rows.get(key), now.get(key), applicants)
            if place is None:
                continue
            place.plan_id, place.day, place.stall_id = identity(plan), ground.day, stall.id or 0
            if stall.number in ground.closed:
                displaced.add((ground.day, planned_id(place)))
            else:
                found.append(place)
    for place in found:
        place.by_hand = place.by_hand and (place.day, planned_id(place)) not in displaced
    return found


def _those_who_come(session: Session, rows: Sequence[Row]) -> list[Row]:
    """The places of a version but for those of applicants who have withdrawn or were refused."""
    ids = {place.application_id for place, _stall in rows if place.application_id is not None}
    coming = {key for key, one in applications_of(session, ids).items() if one.state in IN_QUESTION}
    return [
        (place, stall)
        for place, stall in rows
        if place.application_id is None or place.application_id in coming
    ]


def _first_place(
    base: PlanVersion | None,
    row: PlannedPlace | None,
    placement: Placement | None,
    applicants: Mapping[int, Application],
) -> PlannedPlace | None:
    is_now = base is None or base.state == "published"
    if row is not None and not is_now:
        return _like(row)
    if placement is None or (not is_now and placement.source == "plan"):
        return None
    applicant = applicants.get(placement.vendor_id)
    whose: dict[str, Any] = (
        {"application_id": applicant.id} if applicant else {"vendor_id": placement.vendor_id}
    )
    was_by_hand = row is not None and row.by_hand and _same(row, whose)
    by_hand = was_by_hand or placement.source in ("hand", "import")
    return PlannedPlace(**whose, by_hand=by_hand, plan_id=0, day=placement.day, stall_id=0)


def _like(row: PlannedPlace) -> PlannedPlace:
    return PlannedPlace(
        plan_id=0,
        day=row.day,
        stall_id=0,
        application_id=row.application_id,
        vendor_id=row.vendor_id,
        by_hand=row.by_hand,
    )


def _same(row: PlannedPlace, whose: Mapping[str, Any]) -> bool:
    return (row.application_id, row.vendor_id) == (
        whose.get("application_id"),
        whose.get("vendor_id"),
    )


def applicants_by_vendor(session: Session, plan: PlanVersion) -> dict[int, Application]:
    """The applicants in question who are vendors, by the vendor's id; none on ordinary days."""
    call = call_of_plan(session, plan)
    if call is None:
        return {}
    rows = applications_in(session, identity(call), IN_QUESTION)
    return {row.vendor_id: row for row in rows if row.vendor_id is not None}


def absent_on(session: Session, day: date) -> set[int]:
    """The ids of vendors who do not come on a day."""
    return {one for one, state in presences_on(session, day).items() if state == ABSENT}


def stalls_by_number(grounds: Sequence[DayGround]) -> dict[str, Stall]:
    """The stalls of a plan by their numbers."""
    return {stall.number: stall for one in grounds for _spot, stall, _zone in one.rows}
