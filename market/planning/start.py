"""Placing as many as possible on a large day: class by class, the senior before the junior."""

from collections.abc import Callable

import numpy as np

from market.planning.draft import FREE, Draft
from market.planning.ground import Flags, Ground, Run
from market.planning.problem import CLASSES

Late = Callable[[], bool]
"""Whether the time is over."""


def first_draft(ground: Ground, late: Late) -> Draft:
    """Everybody who can be placed with the fewest stalls they take.

    It is done twice: only the first draft shows which reserved stalls nobody inside wants.
    """
    draft = filled(ground, late)
    closed = ground.opened
    opened = unwanted(draft, wished_too=True)
    if opened.any():
        ground.open_reserved(opened)
        again = filled(ground, late)
        if not intruders(again):
            return again
        ground.open_reserved(closed)
    return draft


def settled(ground: Ground) -> Draft:
    """Pins and holders alone."""
    draft = Draft(ground)
    for vendor, run in ground.pins.items():
        draft.put(vendor, run)
    for vendor, own in enumerate(ground.own):
        if own is not None and vendor not in ground.pins and draft.room(vendor, own[1]):
            draft.put(vendor, own)
    return draft


def filled(ground: Ground, late: Late) -> Draft:
    """Pins, holders, on a calm day whoever stood there before, then all others by their order."""
    draft = settled(ground)
    if ground.problem.calm:
        as_before_first(draft, np.ones(len(ground.vendors), dtype=bool))
    fill(draft, late)
    while exchange(draft):
        fill(draft, late)
    return draft


def as_before_first(draft: Draft, chosen: Flags) -> None:
    """Let the chosen stand where they stood in the previous plan, as far as that is allowed."""
    ground = draft.ground
    for vendor, run in previous_runs(ground).items():
        length = run[1]
        fits = chosen[vendor] and ground.least[vendor] <= length <= ground.most[vendor]
        if draft.run[vendor] is not None or not fits or not draft.room(vendor, length):
            continue
        if run[0] in draft.free_starts(vendor, length):
            draft.put(vendor, run)


def previous_runs(ground: Ground) -> dict[int, Run]:
    """The previous stalls by vendor, in order, where they are neighbours still."""
    return ground.before


def movable(draft: Draft) -> Flags:
    """Who may be moved to make room for others: on a calm day nobody who stands as before."""
    ground = draft.ground
    flags = ground.free_to_move.copy()
    if ground.problem.calm:
        for vendor, run in previous_runs(ground).items():
            flags[vendor] &= draft.run[vendor] != run
    return flags


def fill(draft: Draft, late: Late) -> None:
    """Place those who stand nowhere: by class, those of few stalls first, then by seniority."""
    ground = draft.ground
    for standing in CLASSES:
        waiting = [
            vendor
            for vendor, one in enumerate(ground.vendors)
            if one.standing == standing and draft.run[vendor] is None
        ]
        in_vain: set[tuple[int, int]] = set()
        for vendor in sorted(waiting, key=lambda one: (ground.least[one], one)):
            length = ground.least[vendor]
            key = (int(ground.kind[vendor]), length)
            if vendor in ground.pins or not draft.room(vendor, length) or late():
                continue
            if ground.free_to_move[vendor] and key in in_vain:
                continue
            done = draft.place(vendor, length, movable(draft))
            if not done and ground.problem.calm:
                done = draft.place(vendor, length, ground.free_to_move)
            if not done and ground.free_to_move[vendor]:
                in_vain.add(key)


def exchange(draft: Draft) -> bool:
    """Let seniors stand instead of juniors where one exchange is enough."""
    ground = draft.ground
    done = False
    for vendor in range(len(ground.vendors)):
        if draft.run[vendor] is None and vendor not in ground.pins:
            done = exchanged(draft, vendor) or done
    return done


def exchanged(draft: Draft, senior: int) -> bool:
    """Place somebody who stands nowhere instead of the most junior possible."""
    ground = draft.ground
    length = ground.least[senior]
    starts = ground.runs(senior, length)
    if not len(starts):
        return False
    held = np.stack([draft.at[starts + step] for step in range(length)])
    most = held.max(axis=0)
    alone = ((held == most) | (held == FREE)).all(axis=0)
    gone: set[int] = set()
    if not draft.room(senior, length) and (most == FREE).any():
        gone = _of_same_goods(draft, senior)
    gone |= set(most[alone & (most >= 0)].tolist())
    for junior in sorted(gone, reverse=True):
        if not _may_go(ground, junior, senior):
            continue
        mark = len(draft.journal)
        draft.put(junior, None)
        if draft.room(senior, length):
            run = draft.best_free(senior, length)
            if run is not None:
                draft.put(senior, run)
                return True
        draft.back(mark)
    return False


def _of_same_goods(draft: Draft, vendor: int) -> set[int]:
    """Who stands somewhere and shares a category with this vendor."""
    goods = set(draft.ground.goods[vendor])
    return {
        other
        for other, theirs in enumerate(draft.ground.goods)
        if draft.run[other] is not None and goods & set(theirs)
    }


def _may_go(ground: Ground, junior: int, senior: int) -> bool:
    """Whether a junior may lose the place to a senior: never a pinned one, never a holder."""
    by_right = junior in ground.pins or bool(ground.vendors[junior].own_stalls)
    return junior > senior and not by_right


def unwanted(draft: Draft, wished_too: bool) -> Flags:
    """Reserved stalls that nobody wants for whom they are reserved.

    With `wished_too` every wish of an insider counts, whether it is granted or not: such a stall
    stays closed while wishes are still being granted.
    """
    ground = draft.ground
    opened = np.array([bool(stall.reserved_for) for stall in ground.stalls], dtype=bool)
    for vendor in range(len(ground.vendors)):
        kind = int(ground.kind[vendor])
        if ground.kinds[kind].inside and opened.any() and vendor not in ground.pins:
            opened &= ~_wants(draft, vendor, wished_too)
    return opened


def _wants(draft: Draft, vendor: int, wished_too: bool) -> Flags:
    """The stalls reserved for a vendor that it could stand at and still wants."""
    ground = draft.ground
    run = draft.run[vendor]
    wants = np.zeros(len(ground.stalls), dtype=bool)
    if run is None and not draft.room(vendor, ground.vendors[vendor].min_stalls):
        return wants
    rank = len(ground.wishes[vendor]) + 2 if run is None else ground.rank(vendor, run)
    dear = ground.wishes[vendor] if wished_too else ground.wishes[vendor][:rank]
    if not dear and (run is not None or not ground.vendors[vendor].anywhere):
        return wants
    could = ground.could.of(vendor) & ground.at_home[int(ground.kind[vendor])]
    if run is None and ground.vendors[vendor].anywhere:
        wants |= could
    wants[[one for one in dear if could[one]]] = True
    return wants


def intruders(draft: Draft) -> list[int]:
    """Outsiders at reserved stalls that somebody inside wants."""
    ground = draft.ground
    inside = unwanted(draft, wished_too=False)
    found = []
    for vendor, run in enumerate(draft.run):
        if run is None or vendor in ground.pins:
            continue
        own = ground.own[vendor]
        foreign = ground.foreign[int(ground.kind[vendor])]
        for at in range(run[0], run[0] + run[1]):
            mine = own is not None and own[0] <= at < own[0] + own[1]
            if foreign[at] and not mine and not inside[at]:
                found.append(vendor)
                break
    return found
