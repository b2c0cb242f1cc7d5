"""A festival's call as the office writes it: window, words, zones; published or not; a preview."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.application_words import UNITS
from app.call_said import call_values, price_unit
from app.changes import Stale
from app.database import session
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import gettext as _
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.call_parts import PARTS
from app.pages.organiser.festivals import (
    festival_of,
    name_language,
    said_words,
    words_of,
    words_typed,
)
from app.sending import version_sent
from market.days.models import Festival
from market.festivals import queries
from market.festivals.models import Call, CallFields, CallZone
from market.places.queries import sites, zones_of
from vendors.fields import identity

WORDS = ("intro", "criteria", "practical")
PLAIN = ("opens_on", "opens_at", "closes_on", "closes_at", "lot", "answer_by")


@blueprint.get("/svetki/<festival_slug>/uzsaukums", endpoint="call_form")
def call_form(festival_slug: str) -> ResponseReturnValue:
    """The call with all its parts."""
    festival, call = call_asked(festival_slug)
    typed = _typed_of(call) if call else {}
    return _page(festival, call, Form(typed=typed, version=call.version if call else 0))


@blueprint.post("/svetki/<festival_slug>/uzsaukums", endpoint="save_call")
def save_call(festival_slug: str) -> ResponseReturnValue:
    """Keep window and words; the first time it makes the call, which nobody sees yet."""
    festival, call = call_asked(festival_slug)
    form = _read()
    form.version = version_sent()
    if form.errors:
        return _page(festival, call, form), 422
    where = url_for("office.call_form", festival_slug=festival_slug)
    try:
        with office_saving() as save:
            row = queries.call_of(save.session, identity(festival))
            if row is None:
                save.add(Call(festival_id=identity(festival), **form.values), action="call_new")
            else:
                save.change(row, form.values, action="call", version=version_sent())
            return save.done(where, _("Saved."))
    except Stale as stale:
        form.version = stale.row.version
        return _page(festival, call, form, theirs=stale.row), 409


@blueprint.post("/svetki/<festival_slug>/uzsaukums/zonas", endpoint="save_call_zones")
def save_call_zones(festival_slug: str) -> ResponseReturnValue:
    """Of which zones the call gives away the stalls."""
    _festival, call = with_call(festival_slug)
    wanted = {int(one) for one in request.form.getlist("zone") if one.isdecimal() and len(one) < 9}
    with office_saving() as save:
        known = {identity(one) for site in sites(save.session)
                 for one in zones_of(save.session, identity(site))}  # fmt: skip
        before = {identity(zone) for zone, _s in queries.zones(save.session, identity(call))}
        after = wanted & known
        for zone_id in before - after:
            row = save.session.get_one(CallZone, (identity(call), zone_id))
            save.session.delete(row)
        save.session.add_all(
            CallZone(call_id=identity(call), zone_id=zone_id) for zone_id in after - before
        )
        save.session.flush()
        save.tell(
            "call_zone", {"zones": sorted(before)}, {"zones": sorted(after)}, action="call_zones"
        )
        where = url_for("office.call_form", festival_slug=festival_slug, _anchor="zonas")
        return save.done(where, _("Saved."))


@blueprint.post("/svetki/<festival_slug>/uzsaukums/publicet", endpoint="publish_call")
def publish_call(festival_slug: str) -> ResponseReturnValue:
    """Show the call to everybody, or take it back."""
    _festival, call = with_call(festival_slug)
    shown = request.form.get("published") == "1"
    with office_saving() as save:
        row = save.session.get_one(Call, identity(call))
        lacking = _lacking(save.session, row) if shown else ""
        if lacking:
            save.session.rollback()
            return _page(_festival, call, Form(typed=_typed_of(call)), lacking=lacking), 422
        save.change(row, {"published": shown}, action="call_shown", version=version_sent())
        said = _("Everybody sees the call now.") if shown else _("Nobody sees the call any more.")
        return save.done(url_for("office.call_form", festival_slug=festival_slug), said)


@blueprint.get("/svetki/<festival_slug>/uzsaukums/skats", endpoint="call_preview")
def call_preview(festival_slug: str) -> ResponseReturnValue:
    """The call as sellers will see it."""
    festival, call = with_call(festival_slug)
    return render_template("organiser/call_preview.html", **call_values(session(), festival, call))


def call_asked(festival_slug: str) -> tuple[Festival, Call | None]:
    """The festival of an address with its call, if it has one; 404 for no festival."""
    festival = festival_of(session(), festival_slug)
    return festival, queries.call_of(session(), identity(festival))


def with_call(festival_slug: str) -> tuple[Festival, Call]:
    """The festival of an address with its call, or 404."""
    festival, call = call_asked(festival_slug)
    return festival, call or abort(404)


def _lacking(found: Session, call: Call) -> str:
    """What a call must have before anybody can read it."""
    if not queries.zones(found, identity(call)):
        return _("Please choose a zone first: there is no place to apply for.")
    if not queries.categories(found, identity(call)):
        return _("Please add a group of goods first: nobody could apply.")
    return ""


def _read() -> Form:
    typed = words_typed(*WORDS) | typed_texts(*PLAIN)
    values: dict[str, Any] = {
        name: words_of(typed, name, optional=name == "practical") for name in WORDS
    }
    values |= {name: typed[name] for name in PLAIN}
    form = name_language(read_form(CallFields, values, typed), *WORDS)
    if not form.errors:
        opens = (form.values["opens_on"], form.values["opens_at"])
        closes = (form.values["closes_on"], form.values["closes_at"])
        if closes <= opens:
            form.refuse("closes_on", _("It closes before it opens."))
    return form


def _typed_of(call: Call) -> Typed:
    typed = said_words(call, *WORDS)
    for name in PLAIN:
        value = getattr(call, name)
        typed[name] = "" if value is None else str(value)
    return typed | {name: typed[name][:5] for name in ("opens_at", "closes_at")}


def _page(
    festival: Festival,
    call: Call | None,
    form: Form,
    *,
    theirs: Call | None = None,
    lacking: str = "",
) -> str:
    found = session()
    call_id = identity(call) if call else 0
    places = [(site, zones_of(found, identity(site))) for site in sites(found)]
    return render_template(
        "organiser/call.html",
        festival=festival,
        call=call,
        form=form,
        theirs=_typed_of(theirs) if theirs else {},
        lacking=lacking,
        places=[(site, zones) for site, zones in places if zones],
        chosen={zone.id for zone, _site in queries.zones(found, call_id)},
        parts={name: part.rows(found, call_id) for name, part in PARTS.items()},
        part_words={name: part.words for name, part in PARTS.items()},
        units=UNITS,
        price_unit=price_unit,
    )
