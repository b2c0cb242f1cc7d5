"""The programme by day and place, and one event."""

from app.pages.visitor import blueprint


@blueprint.get("/programma")
def programme() -> object:
    return "x"


@blueprint.get("/notikums/<int:event_id>")
def event(event_id: int) -> object:
    return "x"
