"""A guest nobody knows yet, noted in a minute at the market; the office looks at them later."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from app.forms import Form, read_form, typed_texts
from app.languages import gettext as _
from app.names import parish
from app.sending import Saving
from app.tables.slugs import slug_of
from market.places.queries import parishes
from vendors.registry.models import Vendor, VendorFields
from vendors.searching import folded

TYPED = {"new_name": "name", "goods": "office_note", "place": "other_place"}
"""The fields of the form, and the columns of the vendor in which they are kept."""

LONGEST_GOODS = 200
LONGEST_BASE = 50


def guest_typed() -> Form:
    """What was typed of a new guest: a name, what they sell, where they come from.

    The place is a parish where it is called like one. `values` are columns of the vendor.
    """
    return checked_guest(typed_texts(*TYPED))


def checked_guest(typed: Mapping[str, Any]) -> Form:
    """The same of what was typed on another page, by the names of its fields."""
    given: dict[str, Any] = {column: typed[name] or None for name, column in TYPED.items()}
    form = read_form(VendorFields, {"slug": "guest", **given}, typed=dict(typed))
    fields = {column: name for name, column in TYPED.items()}
    form.errors = {fields.get(name, name): said for name, said in form.errors.items()}
    for name, sentence in (
        ("new_name", _("Please type a name.")),
        ("goods", _("Please type what they sell.")),
        ("place", _("Please type where they come from.")),
    ):
        if not typed[name]:
            form.errors[name] = sentence
    if len(str(typed["goods"])) > LONGEST_GOODS:
        form.refuse("goods", _("Please shorten this to %(most)s characters.", most=LONGEST_GOODS))
    return form


def new_guest(save: Saving, values: dict[str, Any]) -> Vendor:
    """Add a guest who has applied; the public does not see them before the office has agreed."""
    place = values["other_place"]
    code = _parish_called(save.session, place)
    vendor = Vendor(
        slug=free_slug(save.session, values["name"]),
        name=values["name"],
        state="applied",
        standing="guest",
        parish_code=code,
        other_place=None if code else place,
        office_note=_("Sells: %(goods)s", goods=values["office_note"]),
    )
    save.add(vendor, action="guest")
    save.vendor_id = vendor.id
    return vendor


def _parish_called(session: Session, place: str) -> str | None:
    wanted = folded(place)
    found = (
        one.code
        for one in parishes(session)
        if wanted in (folded(one.name), folded(parish(one.code)))
    )
    return next(found, None)


def free_slug(session: Session, name: str) -> str:
    """The word of a new vendor in addresses, made from the name, that nobody has yet."""
    base = slug_of(name, LONGEST_BASE) or "viesis"
    like = col(Vendor.slug).startswith(base)
    taken = set(session.exec(select(Vendor.slug).where(like)))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
