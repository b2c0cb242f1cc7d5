"""Undoing at the office: what one form has changed at the desk, for thirty days."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import Account, office
from app.changes import changes_of, is_undoable, takes_vendor_away, undo
from app.clock import moment
from app.database import session
from app.languages import gettext as _
from app.pages.organiser import DESK, blueprint, for_helpers
from app.placing import lock_changed
from app.records import Change
from app.sending import saving

LONGEST_ADDRESS = 400
"""As long as `SentForm.where` may be."""


@blueprint.context_processor
def page_values() -> dict[str, object]:
    """What every page of the office asks about the form that led to it."""
    return {"can_undo_here": can_undo_here, "page_here": page_here}


def page_here() -> str:
    """The page that is shown, with what it was asked, but for the form that led to it."""
    return _address(request.path, request.query_string.decode("ascii", "ignore"))


def _address(path: str, query: str) -> str:
    asked = [(name, value) for name, value in parse_qsl(query) if name != "sent"]
    return f"{path}?{urlencode(asked)}" if asked else path


def can_undo_here(batch: str) -> bool:
    """Whether the form that was just sent can be undone by the button beside what it said."""
    who = office()
    found = changes_of(session(), batch)
    return who is not None and _may_undo(who, found) and is_undoable(found, moment())


def _may_undo(who: Account, found: Sequence[Change]) -> bool:
    """Organisers undo whatever was done at the desk, helpers only what they did themselves."""
    if not found or any(change.source != DESK for change in found):
        return False
    mine = who.person is not None and all(change.person_id == who.person.id for change in found)
    return who.may_act or mine


@blueprint.post("/atsaukt")
@for_helpers
def undo_at_desk() -> ResponseReturnValue:
    """Undo what one form of the office has changed, and go back to its page."""
    with saving() as save:
        found = changes_of(save.session, request.form.get("batch", ""))
        if not _may_undo(save.account, found) or not is_undoable(found, save.at):
            abort(404)
        lock_changed(save.session, found)
        undo(save.session, found, save.at)
        where = _page_of_office(request.form.get("where", ""))
        where = url_for("office.vendors") if takes_vendor_away(found) else where
        return save.done(where, _("Undone."))


def _page_of_office(where: str) -> str:
    """A page of the office; nobody is led elsewhere by an address that was sent."""
    home = url_for("office.desk")
    try:
        parts = urlsplit(where)
    except ValueError:
        return home
    path = parts.path
    is_ours = where.startswith(home) and path.startswith(home)
    if not is_ours or "//" in path or "\\" in path or len(path) > LONGEST_ADDRESS:
        return home
    whole = _address(path, parts.query)
    return whole if len(whole) <= LONGEST_ADDRESS else path
