"""The word in an address that is made from a name: "Vēju kalni" becomes "veju-kalni"."""

import re

from vendors.searching import folded


def slug_of(name: str, longest: int = 60) -> str:
    """Small letters without diacritics, digits and hyphens; empty when nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", folded(name) or "").strip("-")
    return plain[:longest].strip("-")
