"""Whether what a listing says can still be believed, and what is on the table today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vendors.listings.models import Good
from vendors.listings.seasons import in_season

STALE_AFTER_DAYS = 45


def is_stale(good: Good, today: date) -> bool:
    """Whether nobody has confirmed the good for more than 45 days."""
    return (today - good.confirmed_on).days > STALE_AFTER_DAYS


def state_on(good: Good, today: date) -> str:
    """What was said of the good for today; what was said of another day no longer counts."""
    return good.state if good.state_on == today else "available"


@dataclass(frozen=True)
class Table:
    """A vendor's goods as of a day: on the table, and those of other months."""

    today: tuple[Good, ...]
    later: tuple[Good, ...]


def table_on(goods: Iterable[Good], today: date) -> Table:
    """Goods in their order, those in season first; within, the sold out stand last."""
    ordered = sorted(goods, key=lambda good: (state_on(good, today) == "sold_out", good.position))
    return Table(
        today=tuple(good for good in ordered if in_season(good, today.month, today.year)),
        later=tuple(good for good in ordered if not in_season(good, today.month, today.year)),
    )
