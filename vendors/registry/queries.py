"""What the database is asked about vendors."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from vendors.keys.models import Card
from vendors.listings.models import Good
from vendors.listings.seasons import DECEMBER, JANUARY
from vendors.registry.likeness import Traits
from vendors.registry.models import PUBLIC, OpenDay, Vendor
from vendors.searching import folded_column, pattern
from vendors.stories.models import Photograph, Story

SOLD = (col(Good.archived_on).is_(None),)
"""What a vendor no longer sells is in the own list only."""


def vendor_with_slug(session: Session, slug: str) -> Vendor | None:
    """The vendor with this slug, if the public may see them."""
    return session.exec(select(Vendor).where(Vendor.slug == slug, *PUBLIC)).first()


def vendors_found(
    session: Session,
    *,
    typed: str = "",
    kinds: Collection[str] = (),
    places: Collection[str] = (),
    category: str = "",
    parish_code: str = "",
    month: int | None = None,
    year: int | None = None,
    only: Collection[int] | None = None,
    languages: Iterable[str] = ("lv",),
) -> Sequence[Vendor]:
    """Public vendors who fit everything that is given, in no order.

    `typed` is searched without diacritics in names and goods; `kinds` are the kinds of goods and
    `places` the parishes whose word in the reader's language fits what was typed. `month` asks
    for goods of that month, in `year` as their vendors said of it, together with `category` for
    such goods. `only` limits to these vendors. Goods that are no longer sold do not count.
    """
    query = select(Vendor).where(*PUBLIC)
    if only is not None:
        query = query.where(col(Vendor.id).in_(only))
    if parish_code:
        query = query.where(Vendor.parish_code == parish_code)
    if category or month:
        goods = select(Good.vendor_id).where(*SOLD)
        if category:
            goods = goods.where(Good.category == category)
        if month:
            goods = goods.where(_sold_in(month, year))
        query = query.where(col(Vendor.id).in_(goods))
    if typed.strip():
        like = pattern(typed)
        names = [folded_column(col(Good.name)[language].as_string()) for language in languages]
        by_goods = select(Good.vendor_id).where(
            *SOLD,
            or_(*(name.like(like, escape="\\") for name in names), col(Good.kind).in_(kinds)),
        )
        query = query.where(
            or_(
                folded_column(col(Vendor.name)).like(like, escape="\\"),
                folded_column(col(Vendor.other_place)).like(like, escape="\\"),
                col(Vendor.parish_code).in_(places),
                col(Vendor.id).in_(by_goods),
            )
        )
    return session.exec(query).all()


def _sold_in(month: int, year: int | None) -> ColumnElement[bool]:
    """Whether a good is sold in a month of a year: `seasons.in_season` as the database asks it."""
    said = and_(col(Good.season_year) == year, col(Good.season_shift) != 0)
    earlier = and_(col(Good.season_shift) == -1, _with_months(_bits_before_shift(month, -1)))
    later = and_(col(Good.season_shift) == 1, _with_months(_bits_before_shift(month, 1)))
    nothing_left = or_(
        and_(col(Good.season_shift) == -1, col(Good.months) == JANUARY),
        and_(col(Good.season_shift) == 1, col(Good.months) == DECEMBER),
    )
    usual = _with_months(1 << (month - 1))
    if year is None:
        return usual
    return or_(
        and_(or_(col(Good.season_year).is_(None), ~said, nothing_left), usual),
        and_(said, or_(earlier, later)),
    )


def _bits_before_shift(month: int, shift: int) -> int:
    """The months that a usual year must have, for the month to be in one that is shifted."""
    before = month - shift
    return 1 << (before - 1) if 1 <= before <= 12 else JANUARY | DECEMBER


def _with_months(mask: int) -> ColumnElement[bool]:
    return col(Good.months).op("&")(mask) == mask


def goods_of(session: Session, vendor_ids: Collection[int]) -> dict[int, list[Good]]:
    """The goods that each of these vendors sells, in the vendor's order."""
    found: dict[int, list[Good]] = {vendor_id: [] for vendor_id in vendor_ids}
    rows = session.exec(
        select(Good)
        .where(col(Good.vendor_id).in_(vendor_ids), *SOLD)
        .order_by(col(Good.position), col(Good.id))
    )
    for good in rows:
        found[good.vendor_id].append(good)
    return found


def stories_of(session: Session, vendor_id: int) -> dict[str, Story]:
    """The tellings of a vendor by language."""
    rows = session.exec(select(Story).where(Story.vendor_id == vendor_id)).all()
    return {story.language: story for story in rows}


