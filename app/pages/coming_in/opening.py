"""What happens when somebody turns a key: it opens, or a reason is given.

An attempt on a card is counted and committed before the PIN is looked at, so that a thousand
attempts at the same moment are a thousand attempts.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flask import request
from sqlmodel import Session

from app.accounts import MAY_COME_IN, cookie_name, digest_of, remember_phone
from app.database import database
from app.keys import begin_second_factor, digest_of_key, pin_fits
from vendors.fields import identity
from vendors.keys.devices import device_of
from vendors.keys.models import Card, Person
from vendors.keys.numbers import OFFICE_LENGTH, card_problem, code_problem, normalised
from vendors.keys.pins import typed_pin
from vendors.keys.queries import (
    card_is_valid,
    card_with,
    chance_left,
    end_phones,
    give_back,
    has_turn,
    key_with,
    phone_with,
    take_chance,
    take_turn,
    use_key,
)
from vendors.keys.waiting import WRONG_CODES, Chance
from vendors.registry.models import Vendor

Reason = Literal[
    "length",
    "characters",
    "check",
    "unknown",
    "revoked",
    "closed",
    "no_pin",
    "wrong_pin",
    "wait",
    "over",
    "used",
    "expired",
    "busy",
]


NO_CHANCE = Chance(left=0)


@dataclass(frozen=True)
class Opened:
    """The key fits: the token for this telephone, and whether the office's second door follows."""

    token: str
    is_office: bool = False


@dataclass(frozen=True)
class Refusal:
    """The key does not open: the field it is about, why, and what chance is left."""

    field: str
    reason: Reason
    chance: Chance = NO_CHANCE


def open_with_card(number: str, pin: str, at: datetime) -> Opened | Refusal:
    """Come in with a card's number and its PIN, as they were typed."""
    problem = card_problem(number)
    if problem:
        return Refusal("card", problem)
    with database().reading() as session:
        found = card_with(session, digest_of_key(number))
        if found is None:
            return Refusal("card", "unknown")
        card, vendor = found
        refused = _refused_card(card, vendor)
        lock = _lock_of(session, card)
        session.expunge(card)
    if refused:
        return refused
    digits = typed_pin(pin)
    if digits is None:
        return Refusal("pin", "no_pin")
    return _try_pin(card, digits, lock, at)


def _refused_card(card: Card, vendor: Vendor) -> Refusal | None:
    if card.revoked_at is not None:
        return Refusal("card", "revoked")
    return None if vendor.state in MAY_COME_IN else Refusal("card", "closed")


def _lock_of(session: Session, card: Card) -> str:
    """A telephone known before has a count of its own, which strangers cannot use up."""
    known = phone_with(session, digest_of(request.cookies.get(cookie_name(), "")))
    if known is not None and known.vendor_id == card.vendor_id:
        return f"phone:{known.id}"
    return f"card:{card.id}"


def _try_pin(card: Card, pin: str, lock: str, at: datetime) -> Opened | Refusal:
    with database().writing() as session:
        chance = take_chance(session, lock, at)
        session.commit()
    if chance.is_over:
        return Refusal("pin", "over", chance)
    if not chance.is_open:
        return Refusal("pin", "wait", chance)
    if not pin_fits(card, pin):
        with database().reading() as session:
            left = chance_left(session, lock, at)
        reason: Reason = "over" if left.is_over else "wait" if left.until else "wrong_pin"
        return Refusal("pin", reason, left)
    return _come_in_with(card, lock, at)


def _come_in_with(card: Card, lock: str, at: datetime) -> Opened | Refusal:
    with database().writing() as session:
        if not card_is_valid(session, identity(card)):
            return Refusal("card", "revoked")
        give_back(session, lock)
        token = _know(session, at, "card", vendor_id=card.vendor_id, card_id=card.id)
        session.commit()
    return Opened(token)


def open_with_code(typed: str, at: datetime) -> Opened | Refusal:
    """Come in with a code that opens once: of a letter, of its link, or given by the office."""
    problem = code_problem(typed)
    if problem:
        return Refusal("code", problem)
    digest = digest_of_key(typed)
    with database().writing() as session:
        # What a letter holds is too long to be guessed, so no flood may slow it.
        is_short = len(normalised(typed)) == OFFICE_LENGTH
        if is_short and not has_turn(session, WRONG_CODES, at):
            return Refusal("code", "busy")
        key = key_with(session, digest)
        if key is None:
            if is_short:
                take_turn(session, WRONG_CODES, at)
                session.commit()
            return Refusal("code", "unknown")
        vendor = session.get(Vendor, key.vendor_id) if key.vendor_id else None
        person = session.get(Person, key.person_id) if key.person_id else None
        if not _may_come_in(vendor, person):
            return Refusal("code", "closed")
        session.expunge(key)
        if not use_key(session, digest, at):
            return Refusal("code", "expired" if key.expires_at <= at else "used")
        token = _know(session, at, key.kind, vendor_id=key.vendor_id, person_id=key.person_id)
        if person is not None and person.totp_since is None:
            begin_second_factor(session, person)
        session.commit()
    return Opened(token, is_office=key.person_id is not None)


def _may_come_in(vendor: Vendor | None, person: Person | None) -> bool:
    if person is not None:
        return person.state == "active"
    return vendor is not None and vendor.state in MAY_COME_IN


def _know(
    session: Session,
    at: datetime,
    way: str,
    *,
    vendor_id: int | None = None,
    person_id: int | None = None,
    card_id: int | None = None,
) -> str:
    """Know this telephone by a fresh token; what it was known by before is ended."""
    before = phone_with(session, digest_of(request.cookies.get(cookie_name(), "")))
    if before is not None:
        end_phones(session, at, phone_id=before.id)
    return remember_phone(
        session,
        way=way,
        device=device_of(request.headers.get("User-Agent", "")),
        at=at,
        vendor_id=vendor_id,
        person_id=person_id,
        card_id=card_id,
    )
