"""What the database is asked about prices, rights that are paid for, and payments."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from market.days.models import StallHolding
from market.fees.fees import DAY, MONTH, SEASON, period_begins
from market.fees.models import Payment, Price
from vendors.registry.models import Vendor


def price_list(session: Session) -> Sequence[Price]:
    """All prices, also those that count no more or not yet, the newest of each first."""
    return session.exec(
        select(Price).order_by(col(Price.what), col(Price.valid_from).desc(), col(Price.id))
    ).all()


def prices_on(session: Session, day: date) -> Sequence[Price]:
    """The prices that count on a day."""
    return session.exec(
        select(Price).where(
            Price.valid_from <= day, or_(col(Price.valid_to).is_(None), col(Price.valid_to) >= day)
        )
    ).all()


def holdings_on(session: Session, day: date) -> Sequence[StallHolding]:
    """The rights to stalls that are valid on a day, whatever its weekday."""
    return session.exec(
        select(StallHolding).where(
            StallHolding.first_day <= day,
            or_(col(StallHolding.last_day).is_(None), col(StallHolding.last_day) >= day),
        )
    ).all()


def payments_for(session: Session, day: date) -> dict[tuple[int, str], Payment]:
    """What was paid for a day, its month and its season: by vendor id and period."""
    kept = [
        and_(col(Payment.period) == period, col(Payment.day) == period_begins(period, day))
        for period in (DAY, MONTH, SEASON)
    ]
    rows = session.exec(select(Payment).where(or_(*kept), col(Payment.vendor_id).is_not(None)))
    return {(row.vendor_id, row.period): row for row in rows if row.vendor_id is not None}


def payment_of(session: Session, vendor_id: int, day: date, period: str) -> Payment | None:
    """What a vendor paid for a period, locked for who writes."""
    return session.exec(
        select(Payment)
        .where(
            Payment.vendor_id == vendor_id,
            Payment.day == period_begins(period, day),
            Payment.period == period,
        )
        .with_for_update()
    ).first()


def payments_between(
    session: Session, first: date, last: date, begins: datetime, ends: datetime
) -> Sequence[tuple[Payment, Vendor | None]]:
    """The payments of a ledger from its first to its last day, with who paid, in order of time.

    Those for days by the day they are for; those for months and seasons by when they were noted,
    between two moments (the same days in the clock of the place). Of a vendor who has left for
    good there is the sum alone.
    """
    rows = session.exec(
        select(Payment, Vendor)
        .join(Vendor, col(Vendor.id) == Payment.vendor_id, isouter=True)
        .where(
            or_(
                and_(
                    col(Payment.period) == DAY,
                    col(Payment.day) >= first,
                    col(Payment.day) <= last,
                ),
                and_(
                    col(Payment.period) != DAY,
                    col(Payment.at) >= begins,
                    col(Payment.at) < ends,
                ),
            )
        )
        .order_by(col(Payment.at), col(Payment.id))
    )
    return [(payment, vendor) for payment, vendor in rows]


def days_with_payments(session: Session, since: date, most: int) -> Sequence[tuple[date, int, int]]:
    """The last days for which something was paid: the day, how many payments, how many cents."""
    rows = session.exec(
        select(col(Payment.day), func.count(), func.sum(col(Payment.cents)))
        .where(Payment.period == DAY, Payment.day >= since)
        .group_by(col(Payment.day))
        .order_by(col(Payment.day).desc())
        .limit(most)
    )
    return [(day, count, int(cents)) for day, count, cents in rows]
