"""Which better wishes are proven to be impossible without a loss for somebody senior."""

import numpy as np

from market.planning.bounds import Certain
from market.planning.draft import Draft
from market.planning.granting import ranks
from market.planning.ground import UNLIMITED, Flags, Numbers


def best_ranks(draft: Draft, certain: Certain) -> Numbers:
    """By vendor, the best rank not proven impossible in plans that are no worse for the seniors.

    Whoever has a wish, and is proven to have none better, stands at just that stall in all those
    plans: so it is nobody else's, and the next in order has fewer to choose from.
    """
    ground = draft.ground
    now = ranks(draft)
    best = now.copy()
    left = _Left(draft, certain)
    for vendor, wishes in enumerate(ground.wishes):
        if certain.refused[vendor] or vendor in ground.pins:
            continue
        rank = int(now[vendor]) if now[vendor] >= 0 else len(wishes)
        found = next((at for at, one in enumerate(wishes[:rank]) if left.runs(vendor, one)), None)
        if found is not None:
            best[vendor] = found
        elif now[vendor] >= 0 and rank < len(wishes):
            left.take(vendor, left.runs(vendor, wishes[rank]))
        else:
            left.stays(vendor)
    return best


class _Left:
    """Which stalls are left to whom; those proven to be somebody's are nobody else's."""

    def __init__(self, draft: Draft, certain: Certain) -> None:
        self.ground = draft.ground
        self.taken = np.full(len(self.ground.stalls), -1, dtype=np.int64)
        self.closed = self._closed(certain)
        only = [
            vendor
            for vendor, one in enumerate(self.ground.vendors)
            if certain.placed[vendor] and vendor not in self.ground.pins
            and (not one.anywhere or self.ground.own[vendor] is not None)
        ]  # fmt: skip
        for _ in range(3):
            for vendor in only:
                self.stays(vendor)

    def _closed(self, certain: Certain) -> Flags:
        """Reserved stalls that an insider who is certainly refused would take at once."""
        ground = self.ground
        closed = np.zeros(len(ground.stalls), dtype=bool)
        for vendor in np.flatnonzero(certain.refused).tolist():
            limited = any(ground.limits[one] < UNLIMITED for one in ground.goods[vendor])
            if ground.vendors[vendor].anywhere and not limited and vendor not in ground.pins:
                closed |= ground.could.of(vendor) & ground.at_home[int(ground.kind[vendor])]
        return closed

    def _open(self, vendor: int) -> Flags:
        ground = self.ground
        kind = int(ground.kind[vendor])
        mine = (self.taken == -1) | (self.taken == vendor)
        allowed = ground.good[kind] & mine & ~(ground.foreign[kind] & self.closed)
        own = ground.own[vendor]
        if own is not None:
            allowed[own[0] : own[0] + own[1]] = True
        one = ground.vendors[vendor]
        if not one.anywhere:
            named = np.zeros(len(ground.stalls), dtype=bool)
            named[[*ground.wishes[vendor], *(ground.index[name] for name in one.own_stalls)]] = True
            allowed &= named
        return np.asarray(allowed, dtype=bool)

    def runs(self, vendor: int, wish: int) -> list[int]:
        """Where runs over a wished stall begin that are left to a vendor."""
        length = self.ground.least[vendor]
        allowed = self._open(vendor)
        linked = self.ground.linked
        found = []
        for start in range(max(0, wish - length + 1), wish + 1):
            end = start + length
            inside = end <= len(allowed) and allowed[start:end].all()
            if inside and linked[start : end - 1].all():
                found.append(start)
        return found

    def take(self, vendor: int, starts: list[int]) -> None:
        """The stalls that all these runs have in common are this vendor's."""
        if starts:
            length = self.ground.least[vendor]
            self.taken[max(starts) : min(starts) + length] = vendor

    def stays(self, vendor: int) -> None:
        """A holder without any possible wish keeps the own stalls; somebody who takes only wished
        stalls, and has but one possible, has that one."""
        ground = self.ground
        over = [self.runs(vendor, wish) for wish in ground.wishes[vendor]]
        starts = {start for one in over for start in one}
        own = ground.own[vendor]
        if own is not None:
            if not starts:
                self.taken[own[0] : own[0] + own[1]] = vendor
        elif (
            not ground.vendors[vendor].anywhere and starts and not ground.vendors[vendor].own_stalls
        ):
            self.take(vendor, sorted(starts))
