"""Decisions about applications take effect: states, vendors, prices, the waiting list, letters.

Everything happens in the caller's transaction, once: whoever decides about a call holds it
(`lock_call`), and what was decided meanwhile is refused as `Meanwhile`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlmodel import Session, select

from app.clock import RIGA
from app.festival_letters import decision_letter, send
from app.languages import LATVIAN, speaking
from app.languages import gettext as _
from app.names_of_decisions import WHY
from app.tables.slugs import unused_slug
from market.days.models import Festival
from market.festivals import queries
from market.festivals.applying import wanted_of
from market.festivals.criteria import Facts
from market.festivals.deciding import (
    ACCEPTED,
    REFUSED,
    WAITING,
    Room,
    Seen,
    may_prepare,
    room_of,
)
from market.festivals.models import Application, Call
from market.festivals.prices import quote
from market.festivals.steps import step
from market.festivals.waiting_list import MoveUp, freed_by, moves_up, numbered
from market.festivals.window import window_of
from market.reviewing.queries import all_facts, applications_of_call, ground_of, lock_call
from vendors.fields import identity
from vendors.registry.likeness import Likeness, Traits, alike
from vendors.registry.models import Vendor
from vendors.registry.queries import traits

NAMELESS = "tirgotajs"
LONGEST_NOTE = 600


class Meanwhile(Exception):  # noqa: N818 - no fault: somebody else was quicker
    """What is to be decided or sent is not what the page showed; `numbers` are those concerned."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = tuple(numbers)


@dataclass
class Desk:
    """A call on the desk of whoever decides: their session, the moment (UTC), and who it is."""

    session: Session
    festival: Festival
    call: Call
    at: datetime
    person_id: int | None = None
    told: list[Application] = field(default_factory=list)

    @property
    def call_id(self) -> int:
        """The identity of the call."""
        return identity(self.call)

    @property
    def closed(self) -> datetime:
        """When the window of applications closes, in UTC."""
        return window_of(self.call).closes.replace(tzinfo=RIGA).astimezone(UTC)

    def facts(self, rows: Sequence[Application]) -> list[Facts]:
        """The facts of applications, in the order of the rows."""
        found = all_facts(self.session, self.festival, self.call, rows, self.closed)
        return [facts for _row, facts in found]


def likely(session: Session, application: Application) -> list[Likeness]:
    """Vendors of the registry who may be the applicant, the surest first."""
    if application.vendor_id is not None:
        return []
    one = Traits("", application.name, application.reg_no, application.phone)
    return alike(one, traits(session))


def vendor_for(session: Session, application: Application) -> Vendor:
    """The vendor who stands for an application: the own stall's, or a new one of festivals.

    Called twice it gives the same vendor, because the application names it. The application must
    be held by the caller.
    """
    if application.vendor_id is not None:
        vendor = session.get_one(Vendor, application.vendor_id)
        if vendor.state == "applied":
            vendor.state = "approved"
            vendor.version += 1
            session.add(vendor)
        return vendor
    slugs = set(session.exec(select(Vendor.slug)))
    vendor = Vendor(
        slug=unused_slug(application.name, slugs, NAMELESS),
        name=application.name,
        kind=application.kind,
        state="approved",
        standing="festival",
        parish_code=application.parish_code,
        other_place=application.other_place or _elsewhere(application),
        phone=application.phone,
        email=application.email,
        legal_name=application.legal_name,
        reg_no=application.reg_no,
        contact_person=application.contact_person,
        needs_power_kw=application.power_kw,
        needs_width_m=min(application.metres, 50.0),
        needs_water=application.water,
        needs_vehicle=application.vehicle,
        tent=application.tent,
        is_social=application.social,
    )
    session.add(vendor)
    session.flush()
    application.vendor_id = identity(vendor)
    session.add(application)
    session.flush()
    return vendor


def _elsewhere(application: Application) -> str | None:
    """A vendor has a place; who has said none comes from somewhere in Latvia."""
    if application.parish_code:
        return None
    with speaking(LATVIAN):
        return _("Latvia")


def price_of(session: Session, call: Call, application: Application, places: int) -> int:
    """What so many places cost an applicant on all their days, in cents."""
    prices = queries.prices(session, identity(call))
    return quote(prices, wanted_of(application, places)).cents


