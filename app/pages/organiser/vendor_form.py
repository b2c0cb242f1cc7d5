"""The form of one vendor at the office: its fields, what may be chosen, how typed is read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request

from app import names
from app.forms import Form, Typed, is_ticked, read_form, typed_texts
from app.languages import N_, gettext, number, sort_key
from app.languages import gettext as _
from app.pages.organiser.words import NEEDS
from app.tables.cells import DAY
from app.tables.complaints import CellError
from app.tables.words import TENTS
from app.tables.words import VENDOR_CLASSES as CLASSES
from market.places.parishes import OUTLINE
from vendors.registry.checks import half_a_certificate
from vendors.registry.farm_place import farm_place_said, typed_farm_place
from vendors.registry.models import Vendor, VendorFields
from vendors.registry.numbers import (
    Odd,
    says_vat,
    typed_phone,
    typed_postcode,
    typed_reg_no,
    vat_no_of,
    with_latvian_quotes,
)

TEXTS = (
    "name",
    "legal_name",
    "contact_person",
    "email",
    "other_place",
    "farm_address",
    "since",
    "pvd_no",
    "bio_cert_no",
    "office_note",
)
NUMBERS = {"reg_no": typed_reg_no, "phone": typed_phone, "postcode": typed_postcode}
METRES = ("needs_power_kw", "needs_width_m", "needs_depth_m")
CHOSEN = ("kind", "standing", "parish_code", "tent")
FLAGS = ("pays_vat", "is_social")
FIRST_STATES = {
    "applied": N_("Has applied: visitors do not see the vendor yet"),
    "approved": N_("Sells at the market: visitors see the vendor at once"),
}
SHOWN_BY = {"phone": "show_phone", "email": "show_email", "farm_lat": "show_farm_place"}

SENTENCES = {
    "personal_code": N_("This looks like a personal code; it must not be written here."),
    "not_a_reg_no": N_("A registration number has eleven digits and begins with 4 to 9."),
    "wrong_check": N_(
        "One of the eleven digits is not right. Please compare them with the document."
    ),
    "not_a_phone": N_(
        "Please give the eight digits of a Latvian number; it begins with 2, a landline with 6."
    ),
    "free_number": N_("A number that begins with 80 cannot be used. Please ask for another one."),
    "not_a_postcode": N_("A postcode is LV and four digits, such as LV-3101."),
}


def typed_of(vendor: Vendor) -> Typed:
    """The fields of a vendor as the form shows them."""
    typed: Typed = {name: getattr(vendor, name) for name in (*TEXTS, *NUMBERS, *CHOSEN)}
    typed["phone"] = (vendor.phone or "").removeprefix("+371")
    typed["place"] = farm_place_said(vendor.farm_lat, vendor.farm_lon)
    typed["bio_valid_to"] = vendor.bio_valid_to.isoformat() if vendor.bio_valid_to else ""
    for name in METRES:
        value = getattr(vendor, name)
        typed[name] = "" if value is None else number(value)
    typed["needs"] = [name for name in NEEDS if getattr(vendor, name)]
    typed["pays_vat"] = ["1"] if vendor.vat_no else []
    typed["is_social"] = ["1"] if vendor.is_social else []
    return typed


def empty() -> Typed:
    """The fields of a vendor who is not there yet."""
    fields = VendorFields.model_construct(slug="", name="")
    return typed_of(Vendor(**fields.model_dump())) | {"state": "applied"}


def typed_now() -> Typed:
    """What was typed into the form of this request."""
    typed = typed_texts(*TEXTS, *NUMBERS, *CHOSEN, *METRES, "place", "bio_valid_to", "state")
    typed["needs"] = [name for name in request.form.getlist("needs") if name in NEEDS]
    return typed | {name: ["1"] if is_ticked(name) else [] for name in FLAGS}


def read_vendor(typed: Typed, *, contact_needed: bool) -> Form:
    """The form of a vendor: its values for the columns, or a sentence for each wrong field."""
    values, odd = _values(typed)
    form = read_form(VendorFields, values, typed)
    if "farm_lat" in form.errors or "farm_lon" in form.errors:
        odd.setdefault(
            "place",
            _("This place is not in Latvia. First comes the number of about 57, then about 23."),
        )
    for name, sentence in odd.items():
        form.errors[name] = sentence
    if "email" in form.errors:
        form.errors["email"] = _("Please type the whole e-mail address, such as anna@example.lv.")
    _refuse_what_does_not_fit(form, contact_needed)
    form.errors.pop("farm_lat", None)
    form.errors.pop("farm_lon", None)
    return form


def _values(typed: Typed) -> tuple[dict[str, Any], dict[str, str]]:
    """The values by column, and a sentence for each field that could not be read at all."""
    values: dict[str, Any] = {name: typed[name] for name in TEXTS}
    values["name"] = with_latvian_quotes(typed["name"])
    values |= {name: name in typed["needs"] for name in NEEDS}
    values |= {name: typed[name].replace(",", ".") for name in METRES}
    values |= {name: typed[name] for name in CHOSEN}
    values["is_social"] = bool(typed["is_social"])
    odd: dict[str, str] = {}
    for name, read in NUMBERS.items():
        try:
            values[name] = read(typed[name]) if typed[name] else ""
        except Odd as error:
            odd[name] = gettext(SENTENCES[error.reason])
            values[name] = ""
    pays = bool(typed["pays_vat"]) or says_vat(typed["reg_no"])
    values["vat_no"] = vat_no_of(values["reg_no"]) if pays and values["reg_no"] else ""
    try:
        values["farm_lat"], values["farm_lon"] = typed_farm_place(typed["place"]) or ("", "")
    except ValueError:
        odd["place"] = _("Please copy both numbers from a map, such as 56.97012, 23.15544.")
    try:
        values["bio_valid_to"] = _day(typed["bio_valid_to"])
    except CellError:
        odd["bio_valid_to"] = _("Please give a day.")
    return values, odd


def _day(typed: str) -> date | None:
    return DAY.read(typed) if typed else None


def _refuse_what_does_not_fit(form: Form, contact_needed: bool) -> None:
    """What the columns by themselves do not know: choices, and fields that belong together."""
    for name, known in allowed().items():
        if form.text(name) not in known:
            form.refuse(name, _("Please choose one of these."))
    if not form.text("parish_code") and not form.text("other_place"):
        form.refuse("parish_code", _("Please choose the parish, or write the other place below."))
    if form.text("parish_code") and form.text("other_place"):
        form.refuse("other_place", _("Please leave this empty where a parish is chosen above."))
    if contact_needed and not form.text("contact_person"):
        form.refuse("contact_person", _("Please say with whom the office speaks."))
    missing = half_a_certificate(form.text("bio_cert_no"), form.values.get("bio_valid_to"))
    if missing and not form.errors:
        form.refuse(missing, _("Please fill in both, the number and the last day, or neither."))
    if form.typed["pays_vat"] and not form.text("reg_no"):
        form.refuse("reg_no", _("Please give the number, or take away the tick of VAT below."))
    lat, lon = form.values.get("farm_lat"), form.values.get("farm_lon")
    if lat and lon and form.text("parish_code") and not in_novads(lat, lon):
        form.refuse("place", _("This place is not in Tukums novads, but the parish above is."))


def in_novads(lat: float, lon: float) -> bool:
    """Whether a place lies about where the novads does; its outline is not exact."""
    return all(
        min(along) - 0.02 <= value <= max(along) + 0.02
        for value, along in ((lon, [at[0] for at in OUTLINE]), (lat, [at[1] for at in OUTLINE]))
    )


def allowed() -> Mapping[str, tuple[str, ...]]:
    """The keys that may be chosen, by field."""
    return {
        "kind": tuple(names.VENDOR_KINDS),
        "standing": tuple(CLASSES),
        "parish_code": ("", *names.PARISHES),
        "tent": tuple(TENTS),
    }


def options() -> dict[str, list[tuple[str, str]]]:
    """What may be chosen, by field, in words; parishes by the alphabet, towns first."""
    towns = [code for code in names.PARISHES if code < "00514"]
    parishes = sorted(
        (code for code in names.PARISHES if code not in towns),
        key=lambda code: sort_key(names.parish(code)),
    )
    return {
        "kind": [(key, gettext(words)) for key, words in names.VENDOR_KINDS.items()],
        "standing": [(key, gettext(words)) for key, words in CLASSES.items()],
        "parish_code": [
            ("", _("Another place, outside the novads")),
            *((code, names.parish(code)) for code in (*towns, *parishes)),
        ],
        "tent": [(key, gettext(words)) for key, words in TENTS.items()],
        "needs": [(key, gettext(words)) for key, words in NEEDS.items()],
        "state": [(key, gettext(words)) for key, words in FIRST_STATES.items()],
    }


def with_what_is_hidden(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values; what is no longer known is no longer shown either, should it come back."""
    hidden = {shown: False for name, shown in SHOWN_BY.items() if not values[name]}
    return {**values, **hidden}
