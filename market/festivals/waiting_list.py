"""The waiting list of a festival: places by rule, and who moves up when a place gets free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from market.festivals.criteria import Facts, order_of_applicants
from market.festivals.deciding import Room


@dataclass(frozen=True)
class Passed:
    """Somebody earlier on the list whom the free place does not fit: "category_full", "no_place"
    or "documents_missing"."""

    id: int
    why: str


@dataclass(frozen=True)
class MoveUp:
    """The next by rule, and who was passed over, each with the reason."""

    id: int
    passed: tuple[Passed, ...] = ()


def numbered(waiting: Iterable[Facts], lot: str) -> dict[int, int]:
    """The place on the list by application, from 1, in the order of the published criteria."""
    ordered = order_of_applicants(waiting, lot)
    return {one.id: place for place, one in enumerate(ordered, start=1)}


def next_up(waiting: Sequence[Facts], freed: Room) -> MoveUp | None:
    """Who moves up: the first on the list whom what is free fits on all their days.

    `waiting` stands in the order of the list. None when nobody fits.
    """
    passed: list[Passed] = []
    for one in waiting:
        why = freed.problem(one) if one.is_complete else "documents_missing"
        if not why:
            return MoveUp(one.id, tuple(passed))
        passed.append(Passed(one.id, why))
    return None


def moves_up(waiting: Sequence[Facts], freed: Room) -> tuple[MoveUp, ...]:
    """Everybody who moves up, one after the other, until nobody fits any more."""
    left, found = list(waiting), []
    while move := next_up(left, freed):
        one = next(facts for facts in left if facts.id == move.id)
        freed.take(one)
        left.remove(one)
        found.append(move)
    return tuple(found)


def freed_by(left: Iterable[Facts], room: Room) -> Room:
    """What those who no longer come have freed, no more than is free in all.

    So a withdrawal never fills places that the office has kept free, and where too many were
    accepted before, nobody moves up.
    """
    gone = list(left)
    stalls = {
        day: max(
            0, min(room.stalls.get(day, 0), sum(one.places for one in gone if day in one.days))
        )
        for day in {day for one in gone for day in one.days}
    }
    return Room(stalls, dict(room.caps))
