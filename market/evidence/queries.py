"""What the database is asked about openings."""

from collections.abc import Mapping

from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, col, func, select

from market.evidence.models import Opening
from market.evidence.tally import Opened
from market.signs.models import Sign


def write_down(session: Session, counts: Mapping[Opened, int]) -> None:
    """Add counts to what is written already; the caller commits.

    A sign that is no longer there (an older market was restored) is left out: it must not hold
    up the others.
    """
    ids = {opened.sign_id for opened in counts}
    known = set(session.exec(select(Sign.id).where(col(Sign.id).in_(ids))))
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    # In one order, so that two workers who write at once never wait for each other crosswise.
    for opened, times in sorted(counts.items()):
        if opened.sign_id in known:
            row = insert(Opening).values(**opened._asdict(), openings=times)
            session.execute(
                row.on_conflict_do_update(
                    index_elements=["sign_id", "day", "hour", "language"],
                    set_={"openings": col(Opening.openings) + times},
                )
            )


def openings_of(session: Session, sign_id: int) -> int:
    """How often a sign was opened in all."""
    total = session.exec(
        select(func.coalesce(func.sum(Opening.openings), 0)).where(Opening.sign_id == sign_id)
    ).one()
    return int(total)
