"""Incidents of market days: noted on the spot, with a photograph, and settled with a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from werkzeug.exceptions import RequestEntityTooLarge

from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.languages import N_
from app.languages import gettext as _
from app.making import Busy, NotMade, made_anew
from app.names_of_incidents import INCIDENT_KINDS, incident_kind
from app.pages.organiser import Door, blueprint, for_helpers, office_saving
from app.pages.photographs import picture_answer
from app.pages.vendor.uploads import LARGEST_REQUEST, file_sent
from app.photographs import folder, refusal
from app.sending import Saving, version_sent, wants_json
from app.taps import Unfit, day_tapped, problem
from market.days.models import Incident, IncidentFields
from market.on_the_day.queries import incident_with_number, incidents
from market.places.models import Stall
from market.places.queries import stall_with_number
from market.standing.queries import placement_on
from vendors.fields import Text, identity
from vendors.keys.models import Person
from vendors.registry.models import Vendor
from vendors.stories import album
from vendors.stories.models import Photograph

DOOR = Door(
    "office.all_incidents",
    N_("Incidents"),
    N_("What happened on market days, and what is not settled yet"),
    group="day",
    place=5,
)

NUMBER = "<int(max=2147483647):number>"
RETRY_AFTER = {"Retry-After": "10"}
TAKE_FILES = ("office.add_incident", "office.add_incident_photograph")


@dataclass(frozen=True)
class Told:
    """An incident with all that stands around it."""

    incident: Incident
    stall: Stall | None
    vendor: Vendor | None
    noted_by: str
    settled_by: str
    picture: Photograph | None


@blueprint.before_request
def allow_photographs() -> None:
    """Only whoever has come in sends files, so this stands after the guard."""
    if request.endpoint in TAKE_FILES and request.method == "POST":
        request.max_content_length = LARGEST_REQUEST


@blueprint.get("/notikumi")
@for_helpers
def all_incidents() -> ResponseReturnValue:
    """What is open, what was settled lately, and the form for one more."""
    return _page(Form())


def _page(form: Form, of: int = 0, settling: Form | None = None) -> str:
    found = session()
    return render_template(
        "organiser/incidents.html",
        form=form,
        of=of,
        settling=settling or Form(),
        open=_told(found, incidents(found, settled=False)),
        settled=_told(found, incidents(found, settled=True, limit=20)),
        kinds=[(kind, incident_kind(kind)) for kind in INCIDENT_KINDS],
        incident_kind=incident_kind,
        today=now().date(),
        widths_made=album.widths_made,
    )


def _told(found: Session, rows: Sequence[Incident]) -> list[Told]:
    people = {row.person_id for row in rows} | {row.settled_by_id for row in rows}
    names = {key: found.get_one(Person, key).name for key in people if key}
    return [
        Told(
            row,
            found.get(Stall, row.stall_id) if row.stall_id else None,
            found.get(Vendor, row.vendor_id) if row.vendor_id else None,
            names.get(row.person_id or 0, ""),
            names.get(row.settled_by_id or 0, ""),
            picture_of(row),
        )
        for row in rows
    ]


def picture_of(row: Incident) -> Photograph | None:
    """The photograph of an incident, in the shape in which pictures are shown."""
    if not row.digest or not row.width_px:
        return None
    return Photograph(digest=row.digest, width=row.width_px, height=0, vendor_id=0, position=0)


@blueprint.post("/notikumi")
@for_helpers
def add_incident() -> ResponseReturnValue:
    """Note an incident, with or without a photograph; also from the queue of a telephone."""
    form = _typed()
    facts: dict[str, Any] | None = {}
    if not form.errors:
        facts, status = _photograph_sent(form)
        if facts is None:
            return _refused(form, status)
    if form.errors:
        return _refused(form, 422)
    try:
        with office_saving() as save:
            row = _new(save, form, facts or {})
            save.add(row, action="incident")
            said = _("Noted: %(kind)s.", kind=incident_kind(row.kind))
            where = "office.this_day" if wants_json() else "office.all_incidents"
            return save.done(url_for(where, _anchor="notikumi" if wants_json() else None), said)
    except Unfit as unfit:
        form.refuse("note", unfit.sentence)
        return _refused(form, 422)


def _typed() -> Form:
    """What was typed; the stall must be one of ours."""
    typed = typed_texts("kind", "note", "stall")
    values = {"kind": typed["kind"] or "other", "note": typed["note"], "day": now().date()}
    form = read_form(IncidentFields, values, typed=typed)
    if values["kind"] not in INCIDENT_KINDS:
        form.refuse("kind", _("Please choose one of these."))
    if typed["stall"] and stall_with_number(session(), str(typed["stall"])) is None:
        form.refuse("stall", _("There is no stall with this number."))
    return form


def _refused(form: Form, status: int) -> ResponseReturnValue:
    if wants_json():
        return problem(status, "incident", " ".join(form.errors.values()))
    headers = RETRY_AFTER if status == 503 else {}
    return _page(form), status, headers


def _photograph_sent(form: Form) -> tuple[dict[str, Any] | None, int]:
    """The facts of the photograph that was sent, empty without one; None when it is refused."""
    try:
        sent = file_sent("camera", "gallery")
    except RequestEntityTooLarge:
        form.refuse("gallery", refusal("too_large"))
        return None, 413
    if sent is None:
        return {}, 200
    try:
        with made_anew("photograph", sent) as (facts, files):
            album.put(folder(), files)
            return facts, 200
    except NotMade as not_made:
        form.refuse("gallery", refusal(not_made.reason))
        return None, 422
    except Busy:
        form.refuse("gallery", _("Many photographs arrive just now. Please send it once more."))
        return None, 503
    except OSError:
        abort(503)


def _new(save: Saving, form: Form, facts: dict[str, Any]) -> Incident:
    """The row: who, when, and who had the stall on that day."""
    day = day_tapped()
    stall = stall_with_number(save.session, str(form.typed["stall"]))
    placed = placement_on(save.session, day, identity(stall)) if stall else None
    save.vendor_id = placed.vendor_id if placed else None
    return Incident(
        day=day,
        kind=form.values["kind"],
        note=form.values["note"],
        at=save.at,
        stall_id=stall.id if stall else None,
        vendor_id=placed.vendor_id if placed else None,
        person_id=save.account.person.id if save.account.person else None,
        digest=facts.get("digest"),
        width_px=facts.get("width"),
    )


def _row(number: int) -> Incident:
    return incident_with_number(session(), number) or abort(404)


def _locked(save: Saving, number: int) -> Incident:
    return incident_with_number(save.session, number, locked=True) or abort(404)


@blueprint.post(f"/notikumi/{NUMBER}/fotografija")
@for_helpers
def add_incident_photograph(number: int) -> ResponseReturnValue:
    """Add the photograph of an incident that was noted without one."""
    _row(number)
    form = Form()
    facts, status = _photograph_sent(form)
    if facts == {}:
        form.refuse("gallery", _("Please choose a photograph."))
        status = 422
    if not facts:
        return _page(Form(), number, form), status
    with office_saving() as save:
        row = _locked(save, number)
        save.vendor_id = row.vendor_id
        values = {"digest": facts["digest"], "width_px": facts["width"]}
        save.change(row, values, action="incident_photograph")
        return save.done(_at(number), _("The photograph is kept."))


@blueprint.post(f"/notikumi/{NUMBER}/nokartots")
@for_helpers
def settle_incident(number: int) -> ResponseReturnValue:
    """Say how an incident was settled."""
    _row(number)
    form = _settled_typed()
    if form.errors:
        return _page(Form(), number, form), 422
    with office_saving() as save:
        row = _locked(save, number)
        save.vendor_id = row.vendor_id
        values = {
            "settled_at": save.at,
            "settled_note": form.values["settled_note"],
            "settled_by_id": save.account.person.id if save.account.person else None,
        }
        try:
            save.change(row, values, action="incident_settled", version=version_sent())
        except Stale as stale:
            other = stale.row.settled_note or "–"
            form.refuse("settled_note", _("Somebody else has noted: %(text)s", text=other))
            form.version = stale.row.version
            return _page(Form(), number, form), 409
        return save.done(url_for("office.all_incidents"), _("Settled."))


class _Settled(IncidentFields):
    """What is typed when an incident is settled."""

    settled_note: Text = ""


def _settled_typed() -> Form:
    typed = typed_texts("settled_note")
    form = read_form(_Settled, typed)
    if not typed["settled_note"]:
        form.refuse("settled_note", _("Please say how it was settled."))
    if len(str(typed["settled_note"])) > 1000:
        form.refuse("settled_note", _("Please shorten this to %(most)s characters.", most=1000))
    form.version = version_sent()
    return form


def _at(number: int) -> str:
    return url_for("office.all_incidents", _anchor=f"n{number}")


@blueprint.get(f"/notikumi/{NUMBER}-<int:width>.<any(webp, jpg):suffix>")
@for_helpers
def incident_photograph(number: int, width: int, suffix: str) -> Response:
    """The photograph of an incident, for the office alone."""
    found = picture_of(_row(number))
    if found is None:
        abort(404)
    return picture_answer(found, width, suffix)
