"""The ledger: what was paid on a day or on some days, to look at, on paper and as a table."""

from datetime import date, datetime, time, timedelta

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import RIGA, local, now
from app.database import session
from app.languages import N_, clock_time, short_day
from app.names_of_fees import FOR_A_PERIOD, PAYMENT_WAYS
from app.pages.organiser import Door, blueprint
from app.pages.organiser.paper import pdf
from app.url_types import EARLIEST, LATEST
from market.fees.ledger import Ledger, ledger
from market.fees.queries import days_with_payments, payments_between

DOOR = Door(
    "office.ledgers",
    N_("Payments"),
    N_("What was paid on which day, and the ledger as PDF and table"),
    group="money",
    place=1,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = timedelta(days=366)
SHOWN_DAYS = 30


@blueprint.get("/maksas")
def ledgers() -> ResponseReturnValue:
    """Days with payments, the ledger of some days, and the way to the payments of a day."""
    today = now().date()
    asked = "no" in request.args
    first, last = _range_asked() if asked else (today.replace(day=1), today)
    problem = _problem(first, last)
    return render_template(
        "organiser/ledgers.html",
        today=today,
        first=first,
        last=last,
        problem=problem,
        ledger=None if problem else ledger_of(session(), first, last),
        days=days_with_payments(session(), today - LONGEST, SHOWN_DAYS),
        ways=PAYMENT_WAYS,
        for_period=FOR_A_PERIOD,
        noted=noted,
    )


@blueprint.get("/maksas/zurnals.pdf")
def ledger_pdf() -> ResponseReturnValue:
    """The ledger on paper."""
    from app.paper.ledger import ledger_pdf

    found = _ledger_asked()
    return pdf(ledger_pdf(found), f"maksas-{_name(found)}")


@blueprint.get("/maksas/zurnals.xlsx")
def ledger_xlsx() -> ResponseReturnValue:
    """The ledger as a table without formulas."""
    from app.tables.ledger import ledger_xlsx

    found = _ledger_asked()
    response = make_response(ledger_xlsx(found))
    response.headers["Content-Type"] = XLSX
    name = f"maksas-{_name(found)}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def ledger_of(found: Session, first: date, last: date) -> Ledger:
    """The ledger from a first to a last day, by the clock of the place."""
    begins = datetime.combine(first, time(), RIGA)
    ends = datetime.combine(last + timedelta(days=1), time(), RIGA)
    return ledger(first, last, payments_between(found, first, last, begins, ends))


def _ledger_asked() -> Ledger:
    first, last = _range_asked()
    if _problem(first, last):
        abort(404)
    return ledger_of(session(), first, last)


def _range_asked() -> tuple[date, date]:
    try:
        first = date.fromisoformat(request.args.get("no", ""))
        last = date.fromisoformat(request.args.get("lidz") or first.isoformat())
    except ValueError:
        first = last = now().date()
    if not EARLIEST <= first <= LATEST or not EARLIEST <= last <= LATEST:
        abort(404)
    return first, last


def _problem(first: date, last: date) -> str:
    """ "order" or "too_long"; nothing when the days can be shown."""
    if last < first:
        return "order"
    return "too_long" if last - first > LONGEST else ""


def noted(instant: datetime) -> str:
    """When a payment was noted, short: "24.11. 8.20" """
    here = local(instant)
    return f"{short_day(here.date())} {clock_time(here.time())}"


def _name(found: Ledger) -> str:
    return f"{found.first}" if found.first == found.last else f"{found.first}-{found.last}"
