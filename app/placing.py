"""Putting vendors on stalls: put, release, move and swap, each once and written in the log.

The schema guarantees that a stall has one vendor on a day. Whoever comes second is told who has
it: `Taken` is answered with 409 on every page (see `app.errors`). Who changes a day waits for
whoever is changing it, so that two who move crosswise never wait for each other.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from app.records import Change
from app.sending import Saving
from market.days.models import Placement
from market.places.models import Stall, StallOnPlan
from market.places.queries import valid_on
from market.standing.filling import MAY_STAND, Filling, Put
from market.standing.queries import holder_of, placement_on
from vendors.fields import identity
from vendors.registry.models import Vendor

PLACEMENTS = 1948
"""The kind of lock that whoever changes placements of a day holds on PostgreSQL."""


class Taken(Exception):  # noqa: N818 - no fault: somebody was quicker
    """The stall has a vendor on that day already: `holder` is their name, "" when it is not known.

    Holds texts and no rows, because what was read is gone when the transaction is rolled back.
    """

    def __init__(self, number: str, day: date, holder: str) -> None:
        super().__init__(number)
        self.number, self.day, self.holder = number, day, holder


class Unplaceable(Exception):  # noqa: N818 - it says why
    """`reason`: "gone" (the placement is no longer there), "off_plan" (no such stall on that
    day), "vendor" (a vendor who is paused or has left), "published" (a plan that is no draft)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def lock_days(session: Session, days: Iterable[date]) -> None:
    """Wait until nobody else changes the placements of these days, and hold them until the end.

    Always in the order of the days, so that nobody waits in a circle. On SQLite a session that
    may write is alone anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        for day in sorted(set(days)):
            session.execute(select(func.pg_advisory_xact_lock(PLACEMENTS, day.toordinal())))


def lock_changed(session: Session, changes: Iterable[Change]) -> None:
    """The same for the days whose placements a form has changed and that is to be undone."""
    values = [
        change.before or change.after or {} for change in changes if change.table == "placement"
    ]
    lock_days(session, [date.fromisoformat(one["day"]) for one in values if "day" in one])


def put(
    save: Saving, day: date, stall: Stall, vendor: Vendor, *, source: str = "hand"
) -> Placement:
    """Give a vendor a stall on a day; raises Taken or Unplaceable. The caller commits."""
    lock_days(save.session, [day])
    if vendor.state not in MAY_STAND:
        raise Unplaceable("vendor")
    _must_be_on_plan(save, day, stall)
    held = placement_on(save.session, day, identity(stall))
    if held is not None and held.vendor_id == identity(vendor):
        return held
    if held is not None:
        raise taken(save.session, stall, day, held)
    placement = Placement(
        day=day, stall_id=identity(stall), vendor_id=identity(vendor), source=source
    )
    _note_about(save, vendor.id)
    try:
        with save.session.begin_nested():
            save.add(placement, action="place")
    except IntegrityError:
        held = placement_on(save.session, day, identity(stall))
        raise taken(save.session, stall, day, held) from None
    return placement


def put_each(
    save: Saving, wanted: Iterable[tuple[date, Stall, Vendor]], *, source: str = "hand"
) -> None:
    """Give many vendors their stalls at once, which nobody may have then; raises Taken or
    Unplaceable. The caller commits."""
    found = list(wanted)
    lock_days(save.session, [day for day, _stall, _vendor in found])
    if any(vendor.state not in MAY_STAND for _day, _stall, vendor in found):
        raise Unplaceable("vendor")
    ids = {identity(stall) for _day, stall, _vendor in found}
    for day in {day for day, _stall, _vendor in found}:
        on_plan = set(
            save.session.exec(
                select(StallOnPlan.stall_id).where(
                    col(StallOnPlan.stall_id).in_(ids), *valid_on(day)
                )
            )
        )
        if any(at == day and identity(stall) not in on_plan for at, stall, _vendor in found):
            raise Unplaceable("off_plan")
    rows = [
        (
            Placement(day=day, stall_id=identity(stall), vendor_id=identity(vendor), source=source),
            vendor.id,
        )
        for day, stall, vendor in found
    ]
    try:
        with save.session.begin_nested():
            save.add_each(rows, action="place")
    except IntegrityError:
        raise _first_taken(save.session, found) from None


def _first_taken(session: Session, wanted: Iterable[tuple[date, Stall, Vendor]]) -> Taken:
    """Who has the first of some stalls that somebody has."""
    for day, stall, _vendor in wanted:
        held = placement_on(session, day, identity(stall))
        if held is not None:
            return taken(session, stall, day, held)
    raise ValueError("nobody has any of them")


class Removing(Protocol):
    """A form that takes rows away and notes it: of the office, of a vendor or of an applicant."""

    vendor_id: int | None

    def remove(self, row: SQLModel, *, action: str) -> None:
        """Take a row away and note what it was."""


def release(save: Removing, placement: Placement) -> None:
    """Make a stall free on the day of a placement."""
    _note_about(save, placement.vendor_id)
    save.remove(placement, action="release")


def move(save: Saving, placement: Placement, stall: Stall) -> Placement:
    """Give the vendor of a placement another stall on that day; raises Taken or Unplaceable."""
    vendor = save.session.get_one(Vendor, placement.vendor_id)
    day = placement.day
    if identity(stall) == placement.stall_id:
        return placement
    moved = put(save, day, stall, vendor)
    release(save, placement)
    return moved


def swap(save: Saving, one: Placement, other: Placement) -> None:
    """Let two vendors change places on one day; raises Unplaceable, ValueError for two days."""
    if one.day != other.day:
        raise ValueError("two days")
    day, places = one.day, ((one.vendor_id, other.stall_id), (other.vendor_id, one.stall_id))
    release(save, one)
    release(save, other)
    for vendor_id, stall_id in places:
        stall = save.session.get_one(Stall, stall_id)
        put(save, day, stall, save.session.get_one(Vendor, vendor_id))


def taken(session: Session, stall: Stall, day: date, held: Placement | None) -> Taken:
    """What tells whoever comes second who has a stall by a placement."""
    holder = holder_of(session, held) if held else None
    return Taken(stall.number, day, holder.name if holder else "")


def placement_sent(save: Saving, typed: str) -> Placement:
    """The placement that a form meant by its number, its day locked; Unplaceable when it is gone.

    It is read once more after waiting for the day: whoever was quicker may have taken it away.
    """
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    asked = select(Placement).where(Placement.id == number)
    found = save.session.exec(asked).first()
    if found is not None:
        lock_days(save.session, [found.day])
        again = asked.with_for_update().execution_options(populate_existing=True)
        found = save.session.exec(again).first()
    if found is None:
        raise Unplaceable("gone")
    return found


def put_all(save: Saving, filling: Filling) -> int:
    """Put everybody a filling of a day names, as part of a form; returns how many were put.

    The filling must have been made after `lock_days`, so that what it found free still is.
    """
    session = save.session
    for one in filling.put:
        stall, vendor = session.get_one(Stall, one.stall_id), session.get_one(Vendor, one.vendor_id)
        put(save, filling.day, stall, vendor, source=one.source)
    return len(filling.put)


def stand_by_themselves(session: Session, day: date, holders: Iterable[Put]) -> int:
    """Put holders of rights on their stalls when nobody has sent a form; returns how many.

    A stall that somebody has taken in the same moment is left to them. The caller commits.
    """
    put_now = 0
    for one in holders:
        placement = Placement(
            day=day, stall_id=one.stall_id, vendor_id=one.vendor_id, source=one.source
        )
        try:
            with session.begin_nested():
                session.add(placement)
        except IntegrityError:
            continue
        put_now += 1
    return put_now


def _must_be_on_plan(save: Saving, day: date, stall: Stall) -> None:
    on_plan = select(StallOnPlan.id).where(StallOnPlan.stall_id == stall.id, *valid_on(day))
    if save.session.exec(on_plan).first() is None:
        raise Unplaceable("off_plan")


def _note_about(save: Removing, vendor_id: int | None) -> None:
    """The log tells a placement among the changes of the vendor concerned."""
    save.vendor_id = vendor_id
