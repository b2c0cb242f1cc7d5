"""The demonstration's prices, all of them invented, and what was paid on the last market day."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.clock import RIGA
from app.fees_of_day import DayFee, fees_of_day
from market.days.models import Placement
from market.fees.models import Payment, Price
from vendors.fields import identity


class Line(NamedTuple):
    """A line of the list: of what, for which kind of place, how much, how much reduced."""

    what: str
    kind: str | None
    period: str
    cents: int
    social_cents: int | None = None


PRICES = (
    Line("place", None, "day", 300, 150),
    Line("place", "table", "day", 250, 120),
    Line("place", "pavilion", "day", 450, 250),
    Line("place", "kiosk", "day", 600),
    Line("metre", "ground", "day", 90, 45),
    Line("place", "car", "day", 500),
    Line("metre", "tent", "day", 200),
    Line("power_kw", None, "day", 50),
    Line("cooling", None, "day", 200),
    Line("water", None, "day", 50),
    Line("cash", None, "day", 100, 0),
    Line("place", None, "month", 3200, 1600),
    Line("place", "pavilion", "month", 4800, 2600),
    Line("place", "kiosk", "month", 6500),
    Line("power_kw", None, "month", 500),
    Line("cash", None, "month", 100, 0),
    Line("place", None, "season", 17000, 9000),
    Line("metre", "ground", "season", 5200, 2600),
)
DEARER = Line("place", "table", "day", 280, 120)
PAID_FROM = time(8, 20)


def write_prices(session: Session, today: date) -> None:
    """Write the price list, and that a table will cost more from the first of January on."""
    since, next_year = date(today.year - 1, 1, 1), date(today.year + 1, 1, 1)
    for line in PRICES:
        is_followed = line[:3] == DEARER[:3]
        until = next_year - timedelta(days=1) if is_followed else None
        session.add(_price(line, since, until))
    session.add(_price(DEARER, next_year, None))
    session.flush()


def _price(line: Line, since: date, until: date | None) -> Price:
    return Price(
        what=line.what,
        stall_kind=line.kind,
        period=line.period,
        cents=line.cents,
        social_cents=line.social_cents,
        valid_from=since,
        valid_to=until,
    )


def write_payments(session: Session, site_id: int, today: date) -> None:
    """Write what was paid on the last day before today with vendors; two have not paid yet."""
    day = session.exec(
        select(col(Placement.day)).where(Placement.day < today).order_by(col(Placement.day).desc())
    ).first()
    if day is None:
        return
    owing = [one for one in fees_of_day(session, site_id, day) if one.is_open and one.fee.cents]
    for number, one in enumerate(owing[:-2]):
        session.add(_payment(one, day, number))
    session.flush()


def _payment(one: DayFee, day: date, number: int) -> Payment:
    way = "transfer" if number % 5 == 3 else "cash"
    at = datetime.combine(day, PAID_FROM, RIGA) + timedelta(minutes=2 * number)
    return Payment(
        vendor_id=identity(one.line.vendor),
        day=day,
        cents=one.fee.cents_by(way) or 0,
        way=way,
        at=at,
    )
