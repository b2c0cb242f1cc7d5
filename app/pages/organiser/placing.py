"""What is done on the grid and on the plan: put, move, swap, release, each one form."""

from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.languages import gettext as _
from app.languages import on_day
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.stands import View, place_asked, placement_seen, view_asked
from app.placing import Unplaceable, move, placement_sent, put, release, swap, taken
from app.sending import Saving
from market.days.models import Placement
from market.places.models import Stall
from market.places.queries import stall_with_number
from market.standing.queries import placement_on
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.registry.queries import vendor_of_office


@blueprint.post("/vietas/ielikt")
def put_on_stall() -> ResponseReturnValue:
    """Put a vendor (`tirgotajs`, or that of a `placement` of another day) on a place (`uz`)."""
    with office_saving() as save:
        view, (day, stall) = view_asked(save.session), _place(save)
        vendor = _vendor(save)
        put(save, day, stall, vendor)
        return save.done(
            _back(view, stall.number),
            _("%(vendor)s stands on %(stall)s %(day)s.", **_said(vendor, stall, view)),
        )


@blueprint.post("/vietas/parcelt")
def move_vendor() -> ResponseReturnValue:
    """Move the vendor of a `placement` to another place (`uz`) of the same day."""
    with office_saving() as save:
        view, (day, stall) = view_asked(save.session), _place(save)
        placement = placement_sent(save, request.form.get("placement", ""))
        if placement.day != day:
            abort(422)
        vendor = save.session.get_one(Vendor, placement.vendor_id)
        move(save, placement, stall)
        return save.done(
            _back(view, stall.number),
            _("%(vendor)s stands on %(stall)s %(day)s.", **_said(vendor, stall, view)),
        )


@blueprint.post("/vietas/mainit")
def swap_vendors() -> ResponseReturnValue:
    """Let the vendor of a `placement` and the one on a place (`uz`) change places.

    Whoever has no place that day yet, or comes from another day, is told who has the place.
    """
    with office_saving() as save:
        view, (day, stall) = view_asked(save.session), _place(save)
        known = _placement(save)
        if known is None or known.day != day:
            put(save, day, stall, _vendor(save))
            return save.done(_back(view, stall.number), _("Nothing was changed."))
        one = placement_sent(save, request.form["placement"])
        other = _standing_at(save, one, stall)
        names = [save.session.get_one(Vendor, row.vendor_id).name for row in (one, other)]
        swap(save, one, other)
        return save.done(
            _back(view, stall.number),
            _("%(one)s and %(other)s have changed places.", one=names[0], other=names[1]),
        )


@blueprint.post("/vietas/atbrivot")
def release_stall() -> ResponseReturnValue:
    """Make the stall of a `placement` free."""
    with office_saving() as save:
        view = view_asked(save.session)
        placement = placement_sent(save, request.form.get("placement", ""))
        stall = save.session.get_one(Stall, placement.stall_id)
        day = placement.day
        release(save, placement)
        said = _("Stall %(stall)s is free %(day)s.", stall=stall.number, day=on_day(day))
        return save.done(_back(view, stall.number, day.isoformat()), said)


def _place(save: Saving) -> tuple[date, Stall]:
    """The day and the stall that a form means; 422 when there is no such stall."""
    day, number = place_asked()
    stall = stall_with_number(save.session, number)
    if day is None or stall is None:
        abort(422)
    return day, stall


def _placement(save: Saving) -> Placement | None:
    """The placement a form names, only to know its day and vendor: nothing is locked for it."""
    typed = request.form.get("placement", "")
    known = typed.isascii() and typed.isdecimal() and len(typed) < 10
    return save.session.get(Placement, int(typed)) if known else None


def _vendor(save: Saving) -> Vendor:
    placement = _placement(save)
    if placement is not None:
        return save.session.get_one(Vendor, placement.vendor_id)
    if request.form.get("placement"):
        raise Unplaceable("gone")
    return vendor_of_office(save.session, request.form.get("tirgotajs", "")) or abort(422)


def _standing_at(save: Saving, one: Placement, stall: Stall) -> Placement:
    """Who has the place; where the page had shown somebody else, the answer is who has it now."""
    other = placement_on(save.session, one.day, identity(stall))
    if other is None or other.id == one.id:
        raise Unplaceable("gone")
    seen = placement_seen()
    if seen and seen != str(other.id):
        raise taken(save.session, stall, one.day, other)
    return other


def _said(vendor: Vendor, stall: Stall, view: View) -> dict[str, str]:
    return {"vendor": vendor.name, "stall": stall.number, "day": on_day(view.day)}


def _back(view: View, number: str, day: str = "") -> str:
    return view.address(f"c-{day or view.day.isoformat()}.{number}")
