"""The office's own special days: customs and fairs that the law does not know."""

from datetime import date, timedelta

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import gettext as _
from app.languages import languages
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.days import ADVICE_WORDS
from app.sending import version_sent
from market.days.models import ADVICE, SpecialDay, SpecialDayFields
from market.days.queries import special_days

AHEAD, BEHIND = timedelta(days=3 * 366), timedelta(days=31)
LONGEST_NAME = 80


@blueprint.get("/dienas/ipasas")
def own_days() -> ResponseReturnValue:
    """The special days of the next years, and a form for one more."""
    return _page(Form(typed={"advice": "fair"}))


@blueprint.post("/dienas/ipasas")
def add_own_day() -> ResponseReturnValue:
    """One more special day."""
    form = _read()
    if form.errors:
        return _page(form), 422
    with office_saving() as save:
        save.add(SpecialDay(**form.values), action="special_day")
        return save.done(url_for("office.own_days"), _("The day is written down."))


@blueprint.get("/dienas/ipasas/<int:special_number>")
def own_special_day(special_number: int) -> ResponseReturnValue:
    """One special day, to be changed or removed."""
    row = _one(session(), special_number)
    return _page(Form(typed=_typed_of(row), version=row.version), row)


@blueprint.post("/dienas/ipasas/<int:special_number>")
def change_own_day(special_number: int) -> ResponseReturnValue:
    """Change a special day; if somebody else was quicker, both are shown."""
    row, form = _one(session(), special_number), _read()
    if form.errors:
        return _page(form, row), 422
    try:
        with office_saving() as save:
            kept = _one(save.session, special_number)
            save.change(kept, form.values, action="special_day", version=version_sent())
            return save.done(url_for("office.own_days"), _("Saved."))
    except Stale as stale:
        return _page(form, stale.row, is_stale=True), 409


@blueprint.post("/dienas/ipasas/<int:special_number>/nost")
def remove_own_day(special_number: int) -> ResponseReturnValue:
    """Remove a special day; market days that were made by it stay."""
    _one(session(), special_number)
    with office_saving() as save:
        save.remove(_one(save.session, special_number), action="special_day")
        return save.done(url_for("office.own_days"), _("The day is removed."))


def _one(found: Session, number: int) -> SpecialDay:
    return found.get(SpecialDay, number) or abort(404)


def _read() -> Form:
    names = [f"name.{language}" for language in languages()]
    typed = typed_texts("day", "advice", *names)
    told = {language: typed[f"name.{language}"] for language in languages()}
    values = {"day": typed["day"], "advice": typed["advice"], "name": told}
    form = read_form(SpecialDayFields, values, typed)
    if "name" in form.errors:
        form.refuse("name.lv", form.errors.pop("name"))
    if typed["advice"] not in ADVICE:
        form.refuse("advice", _("Please choose one."))
    for name in names:
        if len(typed[name]) > LONGEST_NAME:
            form.refuse(name, _("Please shorten this."))
    return form


def _typed_of(row: SpecialDay) -> Typed:
    named = {f"name.{language}": row.name.get(language, "") for language in languages()}
    return {"day": row.day.isoformat(), "advice": row.advice, **named}


def _page(form: Form, row: SpecialDay | None = None, *, is_stale: bool = False) -> str:
    today: date = now().date()
    theirs = {}
    if row is not None and is_stale:
        theirs = {
            name: text or "–" for name, text in _typed_of(row).items() if text != form.text(name)
        }
    return render_template(
        "organiser/special_days.html",
        form=form,
        row=row,
        theirs=theirs,
        rows=special_days(session(), today - BEHIND, today + AHEAD),
        advice=[(key, _(words)) for key, words in ADVICE_WORDS.items()],
        advice_words=ADVICE_WORDS,
    )
