"""Keys as the service makes and keeps them: of every secret only a digest, and that with a pepper.

The pepper comes from `SECRET_KEY`, which lies outside the database: a stolen copy of the database
tells neither a PIN, nor a code that is still open, nor anybody's second factor.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app
from sqlmodel import Session
from werkzeug.security import check_password_hash, generate_password_hash

from vendors.fields import identity
from vendors.keys import second_factor
from vendors.keys.models import Card, OneTimeKey, Person, RecoveryCode
from vendors.keys.numbers import (
    LETTER_LENGTH,
    OFFICE_LENGTH,
    make_card_number,
    make_code,
    normalised,
)
from vendors.keys.pins import make_pin
from vendors.keys.queries import (
    end_cards,
    end_phones,
    forget_old_keys,
    forget_recovery_codes,
    forget_tries,
)

LINK_OPENS = timedelta(minutes=10)
CODE_OPENS = timedelta(hours=24)
SCRYPT = "scrypt:32768:8:1"


@dataclass(frozen=True)
class IssuedCard:
    """A new card with its number and PIN, which nobody can tell again later."""

    secret: str
    pin: str
    card: Card


def pepper(purpose: str) -> bytes:
    """What is mixed into digests of one purpose; it is in no database and in no backup."""
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), f"keys:{purpose}".encode(), sha256).digest()


def digest_of_key(typed: str) -> str:
    """What is kept of a card's number or of a code, however it was typed."""
    return hmac.new(pepper("number"), normalised(typed).encode(), sha256).hexdigest()


def hash_of_pin(pin: str, number_digest: str) -> str:
    """What is kept of a PIN: scrypt of it, peppered and bound to its card."""
    return generate_password_hash(_peppered(pin, number_digest), method=SCRYPT)


def pin_fits(card: Card, pin: str) -> bool:
    """Whether this is the PIN of a card."""
    return check_password_hash(card.pin_hash, _peppered(pin, card.secret_digest))


def _peppered(pin: str, number_digest: str) -> str:
    return hmac.new(pepper("pin"), f"{number_digest}:{pin}".encode(), sha256).hexdigest()


def issue_card(
    session: Session,
    vendor_id: int,
    at: datetime,
    by: int | None = None,
    *,
    number: str | None = None,
    pin: str | None = None,
) -> IssuedCard:
    """Make a vendor's new card and revoke the older one with its sessions; the caller commits.

    `by` is the person of the office. Only the demonstration brings its own `number` and `pin`.
    """
    revoke_cards(session, vendor_id, at)
    number, pin = number or make_card_number(), pin or make_pin()
    digest = digest_of_key(number)
    card = Card(
        vendor_id=vendor_id,
        secret_digest=digest,
        pin_hash=hash_of_pin(pin, digest),
        issued_at=at,
        issued_by=by,
    )
    session.add(card)
    session.flush()
    return IssuedCard(number, pin, card)


def revoke_cards(session: Session, vendor_id: int, at: datetime) -> int:
    """Revoke a vendor's cards; whatever came in by them is ended at once. The caller commits."""
    return end_cards(session, vendor_id, at)


def give_code(
    session: Session,
    *,
    vendor_id: int | None = None,
    person_id: int | None = None,
    at: datetime,
    by: int | None = None,
) -> str:
    """A code of eight characters that lets a vendor or person in, once, within a day.

    The caller commits, and tells the code to the one whom it is for.
    """
    return _make_key(session, "code", OFFICE_LENGTH, CODE_OPENS, at, vendor_id, person_id, by)


def make_link_code(
    session: Session, *, vendor_id: int | None = None, person_id: int | None = None, at: datetime
) -> str:
    """A code of twelve characters for a letter and its link, once, within ten minutes."""
    return _make_key(session, "link", LETTER_LENGTH, LINK_OPENS, at, vendor_id, person_id, None)


def _make_key(
    session: Session,
    kind: str,
    length: int,
    opens: timedelta,
    at: datetime,
    vendor_id: int | None,
    person_id: int | None,
    by: int | None,
) -> str:
    forget_old_keys(session, at)
    code = make_code(length)
    session.add(
        OneTimeKey(
            kind=kind,
            digest=digest_of_key(code),
            vendor_id=vendor_id,
            person_id=person_id,
            made_at=at,
            made_by=by,
            expires_at=at + opens,
        )
    )
    session.flush()
    return code


# The second factor of the office.


def app_key(person: Person) -> str:
    """The key that a person's app shares with us; ValueError before there is one."""
    if person.totp_secret is None:
        raise ValueError("no second factor yet")
    return second_factor.shared_key(person.totp_secret, pepper("second factor"))


def begin_second_factor(session: Session, person: Person) -> None:
    """Give a person who has no second factor yet the seed of one; the caller commits."""
    person.totp_secret = secrets.token_urlsafe(24)
    session.add(person)
    session.flush()


def make_recovery_codes(session: Session, person_id: int) -> list[str]:
    """Ten codes that replace the second factor, each once; the older ones are gone."""
    forget_recovery_codes(session, person_id)
    codes = [make_code(second_factor.RECOVERY_LENGTH) for _ in range(second_factor.RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(person_id=person_id, digest=digest_of_recovery(code)) for code in codes
    )
    session.flush()
    return codes


def digest_of_recovery(typed: str) -> str:
    """What is kept of a recovery code."""
    return hmac.new(pepper("recovery"), normalised(typed).encode(), sha256).hexdigest()


def forget_second_factor(session: Session, person: Person, at: datetime) -> None:
    """Let a person set up the second factor anew at the next coming in; ends their sessions."""
    person.totp_secret, person.totp_since = None, None
    session.add(person)
    session.flush()
    person_id = identity(person)
    forget_recovery_codes(session, person_id)
    forget_tries(session, lock_of_second_factor(person_id))
    end_phones(session, at, person_id=person_id)


def lock_of_second_factor(person_id: int) -> str:
    """Where wrong attempts on a person's second factor are counted."""
    return f"second:{person_id}"
