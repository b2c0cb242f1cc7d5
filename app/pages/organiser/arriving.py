"""Taps on who has come: arrived, late, absent; a place released, another stall given."""

from datetime import date

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.languages import clock_time
from app.languages import gettext as _
from app.pages.organiser import blueprint, for_helpers
from app.pages.organiser.tapping import answered, home, stall_tapped, taken, vendor_tapped
from app.placing import Taken, move, release
from app.sending import Saving
from app.taps import Late, Unfit, day_tapped
from market.days.models import PRESENCE_STATES, Presence
from market.days.queries import hour_set, presence_of, presences_on
from market.days.settings import RELEASE_HOUR
from market.on_the_day.arrivals import ABSENT, EXPECTED, PRESENT, ArrivalTap, arrival_tapped
from market.on_the_day.queries import placements_on
from market.on_the_day.release import Release, release_of
from market.standing.queries import holder_of, placement_on
from vendors.fields import identity
from vendors.registry.models import Vendor


def arrival_said(state: str) -> str:
    """Whether a vendor has come, in words."""
    words = {
        "present": _("arrived"),
        "late": _("late"),
        "absent": _("is not here"),
        EXPECTED: _("nothing said yet"),
    }
    return words[state]


@blueprint.post("/sodien/ieradies")
@for_helpers
def tap_arrival() -> ResponseReturnValue:
    """Arrived, late, absent: one tap."""
    state = request.form.get("state", "")
    if state not in PRESENCE_STATES:
        abort(400)

    def tap(save: Saving) -> Response:
        vendor, day = vendor_tapped(save), day_tapped()
        note_arrival(save, vendor, day, state, request.form.get("was", EXPECTED))
        said = _("Saved: %(vendor)s – %(state)s.", vendor=vendor.name, state=arrival_said(state))
        return save.done(home(f"t-{vendor.slug}"), said)

    return answered(tap)


def note_arrival(save: Saving, vendor: Vendor, day: date, state: str, seen: str) -> None:
    """Write that a vendor has come, is late or absent; Late when it says something else by now."""
    vendor_id = identity(vendor)
    row = presence_of(save.session, vendor_id, day)
    usual = presences_on(save.session, day).get(vendor_id, EXPECTED)
    tap = arrival_tapped(row, usual, state, seen)
    if tap.stale:
        raise late_arrival(vendor, row.state if row else usual, state)
    save.vendor_id = vendor_id
    if tap.is_change and row is not None:
        values = {"state": state, "no_show": tap.no_show}
        save.change(row, values, action="arrival")
    elif tap.is_new:
        _add(save, vendor, day, tap)


def _add(save: Saving, vendor: Vendor, day: date, tap: ArrivalTap) -> None:
    """The first word on a day; of two at once the second finds the row of the first."""
    new = Presence(vendor_id=identity(vendor), day=day, state=tap.state, no_show=tap.no_show)
    try:
        with save.session.begin_nested():
            save.add(new, action="arrival")
    except IntegrityError:
        row = presence_of(save.session, identity(vendor), day)
        if row is None or row.state != tap.state:
            raise late_arrival(vendor, row.state if row else EXPECTED, tap.state) from None


def late_arrival(vendor: Vendor, theirs: str, state: str) -> Late:
    """What is known of a vendor by now, and what was tapped."""
    return Late(vendor.name, arrival_said(state), arrival_said(theirs), theirs)


@blueprint.post("/sodien/atbrivot")
@for_helpers
def tap_release() -> ResponseReturnValue:
    """Release the place of a vendor who has not come: one tap, from the set hour on."""

    def tap(save: Saving) -> Response:
        vendor, day = vendor_tapped(save), day_tapped()
        release_places(save, vendor, day, request.form.get("was", EXPECTED))
        said = _("The place of %(vendor)s is free.", vendor=vendor.name)
        return save.done(home("brivas"), said)

    return answered(tap)


def release_places(
    save: Saving, vendor: Vendor, day: date, seen: str, *, at_any_time: bool = False
) -> None:
    """Make a vendor's stalls of a day free; who had said nothing is noted as a no-show.

    Whose place was released before, by whomever, is simply released. Raises Unfit before the
    hour, Late where the vendor is known to be in another state than was seen.
    """
    placements = placements_on(save.session, identity(vendor), day)
    if not placements:
        return
    state = _known_state(save, vendor, day)
    found = Release(may=True, no_show=state == EXPECTED)
    if not at_any_time:
        found = _may_release(save, day, state)
    if state != seen and state in (PRESENT, "late"):
        raise Late(vendor.name, _("the place is released"), arrival_said(state), state)
    if not found.may and found.from_hour is None:
        raise Unfit("here", _("%(vendor)s is here and keeps the place.", vendor=vendor.name))
    if not found.may:
        hour = clock_time(found.from_hour) if found.from_hour else ""
        raise Unfit("early", _("Places can be released from %(time)s on.", time=hour))
    if found.no_show:
        note_arrival(save, vendor, day, ABSENT, EXPECTED)
    for placement in placements:
        release(save, placement)


def _may_release(save: Saving, day: date, state: str) -> Release:
    """What was tapped for a day that is over was tapped late enough."""
    hour = hour_set(save.session, RELEASE_HOUR)
    moment = now()
    return release_of(state, moment.time() if moment.date() <= day else hour, hour)


def _known_state(save: Saving, vendor: Vendor, day: date) -> str:
    row = presence_of(save.session, identity(vendor), day)
    usual = presences_on(save.session, day)
    return row.state if row else usual.get(identity(vendor), EXPECTED)


@blueprint.post("/sodien/parcelt")
@for_helpers
def tap_move() -> ResponseReturnValue:
    """Give a vendor another free stall."""

    def tap(save: Saving) -> Response:
        vendor, day = vendor_tapped(save), day_tapped()
        before, stall = stall_tapped(save, "no"), stall_tapped(save)
        placement = placement_on(save.session, day, identity(before))
        mine = _("%(vendor)s on stall %(stall)s", vendor=vendor.name, stall=stall.number)
        if placement is None or placement.vendor_id != vendor.id:
            holder = holder_of(save.session, placement) if placement else None
            raise _left(before.number, mine, holder)
        try:
            move(save, placement, stall)
        except Taken as refusal:
            raise taken(save.session, refusal, day, mine) from None
        said = _("%(vendor)s now stands on %(stall)s.", vendor=vendor.name, stall=stall.number)
        return save.done(home(f"t-{vendor.slug}"), said)

    return answered(tap)


def _left(number: str, mine: str, holder: Vendor | None) -> Unfit:
    """The stall that was to be left is no longer theirs."""
    theirs = holder.name if holder else _("nobody")
    return Unfit(
        "gone",
        _(
            "Stall %(stall)s: %(vendor)s has it by now. Not done: %(mine)s.",
            stall=number,
            vendor=theirs,
            mine=mine,
        ),
    )
