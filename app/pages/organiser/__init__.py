"""The market's office: pages of its people, who have shown the second factor.

Whoever belongs to the office may look; only organisers and heads may change anything. Both are
decided by the one guard below, before every page, also before those that are added later.
"""

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import account, office
from app.languages import N_
from app.security import private_policy
from app.sending import Refused

blueprint = Blueprint("office", __name__, url_prefix="/<language:language>/parvalde")

READING = ("GET", "HEAD", "OPTIONS")


@blueprint.before_request
def only_the_office() -> ResponseReturnValue | None:
    """Vendors are refused; who has not come in, or not yet confirmed it, is shown the door."""
    g.policy = private_policy()
    who = office()
    if who is None:
        return _refuse()
    if request.method not in READING and not who.may_act:
        abort(403)
    return None


def _refuse() -> ResponseReturnValue:
    somebody = account()
    if somebody is not None and somebody.person is None:
        abort(403)
    if request.method in READING:
        return redirect(url_for("coming_in.door", uz=request.path))
    raise Refused("nobody")


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """Nobody between the server and the computer keeps these pages."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


DOORS = (
    ("office.desk", N_("The office")),
    ("office.vendors", N_("Vendors")),
)


@blueprint.context_processor
def page_values() -> dict[str, object]:
    """What every page of the office can say."""
    return {"office_doors": DOORS}


from app.pages.organiser import (  # noqa: E402, F401 - the modules add their pages
    desk,
    keys,
    paper,
    vendors,
    working,
)
