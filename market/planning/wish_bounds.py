"""Which better wishes are proven to be impossible without a loss for somebody senior."""

import numpy as np

from market.planning.draft import Draft
from market.planning.granting import ranks
from market.planning.ground import Flags, Ground, Numbers


def best_ranks(draft: Draft, refused: Flags) -> Numbers:
    """By vendor, the best rank not proven impossible in plans that are no worse for the seniors.

    Whoever has a wish, and is proven to have none better, stands at just that stall in all those
    plans: so it is nobody else's, and the next in order has fewer to choose from.
    """
    ground = draft.ground
    now = ranks(draft)
    best = now.copy()
    taken = np.full(len(ground.stalls), -1, dtype=np.int64)
    for vendor, own in enumerate(ground.own):
        if own is not None and not ground.wishes[vendor]:
            taken[own[0] : own[0] + own[1]] = vendor
    for vendor, wishes in enumerate(ground.wishes):
        if refused[vendor] or vendor in ground.pins:
            continue
        rank = int(now[vendor]) if now[vendor] >= 0 else len(wishes)
        better = (at for at, wish in enumerate(wishes[:rank]) if _possible(draft, vendor, wish, taken))
        found = next(better, None)
        if found is not None:
            best[vendor] = found
        elif now[vendor] >= 0 and rank < len(wishes):
            taken[wishes[rank]] = vendor
        elif ground.own[vendor] is not None:
            _keeps_own(ground, vendor, taken)
    return best


def _keeps_own(ground: Ground, vendor: int, taken: Numbers) -> None:
    """A holder without any possible wish stays."""
    own = ground.own[vendor]
    if own is not None:
        taken[own[0] : own[0] + own[1]] = vendor


def _possible(draft: Draft, vendor: int, wish: int, taken: Numbers) -> bool:
    """Whether a run over a wished stall is left to a vendor by those before it."""
    ground = draft.ground
    if not ground.could.of(vendor)[wish]:
        return False
    one = ground.vendors[vendor]
    allowed = ground.good[int(ground.kind[vendor])]
    named = {*ground.wishes[vendor], *(ground.index[name] for name in one.own_stalls)}
    left = right = 0

    def open_(at: int) -> bool:
        mine = taken[at] in (-1, vendor)
        return bool(allowed[at] and mine and (one.anywhere or at in named))

    if not open_(wish):
        return False
    while wish - left > 0 and ground.linked[wish - left - 1] and open_(wish - left - 1):
        left += 1
    while ground.linked[wish + right] and open_(wish + right + 1):
        right += 1
    return left + 1 + right >= ground.least[vendor]
