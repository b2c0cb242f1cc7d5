"""The demonstration's openings: how often signs and pages were read, in invented numbers."""

from datetime import date, timedelta
from random import Random

from sqlmodel import Session, col, select

from market.days.models import Placement
from market.evidence.models import Opening, PageOpening
from market.signs.models import Sign
from vendors.fields import identity

WEEKS = 6
HOURS = range(8, 14)


def write_openings(session: Session, today: date) -> None:
    """Openings of the last six weeks, more before noon and for every vendor of their own."""
    chance = Random(1948)
    placements = session.exec(
        select(Placement, Sign)
        .join(Sign, col(Sign.stall_id) == Placement.stall_id)
        .where(Placement.day < today, Placement.day >= today - timedelta(weeks=WEEKS))
        .order_by(col(Placement.day), col(Placement.id))
    ).all()
    read: dict[tuple[int, date, int], int] = {}
    for placement, sign in placements:
        day, vendor_id, sign_id = placement.day, placement.vendor_id, identity(sign)
        for hour in HOURS:
            often = chance.randint(0, 4 if hour < 12 else 2)
            if often:
                session.add(
                    Opening(sign_id=sign_id, day=day, hour=hour, language="lv", openings=often)
                )
                page = (vendor_id, day, hour)
                read[page] = read.get(page, 0) + often // 2
    for (vendor_id, day, hour), often in read.items():
        if often:
            session.add(
                PageOpening(vendor_id=vendor_id, day=day, hour=hour, language="lv", openings=often)
            )
