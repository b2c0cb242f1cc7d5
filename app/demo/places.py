"""The demonstration's places: an invented plan of the market, and Brīvības laukums in July.

The number of stalls, rows and the hours of the real market are not known to us; a page of the
demonstration says so.
"""

from dataclasses import dataclass
from datetime import date, time
from math import cos, pi, sin

from sqlmodel import Session

from market.days.models import WeeklyHours
from market.places.models import Amenity, Site, Stall, StallOnPlan, Zone
from vendors.fields import identity

SINCE = date(2026, 1, 1)
MARKET_WEEKDAYS = {"tue": 1, "fri": 4, "sat": 5}
OPENS, CLOSES = time(8), time(14)


@dataclass(frozen=True)
class Row:
    """A row of stalls: letters of the numbers, how many, where the first stands, the step."""

    zone: str
    row: str
    letters: str
    first: int
    count: int
    kind: str
    x_m: float
    y_m: float
    step_m: float
    width_m: float
    depth_m: float
    power_kw: float = 0.0
    water: bool = False
    roof: bool = True
    vehicle: bool = False


ROWS = (
    Row("P", "1", "P", 1, 8, "pavilion", 13, 12, 3.2, 3, 1.6, 3.0, True),
    Row("P", "2", "P", 9, 8, "pavilion", 13, 22, 3.2, 3, 1.6, 3.0, True),
    Row("G", "A", "A", 1, 14, "table", 13, 40, 2.6, 2.2, 1.2),
    Row("G", "B", "B", 1, 14, "table", 13, 48, 2.6, 2.2, 1.2),
    Row("G", "K", "K", 1, 4, "kiosk", 57, 22, 5.5, 4, 3, 5.0),
    Row("S", "S", "S", 1, 8, "ground", 59, 40, 4.4, 4, 2, roof=False),
    Row("S", "M", "M", 1, 4, "car", 62, 58, 7.5, 6, 3, roof=False),
)

ZONES = {
    "P": {"lv": "Paviljons", "en": "Pavilion"},
    "G": {"lv": "Galdi un kioski", "en": "Tables and kiosks"},
    "S": {"lv": "Stādi, ziedi un auto rinda", "en": "Plants, flowers and cars"},
    "R": {"lv": "Rožu svētku loks", "en": "Rose festival ring"},
}

FESTIVAL_STALLS = 40

Thing = tuple[str, dict[str, str] | None, list[list[float]]]
"""An amenity: its kind, its name if it has one, its points in metres."""


@dataclass(frozen=True)
class Places:
    """What was written: both sites, and the stalls of each kind in the order of the plan."""

    market: Site
    square: Site
    by_kind: dict[str, list[Stall]]
    ring: list[Stall]


def write_places(session: Session) -> Places:
    """Write sites, zones, stalls, amenities and the weekly hours."""
    market = Site(
        slug="tirgus",
        name={"lv": "Tukuma tirgus", "en": "Tukums market"},
        address="Raiņa iela, Tukums",
        lat=56.9655,
        lon=23.1542,
        width_m=100,
        height_m=70,
    )
    square = Site(
        slug="brivibas-laukums",
        name={"lv": "Brīvības laukums", "en": "Brīvības laukums (Freedom Square)"},
        address="Brīvības laukums, Tukums",
        lat=56.96815,
        lon=23.15195,
        width_m=90,
        height_m=70,
    )
    session.add_all([market, square])
    session.flush()
    zones = _write_zones(session, market, square)
    by_kind = _write_rows(session, zones)
    ring = _write_ring(session, zones["R"])
    _write_amenities(session, market, square)
    for weekday in MARKET_WEEKDAYS.values():
        session.add(
            WeeklyHours(
                site_id=identity(market),
                weekday=weekday,
                opens=OPENS,
                closes=CLOSES,
                valid_from=SINCE,
            )
        )
    session.flush()
    return Places(market, square, by_kind, ring)


