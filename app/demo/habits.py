"""How the demonstration's vendors come: on which weekdays, who is away, who wishes reminders."""

from datetime import date, timedelta

from sqlmodel import Session

from app.demo.people import Seller
from app.demo.places import MARKET_WEEKDAYS
from market.days.models import Absence, VendorWeekday
from vendors.fields import identity

BEFORE = timedelta(days=90)
REMINDED = 3
"""Every third vendor has an address and wishes reminders; example.org belongs to nobody."""
AWAY_FROM, AWAY_FOR = timedelta(days=9), timedelta(days=20)


def write_habits(session: Session, today: date, sellers: list[Seller]) -> None:
    """Write the weekdays of all, a long absence of one, and the wishes of some."""
    for number, seller in enumerate(sellers):
        for name in seller.market_days:
            session.add(
                VendorWeekday(
                    vendor_id=identity(seller.vendor),
                    weekday=MARKET_WEEKDAYS[name],
                    since=today - BEFORE,
                )
            )
        if number % REMINDED == 0:
            seller.vendor.email = f"{seller.vendor.slug}@example.org"
            seller.vendor.wants_reminders = True
            session.add(seller.vendor)
    _write_absence(session, today, sellers)
    session.flush()


def _write_absence(session: Session, today: date, sellers: list[Seller]) -> None:
    """One who comes every week is away for three weeks from next week on."""
    weekly = [seller for seller in sellers if seller.vendor.standing == "regular"]
    if weekly:
        session.add(
            Absence(
                vendor_id=identity(weekly[0].vendor),
                first_day=today + AWAY_FROM,
                last_day=today + AWAY_FROM + AWAY_FOR,
            )
        )
