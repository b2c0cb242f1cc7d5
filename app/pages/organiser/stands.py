"""Who stands where: the grid of stalls by days, and one day on the plan."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlmodel import Session

from app import names
from app.clock import now
from app.database import session
from app.languages import N_, in_language
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint
from app.standing_grid import WEEK, Cell, Grid, candidates, grid_of, market_days
from app.standing_words import finding_said, marks
from app.url_types import day_asked
from market.days.models import Placement
from market.places.models import Site, Stall
from market.places.plan_drawing import DrawnAmenity, DrawnStall, plan_svg
from market.places.queries import amenities_of, sites, stall_with_number
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.registry.queries import vendor_of_office

DOOR = Door(
    "office.standing",
    N_("Stalls"),
    N_("Who stands where: put, move, swap and release, day by day"),
    group="planning",
    place=1,
    always=True,
)

FOUR, ONE = 4, 1
COUNTS = (ONE, FOUR, WEEK)
LONGEST_TYPED = 80


@dataclass(frozen=True)
class View:
    """What is shown: the first day, how many, the day in the middle of attention, one zone.

    `plan` says that the plan is shown beside the one day.
    """

    site: Site
    first: date
    count: int
    day: date
    zone: str = ""
    typed: str = ""
    plan: bool = False

    def values(self) -> dict[str, Any]:
        """What an address of this view carries, and every form that leads back to it."""
        return {
            "no": None if self.plan else self.first.isoformat(),
            "dienas": None if self.plan else self.count,
            "diena": self.day.isoformat(),
            "zona": self.zone or None,
            "laukums": self.site.slug,
            "plans": "1" if self.plan else None,
        }

    def address(self, anchor: str = "", **more: Any) -> str:
        """The address of this view, with more or other values."""
        values = {**self.values(), **more}
        endpoint = "office.standing_plan" if values.pop("plans", None) else "office.standing"
        return url_for(endpoint, **values, _anchor=anchor or None)


@dataclass(frozen=True)
class Picked:
    """What one has in the hand: a vendor, with the placement that is picked up if there is one."""

    vendor: Vendor
    placement: Placement | None = None
    number: str = ""


@blueprint.get("/vietas")
def standing() -> ResponseReturnValue:
    """The grid: stalls by days; without JavaScript one picks up and puts down by pages."""
    return _page(view_asked(session()))


@blueprint.get("/vietas/plans")
def standing_plan() -> ResponseReturnValue:
    """One day on the plan, with the same list beside it."""
    return _page(view_asked(session(), plan=True))


def view_asked(found: Session, *, plan: bool = False) -> View:
    """The view of an address; without a site of that name it is the market itself."""
    places = sites(found)
    if not places:
        abort(404)
    asked = request.values
    site = next((one for one in places if one.slug == asked.get("laukums")), places[0])
    today = now().date()
    day = day_asked(asked.get("diena"), date.min)
    first = day_asked(asked.get("no"), today if day == date.min else day)
    typed = asked.get("dienas", str(FOUR))
    count = int(typed) if typed in {str(one) for one in COUNTS} else FOUR
    chosen, _number = place_asked()
    return View(
        site,
        first,
        ONE if plan else count,
        chosen or (first if day == date.min else day),
        asked.get("zona", "")[:8],
        asked.get("q", "")[:LONGEST_TYPED],
        plan,
    )


def place_asked() -> tuple[date | None, str]:
    """The place that is meant by `uz`, a day and the number of a stall: "2026-11-24.A1"."""
    day, number, *_seen = [*request.values.get("uz", "").split("."), ""]
    known = day_asked(day, date.min)
    return (None, "") if known == date.min else (known, number[:8])


def placement_seen() -> str:
    """The placement that the page had shown on that place: "2026-11-24.A1.512"."""
    return request.values.get("uz", "").partition(".")[2].partition(".")[2]


def _page(view: View) -> ResponseReturnValue:
    found = session()
    start = view.day if view.plan else view.first
    days = market_days(found, view.site, start, view.count)
    picked = _picked(found)
    if picked and picked.placement:
        view = replace(view, day=picked.placement.day)
    if view.day not in days and days:
        view = replace(view, day=next((day for day in days if day >= view.day), days[0]))
    grid = grid_of(found, view.site, days, view.zone)
    place = stall_with_number(found, place_asked()[1])
    return render_template(
        "organiser/standing.html",
        view=view,
        grid=grid,
        sites=sites(found),
        today=now().date(),
        picked=picked,
        place=place,
        cell=_cell(grid, view.day, place),
        candidates=candidates(found, view.day, view.typed) if days else [],
        before=_before(found, view),
        after=(days[-1] if days else view.first) + timedelta(days=1),
        counts=COUNTS,
        marks=marks,
        said_of=lambda one: finding_said(one, grid.vendors, grid.numbers, _zone_name(grid, one)),
        drawing=_drawing(found, view, grid, place) if view.plan and days else "",
    )


def _zone_name(grid: Grid, one: Any) -> str:
    return next((in_language(z.name).text for z in grid.zones if z.id == one.zone_id), "")


def _before(found: Session, view: View) -> date:
    """From where the page before begins: as many market days earlier."""
    back = WEEK if view.count == WEEK else view.count * WEEK
    start = view.day if view.plan else view.first
    if view.count == WEEK:
        return start - timedelta(days=back)
    earlier = market_days(found, view.site, start - timedelta(days=back), view.count * WEEK)
    return next(
        iter([day for day in earlier if day < start][-view.count :]), start - timedelta(days=WEEK)
    )


def _picked(found: Session) -> Picked | None:
    """The vendor in the hand, by the placement `nemt` or by `tirgotajs`."""
    typed = request.args.get("nemt", "")
    if typed.isascii() and typed.isdecimal() and len(typed) < 10:
        placement = found.get(Placement, int(typed))
        if placement is None:
            return None
        stall = found.get_one(Stall, placement.stall_id)
        return Picked(found.get_one(Vendor, placement.vendor_id), placement, stall.number)
    vendor = vendor_of_office(found, request.args.get("tirgotajs", ""))
    return Picked(vendor) if vendor else None


def _cell(grid: Grid, day: date, place: Stall | None) -> Cell | None:
    if place is None:
        return None
    cells = (
        cell
        for block in grid.blocks
        for line in block.lines
        if line.stall.id == place.id
        for cell in line.cells
    )
    return next((cell for cell in cells if cell.day == day and cell.spot), None)


def _drawing(found: Session, view: View, grid: Grid, place: Stall | None) -> Markup:
    """The plan of the day as SVG; the list beside it says the same and is what one works with."""
    stalls = [
        DrawnStall(
            identity(line.stall),
            line.stall.number,
            line.cells[0].spot,
            _look(line.cells[0], place),
            _title(line.stall, line.cells[0]),
            block.zone.code,
        )
        for block in grid.blocks
        for line in block.lines
        if line.cells[0].spot is not None
    ]
    around = [
        DrawnAmenity(
            one.kind,
            in_language(one.name).text if one.name else names.amenity(one.kind),
            one.points,
        )
        for one in amenities_of(found, identity(view.site), view.day)
    ]
    drawn = plan_svg(view.site, stalls, around, title=_("Plan of the day"))
    return Markup(drawn)  # noqa: S704 - our own drawing escapes every text


def _look(cell: Cell, place: Stall | None) -> str:
    if place is not None and cell.spot is not None and cell.spot.stall_id == place.id:
        return "chosen"
    if cell.vendor is None:
        return "free"
    return "absent" if cell.state == "absent" else "taken"


def _title(stall: Stall, cell: Cell) -> str:
    return f"{stall.number} – {cell.vendor.name if cell.vendor else _('free')}"