def send_prepared(desk: Desk, seen: Iterable[Seen]) -> list[Application]:
    """Make prepared decisions the states, write it down, and put the letters into the outbox.

    Raises Meanwhile when what is prepared is not exactly what was seen, or nothing is. Returns
    everybody who is told something, those by rule too. The caller commits.
    """
    lock_call(desk.session, desk.call_id)
    rows = list(applications_of_call(desk.session, desk.call_id))
    prepared = [row for row in rows if row.prepared is not None and may_prepare(row.state)]
    shown = {(one.id, one.version) for one in seen}
    odd = [row.number for row in prepared if (identity(row), row.version) not in shown]
    if odd or len(shown) != len(prepared) or not prepared:
        raise Meanwhile(odd)
    facts = {one.id: one for one in desk.facts(rows)}
    gone = []
    for row in prepared:
        if row.state == ACCEPTED and row.prepared != ACCEPTED:
            gone.append(identity(row))
        _take_effect(desk, row, row.prepared or "", facts[identity(row)])
    if gone:
        _move_up(desk, rows, facts, gone)
    _number_the_list(desk, rows, facts)
    _tell(desk)
    return desk.told


def _take_effect(
    desk: Desk, row: Application, decision: str, facts: Facts, *, by_rule: bool = False,
    note: str = "",
) -> None:  # fmt: skip
    line = step(
        identity(row), row.state, decision, desk.at,
        person_id=desk.person_id, by_office=True, by_rule=by_rule, note=note[:LONGEST_NOTE],
    )  # fmt: skip
    desk.session.add(line)
    if decision == ACCEPTED:
        vendor_for(desk.session, row)
        if row.price_cents is None:
            row.price_cents = price_of(desk.session, desk.call, row, facts.places)
    if decision != REFUSED:
        row.refusal = None
    if by_rule:
        row.decision_words = None
    row.state, row.prepared, row.decided_at = decision, None, desk.at
    row.waiting_place = None
    row.version += 1
    desk.session.add(row)
    desk.told.append(row)


def _tell(desk: Desk) -> None:
    """A letter to everybody about whom something was decided."""
    desk.session.flush()
    for row in desk.told:
        letter = decision_letter(row, desk.festival, row.state)
        send(desk.session, row, letter, f"decision:{row.version}")


def _number_the_list(desk: Desk, rows: Sequence[Application], facts: dict[int, Facts]) -> None:
    """Give everybody on the waiting list their place by rule."""
    waiting = [row for row in rows if row.state == WAITING]
    places = numbered([facts[identity(row)] for row in waiting], desk.call.lot)
    for row in waiting:
        if row.waiting_place != places[identity(row)]:
            row.waiting_place = places[identity(row)]
            desk.session.add(row)
    desk.session.flush()


def after_leaving(desk: Desk, gone: Sequence[int]) -> list[Application]:
    """Let the waiting list move up when accepted applications (ids) were withdrawn.

    Returns who moved up; each has a letter and a line in the log. The caller commits.
    """
    return _moved(desk, gone)


def fill_free_places(desk: Desk) -> list[Application]:
    """Let the waiting list move up into whatever is free now, such as after a cap was raised."""
    return _moved(desk, None)


def _moved(desk: Desk, gone: Sequence[int] | None) -> list[Application]:
    lock_call(desk.session, desk.call_id)
    rows = list(applications_of_call(desk.session, desk.call_id))
    facts = {one.id: one for one in desk.facts(rows)}
    _move_up(desk, rows, facts, gone)
    _number_the_list(desk, rows, facts)
    _tell(desk)
    return desk.told


def room_now(desk: Desk, rows: Sequence[Application], facts: dict[int, Facts]) -> Room:
    """What is free when all who are accepted have their places."""
    accepted = [facts[identity(row)] for row in rows if row.state == ACCEPTED]
    return room_of(ground_of(desk.session, desk.festival, desk.call), accepted)


def _move_up(
    desk: Desk, rows: Sequence[Application], facts: dict[int, Facts], gone: Sequence[int] | None
) -> None:
    """Accept who is next by rule; whose decision is being prepared keeps waiting for that."""
    room = room_now(desk, rows, facts)
    freed = room if gone is None else freed_by([facts[one] for one in gone], room)
    by_id = {identity(row): row for row in rows}
    places = numbered(
        [facts[key] for key, row in by_id.items() if row.state == WAITING and not row.prepared],
        desk.call.lot,
    )
    waiting = [
        facts[key] for key in sorted(places, key=places.__getitem__) if key not in (gone or ())
    ]
    for move in moves_up(waiting, freed):
        note = _note_of(move, by_id, [by_id[one].number for one in gone or ()])
        _take_effect(desk, by_id[move.id], ACCEPTED, facts[move.id], by_rule=True, note=note)


def _note_of(move: MoveUp, rows: dict[int, Application], gone: Sequence[str]) -> str:
    """Why somebody moved up, for the log: whose place it was, who was passed over and why."""
    with speaking(LATVIAN):
        found = _("Place of %(numbers)s", numbers=", ".join(gone)) if gone else _("A free place")
        passed = "; ".join(f"{rows[one.id].number}: {_(WHY[one.why])}" for one in move.passed)
        if passed:
            found = _("%(place)s. Passed over: %(passed)s", place=found, passed=passed)
        return found
