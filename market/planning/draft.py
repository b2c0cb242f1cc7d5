"""A plan being made: who stands where by numbers; every step can be taken back."""

from collections import deque
from collections.abc import Sequence

import numpy as np

from market.planning.ground import Flags, Ground, Numbers, Run

FREE = -1
TRIED_WINDOWS = 24
"""How many crowded runs are tried for one vendor before it is given up."""
HEMMED = 0.35
"""What a free neighbour beside a run costs: small holes are filled first."""
AT_HOME = 50.0
"""How much dearer a reserved stall is left alone by an insider's choice of another."""


class Draft:
    """Occupants by stall and runs by vendor, with a journal of what was done."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.at = np.full(len(ground.stalls) + 1, FREE, dtype=np.int64)
        self.at[:-1][~ground.usable] = -2
        self.at[-1] = -2
        self.run: list[Run | None] = [None] * len(ground.vendors)
        self.head = np.full(len(ground.stalls), FREE, dtype=np.int64)
        self.length = np.zeros(len(ground.vendors), dtype=np.int64)
        self.used = [0] * len(ground.limits)
        self.journal: list[tuple[int, Run | None]] = []
        self._cost = np.concatenate([[0.0], np.cumsum(ground.worth)])

    def _set(self, vendor: int, run: Run | None) -> None:
        before = self.run[vendor]
        if before is not None:
            self.at[before[0] : before[0] + before[1]] = FREE
            self.head[before[0]] = FREE
        if run is not None:
            self.at[run[0] : run[0] + run[1]] = vendor
            self.head[run[0]] = vendor
        more = (run[1] if run else 0) - (before[1] if before else 0)
        for goods in self.ground.goods[vendor]:
            self.used[goods] += more
        self.run[vendor] = run
        self.length[vendor] = run[1] if run else 0

    def put(self, vendor: int, run: Run | None) -> None:
        """Give a vendor this run, or nothing; the stalls must be free or its own."""
        self.journal.append((vendor, self.run[vendor]))
        self._set(vendor, run)

    def back(self, mark: int) -> None:
        """Take back everything since the journal was this long."""
        while len(self.journal) > mark:
            self._set(*self.journal.pop())

    def room(self, vendor: int, more: int) -> bool:
        """Whether the maximum of no category stands against so many more stalls."""
        limits = self.ground.limits
        return all(self.used[one] + more <= limits[one] for one in self.ground.goods[vendor])

    def free_starts(self, vendor: int, length: int) -> Numbers:
        """Of the runs a vendor may take, those that are free, by their first stalls."""
        starts = self.ground.runs(vendor, length)
        free = self.at == FREE
        clear = np.ones(len(starts), dtype=bool)
        for step in range(length):
            clear &= free[starts + step]
        return starts[clear]

    def best_free(self, vendor: int, length: int) -> Run | None:
        """The free run that others will miss least; None without one."""
        starts = self.free_starts(vendor, length)
        if not len(starts):
            return None
        ground = self.ground
        free = self.at == FREE
        cost = self._cost[starts + length] - self._cost[starts]
        before = np.where(starts > 0, starts - 1, len(ground.stalls))
        cost = cost + HEMMED * (free[before] & ground.linked[np.minimum(before, starts)])
        cost = cost + HEMMED * (free[starts + length] & ground.linked[starts + length - 1])
        kind = int(ground.kind[vendor])
        if ground.kinds[kind].inside:
            cost = cost - AT_HOME * ground.at_home[kind][starts]
        return int(starts[np.argmin(cost)]), length

    def place(self, vendor: int, length: int, movable: Flags) -> bool:
        """Give a vendor a free run; others make room where that is possible. False: nothing done.

        The vendor stands nowhere; its categories must have room.
        """
        run = self.best_free(vendor, length)
        if run is not None:
            self.put(vendor, run)
            return True
        return self.chain(vendor, length, movable) or self.crowd(vendor, length, movable)

    def settle(self, vendor: int, length: int, movable: Flags) -> bool:
        """Like `place`, without a crowd."""
        run = self.best_free(vendor, length)
        if run is not None:
            self.put(vendor, run)
            return True
        return self.chain(vendor, length, movable)

    def chain(self, vendor: int, length: int, movable: Flags) -> bool:
        """One takes the run of another of the same length, who takes that of a third, …, who finds
        a free one. Vendors of one kind can do the same, so each kind is asked once."""
        kinds = self.ground.kind
        ends = self._kinds_with_room(length)
        if not ends.any():
            return False
        seen = np.zeros(len(ends), dtype=bool)
        came: dict[int, tuple[int, int] | None] = {vendor: None}
        queue = deque([vendor])
        while queue:
            one = queue.popleft()
            for start, other in self._next(one, length, movable, seen):
                if other in came:
                    continue
                seen[kinds[other]] = True
                came[other] = (one, start)
                free = self.best_free(other, length) if ends[kinds[other]] else None
                if free is not None:
                    self._unwind(came, other, free, length)
                    return True
                queue.append(other)
        return False

    def _kinds_with_room(self, length: int) -> Flags:
        """The kinds that could take a free run of this length."""
        free = self.at[:-1] == FREE
        clear = free.copy()
        for step in range(1, length):
            clear[: len(free) - step] &= free[step:]
            clear[len(free) - step :] = False
        return np.asarray(self.ground.start_table(length)[:, clear].any(axis=1), dtype=bool)

    def _next(self, one: int, length: int, movable: Flags, seen: Flags) -> list[tuple[int, int]]:
        """Whose runs of this length a vendor could take: of each new kind the last in order."""
        ground = self.ground
        starts = ground.runs(one, length)
        others = self.head[starts]
        fit = (others >= 0) & (self.length[others] == length) & movable[others]
        fit &= ground.free_to_move[others] & ~seen[ground.kind[others]]
        starts, others = starts[fit], others[fit]
        last = np.full(len(seen), -1, dtype=np.int64)
        last[ground.kind[others]] = np.arange(len(others))
        return [(int(starts[at]), int(others[at])) for at in last[last >= 0]]

    def _unwind(
        self, came: dict[int, tuple[int, int] | None], last: int, free: Run, length: int
    ) -> None:
        """Let everybody of a chain move up."""
        moves: list[tuple[int, Run]] = [(last, free)]
        step = came[last]
        while step is not None:
            moves.append((step[0], (step[1], length)))
            step = came[step[0]]
        for vendor, _ in moves:
            if self.run[vendor] is not None:
                self.put(vendor, None)
        for vendor, run in moves:
            self.put(vendor, run)

    def crowd(self, vendor: int, length: int, movable: Flags) -> bool:
        """Try runs whose occupants could all stand elsewhere, those with the fewest first."""
        starts = self.ground.runs(vendor, length)
        if not len(starts):
            return False
        hard = (self.at[:-1] == -2) | ((self.at[:-1] >= 0) & ~movable[self.at[:-1]])
        taken = self.at[:-1] >= 0
        none = np.zeros(len(starts), dtype=bool)
        stiff, full = none.copy(), np.zeros(len(starts), dtype=np.int64)
        for step in range(length):
            stiff |= hard[starts + step]
            full += taken[starts + step]
        starts, full = starts[~stiff], full[~stiff]
        order = np.argsort(full, kind="stable")[:TRIED_WINDOWS]
        return any(self.take(vendor, (int(starts[at]), length), movable) for at in order)

    def occupants(self, run: Run) -> list[int]:
        """Who stands at the stalls of a run."""
        found: Sequence[int] = np.unique(self.at[run[0] : run[0] + run[1]]).tolist()
        return [one for one in found if one >= 0]

    def take(self, vendor: int, run: Run, movable: Flags) -> bool:
        """Give a vendor just this run, if all who stand there find another as long, or else nobody
        moves. `vendor` may stand somewhere: those stalls are free then."""
        mark = len(self.journal)
        others = [one for one in self.occupants(run) if one != vendor]
        if not all(movable[one] for one in others):
            return False
        if self.run[vendor] is not None:
            self.put(vendor, None)
        lengths = {one: int(self.length[one]) for one in others}
        for one in others:
            self.put(one, None)
        self.put(vendor, run)
        still = movable.copy()
        still[vendor] = False
        for one in sorted(others, key=lambda one: (-lengths[one], one)):
            if not self.settle(one, lengths[one], still):
                self.back(mark)
                return False
        return True
