"""What an example costs by the price list: a table of 2 m with 3 kW on some day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.forms import Form
from app.url_types import day_asked
from market.days.models import StallHolding
from market.fees.fees import Fee, contract_fee, fee
from market.fees.models import Price
from market.places.models import STALL_KINDS, Stall, StallOnPlan, Zone
from market.standing.roll import RollLine
from vendors.registry.models import Vendor

NEEDS = ("water", "cooling", "vehicle")
MOST_M, MOST_KW = 50.0, 100.0


@dataclass(frozen=True)
class Trial:
    """The example as it was asked, and what it costs for a day, a month and a season."""

    form: Form
    day: date
    fees: Mapping[str, Fee]


def asked_trial(prices: Iterable[Price], asked: Mapping[str, str], today: date) -> Trial:
    """The example in an address; without one, or with numbers that are none, a table of 2 m."""
    day = day_asked(asked.get("diena"), today)
    kind = asked.get("veids", "") if asked.get("veids") in STALL_KINDS else "table"
    width, power = number(asked.get("metri"), 2.0, MOST_M), number(asked.get("kw"), 0.0, MOST_KW)
    needs = [name for name in NEEDS if asked.get(name)]
    line = _line(kind or "table", width or 2.0, power, needs, bool(asked.get("sociala")), day)
    typed = {
        "veids": kind,
        "metri": f"{width:g}".replace(".", ","),
        "kw": f"{power:g}".replace(".", ","),
        "diena": day.isoformat(),
        "needs": needs,
        "sociala": "1" if asked.get("sociala") else "",
    }
    listed = list(prices)
    fees = {"day": fee(line, listed, day)}
    for period in ("month", "season"):
        held = StallHolding(
            vendor_id=1, stall_id=1, weekdays=127, pays=period, first_day=day, last_day=day
        )
        found = contract_fee(line, listed, day, [held])
        if found is not None:
            fees[period] = found
    return Trial(Form(typed=typed), day, fees)


def number(text: str | None, otherwise: float, most: float) -> float:
    """A number as people type it, not below 0 and not above `most`."""
    plain = (text or "").strip().replace(",", ".")
    if len(plain) > 8 or not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
        return otherwise
    return min(float(plain), most)


def _line(
    kind: str, width: float, power: float, needs: list[str], is_social: bool, day: date
) -> RollLine:
    """A vendor who is in no database, with one stall that is on no plan."""
    vendor = Vendor(
        id=1,
        slug="paraugs",
        name="Paraugs",
        other_place="-",
        needs_power_kw=power,
        needs_water="water" in needs,
        needs_cooling="cooling" in needs,
        needs_vehicle="vehicle" in needs,
        is_social=is_social,
    )
    spot = StallOnPlan(
        stall_id=1,
        zone_id=1,
        row="A",
        position=1,
        kind=kind,
        x_m=0,
        y_m=0,
        width_m=width,
        depth_m=1,
        valid_from=day,
    )
    zone = Zone(id=1, site_id=1, code="A", name={"lv": "A"})
    return RollLine(vendor, zone, "A", (Stall(id=1, number="A1"),), (spot,), ())
