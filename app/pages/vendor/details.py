"""My name and how to reach me."""

from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from app.changes import Stale
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import gettext as _
from app.pages.vendor import blueprint, own_vendor
from app.sending import saving, version_sent
from app.tables.cells import PHONE
from app.tables.complaints import REASONS, CellError
from vendors.registry.farm_place import farm_place_said, typed_farm_place
from vendors.registry.models import Vendor, VendorFields

EDITED = ("name", "phone", "email", "since", "place")
SHOWN_BY = {"phone": "show_phone", "email": "show_email", "farm_lat": "show_farm_place"}


def _typed_of(vendor: Vendor) -> Typed:
    """The fields as a form shows them."""
    values: Typed = {name: getattr(vendor, name) for name in EDITED if name != "place"}
    values["place"] = farm_place_said(vendor.farm_lat, vendor.farm_lon)
    values["phone"] = (vendor.phone or "").removeprefix("+371")
    return values


@blueprint.get("/par-mani")
def details() -> ResponseReturnValue:
    """The name that visitors read, and how the office reaches me."""
    vendor = own_vendor()
    return _page(Form(typed=_typed_of(vendor)), vendor)


@blueprint.post("/par-mani", endpoint="save_details")
def save_details() -> ResponseReturnValue:
    """Save them; if somebody else was quicker, both are shown."""
    typed = typed_texts(*EDITED)
    form = _read(typed)
    if form.errors:
        return _page(form, own_vendor()), 422
    try:
        with saving() as save:
            vendor = save.session.get(Vendor, save.account.vendor_id) or abort(404)
            save.change(vendor, _changed(form.values), action="details", version=version_sent())
            return save.done(url_for("own.details"), _("Saved."))
    except Stale as stale:
        return _page(form, stale.row, is_stale=True), 409


def _read(typed: Typed) -> Form:
    values: dict[str, Any] = {name: text for name, text in typed.items() if name != "place"}
    sentence = place = ""
    try:
        values["phone"] = PHONE.read(typed["phone"]) if typed["phone"] else ""
    except CellError:
        not_a_phone = REASONS["not_a_phone"]
        values["phone"], sentence = "", _(not_a_phone)
    try:
        values["farm_lat"], values["farm_lon"] = typed_farm_place(typed["place"]) or ("", "")
    except ValueError:
        place = _("Please copy both numbers from a map, such as 56.97012, 23.15544.")
    form = read_form(VendorFields, values, typed)
    if "farm_lat" in form.errors or "farm_lon" in form.errors:
        place = _("This place is not in Latvia. First comes the number of about 57, then about 23.")
    if place:
        form.refuse("place", place)
    if sentence:
        form.refuse("phone", sentence)
    if "email" in form.errors:
        form.errors["email"] = _("Please type your whole e-mail address, such as anna@example.lv.")
    return form


def _changed(values: dict[str, Any]) -> dict[str, Any]:
    """The values; what is no longer known is no longer shown either, should it come back."""
    hidden = {shown: False for name, shown in SHOWN_BY.items() if not values[name]}
    return {**values, **hidden}


def _page(form: Form, vendor: Vendor, *, is_stale: bool = False) -> str:
    theirs = {}
    if is_stale:
        now = _typed_of(vendor)
        theirs = {
            name: str(now[name] or "–")
            for name in EDITED
            if str(now[name] or "") != form.text(name)
        }
    return render_template("vendor/details.html", form=form, vendor=vendor, theirs=theirs)
