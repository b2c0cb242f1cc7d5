"""Parts that several pages of visitors are made of: a vendor's card, goods, the farm's place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from app.languages import current_language, sort_key
from market.days.queries import presences_on, sellers_on
from market.places.geography import kilometres
from market.places.models import Site, Stall
from market.places.parish_map import Dot, dot, is_within
from market.places.parishes import PARISHES
from vendors.fields import identity
from vendors.listings.freshness import Table, is_stale, state_on, table_on
from vendors.listings.models import Good
from vendors.listings.prices import UnitPrice, needs_unit_price, package, unit_price
from vendors.listings.seasons import months_in
from vendors.registry.models import Vendor
from vendors.registry.queries import goods_of
from vendors.stories.models import Photograph

Told = TypeVar("Told")
PLACES = {place.code: place for place in PARISHES}


@dataclass(frozen=True)
class Priced:
    """A good as a page shows it; `months` are those of this year, `photograph` one to be shown."""

    good: Good
    package: tuple[float, str]
    unit_price: UnitPrice | None
    state: str
    stale: bool
    months: int
    photograph: Photograph | None = None


@dataclass(frozen=True)
class Goods:
    """What is on the table on a day, and what in other months; when it was last confirmed."""

    today: tuple[Priced, ...]
    later: tuple[Priced, ...]
    confirmed_on: date | None


@dataclass(frozen=True)
class FarmPlace:
    """Where the farm is, for the drawing of the novads: the line from the market, and its length.

    The place is the parish's centre unless the vendor shows the farm itself; `dot` is None for a
    farm outside the drawing. `name` is that of the parish's centre.
    """

    stall: Dot
    dot: Dot | None
    km: int | None
    name: str


@dataclass(frozen=True)
class Card:
    """A vendor in a list: who, where today, and some goods in season."""

    vendor: Vendor
    stalls: tuple[Stall, ...]
    goods: tuple[Good, ...]
    presence: str = "expected"


def priced_goods(
    goods: Sequence[Good], today: date, photographs: Sequence[Photograph] = ()
) -> Goods:
    """A vendor's goods as of a day, with those of the vendor's photographs that show them."""
    table: Table = table_on(goods, today)
    dates = [good.confirmed_on for good in goods]
    shown = {one.id: one for one in photographs if one.shown}
    return Goods(
        tuple(priced(good, today, shown) for good in table.today),
        tuple(priced(good, today, shown) for good in table.later),
        max(dates) if dates else None,
    )


def priced(good: Good, today: date, shown: Mapping[int | None, Photograph]) -> Priced:
    """A good as of a day; `shown` are photographs by their identity."""
    return Priced(
        good,
        package(good),
        unit_price(good) if needs_unit_price(good) else None,
        state_on(good, today),
        is_stale(good, today),
        months_in(good, today.year),
        shown.get(good.photograph_id) if good.photograph_id else None,
    )


def farm_place(vendor: Vendor, site: Site) -> FarmPlace:
    """Where the vendor's farm is, seen from a site."""
    stall = dot(site.lat, site.lon)
    parish = PLACES.get(vendor.parish_code or "")
    lat, lon = (parish.lat, parish.lon) if parish else (None, None)
    if vendor.show_farm_place and vendor.farm_lat is not None:
        lat, lon = vendor.farm_lat, vendor.farm_lon
    if lat is None or lon is None:
        return FarmPlace(stall, None, None, "")
    km = round(kilometres(site.lat, site.lon, lat, lon))
    shown = dot(lat, lon) if is_within(lat, lon) else None
    return FarmPlace(stall, shown, km, parish.centre if parish else "")


def telling(stories: Mapping[str, Told]) -> Told | None:
    """What is told, or spoken, in the reader's language, or in Latvian, or in any."""
    return (
        stories.get(current_language()) or stories.get("lv") or next(iter(stories.values()), None)
    )


def cards_of_site(session: Session, site: Site, day: date) -> list[Card]:
    """Cards of those who have a stall on a site on a day, also of those who will not come."""
    vendors: dict[int, Vendor] = {}
    stalls: dict[int, tuple[Stall, ...]] = {}
    for vendor, stall, _spot in sellers_on(session, identity(site), day):
        vendors[identity(vendor)] = vendor
        stalls[identity(vendor)] = (*stalls.get(identity(vendor), ()), stall)
    return cards(session, list(vendors.values()), day, stalls)


def cards(
    session: Session, vendors: Sequence[Vendor], today: date, stalls: dict[int, tuple[Stall, ...]]
) -> list[Card]:
    """Cards of vendors in the order of the Latvian alphabet."""
    presences = presences_on(session, today)
    goods = goods_of(session, [vendor.id for vendor in vendors if vendor.id is not None])
    return [
        Card(
            vendor,
            stalls.get(identity(vendor), ()),
            table_on(goods[identity(vendor)], today).today,
            presences.get(identity(vendor), "expected"),
        )
        for vendor in sorted(vendors, key=lambda one: sort_key(one.name))
    ]
