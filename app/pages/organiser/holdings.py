"""Rights to stalls: who holds which stall on which weekdays, from when to when, and how it is paid.

What is written here counts at once on the days that are filled already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.changes import Stale
from app.clock import now
from app.database import session
from app.filling import Applied, apply_holding
from app.forms import Form, is_ticked, read_form
from app.languages import N_, capitalized, ngettext, short_day, sort_key, weekday
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.sending import Saving, version_sent
from app.standing_words import BASES, PERIODS, weekday_short
from market.days.models import StallHolding, StallHoldingFields
from market.places.models import Stall
from market.places.queries import stall_with_number
from market.standing.holding import Overlap, mask_of_weekdays, overlap, overlaps, weekdays_of_mask
from market.standing.queries import holdings as all_holdings
from market.standing.queries import may_be_placed
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.registry.queries import vendor_of_office, vendors_by_id
from vendors.searching import folded

DOOR = Door(
    "office.holdings",
    N_("Rights to stalls"),
    N_("Who holds which stall on which weekdays, and until when"),
    group="planning",
    place=3,
)

LONGEST_TYPED = 80
NAMED = 6
LONGEST_SAID = 300
"""What is said after a form is kept with it, see `SentForm.said`."""
Row = tuple[StallHolding, Vendor, Stall]


@dataclass(frozen=True)
class Clash:
    """Two vendors who hold one stall on the same weekdays."""

    stall: str
    one: str
    other: str
    weekdays: str


@blueprint.app_template_global()
def holdings_of_vendor(vendor_id: int) -> list[Row]:
    """The rights of one vendor, those that ended too; the newest first."""
    rows = list(all_holdings(session(), vendor_id))
    return sorted(rows, key=lambda row: (row[0].first_day, row[2].number), reverse=True)


@blueprint.app_template_global()
def weekdays_said(mask: int) -> str:
    """ "O, Pk, S"; every day of the week is said so."""
    if mask == 127:
        return _("every market day")
    return ", ".join(weekday_short(one) for one in weekdays_of_mask(mask))


@blueprint.app_template_global()
def basis_said(holding: StallHolding) -> str:
    """On what basis a stall is held, and how it is paid: "līgums, maksā reizi mēnesī" """
    return f"{_(BASES[holding.basis])}, {_(PERIODS[holding.pays])}"


@blueprint.get("/vietas/tiesibas")
def holdings() -> ResponseReturnValue:
    """All rights, searched by vendor or stall; those that have ended only when asked for."""
    found, today = session(), now().date()
    typed = request.args.get("q", "")[:LONGEST_TYPED]
    basis = request.args.get("pamats", "")
    ended = request.args.get("beigusas", "") == "1"
    rows = list(all_holdings(found))
    wanted = folded(typed.strip()) or ""
    shown = [
        row
        for row in rows
        if (ended or row[0].last_day is None or row[0].last_day >= today)
        and basis in ("", row[0].basis)
        and (wanted in (folded(row[1].name) or "") or wanted == row[2].number.lower())
    ]
    shown.sort(key=lambda row: (sort_key(row[1].name), _by_number(row[2]), row[0].first_day))
    current = [row for row in rows if row[0].last_day is None or row[0].last_day >= today]
    return render_template(
        "organiser/holdings.html",
        rows=shown,
        typed=typed,
        basis=basis,
        bases=BASES,
        ended=ended,
        today=today,
        clashes=_clashes(current),
    )


@blueprint.route("/vietas/tiesibas/jauna", methods=["GET", "POST"])
def new_holding() -> ResponseReturnValue:
    """A new right to a stall; it counts at once on the days that are filled."""
    if request.method == "GET":
        typed = {
            "vendor": request.args.get("tirgotajs", "")[:60],
            "stall": request.args.get("vieta", "")[:8],
            "first_day": now().date().isoformat(),
            "weekdays": [],
            "basis": "contract",
            "pays": "month",
        }
        return _form_page(Form(typed=typed))
    with office_saving() as save:
        form, stall, vendor = _read(save.session)
        if form.errors or stall is None or vendor is None:
            return _form_page(form), 422
        holding = StallHolding(**form.values, vendor_id=identity(vendor), stall_id=identity(stall))
        if _must_ask(save.session, holding, form):
            return _form_page(form), 422
        save.vendor_id = vendor.id
        try:
            with save.session.begin_nested():
                save.add(holding, action="holding_new")
        except IntegrityError:
            form.refuse("first_day", _("This vendor holds this stall from that day already."))
            return _form_page(form), 422
        back = url_for("office.holdings", q=stall.number)
        return _saved(save, apply_holding(save, holding, None, None), back)


@blueprint.route("/vietas/tiesibas/<int:holding_number>", methods=["GET", "POST"])
def holding(holding_number: int) -> ResponseReturnValue:
    """One right to a stall: change it or end it."""
    if request.method == "GET":
        row = session().get(StallHolding, holding_number) or abort(404)
        return _form_page(_as_form(session(), row), row)
    with office_saving() as save:
        row = save.session.get(StallHolding, holding_number) or abort(404)
        form, stall, _vendor = _read(save.session, row)
        if form.errors or stall is None:
            return _form_page(form, row), 422
        after = StallHolding(
            **form.values, id=row.id, vendor_id=row.vendor_id, stall_id=identity(stall)
        )
        if _must_ask(save.session, after, form):
            return _form_page(form, row), 422
        before, old_stall = StallHoldingFields(**row.model_dump(include=_NAMES)), row.stall_id
        save.vendor_id = row.vendor_id
        try:
            values = {**form.values, "stall_id": identity(stall)}
            save.change(row, values, action="holding", version=version_sent())
        except Stale:
            form.refuse("form", _("Somebody else has changed this right meanwhile: see below."))
            fresh = save.session.get_one(StallHolding, holding_number)
            form.version = fresh.version
            return _form_page(form, fresh, theirs=fresh), 409
        back = url_for("office.holding", holding_number=holding_number)
        return _saved(save, apply_holding(save, row, before, old_stall), back)


@blueprint.post("/vietas/tiesibas/<int:holding_number>/beigt")
def end_holding(holding_number: int) -> ResponseReturnValue:
    """End a right with a day; the vendor's own places after it become free."""
    with office_saving() as save:
        row = save.session.get(StallHolding, holding_number) or abort(404)
        typed = {"last_day": request.form.get("last_day", "").strip()}
        form = read_form(StallHoldingFields, typed)
        last = form.values.get("last_day")
        if last is None or last < row.first_day:
            shown = _as_form(save.session, row)
            shown.typed["last_day"] = typed["last_day"]
            shown.refuse("last_day", _("Please give the last day, not before the first."))
            return _form_page(shown, row), 422
        before = StallHoldingFields(**row.model_dump(include=_NAMES))
        save.vendor_id = row.vendor_id
        save.change(row, {"last_day": last}, action="holding_ended", version=version_sent())
        back = url_for("office.holding", holding_number=holding_number)
        return _saved(save, apply_holding(save, row, before, row.stall_id), back)


