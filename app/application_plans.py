"""The plans of a call: each square drawn, with the stalls that are given and those wished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlmodel import Session

from app import names
from app.languages import gettext as _
from app.languages import in_language, number, pgettext
from market.festivals.models import Call
from market.festivals.queries import StallRow, stalls_of_call, zones
from market.places.models import Amenity, Site, Zone
from market.places.plan_drawing import DrawnAmenity, DrawnStall, plan_svg
from market.places.queries import amenities_of
from vendors.fields import identity


@dataclass(frozen=True)
class DrawnPlan:
    """A square with its zones, its stalls in their order, and its drawing."""

    site: Site
    zones: list[Zone]
    rows: list[StallRow]
    svg: Markup


def plans_of(
    session: Session,
    call: Call,
    day: date,
    wished: Sequence[int] = (),
    *,
    interactive: bool = False,
) -> list[DrawnPlan]:
    """The plan of each square of a call on a day; `wished` stalls in the order of wishing."""
    by_site: dict[int, tuple[Site, list[Zone]]] = {}
    for zone, site in zones(session, identity(call)):
        by_site.setdefault(identity(site), (site, []))[1].append(zone)
    rows = stalls_of_call(session, call, day)
    plans = []
    for site_id, (site, own_zones) in by_site.items():
        own = [row for row in rows if row[2].site_id == site_id]
        stalls = [_drawn(row, wished) for row in own]
        around = [_around(one) for one in amenities_of(session, site_id, day)]
        svg = plan_svg(
            site,
            stalls,
            around,
            interactive=interactive,
            title=_("Plan of %(site)s", site=in_language(site.name).text),
            north=pgettext("north", "N"),
        )
        # Public pages give other looks to these two classes, for the small plan of a sign.
        svg = svg.replace('class="plan"', 'class="drawing"').replace('"stall ', '"place ')
        plans.append(DrawnPlan(site, own_zones, own, Markup(svg)))  # noqa: S704 - it escapes
    return plans


def _drawn(row: StallRow, wished: Sequence[int]) -> DrawnStall:
    spot, stall, zone = row
    stall_id = identity(stall)
    said = stall_said(row)
    if stall_id in wished:
        place = wished.index(stall_id) + 1
        return DrawnStall(
            stall_id,
            stall.number,
            spot,
            "chosen",
            _("%(stall)s: wish %(place)s", stall=said, place=place),
            zone.code,
        )
    return DrawnStall(stall_id, stall.number, spot, "free", said, zone.code)


def stall_said(row: StallRow) -> str:
    """A stall in words: "PI1, 3 m, 3 kW"."""
    spot, stall, _zone = row
    parts = [stall.number, _("%(metres)s m", metres=number(spot.width_m))]
    if spot.power_kw:
        parts.append(_("%(power)s kW", power=number(spot.power_kw)))
    return ", ".join(parts)


def _around(one: Amenity) -> DrawnAmenity:
    words = in_language(one.name).text if one.name else names.amenity(one.kind)
    return DrawnAmenity(one.kind, words, one.points)
