"""Closed streets at the desk: which, when, and which rows of stalls stand in them."""

from datetime import timedelta

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import gettext as _
from app.languages import in_language, languages, sort_key
from app.names_of_clashes import row_said
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.programme_form import EARLIEST, LATEST, ROW
from app.sending import version_sent
from market.programme.models import ClosureFields, StreetClosure
from market.programme.queries import closures_between, rows_on, venues, zone_names
from vendors.fields import identity

BEHIND, AHEAD = timedelta(days=60), timedelta(days=3 * 366)
LONGEST = {"name": 120, "words": 400}
TIMES = ("first_day", "last_day", "starts", "ends")


@blueprint.get("/programma/slegumi")
def closures() -> ResponseReturnValue:
    """Closed streets of the last weeks and those to come, and a form for one more."""
    day = now().date().isoformat()
    return _page(Form(typed={"first_day": day, "last_day": day}))


@blueprint.post("/programma/slegumi")
def add_closure() -> ResponseReturnValue:
    """One more closed street."""
    form = _read(session())
    if form.errors:
        return _page(form), 422
    with office_saving() as save:
        save.add(StreetClosure(**form.values), action="closure_new")
        return save.done(url_for("office.closures"), _("The closure is written down."))


@blueprint.get("/programma/slegumi/<int(max=2147483647):closure_number>")
def closure(closure_number: int) -> ResponseReturnValue:
    """One closure, to be changed or removed."""
    row = session().get(StreetClosure, closure_number) or abort(404)
    return _page(Form(typed=_typed_of(session(), row)), row)


@blueprint.post("/programma/slegumi/<int(max=2147483647):closure_number>")
def save_closure(closure_number: int) -> ResponseReturnValue:
    """Change a closure; if somebody else was quicker, both are shown."""
    row = session().get(StreetClosure, closure_number) or abort(404)
    form = _read(session())
    if form.errors:
        return _page(form, row), 422
    try:
        with office_saving() as save:
            kept = save.session.get(StreetClosure, closure_number) or abort(404)
            save.change(kept, form.values, action="closure", version=version_sent())
            return save.done(url_for("office.closures"), _("Saved."))
    except Stale:
        session().expire_all()
        row = session().get(StreetClosure, closure_number) or abort(404)
        return _page(form, row, is_stale=True), 409


@blueprint.post("/programma/slegumi/<int(max=2147483647):closure_number>/nonemt")
def remove_closure(closure_number: int) -> ResponseReturnValue:
    """Take a closure away."""
    with office_saving() as save:
        row = save.session.get(StreetClosure, closure_number) or abort(404)
        save.remove(row, action="closure_away")
        return save.done(url_for("office.closures"), _("The closure was removed."))


def _read(found: Session) -> Form:
    told = [f"{name}.{language}" for name in LONGEST for language in languages()]
    typed = typed_texts(*TIMES, "venue", *told)
    typed["rows"] = request.form.getlist("rows")
    words = {language: typed[f"words.{language}"] for language in languages()}
    values = {
        **{name: typed[name] for name in TIMES},
        "name": {language: typed[f"name.{language}"] for language in languages()},
        "words": words if any(words.values()) else None,
        "rows": sorted(set(typed["rows"])),
    }
    form = read_form(ClosureFields, values, typed)
    for name, longest in LONGEST.items():
        if name in form.errors:
            form.refuse(f"{name}.lv", form.errors.pop(name))
        for language in languages():
            if len(typed[f"{name}.{language}"]) > longest:
                form.refuse(f"{name}.{language}", _("Please shorten this."))
    known = {one.slug: identity(one) for one in venues(found)}
    if typed["venue"] and typed["venue"] not in known:
        form.refuse("venue", _("Please choose one."))
    if any(not ROW.fullmatch(row) for row in typed["rows"]):
        form.refuse("rows", _("Please choose one."))
    form.values["venue_id"] = known.get(typed["venue"])
    if not form.errors:
        _look_at_days(form)
    return form


def _look_at_days(form: Form) -> None:
    first, last = form.values["first_day"], form.values["last_day"]
    for name, day in (("first_day", first), ("last_day", last)):
        if not EARLIEST <= day <= LATEST:
            form.refuse(name, _("Please give a day of our time."))
    if last < first:
        form.refuse("last_day", _("The last day cannot be before the first one."))


def _typed_of(found: Session, row: StreetClosure) -> Typed:
    slugs = {one.id: one.slug for one in venues(found)}
    typed: Typed = {
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "starts": f"{row.starts:%H:%M}",
        "ends": f"{row.ends:%H:%M}",
        "venue": slugs.get(row.venue_id, ""),
        "rows": list(row.rows),
    }
    for name in LONGEST:
        told = getattr(row, name) or {}
        typed |= {f"{name}.{language}": told.get(language, "") for language in languages()}
    return typed


def _page(form: Form, row: StreetClosure | None = None, *, is_stale: bool = False) -> str:
    found, today = session(), now().date()
    zones, theirs = zone_names(found), {}
    if row is not None and is_stale:
        kept = _typed_of(found, row)
        theirs = {name: kept[name] or "–" for name in kept if kept[name] != form.typed.get(name)}
    by_name = sorted(venues(found), key=lambda one: sort_key(in_language(one.name).text))
    day = row.first_day if row else form.values.get("first_day") or today
    rows = dict.fromkeys([*rows_on(found, day), *(form.typed.get("rows") or [])])
    return render_template(
        "organiser/programme_closures.html",
        form=form,
        row=row,
        theirs=theirs,
        closures=closures_between(found, today - BEHIND, today + AHEAD),
        venues=[("", _("no venue")), *((one.slug, in_language(one.name).text) for one in by_name)],
        rows=[(name, row_said(name, zones)) for name in rows],
    )