_NAMES = set(StallHoldingFields.model_fields)


def _read(
    found: Session, row: StallHolding | None = None
) -> tuple[Form, Stall | None, Vendor | None]:
    """What was typed of a right; the vendor is asked only for a new one."""
    names = ("vendor", "stall", "first_day", "last_day", "basis", "pays")
    typed: dict[str, Any] = {name: request.form.get(name, "").strip() for name in names}
    typed["weekdays"] = request.form.getlist("weekdays")
    days = [int(one) for one in typed["weekdays"] if one in "0123456" and len(one) == 1]
    given = {name: typed[name] for name in ("first_day", "last_day", "basis", "pays")}
    form = read_form(
        StallHoldingFields, {**given, "weekdays": mask_of_weekdays(days) or 127}, typed=typed
    )
    stall = stall_with_number(found, typed["stall"][:8])
    vendor = found.get(Vendor, row.vendor_id) if row else vendor_of_office(found, typed["vendor"])
    if stall is None:
        form.refuse("stall", _("There is no stall with this number."))
    if vendor is None:
        form.refuse("vendor", _("Please choose a vendor."))
    if not days:
        form.refuse("weekdays", _("Please tick at least one weekday."))
    if typed["basis"] not in BASES or typed["pays"] not in PERIODS:
        form.refuse("basis", _("Please look at this once more; it does not fit here."))
    first, last = form.values.get("first_day"), form.values.get("last_day")
    if first and last and last < first:
        form.refuse("last_day", _("The last day comes before the first."))
    form.version = version_sent()
    return form, stall, vendor


