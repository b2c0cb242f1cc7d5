"""One stall of the plan: added, changed in numbers and boxes, taken off the plan."""

from datetime import date

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.changes import Stale
from app.database import session
from app.forms import Form, Typed
from app.languages import gettext as _
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.plan_forms import (
    categories,
    kinds_of_stalls,
    plan_address,
    read_spot,
    said_metres,
    site_of,
    stall_of,
    typed_of_spot,
    typed_spot,
    zone_choices,
)
from app.pages.organiser.plan_writing import (
    NumberTaken,
    PositionTaken,
    Wanted,
    add_stall,
    from_day,
    give_numbers,
    period_as_opened,
    remove_stall,
    who_stands_from,
    write_spots,
)
from market.places.layout import next_number
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.places.plan_periods import period_on
from market.places.queries import all_numbers, periods_of, plan_of, zones_of
from market.signs.queries import signs_of_stalls
from vendors.fields import identity


@blueprint.get("/plans/<int:site_number>/jauna-vieta")
def new_stall(site_number: int) -> ResponseReturnValue:
    """The form of one more stall."""
    found = session()
    site = site_of(found, site_number)
    return _new_page(found, site, Form(typed=_suggested(found, site)))


def _suggested(found: Session, site: Site) -> Typed:
    """A stall like the last one, beside it; in the middle of the plan where there is none."""
    day, site_id = from_day(), identity(site)
    rows = plan_of(found, site_id, day)
    numbers = all_numbers(found)
    if not rows:
        zone = next(iter(zones_of(found, site_id)), None)
        return {
            "number": next_number(numbers, "A"),
            "zone": str(zone.id) if zone else "",
            "row": "A",
            "position": "1",
            "kind": "table",
            "x_m": said_metres(site.width_m / 2),
            "y_m": said_metres(site.height_m / 2),
            "width_m": "2",
            "depth_m": said_metres(1.2),
            "angle_deg": "0",
            "power_kw": "0",
        }
    spot, stall, _zone = rows[-1]
    letters = stall.number.rstrip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") or stall.number[:1]
    letters = "".join(one for one in letters if one.isalpha())
    typed = typed_of_spot(spot, next_number(numbers, letters))
    typed["position"] = str(spot.position + 1)
    typed["x_m"] = said_metres(spot.x_m + spot.width_m + 0.4)
    return typed


def _new_page(found: Session, site: Site, form: Form) -> str:
    return render_template(
        "organiser/plan_stall.html",
        site=site,
        day=from_day(),
        stall=None,
        spot=None,
        form=form,
        zones=zone_choices(found, identity(site)),
        kinds=kinds_of_stalls(),
        categories=categories(),
        theirs={},
        standing=[],
        sign=None,
    )


@blueprint.post("/plans/<int:site_number>/jauna-vieta")
def add_stall_to_plan(site_number: int) -> ResponseReturnValue:
    """Put one more stall on the plan."""
    found, day = session(), from_day()
    site = site_of(found, site_number)
    form = read_spot(typed_spot(), zones_of(found, identity(site)))
    _refuse_taken_position(found, site, day, form, None)
    if form.errors:
        return _new_page(found, site, form), 422
    number = form.text("number").upper()
    try:
        with office_saving() as save:
            stall = add_stall(save, number, form.values, day, action="plan_stall")
            where = url_for("office.plan_stall", stall_number=stall.id, no=day.isoformat())
            return save.done(where, _("Stall %(number)s is on the plan.", number=number))
    except NumberTaken:
        form.refuse("number", _("Another stall has this number."))
    except PositionTaken:
        form.refuse("position", _("Another stall has this place in the row."))
    return _new_page(session(), site, form), 422


def _refuse_taken_position(
    found: Session, site: Site, day: date, form: Form, stall: Stall | None
) -> None:
    if form.errors:
        return
    place = (form.values["zone_id"], form.values["row"], form.values["position"])
    for spot, other, _zone in plan_of(found, identity(site), day):
        here = (spot.zone_id, spot.row, spot.position)
        if here == place and (stall is None or other.id != stall.id):
            said = _("Stall %(number)s has this place in the row.", number=other.number)
            form.refuse("position", said)


def _on_plan(found: Session, stall: Stall, day: date) -> tuple[StallOnPlan | None, Site]:
    """The stall's period on a day, or its last one, with its site; 404 if it never was drawn."""
    periods = periods_of(found, [identity(stall)])[identity(stall)]
    current = period_on(periods, day)
    shown = current or (periods[-1] if periods else abort(404))
    zone = found.get_one(Zone, shown.zone_id)
    return current, found.get_one(Site, zone.site_id)


