"""What is missing or odd about a vendor: the office is told, and nothing is refused for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vendors.listings.kinds import ANIMAL_ORIGIN
from vendors.registry.models import VendorFields
from vendors.registry.numbers import looks_like_pvd_no

PROCESSED = frozenset({"bread", "pastry", "preserves", "drinks", "grain"})
"""Categories of food that somebody has made of something."""

FOOD_MAKERS = frozenset({"home_producer", "caterer"})
WITH_REG_NO = frozenset({"sole_trader", "company", "cooperative", "association"})
"""Kinds of vendors who stand in a register of enterprises or of associations."""

HINTS = (
    "pvd_missing",
    "pvd_odd",
    "bio_expired",
    "no_contact",
    "unreachable",
    "reg_no_missing",
    "no_card",
)


@dataclass(frozen=True)
class Known:
    """What is asked of a vendor besides the registry: the goods, and whether a card opens."""

    categories: frozenset[str] = frozenset()
    has_card: bool = True


def needs_pvd_no(kind: str, categories: Collection[str]) -> bool:
    """Whether a vendor must stand in the food register: food of animal origin or processed.

    Source: MK 104/2010 as told in domain.md 5.1; own plants in small amounts are exempt.
    """
    return kind in FOOD_MAKERS or bool(set(categories) & (ANIMAL_ORIGIN | PROCESSED))


def hints(vendor: VendorFields, known: Known, today: date) -> tuple[str, ...]:
    """What the office should see to, by the keys of HINTS and in their order."""
    expired = vendor.bio_valid_to is not None and vendor.bio_valid_to < today
    said = {
        "pvd_missing": not vendor.pvd_no and needs_pvd_no(vendor.kind, known.categories),
        "pvd_odd": bool(vendor.pvd_no) and not looks_like_pvd_no(vendor.pvd_no or ""),
        "bio_expired": expired,
        "no_contact": not vendor.contact_person,
        "unreachable": not vendor.phone and not vendor.email,
        "reg_no_missing": not vendor.reg_no and vendor.kind in WITH_REG_NO,
        "no_card": not known.has_card,
    }
    return tuple(hint for hint in HINTS if said[hint])


def half_a_certificate(number: str | None, valid_to: date | None) -> str:
    """The field that is missing of an organic certificate, "" when it is whole or not there."""
    if bool(number) == bool(valid_to):
        return ""
    return "bio_valid_to" if number else "bio_cert_no"
