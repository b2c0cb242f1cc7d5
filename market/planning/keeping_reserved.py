"""Reserved stalls in the model of a large day, as `reserving` has them for the exact one.

Outsiders have a reserved stall only if each insider who wishes it has something as dear, and if
each who takes any stall has one; unless a full category keeps the insider out.
"""

from collections import defaultdict
from functools import cached_property

import numpy as np

from market.planning.ground import UNLIMITED, Flags, Ground
from market.planning.model import Column, Model, stalls_of

Outside = dict[int, list[int]]
"""By reserved stall, the columns that give it to somebody it is not reserved for."""
Entries = list[tuple[int, float]]
Alike = tuple[int, int]
"""Insiders of one kind with one smallest number of stalls."""
TODAY = range(1)


class Reserving:
    """The rows of reserved stalls; helpers say who is served, kept out, or full.

    With `fewest` whoever has more stalls than the fewest is not in the model; with `light` an
    insider is served by any place.
    """

    def __init__(self, model: Model, ground: Ground, *, fewest: bool, light: bool) -> None:
        self.model = model
        self.ground = ground
        self.fewest = fewest
        self.light = light
        self._alike: dict[Alike, list[int]] = defaultdict(list)
        self._wishers: dict[int, list[int]] = defaultdict(list)
        for vendor, one in enumerate(ground.vendors):
            kind = int(ground.kind[vendor])
            if not ground.kinds[kind].inside or vendor in ground.pins:
                continue
            may = ground.could.of(vendor) & ground.at_home[kind]
            if one.anywhere and may.any():
                self._alike[kind, one.min_stalls].append(vendor)
            for wish in ground.wishes[vendor]:
                if may[wish]:
                    self._wishers[wish].append(vendor)
        self._served: dict[Alike, int] = {}
        self._full: dict[tuple[int, int], int] = {}
        self._out: dict[int, Entries] = {}
        self._extra: dict[int, int] = {}
        self._opened: dict[tuple[Alike, ...], int] = {}

    def rows(self, outside: Outside) -> None:
        """The rows of all reserved stalls."""
        for stall, columns in sorted(outside.items()):
            opened = self._open_for(self._keys(stall))
            self._row(0.0, [*((one, 1.0) for one in columns), (opened, -1.0)])
            if self.light:
                continue
            for vendor in self._wishers[stall]:
                dear = [*self._as_dear(vendor, stall), *self._kept_out(vendor)]
                self._row(0.0, [*((one, 1.0) for one in columns), *dear])

    def first_at(self, stalls: Flags) -> list[int]:
        """The columns of those who must all be served before an outsider has any of these."""
        keys = [set(self._keys(stall)) for stall in np.flatnonzero(stalls).tolist()]
        return [self._all_served(key) for key in sorted(set.intersection(*keys))] if keys else []

    def facts(self) -> list[int]:
        """The columns that say yes or no, those first on which most hangs: which category is full,
        and whether all insiders of a kind are served, the many before the few."""
        many = sorted(self._served, key=lambda key: (-len(self._alike[key]), key))
        full = sorted(self._full, key=lambda one: (self._name(one[0]), one[1]))
        return [*(self._full[one] for one in full), *(self._served[key] for key in many)]

    def _keys(self, stall: int) -> tuple[Alike, ...]:
        """Who must all be served before an outsider has a stall."""
        return tuple(key for key, over in self._theirs if over[stall])

    @cached_property
    def _theirs(self) -> list[tuple[Alike, Flags]]:
        """Which reserved stalls each could have."""
        ground = self.ground
        return [
            (key, ground.could.of(vendors[0]) & ground.at_home[key[0]])
            for key, vendors in sorted(self._alike.items())
        ]

    def _open_for(self, keys: tuple[Alike, ...]) -> int:
        """A column that may be 1 only if all of these insiders are served."""
        if keys not in self._opened:
            self._opened[keys] = self._helper()
            for key in keys:
                self._row(0.0, [(self._opened[keys], 1.0), (self._all_served(key), -1.0)])
        return self._opened[keys]

    def _helper(self, most: float = 1.0, *, whole: bool = False) -> int:
        return self.model.add(Column(TODAY, whole=whole), upper=most)

    def _row(self, most: float, entries: Entries) -> None:
        self.model.row(-float("inf"), most, entries)

    def _columns(self, vendor: int) -> list[int]:
        return self.model.of_vendor[self.ground.vendors[vendor].id]

    def _as_dear(self, vendor: int, stall: int) -> Entries:
        """What would serve a vendor as well as a wished stall, or better."""
        rank = self.ground.wishes[vendor].index(stall)
        return [(one, -1.0) for one in self._columns(vendor) if self.model.rank(one, 0) <= rank]

    def _all_served(self, key: Alike) -> int:
        """A column that may be 1 only if each of these vendors is placed or kept out."""
        if key not in self._served:
            served = self._helper(whole=True)
            for vendor in self._alike[key]:
                placed = [(one, -1.0) for one in self._columns(vendor)]
                self._row(0.0, [(served, 1.0), *placed, *self._kept_out(vendor)])
            self._served[key] = served
        return self._served[key]

    def _kept_out(self, vendor: int) -> Entries:
        """A column that may be 1 only if the vendor has no place and a category has no room."""
        if vendor not in self._out:
            ground = self.ground
            limited = [one for one in ground.goods[vendor] if ground.limits[one] < UNLIMITED]
            least = ground.vendors[vendor].min_stalls
            limited.sort(key=self._name)
            full = [(self._full_for(one, least), -1.0) for one in limited]
            if full and not self.light:
                out = self._helper()
                self._row(1.0, [(out, 1.0), *((one, 1.0) for one in self._columns(vendor))])
                self._row(0.0, [(out, 1.0), *full])
                full = [(out, -1.0)]
            self._out[vendor] = full
        return self._out[vendor]

    def _full_for(self, category: int, least: int) -> int:
        """A column that may be 1 only if a category has fewer than `least` stalls left."""
        if (category, least) not in self._full:
            needed = max(0, self.ground.limits[category] - least + 1)
            full = self._helper(whole=True)
            used = [(one, -size) for one, size in self._used(category)]
            more = [(self._more(category), -1.0)] if self.fewest else []
            self._row(0.0, [(full, float(needed)), *used, *more])
            self._full[category, least] = full
        return self._full[category, least]

    def _name(self, category: int) -> str:
        return self.ground.problem.categories[category].id

    def _used(self, category: int) -> Entries:
        return stalls_of(self.model, 0, self._name(category))

    def _more(self, category: int) -> int:
        """How many stalls those of a category have beyond the fewest: no more than they take, than
        its maximum leaves, and than all the fewest together leave."""
        if category not in self._extra:
            ground = self.ground
            limit = float(ground.limits[category])
            more = self._helper(limit)
            asked = [
                (one, float(ground.least[vendor] - ground.most[vendor]))
                for vendor, goods in enumerate(ground.goods)
                if category in goods and vendor not in ground.pins
                for one in self._columns(vendor)
            ]
            everybody = [
                (one, float(self.model.columns[one].size))
                for columns in list(self.model.of_vendor.values())
                for one in columns
            ]
            self._row(0.0, [(more, 1.0), *asked])
            self._row(limit, [(more, 1.0), *self._used(category)])
            self._row(float(ground.usable.sum()), [(more, 1.0), *everybody])
            self._extra[category] = more
        return self._extra[category]
