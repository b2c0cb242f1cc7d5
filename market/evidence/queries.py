"""What the database is asked about openings of signs and pages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, case, col, func, or_, select

from market.days.models import MarketDay, Placement, Presence
from market.evidence.coming import Told
from market.evidence.models import Opening, PageOpening
from market.evidence.occupancy import Period, Taken
from market.evidence.tally import PAGE, SIGN, Opened
from market.places.models import StallOnPlan
from market.signs.models import Sign
from vendors.listings.models import Good
from vendors.registry.models import PUBLIC, Vendor


def write_down(session: Session, counts: Mapping[Opened, int]) -> None:
    """Add counts to what is written already; the caller commits.

    A sign or a vendor no longer there (an older market was restored, a vendor has left) is left
    out: it must not hold up the others.
    """
    known = {SIGN: _known(session, counts, SIGN), PAGE: _known(session, counts, PAGE)}
    # In one order, so that two workers who write at once never wait for each other crosswise.
    for opened, times in sorted(counts.items()):
        if opened.number in known[opened.of]:
            session.execute(_added(session, opened, times))


def _known(session: Session, counts: Mapping[Opened, int], of: str) -> set[int | None]:
    ids = {opened.number for opened in counts if opened.of == of}
    identity = col(Sign.id) if of == SIGN else col(Vendor.id)
    return set(session.exec(select(identity).where(identity.in_(ids)))) if ids else set()


def _added(session: Session, opened: Opened, times: int) -> Any:
    """The statement that adds to a count, or begins it."""
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    table, name = (Opening, "sign_id") if opened.of == SIGN else (PageOpening, "vendor_id")
    key = {
        name: opened.number,
        "day": opened.day,
        "hour": opened.hour,
        "language": opened.language,
    }
    return (
        insert(table)
        .values(**key, openings=times)
        .on_conflict_do_update(
            index_elements=list(key), set_={"openings": col(table.openings) + times}
        )
    )


def openings_of(session: Session, sign_id: int) -> int:
    """How often a sign was opened in all."""
    total = session.exec(
        select(func.coalesce(func.sum(Opening.openings), 0)).where(Opening.sign_id == sign_id)
    ).one()
    return int(total)


def sign_openings_of_vendor(
    session: Session, vendor_id: int, since: date
) -> Sequence[tuple[date, int, int]]:
    """Day, hour and openings of the signs of those stalls the vendor had on that very day."""
    return session.exec(
        select(col(Opening.day), col(Opening.hour), func.sum(Opening.openings))
        .join(Sign, col(Sign.id) == Opening.sign_id)
        .join(
            Placement,
            (col(Placement.stall_id) == Sign.stall_id) & (col(Placement.day) == Opening.day),
        )
        .where(Placement.vendor_id == vendor_id, Opening.day >= since)
        .group_by(col(Opening.day), col(Opening.hour))
        .order_by(col(Opening.day), col(Opening.hour))
    ).all()


def page_openings_of_vendor(
    session: Session, vendor_id: int, since: date
) -> Sequence[tuple[date, int, int]]:
    """Day, hour and openings of the vendor's own page."""
    return session.exec(
        select(col(PageOpening.day), col(PageOpening.hour), func.sum(PageOpening.openings))
        .where(PageOpening.vendor_id == vendor_id, PageOpening.day >= since)
        .group_by(col(PageOpening.day), col(PageOpening.hour))
        .order_by(col(PageOpening.day), col(PageOpening.hour))
    ).all()


def days_with_a_stall(session: Session, vendor_id: int, since: date, until: date) -> Sequence[date]:
    """The days on which a vendor had a stall, the first and the last day included."""
    return session.exec(
        select(col(Placement.day))
        .where(Placement.vendor_id == vendor_id, Placement.day >= since, Placement.day <= until)
        .distinct()
        .order_by(col(Placement.day))
    ).all()


# The market's own numbers. All are grouped by the database: a year of hundreds of stalls is quick.