def _must_ask(found: Session, holding: StallHolding, form: Form) -> bool:
    """Whether somebody else holds the stall on the same days, and nobody has agreed to that."""
    met = [
        (other, meeting)
        for row, other, _stall in all_holdings(found)
        if row.id != holding.id and (meeting := overlap(holding, row))
    ]
    if not met or is_ticked("anyway"):
        return False
    who = "; ".join(f"{other.name} ({weekdays_said(one.weekdays)})" for other, one in met)
    form.typed["overlaps"] = who
    form.refuse(
        "stall",
        _("On the same days this stall is held by: %(vendors)s.", vendors=who),
    )
    return True


def _as_form(found: Session, row: StallHolding) -> Form:
    typed: dict[str, Any] = {
        "vendor": found.get_one(Vendor, row.vendor_id).slug,
        "stall": found.get_one(Stall, row.stall_id).number,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat() if row.last_day else "",
        "weekdays": [str(one) for one in weekdays_of_mask(row.weekdays)],
        "basis": row.basis,
        "pays": row.pays,
    }
    return Form(typed=typed, version=row.version)


def _form_page(
    form: Form, row: StallHolding | None = None, theirs: StallHolding | None = None
) -> str:
    found = session()
    vendor = found.get(Vendor, row.vendor_id) if row else None
    choices = sorted(may_be_placed(found), key=lambda one: sort_key(one.name))
    return render_template(
        "organiser/holding.html",
        form=form,
        row=row,
        vendor=vendor,
        theirs=theirs,
        theirs_stall=found.get(Stall, theirs.stall_id) if theirs else None,
        vendors=[(one.slug, one.name) for one in choices],
        weekdays=[(str(one), _weekday(one)) for one in range(7)],
        bases=[(key, _(words)) for key, words in BASES.items()],
        periods=[(key, _(words)) for key, words in PERIODS.items()],
        today=now().date(),
    )


def _weekday(number: int) -> str:
    return capitalized(weekday(date(2024, 1, 1) + timedelta(days=number)))


def _saved(save: Saving, done: Applied, back: str) -> ResponseReturnValue:
    """Say what has changed on the days ahead.

    A new right leads back to the list: its own page is gone when it is undone.
    """
    parts = [_("Saved.")]
    if done.put:
        parts.append(
            ngettext("Put on %(num)s day.", "Put on %(num)s days.", len(done.put))
        )  # fmt: skip
    if done.released:
        parts.append(
            ngettext(
                "%(num)s place became free.", "%(num)s places became free.", len(done.released)
            )
        )
    if done.away:
        parts.append(
            ngettext(
                "On %(num)s day the vendor does not come.",
                "On %(num)s days the vendor does not come.",
                len(done.away),
            )
        )
    said = " ".join(parts)
    if done.taken:
        room = LONGEST_SAID - len(said) - 1
        said = f"{said} {_taken_said(save.session, done, room)}"
    return save.done(back, said)


def _taken_said(found: Session, done: Applied, room: int) -> str:
    """ "Aizņemts: 4.12. – Kalnupes; …" with as many named as there is room for."""
    ids = {by for _day, by in done.taken}
    vendors = {identity(one): one.name for one in vendors_by_id(found, ids)}
    tellings = (_some_named(done.taken, vendors, some) for some in range(NAMED, 0, -1))
    return next((one for one in tellings if len(one) <= room), "")


def _some_named(taken: Sequence[tuple[date, int]], vendors: Mapping[int, str], some: int) -> str:
    named = "; ".join(f"{short_day(day)} – {vendors[by]}" for day, by in taken[:some])
    if len(taken) <= some:
        return _("Taken by others, left as it is: %(days)s.", days=named)
    return _(
        "Taken by others, left as it is: %(days)s, and %(rest)s days more.",
        days=named,
        rest=len(taken) - some,
    )


def _clashes(rows: list[Row]) -> list[Clash]:
    names = {row.id: vendor.name for row, vendor, _stall in rows}
    numbers = {stall.id: stall.number for _row, _vendor, stall in rows}
    return [_clash(one, names, numbers) for one in overlaps(row for row, _v, _s in rows)]


def _clash(one: Overlap, names: dict[int | None, str], numbers: dict[int | None, str]) -> Clash:
    return Clash(
        numbers[one.one.stall_id],
        names[one.one.id],
        names[one.other.id],
        weekdays_said(one.weekdays),
    )


def _by_number(stall: Stall) -> tuple[str, int]:
    digits = "".join(char for char in stall.number if char.isdigit())
    return stall.number.rstrip("0123456789ABC"), int(digits or 0)
