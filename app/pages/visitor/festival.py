"""A festival: its days, programme, stalls, the wreath, practical facts."""

from app.pages.visitor import blueprint


@blueprint.get("/svetki/<slug>")
def festival(slug: str) -> object:
    return "x"
