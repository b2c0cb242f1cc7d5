"""The market's office: pages of its people, who have shown the second factor.

Readers may look everywhere; organisers and heads may also change things; a helper on the market
day sees and uses only the pages made `for_helpers`. All this is decided by the one guard below,
before every page, also before those that are added later. A module of this folder adds its pages
by being there; one that names a DOOR stands in the menu.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import Account, account, office
from app.languages import N_
from app.security import private_policy
from app.sending import Refused, Saving, saving

blueprint = Blueprint("office", __name__, url_prefix="/<language:language>/parvalde")

READING = ("GET", "HEAD", "OPTIONS")
HELPER = "helper"
HEAD = "head"
HOME_OF_HELPERS = "office.this_day"
DESK = "desk"
"""`Change.source` of what the office does at its own desk: no vendor undoes it."""

GROUPS = {
    "day": N_("The market day"),
    "people": N_("Vendors and stories"),
    "planning": N_("Planning"),
    "money": N_("Money and numbers"),
    "office": N_("The office itself"),
}

View = TypeVar("View", bound=Callable[..., Any])
_FOR_HELPERS: set[Callable[..., Any]] = set()
_FOR_HEADS: set[Callable[..., Any]] = set()
_FOR_ONESELF: set[Callable[..., Any]] = set()


@dataclass(frozen=True)
class Door:
    """A page in the office's menu: where it stands and what one finds there.

    `always` doors stand on every page, the others on the page of everything.
    """

    endpoint: str
    words: str
    says: str
    group: str
    place: int
    always: bool = False


def for_helpers(view: View) -> View:
    """Mark a page that helpers on the market day use too, also to change something.

    Stands below the route. Readers still only look.
    """
    _FOR_HELPERS.add(view)
    return view


def for_heads(view: View) -> View:
    """Mark a page that only heads of the office see and use. Stands below the route."""
    _FOR_HEADS.add(view)
    return view


def for_oneself(view: View) -> View:
    """Mark a page on which everybody of the office sees and changes what is their own."""
    _FOR_ONESELF.add(view)
    return view


@blueprint.before_request
def only_the_office() -> ResponseReturnValue | None:
    """Vendors are refused; who has not come in, or not yet confirmed it, is shown the door."""
    g.policy = private_policy()
    who = office()
    if who is None:
        return _refuse()
    if may_use(who, request.endpoint or "", request.method):
        return None
    return redirect(url_for(HOME_OF_HELPERS)) if request.endpoint == "office.desk" else abort(403)


def may_use(who: Account, endpoint: str, method: str = "GET") -> bool:
    """Whether a person of the office may use a page of the office."""
    role = who.person.role if who.person else ""
    view = current_app.view_functions.get(endpoint)
    if view in _FOR_ONESELF:
        return True
    if view in _FOR_HEADS:
        return role == HEAD
    if role == HELPER:
        return view in _FOR_HELPERS
    return method in READING or who.may_act


def _refuse() -> ResponseReturnValue:
    somebody = account()
    if somebody is not None and somebody.person is None:
        abort(403)
    if request.method in READING:
        return redirect(url_for("coming_in.door", uz=request.path))
    raise Refused("nobody")


@contextmanager
def office_saving(about: int | None = None) -> Iterator[Saving]:
    """Like `saving`, for what the office does at its own desk; `about` is the vendor concerned.

    The log tells it among the changes of that vendor, whoever's pages are open just now.
    """
    with saving() as save:
        save.vendor_id, save.source = about, DESK
        yield save


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """Nobody between the server and the computer keeps these pages."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@blueprint.context_processor
def page_values() -> dict[str, object]:
    """What every page of the office can say."""
    who = office()
    mine = [one for one in DOORS if who and may_use(who, one.endpoint)]
    return {
        "office_doors": mine,
        "office_groups": GROUPS,
        "office_may_act": who is not None and who.may_act,
    }


_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
DOORS: tuple[Door, ...] = tuple(
    sorted(
        (module.DOOR for module in _MODULES if hasattr(module, "DOOR")),
        key=lambda door: (list(GROUPS).index(door.group), door.place),
    )
)
