"""About the service, privacy, accessibility, and in development all components on one page."""

from app.pages.visitor import blueprint


@blueprint.get("/par")
def about() -> object:
    return "x"


@blueprint.get("/pieklustamiba")
def accessibility() -> object:
    return "x"


@blueprint.get("/privatums")
def privacy() -> object:
    return "x"
