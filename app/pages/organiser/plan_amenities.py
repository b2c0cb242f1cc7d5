"""What is on the plan beside stalls: entrances, trees, passages, toilets, ways and the like."""

import re
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app import names
from app.changes import Stale
from app.database import session
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import gettext as _
from app.languages import languages, sort_key
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.plan_forms import FARTHEST_M, METRES, plan_address, said_metres, site_of
from app.pages.organiser.plan_writing import change_amenity, from_day, remove_amenity
from app.sending import version_sent
from market.places.models import AMENITY_KINDS, Amenity, AmenityFields, Site
from market.places.plan_periods import holds_on

MOST_POINTS = 60
LONGEST_NAME = 60


def _kinds() -> list[tuple[str, str]]:
    found = [(one, names.amenity(one)) for one in AMENITY_KINDS]
    return sorted(found, key=lambda one: sort_key(one[1]))


def _typed_of(amenity: Amenity) -> Typed:
    named = amenity.name or {}
    return {
        "kind": amenity.kind,
        "points": "\n".join(f"{said_metres(x)}; {said_metres(y)}" for x, y in amenity.points),
        **{f"name.{one}": named.get(one, "") for one in languages()},
    }


def _amenity_of(found: Session, number: int) -> Amenity:
    return found.get(Amenity, number) or abort(404)


@blueprint.get("/plans/<int:site_number>/cits")
def new_amenity(site_number: int) -> ResponseReturnValue:
    """The form of one more thing on the plan."""
    site = site_of(session(), site_number)
    middle = f"{said_metres(site.width_m / 2)}; {said_metres(site.height_m / 2)}"
    kind = request.args.get("veids", "entrance")
    typed = {"kind": kind, "points": middle, **{f"name.{one}": "" for one in languages()}}
    return _page(site, None, Form(typed=typed))


@blueprint.get("/plans/cits/<int:amenity_number>")
def plan_amenity(amenity_number: int) -> ResponseReturnValue:
    """One thing on the plan: its kind, its name, and where it is."""
    amenity = _amenity_of(session(), amenity_number)
    return _page(_site(session(), amenity), amenity, Form(typed=_typed_of(amenity)))


def _site(found: Session, amenity: Amenity) -> Site:
    return found.get_one(Site, amenity.site_id)


def _page(site: Site, amenity: Amenity | None, form: Form, theirs: Typed | None = None) -> str:
    day = from_day()
    return render_template(
        "organiser/plan_amenity.html",
        site=site,
        amenity=amenity,
        day=day,
        holds=amenity is None or holds_on(amenity, day),
        form=form,
        kinds=_kinds(),
        theirs=theirs or {},
    )


def points_typed(text: str) -> list[list[float]]:
    """Points as people type them, one a line: "13,5; 40" (right and down, in metres).

    ValueError for what is no list of points.
    """
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = re.split(r"\s*;\s*|\s+", line)
        if len(parts) != 2 or not all(METRES.fullmatch(part) for part in parts):
            raise ValueError(line)
        point = [float(part.replace(",", ".")) for part in parts]
        if max(map(abs, point)) > FARTHEST_M:
            raise ValueError(line)
        found.append(point)
    if not 1 <= len(found) <= MOST_POINTS:
        raise ValueError(text)
    return found


def _read() -> Form:
    typed = typed_texts("kind", "points", *(f"name.{one}" for one in languages()))
    name = {one: typed[f"name.{one}"] for one in languages() if typed[f"name.{one}"]}
    values: dict[str, Any] = {"name": name or None}
    form = read_form(AmenityFields, values, typed)
    if "name" in form.errors:
        form.errors["name.lv"] = form.errors.pop("name")
    for one, text in name.items():
        if len(text) > LONGEST_NAME:
            form.refuse(f"name.{one}", _("Please give a shorter name."))
    if typed["kind"] not in AMENITY_KINDS:
        form.refuse("kind", _("Please choose one."))
    form.values["kind"] = typed["kind"]
    try:
        form.values["points"] = points_typed(typed["points"])
    except ValueError:
        said = _("Please give a point a line: metres to the right; metres down. Such as 13.5; 40")
        form.refuse("points", said)
    return form


@blueprint.post("/plans/<int:site_number>/cits")
def add_amenity(site_number: int) -> ResponseReturnValue:
    """Put one more thing on the plan, from a day on."""
    site = site_of(session(), site_number)
    form = _read()
    if form.errors:
        return _page(site, None, form), 422
    with office_saving() as save:
        row = Amenity(**form.values, site_id=site_number, valid_from=from_day())
        save.add(row, action="plan_amenity")
        return save.done(plan_address(site), _("It is on the plan."))


@blueprint.post("/plans/cits/<int:amenity_number>")
def save_amenity(amenity_number: int) -> ResponseReturnValue:
    """Change it from a day on; if somebody else was quicker, both are shown."""
    amenity, day = _amenity_of(session(), amenity_number), from_day()
    site = _site(session(), amenity)
    form = _read()
    if form.errors:
        return _page(site, amenity, form), 422
    try:
        with office_saving() as save:
            row = _amenity_of(save.session, amenity_number)
            if row.version != version_sent() or not holds_on(row, day):
                raise Stale(row)
            change_amenity(save, row, form.values, day, action="plan_amenity")
            return save.done(plan_address(site), _("Saved."))
    except Stale as stale:
        theirs = _typed_of(stale.row)
        theirs = {name: text or "–" for name, text in theirs.items() if form.text(name) != text}
        return _page(site, stale.row, form, theirs), 409


@blueprint.post("/plans/cits/<int:amenity_number>/nonemt")
def remove_amenity_from_plan(amenity_number: int) -> ResponseReturnValue:
    """Take it off the plan from a day on."""
    with office_saving() as save:
        row = _amenity_of(save.session, amenity_number)
        if row.version != version_sent():
            raise Stale(row)
        site = _site(save.session, row)
        remove_amenity(save, row, from_day(), action="plan_amenity_away")
        return save.done(plan_address(site), _("It is taken off the plan."))
