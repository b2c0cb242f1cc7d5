"""What it would cost to grant a wish: the first aim that gets worse, by solving it anew."""

from dataclasses import dataclass, field

import numpy as np

from market.planning.aims import WISHES
from market.planning.planning import Planning, Step
from market.planning.solving import Limits
from market.planning.wishes import Seat

INFEASIBLE = "infeasible"

Cost = tuple[str, float, float]
"""An aim, its value now, and its value then."""


@dataclass
class WhatIf:
    """A planning that is done, and what would be if a vendor had a stall."""

    planning: Planning
    known: dict[tuple[int, str, str], Cost | None] = field(default_factory=dict)

    def cost(self, day: int, vendor: str, stall: str) -> Cost | None:
        """Return the first aim that gets worse if a vendor has a stall, its value now and then.

        None when no aim gets worse, or the time is over. The aim is "infeasible" when hard limits
        forbid it. Of wishes the values are the ranks of the first vendor who would have a lesser
        one, counted from 1.
        """
        key = day, vendor, stall
        if key not in self.known:
            self.known[key] = self._cost(day, vendor, stall)
        return self.known[key]

    def _cost(self, day: int, vendor: str, stall: str) -> Cost | None:
        """The cost, solved; the planning's own best plan stays."""
        planning, solver = self.planning, self.planning.solver
        if not planning.steps or not all(step.reached.proven for step in planning.steps):
            return None
        best, limits = solver.best, solver.limits
        try:
            return self._first_worse(self._grant(day, vendor, stall))
        finally:
            solver.best = best
            solver.allow(limits)

    def _grant(self, day: int, vendor: str, stall: str) -> "_Granted":
        """Who is to have what, in numbers of columns and rows."""
        model = self.planning.model
        mine = model.on(day, vendor)
        others = [one for one in mine if stall not in (model.columns[one].run or ())]
        return _Granted(
            np.array(others, dtype=np.int64),
            model.seat_rows[day, vendor],
            len(others) < len(mine),
        )

    def _first_worse(self, granted: "_Granted") -> Cost | None:
        """Search among the steps for the first that no plan with the wish reaches."""
        steps = self.planning.steps
        final = self.planning.solver.limits
        after = [*(step.before for step in steps), final]
        if not self._possible(after[0], granted):
            return None if self._late() else (INFEASIBLE, 0.0, 0.0)
        low, high = 0, len(after)
        while high - low > 1:
            middle = (low + high) // 2
            if self._possible(after[middle], granted):
                low = middle
            else:
                high = middle
        if high == len(after) or self._late():
            return None
        step = steps[low]
        if step.aim.name == WISHES:
            return self._lesser_wish(step, granted)
        return self._then(step, granted)

    def _late(self) -> bool:
        """Whether the time is over, so that nothing found is certain."""
        return self.planning.watch.left() <= 0

    def _possible(self, limits: Limits, granted: "_Granted") -> bool:
        """Whether a whole plan within limits grants the wish; it becomes the best plan."""
        if not granted.exists:
            return False
        solver = self.planning.solver
        solver.allow(limits)
        granted.hold(self.planning)
        if solver.look(np.zeros(len(solver.whole))) is None:
            return False
        return solver.find_whole()

    def _then(self, step: Step, granted: "_Granted") -> Cost | None:
        """The value of an aim with the wish granted."""
        planning = self.planning
        if not self._possible(step.before, granted):
            return None
        costs = planning.costs(step.aim)
        reached = planning.solver.reach(costs)
        if not reached.proven:
            return None
        return step.aim.name, abs(step.reached.value), abs(reached.value)

    def _lesser_wish(self, step: Step, granted: "_Granted") -> Cost | None:
        """The first vendor in the order whose wish would be a lesser one."""
        planning, wishing = self.planning, self.planning.wishing
        assert wishing is not None and planning.ordered is not None
        gains = [round(seat.gain(planning.ordered)) for seat in wishing.seats]
        low, high = 0, len(gains)
        while high - low > 1:
            middle = (low + high) // 2
            if self._possible(step.before, granted.with_seats(wishing.seats, gains, middle)):
                low = middle
            else:
                high = middle
        if self._late():
            return None
        seat = wishing.seats[low]
        if not self._possible(step.before, granted.with_seats(wishing.seats, gains, low)):
            return None
        costs = np.zeros(len(planning.solver.whole))
        costs[seat.columns] = -seat.gains
        reached = planning.solver.reach(costs)
        if not reached.proven or -reached.value >= gains[low]:
            return None
        worst = len(planning.model.days[seat.day].vendor_by_id[seat.vendor].wishes) + 3
        return WISHES, float(worst - gains[low]), float(worst + reached.value)


@dataclass(frozen=True)
class _Granted:
    """A vendor must have one of some columns: the others are ruled out, its row is demanded."""

    others: "np.typing.NDArray[np.int64]"
    row: int
    exists: bool
    fixed: tuple[tuple[Seat, int], ...] = ()

    def with_seats(self, seats: list[Seat], gains: list[int], count: int) -> "_Granted":
        """Return the same with the first seats as glad as they are."""
        fixed = tuple(zip(seats[:count], gains[:count], strict=True))
        return _Granted(self.others, self.row, self.exists, fixed)

    def hold(self, planning: Planning) -> None:
        """Make it hold in the solver."""
        forbidden = [self.others, *(seat.columns[seat.gains != gain] for seat, gain in self.fixed)]
        rows = [self.row, *(seat.row for seat, gain in self.fixed if gain > 0)]
        planning.solver.forbid(np.concatenate(forbidden))
        planning.solver.demand(np.array(rows))
