"""Pages of visitors: today, stalls and map, vendors and their stories, the programme."""

from flask import Blueprint

blueprint = Blueprint("visitor", __name__, url_prefix="/<language:language>")

from app.pages.visitor import (  # noqa: E402, F401 - the modules add their pages to the blueprint
    about,
    applying,
    call,
    festival,
    parishes,
    programme,
    rules,
    stalls,
    today,
    vendors,
)
