"""The price list: what a place, a metre, power and the like cost, from when to when."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlmodel import Session

from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, Typed, read_form, typed_cents, typed_texts
from app.languages import N_, long_day, money
from app.languages import gettext as _
from app.names import stall_kind
from app.names_of_fees import FOR_A_PERIOD, PRICED, fee_line_said, price_said
from app.pages.organiser import Door, blueprint, office_saving
from app.pages.organiser.trial_fee import asked_trial
from app.sending import version_sent
from market.fees.models import Price, PriceFields
from market.fees.price_list import (
    in_order,
    last_day_before,
    overlapping,
    problem_of,
)
from market.fees.queries import price_list
from market.places.models import STALL_KINDS
from vendors.fields import identity

DOOR = Door(
    "office.prices",
    N_("Prices"),
    N_("What a place costs for a day, a month, a season, and from when on"),
    group="money",
    place=2,
)

LISTED = ("what", "stall_kind", "period", "valid_from", "valid_to")
AMOUNTS = ("cents", "social_cents")
TYPED = (*LISTED, *AMOUNTS)


@blueprint.get("/cenas")
def prices() -> ResponseReturnValue:
    """The list as it counts today, what comes, what is over; and what an example costs."""
    today = now().date()
    found = price_list(session())
    over = [one for one in found if one.valid_to is not None and one.valid_to < today]
    later = [one for one in found if one.valid_from > today]
    counting = [one for one in found if one not in over and one not in later]
    return render_template(
        "organiser/prices.html",
        today=today,
        counting=in_order(counting),
        later=in_order(later),
        over=in_order(over),
        price_said=price_said,
        for_period=FOR_A_PERIOD,
        fee_line_said=fee_line_said,
        trial=asked_trial(found, request.args, today),
        kinds=STALL_KINDS,
        kinds_said=kinds_said,
    )


@blueprint.get("/cenas/jauna")
def new_price() -> ResponseReturnValue:
    """An empty line of the list."""
    typed = {"what": "place", "period": "day", "valid_from": now().date().isoformat()}
    return _page(Form(typed=typed))


@blueprint.post("/cenas/jauna")
def add_price() -> ResponseReturnValue:
    """A new line; one that collides with another of the same thing is refused with a sentence."""
    form = _read()
    with office_saving() as save:
        if not form.errors:
            lock_prices(save.session)
            _refuse_overlap(form, price_list(save.session))
        if form.errors:
            return _page(form), 422
        save.add(Price(**form.values), action="price_new")
        return save.done(url_for("office.prices"), _("The price is in the list."))


@blueprint.get("/cenas/<int:price_number>")
def price(price_number: int) -> ResponseReturnValue:
    """A line of the list: a new price from a day on, or a correction."""
    row = _one(session(), price_number)
    return _page(Form(typed=_typed_of(row), version=row.version), row)


@blueprint.post("/cenas/<int:price_number>")
def change_price(price_number: int) -> ResponseReturnValue:
    """Correct a line; if somebody else was quicker, both are shown."""
    _one(session(), price_number)
    form = _read()
    try:
        with office_saving() as save:
            row = _one(save.session, price_number)
            if not form.errors:
                lock_prices(save.session)
                _refuse_overlap(form, price_list(save.session), price_number)
            if form.errors:
                return _page(form, row), 422
            save.change(row, form.values, action="price_list", version=version_sent())
            return save.done(url_for("office.prices"), _("Saved."))
    except Stale as stale:
        return _page(form, stale.row, is_stale=True), 409


@blueprint.post("/cenas/<int:price_number>/no-dienas")
def price_from(price_number: int) -> ResponseReturnValue:
    """A new price from a day on: the old line ends the day before."""
    _one(session(), price_number)
    typed = typed_texts("from_day", *AMOUNTS)
    with office_saving() as save:
        row = _one(save.session, price_number)
        form = _read_new(typed, row)
        if form.errors:
            return _page(Form(typed=_typed_of(row), version=row.version), row, new=form), 422
        lock_prices(save.session)
        ends = last_day_before(row, form.values["valid_from"])
        following = Price(**{**_line_of(row), **form.values})
        save.change(row, {"valid_to": ends}, action="price_ends", version=version_sent())
        clash = overlapping(following, price_list(save.session), row.id)
        if clash is not None:
            form.refuse("from_day", overlap_said(clash))
            save.session.rollback()
            return _page(Form(typed=_typed_of(row), version=row.version), row, new=form), 422
        save.add(following, action="price_new")
        said = _(
            "From %(day)s on it costs %(amount)s.",
            day=long_day(following.valid_from),
            amount=money(following.cents),
        )
        return save.done(url_for("office.prices"), said)


@blueprint.post("/cenas/<int:price_number>/nost")
def remove_price(price_number: int) -> ResponseReturnValue:
    """Take a line away that was a mistake; undoing brings it back."""
    _one(session(), price_number)
    with office_saving() as save:
        save.remove(_one(save.session, price_number), action="price_away")
        return save.done(url_for("office.prices"), _("The line is no longer in the list."))


def lock_prices(found: Session) -> None:
    """Let nobody else change the list meanwhile: an overlap is seen only in all of it."""
    if found.get_bind().dialect.name == "postgresql":
        found.execute(text("LOCK TABLE price IN SHARE ROW EXCLUSIVE MODE"))


def _one(found: Session, number: int) -> Price:
    return found.get(Price, number) or abort(404)


def _read() -> Form:
    """A line as typed, checked by itself."""
    typed = typed_texts(*TYPED)
    form = read_form(PriceFields, {name: typed[name] for name in LISTED} | _cents(typed), typed)
    _refuse_amounts(form, typed)
    for name, known in (("what", PRICED), ("period", FOR_A_PERIOD)):
        if typed[name] not in known:
            form.refuse(name, _("Please choose one."))
    if typed["stall_kind"] and typed["stall_kind"] not in STALL_KINDS:
        form.refuse("stall_kind", _("Please choose one."))
    if not form.errors:
        _refuse_problem(form, PriceFields(**form.values))
    return form


def _read_new(typed: Typed, row: Price) -> Form:
    """The new amount of a line and from when on it counts."""
    values = {"valid_from": typed["from_day"], "valid_to": None, **_cents(typed)}
    form = read_form(PriceFields, values, typed)
    _refuse_amounts(form, typed)
    if "valid_from" in form.errors:
        form.refuse("from_day", form.errors.pop("valid_from"))
    if form.errors:
        return form
    if last_day_before(row, form.values["valid_from"]) is None:
        form.refuse("from_day", _("Please choose a day on which the present price counts already."))
    form.values["valid_to"] = row.valid_to
    _refuse_problem(form, PriceFields(**{**_line_of(row), **form.values}))
    return form


def _cents(typed: Typed) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in AMOUNTS:
        try:
            found[name] = typed_cents(typed[name])
        except ValueError:
            found[name] = None
    return found


def _refuse_amounts(form: Form, typed: Typed) -> None:
    for name in AMOUNTS:
        try:
            typed_cents(typed[name])
        except ValueError:
            form.errors[name] = _("Please type an amount such as 3,50.")
    if not typed["cents"]:
        form.errors["cents"] = _("Please type an amount such as 3,50.")


def _refuse_problem(form: Form, line: PriceFields) -> None:
    problem = problem_of(line)
    if problem == "order":
        form.refuse("valid_to", _("The last day lies before the first."))
    elif problem == "social":
        form.refuse("social_cents", _("The reduced price is higher than the ordinary one."))


def _refuse_overlap(form: Form, others: Sequence[Price], own: int | None = None) -> None:
    clash = overlapping(PriceFields(**form.values), others, own)
    if clash is not None:
        form.refuse("valid_from", overlap_said(clash))


def overlap_said(clash: Price) -> str:
    """Which line counts already on some of the same days."""
    blanks = {"price": price_said(clash), "first": long_day(clash.valid_from)}
    if clash.valid_to is None:
        return _("“%(price)s” has a price already from %(first)s on. End that one first.", **blanks)
    return _(
        "“%(price)s” has a price already from %(first)s to %(last)s.",
        last=long_day(clash.valid_to),
        **blanks,
    )


def kinds_said(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Kinds of places as a form offers them."""
    return [(kind, stall_kind(kind)) for kind in kinds]


def words_said(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Keys with their words as a form offers them."""
    return [(key, _(said)) for key, said in words.items()]


def _line_of(row: Price) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PriceFields.model_fields}


def _typed_of(row: Price) -> Typed:
    typed: Typed = {name: getattr(row, name) or "" for name in LISTED}
    for name in AMOUNTS:
        cents = getattr(row, name)
        typed[name] = "" if cents is None else f"{cents // 100},{cents % 100:02}"
    return typed


def _page(
    form: Form, row: Price | None = None, *, new: Form | None = None, is_stale: bool = False
) -> str:
    theirs = {}
    if row is not None and is_stale:
        theirs = {
            name: str(value) or "–"
            for name, value in _typed_of(row).items()
            if str(value) != form.text(name)
        }
    return render_template(
        "organiser/price.html",
        form=form,
        row=row,
        new=new or Form(),
        theirs=theirs,
        title=price_said(row) if row else _("A new price"),
        priced=PRICED,
        for_period=FOR_A_PERIOD,
        kinds=STALL_KINDS,
        kinds_said=kinds_said,
        words_said=words_said,
        number=identity(row) if row else 0,
    )
