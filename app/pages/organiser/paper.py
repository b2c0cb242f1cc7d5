"""What the office prints: a day's sheets and its kit, the calls, the paper form of vendors."""

from datetime import date

from flask import Response, abort, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.clock import now
from app.database import session
from app.languages import LATVIAN, N_, languages
from app.pages.organiser import Door, blueprint
from app.pages.organiser.desk import next_market_day
from app.pages.organiser.vendors import one_vendor
from app.url_types import day_asked

DOOR = Door(
    "office.papers",
    N_("Paper"),
    N_("The kit for a market day and every sheet by itself"),
    group="day",
    place=60,
    always=True,
)


def pdf(data: bytes, name: str) -> Response:
    """A PDF to be printed at once."""
    response = make_response(data)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@blueprint.get("/papirs")
def papers() -> ResponseReturnValue:
    """The kit for the next market day with one button, and every sheet of any day."""
    from app.paper.kit.making import SHEETS

    today = now().date()
    next_day = next_market_day(session(), today)
    return render_template(
        "organiser/papers.html",
        today=today,
        next_day=next_day,
        day=day_asked(request.args.get("diena"), next_day or today),
        sheets=SHEETS,
        phones=request.args.get("talruni") == "1",
        spoken=_language_asked(),
    )


@blueprint.get("/diena/<day:day>/<sheet>.pdf")
def day_sheet(day: date, sheet: str) -> ResponseReturnValue:
    """One sheet of a day, or the kit; with telephone numbers only when they are asked for."""
    from app.paper.kit.facts import day_on_paper
    from app.paper.kit.making import KIT, SHEETS, sheet_pdf

    if sheet != KIT and sheet not in SHEETS:
        abort(404)
    phones = request.args.get("talruni") == "1"
    facts = day_on_paper(session(), day, now(), current_app.config["PUBLIC_URL"], phones=phones)
    return pdf(sheet_pdf(facts, sheet, _language_asked()), f"{sheet}-{day.isoformat()}")


def _language_asked() -> str:
    """Paper is Latvian unless another of our languages is asked for."""
    asked = request.args.get("valoda", LATVIAN)
    return asked if asked in languages() else LATVIAN


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
