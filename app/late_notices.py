"""Who said too late that they stay away from a day, as the log of changes knows it.

The office sets until which hour of the day before it must know (`absence_cutoff`). The log keeps
thirty days, which is longer than anybody asks about a place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session, col, select

from app.clock import RIGA
from app.records import Change
from market.days.attendance import Absent, Sayings, notice
from market.days.models import Presence
from market.days.queries import hour_set, places_on, sayings
from market.days.settings import ABSENCE_CUTOFF
from vendors.fields import identity
from vendors.registry.models import Vendor

TABLES = ("presence", "absence", "vendor_weekday")


@dataclass(frozen=True)
class LateNotice:
    """A vendor with a place who said at a moment (UTC) after the cut-off that they stay away."""

    vendor: Vendor
    stalls: str
    said_at: datetime


def late_notices(session: Session, day: date) -> list[LateNotice]:
    """The late notices of a day, in the order of the plan."""
    stalls: dict[int, list[str]] = {}
    vendors: dict[int, Vendor] = {}
    for vendor, stall, _site in places_on(session, day):
        vendors[identity(vendor)] = vendor
        stalls.setdefault(identity(vendor), []).append(stall.number)
    said = sayings(session, list(vendors), day, day)
    away = {key: found for key in vendors if isinstance(found := said.expected(key, day), Absent)}
    late = late_since(session, day, away, said)
    return [
        LateNotice(vendors[key], ", ".join(stalls[key]), late[key]) for key in away if key in late
    ]


def late_since(
    session: Session, day: date, away: dict[int, Absent], said: Sayings
) -> dict[int, datetime]:
    """When each of the vendors who are away said so, of those who said it after the cut-off."""
    if not away:
        return {}
    until = notice(datetime.min, day, hour_set(session, ABSENCE_CUTOFF)).until
    changes = session.exec(
        select(Change)
        .where(
            col(Change.vendor_id).in_(away),
            col(Change.table).in_(TABLES),
            col(Change.undone_at).is_(None),
            Change.at > until.replace(tzinfo=RIGA).astimezone(UTC),
        )
        .order_by(col(Change.at), col(Change.id))
    ).all()
    if not changes:
        return {}
    presences = set(session.exec(select(Presence.id).where(Presence.day == day)))
    found: dict[int, datetime] = {}
    for vendor_id, answer in away.items():
        own = [change for change in changes if change.vendor_id == vendor_id]
        if answer.reason == "said":
            telling = _of_the_day(own, presences)
        elif answer.reason == "long":
            telling = _of_absences(own, {row.id for row in said.absences.get(vendor_id, ())})
        else:
            telling = _of_weekdays(own, day.weekday())
        if telling:
            found[vendor_id] = telling[-1].at
    return found


def _of_the_day(changes: Iterable[Change], presences: set[int | None]) -> Sequence[Change]:
    return [
        change
        for change in changes
        if change.table == "presence"
        and change.row in presences
        and (change.after or {}).get("state") == "absent"
    ]


def _of_absences(changes: Iterable[Change], covering: set[int | None]) -> Sequence[Change]:
    return [
        change
        for change in changes
        if change.table == "absence" and change.row in covering and change.after is not None
    ]


def _of_weekdays(changes: Iterable[Change], weekday: int) -> Sequence[Change]:
    """Those by which a weekday fell out of the pattern, or by which there first was a pattern."""
    rows = [change for change in changes if change.table == "vendor_weekday"]
    with_removals = {change.batch for change in rows if change.before is not None}
    return [
        change
        for change in rows
        if (change.before or {}).get("weekday") == weekday or change.batch not in with_removals
    ]
