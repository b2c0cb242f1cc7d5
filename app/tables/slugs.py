"""The word in an address that is made from a name: "Vēju kalni" becomes "veju-kalni"."""

import re
from collections.abc import Container

from vendors.searching import folded


def slug_of(name: str, longest: int = 60) -> str:
    """Small letters without diacritics, digits and hyphens; empty when nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", folded(name) or "").strip("-")
    return plain[:longest].strip("-")


def unused_slug(name: str, used: Container[str], otherwise: str) -> str:
    """The word of a name, with a number behind it when others have it; `otherwise` for none."""
    wanted = slug_of(name) or otherwise
    number, found = 1, wanted
    while found in used:
        number += 1
        found = f"{slug_of(wanted, 55)}-{number}"
    return found
