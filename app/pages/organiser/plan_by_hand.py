"""A draft of a plan changed by hand: put, move, swap, release; what was set by hand is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app import names
from app.clock import now
from app.database import session
from app.hand_words import WINDS, hand_mark, hand_said
from app.languages import gettext as _
from app.languages import in_language, ngettext
from app.pages.organiser import blueprint, office_saving
from app.placing import Taken, Unplaceable
from app.planned_grid import PlannedCell, PlannedDay, candidates, key_of, planned_day
from app.sending import Saving
from app.url_types import day_asked
from market.festivals.models import Application
from market.places.models import Stall
from market.places.plan_drawing import DrawnAmenity, DrawnStall, plan_svg
from market.places.queries import stall_with_number
from market.planning.hand import USUAL_WIND
from market.planning.hand_queries import (
    call_of_plan,
    days_of,
    held_in_plan,
    places_with,
    planned_on,
    spots_of_plan,
)
from market.planning.models import PlannedPlace, PlanVersion
from vendors.fields import identity
from vendors.registry.models import Vendor

LONGEST_TYPED = 80


@dataclass(frozen=True)
class HandView:
    """What is shown of a plan: one of its days, the wind, what was typed to find somebody."""

    plan: PlanVersion
    day: date
    wind: str
    typed: str = ""

    def values(self) -> dict[str, Any]:
        """What every form of the page carries back."""
        return {"diena": self.day.isoformat(), "vejs": self.wind}

    def address(self, anchor: str = "", **more: Any) -> str:
        """The address of this view, with more or other values."""
        return url_for(
            "office.plan_by_hand", plan_number=self.plan.id,
            **{**self.values(), **more}, _anchor=anchor or None,
        )  # fmt: skip


@blueprint.get("/plani/<int:plan_number>/ar-roku")
def plan_by_hand(plan_number: int) -> ResponseReturnValue:
    """One day of a plan: stalls, who has them, what does not fit; a draft can be changed."""
    view = _view(session(), plan_number)
    found = planned_day(session(), view.plan, view.day, view.wind)
    names_by_key = {key: one.name for key, one in found.people.items()}
    zones = {identity(one.zone): in_language(one.zone.name).text for one in found.blocks}
    return render_template(
        "organiser/plan_by_hand.html",
        view=view,
        found=found,
        days=days_of(session(), view.plan),
        winds=WINDS,
        is_draft=view.plan.state == "draft",
        picked=_picked(found),
        chosen=_chosen(found),
        candidates=candidates(found, view.typed),
        marks=lambda cell: list(dict.fromkeys(hand_mark(one) for one in cell.findings)),
        said_of=lambda one: hand_said(one, names_by_key, found.numbers, zones),
        drawings=_drawings(found),
        by_hand=[cell for cell in found.cells if cell.place and cell.place.by_hand],
        today=now().date(),
    )


@blueprint.post("/plani/<int:plan_number>/ar-roku/ielikt")
def plan_put(plan_number: int) -> ResponseReturnValue:
    """Put somebody (`tirgotajs`, "a12" or "v17") on a stall (`uz`)."""
    with office_saving() as save:
        view = _draft(save, plan_number)
        stall = _stall(save, view)
        known = _key_sent(save, view)
        _put(save, view, stall, known)
        _keep(save, view, known)
        return _done(save, view, stall, _name(save, known))


@blueprint.post("/plani/<int:plan_number>/ar-roku/parcelt")
def plan_move(plan_number: int) -> ResponseReturnValue:
    """Move whoever has a planned place (`placement`) to a free stall (`uz`) of the same day."""
    with office_saving() as save:
        view = _draft(save, plan_number)
        place, stall = _place(save, view), _stall(save, view)
        if planned_on(save.session, plan_number, view.day, identity(stall)) not in (None, place):
            raise _taken(save, view, stall)
        _write(save, view, place, stall, {"stall_id": stall.id, "by_hand": True})
        _keep(save, view, key_of(place))
        return _done(save, view, stall, _name(save, key_of(place)))


@blueprint.post("/plani/<int:plan_number>/ar-roku/mainit")
def plan_swap(plan_number: int) -> ResponseReturnValue:
    """Let two change stalls: that of a planned place, and whoever has the stall `uz`."""
    with office_saving() as save:
        view = _draft(save, plan_number)
        stall = _stall(save, view)
        if not request.form.get("placement"):
            raise _taken(save, view, stall)
        one = _place(save, view)
        other = planned_on(save.session, plan_number, view.day, identity(stall))
        if other is None:
            raise Unplaceable("gone")
        theirs = [
            {"application_id": row.application_id, "vendor_id": row.vendor_id, "by_hand": True}
            for row in (one, other)
        ]
        said = [_name(save, key_of(row)) for row in (one, other)]
        save.change(one, theirs[1], action="planned")
        save.change(other, theirs[0], action="planned")
        save.session.flush()
        for row in (one, other):
            _keep(save, view, key_of(row))
        return save.done(
            view.address(f"c-{view.day.isoformat()}.{stall.number}"),
            _("%(one)s and %(other)s have changed places.", one=said[0], other=said[1]),
        )


@blueprint.post("/plani/<int:plan_number>/ar-roku/atbrivot")
def plan_release(plan_number: int) -> ResponseReturnValue:
    """Make the stall of a planned place free; the next proposal may give it to anybody."""
    with office_saving() as save:
        view = _draft(save, plan_number)
        place = _place(save, view)
        number = save.session.get_one(Stall, place.stall_id).number
        save.remove(place, action="planned")
        return save.done(
            view.address(f"c-{view.day.isoformat()}.{number}"),
            _("%(stall)s is free in this plan.", stall=number),
        )


@blueprint.post("/plani/<int:plan_number>/ar-roku/laut")
def plan_unpin(plan_number: int) -> ResponseReturnValue:
    """Let the next proposal decide again about whoever has a place that was set by hand."""
    with office_saving() as save:
        view = _draft(save, plan_number)
        place = _place(save, view)
        for row in places_with(save.session, place):
            save.change(row, {"by_hand": False}, action="planned")
        return save.done(
            view.address(),
            _("The next proposal decides about %(name)s.", name=_name(save, key_of(place))),
        )


@blueprint.post("/plani/<int:plan_number>/ar-roku/paturet")
def plan_pin(plan_number: int) -> ResponseReturnValue:
    """Keep whoever has a place (`placement`), or everybody of the day, where they are."""
    with office_saving() as save:
        view = _draft(save, plan_number)
        if request.form.get("placement"):
            rows = list(places_with(save.session, _place(save, view)))
        else:
            rows = [row for row, *_who in held_in_plan(save.session, plan_number, view.day)]
        for row in rows:
            save.change(row, {"by_hand": True}, action="planned")
        return save.done(
            view.address(),
            ngettext(
                "%(num)s place is kept as it is.", "%(num)s places are kept as they are.", len(rows)
            ),
        )


def _view(found: Session, plan_number: int) -> HandView:
    plan = found.get(PlanVersion, plan_number) or abort(404)
    days = days_of(found, plan)
    number = str(request.values.get("uz", "")).partition(".")[0]
    day = day_asked(request.values.get("diena") or number, days[0])
    wind = request.values.get("vejs", USUAL_WIND)
    return HandView(
        plan,
        day if day in days else days[0],
        wind if wind in WINDS else USUAL_WIND,
        request.values.get("q", "")[:LONGEST_TYPED],
    )


def _draft(save: Saving, plan_number: int) -> HandView:
    """The view of a plan that may be changed; what was published stays as it was."""
    view = _view(save.session, plan_number)
    if view.plan.state != "draft":
        raise Unplaceable("published")
    return view


def _stall(save: Saving, view: HandView) -> Stall:
    """The stall a form means by `uz`; it must be one that this plan gives away."""
    number = [*request.form.get("uz", "").split("."), ""][1][:8]
    stall = stall_with_number(save.session, number) or abort(422)
    call = call_of_plan(save.session, view.plan)
    spots = spots_of_plan(save.session, view.plan, call, view.day)
    if stall.id not in {spot.stall_id for spot, *_more in spots}:
        raise Unplaceable("off_plan")
    return stall


def _place(save: Saving, view: HandView) -> PlannedPlace:
    """The planned place a form means; Unplaceable when it is gone or of another plan or day."""
    typed = request.form.get("placement", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    place = save.session.get(PlannedPlace, number)
    if place is None or (place.plan_id, place.day) != (view.plan.id, view.day):
        raise Unplaceable("gone")
    return place


def _key_sent(save: Saving, view: HandView) -> str:
    """Who is to be put; they must be among those this plan is about."""
    key = request.form.get("tirgotajs", "")[:12]
    people = planned_day(save.session, view.plan, view.day, view.wind).people
    return key if key in people else abort(422)


def _put(save: Saving, view: HandView, stall: Stall, key: str) -> None:
    held = planned_on(save.session, identity(view.plan), view.day, identity(stall))
    if held is not None:
        if key_of(held) == key:
            return
        raise _taken(save, view, stall)
    whose = "application_id" if key.startswith("a") else "vendor_id"
    place = PlannedPlace(
        plan_id=identity(view.plan), day=view.day, stall_id=identity(stall), by_hand=True,
        **{whose: int(key[1:])},
    )  # fmt: skip
    try:
        with save.session.begin_nested():
            save.add(place, action="planned")
    except IntegrityError:
        raise _taken(save, view, stall) from None


def _write(
    save: Saving, view: HandView, place: PlannedPlace, stall: Stall, values: dict[str, Any]
) -> None:
    try:
        with save.session.begin_nested():
            save.change(place, values, action="planned")
            save.session.flush()
    except IntegrityError:
        raise _taken(save, view, stall) from None


def _keep(save: Saving, view: HandView, key: str) -> None:
    """All places of whoever was touched are kept together by the next proposal."""
    for row, *_who in held_in_plan(save.session, identity(view.plan), view.day):
        if key_of(row) == key and not row.by_hand:
            save.change(row, {"by_hand": True}, action="planned")


def _taken(save: Saving, view: HandView, stall: Stall) -> Taken:
    held = planned_on(save.session, identity(view.plan), view.day, identity(stall))
    return Taken(stall.number, view.day, _name(save, key_of(held)) if held else "")


def _name(save: Saving, key: str) -> str:
    if key.startswith("a"):
        return save.session.get_one(Application, int(key[1:])).name
    return save.session.get_one(Vendor, int(key[1:])).name


def _done(save: Saving, view: HandView, stall: Stall, name: str) -> ResponseReturnValue:
    where = view.address(f"c-{view.day.isoformat()}.{stall.number}")
    return save.done(
        where, _("%(name)s has %(stall)s in this plan.", name=name, stall=stall.number)
    )


def _picked(found: PlannedDay) -> PlannedCell | None:
    """The place in the hand (`nemt`, a planned place)."""
    typed = request.args.get("nemt", "")
    return next((one for one in found.cells if one.place and str(one.place.id) == typed), None)


def _chosen(found: PlannedDay) -> PlannedCell | None:
    """The free stall for which somebody is looked for (`uz`)."""
    number = [*request.args.get("uz", "").split("."), ""][1]
    return next((one for one in found.cells if one.stall.number == number), None)


def _drawings(found: PlannedDay) -> list[Markup]:
    """The plan of each square as SVG; the list says the same and is what one works with."""
    drawn = []
    for site in {one.site.id: one.site for one in found.blocks}.values():
        stalls = [
            DrawnStall(
                identity(cell.stall), cell.stall.number, cell.spot, _look(cell), _title(cell),
                block.zone.code,
            )
            for block in found.blocks
            if block.site.id == site.id
            for cell in block.cells
        ]  # fmt: skip
        around = [
            DrawnAmenity(
                one.kind,
                in_language(one.name).text if one.name else names.amenity(one.kind),
                one.points,
            )
            for one in found.amenities[identity(site)]
        ]
        svg = plan_svg(site, stalls, around, title=in_language(site.name).text)
        drawn.append(Markup(svg))  # noqa: S704 - our own drawing escapes every text
    return drawn


def _look(cell: PlannedCell) -> str:
    if cell.closed:
        return "absent"
    return "taken" if cell.person else "free"


def _title(cell: PlannedCell) -> str:
    return f"{cell.stall.number} – {cell.person.name if cell.person else _('free')}"
