"""About the service, privacy, accessibility, and in development all components on one page."""

from datetime import date, time

from flask import abort, current_app, make_response, render_template
from flask.typing import ResponseReturnValue

from app.clock import now
from app.database import session
from app.kept_pages import keep
from app.pages.visitor import blueprint
from app.pages.visitor.parts import cards, farm_place, priced_goods
from market.days.queries import stalls_today
from market.places.queries import sites
from vendors.fields import identity
from vendors.listings.seasons import season_of
from vendors.registry.queries import goods_of, stories_of, vendors_found

CHECKED_ON = date(2026, 11, 23)
"""When accessibility was last evaluated, and by whom the page says."""


@blueprint.get("/par")
def about() -> ResponseReturnValue:
    """What the service is and who stands behind it."""
    return keep(make_response(render_template("visitor/about.html")))


@blueprint.get("/privatums")
def privacy() -> ResponseReturnValue:
    """What is kept of visitors: numbers."""
    return keep(make_response(render_template("visitor/privacy.html")))


@blueprint.get("/pieklustamiba")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return keep(make_response(render_template("visitor/accessibility.html", checked_on=CHECKED_ON)))


@blueprint.get("/par/komponentes")
def components() -> ResponseReturnValue:
    """Every component in every state; only in development."""
    if not current_app.config["DEVELOPMENT"]:
        abort(404)
    found = session()
    vendors = list(vendors_found(found))[:6]
    vendor = vendors[0] if vendors else None
    goods = goods_of(found, [vendor.id])[vendor.id] if vendor and vendor.id else []
    today = now().date()
    return render_template(
        "visitor/components.html",
        today=today,
        at=time(8, 5),
        vendor=vendor,
        story=next(iter(stories_of(found, identity(vendor)).values()), None) if vendor else None,
        goods=priced_goods(goods, today),
        season=season_of(goods, today.year),
        farm=farm_place(vendor, sites(found)[0]) if vendor and sites(found) else None,
        cards=cards(found, vendors, today, stalls_today(found, today)),
    )
