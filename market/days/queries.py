"""What the database is asked about market days, placements and presences."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Integer, String, case, exists, func, literal_column, union_all
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from market.days.attendance import ABSENT, Sayings, pattern_of
from market.days.hours import FAR_ENOUGH_DAYS
from market.days.models import (
    Absence,
    Festival,
    MarketDay,
    MarketSetting,
    Notice,
    Placement,
    Presence,
    SpecialDay,
    VendorWeekday,
    WeeklyHours,
)
from market.days.settings import DEFAULTS, TEXT_DEFAULTS, hour_typed
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.places.queries import valid_on
from vendors.registry.models import PUBLIC, Vendor

_AWAY: ColumnElement[str] = literal_column(f"'{ABSENT}'", String)
_FIRST, _SECOND, _LAST = (literal_column(str(rank), Integer) for rank in (3, 2, 1))
_Row = TypeVar("_Row", Absence, VendorWeekday)

NEAREST = 12


def weekly_hours(session: Session, site_id: int) -> Sequence[WeeklyHours]:
    """The weekly pattern of a site, also of other times of the year."""
    return session.exec(select(WeeklyHours).where(WeeklyHours.site_id == site_id)).all()


def exceptions(session: Session, site_id: int, since: date) -> Sequence[MarketDay]:
    """The days of a site that differ from its pattern, from a day on."""
    until = since + timedelta(days=FAR_ENOUGH_DAYS)
    return session.exec(
        select(MarketDay).where(
            MarketDay.site_id == site_id, MarketDay.day >= since, MarketDay.day <= until
        )
    ).all()


def market_day_on(session: Session, site_id: int, day: date) -> MarketDay | None:
    """What makes a day of a site differ from its pattern, locked for who writes."""
    return session.exec(
        select(MarketDay)
        .where(MarketDay.site_id == site_id, MarketDay.day == day)
        .with_for_update()
    ).first()


def weather_on(session: Session, day: date, site_id: int | None = None) -> list[dict[str, str]]:
    """What the office says of a day's weather, for one site or for all."""
    of_site = [] if site_id is None else [MarketDay.site_id == site_id]
    rows = session.exec(
        select(MarketDay).where(MarketDay.day == day, *of_site).order_by(col(MarketDay.site_id))
    )
    return [row.weather for row in rows if row.weather]


def special_days(session: Session, first: date, last: date) -> Sequence[SpecialDay]:
    """The days that the office has written down itself, in their order."""
    return session.exec(
        select(SpecialDay)
        .where(SpecialDay.day >= first, SpecialDay.day <= last)
        .order_by(col(SpecialDay.day), col(SpecialDay.id))
    ).all()


def notices_on(session: Session, day: date) -> Sequence[Notice]:
    """The notices that stand on public pages on a day, the newest first."""
    return session.exec(
        select(Notice)
        .where(Notice.first_day <= day, Notice.last_day >= day)
        .order_by(col(Notice.first_day).desc(), col(Notice.id).desc())
    ).all()


def notices_ending(session: Session, since: date) -> Sequence[Notice]:
    """The notices that end on a day or later, also those to come, the newest first."""
    return session.exec(
        select(Notice)
        .where(Notice.last_day >= since)
        .order_by(col(Notice.first_day).desc(), col(Notice.id).desc())
    ).all()


def sellers_on(
    session: Session, site_id: int, day: date
) -> Sequence[tuple[Vendor, Stall, StallOnPlan]]:
    """Which public vendor has which stall of a site on a day, in the order of the plan."""
    return session.exec(
        select(Vendor, Stall, StallOnPlan)
        .join(Placement, col(Placement.vendor_id) == Vendor.id)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(
            Placement.day == day,
            Zone.site_id == site_id,
            *PUBLIC,
            *valid_on(day),
        )
        .order_by(Zone.code, StallOnPlan.row, col(StallOnPlan.position))
    ).all()


