"""The demonstration's day as it happens: two who wait for a place, and an open incident."""

from datetime import UTC, date, datetime, time

from sqlmodel import Session

from market.days.models import Incident, Waiting
from market.on_the_day.queries import without_place
from market.places.queries import stall_with_number
from market.standing.queries import placement_on
from vendors.fields import identity

WAITING = ("klegas", "enkurkrasti")


def write_on_the_day(session: Session, today: date) -> None:
    """Write who waits for a place today, and what has happened."""
    early = datetime.combine(today, time(3, 50), tzinfo=UTC)
    by_slug = {vendor.slug: vendor for vendor in without_place(session, today)}
    known = [by_slug[slug] for slug in WAITING if slug in by_slug]
    others = [vendor for slug, vendor in sorted(by_slug.items()) if slug not in WAITING]
    for number, vendor in enumerate([*known, *others][:2]):
        since = early.replace(minute=50 + number)
        session.add(Waiting(vendor_id=identity(vendor), day=today, since=since))
    stall = stall_with_number(session, "A9")
    placed = placement_on(session, today, identity(stall)) if stall else None
    session.add(
        Incident(
            day=today,
            kind="power",
            note="Rozete pie galda dzirksteļo. Elektriķim piezvanīts.",
            at=early,
            stall_id=stall.id if stall else None,
            vendor_id=placed.vendor_id if placed else None,
        )
    )
    session.flush()
