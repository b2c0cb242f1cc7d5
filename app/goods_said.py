"""Goods in words, for paper and wherever a price or a season is said outside a page's list."""

from collections.abc import Sequence

from app import names
from app.languages import N_, in_language, money, month_short
from app.languages import gettext as _
from vendors.listings.models import Good
from vendors.listings.prices import UnitPrice, needs_unit_price, package, unit_price
from vendors.listings.seasons import ALL_MONTHS, spans_of

SHIFTS = {
    "-1": N_("earlier than usual"),
    "0": N_("as usual"),
    "1": N_("later than usual"),
}


def name_said(good: Good) -> str:
    """The good's name in the reader's language, or else in Latvian."""
    return in_language(good.name).text


def price_said(good: Good) -> str:
    """The price and what it is for, "3,50 €/250 g"; where none is kept, that the stall says it."""
    if good.price_cents is None:
        return _("price at the stall")
    amount, unit = package(good)
    return f"{money(good.price_cents)}/{names.unit(unit, amount)}"


def net_said(good: Good) -> str:
    """The net content of a jar or box, "700 g"; empty where it is not stated."""
    return f"{good.net_amount} {good.net_unit}" if good.net_amount else ""


def unit_price_said(good: Good) -> str:
    """The price of a kilogram, litre or piece, "14,50 €/kg", where it is not the price itself."""
    price = unit_price(good)
    return unit_said(price) if price and needs_unit_price(good) else ""


def unit_said(price: UnitPrice) -> str:
    """A unit price: "14,50 €/kg"."""
    return f"{money(price.cents)}/{names.unit(price.unit)}"


def months_said(mask: int) -> str:
    """The months of a mask: "jūn.–jūl., sept."."""
    if mask == ALL_MONTHS:
        return _("all year")
    return ", ".join(
        month_short(first) if first == last else f"{month_short(first)}–{month_short(last)}"
        for first, last in spans_of(mask)
    )


def allergens_said(allergens: Sequence[str] | None) -> str:
    """Allergens: "olas, piens", or that there are none, or that the seller is to be asked."""
    if allergens is None:
        return _("ask the seller")
    return ", ".join(names.allergen(key) for key in allergens) or _("none")
