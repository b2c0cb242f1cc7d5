"""The end of a large day: nobody is left out whom a free stall, or one exchange, would place."""

import numpy as np

from market.planning.draft import Draft
from market.planning.granting import widened
from market.planning.start import Late, exchanged, intruders, unwanted

MOST_TURNS = 20


def finish(draft: Draft, late: Late) -> None:
    """Give away what is free, exchange, and let nobody stay where an insider wants to stand."""
    for _ in range(MOST_TURNS):
        changed = _insiders_first(draft)
        draft.ground.open_reserved(unwanted(draft, wished_too=False))
        changed = _left_out(draft) or changed
        if not changed or late():
            break
    for extra in range(max((one[1] for one in draft.run if one), default=0)):
        _spread(draft, extra)
    _insiders_first(draft)


def _spread(draft: Draft, extra: int) -> None:
    """One round of what is still free."""
    ground = draft.ground
    for vendor, run in enumerate(draft.run):
        if run is None or vendor in ground.pins:
            continue
        if run[1] == ground.least[vendor] + extra and run[1] < ground.most[vendor]:
            widened(draft, vendor)


def _left_out(draft: Draft) -> bool:
    """Place whoever stands nowhere and could, in order; whether anybody was placed."""
    ground = draft.ground
    changed = False
    for vendor, run in enumerate(draft.run):
        if run is not None or vendor in ground.pins:
            continue
        mark = len(draft.journal)
        length = ground.least[vendor]
        free = draft.best_free(vendor, length) if draft.room(vendor, length) else None
        if free is not None:
            draft.put(vendor, free)
        elif not exchanged(draft, vendor):
            continue
        if _leaves_reserved(draft) and intruders(draft):
            draft.back(mark)
        else:
            changed = True
    return changed


def _leaves_reserved(draft: Draft) -> bool:
    """Whether any outsider stands at a reserved stall, so that the rule is to be looked at."""
    ground = draft.ground
    at = draft.at[:-1]
    reserved = np.flatnonzero((at >= 0) & ground.any_foreign)
    return any(ground.foreign[int(ground.kind[int(at[one])])][one] for one in reserved.tolist())


def _insiders_first(draft: Draft) -> bool:
    """Move outsiders away from reserved stalls that an insider wants; whether any had to go."""
    ground = draft.ground
    changed = False
    for vendor in intruders(draft):
        length = int(draft.length[vendor])
        ground.open_reserved(np.zeros(len(ground.stalls), dtype=bool))
        draft.put(vendor, None)
        if not draft.settle(vendor, length, ground.free_to_move):
            draft.settle(vendor, ground.least[vendor], ground.free_to_move)
        changed = True
    return changed
