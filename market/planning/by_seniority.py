"""Wishes of a large day in order of seniority, by linear programmes, as long as time allows.

It is the way of `wishes`: whoever has the best rank still possible is decided at once, the others
in blocks, the earlier weighing more than all later ones of the block together.
"""

import numpy as np

from market.planning.model import Model, Numbers
from market.planning.programmes import ALIKE, Programmes
from market.planning.stopwatch import within
from market.planning.wishes import Seat, seats_of

HEAVIEST = 100_000
SHARE = 0.85
"""Of the time, for linear programmes; the rest is for a whole plan."""


class BySeniority:
    """The wishes at work; `done` vendors are decided."""

    def __init__(self, programmes: Programmes, model: Model) -> None:
        self.programmes = programmes
        self.seats = seats_of(model)
        self.wishes = [len(model.days[0].vendor_by_id[seat.vendor].wishes) for seat in self.seats]
        self.done = 0

    def run(self) -> bool:
        """Decide as many as time allows; whether all are decided."""
        programmes, whole = self.programmes, self.programmes.watch
        part = within(whole, SHARE * whole.left())
        self._begin_well()
        most = len(self.seats)
        while self.done < len(self.seats) and part.left() > 0:
            before, first = programmes.limits, self.done
            programmes.watch = part
            self._chain(first + most)
            programmes.watch = whole
            most = len(self.seats)
            if self.done > first and programmes.find_whole():
                continue
            chained, self.done = self.done - first, first
            programmes.allow(before)
            if chained > 1:
                most = max(1, chained // 4)
            elif not self._next():
                break
        return self.done == len(self.seats)

    def most_first(self) -> float:
        """The most who could have their first wish in plans that are as good to those decided."""
        wishing = [one for one in zip(self.seats, self.wishes, strict=True) if one[1]]
        if self.done == len(self.seats):
            best = self.programmes.best
            return float(sum(seat.gain(best) > wishes + 1.5 for seat, wishes in wishing))
        costs = np.zeros(len(self.programmes.limits.lower))
        for seat, wishes in wishing:
            costs[seat.columns[seat.gains == wishes + 2]] = -1.0
        relaxed = self.programmes.relax(costs)
        if relaxed is None:
            return float(len(wishing))
        return float(np.floor(ALIKE - relaxed.value))

    def _begin_well(self) -> None:
        """Look for a plan that is good for most: one programme with gently falling weights."""
        costs = np.zeros(len(self.programmes.limits.lower))
        for place, seat in enumerate(self.seats):
            costs[seat.columns] -= seat.gains * (1.0 + 100.0 * 0.97**place)
        self.programmes.look(costs)

    def _chain(self, end: int) -> None:
        """Decide those before `end` by relaxed plans, up to the first who gets a part."""
        end = min(end, len(self.seats))
        while self.done < end:
            self.programmes.watch.tell("wishes", self.done, len(self.seats))
            self._pass_by(end)
            block, costs = self._block(end)
            if not block or not self.programmes.look(costs) or self.programmes.point is None:
                return
            gains = [seat.gain(self.programmes.point) for seat in block]
            for seat, gain in zip(block, gains, strict=True):
                if abs(gain - round(gain)) > ALIKE:
                    return
                self._decide(seat, round(gain))
                self.done += 1
            self.programmes.follow()

    def _pass_by(self, end: int) -> None:
        """Decide those to whom the last relaxed plan gives the best that is possible."""
        changed = False
        point = self.programmes.point
        while self.done < end:
            seat = self.seats[self.done]
            levels = seat.levels(self.programmes.limits)
            if len(levels) > 1:
                if point is None or not self.programmes.allows(point):
                    break
                if seat.gain(point) < levels[-1] - ALIKE:
                    break
                self._decide(seat, levels[-1])
                changed = True
            self.done += 1
        if changed:
            self.programmes.follow()

    def _next(self) -> bool:
        """Decide the next vendors by whole plans; whether that is proven."""
        block, costs = self._block(len(self.seats))
        before = self.programmes.limits
        if not self.programmes.minimise(costs).proven:
            self.programmes.allow(before)
            return False
        for seat in block:
            self._decide(seat, round(seat.gain(self.programmes.best)))
        self.done += len(block)
        self.programmes.point = self.programmes.best
        self.programmes.follow()
        return True

    def _block(self, end: int) -> tuple[list[Seat], Numbers]:
        """The next vendors, as many as weights allow, and the costs of their ranks."""
        block: list[tuple[Seat, list[int], int]] = []
        weight = 1
        for seat in self.seats[self.done : end]:
            levels = seat.levels(self.programmes.limits)
            if block and weight * max(1, len(levels)) > HEAVIEST:
                break
            weight *= max(1, len(levels))
            block.append((seat, levels, weight))
        costs = np.zeros(len(self.programmes.limits.lower))
        for seat, levels, below in block:
            step = {gain: place for place, gain in enumerate(levels)}
            gains = np.array([step.get(gain, 0) for gain in seat.gains.tolist()], dtype=float)
            costs[seat.columns] -= gains * (weight // below)
        return [seat for seat, _, _ in block], costs

    def _decide(self, seat: Seat, gain: int) -> None:
        """From now on this vendor is exactly so glad."""
        self.programmes.forbid(seat.columns[seat.gains != gain])
        if gain > 0:
            self.programmes.demand(seat.row)
