"""Where a vendor stands with the market: the state, and the place in the order of seniority."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Field, SQLModel

from app.changes import Stale
from app.clock import local
from app.database import session
from app.forms import Form, is_ticked, read_form, typed_texts
from app.languages import gettext as _
from app.languages import ngettext, short_day
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.vendors import one_vendor
from app.pages.organiser.words import BECAME
from app.pages.organiser.working import present_vendor
from app.placing import lock_days, release
from app.sending import Saving, version_sent
from market.standing.queries import stalls_from
from vendors.fields import STRICT, Text, identity
from vendors.keys.queries import end_phones
from vendors.registry.models import VendorFields
from vendors.registry.states import ends_telephones, is_allowed, leaves_stalls

NAMED = 4
"""So many released stalls are named, the others counted."""


class Reason(SQLModel):
    """Why something was done."""

    model_config = STRICT

    reason: Text = Field(min_length=3, max_length=400)


@blueprint.post("/tirgotaji/<slug>/stavoklis")
def change_state(slug: str) -> ResponseReturnValue:
    """Approve, pause, archive or bring back; the stalls that become free are named."""
    after = request.form.get("state", "")
    before = one_vendor(session(), slug).state
    if before == "archived" and not is_allowed(before, after):
        abort(403)
    with office_saving() as save:
        vendor = one_vendor(save.session, slug)
        if not is_allowed(vendor.state, after):
            abort(422)
        vendor_id = identity(vendor)
        save.vendor_id = vendor_id
        save.change(vendor, {"state": after}, action=f"became_{after}", version=version_sent())
        released: list[str] = []
        if leaves_stalls(after):
            released = _release_from(save, vendor_id, _first_day(save))
        if ends_telephones(after):
            end_phones(save.session, save.at, vendor_id=vendor_id)
        said = f"{_(BECAME[after])} {_named(released)}".strip()
        return save.done(url_for("office.vendor", slug=slug), said)


def _first_day(save: Saving) -> date:
    """From which day on stalls become free: today too where that was ticked."""
    today = local(save.at).date()
    return today if is_ticked("today") else today + timedelta(days=1)


def _release_from(save: Saving, vendor_id: int, first: date) -> list[str]:
    """Release the vendor's placements from a day on; returns them in words, day by day."""
    words = []
    lock_days(
        save.session, [one.day for one, _stall in stalls_from(save.session, vendor_id, first)]
    )
    save.session.expire_all()
    for placement, stall in stalls_from(save.session, vendor_id, first):
        words.append(f"{short_day(placement.day)} ({stall.number})")
        release(save, placement)
    return words


def _named(released: Sequence[str]) -> str:
    if not released:
        return ""
    words = ", ".join(released[:NAMED])
    more = len(released) - NAMED
    if more <= 0:
        return _("Free again: %(stalls)s.", stalls=words)
    return ngettext(
        "Free again: %(stalls)s and on %(num)s more day.",
        "Free again: %(stalls)s and on %(num)s more days.",
        more,
        stalls=words,
    )


@blueprint.get("/tirgotaji/<slug>/kartas-numurs")
def seniority(slug: str) -> ResponseReturnValue:
    """The vendor's number in the order of seniority, to be changed with a reason."""
    vendor = one_vendor(session(), slug)
    form = Form(typed={"seniority": vendor.seniority}, version=vendor.version)
    return _seniority_page(slug, form)


@blueprint.post("/tirgotaji/<slug>/kartas-numurs")
def change_seniority(slug: str) -> ResponseReturnValue:
    """Write the number, and why it changed."""
    vendor = present_vendor(session(), slug)
    typed = typed_texts("seniority", "reason")
    form = read_form(VendorFields, {"seniority": typed["seniority"]}, typed)
    why = read_form(Reason, {"reason": typed["reason"]})
    form.errors |= why.errors
    form.version = version_sent()
    if not typed["seniority"]:
        form.refuse("seniority", _("Please give a whole number."))
    if "reason" in form.errors and len(typed["reason"]) < 3:
        form.errors["reason"] = _("Please say why; it is kept in the log.")
    if form.errors:
        return _seniority_page(slug, form), 422
    try:
        with office_saving(about=identity(vendor)) as save:
            save.reason = why.values["reason"]
            row = present_vendor(save.session, slug)
            save.change(row, form.values, action="seniority", version=version_sent())
            return save.done(url_for("office.vendor", slug=slug), _("The number is changed."))
    except Stale as stale:
        form.version = stale.row.version
        said = _("Meanwhile somebody else wrote here: %(words)s", words=stale.row.seniority)
        form.refuse("seniority", said)
        return _seniority_page(slug, form), 409


def _seniority_page(slug: str, form: Form) -> str:
    return render_template(
        "organiser/seniority.html", vendor=one_vendor(session(), slug), form=form
    )
