"""Wishes in order of seniority, exactly: the first gets the best rank possible, then the next.

Whoever already has the best rank that is still possible is decided without solving. The others
are solved in blocks, the earlier weighing more than all later ones together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from market.planning.limits import Limits
from market.planning.model import Model, Numbers
from market.planning.solving import Solver

HEAVIEST = 100_000
PART = 1e-5


@dataclass(frozen=True)
class Seat:
    """A vendor on a day: its columns, and how glad each makes it (0: no place at all)."""

    day: int
    vendor: str
    columns: NDArray[np.int64]
    gains: NDArray[np.int64]
    row: int

    def gain(self, plan: Numbers) -> float:
        """Return how glad a plan makes this vendor; not whole where a relaxed plan gives parts."""
        return float(self.gains @ plan[self.columns])

    def levels(self, limits: Limits) -> list[int]:
        """Return the gains that are still possible, the least first."""
        possible = set(self.gains[limits.upper[self.columns] > 0.5].tolist())
        if limits.row_lower[self.row] < 0.5:
            possible.add(0)
        return sorted(possible)


def seats_of(model: Model) -> list[Seat]:
    """Return all vendors of all days in the order in which their wishes count."""
    order = [
        (vendor.order, day, vendor) for day in range(len(model.days)) for vendor in model.seats(day)
    ]
    seats = []
    for _, day, vendor in sorted(order, key=lambda one: one[:2]):
        numbers = model.on(day, vendor.id)
        worst = len(vendor.wishes) + 2
        gains = [worst - model.rank(one, day) for one in numbers]
        seats.append(
            Seat(
                day,
                vendor.id,
                np.array(numbers, dtype=np.int64),
                np.array(gains, dtype=np.int64),
                model.seat_rows[day, vendor.id],
            )
        )
    return seats


class Wishing:
    """The aim of wishes at work; `done` seats are decided."""

    def __init__(self, solver: Solver, model: Model) -> None:
        self.solver = solver
        self.seats = seats_of(model)
        self.done = 0

    def run(self) -> bool:
        """Decide all seats; whether all is proven."""
        self._begin_well()
        while self.done < len(self.seats):
            before, first = self.solver.kept(), self.done
            self._chain(len(self.seats))
            if self.done == first or not self.solver.find_whole():
                self.solver.back(before)
                self.done = first
                if not self._next():
                    return False
        return True

    def _begin_well(self) -> None:
        """Look for a plan that is good for most: one programme with gently falling weights."""
        costs = np.zeros(len(self.solver.limits.lower))
        for place, seat in enumerate(self.seats):
            costs[seat.columns] -= seat.gains * (1.0 + 100.0 * 0.97**place)
        self.solver.look(costs)

    def _chain(self, end: int) -> None:
        """Decide seats before `end` by relaxed plans, up to the first who gets a part."""
        while self.done < end:
            self.solver.watch.tell("wishes", self.done, len(self.seats))
            self._pass_by(end)
            block, costs = self._block(end)
            before = self.solver.kept()
            if (
                not block
                or self.solver.narrow(costs, decided=True) is None
                or self.solver.point is None
            ):
                return
            gains = [seat.gain(self.solver.point) for seat in block]
            parts = [place for place, gain in enumerate(gains) if abs(gain - round(gain)) > PART]
            sure = parts[0] if parts else len(block)
            if parts:
                self.solver.back(before)
            for seat, gain in zip(block[:sure], gains, strict=False):
                self._decide(seat, round(gain))
            self.done += sure
            self.solver.follow()
            if parts:
                return

    def _pass_by(self, end: int) -> None:
        """Decide those to whom the last relaxed plan gives the best that is possible."""
        changed = False
        while self.done < end:
            seat = self.seats[self.done]
            levels = seat.levels(self.solver.limits)
            if len(levels) > 1:
                if self.solver.point is None or not self.solver.allows(self.solver.point):
                    break
                if seat.gain(self.solver.point) < levels[-1] - PART:
                    break
                self._decide(seat, levels[-1])
                changed = True
            self.done += 1
        if changed:
            self.solver.follow()

    def _next(self) -> bool:
        """Decide the next seats by whole plans; whether that is proven."""
        block, costs = self._block(len(self.seats))
        if not self.solver.reach(costs).proven:
            return False
        for seat in block:
            self._decide(seat, round(seat.gain(self.solver.best)))
        self.done += len(block)
        self.solver.point = self.solver.best
        self.solver.follow()
        return True

    def _block(self, end: int) -> tuple[list[Seat], Numbers]:
        """The next seats, as many as weights allow, and the costs of their ranks."""
        block: list[tuple[Seat, list[int], int]] = []
        weight = 1
        for seat in self.seats[self.done : end]:
            levels = seat.levels(self.solver.limits)
            if block and weight * max(1, len(levels)) > HEAVIEST:
                break
            weight *= max(1, len(levels))
            block.append((seat, levels, weight))
        costs = np.zeros(len(self.solver.limits.lower))
        for seat, levels, below in block:
            step = {gain: place for place, gain in enumerate(levels)}
            gains = np.array([step.get(gain, 0) for gain in seat.gains.tolist()], dtype=float)
            costs[seat.columns] -= gains * (weight // below)
        return [seat for seat, _, _ in block], costs

    def _decide(self, seat: Seat, gain: int) -> None:
        """From now on this vendor is exactly so glad."""
        self.solver.forbid(seat.columns[seat.gains != gain])
        if gain > 0:
            self.solver.demand(np.array([seat.row]))
