"""Coming in: the printed card and its PIN, a link to an e-mail address, a code from the office."""

from flask import Blueprint, Response, g, render_template
from flask.typing import ResponseReturnValue

from app.security import private_policy

blueprint = Blueprint("coming_in", __name__, url_prefix="/<language:language>/ieiet")


@blueprint.before_request
def allow_scripts() -> None:
    """The page moves the card's secret from the address into its field."""
    g.policy = private_policy()


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """Nobody between the server and the telephone keeps these pages."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@blueprint.get("")
def door() -> ResponseReturnValue:
    """The ways to come in."""
    return render_template("coming_in/door.html")
