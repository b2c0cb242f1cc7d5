"""Versions of a plan: what differs between two, vendor by vendor, and what publishing changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

Days = Mapping[date, tuple[str, ...]]
"""The numbers of somebody's stalls by day."""

Standing = Mapping[str, Days]
"""Who has which stalls on which day; a person has one name in all versions."""

NEW, GONE, MOVED, UNCHANGED = "new", "gone", "moved", "unchanged"


@dataclass(frozen=True)
class Difference:
    """What becomes of somebody from one version to another.

    `kind`: "new" (had no stall), "gone" (has none any more), "moved" (others, more, fewer, or
    other days), "unchanged". `before` and `after` hold only the days that differ, all days for
    who is unchanged.
    """

    who: str
    kind: str
    before: Days
    after: Days

    @property
    def lost(self) -> tuple[date, ...]:
        """The days on which they had a stall and have none any more."""
        return tuple(sorted(day for day in self.before if not self.after.get(day)))


def differences(before: Standing, after: Standing) -> tuple[Difference, ...]:
    """What becomes of everybody who has a stall in one of two versions: first who has none any
    more, then who moves, who is new, and who stays; within each first who loses a day, then in
    the order of the stalls."""
    found = [
        _difference(who, before.get(who, {}), after.get(who, {}))
        for who in dict.fromkeys((*before, *after))
        if before.get(who) or after.get(who)
    ]
    order = (GONE, MOVED, NEW, UNCHANGED)
    return tuple(
        sorted(
            found,
            key=lambda one: (order.index(one.kind), not one.lost, _first_stall(one), one.who),
        )
    )


def _difference(who: str, before: Days, after: Days) -> Difference:
    had = {day: stalls for day, stalls in before.items() if stalls}
    has = {day: stalls for day, stalls in after.items() if stalls}
    differing = [
        day for day in sorted({*had, *has}) if set(had.get(day, ())) != set(has.get(day, ()))
    ]
    if not differing:
        return Difference(who, UNCHANGED, had, has)
    kind = NEW if not had else GONE if not has else MOVED
    return Difference(
        who,
        kind,
        {day: had[day] for day in differing if day in had},
        {day: has[day] for day in differing if day in has},
    )


def _first_stall(one: Difference) -> tuple[str, int]:
    days = one.before or one.after
    numbers = [number for _day, stalls in sorted(days.items()) for number in stalls]
    return in_order_of_numbers(numbers[0]) if numbers else ("", 0)


def in_order_of_numbers(number: str) -> tuple[str, int]:
    """By what numbers of stalls are sorted: A2 comes before A10."""
    letters = "".join(one for one in number if one.isalpha())
    digits = "".join(one for one in number if one.isdecimal())
    return letters, int(digits or 0)


def next_name(name: str, known: Iterable[str], most: int = 80) -> str:
    """The name of a version made from another: the same with the next free number, "Calm · 2".

    Never longer than `most` characters.
    """
    stem, dot, number = name.rpartition(" · ")
    stem = stem if dot and number.isdecimal() else name
    taken = set(known)
    for place in range(2, len(taken) + 3):
        end = f" · {place}"
        found = stem[: most - len(end)].rstrip() + end
        if found not in taken:
            return found
    raise ValueError(name)


def counted(found: Iterable[Difference]) -> dict[str, int]:
    """How many are of each kind, in the order of the list."""
    kinds = [one.kind for one in found]
    return {kind: kinds.count(kind) for kind in (GONE, MOVED, NEW, UNCHANGED)}


@dataclass(frozen=True)
class Step:
    """One thing publishing does: `kind` "put", "release", or "taken".

    `vendor_id` is who is put or released; for "taken" who was planned there, and `by` who has
    been put there meanwhile.
    """

    kind: str
    day: date
    number: str
    vendor_id: int
    by: int | None = None


Stalls = Mapping[tuple[date, str], int]
"""A vendor id by day and number of a stall."""


def publishing(planned: Stalls, now: Stalls, known: Stalls) -> tuple[Step, ...]:
    """What publishing a plan does to the stalls that it is about, releases first.

    `now` is who has them at the moment, `known` who had them when the draft was begun. What
    somebody changed since then by hand stays: a stall that was given away meanwhile is left to
    whoever has it, and is "taken" when the plan gives it to somebody else; one that was made
    free meanwhile stays free when the plan had changed nothing about it.
    """
    release, put, taken = [], [], []
    for day, number in sorted({*planned, *now}):
        wanted, holder = planned.get((day, number)), now.get((day, number))
        before = known.get((day, number))
        if wanted == holder:
            continue
        if holder is not None and holder != before:
            if wanted is not None:
                taken.append(Step("taken", day, number, wanted, holder))
            continue
        if holder is None and wanted == before:
            continue
        if holder is not None:
            release.append(Step("release", day, number, holder))
        if wanted is not None:
            put.append(Step("put", day, number, wanted))
    return (*taken, *release, *put)
