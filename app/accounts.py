"""Who is asking: the vendor or the person of the office whose telephone is known.

The telephone keeps a random token in a cookie, the table `known_phone` its digest. Nobody gets
a cookie before coming in.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, current_app, g, request
from sqlmodel import Session, col, select

from app.clock import moment
from app.database import session
from vendors.fields import identity
from vendors.keys.models import KnownPhone, Person
from vendors.registry.models import Vendor

KNOWN_FOR = timedelta(days=90)
OFFICE_KNOWN_FOR = timedelta(hours=12)
COOKIE_KEPT_FOR = timedelta(days=400)
"""A telephone whose time is over still has attempts of its own when it comes in again."""
TOKEN_BYTES = 32
MAY_COME_IN = ("applied", "approved", "paused")
MAY_ACT = ("organiser", "head")


@dataclass(frozen=True)
class Account:
    """The one who asks: a vendor, or a person of the office, who may work for a vendor.

    `source` says how the vendor wished what is done in their name: office, paper or spoken.
    """

    phone_id: int
    vendor: Vendor | None
    person: Person | None
    is_confirmed: bool
    source: str = ""

    @property
    def may_act(self) -> bool:
        """Whether a person of the office may change anything; others only look."""
        return self.person is not None and self.is_confirmed and self.person.role in MAY_ACT

    @property
    def tag(self) -> str:
        """What a queue on the telephone is kept under: whose pages, opened by whom."""
        whose = self.vendor.slug if self.vendor else ""
        return f"{whose}/{self.person.id}" if self.person else whose

    @property
    def owner(self) -> str:
        """Who sent a form, as it is kept beside the form's key."""
        return f"person:{self.person.id}" if self.person else f"vendor:{self.vendor_id}"

    @property
    def vendor_id(self) -> int:
        """The identity of the vendor whose pages are open; ValueError when there is none."""
        if self.vendor is None:
            raise ValueError("no vendor's pages are open")
        return identity(self.vendor)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_name() -> str:
    """`__Host-` wherever browsers come by https; they refuse that prefix elsewhere."""
    return "__Host-tirgus" if _is_secure() else "tirgus"


def _is_secure() -> bool:
    return str(current_app.config["PUBLIC_URL"]).startswith("https:")


def account() -> Account | None:
    """The account of this request, None for the public."""
    if "account" not in g:
        g.account = _find()
    found: Account | None = g.account
    return found


def office() -> Account | None:
    """The account of an active person of the office who has shown the second factor, or None."""
    who = account()
    return who if who is not None and who.person is not None and who.is_confirmed else None


def _find() -> Account | None:
    token = request.cookies.get(cookie_name(), "")
    if not token:
        return None
    return account_of(session(), token, moment())


def account_of(found: Session, token: str, at: datetime) -> Account | None:
    """The account that a token opens at a moment; None when it opens nothing any more."""
    row = found.exec(
        select(KnownPhone, Person, Vendor)
        .join(Person, col(Person.id) == KnownPhone.person_id, isouter=True)
        .join(
            Vendor,
            (col(Vendor.id) == KnownPhone.vendor_id) | (col(Vendor.id) == KnownPhone.for_vendor_id),
            isouter=True,
        )
        .where(
            KnownPhone.token_digest == digest_of(token),
            col(KnownPhone.ended_at).is_(None),
            KnownPhone.expires_at > at,
        )
    ).first()
    if row is None:
        return None
    phone, person, vendor = row
    if person is None and (vendor is None or vendor.state not in MAY_COME_IN):
        return None
    if person is not None and person.state != "active":
        return None
    confirmed = phone.confirmed_at is not None
    return Account(identity(phone), vendor, person, confirmed, phone.for_source or "")


def remember_phone(
    writing: Session,
    *,
    way: str,
    device: str,
    at: datetime,
    vendor_id: int | None = None,
    person_id: int | None = None,
    card_id: int | None = None,
) -> str:
    """Make this telephone a known one and return its token; the caller commits."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    writing.add(
        KnownPhone(
            token_digest=digest_of(token),
            vendor_id=vendor_id,
            person_id=person_id,
            card_id=card_id,
            way=way,
            device=device,
            came_in_at=at,
            seen_at=at,
            expires_at=at + (OFFICE_KNOWN_FOR if person_id else KNOWN_FOR),
        )
    )
    writing.flush()
    return token


def give_cookie(response: Response, token: str) -> Response:
    """Let the telephone keep its token; only our server ever reads it."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=int(COOKIE_KEPT_FOR.total_seconds()),
        secure=_is_secure(),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def take_cookie(response: Response) -> Response:
    """Let the telephone forget its token."""
    response.set_cookie(
        cookie_name(),
        "",
        max_age=0,
        secure=_is_secure(),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response
