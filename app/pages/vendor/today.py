"""My stall today."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.pages.vendor import blueprint


@blueprint.get("/")
def today() -> ResponseReturnValue:
    """The stall and the day at a glance."""
    return render_template("vendor/today.html")
