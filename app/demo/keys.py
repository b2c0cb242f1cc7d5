"""The demonstration's keys, the same in every demonstration: a card, and somebody of the office.

They open nothing but invented farms. The second factor depends on the secret key of the
installation, so its key is told when the demonstration is made.
"""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlmodel import Session, select

from app.keys import IssuedCard, app_key, issue_card
from vendors.fields import identity
from vendors.keys.models import Person
from vendors.keys.numbers import make_card_number
from vendors.keys.pins import make_pin
from vendors.registry.models import Vendor

SEED = 1948
CARDS_OF = ("siltrasas", "rasas-stunda")
EMAIL = "ilze@tirgus.example"


@dataclass(frozen=True)
class DemoKeys:
    """What opens the demonstration: cards by the vendor's name, a person, the key of their app."""

    cards: dict[str, IssuedCard]
    person: Person
    app_key: str


def write_keys(session: Session, at: datetime) -> DemoKeys:
    """Give some demonstration vendors cards, and the office an organiser; the caller commits."""
    random = Random(SEED)
    cards = {}
    for slug in CARDS_OF:
        vendor = session.exec(select(Vendor).where(Vendor.slug == slug)).one()
        number, pin = make_card_number(random), make_pin(random)
        cards[vendor.name] = issue_card(session, identity(vendor), at, number=number, pin=pin)
    person = Person(
        email=EMAIL,
        name="Ilze Paraugs",
        role="head",
        made_at=at,
        totp_secret="demonstration",  # noqa: S106 - the pepper makes the key of it
        totp_since=at,
    )
    session.add(person)
    session.flush()
    return DemoKeys(cards, person, app_key(person))
