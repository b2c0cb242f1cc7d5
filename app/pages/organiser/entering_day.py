"""A day that was kept on paper: the ticked sheet is entered from top to bottom, saved in one go.

The lines stand in the order of the printed sheet, which is that of the roll. What was tapped on a
telephone meanwhile is never covered: it is shown beside what stands on the sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.errors import unplaceable_said
from app.fees_of_day import DayFee, fees_of_day
from app.languages import gettext as _
from app.languages import ngettext
from app.names_of_fees import PAYMENT_WAYS
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.arriving import arrival_said, note_arrival, release_places
from app.pages.organiser.guests import checked_guest, new_guest
from app.pages.organiser.waiting import give
from app.placing import Unplaceable
from app.sending import Saving
from app.taps import Late, Unfit
from market.days.models import PRESENCE_STATES
from market.fees.fees import DAY
from market.fees.models import PAID_BY, Payment
from market.fees.queries import payment_of
from market.on_the_day.arrivals import EXPECTED
from market.on_the_day.queries import without_place
from market.places.models import Stall
from market.places.queries import parishes, sites, stall_with_number
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.searching import folded

GUESTS = range(1, 11)
"""As many empty lines as the printed sheet has."""

GUEST_FIELDS = ("stall", "name", "goods", "place", "paid")


@dataclass(frozen=True)
class Entry:
    """What somebody new on a stall is, read from the sheet: a known vendor or a new guest."""

    name: str
    stall: str
    known: Vendor | None
    values: Mapping[str, str | None]
    paid: str = ""


@dataclass
class Sheet:
    """The sheet as typed: what is wrong with it, and what others have said otherwise."""

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.typed.get(name, "")


@blueprint.get("/diena/<day:day>/lapa")
def entering_day(day: date) -> ResponseReturnValue:
    """The sheet of a day, with what is known of it so far."""
    return _page(day, Sheet())


def _page(day: date, sheet: Sheet) -> str:
    found = session()
    places = [(site, fees_of_day(found, identity(site), day)) for site in sites(found)]
    vendors = [one.line.vendor for _site, lines in places for one in lines]
    return render_template(
        "organiser/entering_day.html",
        day=day,
        is_ahead=day > now().date(),
        places=[(site, lines) for site, lines in places if lines],
        sheet=sheet,
        names={vendor.slug: vendor.name for vendor in vendors},
        guests=GUESTS,
        ways=PAYMENT_WAYS,
        known=without_place(found, day),
        parishes=parishes(found),
        arrival_said=arrival_said,
    )


@blueprint.post("/diena/<day:day>/lapa")
def enter_day(day: date) -> ResponseReturnValue:
    """Save everything that the sheet says and nobody has said otherwise."""
    sheet = Sheet(typed={name: text.strip() for name, text in request.form.items()})
    if day > now().date():
        return _page(day, sheet), 422
    lines = _lines(session(), day)
    entries = _read_entries(session(), day, lines, sheet)
    if sheet.errors:
        return _page(day, sheet), 422
    with office_saving() as save:
        _save_lines(save, day, sheet)
        for key, entry in entries.items():
            _place(save, day, key, entry, sheet)
        _save_payments(save, day, sheet, entries)
        answer = save.done(url_for("office.entering_day", day=day), _said(sheet))
    if sheet.conflicts or sheet.others:
        return _page(day, Sheet(conflicts=sheet.conflicts, others=sheet.others)), 409
    return answer


def _said(sheet: Sheet) -> str:
    if not sheet.conflicts and not sheet.others:
        return _("The sheet is saved.")
    number = len(sheet.conflicts) + len(sheet.others)
    return ngettext(
        "The sheet is saved, but for %(num)s thing that somebody else has said otherwise.",
        "The sheet is saved, but for %(num)s things that somebody else has said otherwise.",
        number,
    )


def _lines(found: Session, day: date) -> dict[str, DayFee]:
    """The lines of the day by the vendor's slug."""
    return {
        one.line.vendor.slug: one
        for site in sites(found)
        for one in fees_of_day(found, identity(site), day)
    }


# What the sheet says of new people on stalls.


def _read_entries(
    found: Session, day: date, lines: Mapping[str, DayFee], sheet: Sheet
) -> dict[str, Entry]:
    """Who stands on a stall instead of somebody, or as a guest, by the name of the line."""
    by_name = {folded(one.name): one for one in without_place(found, day)}
    entries = {}
    for slug, one in lines.items():
        name = sheet[f"to-{slug}"]
        if name:
            first = one.line.stalls[0].number
            entries[f"to-{slug}"] = _entry(f"to-{slug}", name, first, by_name, sheet)
            if not sheet[f"free-{slug}"]:
                sheet.errors[f"to-{slug}"] = _("Please tick also that the place was released.")
    for number in GUESTS:
        key, name = f"g{number}", sheet[f"g{number}-name"]
        if not any(sheet[f"{key}-{one}"] for one in GUEST_FIELDS):
            continue
        entries[key] = _entry(key, name, sheet[f"{key}-stall"], by_name, sheet)
        if stall_with_number(found, sheet[f"{key}-stall"]) is None:
            sheet.errors[key] = _("There is no stall with this number.")
    return entries


