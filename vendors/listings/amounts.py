"""Amounts as people type them: "250 g", "0,5 l", "2 kg", "10 gab.", "burka"."""

import re
from decimal import Decimal

from vendors.searching import folded

LARGEST = 1_000_000
"""The largest amount in grams, millilitres or pieces, as the table allows."""

_TIMES = {"kg": ("g", 1000), "g": ("g", 1), "l": ("ml", 1000), "ml": ("ml", 1)}
_WORDS = {
    "kg": ("kg", "kilograms", "kilogramu", "kilogrami", "kilo", "kilogram"),
    "g": ("g", "gr", "grams", "grami", "gramu", "gram"),
    "l": ("l", "litrs", "litru", "litri", "litre", "litres", "liter"),
    "ml": ("ml", "mililitri", "mililitru", "millilitres"),
    "piece": ("gab", "gabals", "gabali", "gabalu", "gabalus", "piece", "pieces", "pcs"),
    "bunch": ("saiskis", "saiski", "saisku", "saiskus", "bunch", "bunches"),
    "pot": ("pods", "podi", "podu", "podus", "podins", "podini", "pot", "pots"),
    "box": ("kaste", "kastes", "kastite", "kastites", "kastisu", "kastu", "box", "boxes"),
    "jar": ("burka", "burkas", "burku", "burcina", "burcinas", "jar", "jars"),
}
_UNITS = {word: unit for unit, words in _WORDS.items() for word in words}
_AMOUNT = re.compile(r"([0-9]{1,7}(?:[.,][0-9]{1,3})?)?([^\d\s.,]*)\.?")


def typed_amount(text: str) -> tuple[int, str]:
    """An amount as the tables keep it: "0,5 l" is (500, "ml"), "burka" is (1, "jar").

    Raises ValueError for what is no amount: an unknown unit, nothing at all, nought, a fraction of
    a gram or of a piece, or more than `LARGEST`.
    """
    match = _AMOUNT.fullmatch(re.sub(r"[\s\u00a0]", "", folded(text) or ""))
    if match is None or match[2] not in _UNITS:
        raise ValueError(text)
    unit, times = _TIMES.get(_UNITS[match[2]], (_UNITS[match[2]], 1))
    amount = Decimal((match[1] or "1").replace(",", ".")) * times
    if amount != amount.to_integral_value() or not 1 <= amount <= LARGEST:
        raise ValueError(text)
    return int(amount), unit


def typed_net(text: str) -> tuple[int, str] | None:
    """The net content of a jar or box in grams or millilitres; None when nothing was typed.

    Raises ValueError for what is neither a weight nor a volume.
    """
    if not text.strip():
        return None
    amount, unit = typed_amount(text)
    if unit not in ("g", "ml"):
        raise ValueError(text)
    return amount, unit
