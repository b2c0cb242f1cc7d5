"""The vendors, and one vendor with the story of the farm."""

from app.pages.visitor import blueprint


@blueprint.get("/tirgotaji")
def vendors() -> object:
    return "x"


@blueprint.get("/tirgotaji/<slug>")
def vendor(slug: str) -> object:
    return "x"