def presences_on(session: Session, day: date) -> dict[int, str]:
    """Who said what of a day, or is away for long or on such weekdays: state by vendor id.

    One question, also for a market of hundreds; the order of what counts is that of
    `attendance.expected`.
    """
    said = select(col(Presence.vendor_id), col(Presence.state), _FIRST).where(Presence.day == day)
    away = select(col(Absence.vendor_id), _AWAY, _SECOND).where(
        Absence.first_day <= day, Absence.last_day >= day
    )
    is_special = exists().where(col(MarketDay.day) == day, col(MarketDay.kind) != "ordinary")
    usual = (
        select(col(VendorWeekday.vendor_id), _AWAY, _LAST)
        .where(~is_special)
        .group_by(col(VendorWeekday.vendor_id))
        .having(
            func.max(VendorWeekday.since) <= day,
            func.sum(case((col(VendorWeekday.weekday) == day.weekday(), 1), else_=0)) == 0,
        )
    )
    rows = session.execute(union_all(said, away, usual)).all()
    return {vendor_id: state for vendor_id, state, _rank in sorted(rows, key=itemgetter(2))}


def sayings(
    session: Session, vendor_ids: Collection[int] | None, first: date, last: date
) -> Sayings:
    """What these vendors (None: all) have said of the days from the first to the last.

    Four questions, however many vendors and days.
    """

    def of_vendors(column: Any) -> list[ColumnElement[bool]]:
        return [] if vendor_ids is None else [col(column).in_(vendor_ids)]

    presences = session.exec(
        select(Presence).where(
            Presence.day >= first, Presence.day <= last, *of_vendors(Presence.vendor_id)
        )
    )
    absences = session.exec(
        select(Absence)
        .where(Absence.first_day <= last, Absence.last_day >= first, *of_vendors(Absence.vendor_id))
        .order_by(col(Absence.first_day))
    )
    weekdays = session.exec(select(VendorWeekday).where(*of_vendors(VendorWeekday.vendor_id)))
    special = session.exec(
        select(col(MarketDay.day)).where(
            MarketDay.day >= first, MarketDay.day <= last, MarketDay.kind != "ordinary"
        )
    )
    return Sayings(
        {(row.vendor_id, row.day): row.state for row in presences},
        _by_vendor(absences),
        {key: found for key, rows in _by_vendor(weekdays).items() if (found := pattern_of(rows))},
        set(special),
    )


def _by_vendor(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.vendor_id, []).append(row)
    return found


def presence_of(session: Session, vendor_id: int, day: date) -> Presence | None:
    """What a vendor said of a day, locked for who writes."""
    return session.exec(
        select(Presence)
        .where(Presence.vendor_id == vendor_id, Presence.day == day)
        .with_for_update()
    ).first()


def placements_of(session: Session, vendor_id: int, since: date) -> Sequence[Placement]:
    """The next placements of a vendor from a day on, whatever was said of the days."""
    return session.exec(
        select(Placement)
        .where(Placement.vendor_id == vendor_id, Placement.day >= since)
        .order_by(col(Placement.day), col(Placement.id))
        .limit(NEAREST)
    ).all()


def own_stalls_on(session: Session, vendor_id: int, day: date) -> Sequence[tuple[Stall, Zone]]:
    """The stalls of a vendor on a day, with their zones, by number."""
    return session.exec(
        select(Stall, Zone)
        .join(Placement, col(Placement.stall_id) == Stall.id)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(Placement.vendor_id == vendor_id, Placement.day == day, *valid_on(day))
        .order_by(Stall.number)
    ).all()


def next_days_of(
    session: Session, vendor_id: int, since: date, limit: int = 4
) -> Sequence[tuple[Placement, Stall, Zone]]:
    """The next placements of a vendor, without the days on which they do not come."""
    until = since + timedelta(days=FAR_ENOUGH_DAYS)
    rows = session.exec(
        _placed(vendor_id, since, until).order_by(col(Placement.day), Stall.number)
    ).all()
    if not rows:
        return []
    said = sayings(session, [vendor_id], since, rows[-1][0].day)
    coming = (row for row in rows if said.state(vendor_id, row[0].day) != ABSENT)
    return list(islice(coming, limit))


def festivals(session: Session, since: date) -> Sequence[Festival]:
    """The festivals that end on a day or later, the nearest first."""
    return session.exec(
        select(Festival).where(Festival.last_day >= since).order_by(col(Festival.first_day))
    ).all()


