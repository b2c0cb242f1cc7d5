"""What accepted applicants owe and have paid: noted for many at once, never a tax document."""

from datetime import date
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import SQLModel

from app.accepting import Meanwhile
from app.clock import now
from app.database import session
from app.forms import Form, read_form, typed_cents, typed_texts
from app.languages import gettext as _
from app.languages import ngettext
from app.names_of_fees import PAYMENT_WAYS
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.applications import words_of_pages
from app.pages.organiser.deciding import as_seen, meanwhile, seen_of
from app.pages.organiser.festival_desk import desk_asked
from app.sending import Saving
from app.url_types import EARLIEST, LATEST
from market.fees.models import PAID_BY
from market.festivals.deciding import ACCEPTED
from market.festivals.models import Application
from market.reviewing.queries import applications_of_call
from vendors.fields import STRICT

MOST_CENTS = 10_000_000


class PaidFields(SQLModel):
    """A payment as it is typed."""

    model_config = STRICT

    paid_on: date


@blueprint.get("/svetki/<festival_slug>/samaksa")
def festival_payments(festival_slug: str) -> ResponseReturnValue:
    """Everybody who is accepted: the price, what is paid, what is open."""
    return _page(festival_slug)


def _page(festival_slug: str, form: Form | None = None, problem: str = "") -> str:
    desk = desk_asked(session(), festival_slug)
    rows = [
        row
        for row in applications_of_call(desk.session, desk.call_id)
        if row.state == ACCEPTED or row.paid_cents
    ]
    return render_template(
        "organiser/festival_payments.html",
        festival=desk.festival,
        rows=sorted(rows, key=lambda row: (is_settled(row), row.number)),
        owed=owed,
        is_settled=is_settled,
        sums={
            "price": sum(row.price_cents or 0 for row in rows if row.state == ACCEPTED),
            "paid": sum(row.paid_cents for row in rows),
            "open": sum(max(0, owed(row)) for row in rows if row.state == ACCEPTED),
        },
        ways=PAYMENT_WAYS,
        form=form or Form(typed={"paid_on": now().date().isoformat(), "way": "transfer"}),
        problem=problem,
        **words_of_pages(),
    )


def owed(row: Application) -> int:
    """What is still open, in cents; below nothing where more was paid, or they no longer come."""
    price = row.price_cents or 0 if row.state == ACCEPTED else 0
    return price - row.paid_cents


def is_settled(row: Application) -> bool:
    """Whether nothing is open: it was paid, or it costs nothing."""
    return owed(row) <= 0


@blueprint.post("/svetki/<festival_slug>/samaksa")
def note_festival_payments(festival_slug: str) -> ResponseReturnValue:
    """Note for everybody who is ticked that they have paid what they owe; or take it back."""
    desk_asked(session(), festival_slug)
    seen, form, back = seen_of(request.form.getlist("application")), _typed(), _is_back()
    if not seen:
        return _page(festival_slug, form, _("Please tick the applications that are meant.")), 422
    if form.errors and not back:
        return _page(festival_slug, form, next(iter(form.errors.values()))), 422
    try:
        with office_saving() as save:
            desk = desk_asked(save.session, festival_slug, save)
            rows = as_seen(desk, seen)
            for row in rows:
                _note(save, row, _nothing_paid() if back else _paid(row, form))
            where = url_for("office.festival_payments", festival_slug=festival_slug)
            return save.done(where, _noted_said(len(rows), back=back))
    except Meanwhile as other:
        return _page(festival_slug, form, meanwhile(other)), 409


def _noted_said(count: int, *, back: bool) -> str:
    if back:
        return ngettext("%(num)s payment is taken back.", "%(num)s payments are taken back.", count)
    return ngettext("%(num)s payment is noted.", "%(num)s payments are noted.", count)


def _is_back() -> bool:
    return request.form.get("what") == "back"


def _paid(row: Application, form: Form) -> dict[str, Any]:
    return {
        "paid_cents": row.price_cents or 0,
        "paid_on": form.values["paid_on"],
        "paid_by": form.text("way"),
    }


def _nothing_paid() -> dict[str, Any]:
    return {"paid_cents": 0, "paid_on": None, "paid_by": None}


def _note(save: Saving, row: Application, values: dict[str, Any]) -> None:
    save.vendor_id = row.vendor_id
    save.change(row, values, action="application_payment", version=row.version)


def _typed() -> Form:
    typed = typed_texts("paid_on", "way", "amount")
    form = read_form(PaidFields, {"paid_on": typed["paid_on"]}, typed)
    if not form.errors and not EARLIEST <= form.values["paid_on"] <= LATEST:
        form.refuse("paid_on", _("Please give a day."))
    if typed["way"] not in PAID_BY:
        form.refuse("way", _("Please choose how it was paid."))
    return form


@blueprint.post("/svetki/<festival_slug>/samaksa/<int(max=2147483647):application_number>")
def change_festival_price(festival_slug: str, application_number: int) -> ResponseReturnValue:
    """Set another price for one application, or note that another amount was paid."""
    desk = desk_asked(session(), festival_slug)
    known = {row.id for row in applications_of_call(desk.session, desk.call_id)}
    if application_number not in known:
        abort(404)
    seen, form = seen_of([f"{application_number}-{request.form.get('version', '')}"]), _typed()
    cents = _cents(form)
    if form.errors or cents is None or not seen:
        said = next(iter(form.errors.values()), _("Please type an amount such as 3,50."))
        return _page(festival_slug, form, said), 422
    try:
        with office_saving() as save:
            desk = desk_asked(save.session, festival_slug, save)
            [row] = as_seen(desk, seen)
            values: dict[str, Any] = {"price_cents": cents}
            if request.form.get("what") == "paid":
                values = {**_paid(row, form), "paid_cents": cents}
            _note(save, row, values)
            where = url_for("office.festival_payments", festival_slug=festival_slug)
            return save.done(where, _("Saved: %(number)s.", number=row.number))
    except Meanwhile as other:
        return _page(festival_slug, form, meanwhile(other)), 409


def _cents(form: Form) -> int | None:
    """The amount in cents; of a price alone neither day nor way is asked."""
    if request.form.get("what") != "paid":
        form.errors.clear()
    try:
        cents = typed_cents(form.text("amount"))
    except ValueError:
        cents = None
    return cents if cents is not None and cents <= MOST_CENTS else None
