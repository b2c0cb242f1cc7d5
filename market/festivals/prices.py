"""What a place at a festival costs by the call's price list, in whole cents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from market.festivals.models import PRICE_UNITS, CallPriceFields


@dataclass(frozen=True)
class Wanted:
    """What is counted: places a day, days, front in metres, kW of each place, a vehicle."""

    places: int
    days: int
    metres: float = 0.0
    power_kw: float = 0.0
    vehicle: bool = False
    own_made: bool = False
    social: bool = False
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True)
class QuoteLine:
    """A line of the sum: `times` units of `each_cents` on each of `days` days."""

    price: CallPriceFields
    each_cents: int
    times: int
    days: int

    @property
    def cents(self) -> int:
        """What the line comes to."""
        return self.each_cents * self.times * self.days


@dataclass(frozen=True)
class Quote:
    """What it costs, line by line."""

    lines: tuple[QuoteLine, ...]

    @property
    def cents(self) -> int:
        """The sum of all lines."""
        return sum(line.cents for line in self.lines)


def each_cents(price: CallPriceFields, wanted: Wanted) -> int:
    """The lowest amount of a line that applies: the full, the own-made or the social one."""
    amounts = [price.cents]
    if wanted.own_made and price.own_made_cents is not None:
        amounts.append(price.own_made_cents)
    if wanted.social and price.social_cents is not None:
        amounts.append(price.social_cents)
    return min(amounts)


def applies(price: CallPriceFields, wanted: Wanted) -> bool:
    """Whether a line is for these goods, and, where it is for power, for so many kilowatts.

    A step counts power above `from_kw` up to and with `up_to_kw`; no power costs nothing.
    """
    if price.category is not None and price.category not in wanted.categories:
        return False
    if price.unit == "vehicle_day":
        return wanted.vehicle
    if price.unit != "kw_day":
        return True
    above = wanted.power_kw > (price.from_kw or 0.0)
    return above and (price.up_to_kw is None or wanted.power_kw <= price.up_to_kw)


def quote(prices: Iterable[CallPriceFields], wanted: Wanted) -> Quote:
    """What is wanted costs so much: of each unit one line, the lowest sum that applies.

    A line for the goods themselves comes before one for all goods. A step of power (with
    `from_kw` or `up_to_kw`) costs its amount for each place and day, power without steps each
    begun kilowatt. Where a place costs by the day and for the whole festival, the lower counts.
    """
    known = list(prices)
    found = {unit: _lowest(known, unit, wanted) for unit in PRICE_UNITS}
    by_day, whole = found["place_day"], found["place_festival"]
    if by_day is not None and whole is not None:
        found["place_day" if whole.cents <= by_day.cents else "place_festival"] = None
    return Quote(tuple(line for line in found.values() if line is not None))


def _lowest(prices: Sequence[CallPriceFields], unit: str, wanted: Wanted) -> QuoteLine | None:
    fitting = [one for one in prices if one.unit == unit and applies(one, wanted)]
    own = [one for one in fitting if one.category is not None] or fitting
    lines = [_line(one, wanted) for one in own]
    return min(lines, key=lambda line: line.cents, default=None)


def _line(price: CallPriceFields, wanted: Wanted) -> QuoteLine:
    is_step = price.from_kw is not None or price.up_to_kw is not None
    times = {
        "place_day": wanted.places,
        "place_festival": wanted.places,
        "metre_day": ceil(wanted.metres),
        "kw_day": wanted.places * (1 if is_step else ceil(wanted.power_kw)),
        "vehicle_day": 1,
    }[price.unit]
    days = 1 if price.unit == "place_festival" else wanted.days
    return QuoteLine(price, each_cents(price, wanted), times, days)
