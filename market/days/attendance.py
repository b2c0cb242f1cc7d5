"""Whether a vendor comes on a day, and why not: what was said of the day, absences, the pattern.

What was said of the day itself counts before a long absence, and that before the pattern of the
weekdays. A vendor without any of them is expected wherever the office has given a place.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from market.days.models import Absence, VendorWeekday
from market.days.settings import ABSENCE_CUTOFF, DEFAULTS

EXPECTED, ABSENT = "expected", "absent"
LONGEST_ABSENCE = timedelta(days=366)


@dataclass(frozen=True)
class Coming:
    """The vendor is expected; `said` is "present" or "late" where they said so themselves."""

    said: str | None = None


@dataclass(frozen=True)
class Absent:
    """The vendor does not come. `reason` is "said" (of this day), "long" or "weekday".

    `until` is the last day of a long absence.
    """

    reason: str
    until: date | None = None


@dataclass(frozen=True)
class NotAsked:
    """The vendor has no place on this day and has said nothing of it."""


Attendance = Coming | Absent | NotAsked


@dataclass(frozen=True)
class Pattern:
    """On which weekdays (0 is Monday) a vendor comes, from `since` on."""

    since: date
    weekdays: frozenset[int]


def pattern_of(rows: Iterable[VendorWeekday]) -> Pattern | None:
    """The pattern that the rows of one vendor make; None when there are none."""
    found = list(rows)
    if not found:
        return None
    return Pattern(max(row.since for row in found), frozenset(row.weekday for row in found))


def expected(
    day: date,
    pattern: Pattern | None = None,
    absences: Iterable[Absence] = (),
    presence: str | None = None,
    *,
    has_place: bool = True,
    is_ordinary: bool = True,
) -> Attendance:
    """Whether a vendor comes on a day.

    `absences` are the vendor's own, of any time; `presence` is what was said of this day. The
    pattern speaks of the weekly market alone: on the day of a fair or a festival (not
    `is_ordinary`) everybody who has a place is expected.
    """
    if presence == ABSENT:
        return Absent("said")
    if presence is not None:
        return Coming(presence)
    away = [row.last_day for row in absences if row.first_day <= day <= row.last_day]
    if away:
        return Absent("long", max(away))
    if pattern and is_ordinary and pattern.since <= day and day.weekday() not in pattern.weekdays:
        return Absent("weekday")
    return Coming() if has_place else NotAsked()


@dataclass(frozen=True)
class Sayings:
    """What vendors have said of some days: everything `expected` looks at, for several vendors.

    `special` are the days of fairs and festivals.
    """

    presences: Mapping[tuple[int, date], str] = field(default_factory=dict)
    absences: Mapping[int, Collection[Absence]] = field(default_factory=dict)
    patterns: Mapping[int, Pattern] = field(default_factory=dict)
    special: Collection[date] = ()

    def expected(self, vendor_id: int, day: date, *, has_place: bool = True) -> Attendance:
        """Whether one of the vendors comes on one of the days."""
        return expected(
            day,
            self.patterns.get(vendor_id),
            self.absences.get(vendor_id, ()),
            self.presences.get((vendor_id, day)),
            has_place=has_place,
            is_ordinary=day not in self.special,
        )

    def state(self, vendor_id: int, day: date) -> str:
        """The same as visitors read it: expected, present, late or absent."""
        found = self.expected(vendor_id, day)
        if isinstance(found, Absent):
            return ABSENT
        return (found.said if isinstance(found, Coming) else None) or EXPECTED


@dataclass(frozen=True)
class InTime:
    """The office hears of it early enough; the last moment for that is `until`, local time."""

    until: datetime


@dataclass(frozen=True)
class Late:
    """The office had to know until `until`, local time: the place may still be charged."""

    until: datetime


def notice(said_at: datetime, day: date, cutoff: time = DEFAULTS[ABSENCE_CUTOFF]) -> InTime | Late:
    """Whether a vendor who said at a local moment that they will not come said so in time.

    The office sets until which hour of the day before it must know.
    """
    until = datetime.combine(day - timedelta(days=1), cutoff)
    return InTime(until) if said_at <= until else Late(until)


def problem_of_absence(first: date, last: date, today: date) -> str | None:
    """What is wrong with a new absence; None when all is well.

    "past", "far" (begins in more than a year), "order" or "too_long" (lasts more than a year).
    """
    if first < today:
        return "past"
    if first - today > LONGEST_ABSENCE:
        return "far"
    if last < first:
        return "order"
    if last - first > LONGEST_ABSENCE:
        return "too_long"
    return None
