"""Stalls that a published plan has closed on a day: which, why, and who stood where before."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from market.planning.versions import in_order_of_numbers


@dataclass(frozen=True)
class Shut:
    """A day with closed stalls: the reason by number, and the vendor ids by number from before.

    A reason is one of the office's list or its own words.
    """

    day: date
    reasons: Mapping[str, str]
    before: Mapping[str, int] = field(default_factory=dict)

    def by_reason(self) -> dict[str, tuple[str, ...]]:
        """The numbers that each reason closes, in their order."""
        found: dict[str, tuple[str, ...]] = {}
        for number in sorted(self.reasons, key=in_order_of_numbers):
            reason = self.reasons[number]
            found[reason] = (*found.get(reason, ()), number)
        return found


def going_back(shut: Shut, held: Mapping[str, int | None]) -> set[int | None]:
    """Who goes back when a day's stalls are opened again: whoever had a closed stall, and whoever
    had a stall that one of them has now, and so on. `held` is who has the stalls by number."""
    going: set[int | None] = {who for number, who in shut.before.items() if number in shut.reasons}
    while True:
        more = (
            {who for number, who in shut.before.items() if held.get(number) in going}
            - going
            - {None}
        )
        if not more:
            return going
        going |= more


def places_back(
    before: Mapping[str, int],
    held: Mapping[str, int | None],
    going: Collection[int],
    stalls: Collection[str],
) -> dict[str, int]:
    """Who goes back to which numbers: to all they had or to none, and onto nobody who stays.

    `stalls` are the numbers that there are on the day.
    """
    able = set(going)
    while True:
        stuck = {
            who
            for number, who in before.items()
            if who in able and (number not in stalls or held.get(number) not in (None, *able))
        }
        if not stuck:
            return {number: who for number, who in before.items() if who in able}
        able -= stuck


def spans(numbers: Iterable[str]) -> list[str]:
    """Numbers in their order, those that follow one another from the first to the last:
    C1, C2, C3 and C7 are "C1–C3" and "C7"; two are said one by one."""
    runs: list[list[str]] = []
    for number in sorted(set(numbers), key=in_order_of_numbers):
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run)]


def _follows(one: str, other: str) -> bool:
    first, second = in_order_of_numbers(one), in_order_of_numbers(other)
    return first[0] == second[0] and second[1] == first[1] + 1
