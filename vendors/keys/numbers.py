"""Keys as people type them: the number on a card, and codes that open once.

They are written with the 31 characters of the market's signs, 2–9 and A–Z without I, L and O,
which paper and eyes do not confuse, in groups of four. What people type is read kindly: small
letters, blanks and hyphens do not matter, and since no key has 0, O, 1, I or L, an O or 0 typed
by mistake is refused in words instead of being guessed at.

- **A card's number** has 24 characters. 23 are free: 23 · log2(31) = 113.9 bits. The last one is
  chosen so that the sum of all, each times its weight, is divisible by 31. The weights 24 … 1 are
  different and none is zero modulo the prime 31, so every single wrong character and every swap
  of two is noticed before any lock is touched.
- **A code given by the office** has 8 free characters: 31⁸ = 8.5 · 10¹¹.
- **A code in a letter** has 12 free characters, 59 bits; the letter's link holds the same code.
"""

from random import Random, SystemRandom
from typing import Literal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUP = 4
CARD_LENGTH = 24
OFFICE_LENGTH = 8
LETTER_LENGTH = 12

Problem = Literal["length", "characters", "check"]

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_HYPHENS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212_.,·"
_UNPREDICTABLE = SystemRandom()


def make_card_number(random: Random | None = None) -> str:
    """A new card's number by chance; from `random` only where a demonstration brings one."""
    free = make_code(CARD_LENGTH - 1, random)
    return free + ALPHABET[-_weighted_sum(free) % len(ALPHABET)]


def make_code(length: int, random: Random | None = None) -> str:
    """So many characters by chance."""
    choices = random or _UNPREDICTABLE
    return "".join(choices.choice(ALPHABET) for _ in range(length))


def normalised(typed: str) -> str:
    """What was typed as keys are kept: capitals, without blanks and hyphens."""
    return "".join(typed.split()).translate(dict.fromkeys(map(ord, _HYPHENS))).upper()


def card_problem(typed: str) -> Problem | None:
    """Why a typed number cannot be a card's; None when it can.

    "length": not 24 characters · "characters": one that no key has · "check": at least one is
    wrong or two are swapped.
    """
    number = normalised(typed)
    if len(number) != CARD_LENGTH:
        return "length"
    if any(character not in _VALUES for character in number):
        return "characters"
    return "check" if _weighted_sum(number) % len(ALPHABET) else None


def code_problem(typed: str) -> Problem | None:
    """Why a typed code cannot be one that opens once, of the office or of a letter."""
    code = normalised(typed)
    if len(code) not in (OFFICE_LENGTH, LETTER_LENGTH):
        return "length"
    return "characters" if any(character not in _VALUES for character in code) else None


def in_groups(key: str) -> str:
    """A key as it is printed: "ABCD EFGH"."""
    return " ".join(key[start : start + GROUP] for start in range(0, len(key), GROUP))


def _weighted_sum(characters: str) -> int:
    weights = range(CARD_LENGTH, 0, -1)
    return sum(weight * _VALUES[one] for weight, one in zip(weights, characters, strict=False))
