"""Registering a vendor, and changing what the registry knows of one."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session, select

from app.changes import Stale
from app.database import session
from app.forms import Form
from app.languages import gettext as _
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.vendor_form import (
    FIRST_STATES,
    empty,
    options,
    read_vendor,
    typed_now,
    typed_of,
    with_what_is_hidden,
)
from app.pages.organiser.vendors import one_vendor
from app.pages.organiser.words import ALIKE_BY, NEEDS
from app.pages.organiser.working import present_vendor
from app.sending import version_sent
from app.tables.slugs import unused_slug
from vendors.fields import identity
from vendors.registry.likeness import Likeness, Traits, alike
from vendors.registry.models import Vendor
from vendors.registry.queries import traits

NAMELESS = "tirgotajs"
"""The word in the address of a vendor whose name has no letters of ours."""


@blueprint.get("/jauns-tirgotajs")
def new_vendor() -> ResponseReturnValue:
    """An empty form."""
    return _page(Form(typed=empty()))


@blueprint.post("/jauns-tirgotajs")
def add_vendor() -> ResponseReturnValue:
    """Put a vendor into the registry; one who may be there already is shown first."""
    typed = typed_now()
    form = read_vendor(typed, contact_needed=True)
    if typed["state"] not in FIRST_STATES:
        form.refuse("state", _("Please choose one of these."))
    if form.errors:
        return _page(form), 422
    if found := _alike(session(), form):
        return _page(form, found=found), 422
    with office_saving() as save:
        slug = unused_slug(form.values["name"], _slugs(save.session), NAMELESS)
        values = {**form.values, "slug": slug, "state": typed["state"]}
        vendor = Vendor(**values)
        save.session.add(vendor)
        save.session.flush()
        save.vendor_id = identity(vendor)
        save.add(vendor, action="new_vendor")
        return save.done(url_for("office.vendor", slug=slug), _("The vendor is registered."))


@blueprint.get("/tirgotaji/<slug>/dati")
def edit_vendor(slug: str) -> ResponseReturnValue:
    """What the registry knows of a vendor, to be changed."""
    vendor = one_vendor(session(), slug)
    return _page(Form(typed=typed_of(vendor), version=vendor.version), vendor)


@blueprint.post("/tirgotaji/<slug>/dati")
def save_vendor(slug: str) -> ResponseReturnValue:
    """Save it; if somebody else was quicker, both are shown. The address stays as it is."""
    vendor = present_vendor(session(), slug)
    form = read_vendor(typed_now(), contact_needed=vendor.contact_person is not None)
    form.version = version_sent()
    if form.errors:
        return _page(form, vendor), 422
    if found := _alike(session(), form, vendor):
        return _page(form, vendor, found=found), 422
    try:
        with office_saving(about=identity(vendor)) as save:
            row = present_vendor(save.session, slug)
            values = with_what_is_hidden(form.values)
            save.change(row, values, action="registry", version=version_sent())
            return save.done(url_for("office.vendor", slug=slug), _("Saved."))
    except Stale as stale:
        form.version = stale.row.version
        return _page(form, stale.row, theirs=_theirs(form, stale.row)), 409


def _alike(found: Session, form: Form, vendor: Vendor | None = None) -> list[Likeness]:
    """Who may be the same vendor; nobody once it was said that it is another one.

    Of a vendor who is there already only what the form changes is asked about.
    """
    if request.form.get("anyway"):
        return []
    values = form.values
    if vendor is None:
        one = Traits("", values["name"], values["reg_no"], values["phone"])
    else:
        one = Traits(
            vendor.slug,
            values["name"] if values["name"] != vendor.name else "",
            values["reg_no"] if values["reg_no"] != vendor.reg_no else None,
            values["phone"] if values["phone"] != vendor.phone else None,
        )
    return alike(one, traits(found))


def _slugs(found: Session) -> set[str]:
    return set(found.exec(select(Vendor.slug)))


def _theirs(form: Form, vendor: Vendor) -> dict[str, str]:
    """What stands in the registry now, by field, where it differs from what was typed."""
    now = typed_of(vendor)
    return {
        name: _shown(name, value)
        for name, value in now.items()
        if _shown(name, value) != _shown(name, form.typed.get(name))
    }


def _shown(name: str, value: Any) -> str:
    words = dict(options().get(name, ()))
    if isinstance(value, list):
        yes = _("yes") if value and name not in ("needs",) else ""
        return yes or ", ".join(words[one] for one in NEEDS if one in value) or "–"
    text = "" if value is None else str(value)
    return words.get(text, text) or "–"


def _page(
    form: Form,
    vendor: Vendor | None = None,
    *,
    found: Sequence[Likeness] = (),
    theirs: dict[str, str] | None = None,
) -> str:
    return render_template(
        "organiser/vendor_form.html",
        form=form,
        vendor=vendor,
        options=options(),
        found=found,
        alike_by=ALIKE_BY,
        theirs=theirs or {},
    )
