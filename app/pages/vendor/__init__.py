"""The vendor's own stall: pages of whoever has come in as a vendor, or works for one.

The address holds no vendor, so nobody can try another's; the guard below stands before every
page, also before those that are added later.
"""

from collections.abc import Callable

from flask import Blueprint, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import MAY_COME_IN, Account, account
from app.languages import N_
from app.security import private_policy
from app.sending import Refused
from vendors.registry.models import Vendor

blueprint = Blueprint("own", __name__, url_prefix="/<language:language>/mans")


@blueprint.before_request
def only_known_vendors() -> ResponseReturnValue | None:
    """Whoever has not come in is shown the door; what they typed is given back to them."""
    who = account()
    g.policy = private_policy()
    if who is not None and who.person is not None:
        return _only_in_their_name(who)
    if who is not None and who.vendor is not None:
        return None
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("coming_in.door", uz=request.path))
    raise Refused("nobody")


def _only_in_their_name(who: Account) -> ResponseReturnValue | None:
    """People of the office see a vendor's pages while they work for that vendor, but not all."""
    if who.vendor is None or who.vendor.state not in MAY_COME_IN or not who.may_act:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("office.vendors"))
        raise Refused("other_account")
    view = current_app.view_functions.get(request.endpoint or "")
    if view in ALONE:
        abort(403)
    if view in WISHED and who.source not in TOLD:
        raise Refused("consent_missing")
    return None


def own_account() -> Account:
    """The account whose pages are open; the guard has let nobody else in."""
    who = account()
    if who is None or who.vendor is None:
        abort(401)
    return who


def own_vendor() -> Vendor:
    """The vendor whose pages are open."""
    vendor = own_account().vendor
    if vendor is None:
        abort(401)
    return vendor


def own_vendor_id() -> int:
    """The identity of the vendor whose pages are open."""
    return own_account().vendor_id


View = Callable[..., ResponseReturnValue]
ALONE: set[View] = set()
"""What a vendor does alone: their telephones, their data, leaving for good."""
WISHED: set[View] = set()
"""What is done for a vendor only as they wished it: what visitors may see of them."""
TOLD = ("paper", "spoken")
"""How a vendor can wish it: by the signed form, or said by telephone or in person."""


def only_the_vendor(view: View) -> View:
    """Close a page to the office, also to those who work in the vendor's name (stands lowest)."""
    ALONE.add(view)
    return view


def only_as_wished(view: View) -> View:
    """Close a page to the office unless it is noted how the vendor wished it (stands lowest)."""
    WISHED.add(view)
    return view


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """Nobody between the server and the telephone keeps these pages."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


DOORS = (
    ("own.today", N_("Today")),
    ("own.days", N_("Days")),
    ("own.goods", N_("Goods")),
    ("own.story", N_("Story")),
    ("own.more", N_("More")),
)


@blueprint.context_processor
def page_values() -> dict[str, object]:
    """What every page of the own stall can say."""
    from app.pages.organiser.words import CONSENTS
    from app.pages.vendor.undoing import can_undo
    from app.paper.form_parts import next_part

    doors = [(name, word) for name, word in DOORS if name in current_app.view_functions]
    return {
        "own_doors": doors,
        "can_undo": can_undo,
        "consents": CONSENTS,
        "next_part": next_part,
    }


from app.pages.vendor import (  # noqa: E402, F401 - the modules add their pages
    applications,
    days,
    details,
    goods,
    more,
    my_places,
    numbers,
    paper,
    phones,
    photographs,
    privacy,
    recording,
    story,
    story_publishing,
    taking,
    taps,
    today,
    undoing,
    uploads,
)
