"""The first draft of a large day, led by a linear programme that knows all vendors at once."""

import numpy as np

from market.planning.bounds import SLACK, Reals, Relaxed, dense_ranks, members, placed
from market.planning.draft import Draft
from market.planning.ground import Flags, Ground
from market.planning.problem import CLASSES
from market.planning.start import (
    Late,
    as_before_first,
    exchange,
    fill,
    intruders,
    movable,
    settled,
    unwanted,
)

SURE = 0.99


def led_draft(ground: Ground, late: Late, seconds: float) -> Draft | None:
    """A draft with those placed whom the programme has chosen; None when it finds nothing."""
    ground.open_reserved(np.zeros(len(ground.stalls), dtype=bool))
    found = _shares(ground, seconds)
    if found is None:
        return None
    relaxed, share = found
    chosen = share[: relaxed.vendors] > 1 - SURE
    draft = settled(ground)
    if ground.problem.calm:
        as_before_first(draft, chosen)
        _place(draft, chosen)
    else:
        _take_over(draft, relaxed, share)
        _place(draft, chosen)
    fill_reserved(draft, late)
    return draft


def fill_reserved(draft: Draft, late: Late) -> None:
    """Place whoever fits in still, also at reserved stalls that nobody inside wants."""
    ground = draft.ground
    _complete(draft, late)
    mark = len(draft.journal)
    ground.open_reserved(unwanted(draft, wished_too=True))
    _complete(draft, late)
    if intruders(draft):
        draft.back(mark)
        ground.open_reserved(np.zeros(len(ground.stalls), dtype=bool))


def _complete(draft: Draft, late: Late) -> None:
    """Place whoever fits in still, and exchange."""
    fill(draft, late)
    while exchange(draft):
        fill(draft, late)


def _shares(ground: Ground, seconds: float) -> tuple[Relaxed, Reals] | None:
    """The best placing in fractions, class by class and then by seniority; None out of time.

    Nearly all of it is whole: rows of stalls are lines of neighbours.
    """
    relaxed = Relaxed(ground, ground.opened)
    found = None
    for gains in counted(ground):
        best = relaxed.best(gains, seconds - relaxed.highs.getRunTime())
        if best is None:
            break
        found = relaxed.columns_now()
        whole = float(np.floor(best + SLACK))
        if best - whole < SLACK:
            relaxed.keep()
        else:
            relaxed.demand(gains, whole)
    return None if found is None else (relaxed, found)


def counted(ground: Ground) -> list[Reals]:
    """What a placed vendor brings in: in its class, class by class; then by its seniority."""
    aims = [members(ground, standing) for standing in CLASSES]
    aims += [-dense_ranks(ground, standing) for standing in CLASSES]
    return [gains for gains in aims if gains.any()]


def as_good(draft: Draft) -> tuple[float, ...]:
    """How good a draft is in the aims of placing; to be compared."""
    there = placed(draft)
    return tuple(float((gains * there).sum()) for gains in counted(draft.ground))


def _take_over(draft: Draft, relaxed: Relaxed, share: Reals) -> None:
    """Put those on their runs of whom the programme is sure."""
    _move_holders(draft, relaxed, share)
    for block in relaxed.blocks:
        part = share[block.column : block.column + len(block.starts)]
        runs = [
            (start, block.length)
            for start in block.starts[part > SURE].tolist()
            if (draft.at[start : start + block.length] == -1).all()
        ]
        waiting = [
            one
            for one in block.members
            if draft.run[one] is None and share[one] > SURE and draft.room(one, block.length)
        ]
        for vendor, run in zip(waiting, runs, strict=False):
            draft.put(vendor, run)


def _move_holders(draft: Draft, relaxed: Relaxed, share: Reals) -> None:
    """Holders whom the programme has moved to a wish leave their own stalls to others."""
    moves = {}
    for block in relaxed.blocks:
        vendor = block.members[0]
        part = share[block.column : block.column + len(block.starts)]
        if draft.ground.own[vendor] is not None and (part > SURE).any():
            moves[vendor] = int(block.starts[np.argmax(part)]), block.length
    for vendor in moves:
        draft.put(vendor, None)
    for vendor, run in moves.items():
        draft.put(vendor, run)


def _place(draft: Draft, chosen: Flags) -> None:
    """Find runs for those who are chosen and have none yet, those of many stalls first."""
    ground = draft.ground
    waiting = [one for one in np.flatnonzero(chosen).tolist() if draft.run[one] is None]
    for vendor in sorted(waiting, key=lambda one: (-ground.least[one], one)):
        length = ground.least[vendor]
        if not draft.room(vendor, length):
            continue
        if not draft.place(vendor, length, movable(draft)) and ground.problem.calm:
            draft.place(vendor, length, ground.free_to_move)
