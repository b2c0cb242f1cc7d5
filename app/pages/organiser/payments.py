"""Payments of a day: what each vendor owes in the order of the roll, noted with one tap."""

from dataclasses import dataclass
from datetime import date

from flask import abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.fees_of_day import DayFee, fees_of_day
from app.forms import Form, read_form, typed_cents, typed_texts
from app.languages import gettext as _
from app.languages import moment_said, money
from app.names_of_fees import FEE_PERIODS, FOR_A_PERIOD, PAYMENT_WAYS, fee_line_said
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.desk import hours_of_market
from app.pages.organiser.squares import site_asked
from app.sending import Saving, version_sent, wants_json
from market.fees.fees import DAY, period_begins
from market.fees.ledger import sums_by_way
from market.fees.models import PAID_BY, Payment, PaymentFields
from market.fees.queries import payment_of
from market.places.queries import sites
from vendors.fields import identity
from vendors.keys.models import Person
from vendors.registry.models import Vendor
from vendors.registry.queries import vendor_of_office

TYPED = ("amount", "note", "way", "period")


@dataclass(frozen=True)
class Sums:
    """What a day brings: paid by way and in all, still open, and how many have no price."""

    by_way: dict[str, int]
    paid: int
    open: int
    waiting: int
    without_price: int


class AlreadyNoted(Exception):  # noqa: N818 - no fault: somebody was quicker
    """The payment was noted before; `said` tells it, made before the transaction is gone."""

    def __init__(self, payment: Payment, vendor: Vendor, person: Person | None) -> None:
        super().__init__(vendor.name)
        self.said = _(
            "%(vendor)s: %(amount)s %(way)s has been noted already, by %(person)s, %(when)s. "
            "It was not noted a second time.",
            vendor=vendor.name,
            amount=money(payment.cents),
            way=_(PAYMENT_WAYS[payment.way]),
            person=person.name if person else _("the office"),
            when=moment_said(payment.at),
        )


@blueprint.get("/diena/<day:day>/maksas")
def payments(day: date) -> ResponseReturnValue:
    """What every vendor of a day owes, in the order of the roll, and what they have paid."""
    return _page(day)


def _page(day: date, form: Form | None = None, of: str = "", said: str = "") -> str:
    found = session()
    places = sites(found)
    site = site_asked(places)
    lines = fees_of_day(found, identity(site), day) if site else []
    people = {one.payment.person_id for one in lines if one.payment}
    return render_template(
        "organiser/payments.html",
        day=day,
        today=now().date(),
        hours=hours_of_market(found, day),
        places=places,
        site=site,
        lines=lines,
        sums=sums_of(lines),
        form=form,
        of=of,
        refused=said,
        ways=PAYMENT_WAYS,
        for_period=FOR_A_PERIOD,
        fee_line_said=fee_line_said,
        names={person: found.get_one(Person, person).name for person in people if person},
    )


def sums_of(lines: list[DayFee]) -> Sums:
    """The sums of a day; payments of months and seasons are not among them."""
    paid = [one.payment for one in lines if one.payment and one.payment.period == DAY]
    waiting = [one for one in lines if one.is_open]
    return Sums(
        sums_by_way(paid),
        sum(payment.cents for payment in paid),
        sum(one.fee.cents or 0 for one in waiting),
        len(waiting),
        sum(one.fee.cents is None for one in waiting),
    )


@blueprint.post("/diena/<day:day>/maksas/<slug>")
def note_payment(day: date, slug: str) -> ResponseReturnValue:
    """Note what a vendor paid, or change what was noted; of two who tap at once one is told."""
    vendor = vendor_of_office(session(), slug) or abort(404)
    form = _read(day, vendor)
    if form.errors:
        return _page(day, form, slug), 422
    try:
        with office_saving(about=vendor.id) as save:
            _keep(save, day, vendor, form)
            return save.done(_back(day, slug), _noted(vendor, form))
    except AlreadyNoted as already:
        if wants_json():
            return jsonify(title=already.said, status=409), 409
        return _page(day, said=already.said), 409


def _noted(vendor: Vendor, form: Form) -> str:
    words = PAYMENT_WAYS[form.values["way"]]
    return _(
        "%(vendor)s: %(amount)s %(way)s.",
        vendor=vendor.name,
        amount=money(form.values["cents"]),
        way=_(words),
    )


def _keep(save: Saving, day: date, vendor: Vendor, form: Form) -> None:
    """One payment of a vendor for a period: a new one, or the one that the form was opened with."""
    period = form.values["period"]
    kept = payment_of(save.session, identity(vendor), day, period)
    if kept is not None:
        version = version_sent()
        if not version:
            raise AlreadyNoted(kept, vendor, _person(save.session, kept))
        save.change(kept, {**form.values, "day": kept.day}, action="payment", version=version)
        return
    payment = Payment(
        vendor_id=identity(vendor),
        person_id=save.account.person.id if save.account.person else None,
        at=save.at,
        **{**form.values, "day": period_begins(period, day)},
    )
    try:
        with save.session.begin_nested():
            save.add(payment, action="payment")
    except IntegrityError:
        kept = payment_of(save.session, identity(vendor), day, period)
        if kept is None:
            raise
        raise AlreadyNoted(kept, vendor, _person(save.session, kept)) from None


def _person(found: Session, payment: Payment) -> Person | None:
    return found.get(Person, payment.person_id) if payment.person_id else None


def _read(day: date, vendor: Vendor) -> Form:
    """The payment as typed; without an amount it is the fee by the price list."""
    typed = typed_texts(*TYPED)
    period = typed["period"] or DAY
    sentence = ""
    try:
        cents = typed_cents(typed["amount"])
    except ValueError:
        cents, sentence = None, _("Please type an amount such as 3,50.")
    if cents is None and not sentence:
        cents = _owed(day, vendor, period, typed["way"])
        if cents is None:
            sentence = _("There is no price for this place. Please type the amount.")
    values = {
        "day": day,
        "period": period if period in FEE_PERIODS else DAY,
        "way": typed["way"],
        "note": typed["note"],
    }
    form = read_form(PaymentFields, {**values, "cents": 0 if cents is None else cents}, typed)
    if sentence:
        form.refuse("amount", sentence)
    if "cents" in form.errors:
        form.refuse("amount", form.errors.pop("cents"))
    if typed["way"] not in PAID_BY:
        form.refuse("way", _("Please choose how it was paid."))
    return form


def _owed(day: date, vendor: Vendor, period: str, way: str) -> int | None:
    site = site_asked(sites(session()))
    lines = fees_of_day(session(), identity(site), day) if site else []
    one = next((line for line in lines if line.line.vendor.id == vendor.id), None)
    if one is None:
        return None
    fee = one.fee if period == DAY else one.contract
    return fee.cents_by(way) if fee and fee.period == period else None


@blueprint.post("/diena/<day:day>/maksas/<slug>/nost")
def take_payment_back(day: date, slug: str) -> ResponseReturnValue:
    """Take a payment away that was noted by mistake; undoing brings it back."""
    vendor = vendor_of_office(session(), slug) or abort(404)
    with office_saving(about=vendor.id) as save:
        period = request.form.get("period", DAY)
        kept = payment_of(save.session, identity(vendor), day, period)
        if kept is not None:
            save.remove(kept, action="payment_back")
        said = _("%(vendor)s: the payment is taken back.", vendor=vendor.name)
        return save.done(_back(day, slug), said)


def _back(day: date, slug: str) -> str:
    square = request.form.get("laukums") or None
    return url_for("office.payments", day=day, laukums=square, _anchor=slug)
