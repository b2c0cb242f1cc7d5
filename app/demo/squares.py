"""The demonstration's squares of festivals: plans of their own that count on those days alone.

Pils iela belongs to the rose festival, beside the ring around the wreath; Katrīnas laukums to the
Christmas fair. How many stalls really stand there is not known to us: these are invented.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from functools import partial

from sqlmodel import Session

from app.demo.places import Row, Thing
from market.days.models import Festival, MarketDay
from market.places.models import Amenity, Site, Stall, StallOnPlan, Zone
from vendors.fields import Words, identity

Hours = tuple[tuple[time, time], ...]

STREET_HOURS: Hours = ((time(10), time(20)), (time(7), time(17)), (time(10), time(17)))
FAIR_HOURS: Hours = ((time(14), time(20)), (time(10), time(20)), (time(10), time(17)))

tent = partial(Row, kind="tent", width_m=3, depth_m=3, roof=False)
hut = partial(Row, kind="kiosk", width_m=3, depth_m=2.2, roof=True)


@dataclass(frozen=True)
class Square:
    """A square of a festival: its site, its one zone, its rows, what else stands there."""

    site: Site
    zone: str
    name: Words
    power_kw: float
    rows: tuple[Row, ...]
    things: tuple[Thing, ...]
    hours: Hours
    kind: str


def _street() -> Square:
    site = Site(
        slug="pils-iela",
        name={"lv": "Pils iela", "en": "Pils iela (Castle Street)"},
        address="Pils iela, Tukums",
        lat=56.9677,
        lon=23.1531,
        width_m=70,
        height_m=24,
    )
    rows = (
        tent("PI", "Z", "PI", 1, 4, x_m=8, y_m=5, step_m=3.4, power_kw=3.0),
        tent("PI", "Z", "PI", 5, 4, x_m=30, y_m=5, step_m=3.4),
        tent("PI", "D", "PI", 9, 6, x_m=8, y_m=19, step_m=3.4),
        tent("PI", "D", "PI", 15, 2, x_m=45, y_m=19, step_m=5, power_kw=7.0, vehicle=True),
    )
    things: tuple[Thing, ...] = (
        ("entrance", {"lv": "Brīvības laukums", "en": "Brīvības laukums"}, [[2, 12]]),
        ("passage", None, [[24.2, 0.5], [24.2, 8]]),
        ("stage", {"lv": "Ielas skatuve", "en": "Street stage"}, [[63, 12]]),
        ("water", None, [[57, 5]]),
    )
    name = {"lv": "Pils iela", "en": "Pils iela"}
    return Square(site, "PI", name, 20.0, rows, things, STREET_HOURS, "festival")


def _christmas() -> Square:
    site = Site(
        slug="katrinas-laukums",
        name={"lv": "Katrīnas laukums", "en": "Katrīnas laukums (Catherine's Square)"},
        address="Katrīnas laukums, Tukums",
        lat=56.9671,
        lon=23.1539,
        width_m=56,
        height_m=34,
    )
    rows = (
        hut("KL", "I", "KL", 1, 5, x_m=8, y_m=6, step_m=3.4, power_kw=3.0),
        hut("KL", "I", "KL", 6, 5, x_m=28, y_m=6, step_m=3.4, power_kw=2.0),
        hut("KL", "II", "KL", 11, 2, x_m=8, y_m=25, step_m=3.4, vehicle=True),
        hut("KL", "II", "KL", 13, 6, x_m=14.8, y_m=25, step_m=3.4),
        hut("KL", "II", "KL", 19, 2, x_m=38, y_m=25, step_m=4, power_kw=7.0, vehicle=True),
    )
    things: tuple[Thing, ...] = (
        ("entrance", {"lv": "Lielā iela", "en": "Lielā iela"}, [[2, 15]]),
        ("passage", None, [[24.8, 1], [24.8, 10]]),
        ("stage", {"lv": "Skatuve", "en": "Stage"}, [[50, 15]]),
        ("tree", {"lv": "Egle", "en": "Christmas tree"}, [[26, 15]]),
    )
    name = {"lv": "Katrīnas laukums", "en": "Katrīnas laukums"}
    return Square(site, "KL", name, 40.0, rows, things, FAIR_HOURS, "fair")


def write_street(session: Session, festival: Festival) -> Zone:
    """Write Pils iela for the days of the rose festival; the caller commits."""
    return _write(session, festival, _street())


def write_christmas_square(session: Session, fair: Festival) -> Zone:
    """Write Katrīnas laukums for the days of the Christmas fair; the caller commits."""
    return _write(session, fair, _christmas())


def _write(session: Session, festival: Festival, square: Square) -> Zone:
    session.add(square.site)
    session.flush()
    site_id = identity(square.site)
    zone = Zone(site_id=site_id, code=square.zone, name=square.name, power_kw=square.power_kw)
    session.add(zone)
    session.flush()
    positions: dict[str, int] = {}
    for row in square.rows:
        for place in range(row.count):
            positions[row.row] = positions.get(row.row, 0) + 1
            _write_stall(session, festival, zone, row, place, positions[row.row])
    for kind, name, points in square.things:
        session.add(
            Amenity(
                site_id=site_id,
                kind=kind,
                name=name,
                points=points,
                valid_from=festival.first_day,
                valid_to=festival.last_day,
            )
        )
    _write_hours(session, festival, square, site_id)
    return zone


def _write_stall(
    session: Session, festival: Festival, zone: Zone, row: Row, place: int, position: int
) -> None:
    stall = Stall(number=f"{row.letters}{row.first + place}")
    session.add(stall)
    session.flush()
    session.add(
        StallOnPlan(
            stall_id=identity(stall),
            zone_id=identity(zone),
            row=row.row,
            position=position,
            kind=row.kind,
            x_m=round(row.x_m + place * row.step_m, 2),
            y_m=row.y_m,
            width_m=row.width_m,
            depth_m=row.depth_m,
            angle_deg=180.0 if row.row in ("D", "II") else 0.0,
            power_kw=row.power_kw,
            roof=row.roof,
            vehicle=row.vehicle,
            valid_from=festival.first_day,
            valid_to=festival.last_day,
        )
    )


def _write_hours(session: Session, festival: Festival, square: Square, site_id: int) -> None:
    for number, (opens, closes) in enumerate(square.hours):
        session.add(
            MarketDay(
                site_id=site_id,
                day=festival.first_day + timedelta(days=number),
                kind=square.kind,
                opens=opens,
                closes=closes,
                festival_id=identity(festival),
            )
        )
    session.flush()
