"""Rows of the plan: made in one go, copied, moved, turned, put in order, numbered anew."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.changes import Stale
from app.database import session
from app.forms import Form, Typed, typed_texts
from app.languages import gettext as _
from app.languages import ngettext
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.plan_forms import (
    kinds_of_stalls,
    plan_address,
    read_numbers,
    said_metres,
    site_of,
    typed_metres,
    zone_choices,
    zone_of,
)
from app.pages.organiser.plan_writing import (
    NumberTaken,
    PositionTaken,
    Wanted,
    add_stall,
    from_day,
    remove_stall,
    who_stands_from,
    write_spots,
)
from app.sending import Saving
from market.places.layout import (
    MOST_IN_A_ROW,
    Place,
    TypedRow,
    in_order,
    moved,
    next_number,
    numbers_from,
    places_in_row,
    turned,
    understood,
)
from market.places.models import STALL_KINDS, Site, Stall, StallOnPlan, StallOnPlanFields, Zone
from market.places.queries import all_numbers, plan_of, row_of, zones_of
from vendors.fields import identity

NEW_ROW = ("zone", "row", "count", "kind", "first")
NEW_LENGTHS = ("width_m", "depth_m", "gap_m", "x_m", "y_m", "angle_deg", "power_kw")
ORDINARY: Typed = {"count": "12", "kind": "table", "angle_deg": "0", "power_kw": "0"}
SIZES = {"width_m": 2.0, "depth_m": 1.2, "gap_m": 0.4}
ROOM_BETWEEN_ROWS_M = 4.0

Spots = Sequence[tuple[StallOnPlan, Stall]]


def row_address(zone: Zone, row: str, day: date) -> str:
    """The page of a row from a day on."""
    return url_for("office.plan_row", zone_number=zone.id, rinda=row, no=day.isoformat())


@blueprint.get("/plans/<int:site_number>/jauna-rinda")
def new_row(site_number: int) -> ResponseReturnValue:
    """The form of a row that is made in one go: `?teikts=12 galdi pa 2 m` fills it in."""
    found = session()
    site = site_of(found, site_number)
    said = request.args.get("teikts", "").strip()[:80]
    form = Form(typed={**_suggested(found, site), "teikts": said})
    if said:
        _fill_in(form, understood(said))
    return _new_page(found, site, form)


def _fill_in(form: Form, meant: TypedRow | None) -> None:
    """What was said goes into the fields; what was not said stays as it is."""
    if meant is None:
        example = _("Please write it like this: 12 tables of 2 m")
        form.refuse("teikts", example)
        return
    form.typed["count"] = str(meant.count)
    said = {"kind": meant.kind, "first": meant.first}
    form.typed |= {name: value for name, value in said.items() if value}
    lengths = {"width_m": meant.width_m, "depth_m": meant.depth_m, "gap_m": meant.gap_m}
    form.typed |= {name: said_metres(one) for name, one in lengths.items() if one is not None}


def _suggested(found: Session, site: Site) -> Typed:
    """A row under the lowest one, with letters that no row has yet."""
    spots = plan_of(found, identity(site), from_day())
    numbers = all_numbers(found)
    rows = {spot.row for spot, _stall, _zone in spots}
    heads = {one.rstrip("0123456789") for one in numbers}
    letter = next((one for one in "ABCDEFGHIJKLMNOPRSTUVZ" if one not in rows | heads), "A")
    lowest = max((spot.y_m for spot, _stall, _zone in spots), default=0.0)
    zones = zones_of(found, identity(site))
    usual = spots[-1][2] if spots else next(iter(zones), None)
    zone = next((one for one in zones if str(one.id) == request.args.get("zona")), usual)
    return {
        **ORDINARY,
        **{name: said_metres(value) for name, value in SIZES.items()},
        "x_m": said_metres(min(3.0, site.width_m / 2)),
        "y_m": said_metres(min(lowest + ROOM_BETWEEN_ROWS_M, site.height_m - 1)),
        "zone": str(zone.id) if zone else "",
        "row": letter,
        "first": next_number(numbers, letter),
    }


def _new_page(found: Session, site: Site, form: Form) -> str:
    return render_template(
        "organiser/plan_new_row.html",
        site=site,
        day=from_day(),
        form=form,
        zones=zone_choices(found, identity(site)),
        kinds=kinds_of_stalls(),
        most=MOST_IN_A_ROW,
    )


@blueprint.post("/plans/<int:site_number>/jauna-rinda")
def add_row(site_number: int) -> ResponseReturnValue:
    """Make a whole row: stalls, places and numbers."""
    found, day = session(), from_day()
    site = site_of(found, site_number)
    form = Form(typed=typed_texts(*NEW_ROW, *NEW_LENGTHS))
    zones = {str(one.id): one for one in zones_of(found, identity(site))}
    values, count, gap = _read_row(form, zones)
    numbers = _numbers_read(form, count)
    if form.errors:
        return _new_page(found, site, form), 422
    places = places_in_row(
        count,
        width_m=values["width_m"],
        gap_m=gap,
        x_m=values["x_m"],
        y_m=values["y_m"],
        angle_deg=values["angle_deg"],
    )
    zone = zones[form.text("zone")]
    begins = len(row_of(found, identity(zone), values["row"], day))
    try:
        with office_saving() as save:
            for step, (number, place) in enumerate(zip(numbers, places, strict=True), 1):
                spot = {**values, **vars_of(place), "position": begins + step}
                add_stall(save, number, spot, day, action="plan_row")
            said = ngettext("Row made: %(num)s stall.", "Row made: %(num)s stalls.", count)
            return save.done(row_address(zone, values["row"], day), said)
    except NumberTaken as taken:
        form.refuse("first", _("Stall %(number)s is there already.", number=taken.number))
    except PositionTaken:
        form.refuse("row", _("Somebody has just put a stall into this row. Please send it again."))
    return _new_page(session(), site, form), 422


def vars_of(place: Place) -> dict[str, float]:
    """The columns of a place."""
    return {"x_m": place.x_m, "y_m": place.y_m, "angle_deg": place.angle_deg}


def _read_row(form: Form, zones: dict[str, Zone]) -> tuple[dict[str, Any], int, float]:
    typed = form.typed
    fields = ("width_m", "depth_m", "x_m", "y_m", "angle_deg", "power_kw")
    others = {"row": typed["row"], "kind": typed["kind"]}
    read = read_numbers(StallOnPlanFields, typed, fields, others)
    form.errors.update(read.errors)
    gap = typed_metres(form, "gap_m")
    if not 0 <= gap <= 50:
        form.refuse("gap_m", _("Please give a number, such as 2.5."))
    if typed["kind"] not in STALL_KINDS:
        form.refuse("kind", _("Please choose one."))
    if typed["zone"] not in zones:
        form.refuse("zone", _("Please choose one."))
    count = int(typed["count"]) if typed["count"].isascii() and typed["count"].isdigit() else 0
    if not 1 <= count <= MOST_IN_A_ROW:
        form.refuse("count", _("Please give a number from 1 to %(most)s.", most=MOST_IN_A_ROW))
    if form.errors:
        return {}, count, gap
    rest: dict[str, Any] = {"zone_id": zones[typed["zone"]].id, "reserved_for": []}
    flags = dict.fromkeys(("water", "roof", "cooling", "vehicle"), False)
    return {**read.values, **rest, **flags}, count, gap


def _numbers_read(form: Form, count: int) -> tuple[str, ...]:
    try:
        return numbers_from(form.text("first"), count) if 0 < count <= MOST_IN_A_ROW else ()
    except ValueError:
        form.refuse(
            "first", _("Please give the first number, such as A1; the last is 999 at most.")
        )
        return ()


def _the_row(found: Session, zone_number: int, day: date) -> tuple[Zone, Site, str, Spots]:
    """The row that an address or a form means, with its stalls; 404 for an unknown zone."""
    zone = zone_of(found, zone_number)
    row = request.values.get("rinda", "")[:8]
    site = found.get_one(Site, zone.site_id)
    return zone, site, row, row_of(found, zone_number, row, day)


@blueprint.get("/plans/zona/<int:zone_number>/rinda")
def plan_row(zone_number: int) -> ResponseReturnValue:
    """A row of stalls, and what can be done with all of it."""
    return _page(session(), zone_number, Form())


def _page(found: Session, zone_number: int, form: Form) -> str:
    day = from_day()
    zone, site, row, spots = _the_row(found, zone_number, day)
    ids = [identity(stall) for _spot, stall in spots]
    numbers = all_numbers(found)
    letters = spots[0][1].number.rstrip("0123456789") if spots else row
    ordinary: Typed = {
        "right": "0",
        "down": "0",
        "degrees": "0",
        "copy_right": "0",
        "copy_down": said_metres(ROOM_BETWEEN_ROWS_M),
        "copy_row": "",
        "copy_first": "",
        "first": spots[0][1].number if spots else next_number(numbers, letters),
    }
    form.typed = {**ordinary, **form.typed}
    return render_template(
        "organiser/plan_row.html",
        zone=zone,
        site=site,
        row=row,
        spots=spots,
        day=day,
        form=form,
        standing=who_stands_from(found, ids, day) if ids else [],
        ordered=[one.id for one in in_order([spot for spot, _stall in spots])]
        == [spot.id for spot, _stall in spots],
    )


def _as_seen(spots: Spots) -> None:
    """A row is changed as a whole only by who has seen it as it stands now; otherwise Stale."""
    seen = request.form.get("seen", "")
    if not spots or seen != row_seen(spots):
        raise Stale(None)


@blueprint.app_template_global()
def row_seen(spots: Spots) -> str:
    """What a form of a row remembers of it: its periods with their versions."""
    return " ".join(f"{spot.id}:{spot.version}" for spot, _stall in spots)


@blueprint.post("/plans/zona/<int:zone_number>/rinda/parvietot")
def move_row(zone_number: int) -> ResponseReturnValue:
    """Move and turn a whole row."""
    day = from_day()
    zone_of(session(), zone_number)
    form = Form(typed=typed_texts("right", "down", "degrees"))
    right, down, degrees = (typed_metres(form, name, 0) for name in ("right", "down", "degrees"))
    if form.errors:
        return _page(session(), zone_number, form), 422
    with office_saving() as save:
        zone, _site, row, spots = _the_row(save.session, zone_number, day)
        _as_seen(spots)
        places = moved([spot for spot, _stall in spots], right, down)
        if degrees % 360:
            places = turned(places, degrees)
        wanted = [
            Wanted(identity(stall), vars_of(place))
            for (_spot, stall), place in zip(spots, places, strict=True)
        ]
        write_spots(save, wanted, day, action="plan_moved")
        return save.done(row_address(zone, row, day), _("The row has moved."))


@blueprint.post("/plans/zona/<int:zone_number>/rinda/seciba")
def order_row(zone_number: int) -> ResponseReturnValue:
    """Count the places of a row as its stalls stand."""
    day = from_day()
    with office_saving() as save:
        zone, _site, row, spots = _the_row(save.session, zone_number, day)
        _as_seen(spots)
        ordered = in_order([spot for spot, _stall in spots])
        wanted = [
            Wanted(spot.stall_id, {"position": place}) for place, spot in enumerate(ordered, 1)
        ]
        write_spots(save, wanted, day, action="plan_order")
        return save.done(row_address(zone, row, day), _("The places are counted anew."))


@blueprint.post("/plans/zona/<int:zone_number>/rinda/kopet")
def copy_row(zone_number: int) -> ResponseReturnValue:
    """A second row like this one, beside it, with numbers of its own."""
    day = from_day()
    zone_of(session(), zone_number)
    form = Form(typed=typed_texts("copy_right", "copy_down", "copy_row", "copy_first"))
    right, down = (typed_metres(form, name, 0) for name in ("copy_right", "copy_down"))
    name = form.text("copy_row")
    if not 1 <= len(name) <= 8 or not name.isprintable():
        form.refuse("copy_row", _("Please give the new row a name of at most 8 letters."))
    if form.errors:
        return _page(session(), zone_number, form), 422
    try:
        with office_saving() as save:
            zone, _site, _row, spots = _the_row(save.session, zone_number, day)
            _as_seen(spots)
            if row_of(save.session, zone_number, name, day):
                form.refuse("copy_row", _("There is a row with this name already."))
                return _page(save.session, zone_number, form), 422
            _copy(save, spots, name, numbers_from(form.text("copy_first"), len(spots)),
                  moved([spot for spot, _stall in spots], right, down), day)  # fmt: skip
            return save.done(row_address(zone, name, day), _("The row is copied."))
    except NumberTaken as taken:
        form.refuse("copy_first", _("Stall %(number)s is there already.", number=taken.number))
    except ValueError:
        said = _("Please give the first number, such as A1; the last is 999 at most.")
        form.refuse("copy_first", said)
    return _page(session(), zone_number, form), 422


def _copy(
    save: Saving,
    spots: Spots,
    name: str,
    numbers: Sequence[str],
    places: Sequence[Place],
    day: date,
) -> None:
    left_out = {"id", "version", "stall_id", "valid_from", "valid_to"}
    for (spot, _stall), number, place in zip(spots, numbers, places, strict=True):
        values = {**spot.model_dump(exclude=left_out), **vars_of(place), "row": name}
        add_stall(save, number, values, day, action="plan_row")


@blueprint.post("/plans/zona/<int:zone_number>/rinda/nonemt")
def remove_row(zone_number: int) -> ResponseReturnValue:
    """Take a whole row off the plan, unless somebody counts on one of its stalls."""
    day = from_day()
    with office_saving() as save:
        _zone, site, _row, spots = _the_row(save.session, zone_number, day)
        _as_seen(spots)
        if who_stands_from(save.session, [identity(stall) for _spot, stall in spots], day):
            form = Form()
            form.refuse("form", _("Somebody counts on these stalls."))
            return _page(save.session, zone_number, form), 422
        for _spot, stall in spots:
            remove_stall(save, stall, day, action="plan_stall_away")
        return save.done(plan_address(site, day), _("The row is taken off the plan."))
