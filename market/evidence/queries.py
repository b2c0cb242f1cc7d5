"""What the database is asked about openings of signs and pages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, col, func, select

from market.days.models import Placement
from market.evidence.models import Opening, PageOpening
from market.evidence.tally import PAGE, SIGN, Opened
from market.signs.models import Sign
from vendors.registry.models import Vendor


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
