"""Taps on my stall today: here or not, how much is left, what it costs, all as on the last day.

A tap says for which day it is and what its page showed before (`was`), not the version of the
row: so a phone's own waiting taps never collide with each other, a new name in the office does
not refuse a price, and what somebody else has said of the very same thing is never covered
unasked. The row is locked while that is compared.
"""

from collections.abc import Callable
from datetime import date

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from app.changes import Stale
from app.forms import read_form, typed_cents
from app.languages import gettext as _
from app.languages import in_language, money
from app.pages.vendor import blueprint
from app.pages.vendor.today import Told, own_day, today_page
from app.sending import Saving, saving, wants_json
from app.taps import Late, Unfit, day_tapped, problem, quicker
from market.days.models import PRESENCE_STATES, Presence
from market.days.own_day import EXPECTED, presence_tapped
from market.days.queries import presence_of, presences_on
from vendors.fields import identity
from vendors.listings.freshness import state_on
from vendors.listings.models import STATES, Good, GoodFields
from vendors.listings.queries import good_of, live_goods
from vendors.listings.taps import as_before, price_tapped, state_tapped


def _answered(tap: Callable[[Saving], Response]) -> ResponseReturnValue:
    """Save a tap, or say why not: to a queue as JSON, to people on the page itself."""
    try:
        with saving() as save:
            return tap(save)
    except Late as late:
        return quicker(late, lambda choice: (today_page(Told(choice=choice)), 409))
    except Unfit as unfit:
        if wants_json():
            return problem(422, unfit.reason, unfit.sentence)
        typed = {unfit.good: request.form.get("price", "")} if unfit.good else {}
        return today_page(Told(problem=unfit.sentence, typed=typed)), 422


def _good(save: Saving, number: int) -> Good:
    return good_of(save.session, save.account.vendor_id, number) or abort(404)


def _name(good: Good) -> str:
    return in_language(good.name).text


def _home(good: Good | None = None) -> str:
    return url_for("own.today", _anchor=f"p{good.id}" if good else None)


# Here, late, not coming.


def presence_said(state: str) -> str:
    """What was said of a day, in the vendor's own words."""
    words = {
        "present": _("I am here"),
        "late": _("I will be late"),
        "absent": _("Not coming today"),
        EXPECTED: _("nothing said yet"),
    }
    return words[state]


@blueprint.post("/sodien/klat")
def tap_presence() -> ResponseReturnValue:
    """Here, late or not coming: one tap."""
    state = request.form.get("state", "")
    if state not in PRESENCE_STATES:
        abort(400)

    def tap(save: Saving) -> Response:
        _say_presence(save, state, day_tapped())
        return save.done(_home(), _("Saved: %(words)s.", words=presence_said(state)))

    return _answered(tap)


def _say_presence(save: Saving, state: str, day: date) -> None:
    vendor_id = save.account.vendor_id
    if own_day(save.session, vendor_id, day) is None:
        raise Unfit("no_stall", _("You have no stall on that day. The office can help."))
    row = presence_of(save.session, vendor_id, day)
    usual = presences_on(save.session, day).get(vendor_id, EXPECTED)
    tap = presence_tapped(row, usual, state, request.form.get("was", EXPECTED))
    if tap.stale:
        raise _late_presence(row.state if row else usual, state)
    if tap.is_change and row is not None:
        save.change(row, {"state": state, "no_show": False}, action="presence")
    elif tap.is_new:
        _add_presence(save, state, day)


def _add_presence(save: Saving, state: str, day: date) -> None:
    """The first tap of a day; of two at once the second finds the row of the first."""
    vendor_id = save.account.vendor_id
    try:
        with save.session.begin_nested():
            save.add(Presence(vendor_id=vendor_id, day=day, state=state), action="presence")
    except IntegrityError:
        row = presence_of(save.session, vendor_id, day)
        if row is None or row.state != state:
            raise _late_presence(row.state if row else EXPECTED, state) from None


def _late_presence(theirs: str, state: str) -> Late:
    return Late(_("The day"), presence_said(state), presence_said(theirs), theirs)


# How much is left.


def state_said(state: str) -> str:
    """How much of a good is left, in the vendor's own words."""
    words = {"available": _("in stock"), "last": _("the last ones"), "sold_out": _("sold out")}
    return words[state]


@blueprint.post("/sodien/prece/<int:number>/ir")
def tap_state(number: int) -> ResponseReturnValue:
    """In stock, the last ones, sold out: one tap."""
    state, seen = request.form.get("state", ""), request.form.get("was", "available")
    if state not in STATES:
        abort(400)

    def tap(save: Saving) -> Response:
        day, good = day_tapped(), _good(save, number)
        found = state_tapped(good, state, day, seen)
        if found.stale:
            other = state_on(good, day)
            raise Late(_name(good), state_said(state), state_said(other), other)
        _write(save, good, found.values, "state")
        words = _("Saved: %(good)s – %(state)s.", good=_name(good), state=state_said(state))
        return save.done(_home(good), words)

    return _answered(tap)


def _write(save: Saving, good: Good, values: dict[str, object], action: str) -> None:
    try:
        save.change(good, values, action=action)
    except Stale:
        # Locked rows are not overtaken; on SQLite there is one writer at a time.
        abort(409)


# What it costs.


@blueprint.post("/sodien/prece/<int:number>/cena")
def tap_price(number: int) -> ResponseReturnValue:
    """A new price, typed or by minus and plus."""

    def tap(save: Saving) -> Response:
        day, good, cents = day_tapped(), _good(save, number), _cents(number)
        found = price_tapped(good, cents, day, _seen_cents())
        if found.stale:
            other = good.price_cents
            value = "" if other is None else str(other)
            raise Late(_name(good), price_said(cents), price_said(other), value)
        _write(save, good, found.values, "price")
        words = _("Saved: %(good)s – %(price)s.", good=_name(good), price=price_said(cents))
        return save.done(_home(good), words)

    return _answered(tap)


def price_said(cents: int | None) -> str:
    """A price in words."""
    return _("ask the price") if cents is None else money(cents)


def _cents(number: int) -> int:
    """The price that a tap asks for: of a button in cents, or as it was typed."""
    button = request.form.get("cents", "")
    typed = request.form.get("price", "")
    try:
        cents = int(button) if button.isdecimal() and len(button) < 9 else typed_cents(typed)
    except ValueError:
        raise Unfit("price", _("Please type the price like this: 2,50"), number) from None
    if cents is None:
        raise Unfit("price", _("Please type the price like this: 2,50"), number)
    form = read_form(GoodFields, {"price_cents": cents})
    if form.errors:
        raise Unfit("price", form.errors["price_cents"], number)
    return cents


def _seen_cents() -> int | None:
    seen = request.form.get("was", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else None


# All as on the last market day.


@blueprint.post("/sodien/ka-vakar")
def tap_all() -> ResponseReturnValue:
    """Here, and every good of the season confirmed: one tap."""

    def tap(save: Saving) -> Response:
        day = day_tapped()
        _say_presence(save, "present", day)
        for good, values in as_before(live_goods(save.session, save.account.vendor_id), day):
            locked = good_of(save.session, save.account.vendor_id, identity(good))
            if locked is not None:
                _write(save, locked, values, "as_before")
        return save.done(_home(), _("Saved: all as on the last market day."))

    return _answered(tap)
