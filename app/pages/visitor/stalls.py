"""The stalls of a day: the list with the way in words, and the plan in its frame."""

from app.pages.visitor import blueprint


@blueprint.get("/karte")
def stalls() -> object:
    return "x"
