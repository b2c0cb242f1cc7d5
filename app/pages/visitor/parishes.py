"""Every parish, also those with no vendor yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort, make_response, render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.kept_pages import keep
from app.pages.visitor import blueprint
from app.pages.visitor.parts import cards
from app.pages.visitor.vendors import sorted_parishes
from market.days.queries import stalls_today
from market.places.geography import kilometres
from market.places.models import Parish
from market.places.parish_map import Dot, dot
from market.places.queries import parish_with_slug, sites
from market.programme.queries import events_between
from market.programme.schedule import Line, programme
from vendors.registry.queries import count_by_parish, vendors_found

AHEAD = timedelta(days=60)
MOST = 10


@dataclass(frozen=True)
class Place:
    """A parish on the drawing, with how many vendors come from it."""

    parish: Parish
    dot: Dot
    vendors: int


def _place(parish: Parish, counts: dict[str, int]) -> Place:
    return Place(parish, dot(parish.lat, parish.lon), counts.get(parish.code, 0))


@blueprint.get("/pagasti")
def parishes() -> ResponseReturnValue:
    """All parishes and towns, on the drawing and as a list."""
    found = session()
    counts = count_by_parish(found)
    places = [_place(parish, counts) for parish in sorted_parishes(found)]
    return keep(make_response(render_template("visitor/parishes.html", places=places)))


@blueprint.get("/pagasti/<slug>")
def parish(slug: str) -> ResponseReturnValue:
    """One parish: who comes from there, and what is on there."""
    found = session()
    one = parish_with_slug(found, slug)
    if one is None:
        abort(404)
    today = now().date()
    market = next(iter(sites(found)), None)
    vendors = vendors_found(found, parish_code=one.code)
    page = render_template(
        "visitor/parish.html",
        parish=one,
        place=_place(one, {one.code: len(vendors)}),
        km=round(kilometres(market.lat, market.lon, one.lat, one.lon)) if market else None,
        cards=cards(found, vendors, today, stalls_today(found, today)),
        events=_coming(found, one, today),
        moment=now(),
    )
    return keep(make_response(page))


def _coming(found: Session, one: Parish, today: date) -> list[Line]:
    """The next events of a parish."""
    items = events_between(found, today, today + AHEAD, parish=one.code)
    return [line for day in programme(items, today, today + AHEAD) for line in day.lines][:MOST]
