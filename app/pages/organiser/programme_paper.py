"""The programme on paper from the desk: the sheet and the poster of a festival or a day."""

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from app.clock import now
from app.database import session
from app.languages import LATVIAN, languages
from app.pages.organiser import blueprint
from app.pages.organiser.paper import pdf
from app.url_types import day_asked
from market.days.queries import festival_with_slug


@blueprint.get("/programma/lapa.pdf")
def programme_sheet() -> ResponseReturnValue:
    """The published programme on A4."""
    return _printed("lapa")


@blueprint.get("/programma/plakats.pdf")
def programme_poster() -> ResponseReturnValue:
    """The published programme on one A3."""
    return _printed("plakats")


def _printed(kind: str) -> ResponseReturnValue:
    """Of the festival in `?svetki=`, or else of a day; Latvian unless asked otherwise."""
    from app.paper import programme

    asked = request.args.get("valoda", LATVIAN)
    language = asked if asked in languages() else LATVIAN
    slug, public_url = request.args.get("svetki", ""), current_app.config["PUBLIC_URL"]
    found, made = session(), now()
    if slug:
        festival = festival_with_slug(found, slug) or abort(404)
        told = programme.festival_on_paper(found, festival, made, public_url, language)
    else:
        day = day_asked(request.args.get("diena"), made.date())
        told = programme.day_on_paper(found, day, made, public_url, language)
        slug = day.isoformat()
    draw = programme.programme_poster if kind == "plakats" else programme.programme_sheet
    return pdf(draw(told, language), f"programma-{kind}-{slug}")
