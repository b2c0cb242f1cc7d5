"""Stalls of a day as data: where they stand, which sign they carry, who has them."""

from collections.abc import Iterator, Sequence
from datetime import date, time

from sqlmodel import Session

from app.api.asking import QuestionError, StallsAsked, not_known
from app.api.shapes import EXPECTED, Found
from app.api.shapes import Stall as Shape
from market.days.hours import Open, hours_on
from market.days.queries import exceptions, presences_on, sellers_on, weekly_hours
from market.places.geography import place_on_earth
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.places.queries import plan_of, sites
from market.signs.queries import signs_of_stalls
from vendors.fields import identity


def stalls(session: Session, asked: StallsAsked, today: date, part: slice) -> Found[Shape]:
    """The stalls on the plan of a day, site by site in the order of the plan."""
    day = asked.diena or today
    spots = [
        (site, *found)
        for site in _sites_asked(session, asked.laukums)
        for found in plan_of(session, identity(site), day)
    ]
    return list(_shapes(session, spots[part], day)), len(spots)


def _sites_asked(session: Session, slug: str | None) -> Sequence[Site]:
    found = sites(session)
    if slug is None:
        return found
    if slug not in (site.slug for site in found):
        raise QuestionError.of("laukums", not_known(site.slug for site in found))
    return [site for site in found if site.slug == slug]


def _shapes(
    session: Session, spots: Sequence[tuple[Site, StallOnPlan, Stall, Zone]], day: date
) -> Iterator[Shape]:
    places = {identity(site): site for site, *_rest in spots}
    hours = {key: _hours(session, key, day) for key in places}
    holders = {
        stall.number: vendor
        for key in places
        for vendor, stall, _spot in sellers_on(session, key, day)
        if vendor.state == "approved"
    }
    said = presences_on(session, day)
    signs = signs_of_stalls(session, [identity(stall) for _site, _spot, stall, _zone in spots])
    for site, spot, stall, zone in spots:
        vendor = holders.get(stall.number)
        sign = signs.get(identity(stall))
        opens, closes = hours[identity(site)]
        lat, lon = place_on_earth(site, spot.x_m, spot.y_m)
        yield Shape(
            day=day,
            id=stall.number,
            site=site.slug,
            zone=zone.code,
            zone_name=zone.name,
            row=spot.row,
            position=spot.position,
            kind=spot.kind,
            lat=lat,
            lon=lon,
            width_m=spot.width_m,
            depth_m=spot.depth_m,
            power_kw=spot.power_kw,
            water=spot.water,
            roof=spot.roof,
            opens=opens,
            closes=closes,
            sign=sign.code if sign else None,
            vendor=vendor.slug if vendor else None,
            presence=said.get(identity(vendor), EXPECTED) if vendor else None,
        )


def _hours(session: Session, site_id: int, day: date) -> tuple[str | None, str | None]:
    found = hours_on(day, weekly_hours(session, site_id), exceptions(session, site_id, day))
    if not isinstance(found, Open):
        return None, None
    return clock(found.opens), clock(found.closes)


def clock(moment: time) -> str:
    """ "08:00" """
    return f"{moment:%H:%M}"
