"""A large day as whole plans: the aims one after another, by programme, from a draft on.

`placing` looks for the best placing with the fewest stalls for everybody; `best_plan` goes on
from there with everything that a plan decides but goods apart, and proves what it can in time.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from market.planning.aims import aims_of
from market.planning.by_seniority import BySeniority
from market.planning.draft import Draft
from market.planning.ground import Flags
from market.planning.programmes import Programmes
from market.planning.shared import Shared
from market.planning.stopwatch import Stopwatch

FOR_PLACING = ("holders", "placed", "seniority")


@dataclass
class Proof:
    """The best a plan could be, by aim, as far as it is known; fewer are better for some.

    Each bound holds for plans that are no worse in the aims before.
    """

    bounds: dict[str, float] = field(default_factory=dict)
    wishes: float | None = None
    """The most first wishes in a plan that is as good in all else, and to the most senior."""
    values: dict[str, float] = field(default_factory=dict)
    closed: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))
    """The reserved stalls that no outsider has in the plans it speaks of."""
    decided: bool = False
    """Whether the wishes of everybody are decided."""


def closed_by(draft: Draft) -> Flags:
    """The reserved stalls of all rows alike where no outsider stands in a draft."""
    ground = draft.ground
    homes: dict[frozenset[str], list[int]] = {}
    for at, stall in enumerate(ground.stalls):
        if stall.reserved_for:
            homes.setdefault(stall.reserved_for, []).append(at)
    closed = np.zeros(len(ground.stalls), dtype=bool)
    for stalls in homes.values():
        closed[stalls] = not any(_outsider(draft, at) for at in stalls)
    return closed


def _outsider(draft: Draft, at: int) -> bool:
    """Whether somebody stands at a reserved stall for whom it is not reserved, by no right."""
    ground, vendor = draft.ground, int(draft.at[at])
    if vendor < 0 or vendor in ground.pins:
        return False
    own = ground.vendors[vendor].own_stalls
    return bool(ground.foreign[int(ground.kind[vendor])][at]) and ground.stalls[at].id not in own


def placing(draft: Draft, watch: Stopwatch) -> Draft | None:
    """The best placing where no outsider has a reserved stall; None when none is found."""
    ground = draft.ground
    shared = Shared(ground, ground.any_foreign, fewest=True)
    programmes = Programmes(shared.model, watch)
    if not taken_over(shared, programmes, draft):
        return None
    aims = [aim for aim in aims_of(shared.model) if aim.name.startswith(FOR_PLACING)]
    costs = [aim.costs(len(programmes.whole)) for aim in aims]
    if not programmes.reach_all(costs):
        for number, one in enumerate(costs):
            watch.tell(aims[number].name, number + 1, len(aims))
            programmes.minimise(one)
    return shared.draft_of(programmes.best)


def taken_over(shared: Shared, programmes: Programmes, draft: Draft) -> bool:
    """Begin with a draft; False where it does not fit into the model."""
    chosen = shared.columns_of(draft)
    if chosen is None:
        return False
    before = programmes.limits
    upper, lower = before.upper.copy(), before.lower.copy()
    decided = [one for one, column in enumerate(shared.model.columns) if column.size]
    upper[decided] = 0.0
    upper[chosen] = lower[chosen] = 1.0
    programmes.allow(replace(before, lower=lower, upper=upper))
    fits = programmes.find_whole()
    programmes.allow(before)
    return fits


def best_plan(draft: Draft, watch: Stopwatch) -> tuple[Draft, Proof]:
    """The best plan that time allows, at least as good as a draft, and what is proven of plans
    where outsiders have reserved stalls in no other rows than in the draft."""
    ground = draft.ground
    proof = Proof(closed=closed_by(draft))
    shared = Shared(ground, proof.closed)
    programmes = Programmes(shared.model, watch)
    if not taken_over(shared, programmes, draft):
        return draft, proof
    aims = aims_of(shared.model)
    first = next((place for place, aim in enumerate(aims) if not aim.counts), len(aims))
    for number, aim in enumerate(aims[:first]):
        watch.tell(aim.name, number + 1, len(aims))
        proof.bounds[aim.name] = abs(programmes.minimise(aim.costs(len(programmes.whole))).bound)
    if any(ground.wishes) and watch.left() > 0:
        granting = BySeniority(programmes, shared.model)
        proof.decided = granting.run()
        proof.wishes = granting.most_first()
    return shared.draft_of(programmes.best), proof
