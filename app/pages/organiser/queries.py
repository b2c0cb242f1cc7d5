"""What the office asks of several subjects at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_
from sqlmodel import Session, col, distinct, func, select

from app.changes import changes_about
from app.records import Change, Letter
from market.days.models import Incident, MarketDay, Placement, Presence
from market.places.models import StallOnPlan, Zone
from market.signs.models import Sign, SignCheck
from vendors.keys.models import Card, OneTimeKey


def cards_of(session: Session, vendor_id: int) -> Sequence[Card]:
    """Every card that a vendor was ever given, the newest first."""
    return session.exec(
        select(Card).where(Card.vendor_id == vendor_id).order_by(col(Card.id).desc())
    ).all()


def codes_of(session: Session, vendor_id: int) -> Sequence[OneTimeKey]:
    """The one-time codes that the office gave a vendor, the newest first."""
    return session.exec(
        select(OneTimeKey)
        .where(OneTimeKey.vendor_id == vendor_id, OneTimeKey.kind == "code")
        .order_by(col(OneTimeKey.id).desc())
    ).all()


def batches_about(session: Session, vendor_id: int, since: datetime) -> list[list[Change]]:
    """What was changed of a vendor since a moment, form by form, the newest first."""
    batches: dict[str, list[Change]] = {}
    for change in changes_about(session, vendor_id, since):
        batches.setdefault(change.batch, []).append(change)
    return list(batches.values())


@dataclass(frozen=True)
class LogAsked:
    """Which changes the log shall tell: of a time, a person or the vendors themselves (`own`),
    a vendor, a table. What is None or empty chooses nothing."""

    since: datetime
    until: datetime | None = None
    person_id: int | None = None
    own: bool = False
    vendor_id: int | None = None
    table: str = ""


def batches_asked(
    session: Session, asked: LogAsked, number: int, per_page: int
) -> tuple[list[list[Change]], int]:
    """One page of the log, form by form, the newest first; and how many pages there are."""
    wanted = [col(Change.at) >= asked.since]
    if asked.until is not None:
        wanted.append(col(Change.at) < asked.until)
    if asked.person_id is not None:
        wanted.append(col(Change.person_id) == asked.person_id)
    if asked.own:
        wanted.append(col(Change.source) == "own")
    if asked.vendor_id is not None:
        wanted.append(col(Change.vendor_id) == asked.vendor_id)
    if asked.table:
        wanted.append(col(Change.table) == asked.table)
    total = session.exec(select(func.count(distinct(col(Change.batch)))).where(*wanted)).one()
    pages = max(1, -(-total // per_page))
    newest = func.max(col(Change.id))
    names = session.exec(
        select(Change.batch)
        .where(*wanted)
        .group_by(Change.batch)
        .order_by(newest.desc())
        .offset((min(number, pages) - 1) * per_page)
        .limit(per_page)
    ).all()
    batches: dict[str, list[Change]] = {name: [] for name in names}
    for change in session.exec(
        select(Change).where(col(Change.batch).in_(names)).order_by(col(Change.id).desc())
    ):
        batches[change.batch].append(change)
    return list(batches.values()), pages


def tables_changed(session: Session, since: datetime) -> Sequence[str]:
    """The tables in which something was changed since a moment."""
    return session.exec(select(Change.table).where(Change.at >= since).distinct()).all()


# What waits at the desk.


def open_incidents(session: Session) -> int:
    """How many incidents nobody has settled yet."""
    return session.exec(
        select(func.count()).select_from(Incident).where(col(Incident.settled_at).is_(None))
    ).one()


def no_shows(session: Session, day: date) -> int:
    """How many vendors did not come on a day without saying so."""
    return session.exec(
        select(func.count())
        .select_from(Presence)
        .where(Presence.day == day, col(Presence.no_show).is_(True))
    ).one()


def letters_stuck(session: Session, at: datetime) -> int:
    """How many letters were tried twice or more, or had their time, and were not sent."""
    too_late = and_(col(Letter.useless_after).is_not(None), col(Letter.useless_after) <= at)
    return session.exec(
        select(func.count())
        .select_from(Letter)
        .where(col(Letter.sent_at).is_(None), or_(col(Letter.tries) >= 2, too_late))
    ).one()


def signs_not_fine(session: Session) -> int:
    """How many signs in use were not fine when they were last looked at."""
    last = select(func.max(col(SignCheck.id))).group_by(col(SignCheck.sign_id))
    return session.exec(
        select(func.count())
        .select_from(SignCheck)
        .join(Sign, col(Sign.id) == SignCheck.sign_id)
        .where(
            col(SignCheck.id).in_(last),
            SignCheck.state != "fine",
            col(Sign.retired_on).is_(None),
        )
    ).one()


def placed_on_each(session: Session, site_id: int, first: date, last: date) -> set[date]:
    """The days from a first to a last one on which anybody has a place on a site."""
    on_site = (
        select(StallOnPlan.stall_id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(Zone.site_id == site_id)
    )
    return set(
        session.exec(
            select(col(Placement.day))
            .where(
                Placement.day >= first,
                Placement.day <= last,
                col(Placement.stall_id).in_(on_site),
            )
            .distinct()
        ).all()
    )


def cancelled_days(session: Session, first: date, last: date) -> int:
    """How many days from a first to a last one are cancelled."""
    return session.exec(
        select(func.count())
        .select_from(MarketDay)
        .where(MarketDay.day >= first, MarketDay.day <= last, col(MarketDay.cancelled).is_(True))
    ).one()
