"""The page of everything: all doors of the office by group, each with its sentence."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.languages import N_
from app.pages.organiser import Door, blueprint, for_oneself

DOOR = Door(
    "office.everything",
    N_("Everything"),
    N_("All pages of the office, each with a sentence"),
    group="office",
    place=9,
    always=True,
)


@blueprint.get("/viss")
@for_oneself
def everything() -> ResponseReturnValue:
    """All doors that are open to whoever asks."""
    return render_template("organiser/everything.html")
