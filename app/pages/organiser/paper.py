"""What the office prints for vendors: the paper form, blank or with what is known."""

from datetime import date

from flask import Response, abort, make_response, request
from flask.typing import ResponseReturnValue

from app.clock import now
from app.database import session
from app.pages.organiser import blueprint
from app.pages.organiser.vendors import one_vendor


def pdf(data: bytes, name: str) -> Response:
    """A PDF to be printed at once."""
    response = make_response(data)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@blueprint.get("/veidlapa.pdf")
def blank_form() -> ResponseReturnValue:
    """The paper form of a vendor, nothing filled in."""
    from app.paper.paper_form import paper_form

    return pdf(bytes(paper_form(None, now()).output()), "veidlapa")


@blueprint.get("/tirgotaji/<slug>/veidlapa.pdf")
def filled_form(slug: str) -> ResponseReturnValue:
    """The paper form with what is known of this vendor."""
    from app.paper.paper_form import known_of, paper_form

    known = known_of(session(), one_vendor(session(), slug), now().date())
    return pdf(bytes(paper_form(known, now()).output()), f"veidlapa-{slug}")


@blueprint.get("/zvanu-lapa.pdf")
def call_sheet() -> ResponseReturnValue:
    """Whom to call before a day, for the office's eyes only."""
    from app.paper.call_sheet import call_sheet_pdf

    day = _day_asked()
    return pdf(call_sheet_pdf(session(), day), f"zvani-{day.isoformat()}")


def _day_asked() -> date:
    try:
        return date.fromisoformat(request.args.get("diena", now().date().isoformat()))
    except ValueError:
        abort(404)
