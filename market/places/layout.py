"""Rows made in one go: “12 galdi pa 2 m” becomes twelve stalls with numbers and places.

Lengths are in metres, angles in degrees clockwise; a row runs to where its stalls' width runs.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Protocol

from market.places.models import StallOnPlan

MOST_IN_A_ROW = 200
LARGEST_NUMBER = 999
NUMBER = re.compile(r"([A-ZĀČĒĢĪĶĻŅŠŪŽ]{0,3})(\d{1,3})([A-Z]?)")
STEMS = (
    ("table", ("gald", "table")),
    ("pavilion", ("paviljon", "pavilion")),
    ("kiosk", ("kiosk",)),
    ("car", ("auto", "mašīn", "masin", "car", "van")),
    ("tent", ("telt", "tent", "nojum")),
    ("ground", ("laukum", "zem", "ground", "pitch")),
    ("", ("viet", "stall", "place")),
)
"""How the words for kinds of stalls begin; with "" nothing is said of the kind."""

_LENGTH = r"(\d{1,2}(?:[.,]\d{1,2})?)"
_TYPED = re.compile(
    rf"(?P<count>\d{{1,3}})\s+(?P<kind>[^\W\d_]+)"
    rf"(?:\s*,?\s*(?:pa|of|à|a|@|katrs|each)?\s*{_LENGTH}\s*(?:m\b\.?)?"
    rf"(?:\s*[x×*]\s*{_LENGTH}\s*(?:m\b\.?)?)?)?"
    rf"(?:\s*,?\s*(?:ar\s+)?(?:atstarp\w*|sprauga\w*|gaps?(?:\s+of)?)\s*{_LENGTH}\s*(?:m\b\.?)?)?"
    rf"(?:\s*,?\s*(?:no|from|sākot\s+ar|numuri\s+no)\s+(?P<first>[^\W\d_]{{0,3}}\d{{1,3}}[A-Za-z]?))?"
    r"\s*\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TypedRow:
    """What somebody said of a row: how many, of what kind, how large. None: not said."""

    count: int
    kind: str | None = None
    width_m: float | None = None
    depth_m: float | None = None
    gap_m: float | None = None
    first: str | None = None


class Stands(Protocol):
    """Whatever stands on the plan: its middle and its turn."""

    @property
    def x_m(self) -> float: ...

    @property
    def y_m(self) -> float: ...

    @property
    def angle_deg(self) -> float: ...


@dataclass(frozen=True)
class Place:
    """Where a stall comes to stand: its middle and its turn."""

    x_m: float
    y_m: float
    angle_deg: float


def understood(text: str) -> TypedRow | None:
    """What “12 galdi pa 2 m”, “8 teltis pa 3 x 3 m ar atstarpi 0,5 m no T1” mean.

    None for what is not understood: an unknown kind, no stall at all, or more than
    MOST_IN_A_ROW.
    """
    match = _TYPED.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    count, kind = int(match["count"]), _kind_called(match["kind"])
    if kind is None or not 1 <= count <= MOST_IN_A_ROW:
        return None
    width, depth, gap = (_length(match[group]) for group in (3, 4, 5))
    if width == 0 or depth == 0:
        return None
    first = match["first"].upper() if match["first"] else None
    return TypedRow(count, kind or None, width, depth, gap, first)


def _kind_called(word: str) -> str | None:
    folded = word.casefold()
    for kind, stems in STEMS:
        if folded.startswith(stems):
            return kind
    return None


def _length(text: str | None) -> float | None:
    return float(text.replace(",", ".")) if text else None


def places_in_row(
    count: int, *, width_m: float, gap_m: float, x_m: float, y_m: float, angle_deg: float
) -> tuple[Place, ...]:
    """The places of a row whose first stall has its middle at x, y; it runs along its angle."""
    step, turn = width_m + gap_m, radians(angle_deg)
    return tuple(
        Place(
            round(x_m + number * step * cos(turn), 2),
            round(y_m + number * step * sin(turn), 2),
            angle_deg % 360,
        )
        for number in range(count)
    )


def moved(spots: Iterable[Stands], right_m: float, down_m: float) -> tuple[Place, ...]:
    """Where stalls stand when all of them go the same way."""
    return tuple(
        Place(round(one.x_m + right_m, 2), round(one.y_m + down_m, 2), one.angle_deg)
        for one in spots
    )


def turned(spots: Sequence[Stands], degrees: float) -> tuple[Place, ...]:
    """Where stalls stand when their row is turned clockwise about its middle."""
    if not spots:
        return ()
    middle_x = sum(one.x_m for one in spots) / len(spots)
    middle_y = sum(one.y_m for one in spots) / len(spots)
    across, up = cos(radians(degrees)), sin(radians(degrees))
    return tuple(
        Place(
            round(middle_x + (one.x_m - middle_x) * across - (one.y_m - middle_y) * up, 2),
            round(middle_y + (one.x_m - middle_x) * up + (one.y_m - middle_y) * across, 2),
            round((one.angle_deg + degrees) % 360, 2),
        )
        for one in spots
    )


def numbers_from(first: str, count: int) -> tuple[str, ...]:
    """Numbers of stalls counted on from the first: "A1", 3 → A1, A2, A3.

    ValueError for what is no number of a stall, or when they end before the row does.
    """
    match = NUMBER.fullmatch(first.strip().upper())
    if match is None or match[3]:
        raise ValueError(first)
    start = int(match[2])
    if start < 1 or start + count - 1 > LARGEST_NUMBER:
        raise ValueError(first)
    return tuple(f"{match[1]}{start + step}" for step in range(count))


def next_number(numbers: Collection[str], letters: str = "") -> str:
    """The first number with these letters behind all that are there: "A13" after A1 to A12."""
    found = [NUMBER.fullmatch(one) for one in numbers]
    used = [int(match[2]) for match in found if match and match[1] == letters]
    return f"{letters}{max(used, default=0) + 1}"


def renumbered(
    numbers: Sequence[str], first: str, elsewhere: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """What becomes of the numbers of a row, in its order: pairs of old and new, all that differ.

    `elsewhere` are the numbers of all other stalls, which nobody may be given. ValueError names
    the first that is taken, or what is no number.
    """
    wanted = numbers_from(first, len(numbers))
    taken = next((one for one in wanted if one in elsewhere), None)
    if taken is not None:
        raise ValueError(taken)
    return tuple((old, new) for old, new in zip(numbers, wanted, strict=True) if old != new)


def in_order(spots: Sequence[StallOnPlan]) -> tuple[StallOnPlan, ...]:
    """The stalls of a row in the order in which they stand along it.

    It begins at the end where the stall with the lowest position stands now.
    """
    if len(spots) < 2:
        return tuple(spots)
    first = min(spots, key=lambda one: one.position)
    last = max(spots, key=lambda one: (one.x_m - first.x_m) ** 2 + (one.y_m - first.y_m) ** 2)
    right, down = last.x_m - first.x_m, last.y_m - first.y_m
    along = {id(one): (one.x_m * right + one.y_m * down, one.position) for one in spots}
    return tuple(sorted(spots, key=lambda one: along[id(one)]))


def one_by_one(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of old and new numbers in an order in which each new one is free when it is given.

    Where numbers change places in a circle, one is first put aside under a number that no stall
    has ("~" and its own), and comes back at the end.
    """
    steps: list[tuple[str, str]] = []
    left = dict(pairs)
    while left:
        free = next((old for old, new in left.items() if new not in left or new == old), None)
        if free is None:
            old, new = next(iter(left.items()))
            aside = f"~{old}"[:8]
            steps.append((old, aside))
            del left[old]
            left[aside] = new
        else:
            steps.append((free, left.pop(free)))
    return steps
