"""A festival's call for sellers: everything it says, also before one may apply."""

from flask import Response, abort, make_response, render_template

from app.call_said import call_values
from app.database import session
from app.kept_pages import keep
from app.pages.visitor import blueprint
from market.days.queries import festival_with_slug
from market.festivals.queries import call_of
from vendors.fields import identity


@blueprint.get("/svetki/<slug>/pieteiksanas")
def call(slug: str) -> Response:
    """The published call of one festival."""
    found = session()
    festival = festival_with_slug(found, slug)
    said = call_of(found, identity(festival)) if festival else None
    if festival is None or said is None or not said.published:
        abort(404)
    page = render_template("visitor/call.html", **call_values(found, festival, said))
    return keep(make_response(page))
