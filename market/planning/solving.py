"""Aims one after another: the best value, its proof, and what stays possible.

Each aim is first solved without wholeness (a linear programme). Where its bound is reached by
a whole plan, everything that cannot be part of a best plan is taken out: columns with a reduced
cost, and rows with a price become equations (complementary slackness). So no aim leaves a dense
row behind, and each following programme is smaller.

Reserved stalls hang on a few facts: whether a category is full, whether all of some vendors are
served. Relaxed plans have parts of them, and are too good for it. So cases are told apart by
these facts first (`Cases`); within a case relaxed plans are nearly always whole. Only where they
are not, HiGHS branches, and the value becomes a row.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from market.planning.cases import Case, Facts, follow, hull, only_best, padded
from market.planning.in_highs import ALIKE, InHighs, Relaxed
from market.planning.limits import Limits, Reached, Rows
from market.planning.model import Model, Numbers
from market.planning.stopwatch import Stopwatch

MOST_CASES = 60
"""Told apart for an aim; where more are needed HiGHS does better."""

Kept = tuple[Limits, tuple[Case, ...]]


@dataclass(frozen=True, eq=False)
class _Node:
    """A case with its bound, its relaxed plan if it was solved, and what it was told apart of."""

    bound: float
    case: Case
    relaxed: Relaxed | None = None
    parent: "_Node | None" = None

    def top(self, best: float) -> "_Node":
        """The widest case around this one that can have no better value either."""
        node = self
        while node.parent is not None and node.parent.bound >= best - ALIKE:
            node = node.parent
        return node


@dataclass
class _Search:
    """Cases still to look at, best bound first; what is done; a plan that has `best`."""

    best: float
    open: list[tuple[float, int, _Node]]
    done: list[_Node]
    point: Numbers | None = None
    number: int = 0
    given_up: bool = False

    def push(self, node: _Node) -> None:
        """Look at a case later; of equal ones first at the last."""
        self.number -= 1
        heapq.heappush(self.open, (node.bound, self.number, node))

    def left(self) -> list[_Node]:
        """Return what can have the best value, in as few cases as possible."""
        nodes = [*self.done, *(node for _, _, node in self.open)]
        tops = [node.top(self.best) for node in nodes if node.bound <= self.best + ALIKE]
        return list(dict.fromkeys(tops))


class Solver(InHighs):
    """A model in HiGHS with the best plan so far; aims narrow down what is possible."""

    def __init__(self, model: Model, watch: Stopwatch, threads: int = 1) -> None:
        super().__init__(model, watch, threads)
        self.facts = Facts(model)
        self.cases: tuple[Case, ...] = (Case(self.limits),)
        self.point: Numbers | None = None

    # What is possible

    def allow(self, limits: Limits) -> None:
        """Make exactly these bounds hold; rows that came later are free again."""
        self.apply(padded(limits, self.limits))
        self.cases = (Case(self.limits),)

    def kept(self) -> Kept:
        """Return what is possible now, to come back to it."""
        return self.limits, self.cases

    def back(self, kept: Kept) -> None:
        """Come back to what was possible."""
        self.allow(kept[0])
        self.cases = tuple(
            replace(case, limits=padded(case.limits, self.limits)) for case in kept[1]
        )

    def _keep(self, cases: list[Case], *, row: int | None = None, most: float = 0.0) -> None:
        """From now on exactly these cases are possible; a row, if any, is at most `most`."""
        self.cases = tuple(cases)
        limits = hull([case.limits for case in cases])
        if row is not None:
            limits = limits.at_most(row, most)
        self.apply(limits)

    def _change(self, change: Callable[[Limits], Limits]) -> None:
        """Narrow down all cases alike."""
        self.cases = tuple(replace(case, limits=change(case.limits)) for case in self.cases)
        self.apply(change(self.limits))

    def forbid(self, columns: NDArray[np.int64]) -> None:
        """Rule out some columns."""

        def without(limits: Limits) -> Limits:
            high = limits.upper.copy()
            high[columns] = 0.0
            return replace(limits, upper=high)

        self._change(without)

    def demand(self, rows: NDArray[np.int64]) -> None:
        """Let rows have at least one of their columns."""

        def served(limits: Limits) -> Limits:
            low = limits.row_lower.copy()
            low[rows] = 1.0
            return replace(limits, row_lower=low)

        self._change(served)

    def follow(self) -> None:
        """Rule out columns that a decided one makes impossible (rows of "at most one")."""
        self._change(self._followed)

    def _followed(self, limits: Limits) -> Limits:
        return follow(limits, self._rows, self._index, self._values, self.whole)

    def extend(self, count: int, rows: Rows) -> None:
        """Take in more columns from 0 to 1 that need not be whole, then rows over all."""
        super().extend(count, rows)
        first = len(self.limits.row_lower) - len(rows)
        low = [row[0] for row in rows]
        high = [row[1] for row in rows]

        def more(limits: Limits) -> Limits:
            limits = padded(limits, self.limits)
            row_low, row_high = limits.row_lower.copy(), limits.row_upper.copy()
            row_low[first:], row_high[first:] = low, high
            return replace(limits, row_lower=row_low, row_upper=row_high)

        self.cases = tuple(Case(more(case.limits)) for case in self.cases)

    # Aims

    def minimise_all(self, aims: list[Numbers]) -> Iterator[tuple[Limits, Reached]]:
        """Reach aims one after another; yields what was possible before each, and its value.

        As many as possible are reached without wholeness first; one whole plan that has all
        these values proves them together. Where there is none, fewer are tried together.
        """
        done, most = 0, len(aims)
        while done < len(aims):
            before = self.kept()
            chain = self._chain(aims[done : done + most])
            if chain and self.find_whole():
                for limits, value in chain:
                    yield limits, Reached(value, value, proven=True)
                done, most = done + len(chain), len(aims)
                continue
            self.back(before)
            if len(chain) > 1 and self.watch.left() > 0:
                most = len(chain) // 2
                continue
            yield before[0], self.minimise(aims[done])
            done, most = done + 1, len(aims)

    def _chain(self, aims: list[Numbers]) -> list[tuple[Limits, float]]:
        """Narrow down to the relaxed plans that are best in all aims, up to the first gap."""
        chain: list[tuple[Limits, float]] = []
        for costs in aims:
            before = self.limits
            value = self.narrow(costs)
            if value is None:
                break
            chain.append((before, value))
        return chain

    def narrow(self, costs: Numbers, *, decided: bool = False) -> float | None:
        """Keep what is best by relaxed plans, as if there were a whole one; returns its value.

        `point` is then such a plan. None when there was no time, or too many cases. With
        `decided` the caller itself rules out what has not the value.
        """
        kept = self.kept()
        search = self._search(costs, np.inf)
        if search.point is None or search.given_up or self.watch.left() <= 0:
            self.back(kept)
            return None
        self.point = search.point
        self._keep_best(costs, search, decided=decided)
        return search.best

    def minimise(self, costs: Numbers) -> Reached:
        """Reach the least value of whole costs, and keep only plans that have it.

        Needs a plan in `best`. When the time is over, the best plan's value is kept.
        """
        search, reached = self._reach(costs)
        self._keep_best(costs, search)
        return reached

    def reach(self, costs: Numbers) -> Reached:
        """Reach the least value of whole costs; what is possible stays as it is."""
        kept = self.kept()
        reached = self._reach(costs)[1]
        self.back(kept)
        return reached

    def _reach(self, costs: Numbers) -> "tuple[_Search, Reached]":
        """Bring the best plan to the least value."""
        search = self._search(costs, round(float(costs @ self.best)), whole=True)
        now = round(float(costs @ self.best))
        bound = min([*(node.bound for node in search.left()), now])
        if bound == -np.inf:
            bound = self.naive(costs)
        proven = bound >= now - ALIKE
        return search, Reached(now, now if proven else bound, proven)

    def look(self, costs: Numbers) -> float | None:
        """Take the best relaxed plan for any costs as `point`; returns its value."""
        relaxed = self.relax(costs)
        if relaxed is None:
            return None
        self.point = relaxed.columns
        if self.is_whole(relaxed.columns):
            self.best = self.rounded(relaxed.columns)
        return relaxed.value

    def find_whole(self, *, nodes: int | None = None) -> bool:
        """Take over any whole plan that is still possible; False when none was found.

        With `nodes` in at most so many of branching; `sure` says whether there is none indeed.
        """
        if self.point is not None and self.is_whole(self.point) and self.allows(self.point):
            self.best = self.rounded(self.point)
            return True
        now = self.limits
        found = False
        for case in self.cases:
            self.apply(case.limits)
            found = self.branch(np.zeros(len(self.whole)), begin=False, nodes=nodes) < np.inf
            if found:
                break
        self.apply(now)
        return found

    def allows(self, plan: Numbers) -> bool:
        """Whether the bounds of columns that hold now allow a plan."""
        low, high = self.limits.lower, self.limits.upper
        return bool(np.all(plan >= low - ALIKE) and np.all(plan <= high + ALIKE))

    # Cases

    def _search(self, costs: Numbers, best: float, *, whole: bool = False) -> _Search:
        """Look at cases, the best bound first, until no other can be better than `best`.

        With `whole` only whole plans count; else relaxed ones in which all facts are.
        """
        search = _Search(best, [], [])
        for case in reversed(self.cases):
            search.push(_Node(-np.inf, case))
        while search.open and self.watch.left() > 0:
            if search.number < -MOST_CASES:
                return self._without_cases(costs, search, whole=whole)
            node = heapq.heappop(search.open)[2]
            if node.bound > search.best + ALIKE:
                break
            if whole and node.bound >= search.best - ALIKE:
                search.done.append(node)
            elif not self._look_at(search, costs, node, whole=whole):
                search.push(node)
        return search

    def _without_cases(self, costs: Numbers, search: _Search, *, whole: bool) -> _Search:
        """Too many cases: HiGHS branches on all there is, where whole plans are looked for."""
        given_up = _Search(search.best, [], [], given_up=True)
        for case in self.cases if whole else ():
            self.apply(case.limits)
            bound = self.branch(costs)
            given_up.best = min(given_up.best, round(float(costs @ self.best)))
            given_up.done.append(_Node(bound, case))
        return given_up

    def _look_at(self, search: _Search, costs: Numbers, node: _Node, *, whole: bool) -> bool:
        """Solve a case without wholeness; done with it, or it is told apart by a fact.

        False when there was no time for it.
        """
        case = node.case
        self.apply(case.limits)
        relaxed = self.relax(costs, search.best, case.basis)
        if relaxed is None:
            return self.watch.left() > 0
        value = float(np.ceil(relaxed.value - ALIKE))
        node = _Node(value, replace(case, basis=relaxed.basis), relaxed, node.parent)
        if value > search.best:
            return True
        if whole and value == search.best:
            search.done.append(node)
            return True
        parts = self.facts.parts(relaxed.columns)
        point = relaxed.columns if not parts else self._dive(costs, case, relaxed, parts, value)
        if point is None:
            for limits in self.facts.apart(case.limits, relaxed.columns, parts[0]):
                search.push(_Node(value, Case(limits, relaxed.basis), None, node))
            return True
        if whole:
            node = replace(node, bound=self._whole(search, costs, case, point, value))
        else:
            search.best, search.point = value, point
        search.done.append(node)
        return True

    def _dive(
        self, costs: Numbers, case: Case, relaxed: Relaxed, parts: list[int], value: float
    ) -> Numbers | None:
        """A relaxed plan with all facts as they nearly are, if it is as good."""
        self.apply(case.limits.decided(parts, np.round(relaxed.columns[parts])))
        found = self.relax(costs, value, relaxed.basis)
        if found is None or found.value > value + ALIKE or self.facts.parts(found.columns):
            return None
        return found.columns

    def _whole(
        self, search: _Search, costs: Numbers, case: Case, point: Numbers, value: float
    ) -> float:
        """Find the best whole plan of a case; returns its bound."""
        if self.is_whole(point) and abs(costs @ point - value) < ALIKE:
            self.best, bound = self.rounded(point), value
        else:
            self.apply(case.limits)
            bound = self.branch(costs)
        search.best = min(search.best, round(float(costs @ self.best)))
        return bound

    def _keep_best(self, costs: Numbers, search: _Search, *, decided: bool = False) -> None:
        """Keep what can have the best value; all of it stays possible.

        Where the relaxed plan of a case has the value, its prices rule out the rest; elsewhere,
        and where there are several cases, the value becomes a row.
        """
        best = search.best
        leaves = search.left() or [_Node(best, case) for case in self.cases]
        exact = [leaf.relaxed is not None and leaf.relaxed.value > best - ALIKE for leaf in leaves]
        row = None
        if not decided and (len(leaves) > 1 or not all(exact)):
            row = len(self.limits.row_lower)
            entries = [(int(one), float(costs[one])) for one in np.flatnonzero(costs)]
            self.add_rows([(-np.inf, np.inf, entries)])
        cases = []
        for leaf, tight in zip(leaves, exact, strict=True):
            limits = leaf.case.limits
            if leaf.relaxed is not None:
                limits = only_best(limits, leaf.relaxed, best - leaf.relaxed.value)
            limits = padded(limits, self.limits)
            if row is not None and not tight:
                limits = limits.at_most(row, best)
            cases.append(Case(self._followed(limits), leaf.case.basis if row is None else None))
        self._keep(cases, row=row, most=best)
