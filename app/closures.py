"""Closed stalls as everybody reads them: what is closed on a day, why, and who moved where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.languages import N_
from app.languages import gettext as _
from market.days.models import Placement
from market.places.models import Stall
from market.planning.closure_queries import shut_between
from market.planning.closures import Shut, spans
from market.planning.versions import in_order_of_numbers
from vendors.fields import identity
from vendors.registry.models import PUBLIC, Vendor

REASONS = {
    "rain": N_("rain"),
    "wind": N_("wind"),
    "works": N_("works"),
    "safety": N_("safety"),
    "other": N_("another reason"),
}
"""Why stalls are closed; a plan keeps the key, or the office's own words."""


@dataclass(frozen=True)
class Moved:
    """A vendor who stands elsewhere than before something was closed."""

    vendor: Vendor
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Closure:
    """A day with closed stalls: "C1–C8" by the reason in words, and who moved where."""

    day: date
    parts: tuple[tuple[str, str], ...]
    moved: tuple[Moved, ...]


def why_said(kept: str) -> str:
    """A reason in the reader's language; the office's own words as they are."""
    return _(REASONS[kept]) if kept in REASONS else kept


def closures(
    session: Session, first: date, last: date, festival_id: int | None = None
) -> list[Closure]:
    """What is closed on the days from first to last, for the public."""
    return [
        Closure(
            one.day,
            tuple(
                (", ".join(spans(numbers)), why_said(why))
                for why, numbers in one.by_reason().items()
            ),
            moved_by(session, one),
        )
        for one in shut_between(session, first, last, festival_id)
    ]


def moved_by(session: Session, shut: Shut) -> tuple[Moved, ...]:
    """Who stands elsewhere than before, in the order of the stalls before; whoever has no place
    any more is not named."""
    had = _by_vendor(shut.before)
    rows = session.exec(
        select(Vendor, Stall.number)
        .join(Placement, col(Placement.vendor_id) == Vendor.id)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .where(Placement.day == shut.day, col(Vendor.id).in_(had), *PUBLIC)
    ).all()
    has: dict[int, tuple[str, ...]] = {}
    for vendor, number in rows:
        has[identity(vendor)] = (*has.get(identity(vendor), ()), number)
    vendors = {identity(vendor): vendor for vendor, _number in rows}
    found = [
        Moved(vendors[key], had[key], tuple(sorted(numbers, key=in_order_of_numbers)))
        for key, numbers in has.items()
        if set(numbers) != set(had[key])
    ]
    return tuple(sorted(found, key=lambda one: in_order_of_numbers(one.before[0])))


def _by_vendor(held: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for number in sorted(held, key=in_order_of_numbers):
        found[held[number]] = (*found.get(held[number], ()), number)
    return found
