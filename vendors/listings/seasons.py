"""Months in which goods are sold, kept as a mask: January is 1, February 2, March 4, …"""

from collections.abc import Iterable

from vendors.listings.models import Good


def in_season(good: Good, month: int) -> bool:
    """Whether the good is sold in this month, 1 to 12."""
    return bool(good.months >> (month - 1) & 1)


def months_of(mask: int) -> tuple[int, ...]:
    """The months of a mask, 1 to 12: 0b101 is January and March."""
    return tuple(month for month in range(1, 13) if mask >> (month - 1) & 1)


def mask_of(months: Iterable[int]) -> int:
    """The mask of months, 1 to 12."""
    return sum(1 << (month - 1) for month in set(months))


def season_of(goods: Iterable[Good]) -> tuple[int, ...]:
    """For each month from January to December, how many of these goods are sold in it."""
    kept = list(goods)
    return tuple(sum(in_season(good, month) for good in kept) for month in range(1, 13))


def spans_of(mask: int) -> list[tuple[int, int]]:
    """The spans of following months in a mask, also across the new year.

    (8, 4) is "from August to April"; all twelve months are one span from January to December.
    """
    months = months_of(mask)
    if len(months) == 12:
        return [(1, 12)]
    starts = [month for month in months if (month - 2) % 12 + 1 not in months]
    spans = []
    for first in starts:
        last = first
        while last % 12 + 1 in months:
            last = last % 12 + 1
        spans.append((first, last))
    return spans
