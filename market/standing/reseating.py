"""Who stands elsewhere than usual on a day, so that a strip of paper tells them before they ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HELD, LAST_DAY, ROW_MOVED = "held", "last_day", "row_moved"


@dataclass(frozen=True)
class Reseated:
    """A vendor whose stalls differ: numbers before and on the day, in the order of the plan.

    `why`: "held" (the stalls they have a right to are others), "last_day" (they stood elsewhere
    on their last market day) or "row_moved" (their stalls are the same, but the row stands
    elsewhere on this day).
    """

    vendor_id: int
    before: tuple[str, ...]
    now: tuple[str, ...]
    why: str


def reseated(
    now: Mapping[int, Sequence[str]],
    held: Mapping[int, Sequence[str]],
    last: Mapping[int, Sequence[str]],
    on_moved_rows: frozenset[int] = frozenset(),
) -> list[Reseated]:
    """Who must be told, in the order of `now`; all by vendor id, with numbers of stalls.

    What a vendor holds counts before where they stood last. Who only has fewer stalls than before
    finds the way alone; who is here for the first time has no other stall to go to.
    """
    found = []
    for vendor_id, numbers in now.items():
        before = tuple(held.get(vendor_id) or last.get(vendor_id) or ())
        why = HELD if held.get(vendor_id) else LAST_DAY
        if before and not set(numbers) <= set(before):
            found.append(Reseated(vendor_id, before, tuple(numbers), why))
        elif vendor_id in on_moved_rows:
            found.append(Reseated(vendor_id, before or tuple(numbers), tuple(numbers), ROW_MOVED))
    return found
