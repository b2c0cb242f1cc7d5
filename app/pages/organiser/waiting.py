"""Who waits for a place today, and guests who simply come: each is on a stall in a few taps."""

from datetime import date

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from app.languages import gettext as _
from app.languages import sort_key
from app.pages.organiser import blueprint, for_helpers
from app.pages.organiser.arriving import note_arrival
from app.pages.organiser.guests import guest_typed, new_guest
from app.pages.organiser.tapping import (
    Which,
    answered,
    home,
    refused,
    stall_tapped,
    taken,
    vendor_tapped,
)
from app.pages.organiser.this_day import Told, this_day_page
from app.placing import Taken, put
from app.sending import Saving, wants_json
from app.taps import Unfit, day_tapped
from market.days.models import Waiting
from market.days.queries import presences_on
from market.on_the_day.arrivals import EXPECTED, PRESENT
from market.on_the_day.queries import placements_on, waiting_of, without_place
from market.places.models import Stall
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.registry.queries import vendor_of_office
from vendors.searching import folded

MOST_ASKED_BACK = 8


@blueprint.post("/sodien/gaida")
@for_helpers
def tap_waiting() -> ResponseReturnValue:
    """Note that a vendor waits for a place today: found by name, or by a tap."""

    def tap(save: Saving) -> Response:
        day = day_tapped()
        vendor = vendor_meant(save, day)
        if placements_on(save.session, identity(vendor), day):
            raise Unfit("placed", _("%(vendor)s has a place today.", vendor=vendor.name))
        _add(save, vendor, day)
        return save.done(home("gaida"), _("%(vendor)s waits for a place.", vendor=vendor.name))

    return answered(tap)


def _add(save: Saving, vendor: Vendor, day: date) -> None:
    save.vendor_id = identity(vendor)
    if waiting_of(save.session, identity(vendor), day) is not None:
        return
    new = Waiting(vendor_id=identity(vendor), day=day, since=save.at)
    try:
        with save.session.begin_nested():
            save.add(new, action="waiting")
    except IntegrityError:
        return


def vendor_meant(save: Saving, day: date) -> Vendor:
    """The vendor of a tap, or the one whose name was typed; Which when that is not clear."""
    slug, typed = request.form.get("vendor", ""), request.form.get("name", "").strip()
    if slug:
        return vendor_of_office(save.session, slug) or abort(404)
    if not typed:
        raise Unfit("name", _("Please type a name."))
    word = folded(typed) or ""
    rest = without_place(save.session, day)
    exact = [one for one in rest if folded(one.name) == word]
    found = exact or [one for one in rest if word in (folded(one.name) or "")]
    if len(found) == 1:
        return found[0]
    found = sorted(found, key=lambda one: sort_key(one.name))[:MOST_ASKED_BACK]
    sentence = (
        _("Who is meant?")
        if found
        else _("Nobody without a place today is called so: %(name)s", name=typed[:80])
    )
    raise Which(sentence, [(one.slug, one.name) for one in found])


@blueprint.post("/sodien/negaida")
@for_helpers
def tap_not_waiting() -> ResponseReturnValue:
    """A vendor no longer waits."""

    def tap(save: Saving) -> Response:
        vendor, day = vendor_tapped(save), day_tapped()
        _no_longer(save, vendor, day)
        said = _("%(vendor)s no longer waits.", vendor=vendor.name)
        return save.done(home("gaida"), said)

    return answered(tap)


def _no_longer(save: Saving, vendor: Vendor, day: date) -> None:
    row = waiting_of(save.session, identity(vendor), day)
    if row is not None:
        save.vendor_id = identity(vendor)
        save.remove(row, action="not_waiting")


@blueprint.post("/sodien/iedot")
@for_helpers
def tap_give() -> ResponseReturnValue:
    """Give a free stall to somebody who waits, or to a guest who is known."""

    def tap(save: Saving) -> Response:
        day, stall = day_tapped(), _stall_chosen(save)
        vendor = vendor_meant(save, day)
        give(save, day, stall, vendor)
        return _placed(save, stall, vendor)

    return answered(tap)


@blueprint.post("/sodien/viesis")
@for_helpers
def tap_guest() -> ResponseReturnValue:
    """Put a guest on a free stall who was never here before; the office looks at them later."""
    form = guest_typed()
    if form.errors and wants_json():
        return refused("guest", " ".join(form.errors.values()))
    if form.errors:
        return this_day_page(Told(typed=dict(request.form), errors=form.errors)), 422

    def tap(save: Saving) -> Response:
        day, stall = day_tapped(), _stall_chosen(save)
        vendor = new_guest(save, form.values)
        give(save, day, stall, vendor)
        return _placed(save, stall, vendor)

    return answered(tap)


def _stall_chosen(save: Saving) -> Stall:
    if not request.form.get("stall"):
        raise Unfit("stall", _("Please choose a free place first."))
    return stall_tapped(save)


def _placed(save: Saving, stall: Stall, vendor: Vendor) -> Response:
    said = _("%(vendor)s now stands on %(stall)s.", vendor=vendor.name, stall=stall.number)
    return save.done(home("brivas"), said)


def give(save: Saving, day: date, stall: Stall, vendor: Vendor) -> None:
    """Put a vendor who is here on a stall: they have arrived, and no longer wait.

    Raises Late when somebody else has the stall, or the vendor has another place by now.
    """
    mine = _("%(vendor)s on stall %(stall)s", vendor=vendor.name, stall=stall.number)
    theirs = placements_on(save.session, identity(vendor), day)
    if theirs and all(one.stall_id != stall.id for one in theirs):
        numbers = ", ".join(save.session.get_one(Stall, one.stall_id).number for one in theirs)
        sentence = _(
            "%(vendor)s has another place by now: %(stalls)s.", vendor=vendor.name, stalls=numbers
        )
        raise Unfit("placed", sentence)
    try:
        put(save, day, stall, vendor)
    except Taken as refusal:
        raise taken(save.session, refusal, day, mine) from None
    known = presences_on(save.session, day).get(identity(vendor), EXPECTED)
    note_arrival(save, vendor, day, PRESENT, known)
    _no_longer(save, vendor, day)
