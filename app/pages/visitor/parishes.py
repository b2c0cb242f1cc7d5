"""Every parish, also those with no vendor yet."""

from app.pages.visitor import blueprint


@blueprint.get("/pagasti")
def parishes() -> object:
    return "x"


@blueprint.get("/pagasti/<slug>")
def parish(slug: str) -> object:
    return "x"
