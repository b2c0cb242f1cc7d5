"""The office's desk: today and tomorrow at a glance."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.languages import N_, sort_key
from app.late_notices import late_notices
from app.pages.organiser import Door, blueprint
from app.pages.organiser.waits import free_places, waits
from market.days.hours import FAR_ENOUGH_DAYS, Cancelled, Open, hours_on
from market.days.queries import exceptions, sayings, stalls_today, weekly_hours
from market.places.models import Stall
from market.places.queries import sites
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.registry.queries import vendors_by_id

DOOR = Door(
    "office.desk",
    N_("The office"),
    N_("What waits, and how today and tomorrow look"),
    group="day",
    place=1,
    always=True,
)

NOT_AS_USUAL = ("absent", "late")


@dataclass(frozen=True)
class Said:
    """A vendor with a stall who does not come or is late; `too_late` is when, after the cut-off."""

    vendor: Vendor
    stalls: tuple[Stall, ...]
    state: str
    too_late: datetime | None = None


@dataclass(frozen=True)
class Glance:
    """A day of the market: its hours, how many come, and who does not or is late."""

    day: date
    hours: Open | Cancelled | None
    coming: int
    said: tuple[Said, ...]
    free: str = ""


@blueprint.get("/")
def desk() -> ResponseReturnValue:
    """What waits; today and tomorrow, who is not coming, who is late; and paper."""
    today = now().date()
    days = (today, today + timedelta(days=1))
    return render_template(
        "organiser/desk.html",
        waits=waits(session(), today),
        glances=[glance_at(session(), day) for day in days],
        today=today,
        next_day=next_market_day(session(), today),
    )


def glance_at(found: Session, day: date) -> Glance:
    """A day as the office wants to see it."""
    stalls = stalls_today(found, day)
    told = sayings(found, list(stalls), day, day)
    states = {vendor_id: told.state(vendor_id, day) for vendor_id in stalls}
    late = {identity(one.vendor): one.said_at for one in late_notices(found, day)}
    said = [
        Said(vendor, stalls[identity(vendor)], states[identity(vendor)], late.get(identity(vendor)))
        for vendor in vendors_by_id(found, [key for key in states if states[key] in NOT_AS_USUAL])
    ]
    said.sort(key=lambda one: (one.state, sort_key(one.vendor.name)))
    coming = sum(state != "absent" for state in states.values())
    return Glance(day, hours_of_market(found, day), coming, tuple(said), free_places(found, day))


def hours_of_market(found: Session, day: date) -> Open | Cancelled | None:
    """The hours of the market itself, the first of the sites, on a day."""
    places = sites(found)
    if not places:
        return None
    site = identity(places[0])
    return hours_on(day, weekly_hours(found, site), exceptions(found, site, day))


def next_market_day(found: Session, today: date) -> date | None:
    """The first day after today on which the market is open; None when there is none."""
    places = sites(found)
    if not places:
        return None
    site = identity(places[0])
    weekly, special = weekly_hours(found, site), exceptions(found, site, today)
    coming = (today + timedelta(days=step) for step in range(1, FAR_ENOUGH_DAYS))
    return next((day for day in coming if isinstance(hours_on(day, weekly, special), Open)), None)
