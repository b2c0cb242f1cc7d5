"""Venues at the desk: halls, squares and stages where events take place."""

import json
import zlib
from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app import names
from app.changes import Stale
from app.database import session
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import gettext as _
from app.languages import in_language, languages, ngettext, sort_key
from app.pages.organiser import blueprint, office_saving
from app.sending import version_sent
from app.tables.slugs import slug_of
from market.places.queries import parishes
from market.programme.models import Venue, VenueFields
from market.programme.queries import (
    closures_at,
    events_at,
    parts_of,
    venue_with_slug,
    venues,
)
from vendors.fields import identity

LONGEST_NAME, LONGEST_SLUG = 120, 76
WITHOUT_VERSION = ("slug", "name", "address", "parish_code", "lat", "lon")


@blueprint.get("/programma/vietas")
def venues_page() -> ResponseReturnValue:
    """All venues, and a form for one more."""
    return _page(Form())


@blueprint.post("/programma/vietas")
def add_venue() -> ResponseReturnValue:
    """One more venue."""
    form = _read(session())
    if form.errors:
        return _page(form), 422
    with office_saving() as save:
        row = Venue(slug=_free_slug(save.session, form.values["name"]["lv"]), **form.values)
        save.add(row, action="venue_new")
        return save.done(url_for("office.venues_page"), _("The venue is written down."))


@blueprint.get("/programma/vietas/<int(max=2147483647):venue_number>")
def venue_page(venue_number: int) -> ResponseReturnValue:
    """One venue, to be corrected or removed."""
    row = session().get(Venue, venue_number) or abort(404)
    return _page(Form(typed=_typed_of(row)), row)


@blueprint.post("/programma/vietas/<int(max=2147483647):venue_number>")
def save_venue(venue_number: int) -> ResponseReturnValue:
    """Correct a venue; if somebody else was quicker, both are shown."""
    row = session().get(Venue, venue_number) or abort(404)
    form = _read(session(), row)
    if form.errors:
        return _page(form, row), 422
    try:
        with office_saving() as save:
            kept = save.session.get(Venue, venue_number, with_for_update=True) or abort(404)
            if version_sent() != print_of(kept):
                raise Stale(kept)
            save.change(kept, form.values, action="venue")
            return save.done(url_for("office.venues_page"), _("Saved."))
    except Stale:
        session().expire_all()
        row = session().get(Venue, venue_number) or abort(404)
        return _page(form, row, is_stale=True), 409


@blueprint.post("/programma/vietas/<int(max=2147483647):venue_number>/nonemt")
def remove_venue(venue_number: int) -> ResponseReturnValue:
    """Take a venue away at which nothing is, was or is closed."""
    row = session().get(Venue, venue_number) or abort(404)
    with office_saving() as save:
        kept = save.session.get(Venue, venue_number, with_for_update=True) or abort(404)
        if refusal := _why_it_stays(save.session, venue_number):
            form = Form(typed=_typed_of(row))
            form.refuse("remove", refusal)
            return _page(form, row), 409
        save.remove(kept, action="venue_away")
        return save.done(url_for("office.venues_page"), _("The venue was removed."))


def print_of(row: Venue) -> int:
    """A number that changes with every change of a venue, which has no version of its own."""
    told = json.dumps([getattr(row, name) for name in WITHOUT_VERSION], sort_keys=True)
    return zlib.crc32(told.encode()) % 10**9


def _why_it_stays(found: Session, venue_number: int) -> str:
    held, closed = events_at(found, venue_number), closures_at(found, venue_number)
    if held:
        return ngettext(
            "This venue cannot be removed: %(num)s event of the programme is held there. "
            "Give the event another venue first.",
            "This venue cannot be removed: %(num)s events of the programme are held there. "
            "Give the events another venue first.",
            held,
        )
    if closed:
        return _("This venue cannot be removed: a closed street names it.")
    return ""


def _read(found: Session, row: Venue | None = None) -> Form:
    told = [f"name.{language}" for language in languages()]
    typed = typed_texts("address", "parish_code", "place", *told)
    values: dict[str, Any] = {
        "name": {language: typed[f"name.{language}"] for language in languages()},
        "address": typed["address"],
        "parish_code": typed["parish_code"],
        "lat": "",
        "lon": "",
    }
    parts = typed["place"].replace(";", ",").split(",") if typed["place"] else []
    if len(parts) == 2:
        values |= {"lat": parts[0].strip(), "lon": parts[1].strip()}
    if row is not None and typed["place"] == _place_of(row):
        values |= {"lat": row.lat, "lon": row.lon}
    form = read_form(VenueFields, values, typed)
    wrong = [name for name in ("lat", "lon") if form.errors.pop(name, None)]
    if wrong or len(parts) not in (0, 2) or (parts and not all(map(str.strip, parts))):
        form.refuse("place", _("Please copy both numbers from a map, such as 56.97012, 23.15544."))
    if "name" in form.errors:
        form.refuse("name.lv", form.errors.pop("name"))
    for name in told:
        if len(typed[name]) > LONGEST_NAME:
            form.refuse(name, _("Please shorten this."))
    if typed["parish_code"] and typed["parish_code"] not in {one.code for one in parishes(found)}:
        form.refuse("parish_code", _("Please choose one."))
    return form


def _free_slug(found: Session, name: str) -> str:
    slug = slug_of(name, LONGEST_SLUG) or "vieta"
    free, number = slug, 2
    while venue_with_slug(found, free) is not None:
        free, number = f"{slug}-{number}", number + 1
    return free


def _place_of(row: Venue) -> str:
    return "" if row.lat is None or row.lon is None else f"{row.lat:.7g}, {row.lon:.7g}"


def _typed_of(row: Venue) -> Typed:
    told = {f"name.{language}": row.name.get(language, "") for language in languages()}
    parish = row.parish_code or ""
    return {**told, "address": row.address or "", "parish_code": parish, "place": _place_of(row)}


def _page(form: Form, row: Venue | None = None, *, is_stale: bool = False) -> str:
    found = session()
    theirs = {}
    if row is not None and is_stale:
        kept = _typed_of(row)
        theirs = {name: kept[name] or "–" for name in kept if kept[name] != form.typed.get(name)}
        if "parish_code" in theirs and row.parish_code:
            theirs["parish_code"] = names.parish(row.parish_code)
    known = [(one.code, names.parish(one.code)) for one in parishes(found)]
    return render_template(
        "organiser/programme_venues.html",
        form=form,
        row=row,
        version=print_of(row) if row else None,
        theirs=theirs,
        venues=sorted(venues(found), key=lambda one: sort_key(in_language(one.name).text)),
        held=events_at(found, identity(row)) if row else 0,
        parts=parts_of(found, identity(row)) if row else [],
        parishes=[("", _("no parish")), *sorted(known, key=lambda one: sort_key(one[1]))],
    )
