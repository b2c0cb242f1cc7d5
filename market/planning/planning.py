"""Days planned together: aim after aim, with what was possible before each."""

from dataclasses import dataclass, field, replace

import numpy as np

from market.planning.aims import APART, WISHES, Counting, aims_of
from market.planning.answer import Aim
from market.planning.apart import Pair, add_pairs
from market.planning.greedy import greedy_columns
from market.planning.limits import Limits, Reached
from market.planning.model import Model, Numbers
from market.planning.solving import Solver
from market.planning.stopwatch import Stopwatch
from market.planning.wishes import Wishing

Plan = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Step:
    """An aim with what was possible before it, and what it reached."""

    aim: Counting
    before: Limits
    reached: Reached


@dataclass
class Planning:
    """The planning of a model: all aims in order, then the plans of its days."""

    model: Model
    watch: Stopwatch
    threads: int = 1
    steps: list[Step] = field(default_factory=list)
    wishing: Wishing | None = None
    pairs: dict[Pair, int] = field(default_factory=dict)
    _apart: Numbers | None = None

    def __post_init__(self) -> None:
        self.solver = Solver(self.model, self.watch, self.threads)
        self.hard = self.solver.limits

    def run(self) -> None:
        """Reach all aims."""
        self.solver.best[list(greedy_columns(self.model))] = 1.0
        aims = aims_of(self.model)
        first = next((place for place, aim in enumerate(aims) if not aim.counts), len(aims))
        costs = [aim.costs(len(self.solver.whole)) for aim in aims[:first]]
        self._tell(aims)
        for aim, (before, reached) in zip(aims, self.solver.minimise_all(costs), strict=False):
            self.steps.append(Step(aim, before, reached))
            self._tell(aims)
        for aim in aims[first:]:
            before = self.solver.limits
            self.steps.append(Step(aim, before, self._reach(aim)))
            self._tell(aims)

    def _tell(self, aims: tuple[Counting, ...]) -> None:
        """Say which aim comes next."""
        number = len(self.steps)
        if number < len(aims):
            reached = self.steps[-1].reached if self.steps else Reached(0.0, 0.0, proven=True)
            self.watch.tell(
                aims[number].name, number + 1, len(aims), abs(reached.value), abs(reached.bound)
            )

    def _reach(self, aim: Counting) -> Reached:
        """Reach one aim."""
        if aim.name == WISHES:
            self.wishing = Wishing(self.solver, self.model)
            proven = self.wishing.run()
            return Reached(0.0, 0.0, proven)
        if aim.name == APART:
            self._apart, self.pairs = add_pairs(self.model, self.solver)
        return self.solver.minimise(self.costs(aim))

    def costs(self, aim: Counting) -> Numbers:
        """Return the costs of an aim, of which fewer are better."""
        if aim.name == APART and self._apart is not None:
            return self._apart
        return aim.costs(len(self.solver.whole))

    def plan(self, day: int) -> Plan:
        """Return who has which stalls on a day, by the best plan so far."""
        chosen = [
            self.model.columns[number]
            for number in np.flatnonzero(self.solver.best[: len(self.model.columns)] > 0.5)
        ]
        today = [column for column in chosen if day in column.days]
        plan = {one.vendor: one.run for one in today if one.vendor and one.run}
        shared: dict[tuple[int | None, int], list[tuple[str, ...]]] = {}
        for column in today:
            if column.vendor is None and column.run:
                shared.setdefault((column.group, column.size), []).append(column.run)
        waiting = {one.vendor: one for one in today if one.vendor and not one.run}
        for vendor in self.model.agents:
            if vendor in waiting:
                column = waiting[vendor]
                plan[vendor] = shared[column.group, column.size].pop(0)
        return plan

    def keeps_limits(self, plan: Plan, watch: Stopwatch) -> bool:
        """Whether a plan of a single day keeps all hard limits; False when time is over."""
        model, solver = self.model, self.solver
        columns = {
            (one.vendor, one.group, one.run, one.size): number
            for number, one in enumerate(model.columns)
        }
        chosen = []
        for vendor, run in plan.items():
            own = columns.get((vendor, None, run, len(run)))
            if own is not None:
                chosen.append(own)
                continue
            shared = [one for one in model.on(0, vendor) if model.columns[one].size == len(run)]
            anywhere = [one for one in shared if model.columns[one].run is None]
            group = model.columns[anywhere[0]].group if anywhere else None
            theirs = columns.get((None, group, run, len(run)))
            if not anywhere or theirs is None:
                return False
            chosen += [anywhere[0], theirs]
        upper, lower = self.hard.upper.copy(), self.hard.lower.copy()
        decided = [one for one, column in enumerate(model.columns) if column.size]
        upper[decided] = 0.0
        upper[chosen] = lower[chosen] = 1.0
        solver.watch = watch
        solver.allow(replace(self.hard, lower=lower, upper=upper))
        return solver.relax(np.zeros(len(solver.whole))) is not None

    def aims(self, day: int) -> tuple[Aim, ...]:
        """Return value and bound of every aim on a day."""
        return tuple(self._aim(step, day) for step in self.steps)

    def _aim(self, step: Step, day: int) -> Aim:
        """An aim on one day: where all days together have a gap, each may have it."""
        aim = step.aim
        if aim.name == WISHES:
            return self._first_wishes(day, step.reached.proven)
        if aim.name == APART:
            mine = [one for (when, _, _), one in self.pairs.items() if when == day]
            value = float(round(self.solver.best[mine].sum()))
        else:
            value = aim.value(day, self.solver.best)
        gap = step.reached.value - step.reached.bound
        bound = value + gap if aim.better == "more" else max(0.0, value - gap)
        return Aim(aim.name, value, bound, step.reached.proven, aim.better)

    def _first_wishes(self, day: int, proven: bool) -> Aim:
        """How many have their first wish; more could only by putting a junior's wish first."""
        seats = self.wishing.seats if self.wishing else []
        wanting = [
            (seat, len(self.model.days[day].vendor_by_id[seat.vendor].wishes))
            for seat in seats
            if seat.day == day and self.model.days[day].vendor_by_id[seat.vendor].wishes
        ]
        value = sum(seat.gain(self.solver.best) == wishes + 2 for seat, wishes in wanting)
        bound = value if proven else len(wanting)
        return Aim("wishes.first", float(value), float(bound), proven)
