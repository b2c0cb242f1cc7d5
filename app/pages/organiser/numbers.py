"""The market's numbers: how full it is, who comes, what is sold, how often signs are opened."""

from datetime import date, timedelta

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.clock import now
from app.database import session
from app.languages import N_
from app.numbers_of_market import Section, sections
from app.pages.organiser import Door, blueprint
from app.tables.files import xlsx_bytes
from app.url_types import day_asked

DOOR = Door(
    "office.numbers",
    N_("Numbers"),
    N_("How full the market is, who comes, what is sold, how often signs are opened"),
    group="money",
    place=90,
)

LONGEST = timedelta(days=365)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/skaitli")
def numbers() -> ResponseReturnValue:
    """All numbers of a period as small pictures, each with its table beside it."""
    first, last = period_asked()
    return render_template(
        "organiser/numbers.html", first=first, last=last, sections=_sections(first, last)
    )


@blueprint.get("/skaitli.xlsx")
def numbers_as_tables() -> Response:
    """The same tables as sheets of one file, without formulas."""
    first, last = period_asked()
    found = _sections(first, last)
    response = make_response(xlsx_bytes([(one.sheet, one.headings, one.rows) for one in found]))
    response.headers["Content-Type"] = XLSX
    name = f"skaitli-{first.isoformat()}-{last.isoformat()}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def period_asked() -> tuple[date, date]:
    """From `?no=` to `?lidz=`; the year up to today without them, and never more than a year."""
    today = now().date()
    last = day_asked(request.args.get("lidz"), today)
    first = day_asked(request.args.get("no"), last - LONGEST)
    first, last = min(first, last), max(first, last)
    return max(first, last - LONGEST), last


def _sections(first: date, last: date) -> list[Section]:
    return sections(session(), first, last)
