"""Asking for a link by e-mail: the answer is the same whether the address is known or not."""

import re
from datetime import datetime
from hashlib import sha256

from flask import current_app, url_for
from sqlmodel import Session

from app.accounts import MAY_COME_IN
from app.database import database
from app.keys import CODE_OPENS, LINK_OPENS, give_code, make_link_code
from app.languages import gettext as _
from app.outbox import post
from vendors.fields import identity
from vendors.keys.models import Person
from vendors.keys.numbers import in_groups
from vendors.keys.queries import person_with_email, take_turn, vendors_with_email
from vendors.keys.waiting import LETTERS_IN_ALL, LETTERS_TO_ONE

LONGEST = 254
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def looks_like_email(typed: str) -> bool:
    """Whether this could be an e-mail address."""
    return len(typed) <= LONGEST and _EMAIL.fullmatch(typed) is not None


def ask_for_letter(email: str, at: datetime) -> None:
    """Put a letter with a link for each account of this address into the outbox.

    Each address and the market as a whole keep a pace; beyond it nothing is sent. An unknown
    address is counted too, all of them together, so that it takes the same work.
    """
    with database().writing() as session:
        known = _accounts_of(session, email)
        whom = sha256(email.strip().lower().encode()).hexdigest()[:32] if known else "unknown"
        if take_turn(session, LETTERS_TO_ONE, at, whom) and take_turn(session, LETTERS_IN_ALL, at):
            for account, name, address in known:
                _post(session, account, name, address, at)
        session.commit()


Account = dict[str, int]


def _accounts_of(session: Session, email: str) -> list[tuple[Account, str, str]]:
    """Whom the address lets in: identity, name and the address as we keep it."""
    found: list[tuple[Account, str, str]] = [
        ({"vendor_id": vendor.id}, vendor.name, vendor.email)
        for vendor in vendors_with_email(session, email)
        if vendor.state in MAY_COME_IN and vendor.id and vendor.email
    ]
    person = person_with_email(session, email)
    if person is not None and person.state == "active" and person.id:
        found.append(({"person_id": person.id}, person.name, person.email))
    return found


def _post(session: Session, account: Account, name: str, address: str, at: datetime) -> None:
    code = make_link_code(session, **account, at=at)
    door = current_app.config["PUBLIC_URL"] + url_for("coming_in.door")
    whose = "-".join(f"{kind}:{number}" for kind, number in account.items())
    body = _(
        "Hello, %(name)s!\n\n"
        "This link lets you in to the pages of Tukums market. Open it and press “Come in”:\n\n"
        "%(link)s\n\n"
        "Or open %(door)s and type this code:\n\n"
        "%(code)s\n\n"
        "It works once and within 10 minutes. If you did not ask for it, you need not do"
        " anything; nobody can come in without this letter.\n",
        name=name,
        link=f"{door}#k={code}",
        door=door,
        code=in_groups(code),
    )
    post(
        session,
        once=f"link:{whose}:{at.isoformat()}",
        kind="link",
        recipient=address,
        subject=_("Your way in to Tukums market"),
        body=body,
        useless_after=at + LINK_OPENS,
    )


def invite_by_letter(session: Session, person: Person, at: datetime) -> None:
    """Put a letter with the way in for a person of the office into the outbox; the caller commits.

    Its code lasts as long as one that is read out, because nobody waits for an invitation.
    """
    person_id = identity(person)
    code = give_code(session, person_id=person_id, at=at)
    door = current_app.config["PUBLIC_URL"] + url_for("coming_in.door")
    body = _(
        "Hello, %(name)s!\n\n"
        "You may come in to the pages of the office of Tukums market. Open this link and press"
        " “Come in”:\n\n"
        "%(link)s\n\n"
        "Or open %(door)s and type this code:\n\n"
        "%(code)s\n\n"
        "It works once and within 24 hours. Later, ask for a new link at %(door)s with this e-mail"
        " address. At the first coming in you set up an authenticator app on your telephone; have"
        " it at hand.\n",
        name=person.name,
        link=f"{door}#k={code}",
        door=door,
        code=in_groups(code),
    )
    post(
        session,
        once=f"invited:{person_id}:{at.isoformat()}",
        kind="link",
        recipient=person.email,
        subject=_("You may come in to the market's office"),
        body=body,
        useless_after=at + CODE_OPENS,
    )
