"""The demonstration market: invented farms in the real geography of Tukums.

Everything is made around a given day, so that whoever opens the service finds a market that was
open last week and will be open next week. The same market is what tests stand on.
"""

from datetime import date
from random import Random

from sqlmodel import Session

from app.demo.applications import write_applications
from app.demo.call import write_fair, write_fair_call, write_rose_call
from app.demo.customs import write_customs, write_weather
from app.demo.days import write_days
from app.demo.earlier_festival import write_earlier_festival
from app.demo.events import write_events
from app.demo.festival import write_festival
from app.demo.habits import write_habits
from app.demo.on_the_day import write_on_the_day
from app.demo.people import write_vendors
from app.demo.places import write_places
from app.demo.plans import write_plans
from app.demo.prices import write_payments, write_prices
from app.demo.registry import write_registry
from app.demo.rounds import write_rounds
from app.demo.squares import write_christmas_square, write_street
from market.days.models import Festival, MarketSetting
from market.places.queries import zone_with_code
from market.signs.queries import issue_missing_signs
from vendors.fields import identity

TEST_TODAY = date(2026, 11, 24)
"""The day around which tests let the demonstration be made: a Tuesday, a market day."""

SEED = 1948
"""The codes of the signs are the same in every demonstration; 1948 opened the market."""


def write_demonstration(session: Session, today: date) -> None:
    """Write the demonstration market around a day; the caller commits."""
    session.add(MarketSetting(name="demonstration", value=today.isoformat()))
    places = write_places(session)
    vendors = write_vendors(session, today)
    festival = write_festival(session, today)
    write_days(session, today, places, vendors, festival)
    write_earlier_festival(session, places, festival)
    write_habits(session, today, vendors)
    write_customs(session, today)
    write_weather(session, identity(places.market), today)
    write_prices(session, today)
    write_payments(session, identity(places.market), today)
    write_on_the_day(session, today)
    write_events(session, today)
    write_registry(session, today)
    issue_missing_signs(session, date(2026, 3, 1), Random(SEED))
    write_rounds(session, identity(places.market), today)
    write_calls(session, festival, today)
    issue_missing_signs(session, date(2026, 10, 1), Random(SEED))
    write_plans(session, today)


def write_calls(session: Session, festival: Festival, today: date) -> None:
    """Write both calls with the squares they are for, and who applied; the caller commits."""
    write_rose_call(
        session, festival, [zone_with_code(session, "R"), write_street(session, festival)]
    )
    fair = write_fair(session, today)
    call = write_fair_call(session, fair, write_christmas_square(session, fair), today)
    write_applications(session, fair, call)
