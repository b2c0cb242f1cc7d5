"""What the sheets of a day stand on: read once, so that all of them say the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from app.fees_of_day import DayFee, fees_of_day
from app.paper.kit.earlier import last_stalls, stall_numbers
from market.days.hours import Cancelled, Open, hours_on
from market.days.models import Notice
from market.days.queries import exceptions, notices_on, weekly_hours
from market.fees.models import Price
from market.fees.queries import holdings_on, prices_on
from market.places.models import Amenity, RowMove, Site, Stall, StallOnPlan, Zone
from market.places.queries import amenities_of, moves_on, plan_of, sites
from market.programme.queries import events_between
from market.programme.schedule import Day, programme
from market.standing.holding import counts_on
from market.standing.reseating import Reseated, reseated
from market.standing.roll import RollLine
from vendors.fields import Words, identity
from vendors.listings.freshness import table_on
from vendors.listings.models import Good
from vendors.registry.queries import goods_of

SATURDAY = 5
LOOK_BACK = timedelta(days=60)
"""So far back a vendor's last market day is looked for."""


@dataclass(frozen=True)
class SiteOnPaper:
    """A site on the day: its hours, the roll, its plan, who owes what, which rows have moved."""

    site: Site
    hours: Open | Cancelled | None
    weather: Words | None
    fees: Sequence[DayFee]
    plan: Sequence[tuple[StallOnPlan, Stall, Zone]]
    amenities: Sequence[Amenity]
    moves: Sequence[RowMove]

    @property
    def lines(self) -> list[RollLine]:
        """The roll of the day."""
        return [fee.line for fee in self.fees]


@dataclass(frozen=True)
class DayOnPaper:
    """A day of the market as its sheets tell it.

    `goods` of the day by vendor id; `phones` tells whether the copy is for the office alone and
    holds telephone numbers; `made` is the local time at which it was read.
    """

    day: date
    made: datetime
    public_url: str
    sites: Sequence[SiteOnPaper]
    goods: Mapping[int, Sequence[Good]]
    prices: Sequence[Price]
    notices: Sequence[Notice]
    programme: Sequence[Day]
    reseated: Sequence[Reseated]
    phones: bool = False

    @property
    def lines(self) -> list[RollLine]:
        """The rolls of all sites, one after the other."""
        return [line for one in self.sites for line in one.lines]


def day_on_paper(
    session: Session, day: date, made: datetime, public_url: str, *, phones: bool = False
) -> DayOnPaper:
    """Everything that is printed of a day: of the sites that are open or have placements then."""
    every = [_site(session, site, day) for site in sites(session)]
    here = [one for one in every if one.hours is not None or one.fees] or every[:1]
    lines = [line for one in here for line in one.lines]
    sold = goods_of(session, [identity(line.vendor) for line in lines])
    last = day + timedelta(days=max(SATURDAY + 1 - day.weekday(), 0))
    return DayOnPaper(
        day=day,
        made=made,
        public_url=public_url,
        sites=here,
        goods={key: table_on(goods, day).today for key, goods in sold.items()},
        prices=prices_on(session, day),
        notices=notices_on(session, day),
        programme=programme(events_between(session, day, last), day, last),
        reseated=_reseated(session, day, here),
        phones=phones,
    )


def _site(session: Session, site: Site, day: date) -> SiteOnPaper:
    site_id = identity(site)
    special = exceptions(session, site_id, day)
    return SiteOnPaper(
        site=site,
        hours=hours_on(day, weekly_hours(session, site_id), special),
        weather=next((one.weather for one in special if one.day == day), None),
        fees=fees_of_day(session, site_id, day),
        plan=plan_of(session, site_id, day),
        amenities=amenities_of(session, site_id, day),
        moves=moves_on(session, site_id, day),
    )


def _reseated(session: Session, day: date, here: Sequence[SiteOnPaper]) -> list[Reseated]:
    now = {
        identity(line.vendor): [stall.number for stall in line.stalls]
        for one in here
        for line in one.lines
    }
    counting = [one for one in holdings_on(session, day) if counts_on(one, day)]
    numbers = stall_numbers(session, {one.stall_id for one in counting})
    held: dict[int, list[str]] = defaultdict(list)
    for holding in counting:
        held[holding.vendor_id].append(numbers[holding.stall_id])
    return reseated(now, held, last_stalls(session, day, day - LOOK_BACK), _on_moved_rows(here))


def _on_moved_rows(here: Sequence[SiteOnPaper]) -> frozenset[int]:
    moved = {(move.zone_id, move.row) for one in here for move in one.moves}
    return frozenset(
        identity(line.vendor)
        for one in here
        for line in one.lines
        if any((spot.zone_id, spot.row) in moved for spot in line.spots)
    )
