"""The aims of a plan in their order, as what each column of a model counts for them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from market.planning.model import Model, Numbers
from market.planning.problem import CLASSES, PlanningVendor

WISHES = "wishes"
APART = "apart"


@dataclass
class Counting:
    """An aim that counts: `counts` are what columns add to its value, for each day.

    `better` is "more" or "fewer". Wishes and goods apart have ways of their own (no counts).
    """

    name: str
    better: str = "more"
    counts: list[dict[int, float]] = field(default_factory=list)

    def costs(self, size: int) -> Numbers:
        """Return the aim over all days as costs, of which fewer are better."""
        costs = np.zeros(size)
        sign = -1.0 if self.better == "more" else 1.0
        for day in self.counts:
            for number, value in day.items():
                costs[number] += sign * value
        return costs

    def value(self, day: int, plan: Numbers) -> float:
        """Return the value of a plan on a day."""
        counts = self.counts[day]
        return float(round(sum(value * plan[number] for number, value in counts.items())))


def aims_of(model: Model) -> tuple[Counting, ...]:
    """Return the aims of a model in their order; those that concern nobody are left out."""
    return tuple(aim for aim in _all_aims(model) if not aim.counts or any(aim.counts))


def _all_aims(model: Model) -> Iterator[Counting]:
    """Every aim in its order."""
    calm = any(problem.calm for problem in model.days)
    kept = _where(model, "kept", model.as_before)
    yield _where(model, "holders", model.keeps)
    for standing in CLASSES:
        yield _of_class(model, f"placed.{standing}", standing, None)
    for standing in CLASSES:
        ranks = [_ranks(model.seats(day), standing) for day in range(len(model.days))]
        yield _of_class(model, f"seniority.{standing}", standing, ranks)
    if calm:
        yield kept
    yield from _rounds(model)
    if len(model.days) > 1:
        yield _same_stall(model)
    if any(vendor.wishes for problem in model.days for vendor in problem.vendors):
        yield Counting(WISHES)
    if any(category.keep_apart for problem in model.days for category in problem.categories):
        yield Counting(APART, "fewer")
    if not calm:
        yield kept


def _where(model: Model, name: str, holds: Callable[[int, int], bool]) -> Counting:
    """Count the columns of vendors for which something holds on a day."""
    counts: list[dict[int, float]] = [{} for _ in model.days]
    for number, column in enumerate(model.columns):
        if column.vendor is not None and column.run is not None:
            for day in column.days:
                if holds(number, day):
                    counts[day][number] = 1.0
    return Counting(name, "more", counts)


def _of_class(
    model: Model, name: str, standing: str, ranks: list[dict[str, int]] | None
) -> Counting:
    """Count those of a class who have a place, or sum up their ranks in it."""
    counts: list[dict[int, float]] = [{} for _ in model.days]
    for day in range(len(model.days)):
        for vendor in model.seats(day):
            if vendor.standing == standing:
                value = 1 if ranks is None else ranks[day][vendor.id]
                counts[day].update((one, float(value)) for one in model.on(day, vendor.id))
    return Counting(name, "more" if ranks is None else "fewer", counts)


def _ranks(seats: tuple[PlanningVendor, ...], standing: str) -> dict[str, int]:
    """Return 1 for the most senior of a class, 2 for the next; who are equal share a rank."""
    there = [vendor for vendor in seats if vendor.standing == standing]
    ladder = sorted({vendor.seniority for vendor in there})
    return {vendor.id: ladder.index(vendor.seniority) + 1 for vendor in there}


def _rounds(model: Model) -> Iterator[Counting]:
    """One aim for each stall more than the minimum: how many vendors have so many."""
    most = max(
        (
            model.columns[one].size - vendor.min_stalls
            for day in range(len(model.days))
            for vendor in model.seats(day)
            for one in model.on(day, vendor.id)
        ),
        default=0,
    )
    for more in range(1, most + 1):
        counts: list[dict[int, float]] = [{} for _ in model.days]
        for day in range(len(model.days)):
            for vendor in model.seats(day):
                for one in model.on(day, vendor.id):
                    if model.columns[one].size >= vendor.min_stalls + more:
                        counts[day][one] = 1.0
        yield Counting(f"rounds.{more}", "more", counts)


def _same_stall(model: Model) -> Counting:
    """Count for each day the vendors who have the stalls of the day before."""
    counts: list[dict[int, float]] = [{} for _ in model.days]
    for number, column in enumerate(model.columns):
        if column.vendor is not None:
            for day in column.days[1:]:
                counts[day][number] = 1.0
    return Counting("same_stall", "more", counts)
