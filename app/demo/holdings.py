"""The demonstration's rights to stalls: by contract or ticket for a season, others by the week."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlmodel import Session

from app.demo.people import Seller
from market.days.models import FilledDay, StallHolding
from market.places.models import Stall
from vendors.fields import identity

HELD_SINCE = date(2026, 1, 1)
BASES = ("contract", "season_ticket")
PAYS = {"contract": "month", "season_ticket": "season", "weekly": "day"}


def write_holdings(
    session: Session, holders: Mapping[int, Iterable[tuple[Seller, list[Stall]]]]
) -> None:
    """Write who has which stall on which weekdays; guests have none of their own."""
    masks: dict[tuple[int, int], int] = {}
    standing: dict[int, str] = {}
    for weekday, coming in sorted(holders.items()):
        for seller, stalls in coming:
            vendor_id = identity(seller.vendor)
            standing[vendor_id] = seller.vendor.standing
            for stall in stalls:
                key = (vendor_id, identity(stall))
                masks[key] = masks.get(key, 0) | 1 << weekday
    for (vendor_id, stall_id), weekdays in masks.items():
        if standing[vendor_id] not in ("season", "regular"):
            continue
        basis = BASES[vendor_id % 2] if standing[vendor_id] == "season" else "weekly"
        session.add(
            StallHolding(
                vendor_id=vendor_id,
                stall_id=stall_id,
                weekdays=weekdays,
                basis=basis,
                pays=PAYS[basis],
                first_day=HELD_SINCE,
            )
        )


def write_filled_days(session: Session, site_id: int, first: date, last: date) -> None:
    """Note that the holders were put into these days, so that nobody is put there twice."""
    for step in range((last - first).days + 1):
        session.add(FilledDay(site_id=site_id, day=first + timedelta(days=step)))