def _write_zones(session: Session, market: Site, square: Site) -> dict[str, Zone]:
    zones = {
        code: Zone(code=code, name=name, site_id=identity(square if code == "R" else market))
        for code, name in ZONES.items()
    }
    session.add_all(zones.values())
    session.flush()
    return zones


def _write_rows(session: Session, zones: dict[str, Zone]) -> dict[str, list[Stall]]:
    by_kind: dict[str, list[Stall]] = {}
    for row in ROWS:
        for place in range(row.count):
            stall = Stall(number=f"{row.letters}{row.first + place}")
            session.add(stall)
            session.flush()
            session.add(
                StallOnPlan(
                    stall_id=identity(stall),
                    zone_id=identity(zones[row.zone]),
                    row=row.row,
                    position=place + 1,
                    kind=row.kind,
                    x_m=row.x_m + place * row.step_m,
                    y_m=row.y_m,
                    width_m=row.width_m,
                    depth_m=row.depth_m,
                    power_kw=row.power_kw,
                    water=row.water,
                    roof=row.roof,
                    valid_from=SINCE,
                )
            )
            by_kind.setdefault(row.kind, []).append(stall)
    return by_kind


def _write_ring(session: Session, zone: Zone) -> list[Stall]:
    """Forty tents in two rings around the rose wreath, the fronts towards the middle."""
    ring = []
    for place in range(FESTIVAL_STALLS):
        outer = place >= FESTIVAL_STALLS // 2
        radius_x, radius_y = (38, 28) if outer else (27, 19)
        turn = 2 * pi * ((place % 20) + (0.5 if outer else 0)) / 20
        stall = Stall(number=f"R{place + 1}")
        session.add(stall)
        session.flush()
        session.add(
            StallOnPlan(
                stall_id=identity(stall),
                zone_id=identity(zone),
                row="II" if outer else "I",
                position=place % 20 + 1,
                kind="tent",
                x_m=round(45 + radius_x * sin(turn), 2),
                y_m=round(35 - radius_y * cos(turn), 2),
                width_m=3,
                depth_m=3,
                angle_deg=round(360 * turn / (2 * pi), 1),
                power_kw=2.0 if place % 4 == 0 else 0.0,
                valid_from=SINCE,
            )
        )
        ring.append(stall)
    return ring


def _write_amenities(session: Session, market: Site, square: Site) -> None:
    raina = {"lv": "Raiņa ielas vārti", "en": "Raiņa iela gate"}
    tidaholma = {"lv": "Tidaholmas ielas vārti", "en": "Tidaholmas iela gate"}
    pils = {"lv": "Pils iela", "en": "Pils iela"}
    wreath = {"lv": "Rožu vainags", "en": "Rose wreath"}
    pavilion = {"lv": "Paviljons", "en": "Pavilion"}
    of_market: list[Thing] = [
        ("entrance", raina, [[4, 34]]),
        ("entrance", tidaholma, [[96, 34]]),
        ("building", pavilion, [[9, 8], [40, 8], [40, 27], [9, 27]]),
        ("step_free_way", None, [[4, 34], [50, 34], [50, 54], [92, 54], [96, 34]]),
        ("step_free_way", None, [[24, 34], [24, 27]]),
        ("toilet", None, [[43, 9]]),
        ("water", None, [[43, 17]]),
        ("bins", None, [[52, 62]]),
        ("first_aid", None, [[60, 11]]),
        ("information", None, [[66, 31]]),
        ("parking", None, [[22, 62]]),
    ]
    of_square: list[Thing] = [
        ("entrance", pils, [[45, 3]]),
        ("information", wreath, [[45, 35]]),
        ("stage", None, [[72, 62]]),
        ("step_free_way", None, [[45, 3], [45, 26]]),
        ("toilet", None, [[84, 8]]),
        ("water", None, [[8, 10]]),
        ("first_aid", None, [[80, 56]]),
    ]
    for site, amenities in ((market, of_market), (square, of_square)):
        for kind, name, points in amenities:
            session.add(
                Amenity(
                    site_id=identity(site), kind=kind, name=name, points=points, valid_from=SINCE
                )
            )
