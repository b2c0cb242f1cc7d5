"""Who nearby sells the same, for a visitor whose vendor is away today."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from math import hypot

from market.places.models import Stall, StallOnPlan
from vendors.registry.models import Vendor


@dataclass(frozen=True)
class Seller:
    """A vendor who is at the market today: where, and goods of which categories."""

    vendor: Vendor
    stall: Stall
    spot: StallOnPlan
    categories: frozenset[str]


@dataclass(frozen=True)
class Neighbour:
    """A seller of the same goods, `metres` away in a straight line."""

    seller: Seller
    shared: frozenset[str]
    metres: int


def neighbours(
    spot: StallOnPlan, wanted: Set[str], sellers: Iterable[Seller], limit: int = 3
) -> list[Neighbour]:
    """The nearest sellers of wanted categories, each vendor once, the nearest stall of each.

    `spot` is where the visitor stands; `sellers` are those who are there today on the same site,
    without the vendor who is away.
    """
    found = [
        Neighbour(
            seller,
            seller.categories & wanted,
            round(hypot(seller.spot.x_m - spot.x_m, seller.spot.y_m - spot.y_m)),
        )
        for seller in sellers
        if seller.categories & wanted
    ]
    nearest: dict[int | None, Neighbour] = {}
    for neighbour in sorted(found, key=lambda one: (one.metres, one.seller.stall.number)):
        nearest.setdefault(neighbour.seller.vendor.id, neighbour)
    return list(nearest.values())[:limit]
