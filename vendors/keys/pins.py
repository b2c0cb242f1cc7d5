"""The PIN of a card: six digits that are made, never chosen, and none that anybody tries first."""

from itertools import pairwise
from random import Random, SystemRandom

LENGTH = 6
FEWEST_DIFFERENT = 4

_DIGITS = "0123456789"
_UNPREDICTABLE = SystemRandom()


def make_pin(random: Random | None = None) -> str:
    """A PIN by chance, each that is not trivial as likely as any other."""
    choices = random or _UNPREDICTABLE
    while True:
        pin = "".join(choices.choice(_DIGITS) for _ in range(LENGTH))
        if not is_trivial(pin):
            return pin


def is_trivial(pin: str) -> bool:
    """Whether people try such a PIN first: 000000, 121212, 123456, 987654, 135791, 123321."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(set(pin)) < FEWEST_DIFFERENT or len(steps) == 1 or pin == pin[::-1]


def typed_pin(text: str) -> str | None:
    """The six digits of what was typed, blanks and hyphens between them allowed; None if not."""
    digits = "".join(text.split()).replace("-", "")
    return digits if len(digits) == LENGTH and digits.isascii() and digits.isdigit() else None
