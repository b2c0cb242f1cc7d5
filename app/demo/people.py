"""The demonstration's vendors, read from the tables in `vendors/`: invented, every one."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from vendors.fields import identity
from vendors.listings.kinds import KINDS
from vendors.listings.models import Good, GoodFields
from vendors.listings.seasons import mask_of
from vendors.registry.models import (
    VENDOR_CLASSES,
    OpenDay,
    OpenDayFields,
    Vendor,
    VendorFields,
)
from vendors.stories.models import Story, StoryFields

TABLES = Path(__file__).parent / "vendors"
UNITS = {"kg": ("g", 1000), "l": ("ml", 1000)}
STALE_VENDORS = 9
"""Every ninth vendor has not confirmed the listing for two months, so that it can be seen."""

READ_BEFORE = timedelta(days=40)
"""When the office has read the stories."""


@dataclass(frozen=True)
class Seller:
    """A vendor, and what the demonstration knows of how they come to the market."""

    vendor: Vendor
    market_days: tuple[str, ...]
    festival: bool
    place: str


def tables() -> Iterator[dict[str, Any]]:
    """The invented vendors in the order of their files, season holders first."""
    rows = []
    for file in sorted(TABLES.glob("*.toml")):
        rows += tomllib.loads(file.read_text())["vendor"]
    yield from sorted(rows, key=lambda row: VENDOR_CLASSES.index(row["class"]))


def write_vendors(session: Session, today: date) -> list[Seller]:
    """Write vendors with goods, stories and open days as of a day."""
    sellers = []
    for number, row in enumerate(tables(), start=1):
        vendor = _write_vendor(session, row, number)
        confirmed = today - timedelta(days=60 if number % STALE_VENDORS == 0 else number % 6)
        _write_goods(session, vendor, row["goods"], confirmed, today)
        for language, story in row["story"].items():
            fields = StoryFields(language=language, **{k: v.strip() for k, v in story.items()})
            read = datetime.combine(today - READ_BEFORE, time(9), UTC)
            session.add(Story(vendor_id=identity(vendor), looked_at=read, **fields.model_dump()))
        for open_day in row.get("open_day", []):
            _write_open_day(session, vendor, open_day, today)
        sellers.append(Seller(vendor, tuple(row["market_days"]), row["festival"], row["place"]))
    session.flush()
    return sellers


def _write_vendor(session: Session, row: dict[str, Any], number: int) -> Vendor:
    fields = VendorFields(
        slug=row["slug"],
        name=row["name"],
        kind=row["kind"],
        standing=row["class"],
        seniority=number,
        parish_code=row["parish"] or None,
        other_place=row.get("other_place") or None,
        farm_lat=row.get("farm_lat"),
        farm_lon=row.get("farm_lon"),
        since=row["since"],
        needs_power_kw=row["power_kw"],
        needs_width_m=row["width_m"],
        scene=row["scene"],
        subject=row["subject"],
        drawing_words={"lv": row["drawing_lv"], "en": row["drawing_en"]},
        bio_cert_no=row.get("bio_cert_no") or None,
        bio_valid_to=row.get("bio_valid_to"),
    )
    vendor = Vendor(**fields.model_dump())
    session.add(vendor)
    session.flush()
    return vendor


def _write_goods(
    session: Session, vendor: Vendor, rows: list[dict[str, Any]], confirmed: date, today: date
) -> None:
    for position, row in enumerate(rows, start=1):
        kind = KINDS[row["kind"]]
        unit, times = UNITS.get(row["unit"], (row["unit"], 1))
        allergens = row["allergens"]
        fields = GoodFields(
            position=position,
            category=kind.category,
            kind=kind.key,
            name={"lv": row["lv"], "en": row["en"]},
            price_cents=round(float(row["price"].replace(",", ".")) * 100),
            amount=round(float(row["amount"].replace(",", ".")) * times),
            unit=unit,
            net_amount=row["jar_g"] or None,
            net_unit="g" if row["jar_g"] else None,
            months=mask_of(row["months"] or kind.months),
            origin=row["origin"],
            allergens=None if "ask" in allergens else allergens,
            state=row["state"],
            state_on=None if row["state"] == "available" else today,
            confirmed_on=confirmed,
        )
        session.add(Good(vendor_id=identity(vendor), **fields.model_dump()))


def _write_open_day(session: Session, vendor: Vendor, row: dict[str, Any], today: date) -> None:
    day = _saturday(today.year, row["month"], row["week"])
    if day < today:
        day = _saturday(today.year + 1, row["month"], row["week"])
    fields = OpenDayFields(
        day=day,
        starts=_time(row["starts"]),
        ends=_time(row["ends"]),
        words={"lv": row["lv"], "en": row["en"]},
    )
    session.add(OpenDay(vendor_id=identity(vendor), **fields.model_dump()))


def _saturday(year: int, month: int, week: int) -> date:
    """The first, second, … Saturday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(5 - first.weekday()) % 7 + 7 * (week - 1))


def _time(text: str) -> time:
    hour, minute = text.split(".")
    return time(int(hour), int(minute))
