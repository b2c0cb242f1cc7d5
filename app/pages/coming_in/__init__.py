"""Coming in: the printed card and its PIN, a link to an e-mail address, a code from the office.

Nothing is opened by a GET. The card's number and a letter's key stand behind the `#` of an
address, which no browser sends; a script moves them into their field, and a button is pressed.
"""

from flask import Blueprint, Response, g

from app.security import private_policy

blueprint = Blueprint("coming_in", __name__, url_prefix="/<language:language>/ieiet")


@blueprint.before_request
def allow_scripts() -> None:
    """The page moves the card's number from the address into its field."""
    g.policy = private_policy()


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """Nobody between the server and the telephone keeps these pages."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


from app.pages.coming_in import door as door  # noqa: E402 - the modules add their pages
from app.pages.coming_in import leaving as leaving  # noqa: E402
from app.pages.coming_in import second as second  # noqa: E402