def _entry(
    key: str, name: str, stall: str, by_name: Mapping[str | None, Vendor], sheet: Sheet
) -> Entry:
    known = by_name.get(folded(name))
    typed = {"new_name": name, "goods": sheet[f"{key}-goods"], "place": sheet[f"{key}-place"]}
    values: Mapping[str, str | None] = {}
    if known is None:
        form = checked_guest(typed)
        values = form.values
        if form.errors:
            sheet.errors[key] = " ".join(form.errors.values())
    return Entry(name, stall, known, values, sheet[f"{key}-paid"])


# Saving, line by line.


def _save_lines(save: Saving, day: date, sheet: Sheet) -> None:
    for slug, one in _lines(save.session, day).items():
        try:
            _save_line(save, day, one.line.vendor, sheet)
        except Late as late:
            sheet.conflicts[slug] = _(
                "There now: %(theirs)s. On the sheet: %(mine)s.", theirs=late.theirs, mine=late.mine
            )
        except Unfit as unfit:
            sheet.conflicts[slug] = unfit.sentence


def _save_line(save: Saving, day: date, vendor: Vendor, sheet: Sheet) -> None:
    slug = vendor.slug
    state, was = sheet[f"state-{slug}"], sheet[f"was-{slug}"] or EXPECTED
    if state in PRESENCE_STATES and state != was:
        note_arrival(save, vendor, day, state, was)
    if sheet[f"free-{slug}"]:
        release_places(save, vendor, day, state or was, at_any_time=True)


def _place(save: Saving, day: date, key: str, entry: Entry, sheet: Sheet) -> None:
    """Put somebody on the stall that the sheet names; a taken one is told, with its holder."""
    if key.removeprefix("to-") in sheet.conflicts:
        return
    stall = stall_with_number(save.session, entry.stall)
    try:
        with save.session.begin_nested():
            vendor = (
                save.session.get_one(Vendor, entry.known.id)
                if entry.known
                else new_guest(save, dict(entry.values))
            )
            give(save, day, save.session.get_one(Stall, identity(stall)), vendor)  # type: ignore[arg-type]
    except Late as late:
        sheet.others.append(f"{late.mine}: {late.about} – {late.theirs}")
    except Unfit as unfit:
        sheet.others.append(unfit.sentence)
    except Unplaceable as refused:
        sheet.others.append(f"{entry.stall}: {unplaceable_said(refused)}")


def _save_payments(save: Saving, day: date, sheet: Sheet, entries: Mapping[str, Entry]) -> None:
    ways = {folded(entry.name): entry.paid for entry in entries.values() if entry.paid in PAID_BY}
    for slug, one in _lines(save.session, day).items():
        way = sheet[f"paid-{slug}"] or ways.get(folded(one.line.vendor.name), "")
        if way in PAID_BY and not one.fee.by_contract:
            _pay(save, day, one, way, sheet)


def _pay(save: Saving, day: date, one: DayFee, way: str, sheet: Sheet) -> None:
    vendor, cents = one.line.vendor, one.fee.cents_by(way)
    if cents is None:
        sheet.others.append(_("%(vendor)s: there is no price for the place.", vendor=vendor.name))
        return
    save.vendor_id = vendor.id
    kept = payment_of(save.session, identity(vendor), day, DAY)
    if kept is None:
        person = save.account.person
        save.add(
            Payment(
                vendor_id=vendor.id,
                person_id=person.id if person else None,
                day=day,
                cents=cents,
                way=way,
                at=save.at,
            ),
            action="payment",
        )
    elif kept.way != way:
        _pay_otherwise(save, kept, vendor, way, cents, sheet)


def _pay_otherwise(
    save: Saving, kept: Payment, vendor: Vendor, way: str, cents: int, sheet: Sheet
) -> None:
    """A payment that the page showed may be corrected; one that was noted since is left."""
    if sheet[f"waspaid-{vendor.slug}"] == kept.way:
        save.change(kept, {"way": way, "cents": cents}, action="payment")
        return
    sheet.others.append(
        _(
            "%(vendor)s: noted as paid %(theirs)s; on the sheet %(mine)s.",
            vendor=vendor.name,
            theirs=_(PAYMENT_WAYS[kept.way]),
            mine=_(PAYMENT_WAYS[way]),
        )
    )
