"""Vendors for the eyes of the office: in every state, with their numbers, keys and changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app import names
from app.accounts import account
from app.changes import UNDONE_WITHIN
from app.clock import moment, now
from app.database import session
from app.languages import LATVIAN, N_, gettext, sort_key, speaking
from app.pages.organiser import Door, blueprint
from app.pages.organiser.known import known_in
from app.pages.organiser.queries import batches_about, cards_of, codes_of
from app.pages.organiser.telling import entries
from app.pages.organiser.words import ACTS, BACK, HINT_WORDS, MEANS, NEEDS, STATES
from app.tables.exporting import export
from app.tables.words import TENTS, VENDOR_CLASSES
from market.days.queries import next_days_of, stalls_today
from market.standing.queries import stalls_from
from vendors.fields import identity
from vendors.keys.models import Card
from vendors.keys.queries import people_named, phones_of, with_card
from vendors.registry.checks import Known, hints
from vendors.registry.models import VENDOR_CLASSES as VENDOR_CLASS_ORDER
from vendors.registry.models import Vendor
from vendors.registry.queries import (
    Wanted,
    categories_of,
    count_by_state,
    registry,
    vendor_of_office,
)
from vendors.registry.states import leaves_stalls, may_become
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
BY_NAME, BY_SENIORITY = "vards", "kartiba"
CHOICES = {
    "state": "stavoklis",
    "standing": "grupa",
    "kind": "veids",
    "parish_code": "pagasts",
    "category": "kategorija",
}
"""What the list is chosen by, with the name in the address."""


@blueprint.get("/tirgotaji")
def vendors() -> ResponseReturnValue:
    """The vendors who fit what is asked for, by the Latvian alphabet or by seniority."""
    wanted = _wanted()
    order = request.args.get("seciba", BY_NAME)
    rows = sorted(registry(session(), wanted), key=_order(order))
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = _page_number(pages)
    return render_template(
        "organiser/vendors.html",
        wanted=wanted,
        order=BY_SENIORITY if order == BY_SENIORITY else BY_NAME,
        states=STATES,
        classes=VENDOR_CLASSES,
        options=_options(),
        counts=count_by_state(session()),
        total=len(rows),
        number=number,
        pages=pages,
        rows=rows[(number - 1) * PER_PAGE : number * PER_PAGE],
        stalls=stalls_today(session(), now().date()),
    )


def _wanted() -> Wanted:
    """What is asked for in the address; what is not known there does not count."""
    typed = request.args.get("q", "")[:LONGEST_TYPED]
    known = _options()
    chosen = {name: request.args.get(word, "") for name, word in CHOICES.items()}
    return Wanted(
        typed=typed,
        places=_called(typed, names.PARISHES, names.parish),
        without_card="bez-kartes" in request.args,
        unreachable="bez-zinas" in request.args,
        **{name: key if key in known[name] else "" for name, key in chosen.items()},
    )


def _options() -> dict[str, dict[str, str]]:
    """What may be chosen, by key and in words; parishes and goods by the alphabet."""
    return {
        "state": {key: gettext(word) for key, word in STATES.items()},
        "standing": {key: gettext(word) for key, word in VENDOR_CLASSES.items()},
        "kind": _by_alphabet({key: names.vendor_kind(key) for key in names.VENDOR_KINDS}),
        "parish_code": _by_alphabet({code: names.parish(code) for code in names.PARISHES}),
        "category": _by_alphabet({key: names.category(key) for key in names.CATEGORIES}),
    }


def _by_alphabet(words: dict[str, str]) -> dict[str, str]:
    return dict(sorted(words.items(), key=lambda one: sort_key(one[1])))


def _order(order: str) -> Callable[[Vendor], Any]:
    """By name; or by class and by the number within it, the smaller one first."""

    def by_name(vendor: Vendor) -> Any:
        return (sort_key(vendor.name), vendor.slug)

    def by_seniority(vendor: Vendor) -> Any:
        return (VENDOR_CLASS_ORDER.index(vendor.standing), vendor.seniority, by_name(vendor))

    return by_seniority if order == BY_SENIORITY else by_name


@blueprint.get("/tirgotaji.csv")
def vendors_csv() -> ResponseReturnValue:
    """The whole registry as one list, as it can be loaded again."""
    return _list_file("csv", "text/csv; charset=utf-8")


@blueprint.get("/tirgotaji.xlsx")
def vendors_xlsx() -> ResponseReturnValue:
    """The same with goods, stories and open days on further sheets."""
    return _list_file("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def _list_file(suffix: str, mimetype: str) -> ResponseReturnValue:
    today = now().date()
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"tirgotaji.{suffix}"
        with speaking(LATVIAN):
            export(session(), "vendors", file, today)
        content = file.read_bytes()
    name = f"tirgotaji-{today:%Y-%m-%d}.{suffix}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=disposition)


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
    known = known_in(found, [change for rows in batches for change in rows])
    return render_template(
        "organiser/vendor.html",
        vendor=one,
        state=gettext(STATES[one.state]),
        standing=gettext(VENDOR_CLASSES[one.standing]),
        tent=gettext(TENTS[one.tent]) if one.tent != "none" else "",
        needs=", ".join(gettext(words) for name, words in NEEDS.items() if getattr(one, name)),
        ways=_ways(one),
        leaving=_leaving(found, vendor_id),
        hints=_hints(found, one),
        may_act=who is not None and who.may_act and one.state != "archived",
        stalls=stalls_today(found, now().date()).get(vendor_id, ()),
        next_days=next_days_of(found, vendor_id, now().date()),
        keys=_keys(found, vendor_id, people),
        entries=entries(batches, cards, codes, people, moment(), known),
    )


@dataclass(frozen=True)
class Way:
    """A state that a vendor may come to: the words of the button, and what it means."""

    state: str
    act: str
    means: str
    leaves_stalls: bool


def _ways(vendor: Vendor) -> list[Way]:
    """Where the vendor may go from here."""
    back = vendor.state in ("paused", "archived")
    return [
        Way(
            state,
            gettext(BACK if back and state == "approved" else ACTS[state]),
            gettext(MEANS[state]),
            leaves_stalls(state),
        )
        for state in may_become(vendor.state)
    ]


def _leaving(found: Session, vendor_id: int) -> tuple[int, bool]:
    """How many stalls a vendor has from tomorrow on, and whether there is one today."""
    today = now().date()
    coming = [placement.day for placement, _stall in stalls_from(found, vendor_id, today)]
    later = sum(day > today for day in coming)
    return later, len(coming) > later


def _hints(found: Session, vendor: Vendor) -> list[str]:
    """What the office should see to, in words."""
    if vendor.state == "archived":
        return []
    vendor_id = identity(vendor)
    card = vendor_id in with_card(found, [vendor_id])
    known = Known(categories_of(found, vendor_id), card)
    return [gettext(HINT_WORDS[key]) for key in hints(vendor, known, now().date())]


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
