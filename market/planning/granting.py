"""More stalls in rounds, then wishes by seniority, on a large day that has its draft."""

import numpy as np

from market.planning.draft import FREE, Draft
from market.planning.ground import Flags, Run
from market.planning.start import Late, movable, previous_runs


def give_more(draft: Draft, late: Late) -> None:
    """In rounds: one more stall for everybody who takes one, before anybody has a second more."""
    ground = draft.ground
    asked = [most - least for most, least in zip(ground.most, ground.least, strict=True)]
    for extra in range(1, max(asked, default=0) + 1):
        waiting = [
            vendor
            for vendor, run in enumerate(draft.run)
            if run is not None and asked[vendor] >= extra and vendor not in ground.pins
            and run[1] == ground.least[vendor] + extra - 1
        ]  # fmt: skip
        waiting = [one for one in waiting if not widened(draft, one)]
        in_vain: set[tuple[int, int]] = set()
        for vendor in waiting:
            if late() or not (draft.at == FREE).any():
                break
            _moved_for_more(draft, vendor, in_vain)


def widened(draft: Draft, vendor: int) -> bool:
    """Give a vendor the free stall beside its own; of two the one that others miss less."""
    run = draft.run[vendor]
    if run is None or not draft.room(vendor, 1):
        return False
    wider = (run[0], run[1] + 1), (run[0] - 1, run[1] + 1)
    starts = set(draft.ground.runs(vendor, run[1] + 1).tolist())
    found = [
        (float(draft.ground.worth[beside]), new)
        for new, beside in zip(wider, (run[0] + run[1], run[0] - 1), strict=True)
        if new[0] in starts and draft.at[beside] == FREE
    ]
    if found:
        draft.put(vendor, min(found)[1])
    return bool(found)


def _moved_for_more(draft: Draft, vendor: int, in_vain: set[tuple[int, int]]) -> None:
    """Find a longer run elsewhere, or let others make room."""
    ground = draft.ground
    run = draft.run[vendor]
    if run is None or not draft.room(vendor, 1):
        return
    length = run[1] + 1
    key = int(ground.kind[vendor]), length
    loose = movable(draft)
    if (ground.free_to_move[vendor] and key in in_vain) or (
        ground.problem.calm and not loose[vendor]
    ):
        return
    if _taken_around(draft, vendor, run, loose):
        return
    mark = len(draft.journal)
    draft.put(vendor, None)
    if not draft.place(vendor, length, loose):
        draft.back(mark)
        if ground.free_to_move[vendor]:
            in_vain.add(key)


def _taken_around(draft: Draft, vendor: int, run: Run, loose: Flags) -> bool:
    """Take the stall of a neighbour who can stand elsewhere."""
    starts = set(draft.ground.runs(vendor, run[1] + 1).tolist())
    wider = (run[0], run[1] + 1), (run[0] - 1, run[1] + 1)
    return any(new[0] in starts and draft.take(vendor, new, loose) for new in wider)


def grant(draft: Draft, late: Late) -> None:
    """Grant each vendor in order the dearest wish to be had without a loss for anybody before.

    Nobody loses the place or a stall; whoever stands where nothing was wished may be moved, and
    so may those whose turn has not come.
    """
    ground = draft.ground
    loose = movable(draft)
    for vendor, wishes in enumerate(ground.wishes):
        run = draft.run[vendor]
        if run is None or late():
            continue
        if vendor in ground.pins or not wishes:
            continue
        rank = ground.rank(vendor, run)
        stays = ground.problem.calm and not movable(draft)[vendor] and ground.free_to_move[vendor]
        if not stays:
            for wish in wishes[:rank]:
                if _granted(draft, vendor, wish, loose):
                    break
        now = draft.run[vendor]
        if now is not None and ground.rank(vendor, now) < len(wishes):
            loose[vendor] = False


def _granted(draft: Draft, vendor: int, wish: int, loose: Flags) -> bool:
    """Give a vendor a run as long as its own over a wished stall, if that can be done."""
    length = int(draft.length[vendor])
    starts = draft.ground.runs(vendor, length)
    over = starts[(starts <= wish) & (starts > wish - length)].tolist()
    crowded = sorted(over, key=lambda at: (len(draft.occupants((at, length))), at))
    return any(draft.take(vendor, (at, length), loose) for at in crowded)


def as_before(draft: Draft) -> None:
    """Bring those back to their previous stalls who stand nowhere they wished, where that is free
    or somebody as loose can change places."""
    ground = draft.ground
    loose = ground.free_to_move.copy()
    before = previous_runs(ground)
    for vendor, run in enumerate(draft.run):
        if run is not None and ground.rank(vendor, run) < len(ground.wishes[vendor]):
            loose[vendor] = False
        if run is not None and before.get(vendor) == run:
            loose[vendor] = False
    for vendor, old in before.items():
        now = draft.run[vendor]
        if not loose[vendor] or now is None or now[1] != old[1]:
            continue
        if old[0] in ground.runs(vendor, old[1]) and draft.take(vendor, old, loose):
            loose[vendor] = False


def keep_apart(draft: Draft) -> None:
    """Let vendors of the same goods who stand side by side change places with others."""
    ground = draft.ground
    before = previous_runs(ground)
    still = {vendor for vendor, run in before.items() if draft.run[vendor] == run}
    loose = [
        vendor
        for vendor, run in enumerate(draft.run)
        if run is not None and ground.free_to_move[vendor] and vendor not in still
        and ground.rank(vendor, run) > len(ground.wishes[vendor])
    ]  # fmt: skip
    for vendor in loose:
        clashes = same_beside(draft, vendor)
        if clashes:
            _changed_places(draft, vendor, clashes, loose)


def _changed_places(draft: Draft, vendor: int, clashes: int, loose: list[int]) -> None:
    """Change places with the first other by which fewer stand beside their like."""
    ground = draft.ground
    run = draft.run[vendor]
    if run is None:
        return
    starts = set(ground.runs(vendor, run[1]).tolist())
    for other in loose:
        theirs = draft.run[other]
        if theirs is None or theirs[1] != run[1] or theirs[0] not in starts or other == vendor:
            continue
        if run[0] not in ground.runs(other, run[1]):
            continue
        now = clashes + same_beside(draft, other)
        mark = len(draft.journal)
        for one, new in ((vendor, None), (other, run), (vendor, theirs)):
            draft.put(one, new)
        if same_beside(draft, vendor) + same_beside(draft, other) < now:
            return
        draft.back(mark)


def same_beside(draft: Draft, vendor: int) -> int:
    """With how many neighbours a vendor shares goods that should be apart."""
    ground = draft.ground
    run = draft.run[vendor]
    apart = {at for at, one in enumerate(ground.problem.categories) if one.keep_apart}
    mine = apart & set(ground.goods[vendor])
    if run is None or not mine:
        return 0
    found = 0
    last = run[0] + run[1] - 1
    for inner, outer in ((run[0] - 1, run[0] - 1), (last, last + 1)):
        if inner >= 0 and ground.linked[inner] and draft.at[outer] >= 0:
            found += len(mine & set(ground.goods[int(draft.at[outer])]))
    return found


def ranks(draft: Draft) -> np.typing.NDArray[np.int64]:
    """By vendor how dear its run is; -1 without one."""
    ground = draft.ground
    return np.array(
        [-1 if run is None else ground.rank(vendor, run) for vendor, run in enumerate(draft.run)],
        dtype=np.int64,
    )
