"""Sites and zones: what the plan is drawn of, how large it is, and how its parts are called."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from app.changes import Stale
from app.database import session
from app.forms import Form, Typed, typed_texts
from app.languages import gettext as _
from app.languages import languages
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.plan_forms import (
    plan_address,
    read_numbers,
    said_metres,
    site_of,
    zone_of,
)
from app.pages.organiser.plan_writing import from_day
from app.sending import version_sent
from app.tables.slugs import unused_slug
from market.places.models import Site, SiteFields, StallOnPlan, Zone, ZoneFields
from market.places.queries import sites
from vendors.fields import identity

SITE_LENGTHS = ("width_m", "height_m", "bearing_deg")
TUKUMS = {"lat": 56.9669, "lon": 23.1533}
"""Where a new site lies until somebody says it better: the middle of the town."""


def _names(row: Site | Zone | None = None) -> Typed:
    return {f"name.{one}": (row.name.get(one, "") if row else "") for one in languages()}


def _typed_names() -> tuple[Typed, dict[str, str]]:
    typed = typed_texts(*(f"name.{one}" for one in languages()))
    return typed, {one: typed[f"name.{one}"] for one in languages()}


@blueprint.get("/plans/jauns-laukums")
def new_site() -> ResponseReturnValue:
    """The form of one more site."""
    ordinary = {"width_m": "100", "height_m": "70", "bearing_deg": "0", "address": "", "place": ""}
    return _site_page(None, Form(typed={**ordinary, **_names()}))


@blueprint.get("/plans/<int:site_number>/laukums")
def edit_site(site_number: int) -> ResponseReturnValue:
    """A site's name and size."""
    site = site_of(session(), site_number)
    typed = {name: said_metres(getattr(site, name)) for name in SITE_LENGTHS}
    typed |= {"address": site.address or "", "place": f"{site.lat:.6g}, {site.lon:.6g}"}
    return _site_page(site, Form(typed={**typed, **_names(site)}))


def _site_page(site: Site | None, form: Form) -> str:
    return render_template("organiser/plan_site.html", site=site, form=form, day=from_day())


def _read_site() -> Form:
    typed = typed_texts(*SITE_LENGTHS, "address", "place")
    named, name = _typed_names()
    typed |= named
    others: dict[str, Any] = {"name": name, "address": typed["address"]}
    parts = typed["place"].replace(";", ",").split(",") if typed["place"] else []
    if len(parts) == 2:
        others |= {"lat": parts[0].strip(), "lon": parts[1].strip()}
    form = read_numbers(SiteFields, typed, SITE_LENGTHS, others)
    form.typed = typed
    _say_names(form)
    if (parts and len(parts) != 2) or {"lat", "lon"} & form.errors.keys():
        form.errors["place"] = _("Please copy both numbers from a map, such as 56.97012, 23.15544.")
    return form


def _say_names(form: Form) -> None:
    if "name" in form.errors:
        form.errors["name.lv"] = form.errors.pop("name")


@blueprint.post("/plans/jauns-laukums")
def add_site() -> ResponseReturnValue:
    """Begin the plan of one more site."""
    form = _read_site()
    if form.errors:
        return _site_page(None, form), 422
    with office_saving() as save:
        known = sites(save.session)
        middle = {"lat": known[0].lat, "lon": known[0].lon} if known else TUKUMS
        name = form.values["name"]["lv"]
        slug = unused_slug(name[:36], {one.slug for one in known}, "laukums")
        site = Site(**{**middle, **form.values}, slug=slug)
        save.add(site, action="plan_site")
        return save.done(plan_address(site), _("The site is made. Add a zone, then a row."))


@blueprint.post("/plans/<int:site_number>/laukums")
def save_site(site_number: int) -> ResponseReturnValue:
    """Save a site's name and size; they hold for all days."""
    site = site_of(session(), site_number)
    form = _read_site()
    if form.errors:
        return _site_page(site, form), 422
    with office_saving() as save:
        site = site_of(save.session, site_number)
        save.change(site, form.values, action="plan_site")
        return save.done(plan_address(site), _("Saved."))


