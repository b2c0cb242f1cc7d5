"""Wishes in order of seniority, exactly: the first gets the best rank possible, then the next.

Whoever already has the best rank that is still possible is decided without solving. The others
are solved in blocks, the earlier weighing more than all later ones together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from market.planning.model import Model, Numbers
from market.planning.solving import Limits, Solver

HEAVIEST = 100_000


@dataclass(frozen=True)
class Seat:
    """A vendor on a day: its columns, and how glad each makes it (0: no place at all)."""

    day: int
    vendor: str
    columns: NDArray[np.int64]
    gains: NDArray[np.int64]
    row: int

    def gain(self, plan: Numbers) -> int:
        """Return how glad a plan makes this vendor."""
        return int(round(float(self.gains @ plan[self.columns])))

    def levels(self, limits: Limits) -> list[int]:
        """Return the gains that are still possible, the least first."""
        possible = set(self.gains[limits.upper[self.columns] > 0.5].tolist())
        if limits.row_lower[self.row] < 0.5:
            possible.add(0)
        return sorted(possible)


def seats_of(model: Model) -> list[Seat]:
    """Return all vendors of all days in the order in which their wishes count."""
    order = [
        (vendor.order, day, vendor)
        for day in range(len(model.days))
        for vendor in model.seats(day)
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
        self.steps: list[tuple[int, Limits]] = []

    def run(self) -> bool:
        """Decide all seats; whether all is proven."""
        self._begin_well()
        self._pass_by()
        while self.done < len(self.seats):
            self.steps.append((self.done, self.solver.limits))
            block, costs = self._block()
            if not self.solver.reach(costs).proven:
                return False
            for seat in block:
                self._decide(seat)
            self.done += len(block)
            self.solver.follow()
            self._pass_by()
            self.solver.watch.tell("wishes", self.done, len(self.seats))
        return True

    def _begin_well(self) -> None:
        """Look for a plan that is good for most: one programme with gently falling weights."""
        costs = np.zeros(len(self.solver.limits.lower))
        for place, seat in enumerate(self.seats):
            costs[seat.columns] -= seat.gains * (1.0 + 100.0 * 0.97**place)
        self.solver.try_for(costs)

    def _pass_by(self) -> None:
        """Decide those who have the best that is possible for them."""
        changed = False
        while self.done < len(self.seats):
            seat = self.seats[self.done]
            assert self.solver.best is not None
            levels = seat.levels(self.solver.limits)
            if levels and seat.gain(self.solver.best) != levels[-1]:
                if not changed:
                    break
                self.solver.follow()
                changed = False
                continue
            if len(levels) > 1:
                self._decide(seat)
                changed = True
            self.done += 1
        if changed:
            self.solver.follow()

    def _block(self) -> tuple[list[Seat], Numbers]:
        """The next seats, as many as weights allow, and the costs of their ranks."""
        block: list[tuple[Seat, list[int], int]] = []
        weight = 1
        for seat in self.seats[self.done :]:
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

    def _decide(self, seat: Seat) -> None:
        """From now on this vendor has exactly the rank that the best plan gives."""
        assert self.solver.best is not None
        gain = seat.gain(self.solver.best)
        self.solver.forbid(seat.columns[seat.gains != gain])
        if gain > 0:
            self.solver.demand(seat.row)
