"""Putting vendors on stalls: put, release, move and swap, each once and written in the log.

The schema guarantees that a stall has one vendor on a day. Whoever comes second is told who has
it: `Taken` is answered with 409 on every page (see `app.errors`).
"""

from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from app.sending import Saving
from market.days.models import Placement
from market.places.models import Stall, StallOnPlan
from market.places.queries import valid_on
from market.standing.queries import holder_of, placement_on
from vendors.fields import identity
from vendors.registry.models import Vendor

MAY_STAND = ("applied", "approved")
"""Who may be put on a stall; the public sees only those who are approved."""


class Taken(Exception):  # noqa: N818 - no fault: somebody was quicker
    """The stall has a vendor on that day already: `holder` is their name, "" when it is not known.

    Holds texts and no rows, because what was read is gone when the transaction is rolled back.
    """

    def __init__(self, stall: Stall, day: date, vendor: Vendor | None) -> None:
        super().__init__(stall.number)
        self.number, self.day, self.holder = stall.number, day, vendor.name if vendor else ""


class Unplaceable(Exception):  # noqa: N818 - it says why
    """`reason`: "gone" (the placement is no longer there), "off_plan" (no such stall on that
    day), "vendor" (a vendor who is paused or has left)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def put(
    save: Saving, day: date, stall: Stall, vendor: Vendor, *, source: str = "hand"
) -> Placement:
    """Give a vendor a stall on a day; raises Taken or Unplaceable. The caller commits."""
    if vendor.state not in MAY_STAND:
        raise Unplaceable("vendor")
    _must_be_on_plan(save, day, stall)
    held = placement_on(save.session, day, identity(stall))
    if held is not None and held.vendor_id == identity(vendor):
        return held
    if held is not None:
        raise Taken(stall, day, holder_of(save.session, held))
    placement = Placement(
        day=day, stall_id=identity(stall), vendor_id=identity(vendor), source=source
    )
    _note_about(save, vendor.id)
    try:
        with save.session.begin_nested():
            save.add(placement, action="place")
    except IntegrityError:
        held = placement_on(save.session, day, identity(stall))
        raise Taken(stall, day, holder_of(save.session, held) if held else None) from None
    return placement


def release(save: Saving, placement: Placement) -> None:
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


def placement_sent(save: Saving, typed: str) -> Placement:
    """The placement that a form meant by its number, locked; Unplaceable when it is gone."""
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    found = save.session.exec(
        select(Placement).where(Placement.id == number).with_for_update()
    ).first()
    if found is None:
        raise Unplaceable("gone")
    return found


def _must_be_on_plan(save: Saving, day: date, stall: Stall) -> None:
    on_plan = select(StallOnPlan.id).where(StallOnPlan.stall_id == stall.id, *valid_on(day))
    if save.session.exec(on_plan).first() is None:
        raise Unplaceable("off_plan")


def _note_about(save: Saving, vendor_id: int | None) -> None:
    """The log tells a placement among the changes of the vendor concerned."""
    save.vendor_id = vendor_id
