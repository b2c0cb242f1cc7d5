"""The weekly pattern: on which weekdays the market is, from when to when, and its hours."""

from datetime import date, timedelta
from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import WEEKDAYS, long_day, pgettext
from app.languages import gettext as _
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.squares import square, square_named
from app.sending import version_sent
from market.days.calendar_of_days import weekly_clash
from market.days.models import WeeklyHours, WeeklyHoursFields
from market.days.queries import weekly_hours
from market.days.settings import hour_typed
from market.places.models import Site
from vendors.fields import identity

TYPED = ("weekday", "opens", "closes", "valid_from", "valid_to")


@blueprint.get("/dienas/nedela")
def week_pattern() -> ResponseReturnValue:
    """The weekly pattern as it is, was and will be, and a form for one more weekday."""
    typed = {"weekday": "5", "valid_from": now().date().isoformat()}
    return _page(square(session()), Form(typed=typed))


@blueprint.post("/dienas/nedela")
def add_weekday() -> ResponseReturnValue:
    """One more weekday, from a day on."""
    site, form = square(session()), _read()
    with office_saving() as save:
        if not form.errors:
            _refuse_clash(form, save.session, site)
        if form.errors:
            return _page(site, form), 422
        save.add(WeeklyHours(site_id=identity(site), **form.values), action="weekly_hours")
        return save.done(_back(), _("The weekday is in the pattern."))


@blueprint.get("/dienas/nedela/<int:hours_number>")
def weekday_hours(hours_number: int) -> ResponseReturnValue:
    """One line of the pattern: other hours from a day on, its last day, or a correction."""
    row = _one(session(), hours_number)
    return _row_page(row, Form(typed=_typed_of(row), version=row.version))


@blueprint.post("/dienas/nedela/<int:hours_number>")
def change_weekday(hours_number: int) -> ResponseReturnValue:
    """Correct a line, or give it a last day."""
    row, form = _one(session(), hours_number), _read()
    with office_saving() as save:
        kept = _one(save.session, hours_number)
        if not form.errors:
            _refuse_clash(form, save.session, save.session.get_one(Site, row.site_id), kept)
        if form.errors:
            return _row_page(row, form), 422
        save.change(kept, form.values, action="weekly_hours", version=version_sent())
        return save.done(_back(), _("Saved."))


@blueprint.post("/dienas/nedela/<int:hours_number>/no-dienas")
def weekday_from(hours_number: int) -> ResponseReturnValue:
    """Other hours from a day on: the old line ends the day before."""
    row = _one(session(), hours_number)
    typed = typed_texts("from_day", "opens", "closes")
    form = _read_new(typed, row)
    if form.errors:
        kept = Form(typed=_typed_of(row), version=row.version)
        return _row_page(row, kept, new=form), 422
    begins = form.values["valid_from"]
    with office_saving() as save:
        kept_row = _one(save.session, hours_number)
        new = WeeklyHours(
            site_id=kept_row.site_id,
            weekday=kept_row.weekday,
            valid_to=kept_row.valid_to,
            **form.values,
        )
        ends = {"valid_to": begins - timedelta(days=1)}
        save.change(kept_row, ends, action="weekly_hours", version=version_sent())
        save.add(new, action="weekly_hours")
        return save.done(_back(), _("The new hours count from %(day)s on.", day=long_day(begins)))


def _one(found: Session, number: int) -> WeeklyHours:
    return found.get(WeeklyHours, number) or abort(404)


def _back() -> str:
    return url_for("office.week_pattern", laukums=square_named())


def _read() -> Form:
    typed = typed_texts(*TYPED)
    values: dict[str, Any] = dict(typed) | _hours(typed)
    form = read_form(WeeklyHoursFields, values, typed)
    _refuse_hours(form)
    first, last = form.values.get("valid_from"), form.values.get("valid_to")
    if first and last and last < first:
        form.refuse("valid_to", _("The last day lies before the first."))
    return form


def _read_new(typed: Typed, row: WeeklyHours) -> Form:
    values: dict[str, Any] = {"valid_from": typed["from_day"], **_hours(typed)}
    form = read_form(WeeklyHoursFields, values, typed)
    _refuse_hours(form)
    if "valid_from" in form.errors:
        form.refuse("from_day", form.errors.pop("valid_from"))
    begins = form.values.get("valid_from")
    is_late = begins and row.valid_to is not None and begins > row.valid_to
    if begins and (begins <= row.valid_from or is_late):
        form.refuse("from_day", _("Please choose a day on which the present hours count already."))
    return form


def _hours(typed: Typed) -> dict[str, Any]:
    found = {name: hour_typed(typed[name]) for name in ("opens", "closes")}
    return {name: hour.isoformat() if hour else "" for name, hour in found.items()}


def _refuse_hours(form: Form) -> None:
    for name in ("opens", "closes"):
        if name in form.errors:
            form.errors[name] = _("Please give a time, such as 10.00.")
    opens, closes = form.values.get("opens"), form.values.get("closes")
    if opens and closes and opens >= closes:
        form.refuse("closes", _("The market cannot close before it opens."))


def _refuse_clash(form: Form, found: Session, site: Site, own: WeeklyHours | None = None) -> None:
    values = form.values
    clash = weekly_clash(
        values["weekday"],
        values["valid_from"],
        values["valid_to"],
        weekly_hours(found, identity(site)),
        own.id if own else None,
    )
    if clash is not None:
        sentence = _(
            "This weekday has hours already from %(first)s on. End those first.",
            first=long_day(clash.valid_from),
        )
        form.refuse("valid_from", sentence)


def _typed_of(row: WeeklyHours) -> Typed:
    return {
        "weekday": str(row.weekday),
        "opens": f"{row.opens:%H:%M}",
        "closes": f"{row.closes:%H:%M}",
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else "",
    }


def weekdays_said() -> list[tuple[str, str]]:
    """The weekdays as a form offers them."""
    return [(str(number), pgettext("weekday", name)) for number, name in enumerate(WEEKDAYS)]


def _page(site: Site, form: Form) -> str:
    today: date = now().date()
    rows = sorted(
        weekly_hours(session(), identity(site)), key=lambda row: (row.weekday, row.valid_from)
    )
    return render_template(
        "organiser/week_pattern.html",
        site=site,
        square=square_named(),
        form=form,
        weekdays=weekdays_said(),
        rows=[row for row in rows if row.valid_to is None or row.valid_to >= today],
        over=[row for row in rows if row.valid_to is not None and row.valid_to < today],
    )


def _row_page(row: WeeklyHours, form: Form, *, new: Form | None = None) -> str:
    return render_template(
        "organiser/weekday.html",
        row=row,
        form=form,
        new=new or Form(),
        square=square_named(),
        weekdays=weekdays_said(),
    )
