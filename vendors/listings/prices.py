"""Prices and unit prices.

A visitor must be able to compare: beside the price stands the price of a kilogram or a litre
(Ministru kabineta noteikumi Nr. 178/1999, sale price and unit price).
"""

from dataclasses import dataclass

from vendors.listings.models import Good

PER_THOUSAND = {"g": "kg", "ml": "l"}
NOT_FOOD = frozenset({"seedlings", "flowers", "crafts"})


@dataclass(frozen=True)
class UnitPrice:
    """So many cents for one `unit`: "kg", "l", or the unit in which the good is sold."""

    cents: int
    unit: str


def package(good: Good) -> tuple[float, str]:
    """What the price is for, as people say it: (1.0, "kg"), (250.0, "g"), (1.0, "bunch")."""
    if good.unit in PER_THOUSAND and good.amount >= 1000:
        return good.amount / 1000, PER_THOUSAND[good.unit]
    return float(good.amount), good.unit


def unit_price(good: Good) -> UnitPrice | None:
    """The price of one kilogram, litre or piece, in whole cents, rounded half up.

    None when there is no price. For a jar or box with a stated net content it is the price of a
    kilogram or litre of the content.
    """
    if good.price_cents is None:
        return None
    if good.net_amount is not None and good.net_unit is not None:
        whole = good.net_amount * good.amount
        return UnitPrice(_rounded(good.price_cents * 1000, whole), PER_THOUSAND[good.net_unit])
    if good.unit in PER_THOUSAND:
        return UnitPrice(_rounded(good.price_cents * 1000, good.amount), PER_THOUSAND[good.unit])
    return UnitPrice(_rounded(good.price_cents, good.amount), good.unit)


def _rounded(cents: int, parts: int) -> int:
    return (2 * cents + parts) // (2 * parts)


def needs_unit_price(good: Good) -> bool:
    """Whether the unit price says more than the price itself."""
    return package(good)[0] != 1 or good.net_amount is not None


def net_is_missing(good: Good) -> bool:
    """Whether the law's unit price cannot be said because nobody knows how much is in a jar or box.

    Of food sold by the jar or box the price of a kilogram or litre must be stated.
    """
    by_vessel = good.unit in ("jar", "box") and good.net_amount is None
    return by_vessel and good.category not in NOT_FOOD and good.price_cents is not None
