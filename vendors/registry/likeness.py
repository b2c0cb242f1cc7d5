"""Vendors who may be one and the same: the same number, the same telephone, the same name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vendors.searching import folded


@dataclass(frozen=True)
class Likeness:
    """A vendor who is there already, and by what they are alike: reg_no, phone, name."""

    slug: str
    name: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Traits:
    """What vendors are known by; `slug` is empty for one who is not there yet."""

    slug: str
    name: str
    reg_no: str | None = None
    phone: str | None = None


def bare_name(name: str) -> str:
    """A name for comparing: letters and digits without diacritics, quotes and blanks."""
    return re.sub(r"[\W_]", "", folded(name) or "")


def alike(one: Traits, others: Iterable[Traits]) -> list[Likeness]:
    """Those of the others who may be the same vendor, the surest first."""
    found = []
    for other in others:
        by = tuple(
            name
            for name, same in (
                ("reg_no", one.reg_no and one.reg_no == other.reg_no),
                ("phone", one.phone and one.phone == other.phone),
                ("name", bare_name(one.name) and bare_name(one.name) == bare_name(other.name)),
            )
            if same
        )
        if by and other.slug != one.slug:
            found.append(Likeness(other.slug, other.name, by))
    return sorted(found, key=lambda likeness: (-len(likeness.by), likeness.name))