def taken_by_zone(session: Session, first: date, last: date) -> list[Taken]:
    """How many stalls of each zone had a vendor on each day; those not on the plan are left out."""
    rows = session.exec(
        select(col(StallOnPlan.zone_id), col(Placement.day), func.count())
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Placement.stall_id)
        .where(
            Placement.day >= first,
            Placement.day <= last,
            col(StallOnPlan.valid_from) <= Placement.day,
            or_(col(StallOnPlan.valid_to).is_(None), col(StallOnPlan.valid_to) >= Placement.day),
        )
        .group_by(col(StallOnPlan.zone_id), col(Placement.day))
    )
    return [Taken(*row) for row in rows]


def places_by_zone(session: Session, first: date, last: date) -> list[Period]:
    """How many stalls of each zone stand on the plan from when to when."""
    rows = session.exec(
        select(
            col(StallOnPlan.zone_id),
            col(StallOnPlan.valid_from),
            col(StallOnPlan.valid_to),
            func.count(),
        )
        .where(
            StallOnPlan.valid_from <= last,
            or_(col(StallOnPlan.valid_to).is_(None), col(StallOnPlan.valid_to) >= first),
        )
        .group_by(col(StallOnPlan.zone_id), col(StallOnPlan.valid_from), col(StallOnPlan.valid_to))
    )
    return [Period(*row) for row in rows]


def exceptions_between(
    session: Session, site_id: int, first: date, last: date
) -> Sequence[MarketDay]:
    """The days of a site that differ from its pattern, from a first to a last day."""
    return session.exec(
        select(MarketDay).where(
            MarketDay.site_id == site_id, MarketDay.day >= first, MarketDay.day <= last
        )
    ).all()


def days_by_vendor(session: Session, first: date, last: date) -> dict[int, int]:
    """On how many days each vendor had a stall."""
    rows = session.exec(
        select(col(Placement.vendor_id), func.count(func.distinct(Placement.day)))
        .where(Placement.day >= first, Placement.day <= last)
        .group_by(col(Placement.vendor_id))
    )
    return dict(rows.all())


def told_by_vendor(session: Session, first: date, last: date) -> list[Told]:
    """Of how many days each state was said or noted, for each vendor."""
    rows = session.exec(
        select(col(Presence.vendor_id), col(Presence.state), col(Presence.no_show), func.count())
        .where(Presence.day >= first, Presence.day <= last)
        .group_by(col(Presence.vendor_id), col(Presence.state), col(Presence.no_show))
    )
    return [Told(*row) for row in rows]


def goods_by_month(session: Session) -> dict[str, tuple[int, ...]]:
    """Of each category how many goods of public vendors are offered, January to December."""
    months = [
        func.sum(case((col(Good.months).op("&")(1 << month) != 0, 1), else_=0))
        for month in range(12)
    ]
    rows = session.execute(
        sqlalchemy.select(col(Good.category), *months)
        .join(Vendor, col(Vendor.id) == col(Good.vendor_id))
        .where(col(Good.archived_on).is_(None), col(Vendor.state) == "approved")
        .group_by(col(Good.category))
    )
    return {row[0]: tuple(int(count) for count in row[1:]) for row in rows}


def vendors_by_parish(session: Session) -> dict[str | None, int]:
    """How many public vendors are from each parish; None: from elsewhere."""
    rows = session.exec(
        select(Vendor.parish_code, func.count()).where(*PUBLIC).group_by(col(Vendor.parish_code))
    )
    return dict(rows.all())


def placements_by_parish(session: Session, first: date, last: date) -> dict[str | None, int]:
    """How many placements vendors of each parish had; None: from elsewhere."""
    rows = session.exec(
        select(Vendor.parish_code, func.count())
        .join(Placement, col(Placement.vendor_id) == Vendor.id)
        .where(Placement.day >= first, Placement.day <= last)
        .group_by(col(Vendor.parish_code))
    )
    return dict(rows.all())


def openings_by_hour(session: Session, first: date, last: date) -> Sequence[tuple[date, int, int]]:
    """Day, hour and openings of all signs together."""
    return session.exec(
        select(col(Opening.day), col(Opening.hour), func.sum(Opening.openings))
        .where(Opening.day >= first, Opening.day <= last)
        .group_by(col(Opening.day), col(Opening.hour))
    ).all()
