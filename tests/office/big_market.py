"""A market of any size in rows of twenty, with vendors whose names hold every Latvian letter."""

from datetime import date, time

from sqlmodel import Session

from market.days.models import Placement, WeeklyHours
from market.fees.models import Price
from market.places.models import Amenity, Site, Stall, StallOnPlan, Zone
from vendors.fields import identity
from vendors.listings.kinds import CATEGORIES
from vendors.listings.models import Good
from vendors.registry.models import Vendor

SINCE = date(2026, 1, 1)
LETTERS = "āčēģīķļņšūž"
IN_A_ROW, ROWS_IN_A_ZONE = 20, 3


def write_big_market(session: Session, day: date, count: int) -> list[Vendor]:
    """Write a site with so many vendors, each on their own stall on a day; the caller commits."""
    rows = -(-count // IN_A_ROW)
    site = Site(
        slug="lielais", name={"lv": "Lielais tirgus"}, lat=56.9655, lon=23.1542,
        width_m=70, height_m=10 + 6.0 * rows,
    )  # fmt: skip
    session.add(site)
    session.flush()
    session.add(
        WeeklyHours(
            site_id=identity(site), weekday=day.weekday(), opens=time(8), closes=time(14),
            valid_from=SINCE,
        )
    )  # fmt: skip
    session.add(Price(what="place", period="day", cents=350, valid_from=SINCE))
    session.add(
        Amenity(site_id=identity(site), kind="step_free_way", points=[[2, 2], [68, 2]],
                valid_from=SINCE)
    )  # fmt: skip
    vendors = [_vendor(number) for number in range(count)]
    session.add_all(vendors)
    session.flush()
    for number, vendor in enumerate(vendors):
        _write_goods(session, vendor, number, day)
    _write_stalls(session, site, vendors, day)
    return vendors


def _vendor(number: int) -> Vendor:
    letter, other = LETTERS[number % 11], LETTERS[(number * 3 + 1) % 11]
    name = f"Saimniecība „{letter.upper()}{other}kalni {number + 1}“"
    return Vendor(
        slug=f"saimnieciba-{number + 1}", name=name, parish_code="0051400",
        phone=f"+3712{6000000 + number}",
    )  # fmt: skip


def _write_goods(session: Session, vendor: Vendor, number: int, day: date) -> None:
    for place in range(3):
        session.add(
            Good(
                vendor_id=identity(vendor), position=place + 1,
                category=CATEGORIES[(number + place) % len(CATEGORIES)],
                name={"lv": f"Īpaša prece {number + 1}.{place + 1}"}, price_cents=100,
                confirmed_on=day,
            )
        )  # fmt: skip


def _write_stalls(session: Session, site: Site, vendors: list[Vendor], day: date) -> None:
    zone = Zone(code="Z", name={"lv": "Zona"}, site_id=identity(site))
    for number, vendor in enumerate(vendors):
        row, place = divmod(number, IN_A_ROW)
        if number % (IN_A_ROW * ROWS_IN_A_ZONE) == 0:
            code = f"Z{row // ROWS_IN_A_ZONE + 10}"
            zone = Zone(code=code, name={"lv": f"Zona {code}"}, site_id=identity(site))
            session.add(zone)
            session.flush()
        stall = Stall(number=f"Ž{number + 1}")
        session.add(stall)
        session.flush()
        session.add(
            StallOnPlan(
                stall_id=identity(stall), zone_id=identity(zone), row=str(row + 10),
                position=place + 1, x_m=6 + 3.0 * place, y_m=8 + 6.0 * row, width_m=2.5,
                depth_m=1.5, valid_from=SINCE,
            )
        )  # fmt: skip
        session.add(Placement(day=day, stall_id=identity(stall), vendor_id=identity(vendor)))
