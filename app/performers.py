"""Who performs, as people write it: one name in each line; vendors of the market by their names."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from market.programme.bookings import Performer
from market.programme.models import EventPerformer
from vendors.registry.models import Vendor
from vendors.searching import folded


def vendors_by_name(found: Session) -> dict[str, int]:
    """The vendors of the market by their names as people compare them."""
    rows = found.exec(select(Vendor.name, Vendor.id).where(col(Vendor.state) == "approved"))
    return {_plain(name): number for name, number in rows if number is not None}


def with_those_before(
    vendors: Mapping[str, int], before: Iterable[EventPerformer]
) -> dict[str, int]:
    """The same, and who performed as a vendor before is still that one, under another name too."""
    linked = {_plain(row.name): row.vendor_id for row in before if row.vendor_id is not None}
    return {**vendors, **linked}


def performers_read(lines: Iterable[str], vendors: Mapping[str, int]) -> list[Performer]:
    """Performers by their names, each once; who is a vendor is known by the name."""
    names = dict.fromkeys(" ".join(line.split()) for line in lines)
    return [Performer(name, vendors.get(_plain(name))) for name in names if name]


def _plain(name: str) -> str:
    return " ".join((folded(name) or "").split())
