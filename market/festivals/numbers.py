"""Numbers of applications, as they are said on the telephone: "RS27-014"."""

import re
from collections.abc import Iterable

LONGEST_PREFIX = 12


def number_prefix(slug: str, year: int) -> str:
    """The letters of a festival's numbers: the initials of its slug's words, and the year.

    "rozu-svetki-2027" of 2027 gives "RS27"; words that are numbers do not count.
    """
    initials = "".join(word[0] for word in slug.split("-") if word and not word.isdecimal())
    return f"{(initials or 'S').upper()[: LONGEST_PREFIX - 2]}{year % 100:02}"


def number_of(prefix: str, place: int) -> str:
    """The number of the first (1), second (2), … application: "RS27-014"."""
    return f"{prefix}-{place:03}"


def next_place(prefix: str, numbers: Iterable[str]) -> int:
    """The place after the highest of the numbers that were given with this prefix."""
    given = (re.fullmatch(re.escape(prefix) + r"-(\d{3,7})", number) for number in numbers)
    return max((int(found[1]) for found in given if found), default=0) + 1
