"""Market days: the next months, what the year suggests, and the weekly pattern."""

from datetime import date, timedelta
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.cancelling import reached
from app.clock import now
from app.database import session
from app.languages import N_, long_day
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.pages.organiser.squares import square, square_named
from app.url_types import day_asked
from market.days.calendar_of_days import CalendarDay, calendar_day, months, occasions_on
from market.days.holidays import CLOSED, hours_for, public_holidays
from market.days.models import ADVICE, MarketDay
from market.days.queries import exceptions, special_days, weekly_hours
from market.places.models import Site
from market.places.queries import sites
from vendors.fields import identity

DOOR = Door(
    "office.days",
    N_("Market days"),
    N_("Weekly days, holidays, fairs, hours, cancelling a day, weather"),
    group="planning",
    place=1,
    always=True,
)

SHOWN_MONTHS = 4
FURTHEST_YEARS = 5
ADVICE_WORDS = {
    "closed": N_("closed"),
    "fair": N_("fair"),
    "shorter": N_("shorter hours"),
    "as_usual": N_("as usual"),
}
SOURCE_WORDS = {
    "law": N_("public holiday"),
    "moved": N_("moved day off"),
    "own": N_("special day"),
}
KIND_WORDS = {"ordinary": N_("ordinary day"), "fair": N_("fair"), "festival": N_("festival")}


@blueprint.get("/dienas")
def days() -> ResponseReturnValue:
    """The calendar of some months, by month, with a suggestion where the year asks for one."""
    found, today = session(), now().date()
    first = _month_asked(today)
    last = month_after(first, SHOWN_MONTHS) - timedelta(days=1)
    places = sites(found)
    site = square(found) if places else None
    listed = _months(found, site, max(first, today), last) if site else []
    return render_template(
        "organiser/days.html",
        today=today,
        months=listed,
        waiting=[day for month in listed for day in month.days if day.suggestion],
        places=places,
        site=site,
        square=square_named(),
        earlier=month_after(first, -SHOWN_MONTHS) if first > today else None,
        later=month_after(first, SHOWN_MONTHS),
        advice=ADVICE_WORDS,
        sources=SOURCE_WORDS,
        kinds=KIND_WORDS,
    )


def _months(found: Session, site: Site, first: date, last: date) -> list[Any]:
    return months(
        first,
        last,
        weekly_hours(found, identity(site)),
        exceptions(found, identity(site), first),
        public_holidays(first, last),
        special_days(found, first, last),
    )


def _month_asked(today: date) -> date:
    """The month in `?no=2027-01`, not before this one and not too far away."""
    try:
        first = date.fromisoformat(f"{request.args.get('no', '')}-01")
    except ValueError:
        first = today
    first = first.replace(day=1)
    furthest = today.replace(year=today.year + FURTHEST_YEARS, month=1, day=1)
    return min(max(first, today.replace(day=1)), furthest)


def month_after(first: date, count: int) -> date:
    """The first day of the month so many months later (or earlier)."""
    number = first.year * 12 + first.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def one_day(found: Session, site: Site, day: date) -> CalendarDay:
    """A day of a site with all that is known of it."""
    return calendar_day(
        day,
        weekly_hours(found, identity(site)),
        exceptions(found, identity(site), day),
        occasions_on(day, public_holidays(day, day), special_days(found, day, day)),
    )


@blueprint.post("/dienas/<day:day>/ieteikums")
def accept_advice(day: date) -> ResponseReturnValue:
    """Accept what is suggested for a day, or something else: one tap.

    A day on which vendors have places is not closed but cancelled, so that they hear of it.
    """
    advice = request.form.get("advice", "")
    if advice not in ADVICE:
        abort(404)
    site = square(session())
    if advice == CLOSED and reached(session(), identity(site), day).count:
        return redirect(url_for("office.cancel_page", day=day, laukums=square_named()), 303)
    with office_saving() as save:
        one = one_day(save.session, site, day)
        back = url_for("office.days", no=f"{day:%Y-%m}", laukums=square_named(), _anchor=f"d{day}")
        if one.row is None:
            hours = hours_for(advice, one.usual)
            row = MarketDay(
                site_id=identity(site),
                day=day,
                kind="fair" if advice == "fair" else "ordinary",
                opens=hours[0] if hours else None,
                closes=hours[1] if hours else None,
                words=dict(one.occasions[0].name) if advice == "fair" and one.occasions else None,
            )
            save.add(row, action="market_day")
        said = _("%(day)s: %(advice)s.", day=long_day(day), advice=_(ADVICE_WORDS[advice]))
        return save.done(back, said)


@blueprint.get("/dienas/diena")
def go_to_day() -> ResponseReturnValue:
    """From a form with a day to its page."""
    day = day_asked(request.args.get("diena"), now().date())
    return redirect(url_for("office.one_market_day", day=day, laukums=square_named()))
