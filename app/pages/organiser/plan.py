"""The plan editor: the plan of a site from a day on, drawn, looked through, and moved about."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from sqlmodel import Session

from app import names
from app.clock import now
from app.database import session
from app.languages import N_, in_language, number
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.pages.organiser.plan_forms import plan_address, said_metres, site_of
from app.pages.organiser.plan_words import SCRIPT_WORDS, finding_said
from app.pages.organiser.plan_writing import Wanted, change_amenity, from_day, write_spots
from app.sending import Saving
from market.places.models import Amenity, Site, Stall, StallOnPlan, Zone
from market.places.plan_drawing import DrawnAmenity, DrawnPicture, DrawnStall, plan_svg
from market.places.plan_findings import Finding, plan_findings
from market.places.plan_periods import holds_on
from market.places.queries import amenities_of, picture_of, plan_of, sites, zones_of
from vendors.fields import identity

DOOR = Door(
    "office.plan",
    N_("Plan"),
    N_("Zones, rows and stalls drawn in metres, from the day you choose"),
    group="planning",
    place=1,
    always=True,
)

MOVED = re.compile(
    r"(?P<what>[sa]) (?P<id>\d{1,9}) (?P<version>\d{1,9})"
    r" (?P<x>-?\d{1,4}(?:\.\d{1,3})?) (?P<y>-?\d{1,4}(?:\.\d{1,3})?)"
    r"(?: (?P<angle>-?\d{1,3}(?:\.\d{1,3})?))?"
)
MOST_MOVED = 3000
SHOWN_FINDINGS = 60

Spot = tuple[StallOnPlan, Stall, Zone]


@dataclass(frozen=True)
class Row:
    """A row of the plan with its stalls, in their order."""

    zone: Zone
    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """Something wrong with the plan in words, and the stalls that it is about."""

    words: str
    stalls: tuple[Stall, ...]


@dataclass(frozen=True)
class Moved:
    """Where somebody has dragged a stall (its middle and turn) or an amenity (how far)."""

    what: str
    id: int
    version: int
    x_m: float
    y_m: float
    angle_deg: float

    @property
    def text(self) -> str:
        """As it stands in the form."""
        turn = f" {self.angle_deg:g}" if self.what == "s" else ""
        return f"{self.what} {self.id} {self.version} {self.x_m:.10g} {self.y_m:.10g}{turn}"


@dataclass(frozen=True)
class Meanwhile:
    """A stall or amenity that was changed by two: where both of them want it."""

    name: str
    mine: Moved
    theirs: str
    is_gone: bool


@blueprint.get("/plans")
def plan() -> ResponseReturnValue:
    """The plan of a site from a day on."""
    found, day = session(), from_day()
    known = sites(found)
    asked = request.args.get("laukums", "")
    site = next((one for one in known if one.slug == asked), known[0] if known else None)
    if site is None:
        return render_template("organiser/plan_empty.html", day=day)
    return _page(found, site, known, day)


def _page(found: Session, site: Site, known: Sequence[Site], day: date) -> str:
    site_id = identity(site)
    spots, amenities = plan_of(found, site_id, day), amenities_of(found, site_id, day)
    wrong = plan_findings([spot for spot, _stall, _zone in spots], amenities, site)
    stalls = {identity(stall): stall for _spot, stall, _zone in spots}
    return render_template(
        "organiser/plan.html",
        site=site,
        sites=known,
        day=day,
        today=now().date(),
        drawing=drawing(found, site, spots, amenities, wrong),
        stalls_known=_stalls_known(spots),
        amenities_known=" ".join(f"{one.id}:{one.version}" for one in amenities),
        script_words={key: _(words) for key, words in SCRIPT_WORDS.items()},
        rows=_rows(spots),
        zones=zones_of(found, site_id),
        amenities=amenities,
        said=[
            Said(finding_said(one, stalls, amenities), tuple(stalls[each] for each in one.stalls))
            for one in wrong[:SHOWN_FINDINGS]
        ],
        more=max(0, len(wrong) - SHOWN_FINDINGS),
    )


def drawing(
    found: Session,
    site: Site,
    spots: Sequence[Spot],
    amenities: Sequence[Amenity],
    wrong: Sequence[Finding] = (),
) -> Markup:
    """The plan over its picture, with a mark on every stall that something is wrong with."""
    svg = plan_svg(
        site,
        [
            DrawnStall(identity(stall), stall.number, spot, "taken", _stall_said(*one), zone.code)
            for one in spots
            for spot, stall, zone in [one]
        ],
        [
            DrawnAmenity(one.kind, _amenity_said(one), one.points, identity(one))
            for one in amenities
        ],
        picture=_picture(found, site),
        title=_("Plan of %(site)s", site=in_language(site.name).text),
        north=_("N"),
    )
    ids = {stall for one in wrong for stall in one.stalls}
    marks = "".join(_mark(spot) for spot, stall, _zone in spots if stall.id in ids)
    return Markup(svg.removesuffix("</svg>") + marks + "</svg>")  # noqa: S704 - escaped there


def _mark(spot: StallOnPlan) -> str:
    return (
        f'<g class="wrong-mark" data-mark="{spot.stall_id}"'
        f' transform="translate({round(spot.x_m, 2):.10g} {round(spot.y_m, 2):.10g})">'
        '<path d="M0 -1L.95 .7H-.95z" fill="#fff" stroke="#b3123f" stroke-width=".2"/>'
        '<path d="M0 -.4V.25M0 .4V.55" stroke="#b3123f" stroke-width=".22"/></g>'
    )


def _stall_said(spot: StallOnPlan, stall: Stall, zone: Zone) -> str:
    return _(
        "Stall %(number)s, zone %(zone)s, row %(row)s, place %(place)s, %(kind)s",
        number=stall.number,
        zone=zone.code,
        row=spot.row,
        place=spot.position,
        kind=names.stall_kind(spot.kind),
    )


def _amenity_said(amenity: Amenity) -> str:
    return in_language(amenity.name).text if amenity.name else names.amenity(amenity.kind)


def _picture(found: Session, site: Site) -> DrawnPicture | None:
    row = picture_of(found, identity(site))
    if row is None:
        return None
    return DrawnPicture(
        url_for("office.plan_picture_file", site_number=site.id, v=row.digest[:12]),
        row.x_m,
        row.y_m,
        row.width_px * row.metres_per_pixel,
        row.height_px * row.metres_per_pixel,
        row.angle_deg,
        row.opacity,
    )


def _stalls_known(spots: Iterable[Spot]) -> str:
    """What the script must know of stalls: stall, period, version, and which belong together."""
    rows: dict[tuple[int, str], int] = {}
    return " ".join(
        f"{spot.stall_id}:{spot.id}:{spot.version}:"
        f"{rows.setdefault((spot.zone_id, spot.row), len(rows))}"
        for spot, _stall, _zone in spots
    )


def _rows(spots: Iterable[Spot]) -> list[Row]:
    grouped = groupby(spots, key=lambda one: (one[0].zone_id, one[0].row))
    found = []
    for (_zone_id, name), group in grouped:
        those = list(group)
        numbers = tuple(stall.number for _spot, stall, _zone in those)
        found.append(Row(those[0][2], name, numbers))
    return found


@blueprint.post("/plans/<int:site_number>/parvietot")
def save_plan(site_number: int) -> ResponseReturnValue:
    """Save what was moved on the plan; where somebody was quicker, both are shown."""
    site = site_of(session(), site_number)
    day, wishes = from_day(), _moved_sent()
    with office_saving() as save:
        stalls, amenities = _rows_meant(save.session, wishes)
        late = _meanwhile(save.session, site, day, wishes, {**stalls, **amenities})
        if late:
            quiet = [one for one in wishes if one not in {each.mine for each in late}]
            return render_template(
                "organiser/plan_meanwhile.html", site=site, day=day, late=late, quiet=quiet
            ), 409
        count = _write(save, wishes, stalls, amenities, day)
        said = _("Saved. %(count)s moved.", count=count) if count else _("Nothing was moved.")
        return save.done(plan_address(site, day), said)


def _moved_sent() -> list[Moved]:
    sent = [value for name, value in request.form.items(multi=True) if name.startswith("moved")]
    wishes: dict[tuple[str, int], Moved] = {}
    for text in sent[:MOST_MOVED]:
        if not text:
            continue  # the other one's place was chosen
        match = MOVED.fullmatch(text) or abort(400)
        one = Moved(
            match["what"],
            int(match["id"]),
            int(match["version"]),
            float(match["x"]),
            float(match["y"]),
            float(match["angle"] or 0) % 360,
        )
        wishes[one.what, one.id] = one
    return list(wishes.values())


Meant = Mapping[tuple[str, int], Any]


def _rows_meant(found: Session, wishes: Iterable[Moved]) -> tuple[Meant, Meant]:
    stalls = {("s", one.id): found.get(StallOnPlan, one.id) for one in wishes if one.what == "s"}
    amenities = {("a", one.id): found.get(Amenity, one.id) for one in wishes if one.what == "a"}
    return stalls, amenities


def _meanwhile(
    found: Session, site: Site, day: date, wishes: Iterable[Moved], rows: Meant
) -> list[Meanwhile]:
    """What was changed by somebody else since the plan was opened."""
    on_plan = {spot.stall_id: spot for spot, _stall, _zone in plan_of(found, identity(site), day)}
    late = []
    for one in wishes:
        row = rows[one.what, one.id]
        if row is not None and row.version == one.version and holds_on(row, day):
            continue
        if one.what == "s":
            late.append(_late_stall(found, one, on_plan, row))
        else:
            here = row if row is not None and holds_on(row, day) else None
            late.append(_late_amenity(one, here))
    return late


def _late_stall(
    found: Session, mine: Moved, on_plan: Mapping[int, StallOnPlan], row: StallOnPlan | None
) -> Meanwhile:
    stall = found.get(Stall, row.stall_id) if row else None
    now_here = on_plan.get(row.stall_id) if row else None
    if stall is None or now_here is None:
        return Meanwhile(stall.number if stall else "?", mine, "", is_gone=True)
    renewed = Moved("s", identity(now_here), now_here.version, mine.x_m, mine.y_m, mine.angle_deg)
    theirs = place_said(now_here.x_m, now_here.y_m, now_here.angle_deg)
    return Meanwhile(stall.number, renewed, theirs, is_gone=False)


def _late_amenity(mine: Moved, here: Amenity | None) -> Meanwhile:
    if here is None:
        return Meanwhile("?", mine, "", is_gone=True)
    renewed = Moved("a", mine.id, here.version, mine.x_m, mine.y_m, 0)
    theirs = place_said(here.points[0][0], here.points[0][1], 0)
    return Meanwhile(_amenity_said(here), renewed, theirs, is_gone=False)


@blueprint.app_template_global()
def place_said(x_m: float, y_m: float, angle_deg: float) -> str:
    """Where something stands, in words."""
    return _(
        "%(right)s m from the left, %(down)s m from the top, turned %(angle)s°",
        right=said_metres(x_m),
        down=said_metres(y_m),
        angle=number(angle_deg),
    )


def _write(
    save: Saving, wishes: Iterable[Moved], stalls: Meant, amenities: Meant, day: date
) -> int:
    wanted = [
        Wanted(
            stalls["s", one.id].stall_id,
            {"x_m": one.x_m, "y_m": one.y_m, "angle_deg": one.angle_deg},
        )
        for one in wishes
        if one.what == "s"
    ]
    count = write_spots(save, wanted, day, action="plan_moved")
    for one in wishes:
        if one.what == "a" and (one.x_m or one.y_m):
            row = amenities["a", one.id]
            points = [[round(x + one.x_m, 2), round(y + one.y_m, 2)] for x, y in row.points]
            change_amenity(save, row, {"points": points}, day, action="plan_moved")
            count += 1
    return count


@blueprint.app_template_filter()
def metres(value: float) -> str:
    """A length in the reader's notation."""
    return str(escape(said_metres(value)))
