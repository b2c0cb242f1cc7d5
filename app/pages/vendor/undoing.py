"""What was changed of one's own stall, and how to undo it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import account
from app.changes import UNDONE_WITHIN, changes_about, changes_of, is_undoable, undo
from app.clock import moment
from app.database import session
from app.languages import gettext as _
from app.pages.vendor import TOLD, blueprint, own_vendor_id
from app.records import Change
from app.sending import Refused, saving
from vendors.keys.queries import people_named

AT_ONCE = timedelta(minutes=10)
"""For so long the page that follows a change offers to undo it; the list of changes for longer."""

OFFICES_OWN = ("desk",)
"""What the office did at its own desk is told to the vendor, and not undone by them."""

SWITCHES = ("show_phone", "show_email", "show_farm_place")


def can_undo(batch: str) -> bool:
    """Whether the form that was just sent can be undone by the button beside what it said."""
    who = account()
    if who is None or who.vendor is None:
        return False
    found = changes_of(session(), batch)
    return is_undoable(found, moment()) and all(
        change.vendor_id == who.vendor_id
        and change.source not in OFFICES_OWN
        and moment() - change.at <= AT_ONCE
        for change in found
    )


@blueprint.post("/atsaukt", endpoint="undo")
def undo_form() -> ResponseReturnValue:
    """Undo what one form of this vendor has changed."""
    with saving() as save:
        found = changes_of(save.session, request.form.get("batch", ""))
        mine = [change for change in found if _is_mine(change, save.account.vendor_id)]
        if not found or mine != list(found) or not is_undoable(found, save.at):
            abort(404)
        if save.account.person and save.account.source not in TOLD and shows_again(found):
            raise Refused("consent_missing")
        undo(save.session, found, save.at)
        return save.done(_own_page(request.form.get("where", "")), _("Undone."))


def _is_mine(change: Change, vendor_id: int) -> bool:
    return change.vendor_id == vendor_id and change.source not in OFFICES_OWN


def shows_again(changes: Iterable[Change]) -> bool:
    """Whether undoing would show visitors what the vendor has hidden from them."""
    return any(
        change.table == "vendor" and (change.before or {}).get(name) is True
        for change in changes
        for name in SWITCHES
    )


def _own_page(where: str) -> str:
    """A page of the vendor's own stall; nobody is led elsewhere by an address that was sent."""
    home = url_for("own.today")
    return where if where.startswith(home) and "//" not in where and "\\" not in where else home


@dataclass(frozen=True)
class Batch:
    """What one form has changed, as the list tells it."""

    key: str
    action: str
    at: datetime
    by: str
    is_undoable: bool
    is_undone: bool


@blueprint.get("/izmainas")
def changes() -> ResponseReturnValue:
    """What was changed in the last thirty days, by whom, and the way back."""
    found = changes_about(session(), own_vendor_id(), moment() - UNDONE_WITHIN)
    people = people_named(session(), {change.person_id for change in found if change.person_id})
    batches: dict[str, list[Change]] = {}
    for change in found:
        batches.setdefault(change.batch, []).append(change)
    return render_template(
        "vendor/changes.html",
        changes=[_batch(rows, people) for rows in batches.values()],
    )


def _batch(rows: Sequence[Change], people: Mapping[int, str]) -> Batch:
    first = rows[-1]
    return Batch(
        key=first.batch,
        action=first.action,
        at=first.at,
        by=_said_by(first, people),
        is_undoable=is_undoable(rows, moment())
        and all(change.source not in OFFICES_OWN for change in rows),
        is_undone=all(change.undone_at is not None for change in rows),
    )


def _said_by(change: Change, people: Mapping[int, str]) -> str:
    if change.source == "own":
        return _("by yourself")
    name = people.get(change.person_id or 0, _("somebody who is no longer here"))
    if change.source == "paper":
        return _("by the office (%(person)s), from the paper form", person=name)
    if change.source == "spoken":
        return _("by the office (%(person)s), as you said it", person=name)
    return _("by the office (%(person)s)", person=name)
