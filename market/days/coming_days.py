"""The next market days of one vendor: which place, why, and whether they come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from market.days.attendance import Absent, Attendance, Late, Sayings, notice
from market.days.hours import Cancelled, Open, hours_on
from market.days.models import MarketDay, Placement, WeeklyHours
from market.days.settings import ABSENCE_CUTOFF, DEFAULTS
from market.places.models import Stall, Zone

WEEKS = 6
DAYS_AHEAD = timedelta(weeks=WEEKS)

Calendar = tuple[Sequence[WeeklyHours], Sequence[MarketDay]]
"""The weekly hours of a site, and the days that differ from them."""


@dataclass(frozen=True)
class Place:
    """Stalls of one zone on a day, and how they came to the vendor (`Placement.source`)."""

    stalls: tuple[Stall, ...]
    zone: Zone
    source: str


@dataclass(frozen=True)
class ComingDay:
    """A market day as its vendor sees it.

    `is_late` says that to stay away would be said after the office's cut-off; `was_late` that
    it was.
    """

    day: date
    hours: Open | Cancelled
    places: tuple[Place, ...]
    attendance: Attendance
    is_late: bool
    was_late: bool = False

    @property
    def is_away(self) -> bool:
        """Whether visitors read that the vendor does not come."""
        return isinstance(self.attendance, Absent)


def coming_days(
    vendor_id: int,
    moment: datetime,
    calendars: Mapping[int, Calendar],
    places: Iterable[tuple[Placement, Stall, Zone]],
    said: Sayings,
    *,
    main_site: int,
    cutoff: time = DEFAULTS[ABSENCE_CUTOFF],
    late: Iterable[date] = (),
) -> list[ComingDay]:
    """The market days of the next six weeks from a local moment on.

    Those of the main site, and of other sites those on which the vendor has a place there.
    `late` are the days on which the vendor was late in saying that they stay away.
    """
    by_day: dict[date, list[tuple[Placement, Stall, Zone]]] = {}
    for row in places:
        by_day.setdefault(row[0].day, []).append(row)
    found = []
    for step in range(DAYS_AHEAD.days):
        day = moment.date() + timedelta(days=step)
        rows = by_day.get(day, [])
        hours = _hours(day, calendars, rows, main_site)
        if hours is None or _is_over(hours, moment):
            continue
        found.append(
            ComingDay(
                day,
                hours,
                _places(rows),
                said.expected(vendor_id, day, has_place=bool(rows)),
                isinstance(notice(moment, day, cutoff), Late),
                day in late,
            )
        )
    return found


def _places(rows: Sequence[tuple[Placement, Stall, Zone]]) -> tuple[Place, ...]:
    alike: dict[tuple[int | None, str], list[tuple[Stall, Zone]]] = {}
    for placement, stall, zone in rows:
        alike.setdefault((zone.id, placement.source), []).append((stall, zone))
    return tuple(
        Place(tuple(stall for stall, _zone in found), found[0][1], source)
        for (_zone_id, source), found in alike.items()
    )


def _hours(
    day: date,
    calendars: Mapping[int, Calendar],
    rows: Sequence[tuple[Placement, Stall, Zone]],
    main_site: int,
) -> Open | Cancelled | None:
    """The hours of the site where the vendor has a place, or else of the main site."""
    sites = [zone.site_id for _placement, _stall, zone in rows] or [main_site]
    for site in dict.fromkeys(sites):
        hours = hours_on(day, *calendars[site]) if site in calendars else None
        if hours is not None:
            return hours
    return None


def _is_over(hours: Open | Cancelled, moment: datetime) -> bool:
    return isinstance(hours, Open) and datetime.combine(hours.day, hours.closes) <= moment
