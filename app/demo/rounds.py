"""The demonstration's round of the signs a week ago, on which two were found worn."""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from market.places.queries import plan_of
from market.signs.models import Patrol, SignCheck
from market.signs.queries import signs_of_stalls
from vendors.fields import identity

WORN = ("A5", "S2")


def write_rounds(session: Session, site_id: int, today: date) -> None:
    """One round that has ended, before the market opened."""
    day = today - timedelta(days=7)
    began = datetime.combine(day, time(5, 30), UTC)
    stalls = [stall for _spot, stall, _zone in plan_of(session, site_id, day)]
    patrol = Patrol(
        site_id=site_id,
        day=day,
        begun_at=began,
        ended_at=began + timedelta(minutes=35),
    )
    session.add(patrol)
    session.flush()
    signs = signs_of_stalls(session, [identity(stall) for stall in stalls])
    for step, stall in enumerate(stalls):
        session.add(
            SignCheck(
                patrol_id=identity(patrol),
                sign_id=identity(signs[identity(stall)]),
                state="worn" if stall.number in WORN else "fine",
                at=began + timedelta(seconds=30 * step),
            )
        )
    session.flush()
