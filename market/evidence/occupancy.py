"""How full the market was: placements beside the places on the plan, on the days it was open."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from market.days.hours import Open, hours_on
from market.days.models import MarketDay, WeeklyHours


class Period(NamedTuple):
    """So many stalls of a zone stand on the plan from a first to a last day (None: no end)."""

    zone_id: int
    first: date
    last: date | None
    places: int


class Taken(NamedTuple):
    """So many stalls of a zone had a vendor on a day."""

    zone_id: int
    day: date
    placements: int


@dataclass(frozen=True)
class Share:
    """Placements beside places; both are sums over days, so a stall counts once for each day."""

    placements: int = 0
    places: int = 0

    @property
    def percent(self) -> int | None:
        """Placements of a hundred places, half up; None without any place."""
        if not self.places:
            return None
        return (200 * self.placements + self.places) // (2 * self.places)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.placements + other.placements, self.places + other.places)


@dataclass(frozen=True)
class Occupancy:
    """The share by zone (its id), by weekday (0 is Monday), by month (its first day), and of all.

    Only zones, weekdays and months with at least one open day are there, in their order.
    """

    by_zone: Mapping[int, Share]
    by_weekday: Mapping[int, Share]
    by_month: Mapping[date, Share]
    whole: Share


def open_days(
    weekly: Iterable[WeeklyHours], exceptions: Iterable[MarketDay], first: date, last: date
) -> list[date]:
    """The days from a first to a last one on which a site was open; all rows are of that site."""
    patterns = list(weekly)
    special = {one.day: one for one in exceptions}
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return [
        day
        for day in days
        if isinstance(hours_on(day, patterns, [special[day]] if day in special else []), Open)
    ]


def occupancy(
    days_of_zone: Mapping[int, Collection[date]],
    periods: Iterable[Period],
    taken: Iterable[Taken],
) -> Occupancy:
    """The shares on the open days of each zone, by its id; placements of other days do not count.

    What is placed on a stall that is not on the plan that day must not be among `taken`.
    """
    shares = {(zone, day): Share() for zone, days in days_of_zone.items() for day in days}
    for period in periods:
        for day in days_of_zone.get(period.zone_id, ()):
            if period.first <= day and (period.last is None or day <= period.last):
                shares[period.zone_id, day] += Share(0, period.places)
    for one in taken:
        if (one.zone_id, one.day) in shares:
            shares[one.zone_id, one.day] += Share(one.placements, 0)
    by_zone: dict[int, Share] = {}
    by_weekday: dict[int, Share] = {}
    by_month: dict[date, Share] = {}
    for (zone, day), share in shares.items():
        by_zone[zone] = by_zone.get(zone, Share()) + share
        by_weekday[day.weekday()] = by_weekday.get(day.weekday(), Share()) + share
        month = day.replace(day=1)
        by_month[month] = by_month.get(month, Share()) + share
    return Occupancy(
        by_zone,
        dict(sorted(by_weekday.items())),
        dict(sorted(by_month.items())),
        sum(by_zone.values(), Share()),
    )
