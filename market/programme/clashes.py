"""Which events cannot be as they are planned: what overlaps, why, and when there would be room.

Everything is told of bookings (see `bookings`); whoever asks leaves out events that are cancelled
or postponed. A further case, such as a partner's event for the same audience within 15 km and two
hours, is one more function in PAIR_CASES or SINGLE_CASES.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import combinations

from market.programme.bookings import Booking, Surroundings, Window, minutes_to_move
from market.programme.schedule import local_time, moment
from vendors.fields import Words

SERIOUS, MILD = "serious", "mild"
NOTHING = Surroundings()
NO_HOUR_HELPS = ("hour", "to_be_announced", "performer_hour", "row_free", "closure", "vendor")
STEP = timedelta(minutes=5)
DAY_BEGINS, DAY_LENGTH = time(6), timedelta(hours=18)
"""Within these hours another time is looked for: from 6.00 to midnight, or as late as it is now."""


@dataclass(frozen=True)
class Free:
    """When the event could begin instead, nearest before and after, on its day; in UTC."""

    before: datetime | None = None
    after: datetime | None = None


@dataclass(frozen=True)
class Clash:
    """What cannot be, or should be looked at (`severity`): `first` is the event to think about.

    `kind` is a key of what the words say: place, set_up, hour, to_be_announced, performer,
    performer_hour, performer_moves, row, row_free, vendor, closure, crosses_closure. `window` is
    what overlaps; `name` the performer or the closed street, `stalls` the numbers of stalls,
    `rows` the rows, `needed_min` and `there_min` how long a way takes and how long there is for it.
    """

    kind: str
    severity: str
    first: Booking
    other: Booking | None = None
    window: Window | None = None
    name: str | Words = ""
    stalls: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    needed_min: int = 0
    there_min: int = 0
    free: Free | None = None


def clashes(bookings: Sequence[Booking], around: Surroundings = NOTHING) -> list[Clash]:
    """All clashes, each told once: of two events that of the draft, or of the later number.

    The serious ones come first, then by day and hour.
    """
    found = []
    for one, other in combinations(bookings, 2):
        first, second = sorted((one, other), key=_who_yields)
        found += _of_pair(first, second)
    for one in bookings:
        found += _of_one(one, around)
    return _ordered(_with_free_times(clash, bookings, around) for clash in found)


def clashes_of(
    booking: Booking, others: Sequence[Booking], around: Surroundings = NOTHING
) -> list[Clash]:
    """The clashes of one event, such as one about to be published, with all others."""
    rest = [one for one in others if one.event_id != booking.event_id]
    found = [clash for other in rest for clash in _of_pair(booking, other)]
    found += _of_one(booking, around)
    return _ordered(_with_free_times(clash, rest, around) for clash in found)


def free_times(booking: Booking, others: Sequence[Booking], around: Surroundings = NOTHING) -> Free:
    """The nearest beginnings before and after at which nothing serious stands against an event.

    Steps of five minutes within its day; None where there is none.
    """
    if booking.starts is None:
        return Free()
    rest = [
        one for one in others if one.event_id != booking.event_id and _could_matter(booking, one)
    ]
    first = moment(datetime.combine(booking.days[0], DAY_BEGINS))
    last = max(first + DAY_LENGTH, booking.taken.ends if booking.taken else first)

    def nearest(step: timedelta) -> datetime | None:
        starts = booking.starts
        while starts is not None:
            starts += step
            moved = booking.begun_at(starts)
            taken = moved.taken
            if taken is None or taken.starts < first or taken.ends > last:
                return None
            if not _is_hindered(moved, rest, around):
                return starts
        return None

    return Free(nearest(-STEP), nearest(STEP))


# Pairs of events.


def _same_place(first: Booking, other: Booking) -> Iterator[Clash]:
    if not first.shares_place(other):
        return
    mine, theirs = first.taken, other.taken
    if mine is None or theirs is None:
        if set(first.days) & set(other.days):
            yield Clash("to_be_announced", MILD, first, other)
        return
    common = mine.common(theirs)
    if common is None:
        return
    if not (first.exact and other.exact):
        yield Clash("hour", MILD, first, other, common)
        return
    both = _between(first, other)
    assumed = first.open_end or other.open_end
    severity = MILD if assumed and not _sure(first, other) else SERIOUS
    yield Clash("place" if both else "set_up", severity, first, other, both or common)


def _same_performer(first: Booking, other: Booking) -> Iterator[Clash]:
    mine, theirs = first.itself, other.itself
    for performer in first.performers:
        if not any(performer.is_same(one) for one in other.performers):
            continue
        if mine is None or theirs is None:
            if set(first.days) & set(other.days):
                yield Clash("performer_hour", MILD, first, other, name=performer.name)
            continue
        common = mine.common(theirs)
        if not (first.exact and other.exact):
            if common:
                yield Clash("performer_hour", MILD, first, other, common, performer.name)
            continue
        if common:
            severity = SERIOUS if _sure(first, other) else MILD
            yield Clash("performer", severity, first, other, common, performer.name)
            continue
        needed, there = minutes_to_move(first, other), _gap_min(mine, theirs)
        if needed is not None and there < needed:
            earlier = first if mine.starts < theirs.starts else other
            severity = MILD if earlier.open_end else SERIOUS
            yield Clash("performer_moves", severity, first, other, name=performer.name,
                        needed_min=needed, there_min=there)  # fmt: skip


PAIR_CASES: tuple[Callable[[Booking, Booking], Iterator[Clash]], ...] = (
    _same_place,
    _same_performer,
)


# One event and what is around it.


def _stalls_in_the_way(one: Booking, around: Surroundings) -> Iterator[Clash]:
    window = one.itself
    if window is None or not one.crosses:
        return
    met = [
        stall
        for stall in around.stalls
        if stall.row in one.crosses and stall.window.common(window) is not None
    ]
    if not met:
        return
    common = [stall.window.common(window) for stall in met]
    whole = Window(
        min(part.starts for part in common if part), max(part.ends for part in common if part)
    )
    numbers = tuple(dict.fromkeys(stall.number for stall in met))
    rows = tuple(sorted({stall.row for stall in met}))
    severity = SERIOUS if one.exact else MILD
    yield Clash("row", severity, one, None, whole, stalls=numbers, rows=rows)


def _rows_in_the_way(one: Booking, around: Surroundings) -> Iterator[Clash]:
    """Rows of an open market that nobody has been given yet; with vendors it is case `row`."""
    window = one.itself
    if window is None or not one.crosses:
        return
    taken = {stall.row for stall in around.stalls if stall.window.common(window) is not None}
    met = {
        row.row: common
        for row in around.rows
        if row.row in one.crosses - taken and (common := row.window.common(window))
    }
    if met:
        whole = Window(
            min(common.starts for common in met.values()),
            max(common.ends for common in met.values()),
        )
        yield Clash("row_free", MILD, one, None, whole, rows=tuple(sorted(met)))


def _vendor_has_a_stall(one: Booking, around: Surroundings) -> Iterator[Clash]:
    window = one.itself
    if window is None:
        return
    for performer in one.performers:
        if performer.vendor_id is None:
            continue
        kept = [stall for stall in around.stalls if stall.vendor_id == performer.vendor_id]
        common = [part for stall in kept if (part := stall.window.common(window))]
        if common:
            numbers = tuple(dict.fromkeys(stall.number for stall in kept))
            yield Clash("vendor", MILD, one, None, common[0], performer.name, stalls=numbers)


def _closed_street(one: Booking, around: Surroundings) -> Iterator[Clash]:
    window = one.taken
    if window is None:
        return
    for closed in around.closures:
        common = closed.window.common(window)
        if common is None:
            continue
        rows = tuple(sorted(one.crosses & closed.rows))
        if rows:
            severity = SERIOUS if one.exact else MILD
            yield Clash("crosses_closure", severity, one, None, common, closed.name, rows=rows)
        elif closed.venue_id is not None and closed.venue_id == one.venue_id:
            yield Clash("closure", MILD, one, None, common, closed.name)


SINGLE_CASES: tuple[Callable[[Booking, Surroundings], Iterator[Clash]], ...] = (
    _stalls_in_the_way,
    _rows_in_the_way,
    _vendor_has_a_stall,
    _closed_street,
)


# Helpers.


def _of_pair(first: Booking, other: Booking) -> list[Clash]:
    return [clash for case in PAIR_CASES for clash in case(first, other)]


def _of_one(one: Booking, around: Surroundings) -> list[Clash]:
    return [clash for case in SINGLE_CASES for clash in case(one, around)]


def _who_yields(one: Booking) -> tuple[bool, int]:
    """A draft before what is published, then the one that was written down later."""
    return one.published, -one.event_id


def _between(first: Booking, other: Booking) -> Window | None:
    mine, theirs = first.itself, other.itself
    return mine.common(theirs) if mine and theirs else None


def _sure(first: Booking, other: Booking) -> bool:
    """Whether both overlap even if an open end comes at once."""
    windows = []
    for one in (first, other):
        if one.starts is None or one.ends is None:
            return False
        ends = one.starts + STEP if one.open_end else one.ends
        windows.append(Window(one.starts - one.set_up, ends))
    return windows[0].common(windows[1]) is not None


def _gap_min(mine: Window, theirs: Window) -> int:
    gap = max(theirs.starts - mine.ends, mine.starts - theirs.ends)
    return int(gap.total_seconds() // 60)


def _could_matter(one: Booking, other: Booking) -> bool:
    return one.shares_place(other) or any(
        mine.is_same(theirs) for mine in one.performers for theirs in other.performers
    )


def _is_hindered(moved: Booking, rest: Sequence[Booking], around: Surroundings) -> bool:
    pairs = (clash for other in rest for clash in _of_pair(moved, other))
    if any(clash.severity == SERIOUS or clash.kind == "hour" for clash in pairs):
        return True
    return any(clash.severity == SERIOUS for clash in _of_one(moved, around))


def _with_free_times(clash: Clash, others: Sequence[Booking], around: Surroundings) -> Clash:
    if not clash.first.exact or clash.kind in NO_HOUR_HELPS:
        return clash
    return replace(clash, free=free_times(clash.first, others, around))


def _ordered(found: Iterable[Clash]) -> list[Clash]:
    return sorted(
        found,
        key=lambda one: (one.severity == MILD, one.first.days[:1], _when(one), one.first.event_id),
    )


def _when(clash: Clash) -> datetime:
    starts = clash.window.starts if clash.window else clash.first.starts
    return local_time(starts) if starts else datetime.combine(clash.first.days[0], time.max)
