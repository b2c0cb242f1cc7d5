"""My data and privacy: what visitors see of me, each by its own switch."""

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.languages import N_
from app.languages import gettext as _
from app.pages.vendor import blueprint, only_as_wished, own_vendor
from app.sending import saving
from vendors.registry.models import Vendor


@dataclass(frozen=True)
class Switch:
    """Something that visitors see only when the vendor wishes it."""

    key: str
    column: str
    name: str
    is_on: bool
    is_known: bool


SWITCHES = {
    "talrunis": ("show_phone", N_("My telephone")),
    "epasts": ("show_email", N_("My e-mail")),
    "vieta": ("show_farm_place", N_("The exact place of my farm")),
}


def switches_of(vendor: Vendor) -> list[Switch]:
    """The three switches as they stand."""
    known = {
        "talrunis": vendor.phone is not None,
        "epasts": vendor.email is not None,
        "vieta": vendor.farm_lat is not None and vendor.farm_lon is not None,
    }
    return [
        Switch(key, column, name, bool(getattr(vendor, column)), known[key])
        for key, (column, name) in SWITCHES.items()
    ]


@blueprint.get("/mani-dati")
def privacy() -> ResponseReturnValue:
    """What visitors see of me and what not, taking my data with me, leaving."""
    vendor = own_vendor()
    return render_template("vendor/privacy.html", vendor=vendor, switches=switches_of(vendor))


@blueprint.post("/mani-dati/<key>", endpoint="show")
@only_as_wished
def show(key: str) -> ResponseReturnValue:
    """Turn one switch; the others stay as they are."""
    if key not in SWITCHES or request.form.get("shown") not in ("0", "1"):
        abort(404)
    column, _name = SWITCHES[key]
    is_on = request.form["shown"] == "1"
    with saving() as save:
        vendor = save.session.get(Vendor, save.account.vendor_id) or abort(404)
        save.change(vendor, {column: is_on}, action="shown" if is_on else "hidden")
        said = _("Visitors see it now.") if is_on else _("Visitors do not see it any more.")
        return save.done(f"{url_for('own.privacy')}#{key}", said)
