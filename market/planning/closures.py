"""Stalls that a published plan has closed on a day: which, why, and who stood where before."""

from collections.abc import Iterable, Mapping
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
