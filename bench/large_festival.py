"""A festival of 250 stalls and three days with as many accepted applicants, and a draft of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from market.days.models import Festival, MarketDay
from market.festivals.models import Application, Call, CallCategory, CallZone
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.planning.models import PlannedPlace, PlanVersion
from vendors.fields import identity
from vendors.registry.models import Vendor

STALLS, DAYS, A_ROW = 250, 3, 25
GOODS = ("crafts", "bread", "honey", "vegetables", "flowers")
AHEAD = timedelta(days=200)


@dataclass(frozen=True)
class LargeFestival:
    """The identities of what was written."""

    festival_id: int
    plan_id: int
    stall_ids: tuple[int, ...]
    application_ids: tuple[int, ...]


def write_large_festival(session: Session, today: date, days: int = DAYS) -> LargeFestival:
    """Write the festival with everybody on a stall in a draft; the caller commits."""
    first = today + AHEAD
    festival = Festival(
        slug=f"lieli-svetki-{days}",
        name={"lv": f"Lielie svētki ({days})"},
        intro={"lv": "Daudz vietu."},
        first_day=first,
        last_day=first + timedelta(days=days - 1),
    )
    session.add(festival)
    session.flush()
    at = datetime.combine(today, time(7), UTC)
    zone, stalls = _ground(session, festival, days)
    call = _call(session, festival, zone, today)
    applicants = [_applicant(session, call, number, festival, at) for number in range(STALLS)]
    plan = PlanVersion(
        name="Liels melnraksts",
        festival_id=festival.id,
        made_at=at,
        problems={"known": {}},
    )
    session.add(plan)
    session.flush()
    for step in range(days):
        for stall, one in zip(stalls, applicants, strict=True):
            session.add(
                PlannedPlace(
                    plan_id=identity(plan),
                    day=first + timedelta(days=step),
                    stall_id=stall,
                    application_id=one,
                )
            )
    session.flush()
    return LargeFestival(identity(festival), identity(plan), tuple(stalls), tuple(applicants))


def _ground(session: Session, festival: Festival, days: int) -> tuple[int, list[int]]:
    """The zone and its stalls, in rows of twenty-five, on a site of the festival's own."""
    site = Site(
        slug=f"laukums-{days}",
        name={"lv": "Lielais laukums"},
        lat=56.96,
        lon=23.15,
        width_m=100,
        height_m=80,
    )
    session.add(site)
    session.flush()
    zone = Zone(code=f"F{days}", name={"lv": "Laukums"}, site_id=identity(site))
    letter = "FGHJL"[days % 5]
    stalls = [Stall(number=f"{letter}{step + 1}") for step in range(STALLS)]
    session.add_all([zone, *stalls])
    session.flush()
    for step, stall in enumerate(stalls):
        row, place = divmod(step, A_ROW)
        session.add(
            StallOnPlan(
                stall_id=identity(stall),
                zone_id=identity(zone),
                row=str(row + 1),
                position=place + 1,
                x_m=6 + 3.5 * place,
                y_m=8 + 7 * row,
                width_m=3.0,
                depth_m=3.0,
                power_kw=3.0 if place % 5 == 0 else 0.0,
                valid_from=festival.first_day,
                valid_to=festival.last_day,
            )
        )
    for step in range(days):
        session.add(
            MarketDay(
                site_id=identity(site),
                day=festival.first_day + timedelta(days=step),
                festival_id=festival.id,
                opens=time(9),
                closes=time(20),
            )
        )
    session.flush()
    return identity(zone), [identity(one) for one in stalls]


def _call(session: Session, festival: Festival, zone_id: int, today: date) -> Call:
    call = Call(
        festival_id=identity(festival),
        opens_on=today - timedelta(days=30),
        opens_at=time(9),
        closes_on=today - timedelta(days=10),
        closes_at=time(18),
        intro={"lv": "Aicinām."},
        criteria={"lv": "Kas pirmais."},
        lot="rozes",
        published=True,
    )
    session.add(call)
    session.flush()
    session.add(CallZone(call_id=identity(call), zone_id=zone_id))
    session.add_all(CallCategory(call_id=identity(call), category=one) for one in GOODS)
    session.flush()
    return call


def _applicant(session: Session, call: Call, number: int, festival: Festival, at: datetime) -> int:
    """The identity of an accepted applicant with a vendor of the same name."""
    name = f"Darbnīca {number + 1}"
    vendor = Vendor(
        slug=f"darbnica-{identity(call)}-{number + 1}",
        name=name,
        kind="craftsperson",
        standing="festival",
        other_place="Latvija",
        email=f"d{number}@bench.example",
    )
    session.add(vendor)
    session.flush()
    days = (festival.last_day - festival.first_day).days + 1
    application = Application(
        call_id=identity(call),
        number=f"LS{identity(call)}-{number + 1:03}",
        name=name,
        email=vendor.email,
        goods="Viss",
        categories=[GOODS[number % len(GOODS)]],
        days=[(festival.first_day + timedelta(days=step)).isoformat() for step in range(days)],
        vendor_id=identity(vendor),
        state="accepted",
        started_at=at,
        submitted_at=at,
    )
    session.add(application)
    session.flush()
    return identity(application)
