"""Wishes of a large day in order of seniority, by linear programmes, as long as time allows.

It is the way of `wishes`: whoever has the best rank still possible is decided at once, the others
in blocks, the earlier weighing more than all later ones of the block together.
"""

import numpy as np

from market.planning.in_highs import ALIKE
from market.planning.model import Model
from market.planning.programmes import Programmes
from market.planning.stopwatch import within
from market.planning.wishes import Wishing

SHARE = 0.85
"""Of the time, for linear programmes; the rest is for a whole plan."""


class BySeniority(Wishing):
    """The wishes of a large day at work; `done` vendors are decided."""

    def __init__(self, programmes: Programmes, model: Model) -> None:
        super().__init__(programmes, model)
        self.wishes = [len(model.days[0].vendor_by_id[seat.vendor].wishes) for seat in self.seats]

    def run(self) -> bool:
        """Decide as many as time allows; whether all are decided."""
        solver, whole = self.solver, self.solver.watch
        part = within(whole, SHARE * whole.left())
        self._begin_well()
        most = len(self.seats)
        while self.done < len(self.seats) and part.left() > 0:
            before, first = solver.kept(), self.done
            solver.watch = part
            self._chain(min(first + most, len(self.seats)))
            solver.watch = whole
            most = len(self.seats)
            if self.done > first and solver.find_whole():
                continue
            chained, self.done = self.done - first, first
            solver.back(before)
            if chained > 1:
                most = max(1, chained // 4)
            elif not self._next():
                break
        return self.done == len(self.seats)

    def most_first(self) -> float:
        """The most who could have their first wish in plans that are as good to those decided."""
        wishing = [one for one in zip(self.seats, self.wishes, strict=True) if one[1]]
        if self.done == len(self.seats):
            best = self.solver.best
            return float(sum(seat.gain(best) > wishes + 1.5 for seat, wishes in wishing))
        costs = np.zeros(len(self.solver.limits.lower))
        for seat, wishes in wishing:
            costs[seat.columns[seat.gains == wishes + 2]] = -1.0
        relaxed = self.solver.relax(costs)
        if relaxed is None:
            return float(len(wishing))
        return float(np.floor(ALIKE - relaxed.value))