@blueprint.get("/plans/<int:site_number>/jauna-zona")
def new_zone(site_number: int) -> ResponseReturnValue:
    """The form of one more zone."""
    site = site_of(session(), site_number)
    return _zone_page(site, None, Form(typed={"code": "", "power_kw": "", **_names()}))


@blueprint.get("/plans/zona/<int:zone_number>")
def edit_zone(zone_number: int) -> ResponseReturnValue:
    """A zone's name and what its lines carry."""
    zone = zone_of(session(), zone_number)
    typed = {"code": zone.code, "power_kw": said_metres(zone.power_kw), **_names(zone)}
    return _zone_page(_site(session(), zone), zone, Form(typed=typed))


def _site(found: Session, zone: Zone) -> Site:
    return found.get_one(Site, zone.site_id)


def _zone_page(site: Site, zone: Zone | None, form: Form, theirs: Typed | None = None) -> str:
    return render_template(
        "organiser/plan_zone.html",
        site=site,
        zone=zone,
        form=form,
        day=from_day(),
        theirs=theirs or {},
        used=zone is not None and _is_used(session(), zone),
    )


def _is_used(found: Session, zone: Zone) -> bool:
    asked = select(StallOnPlan.id).where(StallOnPlan.zone_id == zone.id).limit(1)
    return found.exec(asked).first() is not None


def _read_zone() -> Form:
    typed = typed_texts("code", "power_kw")
    named, name = _typed_names()
    typed |= named
    code = typed["code"].upper()
    form = read_numbers(ZoneFields, typed, ("power_kw",), {"code": code, "name": name})
    form.typed = typed
    _say_names(form)
    if not code.isalnum() or len(code) > 8:
        form.errors["code"] = _("Please give one to eight letters or digits, such as G.")
    return form


@blueprint.post("/plans/<int:site_number>/jauna-zona")
def add_zone(site_number: int) -> ResponseReturnValue:
    """Add a zone to a site."""
    site = site_of(session(), site_number)
    form = _read_zone()
    if form.errors:
        return _zone_page(site, None, form), 422
    try:
        with office_saving() as save:
            zone = Zone(**form.values, site_id=identity(site))
            save.add(zone, action="plan_zone")
            where = url_for(
                "office.new_row", site_number=site_number, zona=zone.id, no=from_day().isoformat()
            )
            return save.done(where, _("Zone %(code)s is made. Now its first row.", code=zone.code))
    except IntegrityError:
        form.refuse("code", _("Another zone has this code."))
    return _zone_page(site_of(session(), site_number), None, form), 422


@blueprint.post("/plans/zona/<int:zone_number>")
def save_zone(zone_number: int) -> ResponseReturnValue:
    """Save a zone; if somebody else was quicker, both are shown."""
    zone = zone_of(session(), zone_number)
    site = _site(session(), zone)
    form = _read_zone()
    if form.errors:
        return _zone_page(site, zone, form), 422
    try:
        with office_saving() as save:
            row = zone_of(save.session, zone_number)
            save.change(row, form.values, action="plan_zone", version=version_sent())
            return save.done(plan_address(site), _("Saved."))
    except IntegrityError:
        form.refuse("code", _("Another zone has this code."))
        return _zone_page(site, zone, form), 422
    except Stale as stale:
        now = stale.row
        theirs = {"code": now.code, "power_kw": said_metres(now.power_kw) or "–", **_names(now)}
        differing = {name: text for name, text in theirs.items() if form.text(name) != text}
        return _zone_page(site, now, form, differing), 409


@blueprint.post("/plans/zona/<int:zone_number>/nonemt")
def remove_zone(zone_number: int) -> ResponseReturnValue:
    """Take away a zone in which no stall ever stood."""
    with office_saving() as save:
        zone = zone_of(save.session, zone_number)
        site = _site(save.session, zone)
        if _is_used(save.session, zone):
            raise Stale(zone)
        save.remove(zone, action="plan_zone_away")
        return save.done(plan_address(site), _("The zone is taken away."))
