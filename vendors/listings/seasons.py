"""Months in which goods are sold, kept as a mask: January is 1, February 2, March 4, …

A good has its usual months, and for one year the vendor may say that they come a month earlier or
later; the year after, the usual months count again without anyone doing anything.
"""

from collections.abc import Iterable

from vendors.listings.models import Good

JANUARY, DECEMBER = 1, 1 << 11
ALL_MONTHS = 4095


def in_season(good: Good, month: int, year: int | None = None) -> bool:
    """Whether the good is sold in this month, 1 to 12, of a year; without one, of a usual year."""
    return bool(months_in(good, year) >> (month - 1) & 1)


def months_in(good: Good, year: int | None) -> int:
    """The mask of the months in which the good is sold in a year, as its vendor said of it."""
    return shifted(good.months, shift_in(good, year))


def shift_in(good: Good, year: int | None) -> int:
    """Whether the good comes a month earlier (-1) or later (1) in a year than usual, else 0."""
    return good.season_shift if year is not None and good.season_year == year else 0


def shifted(mask: int, shift: int) -> int:
    """The months of one year when the season comes a month earlier (-1) or later (1).

    A season that goes on over the new year keeps doing so. One that begins in January and comes
    earlier began in the December before, so this year only loses its last month; and one that
    ends in December and comes later ends in the January after. Where nothing would be left of
    the year, the usual months stay.
    """
    if shift == 0:
        return mask
    leaves, arrives = (JANUARY, DECEMBER) if shift < 0 else (DECEMBER, JANUARY)
    moved = mask >> 1 if shift < 0 else mask << 1 & ALL_MONTHS
    if mask & leaves and mask & arrives:
        moved |= arrives
    return moved or mask


def months_of(mask: int) -> tuple[int, ...]:
    """The months of a mask, 1 to 12: 0b101 is January and March."""
    return tuple(month for month in range(1, 13) if mask >> (month - 1) & 1)


def mask_of(months: Iterable[int]) -> int:
    """The mask of months, 1 to 12."""
    return sum(1 << (month - 1) for month in set(months))


def season_of(goods: Iterable[Good], year: int | None = None) -> tuple[int, ...]:
    """For each month from January to December, how many of these goods are sold in it."""
    kept = list(goods)
    return tuple(sum(in_season(good, month, year) for good in kept) for month in range(1, 13))


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
