"""Days ahead fill themselves: holders of stalls are put on them, each day of a site once.

Served workers do this all the time and `flask fill` when asked. A day is filled by whoever first
writes that it was; what is done on it later is by hand, or by a form about a right to a stall.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.clock import now
from app.database import database
from app.placing import lock_days, put_all, release, stand_by_themselves
from app.sending import Saving
from market.days.attendance import ABSENT
from market.days.hours import Open, hours_on
from market.days.models import FilledDay, StallHolding, StallHoldingFields
from market.days.queries import exceptions, presences_on, weekly_hours
from market.places.models import StallOnPlan, Zone
from market.places.queries import sites, valid_on
from market.standing.filling import ABSENT as AWAY
from market.standing.filling import TAKEN, Filling, fill, no_longer_held
from market.standing.holding import counts_on
from market.standing.queries import (
    filled_days,
    holdings_of_site,
    own_holdings_of_stall,
    own_placements_on,
    placed_between,
    sites_of_stall,
)
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.registry.queries import vendors_by_id

AHEAD = timedelta(weeks=8)


def keep_filled() -> int:
    """Fill what is to be filled from today on; asks first, because there is seldom anything."""
    today = now().date()
    with database().reading() as session:
        if not any(days_to_fill(session, identity(site), today) for site in sites(session)):
            return 0
    with database().writing() as session:
        return fill_ahead(session, today)


def fill_ahead(session: Session, today: date) -> int:
    """Put holders on their stalls in the next eight weeks; returns how many were put.

    Commits after each day. Whoever else fills the same day in the same moment waits, and then
    leaves it alone.
    """
    wanted = [
        (identity(site), day)
        for site in sites(session)
        for day in days_to_fill(session, identity(site), today)
    ]
    session.rollback()
    return sum(_fill_once(session, site_id, day) for site_id, day in wanted)


def days_to_fill(session: Session, site_id: int, today: date) -> list[date]:
    """The days of the next eight weeks on which a site is open and that nobody has filled yet."""
    done = filled_days(session, site_id, today, today + AHEAD)
    return [day for day in open_days(session, site_id, today, today + AHEAD) if day not in done]


def open_days(session: Session, site_id: int, first: date, last: date) -> list[date]:
    """The days on which a site is open, from the first to the last."""
    weekly, special = weekly_hours(session, site_id), exceptions(session, site_id, first)
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return [day for day in days if isinstance(hours_on(day, weekly, special), Open)]


def _fill_once(session: Session, site_id: int, day: date) -> int:
    session.add(FilledDay(site_id=site_id, day=day))
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        return 0
    lock_days(session, [day])
    number = stand_by_themselves(session, day, filling_of(session, site_id, day).put)
    session.commit()
    return number


def filling_of(session: Session, site_id: int, day: date) -> Filling:
    """What filling a day of a site would do now."""
    return _filling(session, site_id, day, holdings_of_site(session, site_id, day, day))


def _filling(
    session: Session, site_id: int, day: date, holdings: Sequence[StallHolding]
) -> Filling:
    on_plan = session.exec(
        select(StallOnPlan.stall_id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(Zone.site_id == site_id, *valid_on(day))
    )
    states = presences_on(session, day)
    return fill(
        day,
        holdings,
        vendors_of(session, holdings),
        on_plan=set(on_plan),
        taken={row.stall_id: row.vendor_id for row, _vendor in placed_between(session, day, day)},
        away={vendor_id for vendor_id, state in states.items() if state == ABSENT},
    )


def vendors_of(session: Session, holdings: Sequence[StallHolding]) -> Mapping[int, Vendor]:
    """The vendors of rights to stalls, by id."""
    ids = {one.vendor_id for one in holdings}
    return {identity(one): one for one in vendors_by_id(session, ids)}


@dataclass
class Applied:
    """What a right to a stall has changed on days that were filled before.

    `taken` are the days on which somebody else has the stall: the day and the vendor's id.
    """

    put: list[date] = field(default_factory=list)
    released: list[date] = field(default_factory=list)
    taken: list[tuple[date, int]] = field(default_factory=list)
    away: list[date] = field(default_factory=list)


def apply_holding(
    save: Saving, holding: StallHolding, before: StallHoldingFields | None, old_stall: int | None
) -> Applied:
    """Let a right that was written just now count on the days that are filled already.

    `before` is how it was, None for a new one; `old_stall` the stall it was about. Holders are
    put only on days that are new to them: whom somebody has released by hand stays released.
    """
    today, session = now().date(), save.session
    done = Applied()
    days = _filled_ahead(session, holding.stall_id, today)
    gone = {old_stall or holding.stall_id, holding.stall_id}
    standing = [
        row for stall in gone for row in own_placements_on(session, holding.vendor_id, stall, today)
    ]
    lock_days(session, [*(day for _site, day in days), *(row.day for row in standing)])
    for stall in sorted(gone):
        _release_what_ended(save, holding.vendor_id, stall, today, done)
    for site_id, day in days:
        known = before is not None and old_stall == holding.stall_id
        if known and counts_on(_as_row(before, holding), day):
            continue
        _apply_on(save, site_id, day, holding, done)
    return done


def _filled_ahead(session: Session, stall_id: int, today: date) -> list[tuple[int, date]]:
    """The days ahead that were filled and are open, of the sites on which a stall stands."""
    found = []
    for site_id in sites_of_stall(session, stall_id):
        done = filled_days(session, site_id, today, date.max)
        if done:
            open_ones = open_days(session, site_id, today, max(done))
            found += [(site_id, day) for day in open_ones if day in done]
    return found


def _release_what_ended(
    save: Saving, vendor_id: int, stall_id: int, today: date, done: Applied
) -> None:
    rows = {row.day: row for row in own_placements_on(save.session, vendor_id, stall_id, today)}
    still = own_holdings_of_stall(save.session, vendor_id, stall_id)
    for day in no_longer_held([(day, row.source) for day, row in rows.items()], still):
        release(save, rows[day])
        done.released.append(day)


def _apply_on(save: Saving, site_id: int, day: date, holding: StallHolding, done: Applied) -> None:
    filling = _filling(save.session, site_id, day, [holding])
    if put_all(save, filling):
        done.put.append(day)
    for one in filling.not_put:
        if one.reason == TAKEN and one.by is not None:
            done.taken.append((day, one.by))
        elif one.reason == AWAY:
            done.away.append(day)


def _as_row(fields: StallHoldingFields | None, holding: StallHolding) -> StallHolding:
    """A right as it was, with the vendor and stall of how it is now."""
    values = fields.model_dump() if fields else {}
    return StallHolding(**values, vendor_id=holding.vendor_id, stall_id=holding.stall_id)
