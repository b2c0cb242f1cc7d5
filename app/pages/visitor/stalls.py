"""The stalls of a day: the list with the way in words, and the plan in its frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app import names
from app.clock import now
from app.closures import Closure, closures, why_said
from app.database import session
from app.kept_pages import keep
from app.languages import current_language, in_language, pgettext, sort_key
from app.languages import gettext as _
from app.pages.visitor import blueprint
from app.security import digest_source, policy
from app.url_types import day_asked
from market.days.hours import Cancelled, Open, hours_on
from market.days.queries import exceptions, presences_on, sellers_on, weekly_hours
from market.places.models import Amenity, Site, Stall, StallOnPlan, Zone
from market.places.plan_drawing import DrawnAmenity, DrawnStall, plan_svg
from market.places.queries import amenities_of, moves_on, plan_of, sites
from market.places.stall_map import Mark, Plan, draw_plan, inline_parts
from market.places.way import Way, ways
from market.planning.closure_queries import shut_on
from vendors.fields import identity
from vendors.listings.kinds import CATEGORIES
from vendors.registry.models import Vendor
from vendors.registry.queries import goods_of


@dataclass(frozen=True)
class Line:
    """A stall on a day: where it is, and who has it."""

    stall: Stall
    spot: StallOnPlan
    zone: Zone
    vendor: Vendor | None
    presence: str
    categories: frozenset[str]
    way: Way | None
    fits: bool
    closed: str = ""


@dataclass(frozen=True)
class SiteOnDay:
    """A site on a day: what the list and the plan both show."""

    site: Site
    day: date
    hours: Open | Cancelled | None
    category: str
    lines: list[Line]
    amenities: Sequence[Amenity]


@blueprint.get("/karte")
def stalls() -> ResponseReturnValue:
    """The full list of the stalls of a day, beside the plan of the same stalls."""
    asked = _asked()
    found = session()
    page = render_template(
        "visitor/stalls.html",
        asked=asked,
        today=now().date(),
        sites=sites(found),
        moves=moves_on(found, identity(asked.site), asked.day),
        closures=_closures(asked),
        zones=_by_zone(asked.lines),
        categories=sorted(_categories(asked.lines), key=lambda key: sort_key(names.category(key))),
        marked=_marked(asked.lines),
    )
    return keep(make_response(page))


@blueprint.get("/karte/plans")
def plan() -> ResponseReturnValue:
    """The plan shown by Folium, for the frame on the page of stalls."""
    asked = _asked()
    marked = _marked(asked.lines)
    place = _place(asked)
    shown = Plan(
        asked.site,
        [_mark(asked, line, marked) for line in asked.lines],
        url_for("visitor.plan_drawing", vieta=marked or None, **place),
        url_for("visitor.stalls", **place, vieta=""),
        _("Plan of %(site)s", site=in_language(asked.site.name).text),
    )
    page = draw_plan(shown, "/static/", current_language())
    scripts, styles = inline_parts(page)
    g.policy = policy(
        script=" ".join(["'self'", *map(digest_source, scripts)]),
        style=" ".join(["'self'", *map(digest_source, styles)]),
        framed_by="'self'",
    )
    return keep(make_response(page))


@blueprint.get("/karte/plans.svg")
def plan_drawing() -> ResponseReturnValue:
    """The drawing of the plan of a day, which the frame and whoever saves it show."""
    asked = _asked()
    marked = _marked(asked.lines)
    drawing = plan_svg(
        asked.site,
        [_drawn(asked, line, marked) for line in asked.lines],
        [DrawnAmenity(one.kind, _word(one), one.points) for one in asked.amenities],
        title=_("Plan of %(site)s", site=in_language(asked.site.name).text),
        north=pgettext("north", "N"),
    )
    response = Response(drawing, mimetype="image/svg+xml")
    # The plan's sandboxed frame has no origin of its own, so to it we are another site.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return keep(response)


def _place(asked: SiteOnDay) -> dict[str, Any]:
    """The site, day and goods, as addresses name them."""
    return {
        "diena": asked.day.isoformat(),
        "laukums": asked.site.slug,
        "kategorija": asked.category or None,
    }


def _asked() -> SiteOnDay:
    """The site, day and goods that the address asks for."""
    found = session()
    all_sites = sites(found)
    if not all_sites:
        abort(404)
    slug = request.args.get("laukums", "")
    site = next((one for one in all_sites if one.slug == slug), all_sites[0])
    day = day_asked(request.args.get("diena"), now().date())
    category = request.args.get("kategorija", "")
    category = category if category in CATEGORIES else ""
    site_id = identity(site)
    hours = hours_on(day, weekly_hours(found, site_id), exceptions(found, site_id, day))
    amenities = amenities_of(found, site_id, day)
    return SiteOnDay(
        site, day, hours, category, _lines(found, site_id, day, amenities, category), amenities
    )


def _lines(
    found: Session, site_id: int, day: date, amenities: Sequence[Amenity], category: str
) -> list[Line]:
    rows = plan_of(found, site_id, day)
    holders = {stall.id: vendor for vendor, stall, _spot in sellers_on(found, site_id, day)}
    goods = goods_of(found, {vendor.id for vendor in holders.values() if vendor.id})
    presences, shut = presences_on(found, day), shut_on(found, day)
    found_ways = ways([spot for spot, _stall, _zone in rows], amenities)
    lines = []
    for spot, stall, zone in rows:
        vendor = holders.get(stall.id)
        vendor_id = identity(vendor) if vendor else 0
        categories = frozenset(good.category for good in goods.get(vendor_id, ()))
        presence = presences.get(vendor_id, "expected")
        way = found_ways.get(spot.stall_id)
        fits = not category or category in categories
        closed = "" if vendor else why_said(shut.reasons.get(stall.number, ""))
        lines.append(Line(stall, spot, zone, vendor, presence, categories, way, fits, closed))
    return lines


def _closures(asked: SiteOnDay) -> list[Closure]:
    """What is closed on this site."""
    if not any(line.closed for line in asked.lines):
        return []
    return closures(session(), asked.day, asked.day)


def _by_zone(lines: list[Line]) -> list[tuple[Zone, list[Line]]]:
    zones: dict[int, tuple[Zone, list[Line]]] = {}
    for line in lines:
        if line.fits:
            zones.setdefault(identity(line.zone), (line.zone, []))[1].append(line)
    return list(zones.values())


def _categories(lines: list[Line]) -> set[str]:
    return {key for line in lines for key in line.categories}


def _marked(lines: list[Line]) -> str:
    """The number of the stall that is looked for, if it is on this plan."""
    typed = request.args.get("vieta", "").strip().upper()
    return typed if any(line.stall.number == typed for line in lines) else ""


def _mark(asked: SiteOnDay, line: Line, marked: str) -> Mark:
    who = line.vendor.name if line.vendor else _("free")
    if line.closed:
        who = _("closed: %(why)s", why=line.closed)
    title = f"{line.stall.number}: {who}"
    return Mark(line.spot, line.stall.number, _look(asked, line, marked), title)


def _drawn(asked: SiteOnDay, line: Line, marked: str) -> DrawnStall:
    look = _look(asked, line, marked)
    return DrawnStall(identity(line.stall), line.stall.number, line.spot, look, zone=line.zone.code)


def _look(asked: SiteOnDay, line: Line, marked: str) -> str:
    if line.stall.number == marked:
        return "chosen"
    is_here = line.vendor is not None and line.presence != "absent"
    if asked.category and not (is_here and line.fits):
        return "dim"
    return "taken" if is_here else "absent" if line.vendor or line.closed else "free"


def _word(amenity: Amenity) -> str:
    return in_language(amenity.name).text if amenity.name else names.amenity(amenity.kind)
