"""What the pages of applications have in common: the call asked for, and its lines by rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, url_for
from sqlmodel import Session

from app.accepting import Desk
from app.accounts import account
from app.clock import moment
from app.festival_letters import Places
from app.languages import N_, in_language
from app.pages.organiser import blueprint
from app.sending import Saving
from market.festivals.criteria import Facts, decided_by, loads, order_of_applicants
from market.festivals.deciding import ACCEPTED, Ground, Suggestion, counted, suggest
from market.festivals.models import Application
from market.reviewing.queries import (
    applications_of_call,
    call_of_slug,
    days_of,
    festival_places,
    ground_of,
)
from vendors.fields import identity

OPEN = ("submitted", "asked")
IN_ORDER = (*OPEN, "accepted", "waiting")
"""Who has a place in the order: neither those who were refused nor those who withdrew."""


@dataclass(frozen=True)
class Line:
    """An application as the office sees it beside the others.

    `place` in the order of the criteria, from 1; None for the refused and withdrawn. `ahead` is
    what put it before the next one ("" for the last).
    """

    row: Application
    facts: Facts
    place: int | None
    ahead: str
    suggestion: Suggestion | None


@dataclass(frozen=True)
class Queue:
    """All applications of a call by rule, and what there is to give."""

    lines: Sequence[Line]
    ground: Ground
    prepared: int

    def line_of(self, number: int) -> Line | None:
        """The line of an application by its id."""
        return next((one for one in self.lines if one.row.id == number), None)


def desk_asked(session: Session, slug: str, save: Saving | None = None) -> Desk:
    """The call of a festival by the word in the address, for whoever has come in; or 404."""
    found = call_of_slug(session, slug)
    if found is None:
        abort(404)
    who = account()
    person = who.person if who else None
    at = save.at if save else moment()
    return Desk(session, *found, at, person.id if person else None)


def queue_of(desk: Desk) -> Queue:
    """All applications with their facts, their order and what the rule suggests."""
    rows = applications_of_call(desk.session, desk.call_id)
    facts = {one.id: one for one in desk.facts(rows)}
    ground = ground_of(desk.session, desk.festival, desk.call)
    by_id = {identity(row): row for row in rows}
    ordered = order_of_applicants(
        (one for key, one in facts.items() if by_id[key].state in IN_ORDER), desk.call.lot
    )
    suggestions = _suggested(ordered, by_id, ground)
    places = {one.id: place for place, one in enumerate(ordered)}
    lines = []
    for row in rows:
        place = places.get(identity(row))
        after = ordered[place + 1] if place is not None and place + 1 < len(ordered) else None
        one = facts[identity(row)]
        lines.append(
            Line(
                row,
                one,
                None if place is None else place + 1,
                decided_by(one, after) if after else "",
                suggestions.get(identity(row)),
            )
        )
    prepared = sum(counted(rows).values())
    return Queue(
        sorted(lines, key=lambda line: (line.place is None, line.place or 0)), ground, prepared
    )


def _suggested(
    ordered: Sequence[Facts], rows: Mapping[int, Application], ground: Ground
) -> dict[int, Suggestion]:
    """For those nobody has decided about yet; who is accepted (or will be) has their place."""
    accepted, asking = [], []
    for one in ordered:
        row = rows[one.id]
        if (row.prepared or row.state) == ACCEPTED:
            accepted.append(one)
        elif row.state in OPEN and row.prepared is None:
            asking.append(one)
    return {one.id: one for one in suggest(asking, ground, accepted)}


def category_loads(queue: Queue) -> list[object]:
    """How many stalls of each category are applied for against its cap."""
    asking = [line.facts for line in queue.lines if line.place is not None]
    return list(loads(asking, queue.ground.caps).values())


def places_said(desk: Desk, rows: Sequence[Application]) -> dict[int, Places]:
    """By application: day, number of the stall and name of the zone, from the published plan."""
    ids = {row.vendor_id for row in rows if row.vendor_id is not None}
    found = festival_places(desk.session, desk.call_id, days_of(desk.festival), ids)
    return {
        identity(row): [
            (day, stall.number, in_language(zone.name).text)
            for day, stall, _spot, zone in found.get(row.vendor_id or 0, ())
        ]
        for row in rows
    }


def home(desk: Desk) -> str:
    """The address of the queue."""
    return url_for("office.applications", festival_slug=desk.festival.slug)


FESTIVAL_PAGES = (
    ("office.applications", N_("Applications")),
    ("office.decisions", N_("Decisions")),
    ("office.waiting_list", N_("Waiting list")),
    ("office.festival_payments", N_("Payments")),
    ("office.permits", N_("Permits and gate check")),
    ("office.festival_papers", N_("Letters and lists")),
)
"""The pages about one festival's applications, with the words of the links on each of them."""


@blueprint.context_processor
def page_values() -> dict[str, object]:
    """What the pages of applications link to."""
    return {"festival_pages": FESTIVAL_PAGES}
