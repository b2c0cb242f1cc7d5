"""Forms of the plan editor: lengths as people type them, and what a stall can be asked."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import abort, request, url_for
from sqlmodel import Session, SQLModel

from app import names
from app.forms import Form, Typed, is_ticked, read_form, typed_texts
from app.languages import LATVIAN, current_language, sort_key
from app.languages import gettext as _
from app.pages.organiser.plan_writing import from_day
from market.places.layout import NUMBER
from market.places.models import STALL_KINDS, Site, Stall, StallOnPlan, StallOnPlanFields, Zone
from market.places.queries import zones_of
from vendors.listings.kinds import CATEGORIES

METRES = re.compile(r"-?\d{1,4}(?:[.,]\d{1,3})?")
LENGTHS = ("x_m", "y_m", "width_m", "depth_m", "angle_deg", "power_kw")
TEXTS = ("row", "position", "kind")
FLAGS = ("water", "roof", "cooling", "vehicle")
FARTHEST_M = 2100
"""A stall may be put down beside the plan for a while, not somewhere else on earth."""


def said_metres(value: float | None) -> str:
    """A length as a field shows it: "2,5" in Latvian."""
    if value is None:
        return ""
    text = f"{round(value, 2):.10g}"
    return text.replace(".", ",") if current_language() == LATVIAN else text


def read_numbers(
    fields: type[SQLModel], typed: Typed, numbers: Iterable[str], others: Typed | None = None
) -> Form:
    """Check what was typed; `numbers` may have a comma, and nobody types "nan" or "1e9"."""
    values: dict[str, Any] = dict(others or {})
    wrong = []
    for name in numbers:
        text = str(typed[name]).replace(" ", "").replace("\u2212", "-")
        if text and not METRES.fullmatch(text):
            wrong.append(name)
        values[name] = "" if name in wrong else text.replace(",", ".")
    form = read_form(fields, values, {**values, **typed})
    for name in wrong:
        form.errors[name] = _("Please give a number, such as 2.5.")
    for name in ("x_m", "y_m"):
        if abs(form.values.get(name) or 0) > FARTHEST_M:
            form.refuse(name, _("This is far from the plan. Please look at the metres."))
    return form


def typed_metres(form: Form, name: str, otherwise: float | None = None) -> float:
    """One length that no table keeps; what does not fit is said in the form."""
    text = str(form.typed.get(name, "")).strip().replace("\u2212", "-")
    if not text and otherwise is not None:
        return otherwise
    if not METRES.fullmatch(text):
        form.refuse(name, _("Please give a number, such as 2.5."))
        return 0.0
    return float(text.replace(",", "."))


def typed_of_spot(spot: StallOnPlan, number: str) -> Typed:
    """A stall as its form shows it."""
    typed: Typed = {name: said_metres(getattr(spot, name)) for name in LENGTHS}
    typed |= {name: str(getattr(spot, name)) for name in TEXTS}
    typed |= {name: "1" if getattr(spot, name) else "" for name in FLAGS}
    return {
        **typed,
        "number": number,
        "zone": str(spot.zone_id),
        "reserved_for": list(spot.reserved_for),
    }


def typed_spot() -> Typed:
    """What was typed into the form of a stall."""
    typed = typed_texts(*LENGTHS, *TEXTS, "number", "zone")
    typed |= {name: "1" if is_ticked(name) else "" for name in FLAGS}
    typed["reserved_for"] = [one for one in request.form.getlist("reserved_for") if one]
    return typed


def read_spot(typed: Typed, zones: Sequence[Zone]) -> Form:
    """Check a stall as it was typed; the zone is one of this site."""
    others = {name: typed[name] for name in TEXTS}
    others |= {name: bool(typed[name]) for name in FLAGS}
    others["reserved_for"] = [one for one in typed["reserved_for"] if one in CATEGORIES]
    form = read_numbers(StallOnPlanFields, typed, LENGTHS, others)
    form.typed = typed
    if typed["kind"] not in STALL_KINDS:
        form.refuse("kind", _("Please choose one."))
    zone = next((one for one in zones if str(one.id) == typed["zone"]), None)
    if zone is None:
        form.refuse("zone", _("Please choose one."))
    elif not form.errors:
        form.values["zone_id"] = zone.id
    if not NUMBER.fullmatch(str(typed["number"]).upper()):
        form.refuse("number", _("A number has up to three letters and three digits, such as A12."))
    return form


def kinds_of_stalls() -> list[tuple[str, str]]:
    """What a stall can be, to choose from."""
    return [(one, names.stall_kind(one)) for one in STALL_KINDS]


def categories() -> list[tuple[str, str]]:
    """Categories of goods, to tick, by the alphabet."""
    found = [(one, names.category(one)) for one in CATEGORIES]
    return sorted(found, key=lambda one: sort_key(one[1]))


def site_of(found: Session, number: int) -> Site:
    """The site of an address, or 404."""
    return found.get(Site, number) or abort(404)


def zone_of(found: Session, number: int) -> Zone:
    """The zone of an address, or 404."""
    return found.get(Zone, number) or abort(404)


def stall_of(found: Session, number: int) -> Stall:
    """The stall of an address, or 404."""
    return found.get(Stall, number) or abort(404)


def zone_choices(found: Session, site_id: int) -> list[tuple[int | None, str]]:
    """The zones of a site, to choose from."""
    return [(one.id, f"{one.code} · {one.name[LATVIAN]}") for one in zones_of(found, site_id)]


def plan_address(site: Site, day: date | None = None) -> str:
    """The plan of a site, from the day that is being worked on."""
    shown = day or from_day()
    return url_for("office.plan", laukums=site.slug, no=shown.isoformat())
