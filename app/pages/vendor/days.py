"""My days: the next market days, the weekdays on which I come, long absences, reminders."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.forms import Form, is_ticked, read_form, typed_texts
from app.languages import N_, WEEKDAYS, clock_time, ngettext, on_day_from, pgettext
from app.languages import gettext as _
from app.late_notices import late_since
from app.pages.vendor import blueprint, own_account, own_vendor
from app.sending import Saving, saving, version_sent
from market.days.attendance import Absent, Sayings, pattern_of, problem_of_absence
from market.days.coming_days import DAYS_AHEAD, Calendar, ComingDay, coming_days
from market.days.models import Absence, AbsenceFields, Presence, VendorWeekday
from market.days.queries import (
    absences_of,
    exceptions,
    hour_set,
    places_between,
    presence_of,
    sayings,
    weekdays_of,
    weekly_hours,
)
from market.days.settings import ABSENCE_CUTOFF, REMINDER_HOUR
from market.places.queries import sites
from vendors.fields import identity
from vendors.registry.models import Vendor

SOON = timedelta(days=14)

SOURCES = {
    "season": N_("Your place for the season"),
    "weekly": N_("Your place every week"),
    "hand": N_("The office wrote it down for this day"),
    "plan": N_("From the plan of this day"),
    "import": N_("From the office's list"),
}
"""Why a vendor has a place on a day, in plain words."""


@dataclass(frozen=True)
class Away:
    """A long absence, and the days within it on which the vendor would have a place."""

    absence: Absence
    touched: Sequence[date]
    has_begun: bool


@blueprint.get("/dienas")
def days() -> ResponseReturnValue:
    """The next market days, and what can be said of them."""
    return days_page()


def days_page(absence: Form | None = None, weekdays: Form | None = None) -> str:
    """The page, with the forms as they were typed."""
    who, vendor = own_account(), own_vendor()
    found, moment = session(), now()
    offered = offered_weekdays(found, moment.date())
    coming = _coming_days(found, who.vendor_id, moment)
    return render_template(
        "vendor/days.html",
        vendor=vendor,
        today=moment.date(),
        soon=[one for one in coming if one.day < moment.date() + SOON],
        later=[one for one in coming if one.day >= moment.date() + SOON],
        cutoff=hour_set(found, ABSENCE_CUTOFF),
        reminder_hour=hour_set(found, REMINDER_HOUR),
        sources=SOURCES,
        offered=[(str(day), pgettext("weekday", WEEKDAYS[day])) for day in offered],
        weekdays=weekdays or _weekdays_form(found, who.vendor_id, offered),
        has_pattern=bool(weekdays_of(found, who.vendor_id)),
        absence=absence or Form(),
        absences=_absences(found, who.vendor_id, moment.date()),
    )


def offered_weekdays(found: Session, today: date) -> list[int]:
    """The weekdays (0 is Monday) on which the market is open now or will be."""
    rows = weekly_hours(found, identity(sites(found)[0])) if sites(found) else []
    return sorted({row.weekday for row in rows if row.valid_to is None or row.valid_to >= today})


def _coming_days(found: Session, vendor_id: int, moment: datetime) -> list[ComingDay]:
    places, today = sites(found), moment.date()
    if not places:
        return []
    calendars: Mapping[int, Calendar] = {
        identity(site): (
            weekly_hours(found, identity(site)),
            exceptions(found, identity(site), today),
        )
        for site in places
    }
    last = today + DAYS_AHEAD
    said = sayings(found, [vendor_id], today, last)
    return coming_days(
        vendor_id,
        moment,
        calendars,
        places_between(found, vendor_id, today, last),
        said,
        main_site=identity(places[0]),
        cutoff=hour_set(found, ABSENCE_CUTOFF),
        late=_late_days(found, vendor_id, today, said),
    )


def _late_days(found: Session, vendor_id: int, today: date, said: Sayings) -> Collection[date]:
    """Of today and tomorrow: the cut-off of every later day is still to come."""
    late = set()
    for day in (today, today + timedelta(days=1)):
        answer = said.expected(vendor_id, day)
        if isinstance(answer, Absent) and late_since(found, day, {vendor_id: answer}, said):
            late.add(day)
    return late


def _weekdays_form(found: Session, vendor_id: int, offered: Sequence[int]) -> Form:
    """Without a pattern the vendor comes whenever there is a place: every box is ticked."""
    pattern = pattern_of(weekdays_of(found, vendor_id))
    ticked = offered if pattern is None else pattern.weekdays
    return Form(typed={"weekday": [str(day) for day in ticked]})


def _absences(found: Session, vendor_id: int, today: date) -> list[Away]:
    rows = absences_of(found, vendor_id, today)
    if not rows:
        return []
    last = max(row.last_day for row in rows)
    places = places_between(found, vendor_id, today, last)
    placed = list(dict.fromkeys(placement.day for placement, _stall, _zone in places))
    return [
        Away(
            row,
            [day for day in placed if row.first_day <= day <= row.last_day],
            row.first_day <= today,
        )
        for row in rows
    ]


# A day


@blueprint.post("/dienas/diena")
def say_day() -> ResponseReturnValue:
    """Say of one day whether I come; it counts at once, also after the cut-off."""
    with saving() as save:
        vendor = locked_vendor(save)
        moment = now()
        day = next(
            (
                one
                for one in _coming_days(save.session, identity(vendor), moment)
                if one.day.isoformat() == request.form.get("day", "")
            ),
            None,
        )
        wish = request.form.get("coming", "")
        if day is None or wish not in ("0", "1"):
            abort(404)
        if wish == "1":
            _say_coming(save, day)
        else:
            _say_away(save, day)
        return save.done(f"{url_for('own.days')}#d{day.day}", _said(save.session, day, wish == "1"))


def locked_vendor(save: Saving) -> Vendor:
    """The vendor, locked until this form is done: of two forms at once the second waits."""
    return save.session.get_one(Vendor, save.account.vendor_id, with_for_update=True)


def _say_away(save: Saving, day: ComingDay) -> None:
    row = presence_of(save.session, save.account.vendor_id, day.day)
    if row is not None:
        save.change(row, {"state": "absent"}, action="day")
    elif not day.is_away:
        away = Presence(vendor_id=save.account.vendor_id, day=day.day, state="absent")
        save.add(away, action="day")


def _say_coming(save: Saving, day: ComingDay) -> None:
    """What was said of the day falls away; against an absence or the pattern it must be said."""
    row = presence_of(save.session, save.account.vendor_id, day.day)
    if row is not None and row.state == "absent":
        save.remove(row, action="day")
    vendor_id = save.account.vendor_id
    still = sayings(save.session, [vendor_id], day.day, day.day).expected(vendor_id, day.day)
    if isinstance(still, Absent):
        coming = Presence(vendor_id=vendor_id, day=day.day, state="present")
        save.add(coming, action="day")


def _said(found: Session, day: ComingDay, is_coming: bool) -> str:
    when = on_day_from(day.day, now().date())
    if is_coming:
        return _("Saved: you come %(day)s.", day=when)
    if not day.is_late or not day.places:
        return _("Saved: you do not come %(day)s. Visitors see it at once.", day=when)
    hour: time = hour_set(found, ABSENCE_CUTOFF)
    return _(
        "Saved: you do not come %(day)s. Visitors see it at once. As it was said after %(time)s, "
        "the office is told, and the place may still be charged.",
        day=when,
        time=clock_time(hour),
    )


# Every week


@blueprint.post("/dienas/nedela")
def save_weekdays() -> ResponseReturnValue:
    """Keep on which weekdays I come, from today on."""
    with saving() as save:
        vendor = locked_vendor(save)
        typed = request.form.getlist("weekday")
        offered = offered_weekdays(save.session, now().date())
        wanted = {day for day in offered if str(day) in typed}
        if not wanted or not set(typed) <= {str(day) for day in offered}:
            form = Form(typed={"weekday": typed})
            form.refuse("weekday", _("Please tick at least one day. For a break, use “Away”."))
            return days_page(weekdays=form), 422
        rows = weekdays_of(save.session, identity(vendor))
        if {row.weekday for row in rows} != wanted:
            for row in rows:
                save.remove(row, action="weekdays")
            for day in sorted(wanted):
                new = VendorWeekday(vendor_id=identity(vendor), weekday=day, since=now().date())
                save.add(new, action="weekdays")
        return save.done(f"{url_for('own.days')}#nedela", _("Saved."))


# Away


@blueprint.post("/dienas/prombutne")
def add_absence() -> ResponseReturnValue:
    """I am away from one day to another."""
    with saving() as save:
        locked_vendor(save)
        form = read_absence(now().date())
        if not form.errors:
            _refuse_known_absence(save, form)
        if form.errors:
            return days_page(absence=form), 422
        absence = Absence(vendor_id=save.account.vendor_id, **form.values)
        placed = places_between(
            save.session, absence.vendor_id, absence.first_day, absence.last_day
        )
        save.add(absence, action="absence")
        touched = len({placement.day for placement, _stall, _zone in placed})
        return save.done(f"{url_for('own.days')}#prombutne", _said_of(touched))


def _refuse_known_absence(save: Saving, form: Form) -> None:
    for row in absences_of(save.session, save.account.vendor_id, now().date()):
        first, last = form.values["first_day"], form.values["last_day"]
        if row.first_day <= first and last <= row.last_day:
            form.refuse("first_day", _("You are away on these days already; see above."))


def read_absence(today: date) -> Form:
    """The form of a long absence, with a sentence for what does not fit."""
    typed = typed_texts("first_day", "last_day")
    form = read_form(AbsenceFields, {name: _day_typed(text) for name, text in typed.items()}, typed)
    if form.errors:
        return form
    problem = problem_of_absence(form.values["first_day"], form.values["last_day"], today)
    if problem == "past":
        form.refuse("first_day", _("The first day is past. Please give today or a later day."))
    elif problem == "far":
        form.refuse("first_day", _("Please give a day within the coming year."))
    elif problem == "order":
        form.refuse("last_day", _("The last day must not be before the first one."))
    elif problem == "too_long":
        form.refuse("last_day", _("Please give at most a year. You can add more later."))
    return form


def _day_typed(text: str) -> str:
    """A day as people type it where the browser has no calendar: "24.11.2026" as "2026-11-24"."""
    found = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?", text)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text


def _said_of(touched: int) -> str:
    if not touched:
        return _("Saved. You have no place on those days yet.")
    return ngettext(
        "Saved. You have a place on %(num)s of those days; visitors will read that you are away.",
        "Saved. You have a place on %(num)s of those days; visitors will read that you are away.",
        touched,
    )


@blueprint.post("/dienas/prombutne/<int:number>/beigt")
def end_absence(number: int) -> ResponseReturnValue:
    """I am back from today on, or do not go away after all."""
    today = now().date()
    with saving() as save:
        row = save.session.get(Absence, number)
        if row is None or row.vendor_id != save.account.vendor_id or row.last_day < today:
            abort(404)
        if row.first_day < today:
            yesterday = {"last_day": today - timedelta(days=1)}
            save.change(row, yesterday, action="absence", version=version_sent())
            said = _("Saved: you are back from today on.")
        else:
            save.remove(row, action="absence")
            said = _("Saved: this absence is gone.")
        return save.done(f"{url_for('own.days')}#prombutne", said)


# Reminders


@blueprint.post("/dienas/atgadinajumi")
def save_reminders() -> ResponseReturnValue:
    """Switch reminders on or off."""
    with saving() as save:
        vendor = locked_vendor(save)
        wanted = is_ticked("wanted")
        if wanted and not vendor.email:
            abort(404)
        save.change(vendor, {"wants_reminders": wanted}, action="reminders")
        said = _("Saved: reminders are on.") if wanted else _("Saved: reminders are off.")
        return save.done(f"{url_for('own.days')}#atgadinajumi", said)
