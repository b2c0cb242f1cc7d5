"""Vendors as data: who they are, what they sell, what they tell; nothing they do not show."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlmodel import Session

from app import names
from app.api.asking import VendorsAsked
from app.api.shapes import EXPECTED, Found, Place, Telling, UnitPrice
from app.api.shapes import Good as GoodShape
from app.api.shapes import Photograph as PhotographShape
from app.api.shapes import Vendor as Shape
from app.languages import languages, sort_key, speaking
from app.structured_data import absolute
from market.days.queries import presences_on, stalls_today
from market.places.parishes import PARISHES
from vendors.fields import identity
from vendors.listings.freshness import state_on
from vendors.listings.models import Good
from vendors.listings.prices import unit_price
from vendors.listings.seasons import months_in, months_of
from vendors.registry.models import Vendor
from vendors.registry.queries import goods_of, vendors_found
from vendors.searching import folded
from vendors.stories.album import widths_made
from vendors.stories.models import Photograph, Story
from vendors.stories.queries import photographs_by_vendor, stories_by_vendor
from vendors.stories.reading import plain

CODES = {place.slug: place.code for place in PARISHES}
SLUGS = {place.code: place.slug for place in PARISHES}


def vendors(session: Session, asked: VendorsAsked, today: date, part: slice) -> Found[Shape]:
    """The vendors who fit what was asked, by the Latvian alphabet."""
    rows = vendors_found(
        session,
        typed=asked.q or "",
        kinds=_kinds_called(asked.q or ""),
        category=asked.kategorija or "",
        parish_code=CODES[asked.pagasts] if asked.pagasts else "",
        month=today.month if asked.sezona else None,
        year=today.year,
        only=_who_comes(session, today) if asked.sodien else None,
        languages=languages(),
    )
    ordered = sorted(rows, key=lambda vendor: (sort_key(vendor.name), vendor.slug))
    return list(shapes_of(session, ordered[part], today)), len(rows)


def _who_comes(session: Session, today: date) -> Collection[int]:
    said = presences_on(session, today)
    return {vendor for vendor in stalls_today(session, today) if said.get(vendor) != "absent"}


def _kinds_called(typed: str) -> list[str]:
    """The kinds of goods whose word, in any language, holds what was typed."""
    plain = folded(typed)
    if not plain:
        return []
    found = set()
    for language in languages():
        with speaking(language):
            found |= {key for key in names.KIND_WORDS if plain in (folded(names.kind(key)) or "")}
    return sorted(found)


def shapes_of(session: Session, rows: Sequence[Vendor], today: date) -> Iterator[Shape]:
    """These vendors with everything that is public of them."""
    ids = [identity(row) for row in rows]
    goods, stories = goods_of(session, ids), stories_by_vendor(session, ids)
    photographs = photographs_by_vendor(session, ids)
    stalls, said = stalls_today(session, today), presences_on(session, today)
    for key, row in zip(ids, rows, strict=True):
        yield Shape(
            slug=row.slug,
            name=row.name,
            address=absolute("visitor.vendor", slug=row.slug),
            kind=row.kind,
            parish=SLUGS.get(row.parish_code or ""),
            other_place=row.other_place,
            since=row.since,
            organic_certificate=_valid_certificate(row, today),
            phone=row.phone if row.show_phone else None,
            email=row.email if row.show_email else None,
            farm=_farm(row),
            stalls_today=[stall.number for stall in stalls.get(key, ())],
            presence_today=said.get(key, EXPECTED) if key in stalls else None,
            story={story.language: _telling(story) for story in stories[key]},
            goods=[_good(good, today) for good in goods[key]],
            photographs=[_photograph(photograph) for photograph in photographs[key]],
        )


def _valid_certificate(row: Vendor, today: date) -> str | None:
    valid = row.bio_valid_to is not None and row.bio_valid_to >= today
    return row.bio_cert_no if valid else None


def _farm(row: Vendor) -> Place | None:
    if not row.show_farm_place or row.farm_lat is None or row.farm_lon is None:
        return None
    return Place(lat=row.farm_lat, lon=row.farm_lon)


def _telling(story: Story) -> Telling:
    return Telling(
        short=plain(story.short),
        question=story.question,
        machine_translated=story.machine_translated,
    )


def _good(good: Good, today: date) -> GoodShape:
    price = unit_price(good)
    return GoodShape(
        category=good.category,
        kind=good.kind,
        name=good.name,
        price_cents=good.price_cents,
        amount=good.amount,
        unit=good.unit,
        net_amount=good.net_amount,
        net_unit=good.net_unit,
        unit_price=UnitPrice(cents=price.cents, unit=price.unit) if price else None,
        months=list(months_of(months_in(good, today.year))),
        origin=good.origin,
        allergens=good.allergens,
        state=state_on(good, today),
        confirmed_on=good.confirmed_on,
    )


def _photograph(row: Photograph) -> PhotographShape:
    largest = widths_made(row.width)[-1]
    address = absolute("photographs.photograph", digest=row.digest, width=largest, suffix="jpg")
    return PhotographShape(address=address, width=row.width, height=row.height, words=row.words)
