"""Writing changes of the plan: from a day on, each once, and nobody's work is lost unseen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, or_, select

from app.changes import Stale
from app.clock import now
from app.sending import Saving, version_sent
from app.url_types import day_asked
from market.days.models import Incident, Placement, StallHolding
from market.places.layout import one_by_one
from market.places.models import Amenity, Stall, StallOnPlan
from market.places.plan_periods import Writing, changed_from, period_on, removed_from
from market.places.queries import periods_of
from market.signs.models import Sign
from vendors.fields import identity
from vendors.registry.models import Vendor

ASIDE = 1_000_000
"""Positions from here on are nobody's: stalls wait there while a row is put in order."""


class NumberTaken(Exception):  # noqa: N818 - named for what it tells the sender
    """Another stall has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class PositionTaken(Exception):  # noqa: N818 - named for what it tells the sender
    """Another stall begins in the same place of the row on the same day."""


@dataclass(frozen=True)
class Wanted:
    """How a stall shall stand from a day on."""

    stall_id: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """Somebody who counts on a stall: from which day, and until when if it is a right."""

    vendor: Vendor
    day: date
    is_right: bool


def from_day() -> date:
    """The day from which changes count: `?no=2027-05-01`, today when nothing is said."""
    return day_asked(request.values.get("no"), now().date())


def period_as_opened(periods: Iterable[StallOnPlan], day: date) -> StallOnPlan | None:
    """The period that a form has changed; Stale when it is no longer as the form was opened.

    The form names the period too, because two periods of a stall may have the same version.
    """
    current = period_on(periods, day)
    opened = request.form.get("period", "")
    as_now = (str(identity(current)), current.version) if current else ("", 0)
    if (opened, version_sent()) != as_now:
        raise Stale(current)
    return current


def write_spots(save: Saving, wanted: Sequence[Wanted], day: date, *, action: str) -> int:
    """Write how stalls stand from a day on; returns how many have changed.

    Raises PositionTaken when another stall begins at the same position on that day.
    """
    periods = periods_of(save.session, [one.stall_id for one in wanted])
    writings = [
        (one.stall_id, changed_from(periods[one.stall_id], day, one.values)) for one in wanted
    ]
    try:
        with save.session.begin_nested():
            _put_aside(save, [writing for _stall, writing in writings], action)
            for _stall, writing in writings:
                if writing.changed is not None:
                    save.change(writing.changed, writing.values, action=action)
            for stall_id, writing in writings:
                if writing.added is not None:
                    values = {**writing.added, "stall_id": stall_id}
                    save.add(StallOnPlan(**values), action=action)
    except IntegrityError as error:
        raise PositionTaken from error
    return sum(writing != Writing() for _stall, writing in writings)


def _put_aside(save: Saving, writings: Iterable[Writing[StallOnPlan]], action: str) -> None:
    """Two stalls may change places in a row: nobody's position is in another's way."""
    for writing in writings:
        row = writing.changed
        if row is not None and writing.values.get("position", row.position) != row.position:
            save.change(row, {"position": ASIDE + identity(row)}, action=action)


def add_stall(
    save: Saving, number: str, values: Mapping[str, Any], day: date, *, action: str
) -> Stall:
    """A stall with its number on the plan from a day on.

    A number that was taken off the plan comes back as the same stall, with its signs. Raises
    NumberTaken when the stall stands on the plan that day, and PositionTaken.
    """
    stall = save.session.exec(select(Stall).where(Stall.number == number).with_for_update()).first()
    if stall is None:
        stall = Stall(number=number)
        try:
            with save.session.begin_nested():
                save.add(stall, action=action)
        except IntegrityError as error:
            raise NumberTaken(number) from error
    elif period_on(periods_of(save.session, [identity(stall)])[identity(stall)], day):
        raise NumberTaken(number)
    write_spots(save, [Wanted(identity(stall), values)], day, action=action)
    return stall


def remove_stall(save: Saving, stall: Stall, day: date, *, action: str) -> None:
    """Take a stall off the plan from a day on; one that never was in use goes with its number."""
    stall_id = identity(stall)
    _write_removal(save, removed_from(periods_of(save.session, [stall_id])[stall_id], day), action)
    if not periods_of(save.session, [stall_id])[stall_id] and not _was_used(save.session, stall_id):
        save.remove(stall, action=action)


def _was_used(found: Session, stall_id: int) -> bool:
    tables: tuple[Any, ...] = (Sign, Placement, StallHolding, Incident)
    return any(
        found.exec(select(func.count()).where(table.stall_id == stall_id)).one() for table in tables
    )


def change_amenity(
    save: Saving, amenity: Amenity, values: Mapping[str, Any], day: date, *, action: str
) -> None:
    """Change what stands on the plan beside stalls, from a day on."""
    writing = changed_from([amenity], day, values)
    if writing.changed is not None:
        save.change(writing.changed, writing.values, action=action)
    if writing.added is not None:
        save.add(Amenity(**writing.added), action=action)


def remove_amenity(save: Saving, amenity: Amenity, day: date, *, action: str) -> None:
    """Take an amenity off the plan from a day on."""
    _write_removal(save, removed_from([amenity], day), action)


def _write_removal(save: Saving, writing: Writing[Any], action: str) -> None:
    if writing.changed is not None:
        save.change(writing.changed, writing.values, action=action)
    if writing.removed is not None:
        save.remove(writing.removed, action=action)


def give_numbers(save: Saving, pairs: Sequence[tuple[str, str]]) -> None:
    """Give stalls other numbers, for ever and at once; raises NumberTaken."""
    stalls = {
        one.number: one
        for one in save.session.exec(
            select(Stall).where(col(Stall.number).in_([old for old, _new in pairs]))
        )
    }
    for old, new in one_by_one(pairs):
        stall = stalls.pop(old)
        try:
            with save.session.begin_nested():
                save.change(stall, {"number": new}, action="plan_numbers")
        except IntegrityError as error:
            raise NumberTaken(new) from error
        stalls[new] = stall


def who_stands_from(found: Session, stall_ids: Sequence[int], day: date) -> list[Standing]:
    """Who was put on stalls from a day on, and who has a right to them: each once, by day."""
    placed = found.exec(
        select(Vendor, col(Placement.day))
        .join(Placement, col(Placement.vendor_id) == Vendor.id)
        .where(col(Placement.stall_id).in_(stall_ids), Placement.day >= day)
        .order_by(col(Placement.day))
    )
    rights = found.exec(
        select(Vendor, col(StallHolding.first_day))
        .join(StallHolding, col(StallHolding.vendor_id) == Vendor.id)
        .where(
            col(StallHolding.stall_id).in_(stall_ids),
            or_(col(StallHolding.last_day).is_(None), col(StallHolding.last_day) >= day),
        )
    )
    first: dict[tuple[int | None, bool], Standing] = {}
    for vendor, when in rights:
        first.setdefault((vendor.id, True), Standing(vendor, max(when, day), True))
    for vendor, when in placed:
        first.setdefault((vendor.id, False), Standing(vendor, when, False))
    return sorted(first.values(), key=lambda one: (one.day, one.vendor.name, not one.is_right))