def festival_with_slug(session: Session, slug: str) -> Festival | None:
    """The festival with this slug."""
    return session.exec(select(Festival).where(Festival.slug == slug)).first()


def is_demonstration(session: Session) -> bool:
    """Whether this market is the invented one."""
    return session.get(MarketSetting, "demonstration") is not None


def hour_set(session: Session, name: str) -> time:
    """An hour that the office has set, or its default (see `settings.DEFAULTS`)."""
    row = session.get(MarketSetting, name)
    return (hour_typed(row.value) if row else None) or DEFAULTS[name]


def text_set(session: Session, name: str) -> str:
    """What the office has set of the settings that are no hours, or its default."""
    row = session.get(MarketSetting, name)
    return row.value if row else TEXT_DEFAULTS[name]


def setting(session: Session, name: str) -> str:
    """A setting of any kind as text, "18:00" for an hour (see `settings.NAMES`)."""
    return f"{hour_set(session, name):%H:%M}" if name in DEFAULTS else text_set(session, name)


def set_setting(session: Session, name: str, value: str) -> None:
    """Keep a setting as `settings.setting_typed` has read it; the caller commits."""
    session.merge(MarketSetting(name=name, value=value))


def set_hour(session: Session, name: str, hour: time) -> None:
    """Set one of the office's hours; the caller commits."""
    session.merge(MarketSetting(name=name, value=f"{hour:%H:%M}"))


def stalls_today(session: Session, day: date) -> dict[int, tuple[Stall, ...]]:
    """The stalls of each vendor who has any on a day, on whatever site, by vendor id."""
    stalls: dict[int, tuple[Stall, ...]] = {}
    rows = session.exec(
        select(Placement.vendor_id, Stall)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .where(Placement.day == day)
        .order_by(col(Stall.id))
    )
    for vendor_id, stall in rows:
        stalls[vendor_id] = (*stalls.get(vendor_id, ()), stall)
    return stalls


def places_on(session: Session, day: date) -> Sequence[tuple[Vendor, Stall, Site]]:
    """Which public vendor has which stall on a day, on whatever site, in the order of the plan."""
    return session.exec(
        select(Vendor, Stall, Site)
        .join(Placement, col(Placement.vendor_id) == Vendor.id)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .join(Site, col(Site.id) == Zone.site_id)
        .where(Placement.day == day, *PUBLIC, *valid_on(day))
        .order_by(
            col(Site.id), Zone.code, StallOnPlan.row, col(StallOnPlan.position), col(Stall.id)
        )
    ).all()


def places_between(
    session: Session, vendor_id: int, first: date, last: date
) -> Sequence[tuple[Placement, Stall, Zone]]:
    """The stalls that a vendor has on the days from the first to the last, coming or not."""
    return session.exec(
        _placed(vendor_id, first, last).order_by(col(Placement.day), Zone.code, Stall.number)
    ).all()


def _placed(vendor_id: int, first: date, last: date) -> Select[Placement, Stall, Zone]:
    """A vendor's placements of some days, each with its stall as it stands on that very day."""
    return (
        select(Placement, Stall, Zone)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(
            Placement.vendor_id == vendor_id,
            Placement.day >= first,
            Placement.day <= last,
            col(StallOnPlan.valid_from) <= col(Placement.day),
            or_(
                col(StallOnPlan.valid_to).is_(None),
                col(StallOnPlan.valid_to) >= col(Placement.day),
            ),
        )
    )


def weekdays_of(session: Session, vendor_id: int) -> Sequence[VendorWeekday]:
    """The rows of a vendor's weekly pattern, Monday first."""
    return session.exec(
        select(VendorWeekday)
        .where(VendorWeekday.vendor_id == vendor_id)
        .order_by(col(VendorWeekday.weekday))
    ).all()


def absences_of(session: Session, vendor_id: int, since: date) -> Sequence[Absence]:
    """The long absences of a vendor that last until a day or longer, the nearest first."""
    return session.exec(
        select(Absence)
        .where(Absence.vendor_id == vendor_id, Absence.last_day >= since)
        .order_by(col(Absence.first_day), col(Absence.id))
    ).all()
