"""Today at the market."""

from app.pages.visitor import blueprint


@blueprint.get("/")
def today() -> object:
    return "x"
