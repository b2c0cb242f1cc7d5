"""The code on a sign: five characters that notice when they were typed wrongly.

The 31 characters 2–9 and A–Z without I, L and O leave out what paper and eyes confuse (0 O 1 I L).
31 is a prime number, so the places of the alphabet, 0 to 30, form a field: there, a product is
zero only when a factor is. The fifth character is chosen so that

    5·a + 4·b + 3·c + 2·d + 1·e  ≡  0   (modulo 31).

- One wrong character changes the sum by weight × difference. Neither is zero in the field, so the
  sum is no longer zero: every single wrong character is refused, at every place.
- Swapping the characters x and y of two places changes the sum by (weight − weight') × (y − x).
  The weights differ, so this is zero only when x = y and nothing was swapped: every swap of two
  characters is refused, neighbours or not.

Four characters are free: 31⁴ = 923,521 codes.
"""

from random import Random, SystemRandom
from typing import Literal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 5
WEIGHTS = (5, 4, 3, 2, 1)

Problem = Literal["length", "characters", "check"]

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_UNPREDICTABLE = SystemRandom()


def make_code(random: Random | None = None) -> str:
    """A code by chance: unpredictable, or from the `random` that a test or the demo brings."""
    choices = random or _UNPREDICTABLE
    free = "".join(choices.choice(ALPHABET) for _ in range(LENGTH - 1))
    return free + check_character(free)


def check_character(free: str) -> str:
    """The fifth character for four given ones of the alphabet."""
    return ALPHABET[-_weighted_sum(free) % len(ALPHABET)]


def normalised(typed: str) -> str:
    """A typed code as it is kept: capitals, without blanks and hyphens."""
    return "".join(typed.split()).translate(dict.fromkeys(map(ord, _HYPHENS))).upper()


def problem_of(typed: str) -> Problem | None:
    """Why a typed code cannot be one; None when it can.

    "length": not five characters · "characters": one that no code has · "check": the characters
    do not belong together, so at least one is wrong or two are swapped.
    """
    code = normalised(typed)
    if len(code) != LENGTH:
        return "length"
    if any(character not in _VALUES for character in code):
        return "characters"
    return "check" if _weighted_sum(code) % len(ALPHABET) else None


def _weighted_sum(characters: str) -> int:
    weighted = zip(WEIGHTS, characters, strict=False)
    return sum(weight * _VALUES[character] for weight, character in weighted)
