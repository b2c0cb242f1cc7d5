"""What the database is asked about vendors."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, func, or_, select

from vendors.listings.models import Good
from vendors.registry.models import OpenDay, Vendor
from vendors.searching import folded_column, pattern
from vendors.stories.models import Photograph, Story

PUBLIC = (Vendor.state == "approved",)


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
    only: Collection[int] | None = None,
    languages: Iterable[str] = ("lv",),
) -> Sequence[Vendor]:
    """Public vendors who fit everything that is given, in no order.

    `typed` is searched without diacritics in names and goods; `kinds` are the kinds of goods and
    `places` the parishes whose word in the reader's language fits what was typed. `month` asks
    for goods of that month, together with `category` for such goods. `only` limits to these
    vendors.
    """
    query = select(Vendor).where(*PUBLIC)
    if only is not None:
        query = query.where(col(Vendor.id).in_(only))
    if parish_code:
        query = query.where(Vendor.parish_code == parish_code)
    if category or month:
        goods = select(Good.vendor_id)
        if category:
            goods = goods.where(Good.category == category)
        if month:
            goods = goods.where(col(Good.months).op("&")(1 << (month - 1)) != 0)
        query = query.where(col(Vendor.id).in_(goods))
    if typed.strip():
        like = pattern(typed)
        names = [folded_column(col(Good.name)[language].as_string()) for language in languages]
        by_goods = select(Good.vendor_id).where(
            or_(*(name.like(like, escape="\\") for name in names), col(Good.kind).in_(kinds))
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


def goods_of(session: Session, vendor_ids: Collection[int]) -> dict[int, list[Good]]:
    """The goods of each of these vendors, in the vendor's order."""
    found: dict[int, list[Good]] = {vendor_id: [] for vendor_id in vendor_ids}
    rows = session.exec(
        select(Good)
        .where(col(Good.vendor_id).in_(vendor_ids))
        .order_by(col(Good.position), col(Good.id))
    )
    for good in rows:
        found[good.vendor_id].append(good)
    return found


def stories_of(session: Session, vendor_id: int) -> dict[str, Story]:
    """The tellings of a vendor by language."""
    rows = session.exec(select(Story).where(Story.vendor_id == vendor_id)).all()
    return {story.language: story for story in rows}


def photographs_of(session: Session, vendor_id: int) -> Sequence[Photograph]:
    """The photographs of a vendor in their order."""
    return session.exec(
        select(Photograph)
        .where(Photograph.vendor_id == vendor_id)
        .order_by(col(Photograph.position), col(Photograph.id))
    ).all()


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
