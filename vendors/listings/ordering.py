"""The order of a vendor's price list: one step up or down, places counted from 1 without gaps."""

from collections.abc import Sequence
from typing import Literal

from vendors.fields import identity
from vendors.listings.models import Good

Step = Literal[-1, 1]


def places_after(goods: Sequence[Good], good_id: int, step: Step) -> dict[int, int]:
    """The new places of goods, by identity, when one moves a step up (-1) or down (1).

    `goods` are all goods of a vendor in their order. The step goes over those that are no longer
    sold, which keep their place among the others. Only places that change are returned: none for
    a good that stands first or last already, or is not there, unless there were gaps.
    """
    order = [identity(good) for good in goods]
    sold = [identity(good) for good in goods if good.archived_on is None]
    if good_id in sold:
        place = sold.index(good_id) + step
        if 0 <= place < len(sold):
            here, there = order.index(good_id), order.index(sold[place])
            order[here], order[there] = order[there], order[here]
    before = {identity(good): good.position for good in goods}
    return {key: place for place, key in enumerate(order, start=1) if before[key] != place}


def place_after_all(goods: Sequence[Good]) -> int:
    """The place of a new good: after all others."""
    return max((good.position for good in goods), default=0) + 1
