"""The model of a large day: the columns of the exact one, shared by as many vendors as possible.

Vendors who could stand at the same stalls share the runs that mean nothing to them, whatever they
sell; insiders of reserved stalls have the runs over those, and share all others. What goods stand
side by side is therefore not known here. Everything else is as in `building`, and `Solver`,
`aims_of` and `Wishing` work with it.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from market.planning.draft import Draft
from market.planning.ground import Flags, Ground, Numbers, Run
from market.planning.keeping_reserved import Outside, Reserving
from market.planning.model import Column, Model, stalls_of
from market.planning.model import Numbers as Values

TODAY = range(1)
Key = tuple[bytes, bytes, int]
"""The stalls that will do, those that are reserved for the vendors, and the number of stalls."""


@dataclass(frozen=True)
class Pool:
    """Runs that vendors share: its number, where they may be, where they must touch, how long."""

    number: int
    within: Flags
    home: Flags
    length: int
    inside: bool


class Shared:
    """A model with its pools; `closed` are reserved stalls that no outsider has.

    With `fewest` nobody has more than the fewest stalls he takes. With `light` wishes mean
    nothing either, and only whoever has no place at all closes reserved stalls: such a model
    allows a little more than there is, and serves for bounds.
    """

    def __init__(
        self, ground: Ground, closed: Flags, *, fewest: bool = False, light: bool = False
    ) -> None:
        self.ground = ground
        self.closed = closed
        self.fewest = fewest
        self.light = light
        self.model = Model((ground.problem,))
        self.pools: dict[Key, Pool] = {}
        self.members: dict[int, list[int]] = defaultdict(list)
        self.outside: Outside = defaultdict(list)
        before = ground.opened
        ground.open_reserved(ground.any_foreign & ~closed)
        for vendor in range(len(ground.vendors)):
            self._add_vendor(vendor)
        self._add_pools()
        ground.open_reserved(before)
        self._one_each()
        self._maxima()
        self.reserving = Reserving(self.model, ground, fewest=fewest, light=light)
        self.reserving.rows(self.outside)

    def sizes(self, vendor: int) -> range:
        """How many stalls a vendor may have."""
        least = self.ground.least[vendor]
        return range(least, (least if self.fewest else self.ground.most[vendor]) + 1)

    def _add_vendor(self, vendor: int) -> None:
        """Columns of a vendor: the runs that mean something, and any other by its length."""
        ground = self.ground
        name = ground.vendors[vendor].id
        if vendor in ground.pins:
            run = ground.names_of(ground.pins[vendor])
            self.model.add(Column(TODAY, len(run), name, run), lower=1.0)
            return
        foreign = self._foreign(vendor)
        for length in self.sizes(vendor):
            starts = ground.runs(vendor, length)
            for start in self._meaning(vendor, starts, length).tolist():
                run = ground.names_of((start, length))
                self._outside(self.model.add(Column(TODAY, length, name, run)), start, foreign)
            if ground.free_to_move[vendor] and len(starts):
                pool = self._pool(vendor, length)
                self.members[pool].append(self.model.add(Column(TODAY, length, name, None, pool)))

    def _meaning(self, vendor: int, starts: Numbers, length: int) -> Numbers:
        """Of these runs those that the vendor wishes, or had before; all of a holder and of who
        takes only wished stalls."""
        ground = self.ground
        if not ground.free_to_move[vendor]:
            return starts
        means = np.zeros(len(starts), dtype=bool)
        if not self.light:
            for wish in ground.wishes[vendor]:
                means |= (starts <= wish) & (wish < starts + length)
            before = ground.before.get(vendor)
            if before is not None and before[1] == length:
                means |= starts == before[0]
        return starts[means]

    def _foreign(self, vendor: int) -> Flags:
        """The stalls where a vendor is an outsider."""
        foreign = self.ground.foreign[int(self.ground.kind[vendor])]
        own = self.ground.vendors[vendor].own_stalls
        if own:
            foreign = foreign.copy()
            foreign[[self.ground.index[stall] for stall in own]] = False
        return foreign

    def _outside(self, number: int, start: int, foreign: Flags) -> None:
        """Remember at which reserved stalls a column is an outsider's."""
        for stall in range(start, start + self.model.columns[number].size):
            if foreign[stall]:
                self.outside[stall].append(number)

    def _pool(self, vendor: int, length: int) -> int:
        """The number of the pool of a vendor's runs of a length."""
        ground = self.ground
        kind = int(ground.kind[vendor])
        good, home = ground.good[kind], ground.at_home[kind]
        shared = self._known_pool(good & ~self.closed, np.zeros_like(home), length, inside=False)
        if not (good & home).any():
            return shared
        return self._known_pool(good & ~(self.closed & ~home), home, length, inside=True)

    def _known_pool(self, within: Flags, home: Flags, length: int, *, inside: bool) -> int:
        key = within.tobytes(), home.tobytes(), length
        pool = Pool(len(self.pools), within, home, length, inside)
        return self.pools.setdefault(key, pool).number

    def _lender(self, pool: Pool) -> Pool:
        """Where insiders borrow runs that are not reserved for them."""
        within = pool.within & ~(pool.home & self.closed)
        return self.pools[within.tobytes(), np.zeros_like(pool.home).tobytes(), pool.length]

    def _add_pools(self) -> None:
        """Columns of shared runs, and as many of them as vendors who have one."""
        ground = self.ground
        taking: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for pool in self.pools.values():
            starts = np.flatnonzero(ground.reach(pool.within) >= pool.length)
            if pool.inside:
                over = np.zeros(len(starts), dtype=bool)
                for step in range(pool.length):
                    over |= pool.home[starts + step]
                starts = starts[over]
                most = float(len(self.members[pool.number]))
                lent = self.model.add(Column(TODAY, whole=False), upper=most)
                taking[pool.number].append((lent, -1.0))
                taking[self._lender(pool).number].append((lent, 1.0))
            foreign = ground.any_foreign & ~pool.home
            for start in starts.tolist():
                run = ground.names_of((start, pool.length))
                number = self.model.add(Column(TODAY, pool.length, None, run, pool.number))
                taking[pool.number].append((number, -1.0))
                self._outside(number, start, foreign)
        for pool in self.pools.values():
            mine = [(one, 1.0) for one in self.members[pool.number]]
            self.model.row(0.0, 0.0, mine + taking[pool.number])

    def _one_each(self) -> None:
        """A vendor has one run, a stall one vendor."""
        model, ground = self.model, self.ground
        for vendor, one in enumerate(ground.vendors):
            least = 1.0 if vendor in ground.pins else 0.0
            columns = [(number, 1.0) for number in model.of_vendor[one.id]]
            if not self.light or len(columns) > 1:
                model.seat_rows[0, one.id] = model.row(least, 1.0, columns)
        for stall in ground.stalls:
            if model.over[0, stall.id]:
                model.row(0.0, 1.0, [(number, 1.0) for number in model.over[0, stall.id]])

    def _maxima(self) -> None:
        """A category has no more stalls than its maximum."""
        for category in sorted(self.ground.problem.categories, key=lambda one: one.id):
            if category.max_stalls is not None:
                used = stalls_of(self.model, 0, category.id)
                self.model.row(0.0, float(category.max_stalls), used)

    # From a draft, and back

    def columns_of(self, draft: Draft) -> list[int] | None:
        """The decisions that make up a draft; None where a run is not in the model."""
        known = {
            (column.vendor, column.group, column.run, column.size): number
            for number, column in enumerate(self.model.columns)
            if column.size
        }
        found: list[int] = []
        for vendor, run in enumerate(draft.run):
            if run is None:
                continue
            name, stalls = self.ground.vendors[vendor].id, self.ground.names_of(run)
            own = known.get((name, None, stalls, run[1]))
            mine = [own] if own is not None else self._loose(name, run, stalls, known)
            if mine is None:
                return None
            found += mine
        return found

    def _loose(
        self,
        name: str,
        run: Run,
        stalls: tuple[str, ...],
        known: dict[tuple[str | None, int | None, tuple[str, ...] | None, int], int],
    ) -> list[int] | None:
        """The columns of a vendor who stands where it means nothing to him."""
        for number in self.model.of_vendor[name]:
            column = self.model.columns[number]
            if column.run is not None or column.size != run[1]:
                continue
            pool = next(one for one in self.pools.values() if one.number == column.group)
            if pool.inside and not pool.home[run[0] : run[0] + run[1]].any():
                pool = self._lender(pool)
            shared = known.get((None, pool.number, stalls, run[1]))
            return None if shared is None else [number, shared]
        return None

    def draft_of(self, plan: Values) -> Draft:
        """The draft that whole decisions make up; of a pool the first in order has the first."""
        ground, model = self.ground, self.model
        draft = Draft(ground)
        free: dict[int, list[Run]] = defaultdict(list)
        loose = []
        for number in np.flatnonzero(plan[: len(model.columns)] > 0.5).tolist():
            column = model.columns[number]
            if column.vendor is None and column.run is not None:
                free[column.group or 0].append(ground.run_of(column.run))
            elif column.vendor is not None and column.run is not None:
                draft.put(ground.number[column.vendor], ground.run_of(column.run))
            elif column.vendor is not None:
                loose.append(number)
        pools = {pool.number: pool for pool in self.pools.values()}
        for number in sorted(loose, key=lambda one: ground.number[model.columns[one].vendor or ""]):
            column = model.columns[number]
            pool = pools[column.group or 0]
            from_pool = free[pool.number] or free[self._lender(pool).number]
            draft.put(ground.number[column.vendor or ""], from_pool.pop(0))
        return draft
