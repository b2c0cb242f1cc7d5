"""Helpers of the tests about coming in: cards, browsers with a cookie of their own, the door."""

from flask import Flask
from sqlmodel import select
from werkzeug.test import Client, TestResponse

from app.accounts import cookie_name, digest_of
from app.clock import moment
from app.database import Database
from app.keys import IssuedCard, issue_card
from vendors.fields import identity
from vendors.keys.models import KnownPhone, Person
from vendors.registry.models import Vendor

SLUG = "siltrasas"
DOOR = "/lv/ieiet"
HEADERS = {"Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}


def database_of(app: Flask) -> Database:
    """The database of an application."""
    found: Database = app.extensions["database"]
    return found


def vendor_of(app: Flask, slug: str = SLUG) -> int:
    """The identity of a vendor."""
    with database_of(app).reading() as session:
        return identity(session.exec(select(Vendor).where(Vendor.slug == slug)).one())


def change_vendor(app: Flask, slug: str = SLUG, **values: object) -> None:
    """Change a vendor, as the office would."""
    with database_of(app).writing() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == slug)).one()
        for name, value in values.items():
            setattr(vendor, name, value)
        session.commit()


def new_card(app: Flask, slug: str = SLUG) -> IssuedCard:
    """A new card for a vendor; an older one is revoked."""
    with app.app_context(), database_of(app).writing() as session:
        issued = issue_card(session, vendor_of(app, slug), moment())
        session.expunge_all()
        session.commit()
    return issued


def add_person(app: Flask, email: str = "ilze@example.lv", role: str = "organiser") -> int:
    """A person of the office."""
    with app.app_context(), database_of(app).writing() as session:
        person = Person(email=email, name="Ilze Paraugs", role=role, made_at=moment())
        session.add(person)
        session.flush()
        person_id = identity(person)
        session.commit()
    return person_id


def send(browser: Client, address: str = DOOR, **typed: str) -> TestResponse:
    """Send a form of ours as a browser does."""
    return browser.post(address, data=typed, headers=HEADERS, buffered=True)


def with_card(browser: Client, card: IssuedCard, pin: str | None = None) -> TestResponse:
    """Come in with a card."""
    return send(browser, way="card", card=card.secret, pin=card.pin if pin is None else pin)


def with_code(browser: Client, code: str) -> TestResponse:
    """Come in with a code that opens once."""
    return send(browser, way="code", code=code)


def is_in(browser: Client) -> bool:
    """Whether this browser opens the vendor's own stall."""
    return browser.get("/lv/mans/", buffered=True).status_code == 200


def token_of(app: Flask, browser: Client) -> str:
    """What a browser keeps in its cookie."""
    with app.app_context():
        cookie = browser.get_cookie(cookie_name())
    return cookie.value if cookie else ""


def sessions_of(app: Flask, slug: str = SLUG) -> list[KnownPhone]:
    """The telephones of a vendor that nobody has ended."""
    with database_of(app).reading() as session:
        rows = session.exec(
            select(KnownPhone).where(
                KnownPhone.vendor_id == vendor_of(app, slug),
                KnownPhone.ended_at == None,  # noqa: E711
            )
        ).all()
        session.expunge_all()
    return list(rows)


def phone_of(app: Flask, browser: Client) -> KnownPhone:
    """The row of the telephone that a browser is."""
    with database_of(app).reading() as session:
        mine = KnownPhone.token_digest == digest_of(token_of(app, browser))
        row = session.exec(select(KnownPhone).where(mine)).one()
        session.expunge(row)
    return row


def wrong_pin(card: IssuedCard) -> str:
    """A PIN that is not the card's."""
    return f"{(int(card.pin) + 1) % 1_000_000:06}"
