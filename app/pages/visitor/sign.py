"""The page of a sign: what the place answers now, and the farm behind it."""

import re
from datetime import date
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from sqlmodel import Session

from app.accounts import account, office
from app.clock import now
from app.database import session
from app.kept_pages import count_opening, keep
from app.languages import current_language
from app.pages.visitor.parts import farm_place, priced_goods, telling
from market.days.hours import Open
from market.days.own_day import is_own_sign
from market.days.queries import placements_of, presences_on, sellers_on, weather_on
from market.places.drawing import shapes
from market.places.models import Site
from market.places.queries import amenities_of, plan_of
from market.places.way import ways
from market.signs.answers import Answer, Away, Scene, vendor_of
from market.signs.answers import answer as answer_of
from market.signs.models import Sign
from market.signs.neighbours import Neighbour, Seller, neighbours
from market.signs.queries import running_patrols
from market.signs.scene import Placed, scene_of, spot_of
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.registry.queries import goods_of, stories_of


def sign_page(sign: Sign) -> Response:
    """What a sign answers now, as the page itself."""
    found = session()
    moment = now()
    today = moment.date()
    if _is_on_a_round(found, today):
        return _elsewhere(url_for("office.patrol_scanned", kods=sign.code))
    if sign.stall_id is None:
        return _of_spare(sign)
    scene = scene_of(found, sign, moment)
    if _is_own(found, scene):
        return _elsewhere(url_for("own.today"))
    placed = spot_of(found, sign.stall_id, today)
    answer = answer_of(scene)
    vendor = vendor_of(answer)
    page = render_template(
        "visitor/sign.html",
        answer=answer,
        case=case_of(answer),
        stall=scene.stall,
        today=today,
        weather=weather_on(found, today, placed[2].id) if placed else [],
        vendor=vendor,
        **_place(found, placed, today),
        **_farm(found, placed, vendor, today),
        neighbours=_neighbours(found, placed, answer, today),
    )
    response = keep(make_response(page))
    return count_opening(response, identity(sign), current_language())


def _is_own(found: Session, scene: Scene) -> bool:
    """Whether the telephone that scans is known as that of the stall's own vendor."""
    who = account()
    if who is None or who.vendor is None:
        return False
    today = scene.now.date()
    is_on = isinstance(scene.hours, Open) and scene.now.time() < scene.hours.closes
    own = placements_of(found, who.vendor_id, today)
    return is_own_sign(scene.stall.id or 0, own, today, is_market_on=is_on)


def _is_on_a_round(found: Session, today: date) -> bool:
    """Whether somebody of the office scans on a round; `publiski` shows what visitors read."""
    if "publiski" in request.args:
        return False
    who = office()
    if who is None or who.person is None or who.person.role == "reader":
        return False
    return bool(running_patrols(found, today))


def _elsewhere(address: str) -> Response:
    """On to the page of who scans; no visit of a visitor, so it is neither kept nor counted."""
    response = make_response(redirect(address))
    response.headers["Cache-Control"] = "no-store"
    return response


def _of_spare(sign: Sign) -> Response:
    """A sign that was printed ahead: it hangs nowhere yet, or was put away before it ever did."""
    page = render_template("visitor/spare_sign.html", sign=sign)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def case_of(answer: Answer) -> str:
    """The name of the case, which is also its template: "before_opening"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(answer).__name__).lower()


def _place(found: Session, placed: Placed | None, day: date) -> dict[str, Any]:
    """Where the sign hangs: its zone and site, the drawing, and the way in words."""
    if placed is None:
        return {"zone": None, "site": None, "plan": None, "way": None}
    own, zone, site, _on_plan = placed
    spots = [spot for spot, _stall, _zone in plan_of(found, identity(site), day)]
    amenities = amenities_of(found, identity(site), day)
    return {
        "zone": zone,
        "site": site,
        "plan": shapes(spots, amenities, frozenset({own.stall_id})),
        "way": ways(spots, amenities).get(own.stall_id),
    }


def _farm(
    found: Session, placed: Placed | None, vendor: Vendor | None, today: date
) -> dict[str, Any]:
    if vendor is None or vendor.id is None:
        return {"story": None, "goods": None, "farm": None}
    goods = goods_of(found, [vendor.id])[vendor.id]
    return {
        "story": telling(stories_of(found, vendor.id)),
        "goods": priced_goods(goods, today),
        "farm": farm_place(vendor, placed[2]) if placed else None,
    }


def _neighbours(
    found: Session, placed: Placed | None, answer: Answer, today: date
) -> list[Neighbour]:
    """Who nearby sells what the vendor who is away would have sold."""
    if not isinstance(answer, Away) or placed is None or answer.vendor.id is None:
        return []
    spot, _zone, site, _on_plan = placed
    wanted = {good.category for good in goods_of(found, [answer.vendor.id])[answer.vendor.id]}
    return neighbours(spot, wanted, _sellers(found, site, answer.vendor, today))


def _sellers(found: Session, site: Site, without: Vendor, day: date) -> list[Seller]:
    """Who else is on this site on a day."""
    absent = {vendor for vendor, state in presences_on(found, day).items() if state == "absent"}
    rows = [
        row
        for row in sellers_on(found, identity(site), day)
        if row[0].id != without.id and row[0].id not in absent
    ]
    goods = goods_of(found, {vendor.id for vendor, _stall, _spot in rows if vendor.id})
    return [
        Seller(vendor, stall, place, frozenset(one.category for one in goods[identity(vendor)]))
        for vendor, stall, place in rows
    ]