@blueprint.get("/plans/vieta/<int:stall_number>")
def plan_stall(stall_number: int) -> ResponseReturnValue:
    """One stall in numbers and boxes; works without dragging anything."""
    found = session()
    stall = stall_of(found, stall_number)
    spot, site = _on_plan(found, stall, from_day())
    typed = typed_of_spot(spot, stall.number) if spot else {}
    return _page(found, site, stall, spot, Form(typed=typed))


def _page(
    found: Session,
    site: Site,
    stall: Stall,
    spot: StallOnPlan | None,
    form: Form,
    theirs: Typed | None = None,
) -> str:
    day, stall_id = from_day(), identity(stall)
    periods = periods_of(found, [stall_id])[stall_id]
    return render_template(
        "organiser/plan_stall.html",
        site=site,
        day=day,
        stall=stall,
        spot=spot,
        periods=periods,
        later=[one for one in periods if one.valid_from > day],
        form=form,
        zones=zone_choices(found, identity(site)),
        kinds=kinds_of_stalls(),
        categories=categories(),
        theirs=theirs or {},
        standing=who_stands_from(found, [stall_id], day),
        sign=signs_of_stalls(found, [stall_id]).get(stall_id),
    )


@blueprint.post("/plans/vieta/<int:stall_number>")
def save_stall(stall_number: int) -> ResponseReturnValue:
    """Save a stall from a day on; if somebody else was quicker, both are shown."""
    found, day = session(), from_day()
    stall = stall_of(found, stall_number)
    spot, site = _on_plan(found, stall, day)
    form = read_spot(typed_spot(), zones_of(found, identity(site)))
    _refuse_taken_position(found, site, day, form, stall)
    if form.errors:
        return _page(found, site, stall, spot, form), 422
    try:
        return _saved(stall_number, form, day)
    except Stale:
        found = session()
        found.expire_all()
        stall = stall_of(found, stall_number)
        spot, site = _on_plan(found, stall, day)
        return _page(found, site, stall, spot, form, _theirs(spot, stall, form)), 409
    except NumberTaken:
        form.refuse("number", _("Another stall has this number."))
    except PositionTaken:
        form.refuse("position", _("Another stall has this place in the row."))
    return _page(session(), site, stall_of(session(), stall_number), spot, form), 422


def _saved(stall_number: int, form: Form, day: date) -> ResponseReturnValue:
    with office_saving() as save:
        stall = stall_of(save.session, stall_number)
        stall_id = identity(stall)
        period_as_opened(periods_of(save.session, [stall_id])[stall_id], day)
        old, number = stall.number, form.text("number").upper()
        write_spots(save, [Wanted(stall_id, form.values)], day, action="plan_stall")
        where = url_for("office.plan_stall", stall_number=stall_number, no=day.isoformat())
        said = _("Saved.")
        if number != old:
            give_numbers(save, [(old, number)])
            said = _("Saved. The number counts at once, on all days.")
            if signs_of_stalls(save.session, [stall_id]):
                said = _("Saved. The number counts at once; the sign has to be printed anew.")
        return save.done(where, said)


def _theirs(spot: StallOnPlan | None, stall: Stall, form: Form) -> Typed:
    """What stands on the plan now where it is not what was typed."""
    if spot is None:
        return {"number": _("taken off the plan")}
    theirs = typed_of_spot(spot, stall.number)
    return {
        name: ", ".join(value) if isinstance(value, list) else value or "–"
        for name, value in theirs.items()
        if form.typed.get(name) != value
    }


@blueprint.post("/plans/vieta/<int:stall_number>/nonemt")
def remove_stall_from_plan(stall_number: int) -> ResponseReturnValue:
    """Take a stall off the plan from a day on, unless somebody counts on it."""
    day = from_day()
    with office_saving() as save:
        stall = stall_of(save.session, stall_number)
        spot, site = _on_plan(save.session, stall, day)
        if who_stands_from(save.session, [stall_number], day):
            form = Form(typed=typed_of_spot(spot, stall.number) if spot else {})
            form.refuse("form", _("Somebody counts on this stall."))
            return _page(save.session, site, stall, spot, form), 422
        number = stall.number
        remove_stall(save, stall, day, action="plan_stall_away")
        said = _("Stall %(number)s is taken off the plan.", number=number)
        return save.done(plan_address(site, day), said)
