"""Who came and who did not: the days of each vendor, and what was said or noted of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple


class Told(NamedTuple):
    """So many days of a vendor of which a state was said; `no_show`: noted by the office."""

    vendor_id: int
    state: str
    no_show: bool
    days: int


@dataclass(frozen=True)
class Coming:
    """A vendor's days with a stall, and of how many days it is known what became of them.

    `absent` are days of which the vendor said so before; `no_shows` those of which nobody did.
    """

    vendor_id: int
    days: int = 0
    present: int = 0
    late: int = 0
    absent: int = 0
    no_shows: int = 0


def coming(days: Mapping[int, int], told: Iterable[Told]) -> list[Coming]:
    """One line for each vendor, those with the most no-shows first, then with the most days.

    `days` with a stall by vendor id. Who has said something without having a stall is there too:
    the office gives a stall away when its vendor says that they do not come.
    """
    found = {vendor_id: Coming(vendor_id, days=count) for vendor_id, count in days.items()}
    for one in told:
        before = found.get(one.vendor_id, Coming(one.vendor_id))
        if one.no_show:
            after = replace(before, no_shows=before.no_shows + one.days)
        elif one.state == "present":
            after = replace(before, present=before.present + one.days)
        elif one.state == "late":
            after = replace(before, late=before.late + one.days)
        else:
            after = replace(before, absent=before.absent + one.days)
        found[one.vendor_id] = after
    return sorted(found.values(), key=lambda one: (-one.no_shows, -one.days, one.vendor_id))
