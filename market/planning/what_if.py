"""What granting a wish would harm: the first aim in the order that gets worse, proven.

Before each aim the planning has kept what was possible: exactly the plans that are best in all
aims before. Where one of those plans grants the wish and none of the next ones does, this aim,
and none before it, is what granting would harm. What the aims have ruled out says where to
begin; a plan as like the present one as possible, which is seldom hard to find, proves it.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from market.planning.aims import WISHES
from market.planning.limits import Limits
from market.planning.model import Numbers
from market.planning.planning import Planning, Step
from market.planning.reasons import Harm
from market.planning.stopwatch import Stopwatch

INFEASIBLE = "infeasible"
FIRST_WISHES = "wishes.first"

SHARE, AT_LEAST_S = 0.15, 0.2
"""Of the time that is left, for one wish; so a hard one leaves some for the others."""
MOST_NODES = 20
"""Of branching, for the question whether a wish can be granted without harming an aim."""
TRIED = 3
"""So often that may have been too few for an aim; from then on whole plans are not searched."""
MORE, LEAST_S = 0.5, 0.3
"""Proofs may take so much of the time of the planning and so many seconds more, or, …"""
PART = 0.25
"""… where a long time was given, go on until this part of it is over."""


def patience(watch: Stopwatch) -> Stopwatch:
    """Time for proofs, which nobody should wait for long; all where there is no limit."""
    if watch.limit is None:
        return watch
    soon = (1 + MORE) * watch.seconds() + LEAST_S
    limit = min(watch.limit, max(soon, PART * watch.limit))
    return Stopwatch(limit, watch.watching, watch.started)


@dataclass(frozen=True)
class WishCosts:
    """Answers what wishes would cost after a planning: its last limits and its best plan."""

    planning: Planning
    watch: Stopwatch
    last: Limits
    plan: Numbers
    hard: Counter[str] = field(default_factory=Counter)
    """By aim, how often it stayed open whether a whole plan that is best in all before is there."""

    def first_harmed(self, day: int, vendor: str, stall: str) -> Harm | None:
        """Return the first aim that gets worse if a vendor has a stall, its value now and then.

        None when the plan itself is not proven. The aim is "infeasible" when hard limits forbid
        the wish. For wishes the values are how many vendors before this one in the order would
        have a lesser wish: none now, at least one then. Not `proven` when the search or its time
        did not suffice: then this aim or one before it.
        """
        steps = self.planning.steps
        if not steps or not all(step.reached.proven for step in steps):
            return None
        wish = self._columns(day, vendor, stall)
        steps = steps[: self._ruled_out_by(wish)]
        now = self.watch.seconds()
        watch = Stopwatch(self.watch.limit, self.watch.watching, self.watch.started)
        if watch.limit is not None:
            watch.limit = min(watch.limit, now + max(AT_LEAST_S, SHARE * (watch.limit - now)))
        for step in reversed(steps):
            limits = self._granted(step.before, day, vendor, wish)
            found = self._is_possible(limits, watch, step.aim.name)
            if found:
                return _harm(step)
            if found is None or watch.left() <= 0:
                return replace(_harm(steps[-1]), proven=False)
        return Harm(INFEASIBLE, 0.0, 1.0)

    def _columns(self, day: int, vendor: str, stall: str) -> NDArray[np.int64]:
        """The columns that grant the wish."""
        model = self.planning.model
        return np.array(
            [one for one in model.on(day, vendor) if stall in (model.columns[one].run or ())],
            dtype=np.int64,
        )

    def _ruled_out_by(self, wish: NDArray[np.int64]) -> int:
        """How many aims can be the first harmed: up to the one after which no column is left."""
        steps = self.planning.steps
        after = [*(step.before for step in steps[1:]), self.last]
        for number, (step, limits) in enumerate(zip(steps, after, strict=True), start=1):
            if not np.any(limits.upper[wish] > 0.5) or step.aim.name == WISHES:
                return number
        return len(steps)

    def _granted(self, before: Limits, day: int, vendor: str, wish: NDArray[np.int64]) -> Limits:
        """The same limits with nothing but the wish for the vendor on the day."""
        model = self.planning.model
        upper, row_lower = before.upper.copy(), before.row_lower.copy()
        others = np.setdiff1d(np.array(model.on(day, vendor), dtype=np.int64), wish)
        upper[others] = 0.0
        row_lower[model.seat_rows[day, vendor]] = 1.0
        return replace(before, upper=upper, row_lower=row_lower)

    def _is_possible(self, limits: Limits, watch: Stopwatch, aim: str) -> bool | None:
        """Whether there is a whole plan within limits; one like the plan there is comes first.

        None when it was not found out.
        """
        if np.any(limits.lower > limits.upper):
            return False
        solver = self.planning.solver
        solver.watch = watch
        solver.allow(limits)
        like = np.zeros(len(solver.whole))
        like[: len(self.plan)] = 1.0 - 2.0 * self.plan
        if solver.look(like) is None or solver.point is None:
            return False
        if not solver.is_whole(solver.point) and self.hard[aim] >= TRIED:
            return None
        if solver.find_whole(nodes=MOST_NODES):
            return True
        self.hard[aim] += not solver.sure
        return False if solver.sure else None


def _harm(step: Step) -> Harm:
    """What harming an aim means at least."""
    if step.aim.name == WISHES:
        return Harm(FIRST_WISHES, 0.0, 1.0)
    now = abs(step.reached.value)
    return Harm(step.aim.name, now, now - 1.0 if step.aim.better == "more" else now + 1.0)
