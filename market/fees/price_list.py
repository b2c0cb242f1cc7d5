"""The price list as the office keeps it: which lines collide, and how a new price follows an old.

The same thing (what, kind of place, period) has one price on a day.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from market.fees.models import PRICED, Price, PriceFields
from market.places.models import STALL_KINDS


def key_of(price: PriceFields) -> tuple[str, str | None, str]:
    """What a line of the list is a price of."""
    return price.what, price.stall_kind, price.period


def overlapping(
    price: PriceFields, others: Iterable[Price], own_id: int | None = None
) -> Price | None:
    """The first other line of the same thing that counts on some of the same days.

    `own_id` is the line that is being changed.
    """
    for other in sorted(others, key=lambda one: one.valid_from):
        if other.id == own_id or key_of(other) != key_of(price):
            continue
        ends_before = price.valid_to is not None and price.valid_to < other.valid_from
        begins_after = other.valid_to is not None and other.valid_to < price.valid_from
        if not ends_before and not begins_after:
            return other
    return None


def problem_of(price: PriceFields) -> str | None:
    """What is wrong with a line by itself: "order" (ends before it begins), "social" (the reduced
    price is the higher one); None when all is well."""
    if price.valid_to is not None and price.valid_to < price.valid_from:
        return "order"
    if price.social_cents is not None and price.social_cents > price.cents:
        return "social"
    return None


def last_day_before(price: PriceFields, day: date) -> date | None:
    """On which day a price ends when another one counts from `day` on.

    None when it cannot: the new one would have to begin after it did, and while it counts.
    """
    over = price.valid_to is not None and price.valid_to < day
    return None if day <= price.valid_from or over else day - timedelta(days=1)


def in_order(prices: Iterable[Price]) -> list[Price]:
    """Lines as they are read: places before power, the general line before those of a kind."""

    def place(price: Price) -> tuple[int, int, int, date]:
        kind = STALL_KINDS.index(price.stall_kind) + 1 if price.stall_kind else 0
        period = ("day", "month", "season").index(price.period)
        return PRICED.index(price.what), kind, period, price.valid_from

    return sorted(prices, key=place)