def photographs_of(
    session: Session, vendor_id: int, *, only_shown: bool = False
) -> Sequence[Photograph]:
    """The photographs of a vendor in their order; the public sees only those that are shown."""
    query = select(Photograph).where(Photograph.vendor_id == vendor_id)
    if only_shown:
        query = query.where(col(Photograph.shown).is_(True))
    return session.exec(query.order_by(col(Photograph.position), col(Photograph.id))).all()


def open_days_of(session: Session, vendor_id: int, since: date) -> Sequence[OpenDay]:
    """The coming open days of a farm, the nearest first."""
    return session.exec(
        select(OpenDay)
        .where(OpenDay.vendor_id == vendor_id, OpenDay.day >= since)
        .order_by(col(OpenDay.day))
    ).all()


def count_by_parish(session: Session) -> dict[str, int]:
    """How many public vendors come from each parish, by its code."""
    rows = session.exec(
        select(Vendor.parish_code, func.count()).where(*PUBLIC).group_by(col(Vendor.parish_code))
    )
    return {code: number for code, number in rows if code}


def vendor_of_office(session: Session, slug: str) -> Vendor | None:
    """The vendor with this slug in whatever state: for the eyes of the office."""
    return session.exec(select(Vendor).where(Vendor.slug == slug)).first()


def vendors_by_id(session: Session, ids: Collection[int]) -> Sequence[Vendor]:
    """These vendors in whatever state, in no order."""
    return session.exec(select(Vendor).where(col(Vendor.id).in_(ids))).all()


def applied_count(session: Session) -> int:
    """How many vendors have applied and wait for the office."""
    query = select(func.count()).select_from(Vendor).where(Vendor.state == "applied")
    return session.exec(query).one()


@dataclass(frozen=True)
class Wanted:
    """What the office looks for in the registry; what is empty does not count.

    `typed` is searched without diacritics in names, addresses and numbers; `places` are the
    parishes whose word in the reader's language fits what was typed.
    """

    typed: str = ""
    places: Collection[str] = ()
    state: str = ""
    standing: str = ""
    kind: str = ""
    parish_code: str = ""
    category: str = ""
    without_card: bool = False
    unreachable: bool = False


def registry(session: Session, wanted: Wanted = Wanted()) -> Sequence[Vendor]:
    """Vendors who fit everything that is wanted, in no order: for the eyes of the office."""
    query = select(Vendor)
    for name in ("state", "standing", "kind", "parish_code"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Vendor, name) == value)
    if wanted.category:
        goods = select(Good.vendor_id).where(*SOLD, Good.category == wanted.category)
        query = query.where(col(Vendor.id).in_(goods))
    if wanted.without_card:
        query = query.where(col(Vendor.id).not_in(_with_a_card()))
    if wanted.unreachable:
        query = query.where(col(Vendor.phone).is_(None), col(Vendor.email).is_(None))
    if wanted.typed.strip():
        query = query.where(or_(*_fits_typed(wanted.typed, wanted.places)))
    return session.exec(query).all()


def _with_a_card() -> Any:
    return select(Card.vendor_id).where(col(Card.revoked_at).is_(None))


def _fits_typed(typed: str, places: Collection[str]) -> Iterator[ColumnElement[bool]]:
    like = pattern(typed)
    number = pattern("".join(char for char in typed if char.isalnum() or char == "+"))
    for column in (
        Vendor.name,
        Vendor.legal_name,
        Vendor.contact_person,
        Vendor.other_place,
        Vendor.farm_address,
        Vendor.email,
    ):
        yield folded_column(col(column)).like(like, escape="\\")
    if number != "%%":
        yield col(Vendor.phone).like(number, escape="\\")
        yield col(Vendor.reg_no).like(number, escape="\\")
    yield col(Vendor.parish_code).in_(places)


def count_by_state(session: Session) -> dict[str, int]:
    """How many vendors there are in each state."""
    query = select(Vendor.state, func.count()).group_by(col(Vendor.state))
    return dict(session.exec(query).all())


def traits(session: Session) -> list[Traits]:
    """What every vendor is known by, for finding those who may be the same."""
    query = select(Vendor.slug, Vendor.name, Vendor.reg_no, Vendor.phone)
    return [Traits(*row) for row in session.exec(query)]


def categories_of(session: Session, vendor_id: int) -> frozenset[str]:
    """The categories of the goods that a vendor sells."""
    query = select(Good.category).where(Good.vendor_id == vendor_id, *SOLD).distinct()
    return frozenset(session.exec(query))
