"""Who waits for a place, in the order in which places are offered."""

from collections.abc import Iterable

from market.days.models import Waiting
from vendors.registry.models import VENDOR_CLASSES, Vendor

Asker = tuple[Waiting, Vendor]


def in_order(asking: Iterable[Asker]) -> list[Asker]:
    """Those who wait: by class (season holders first), then seniority, then since when they ask."""

    def place(one: Asker) -> tuple[object, ...]:
        waiting, vendor = one
        return VENDOR_CLASSES.index(vendor.standing), vendor.seniority, waiting.since, waiting.id

    return sorted(asking, key=place)
