"""Vendors for the eyes of the office: in every state, with their numbers, keys and changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app import names
from app.accounts import account
from app.changes import UNDONE_WITHIN
from app.clock import moment, now
from app.database import session
from app.languages import N_, gettext, sort_key
from app.pages.organiser import Door, blueprint
from app.pages.organiser.queries import batches_about, cards_of, codes_of
from app.pages.organiser.telling import entries
from app.pages.organiser.words import STATES
from market.days.queries import next_days_of, stalls_today
from vendors.fields import identity
from vendors.keys.models import Card
from vendors.keys.queries import people_named, phones_of
from vendors.registry.models import Vendor
from vendors.registry.queries import registry, vendor_of_office
from vendors.searching import folded

DOOR = Door(
    "office.vendors",
    N_("Vendors"),
    N_("Everybody who sells here or would like to"),
    group="people",
    place=1,
    always=True,
)

PER_PAGE = 60
LONGEST_TYPED = 80


@blueprint.get("/tirgotaji")
def vendors() -> ResponseReturnValue:
    """All vendors, searched without diacritics, by the Latvian alphabet."""
    typed = request.args.get("q", "")[:LONGEST_TYPED]
    state = request.args.get("stavoklis", "")
    state = state if state in STATES else ""
    places = _called(typed, names.PARISHES, names.parish)
    found = registry(session(), typed=typed, state=state, places=places)
    rows = sorted(found, key=lambda vendor: (sort_key(vendor.name), vendor.slug))
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = _page_number(pages)
    return render_template(
        "organiser/vendors.html",
        typed=typed,
        state=state,
        states=STATES,
        total=len(rows),
        number=number,
        pages=pages,
        rows=rows[(number - 1) * PER_PAGE : number * PER_PAGE],
        stalls=stalls_today(session(), now().date()),
    )


def _called(typed: str, keys: Iterable[str], said: Callable[[str], str]) -> list[str]:
    """The keys whose word holds what was typed."""
    wanted = folded(typed.strip())
    return [key for key in keys if wanted and wanted in (folded(said(key)) or "")]


def _page_number(pages: int) -> int:
    typed = request.args.get("lapa", "1")
    known = typed.isascii() and typed.isdigit() and len(typed) < 6
    return min(max(int(typed), 1), pages) if known else 1


def one_vendor(found: Session, slug: str) -> Vendor:
    """The vendor of an address, in whatever state; without one the answer is 404."""
    return vendor_of_office(found, slug) or abort(404)


@dataclass(frozen=True)
class Keys:
    """How a vendor comes in: the card that opens now, the telephones, a code not yet used."""

    card: Card | None
    card_by: str
    phones: int
    code_until: datetime | None


@blueprint.get("/tirgotaji/<slug>")
def vendor(slug: str) -> ResponseReturnValue:
    """One vendor: how to reach them, how they come in, what was changed, and working for them."""
    found, who = session(), account()
    one = one_vendor(found, slug)
    vendor_id = identity(one)
    batches = batches_about(found, vendor_id, moment() - UNDONE_WITHIN)
    cards, codes = cards_of(found, vendor_id), codes_of(found, vendor_id)
    people = people_named(
        found,
        {change.person_id for rows in batches for change in rows if change.person_id}
        | {card.issued_by for card in cards if card.issued_by}
        | {code.made_by for code in codes if code.made_by},
    )
    return render_template(
        "organiser/vendor.html",
        vendor=one,
        state=gettext(STATES[one.state]),
        may_act=who is not None and who.may_act and one.state != "archived",
        stalls=stalls_today(found, now().date()).get(vendor_id, ()),
        next_days=next_days_of(found, vendor_id, now().date()),
        keys=_keys(found, vendor_id, people),
        entries=entries(batches, cards, codes, people, moment()),
    )


def _keys(found: Session, vendor_id: int, people: Mapping[int, str]) -> Keys:
    card = next((one for one in cards_of(found, vendor_id) if one.revoked_at is None), None)
    open_codes = [
        code.expires_at
        for code in codes_of(found, vendor_id)
        if code.used_at is None and code.expires_at > moment()
    ]
    return Keys(
        card=card,
        card_by=people.get(card.issued_by or 0, "") if card else "",
        phones=len(phones_of(found, vendor_id, moment())),
        code_until=max(open_codes, default=None),
    )
