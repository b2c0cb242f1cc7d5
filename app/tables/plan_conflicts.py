"""What a list of stalls must not say: two periods of a stall at once, two stalls in one place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.tables.columns import Entry
from app.tables.complaints import Complaint
from market.places.models import StallOnPlan, StallOnPlanFields


@dataclass(frozen=True)
class Stand:
    """How a stall stands for a time: as the market has it, or as a line of the list wants it."""

    number: str
    zone_id: int
    plan: StallOnPlan | StallOnPlanFields
    entry: Entry | None = None


def conflicts(stands: Iterable[Stand]) -> list[Complaint]:
    """A complaint for each line that is in the way of another period or of another stall."""
    of_stall: dict[object, list[Stand]] = defaultdict(list)
    in_place: dict[object, list[Stand]] = defaultdict(list)
    for stand in stands:
        of_stall[stand.number].append(stand)
        in_place[stand.zone_id, stand.plan.row, stand.plan.position].append(stand)
    complaints = []
    for group in of_stall.values():
        for entry, other in _in_the_way(group):
            first, last = other.plan.valid_from, other.plan.valid_to or "…"
            complaints.append(
                entry.complaint("valid_from", "periods_overlap", first=first, last=last)
            )
    for group in in_place.values():
        for entry, other in _in_the_way(group):
            if entry.values["number"] != other.number:
                complaints.append(
                    entry.complaint("position", "place_in_row_taken", stall=other.number)
                )
    return complaints


def _in_the_way(group: Iterable[Stand]) -> Iterator[tuple[Entry, Stand]]:
    """Lines whose time overlaps that of another of the group, with that other."""
    longest: Stand | None = None
    for stand in sorted(group, key=lambda one: one.plan.valid_from):
        if longest is not None and _reaches(longest, stand):
            if stand.entry is not None:
                yield stand.entry, longest
            elif longest.entry is not None:
                yield longest.entry, stand
        if longest is None or not _ends_after(longest, stand):
            longest = stand


def _reaches(early: Stand, late: Stand) -> bool:
    return early.plan.valid_to is None or early.plan.valid_to >= late.plan.valid_from


def _ends_after(one: Stand, other: Stand) -> bool:
    if one.plan.valid_to is None or other.plan.valid_to is None:
        return one.plan.valid_to is None
    return one.plan.valid_to > other.plan.valid_to
