"""When the plan of a site changes, and a row that stands from one day to another.

All days are whole days: a period stands on its first and on its last day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from market.places.layout import NUMBER
from market.places.models import Amenity, StallOnPlan
from market.places.plan_periods import NOT_COPIED, ONE_DAY, Writing, holds_on

PLACE = ("x_m", "y_m", "angle_deg", "zone_id", "row", "position")
EQUIPMENT = (
    "kind", "width_m", "depth_m", "power_kw", "water", "roof", "cooling", "vehicle", "reserved_for",
)  # fmt: skip

Span = tuple[date, date]
"""The first and the last day; `date.max` is "until changed"."""

RowKey = tuple[int, str]
"""The zone and the name of a row."""


@dataclass(frozen=True)
class Change:
    """A stall that stands otherwise than the day before: before, after, and what differs."""

    before: StallOnPlan
    after: StallOnPlan
    columns: tuple[str, ...]


@dataclass(frozen=True)
class PlanChange:
    """What is otherwise on a day than on the day before.

    A stall that has moved and has other equipment is among `moved` and among `changed`.
    `new_rows` and `gone_rows` are rows of which no stall stood before, or stands any longer.
    """

    day: date
    added: tuple[StallOnPlan, ...] = ()
    gone: tuple[StallOnPlan, ...] = ()
    moved: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    new_rows: frozenset[RowKey] = frozenset()
    gone_rows: frozenset[RowKey] = frozenset()
    amenities_added: tuple[Amenity, ...] = ()
    amenities_gone: tuple[Amenity, ...] = ()
    amenities_changed: tuple[Amenity, ...] = ()


@dataclass
class _Found:
    """What is known of a day while it is being put together."""

    added: list[StallOnPlan] = field(default_factory=list)
    gone: list[StallOnPlan] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    amenities_added: list[Amenity] = field(default_factory=list)
    amenities_gone: list[Amenity] = field(default_factory=list)
    amenities_changed: list[Amenity] = field(default_factory=list)


def plan_changes(periods: Iterable[StallOnPlan], amenities: Iterable[Amenity]) -> list[PlanChange]:
    """The days on which a plan changes, in their order, each with what changes.

    `periods` are those of the stalls of one site. Where a period or an amenity goes on as it was,
    the day is none of them.
    """
    known = list(periods)
    days: dict[date, _Found] = defaultdict(_Found)
    _look_at_stalls(known, days)
    _look_at_amenities(amenities, days)
    return [_whole(day, found, known) for day, found in sorted(days.items())]


def _look_at_stalls(periods: Iterable[StallOnPlan], days: dict[date, _Found]) -> None:
    of_stalls: dict[int, list[StallOnPlan]] = defaultdict(list)
    for one in sorted(periods, key=lambda each: (each.stall_id, each.valid_from)):
        of_stalls[one.stall_id].append(one)
    for mine in of_stalls.values():
        before: StallOnPlan | None = None
        for one in mine:
            if before is None or before.valid_to != one.valid_from - ONE_DAY:
                days[one.valid_from].added.append(one)
                _say_gone(before, days)
            else:
                _compare(before, one, days)
            before = one
        _say_gone(before, days)


def _say_gone(last: StallOnPlan | None, days: dict[date, _Found]) -> None:
    if last is not None and last.valid_to is not None:
        days[last.valid_to + ONE_DAY].gone.append(last)


def _compare(before: StallOnPlan, after: StallOnPlan, days: dict[date, _Found]) -> None:
    place = tuple(name for name in PLACE if getattr(before, name) != getattr(after, name))
    others = tuple(name for name in EQUIPMENT if getattr(before, name) != getattr(after, name))
    if place:
        days[after.valid_from].moved.append(Change(before, after, place))
    if others:
        days[after.valid_from].changed.append(Change(before, after, others))


def _look_at_amenities(amenities: Iterable[Amenity], days: dict[date, _Found]) -> None:
    """One that begins the day after another of its kind and name has ended is that one, changed."""
    known = sorted(amenities, key=lambda one: one.valid_from)
    ended: dict[date, list[Amenity]] = defaultdict(list)
    for one in known:
        if one.valid_to is not None:
            ended[one.valid_to + ONE_DAY].append(one)
    for one in known:
        same = [
            each for each in ended[one.valid_from] if (each.kind, each.name) == (one.kind, one.name)
        ]
        if not same:
            days[one.valid_from].amenities_added.append(one)
            continue
        before = next((each for each in same if each.points == one.points), same[0])
        ended[one.valid_from].remove(before)
        if before.points != one.points:
            days[one.valid_from].amenities_changed.append(one)
    for day, gone in ended.items():
        if gone:
            days[day].amenities_gone.extend(gone)


def _whole(day: date, found: _Found, periods: Iterable[StallOnPlan]) -> PlanChange:
    rows_before, rows_after = (
        {(one.zone_id, one.row) for one in periods if holds_on(one, when)}
        for when in (day - ONE_DAY, day)
    )
    return PlanChange(
        day,
        tuple(found.added),
        tuple(found.gone),
        tuple(found.moved),
        tuple(found.changed),
        frozenset(rows_after - rows_before),
        frozenset(rows_before - rows_after),
        tuple(found.amenities_added),
        tuple(found.amenities_gone),
        tuple(found.amenities_changed),
    )


def counted(numbers: Iterable[str]) -> str:
    """Numbers of stalls as people say them: "A1–A4, A7" for A1, A2, A3, A4 and A7."""
    parts = [NUMBER.fullmatch(one) for one in numbers]
    ordered = sorted((match[1], int(match[2]), match[3]) for match in parts if match)
    groups: list[list[tuple[str, int, str]]] = []
    for one in ordered:
        last = groups[-1][-1] if groups else None
        if last is not None and not one[2] and last == (one[0], one[1] - 1, ""):
            groups[-1].append(one)
        else:
            groups.append([one])
    said = []
    for group in groups:
        names = [f"{letters}{number}{more}" for letters, number, more in group]
        said.append(f"{names[0]}–{names[-1]}" if len(names) > 2 else ", ".join(names))
    return ", ".join(said)


class StandsElsewhere(Exception):  # noqa: N818 - named for what it tells the sender
    """Stalls of the row stand in another row on some of the days; `stall_ids` are those."""

    def __init__(self, stall_ids: Sequence[int]) -> None:
        super().__init__(stall_ids)
        self.stall_ids = tuple(stall_ids)


@dataclass(frozen=True)
class RowTimes:
    """What to write for a row to stand from one day to another, and the days that it loses.

    `writings` come in an order in which no two periods of a stall begin on one day. `lost` are
    days by stall on which it stood and would stand no longer.
    """

    writings: tuple[Writing[StallOnPlan], ...]
    lost: Mapping[int, tuple[Span, ...]]


def row_within(
    periods: Iterable[StallOnPlan], row: RowKey, today: date, first: date, last: date | None
) -> RowTimes:
    """Let a row stand from its first to its last day, which is None for "until changed".

    `periods` are all periods of the stalls that ever stood in the row, also elsewhere. The time in
    which the row stands without a gap and that meets these days is cut to them and filled up to
    them; days before today stay as they were, and so does what was prepared apart from them. Where
    the row does not stand at all in these days, it comes back as it stood last, or else as it will
    stand first. Raises StandsElsewhere; ValueError for days that have passed or are in no order.
    """
    if first < today or (last is not None and last < first):
        raise ValueError(first, last)
    known = list(periods)
    mine = [one for one in known if (one.zone_id, one.row) == row]
    wanted = (first, last or date.max)
    touched = [run for run in _merged(map(_span, mine)) if _meet(run, wanted)]
    kept: dict[int, list[Span]] = {}
    inside: list[tuple[StallOnPlan, Span]] = []
    for number, one in enumerate(mine):
        if not any(_meet(_span(one), run) for run in touched):
            kept[number] = [_span(one)]
            continue
        kept[number] = _common(_span(one), (date.min, today - ONE_DAY))
        inside += [(one, part) for part in _common(_span(one), wanted)]
    filled = _filled(inside, wanted) if inside else _as_nearest(mine, wanted)
    places = {id(one): number for number, one in enumerate(mine)}
    for one, part in filled:
        before = kept[places[id(one)]] if inside else []
        if inside:
            kept[places[id(one)]] = _merged([*before, part])
    added = [] if inside else [(one, part) for one, part in filled]
    _refuse_elsewhere(known, row, filled)
    return _written(mine, kept, added)


def _span(one: StallOnPlan) -> Span:
    return (one.valid_from, one.valid_to or date.max)


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _common(one: Span, other: Span) -> list[Span]:
    """The days that both have: one span or none."""
    both = (max(one[0], other[0]), min(one[1], other[1]))
    return [both] if both[0] <= both[1] else []


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans that touch or overlap become one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and (found[-1][1] == date.max or first <= found[-1][1] + ONE_DAY):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _without(span: Span, others: Iterable[Span]) -> list[Span]:
    """The days of a span that are in none of the others."""
    left, begins = [], span[0]
    for first, last in _merged(others):
        if not _meet((begins, span[1]), (first, last)):
            continue
        if begins < first:
            left.append((begins, first - ONE_DAY))
        if last >= span[1]:
            return left
        begins = last + ONE_DAY
    return [*left, (begins, span[1])]


Parts = list[tuple[StallOnPlan, Span]]


def _filled(inside: Parts, wanted: Span) -> Parts:
    """Days on which nothing of the row stands go to what stood before them, or stands after."""
    parts = list(inside)
    for begins, ends in _without(wanted, [part for _one, part in inside]):
        for number, (one, (first, last)) in enumerate(parts):
            if begins > wanted[0] and last == begins - ONE_DAY:
                parts[number] = (one, (first, ends))
            elif begins == wanted[0] and ends < date.max and first == ends + ONE_DAY:
                parts[number] = (one, (begins, last))
    return parts


def _as_nearest(mine: Sequence[StallOnPlan], wanted: Span) -> Parts:
    """The row as it stood on its last day before these, or else on its first one after them."""
    ends = [last for _first, last in map(_span, mine) if last < wanted[0]]
    begins = [first for first, _last in map(_span, mine) if first > wanted[1]]
    if not ends and not begins:
        return []
    day = max(ends) if ends else min(begins)
    return [(one, wanted) for one in mine if holds_on(one, day)]


def _refuse_elsewhere(known: Iterable[StallOnPlan], row: RowKey, parts: Parts) -> None:
    spans: dict[int, list[Span]] = defaultdict(list)
    for one, part in parts:
        spans[one.stall_id].append(part)
    elsewhere = {
        one.stall_id
        for one in known
        if (one.zone_id, one.row) != row
        and any(_meet(_span(one), part) for part in spans[one.stall_id])
    }
    if elsewhere:
        raise StandsElsewhere(sorted(elsewhere))


def _written(
    mine: Sequence[StallOnPlan], kept: Mapping[int, Sequence[Span]], added: Parts
) -> RowTimes:
    removed: list[Writing[StallOnPlan]] = []
    changed: list[Writing[StallOnPlan]] = []
    more: list[Writing[StallOnPlan]] = []
    before: dict[int, list[Span]] = defaultdict(list)
    after: dict[int, list[Span]] = defaultdict(list)
    for number, one in enumerate(mine):
        spans = kept[number]
        before[one.stall_id].append(_span(one))
        after[one.stall_id].extend(spans)
        if not spans:
            removed.append(Writing(removed=one))
            continue
        if spans[0] != _span(one):
            changed.append(Writing(changed=one, values=_days(spans[0])))
        more += [Writing(added=_copy(one, span)) for span in spans[1:]]
    for one, span in added:
        after[one.stall_id].append(span)
        more.append(Writing(added=_copy(one, span)))
    lost = {
        stall: tuple(day for span in _merged(spans) for day in _without(span, after[stall]))
        for stall, spans in before.items()
    }
    return RowTimes(
        (*removed, *changed, *more), {stall: days for stall, days in lost.items() if days}
    )


def _days(span: Span) -> dict[str, date | None]:
    return {"valid_from": span[0], "valid_to": None if span[1] == date.max else span[1]}


def _copy(one: StallOnPlan, span: Span) -> dict[str, object]:
    values = {name: was for name, was in one.model_dump().items() if name not in NOT_COPIED}
    return {**values, **_days(span)}


def standing_spans(periods: Iterable[StallOnPlan]) -> list[tuple[date, date | None]]:
    """When a row stands: each time without a gap, from its first day to its last."""
    merged = _merged(map(_span, periods))
    return [(first, None if last == date.max else last) for first, last in merged]
