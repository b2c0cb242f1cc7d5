"""What tests of data have in common: a small market planted on purpose, and reading tables."""

import csv
from collections.abc import Iterator
from datetime import date, time
from io import StringIO

from flask import Flask

from app.database import Database
from market.days.models import Festival, MarketDay, Placement, Presence, WeeklyHours
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.programme.models import Event, Venue
from market.signs.models import Sign
from vendors.fields import identity
from vendors.listings.models import Good
from vendors.registry.models import Vendor
from vendors.stories.models import Photograph, Story

TODAY = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 23)
HOSTILE = "=cmd|'/C calc'!A1<img src=x onerror=alert(1)></script>${7*7}`x`\"{{ y }}; %s"
IRLAVA = "0051440"

LISTS = (
    "/api/v1/stalls",
    "/api/v1/vendors",
    "/api/v1/events",
    "/api/v1/parishes",
)
TABLES = tuple(f"/dati/{name}.csv" for name in ("stalls", "vendors", "goods", "events", "parishes"))

SECRETS = {
    "phone": "+37126777001",
    "email": "slepens@pasts.example",
    "farm_lat": 56.91234567,
    "farm_lon": 22.81234567,
}
NEVER = {
    "bio_cert_no": "LV-BIO-SEN-BEIDZIES",
    "bio_valid_to": date(2020, 1, 1),
    "seniority": 90817263,
    "needs_power_kw": 3.1415926,
    "needs_width_m": 7.6543219,
}


SHOWN = {
    "show_phone": True,
    "show_email": True,
    "show_farm_place": True,
    "bio_cert_no": "LV-BIO-05-1",
    "bio_valid_to": TODAY,
    "phone": "+37126777002",
    "email": "redzams@pasts.example",
    "farm_lat": 56.91,
    "farm_lon": 22.81,
}


def plant(app: Flask) -> Database:
    """Six stalls on two sites, four vendors, three events; their texts are hostile."""
    found: Database = app.extensions["database"]
    with found.writing() as session:
        _Planting(session).all()
        session.commit()
    return found


class _Planting:
    def __init__(self, session) -> None:
        self.session = session

    def all(self) -> None:
        stalls = self.places()
        vendors = self.vendors()
        self.placements(stalls, vendors)
        self.programme()

    def add(self, row):
        self.session.add(row)
        self.session.flush()
        return row

    def places(self) -> dict[str, Stall]:
        self.stalls: dict[str, Stall] = {}
        market = self.site("tirgus", "G", "1234")
        square = self.site("laukums", "B", "56")
        self.add(
            WeeklyHours(
                site_id=identity(market),
                weekday=TODAY.weekday(),
                opens=time(8),
                closes=time(14),
                valid_from=date(2026, 1, 1),
            )
        )
        self.add(MarketDay(site_id=identity(square), day=TODAY, cancelled=True))
        for number, code, retired_on in (
            ("A1", "22222", YESTERDAY),
            ("A1", "33333", None),
            ("A2", "44444", YESTERDAY),
        ):
            stall_id = identity(self.stalls[number])
            issued_on = date(2026, 1, 1)
            self.add(Sign(code=code, stall_id=stall_id, issued_on=issued_on, retired_on=retired_on))
        return self.stalls

    def site(self, slug: str, code: str, numbers: str) -> Site:
        site = self.add(
            Site(slug=slug, name={"lv": slug}, lat=56.9655, lon=23.1542, width_m=90, height_m=60)
        )
        zone = self.add(Zone(site_id=identity(site), code=code, name={"lv": HOSTILE}))
        for position, number in enumerate(numbers, start=1):
            stall = self.stalls[f"A{number}"] = self.add(Stall(number=f"A{number}"))
            self.add(
                StallOnPlan(
                    stall_id=identity(stall),
                    zone_id=identity(zone),
                    row="A",
                    position=position,
                    x_m=10.0 * position,
                    y_m=5,
                    width_m=2,
                    depth_m=1.5,
                    valid_from=date(2026, 1, 1),
                    valid_to=date(2026, 12, 31) if number == "4" else None,
                )
            )
        return site

    def vendors(self) -> dict[str, Vendor]:
        private = {**SECRETS, **NEVER}
        rows = [
            Vendor(slug="kirsi", name="Ķirši", parish_code=IRLAVA, **private),
            Vendor(slug="naidigs", name=HOSTILE, other_place=HOSTILE, **private),
            Vendor(slug="pauze", name="Slepenais tirgotājs", state="paused", parish_code=IRLAVA),
            Vendor(slug="rada", name="Rāda visu", parish_code=IRLAVA, **SHOWN),
        ]
        found = {row.slug: self.add(row) for row in rows}
        for row in rows:
            self.good(row)
        for language in ("lv", "en"):
            vendor_id = identity(found["naidigs"])
            self.add(Story(vendor_id=vendor_id, language=language, short=HOSTILE, question=HOSTILE))
        self.add(
            Photograph(
                vendor_id=identity(found["kirsi"]),
                digest="ab" * 32,
                width=1600,
                height=900,
                words={"lv": "Ķiršu dārzs"},
            )
        )
        return found

    def good(self, vendor: Vendor) -> None:
        hostile = vendor.slug == "naidigs"
        self.add(
            Good(
                vendor_id=identity(vendor),
                category="berries",
                kind="strawberries",
                name={"lv": HOSTILE if hostile else "Zemenes"},
                price_cents=350,
                amount=500,
                unit="g",
                months=0b100000000001,
                allergens=["milk"] if hostile else None,
                state="sold_out",
                state_on=YESTERDAY,
                confirmed_on=YESTERDAY,
            )
        )

    def placements(self, stalls: dict[str, Stall], vendors: dict[str, Vendor]) -> None:
        for number, slug in (("A1", "kirsi"), ("A2", "naidigs"), ("A3", "pauze"), ("A5", "rada")):
            self.add(
                Placement(
                    day=TODAY,
                    stall_id=identity(stalls[number]),
                    vendor_id=identity(vendors[slug]),
                )
            )
        self.add(Presence(vendor_id=identity(vendors["kirsi"]), day=TODAY, state="absent"))

    def programme(self) -> None:
        festival = self.add(
            Festival(
                slug="svetki",
                name={"lv": "Svētki"},
                first_day=TODAY,
                last_day=TODAY,
                intro={"lv": "Svētki"},
            )
        )
        venue = self.add(
            Venue(slug="nams", name={"lv": HOSTILE}, address=HOSTILE, parish_code=IRLAVA)
        )
        self.add(
            Event(
                uid="b",
                title={"lv": HOSTILE, "en": HOSTILE},
                first_day=TODAY,
                last_day=date(2026, 11, 25),
                starts=time(22),
                ends=time(1),
                venue_id=identity(venue),
                festival_id=identity(festival),
            )
        )
        self.add(
            Event(
                uid="a",
                title={"lv": "Koncerts"},
                first_day=TODAY,
                last_day=TODAY,
                hour="evening",
                parish_code="0051510",
                venue_id=identity(venue),
            )
        )
        self.add(
            Event(
                uid="c",
                title={"lv": "Sen"},
                first_day=date(2019, 5, 5),
                last_day=date(2019, 5, 5),
                starts=time(10),
            )
        )


def lines_of(content: bytes) -> list[dict[str, str]]:
    """A CSV file as a spreadsheet with Latvian settings reads it."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def texts_in(data: object) -> Iterator[str]:
    """Every text in an answer, however deep."""
    if isinstance(data, dict):
        for value in data.values():
            yield from texts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_in(value)
    elif isinstance(data, str):
        yield data
