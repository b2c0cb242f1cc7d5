"""What the database is asked for fairness over time: who stood where, and what places are worth."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from market.days.models import Placement, Presence
from market.places.models import Stall
from market.places.queries import amenities_of, plan_of, sites
from market.planning.fairness import Balance, Taken, Worth, balance, worths
from market.planning.models import PlaceScore
from vendors.fields import identity


def corrections(session: Session) -> dict[int, PlaceScore]:
    """The office's corrections by stall id."""
    return {row.stall_id: row for row in session.exec(select(PlaceScore))}


def worths_on(session: Session, day: date) -> dict[int, Worth]:
    """What every place is worth by the plan of a day, by stall id."""
    corrected = {stall_id: row.points for stall_id, row in corrections(session).items()}
    found: dict[int, Worth] = {}
    for site in sites(session):
        spots = [spot for spot, _stall, _zone in plan_of(session, identity(site), day)]
        found |= worths(spots, amenities_of(session, identity(site), day), corrected)
    return found


def taken_between(session: Session, first: date, last: date) -> list[Taken]:
    """Who stood where from a first to a last day; who stayed away had nothing of the place."""
    asked = (
        select(Placement)
        .join(
            Presence,
            (col(Presence.vendor_id) == col(Placement.vendor_id))
            & (col(Presence.day) == col(Placement.day))
            & (col(Presence.state) == "absent"),
            isouter=True,
        )
        .where(col(Placement.day).between(first, last), col(Presence.id).is_(None))
        .order_by(col(Placement.day), col(Placement.stall_id))
    )
    return [Taken(one.day, one.vendor_id, one.stall_id) for one in session.exec(asked)]


def balances_of_season(session: Session, today: date) -> dict[int, Balance]:
    """The balance of every vendor since the beginning of the year, today included."""
    taken = taken_between(session, season_began(today), today)
    scores = {stall_id: float(one.points) for stall_id, one in worths_on(session, today).items()}
    return balance(taken, scores, {one.day for one in taken})


def season_began(today: date) -> date:
    """The first day of the season of a day: the market's season is the year."""
    return date(today.year, 1, 1)


def correction_of(session: Session, stall_id: int) -> PlaceScore | None:
    """The office's correction of a stall."""
    return session.exec(select(PlaceScore).where(PlaceScore.stall_id == stall_id)).first()


def numbers_of(session: Session, stall_ids: Collection[int]) -> dict[int, str]:
    """The numbers painted on stalls, by their ids."""
    asked = select(Stall).where(col(Stall.id).in_(stall_ids))
    return {identity(stall): stall.number for stall in session.exec(asked)}
