"""Numbering a row anew: which signs have to be printed again is shown before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.changes import Stale
from app.database import session
from app.forms import Form
from app.languages import gettext as _
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.plan_forms import zone_of
from app.pages.organiser.plan_rows import row_address
from app.pages.organiser.plan_writing import NumberTaken, from_day, give_numbers
from market.places.layout import numbers_from, renumbered
from market.places.models import Zone
from market.places.queries import all_numbers, row_of
from market.signs.models import Sign
from market.signs.queries import signs_of_stalls

LONGEST_TYPED = 8


@dataclass(frozen=True)
class NewNumber:
    """What becomes of one number; `sign` is in use and carries the old one."""

    old: str
    new: str
    sign: Sign | None


@dataclass(frozen=True)
class Preview:
    """What numbering a row anew would do, and why it cannot be done."""

    zone: Zone
    row: str
    first: str
    changes: Sequence[NewNumber]
    form: Form

    @property
    def pairs(self) -> str:
        """What is to be sent, as it was shown."""
        return " ".join(f"{one.old}>{one.new}" for one in self.changes)


def _preview(found: Session, zone_number: int) -> Preview:
    zone = zone_of(found, zone_number)
    row = request.values.get("rinda", "")[:LONGEST_TYPED]
    first = request.values.get("pirmais", "").strip().upper()[:LONGEST_TYPED]
    spots = row_of(found, zone_number, row, from_day())
    form = Form(typed={"pirmais": first})
    numbers = [stall.number for _spot, stall in spots]
    elsewhere = set(all_numbers(found)) - set(numbers)
    pairs: tuple[tuple[str, str], ...] = ()
    try:
        pairs = renumbered(numbers, first, elsewhere)
    except ValueError as taken:
        _refuse(form, first, len(numbers), str(taken))
    signs = signs_of_stalls(found, [stall.id for _spot, stall in spots if stall.id])
    by_number = {stall.number: signs.get(stall.id or 0) for _spot, stall in spots}
    changes = [NewNumber(old, new, by_number.get(old)) for old, new in pairs]
    return Preview(zone, row, first, changes, form)


def _refuse(form: Form, first: str, count: int, taken: str) -> None:
    try:
        numbers_from(first, count)
    except ValueError:
        said = _("Please give the first number, such as A1; the last is 999 at most.")
    else:
        said = _("Another stall has the number %(number)s.", number=taken)
    form.refuse("pirmais", said)


@blueprint.get("/plans/zona/<int:zone_number>/numuri")
def plan_numbers(zone_number: int) -> ResponseReturnValue:
    """What numbering a row anew would change: `?rinda=A&pirmais=B1`."""
    return _page(_preview(session(), zone_number))


def _page(shown: Preview) -> str:
    return render_template(
        "organiser/plan_numbers.html",
        shown=shown,
        day=from_day(),
    )


@blueprint.post("/plans/zona/<int:zone_number>/numuri")
def save_numbers(zone_number: int) -> ResponseReturnValue:
    """Number a row anew, as it was shown."""
    zone_of(session(), zone_number)
    try:
        with office_saving() as save:
            shown = _preview(save.session, zone_number)
            if shown.form.errors or not shown.changes:
                return _page(shown), 422
            if request.form.get("pairs") != shown.pairs:
                raise Stale(None)
            give_numbers(save, [(one.old, one.new) for one in shown.changes])
            said = _("Numbered anew. It counts at once, on all days.")
            count = sum(one.sign is not None for one in shown.changes)
            if count:
                said = _("Numbered anew. Signs to print again: %(count)s.", count=count)
            return save.done(row_address(shown.zone, shown.row, from_day()), said)
    except NumberTaken as taken:
        shown = _preview(session(), zone_number)
        _refuse(shown.form, shown.first, len(shown.changes) or 1, taken.number)
        return _page(shown), 422
