"""What a vendor owes for a market day, a month or a season, by the price list; in whole cents.

Named rules, because money is argued about:

* A price counts on the days from its first to its last. Prices for a kind of place replace those
  for all places: where a car has a price of its own, the general price is not asked of it.
* A place costs what its kind costs, and each metre of its front what a metre costs; both where the
  list has both. A place with neither has no price: the fee is then not known, and never nothing.
* Power is counted by the kW the vendor needs; water, cooling and a vehicle once for each vendor,
  by the dearest price among the kinds of their places. What has no price is not charged.
* Who pays for a stall by the month or the season owes nothing more for it on the day, neither for
  power and the like: that is by contract.
* A vendor with the social reduction pays the reduced price of every line that has one.
* Parts of a cent are rounded to the nearest, half a cent up, once for each line.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from market.days.models import StallHolding
from market.fees.models import Price
from market.places.models import StallOnPlan
from market.standing.roll import RollLine
from vendors.fields import identity
from vendors.registry.models import Vendor

DAY, MONTH, SEASON = "day", "month", "season"
PLACES = ("place", "metre")
ONCE_FOR_A_VENDOR = ("power_kw", "water", "cooling", "vehicle")


@dataclass(frozen=True)
class FeeLine:
    """One line of a fee: `count` places, metres or kW at `unit_cents` make `cents`.

    `stall_kind` is the kind of place that the price is for, None for a price for all.
    """

    what: str
    count: Decimal
    unit_cents: int
    cents: int
    stall_kind: str | None = None


@dataclass(frozen=True)
class Fee:
    """What is owed for one `period`; `cents` is None where a place has no price.

    `without_price` are the kinds of those places. `cash_cents` comes on top when it is paid in
    cash and is not in `cents`. `is_social` says that a reduced price was taken.
    """

    lines: tuple[FeeLine, ...]
    cents: int | None
    period: str = DAY
    is_social: bool = False
    cash_cents: int = 0
    without_price: tuple[str, ...] = ()

    @property
    def by_contract(self) -> bool:
        """Whether nothing is owed on the day, because a month or a season is paid for."""
        return self.period != DAY

    def cents_by(self, way: str) -> int | None:
        """What is owed when it is paid in this way: in cash there may be a surcharge."""
        if self.cents is None or way != "cash" or not self.cents:
            return self.cents
        return self.cents + self.cash_cents


def rounded(cents: Decimal) -> int:
    """Whole cents, half a cent up."""
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))


def fee(
    line: RollLine, prices: Iterable[Price], day: date, holdings: Iterable[StallHolding] = ()
) -> Fee:
    """What a vendor of the roll owes on a day.

    Nothing and "by contract" where all stalls are paid for by the month or the season. `prices`
    and `holdings` may be of any days and vendors.
    """
    pays = periods_of(line, day, holdings)
    if DAY not in pays:
        return Fee((), 0, MONTH if MONTH in pays else SEASON)
    return _fee(line, pays, DAY, valid_prices(prices, day))


def contract_fee(
    line: RollLine, prices: Iterable[Price], day: date, holdings: Iterable[StallHolding]
) -> Fee | None:
    """What a vendor owes for the month or the season around a day; None who pays by the day."""
    pays = periods_of(line, day, holdings)
    period = next((found for found in (MONTH, SEASON) if found in pays), None)
    return _fee(line, pays, period, valid_prices(prices, day)) if period else None


def valid_prices(prices: Iterable[Price], day: date) -> list[Price]:
    """The prices that count on a day; the one that began last comes first."""
    valid = [
        price
        for price in prices
        if price.valid_from <= day and (price.valid_to is None or day <= price.valid_to)
    ]
    return sorted(valid, key=lambda price: price.valid_from, reverse=True)


def periods_of(line: RollLine, day: date, holdings: Iterable[StallHolding]) -> tuple[str, ...]:
    """How each stall of a line is paid for: by the day, unless a right to it says otherwise."""
    held = {
        holding.stall_id: holding.pays
        for holding in holdings
        if holding.vendor_id == line.vendor.id and counts_on(holding, day)
    }
    return tuple(held.get(identity(stall), DAY) for stall in line.stalls)


def counts_on(holding: StallHolding, day: date) -> bool:
    """Whether a right to a stall is valid on a day and for its weekday."""
    begun = holding.first_day <= day
    ended = holding.last_day is not None and holding.last_day < day
    return begun and not ended and bool(holding.weekdays & 1 << day.weekday())


def period_begins(period: str, day: date) -> date:
    """The day by which a payment is kept: itself, the first of its month, 1 January of its season.

    So that of one vendor there is one payment for a period. A season is that of one year.
    """
    if period == MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period == SEASON else day


def price_for(prices: Sequence[Price], what: str, period: str, kind: str) -> Price | None:
    """The price of something at a kind of place: that for the kind, or else that for all."""
    fitting = [price for price in prices if price.what == what and price.period == period]
    special = (price for price in fitting if price.stall_kind == kind)
    general = (price for price in fitting if price.stall_kind is None)
    return next(special, None) or next(general, None)


def prices_of_place(prices: Sequence[Price], period: str, kind: str) -> list[Price]:
    """The prices of a place of some kind: all its own ones, or else the general ones."""
    found: dict[str, list[Price]] = {"special": [], "general": []}
    for what in PLACES:
        price = price_for(prices, what, period, kind)
        if price is not None:
            found["special" if price.stall_kind else "general"].append(price)
    return found["special"] or found["general"]


def _fee(line: RollLine, pays: Sequence[str], period: str, prices: Sequence[Price]) -> Fee:
    """The fee for the stalls that are paid for by this period."""
    spots = [spot for spot, one in zip(line.spots, pays, strict=True) if one == period]
    kinds = list(dict.fromkeys(spot.kind for spot in spots))
    asked = _of_places(spots, prices, period)
    missing = tuple(kind for kind in kinds if not prices_of_place(prices, period, kind))
    if period != DAY or set(pays) == {DAY}:
        asked += _of_vendor(line.vendor, kinds, prices, period)
    is_social = line.vendor.is_social
    lines = tuple(_line(price, count, is_social) for price, count in asked)
    cash = _dearest("cash", kinds, prices, period, is_social)
    return Fee(
        lines,
        None if missing else sum(one.cents for one in lines),
        period,
        is_social and any(price.social_cents is not None for price, _count in asked),
        _unit(cash, is_social) if cash else 0,
        missing,
    )


def _of_places(
    spots: Iterable[StallOnPlan], prices: Sequence[Price], period: str
) -> list[tuple[Price, Decimal]]:
    """How many places and metres of each price; alike ones are counted together."""
    counts: dict[int, tuple[Price, Decimal]] = {}
    for spot in spots:
        for price in prices_of_place(prices, period, spot.kind):
            count = Decimal(1) if price.what == "place" else Decimal(str(spot.width_m))
            before = counts.get(id(price), (price, Decimal(0)))[1]
            counts[id(price)] = (price, before + count)
    return list(counts.values())


_NEEDED: dict[str, Callable[[Vendor], Decimal]] = {
    "power_kw": lambda vendor: Decimal(str(vendor.needs_power_kw)),
    "water": lambda vendor: Decimal(int(vendor.needs_water)),
    "cooling": lambda vendor: Decimal(int(vendor.needs_cooling)),
    "vehicle": lambda vendor: Decimal(int(vendor.needs_vehicle)),
}


def _of_vendor(
    vendor: Vendor, kinds: Sequence[str], prices: Sequence[Price], period: str
) -> list[tuple[Price, Decimal]]:
    """What is asked once of the vendor: power, water, cooling, the vehicle."""
    found = []
    for what in ONCE_FOR_A_VENDOR:
        price = _dearest(what, kinds, prices, period, vendor.is_social)
        needed = _NEEDED[what](vendor)
        if price is not None and needed > 0:
            found.append((price, needed))
    return found


def _dearest(
    what: str, kinds: Iterable[str], prices: Sequence[Price], period: str, is_social: bool
) -> Price | None:
    found = [price_for(prices, what, period, kind) for kind in kinds]
    known = [price for price in found if price is not None]
    return max(known, key=lambda price: _unit(price, is_social), default=None)


def _line(price: Price, count: Decimal, is_social: bool) -> FeeLine:
    unit = _unit(price, is_social)
    return FeeLine(price.what, count, unit, rounded(count * unit), price.stall_kind)


def _unit(price: Price, is_social: bool) -> int:
    if is_social and price.social_cents is not None:
        return price.social_cents
    return price.cents
