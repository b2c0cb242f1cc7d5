"""Large days: a very good plan in a minute, and an honest bound for each aim.

A linear programme over needs and numbers of stalls (`guided`) says who can be placed; the rest is
done by hand, as it were: chains of vendors who move up, more stalls in rounds, wishes in order of
seniority, and at the end exchanges until nobody junior stands where a senior could.
"""

from collections.abc import Callable

import numpy as np

from market.planning.alternatives import others
from market.planning.answer import Aim
from market.planning.bounds import SLACK, Certain, Reals, Relaxed, dense_ranks, members, placed
from market.planning.draft import Draft
from market.planning.finishing import finish
from market.planning.granting import as_before, give_more, grant, keep_apart, ranks, same_beside
from market.planning.ground import Ground
from market.planning.guided import as_good, fill_reserved, led_draft
from market.planning.problem import CLASSES, Problem
from market.planning.start import Late, filled, first_draft, previous_runs, unwanted
from market.planning.stopwatch import Progress, Stopwatch, within
from market.planning.whole import Proof, best_plan, placing
from market.planning.wish_bounds import best_ranks

Plan = dict[str, tuple[str, ...]]
Watching = Callable[[Progress], bool]

SHARE_OF_START = 0.5
SHARE_OF_BOUNDS = 0.9
SHARE_OF_PLAN = 0.7
STEPS = ("start", "placed", "wishes", "bounds")
HOLDERS = "holders"
OF_PLACING = (HOLDERS, "placed.", "seniority.")


def propose_large(
    problem: Problem, seconds: float | None = None, progress: Watching | None = None
) -> tuple[Plan, tuple[Aim, ...]]:
    """Return a plan of a large day and its aims with their bounds; the problem must be sound.

    With `seconds` it takes about so long at most. Raises Cancelled when `progress` answers False.
    """
    watch = Stopwatch(seconds, progress)
    draft, proof = _planned(problem, watch, SHARE_OF_PLAN)
    watch.tell(STEPS[3], 4, len(STEPS))
    return plan_of(draft), proven_aims(draft, proof, within(watch, SHARE_OF_BOUNDS * watch.left()))


def start(problem: Problem, seconds: float | None = None, progress: Watching | None = None) -> Plan:
    """Return a plan of a large day without bounds: something good to begin with."""
    return plan_of(_planned(problem, Stopwatch(seconds, progress), 1.0)[0])


def plan_of(draft: Draft) -> Plan:
    """Return the stalls of all who are placed, by identity."""
    ground = draft.ground
    return {
        ground.vendors[vendor].id: ground.names_of(run)
        for vendor, run in enumerate(draft.run)
        if run is not None
    }


def _planned(problem: Problem, watch: Stopwatch, share: float) -> tuple[Draft, Proof]:
    """The plan as a draft, aim after aim, in a share of the time; and what is proven of it."""
    whole = within(watch, share * watch.left())

    def late() -> bool:
        return whole.left() <= 0

    ground = Ground(problem)
    watch.tell(STEPS[0], 1, len(STEPS))
    draft = _placed(ground, whole, late)
    watch.tell(STEPS[1], 2, len(STEPS), float(placed(draft).sum()))
    draft, proof = best_plan(draft, whole) if not late() else (draft, Proof())
    watch.tell(STEPS[2], 3, len(STEPS))
    ground.open_reserved(unwanted(draft, wished_too=True))
    if not proof.decided:
        give_more(draft, late)
        grant(draft, late)
    proof.values = {aim.name: aim.value for aim in values(draft)}
    keep_apart(draft)
    as_before(draft)
    finish(draft, late)
    return draft, proof


def _placed(ground: Ground, watch: Stopwatch, late: Late) -> Draft:
    """As many as possible, class by class and then by seniority, with the fewest stalls."""
    simple = first_draft(ground, late)
    opened = ground.opened
    led: Draft | None = None
    if ground.problem.calm:
        led = led_draft(ground, late, SHARE_OF_START * watch.left())
    elif not late():
        ground.open_reserved(np.zeros(len(ground.stalls), dtype=bool))
        led = placing(filled(ground, late), within(watch, SHARE_OF_START * watch.left()))
        if led is not None:
            fill_reserved(led, late)
    if led is not None and as_good(led) >= as_good(simple):
        return led
    ground.open_reserved(opened)
    return simple


def bounds(problem: Problem, plan: Plan, seconds: float | None = None) -> tuple[Aim, ...]:
    """Return the aims of any plan of a sound problem with their bounds."""
    ground = Ground(problem)
    draft = Draft(ground)
    for name, stalls in sorted(plan.items()):
        draft.put(ground.number[name], ground.run_of(stalls))
    return aims_of_draft(draft, float("inf") if seconds is None else seconds)


def aims_of_draft(draft: Draft, seconds: float) -> tuple[Aim, ...]:
    """Return value and bound of every aim, in order; later bounds hold for plans that are no
    worse in the aims before."""
    ground = draft.ground
    holders = _holders(draft)
    aims = [holders] if holders is not None else []
    placing, certain, extra = _placing(draft, seconds)
    aims += placing
    kept = _kept(draft)
    calm = ground.problem.calm
    aims += [kept] if kept and calm else []
    aims += _rounds(draft, extra)
    if any(ground.wishes):
        first, possible = first_wishes(draft, certain)
        aims.append(_aim("wishes.first", first, possible))
    if any(category.keep_apart for category in ground.problem.categories):
        aims.append(_aim("apart", _apart(draft), 0.0, "fewer"))
    aims += [kept] if kept and not calm else []
    return tuple(aims)


def values(draft: Draft) -> tuple[Aim, ...]:
    """Every aim in its order with its value; the bounds are what nobody can exceed."""
    ground = draft.ground
    there = placed(draft)
    aims = [one for one in (_holders(draft),) if one is not None]
    for standing in CLASSES:
        gains = members(ground, standing)
        if gains.any():
            aims.append(_aim(f"placed.{standing}", float((gains * there).sum()), gains.sum()))
    for standing in CLASSES:
        gains = dense_ranks(ground, standing)
        if gains.any():
            value = float((gains * there).sum())
            aims.append(_aim(f"seniority.{standing}", value, 0.0, "fewer"))
    kept = _kept(draft)
    calm = ground.problem.calm
    aims += [kept] if kept and calm else []
    aims += _rounds(draft, _most_more(draft))
    if any(ground.wishes):
        nobody = np.zeros(len(there), dtype=bool)
        aims.append(_aim("wishes.first", *first_wishes(draft, Certain(nobody, nobody))))
    if any(category.keep_apart for category in ground.problem.categories):
        aims.append(_aim("apart", _apart(draft), 0.0, "fewer"))
    aims += [kept] if kept and not calm else []
    return tuple(aims)


def _most_more(draft: Draft) -> int:
    """How many stalls more than the fewest can be given at most, if no fewer have a place."""
    least = sorted(one.min_stalls for one in draft.ground.vendors)
    return int(draft.ground.usable.sum()) - sum(least[: int(placed(draft).sum())])


def proven_aims(draft: Draft, proof: Proof, watch: Stopwatch) -> tuple[Aim, ...]:
    """Value and bound of every aim: the bounds of a proof, and of plans that it does not know."""
    found = values(draft)
    if not proof.bounds:
        return aims_of_draft(draft, watch.left())
    reached = {aim.name: aim.value for aim in found}
    other, alive = others(draft, proof.closed, reached, watch)
    aims, holds, placing = [], True, True
    for aim in found:
        placing = placing and aim.name.startswith(OF_PLACING)
        known = proof.wishes if aim.name == "wishes.first" else proof.bounds.get(aim.name)
        best = max if aim.better == "more" else min
        bound = aim.bound
        if known is not None and holds and aim.name != HOLDERS and (placing or not alive):
            bound = known if not placing else best(known, other.get(aim.name, known))
        aims.append(_aim(aim.name, aim.value, bound, aim.better))
        before = proof.values[aim.name]
        holds = holds and best(aim.value, before) == aim.value
    return tuple(aims)


def _aim(name: str, value: float, bound: float, better: str = "more") -> Aim:
    """An aim, proven when value and bound meet."""
    bound = max(bound, value) if better == "more" else min(bound, value)
    return Aim(name, float(value), float(bound), value == bound, better)


def _holders(draft: Draft) -> Aim | None:
    """How many holders are no worse off; those who cannot be are known from the beginning."""
    ground = draft.ground
    value = bound = 0
    for vendor, one in enumerate(ground.vendors):
        if not one.own_stalls:
            continue
        run = draft.run[vendor]
        has = set(ground.names_of(run)) if run else set[str]()
        keeps = len(has) >= len(one.own_stalls) and bool(
            set(one.own_stalls) <= has or has & set(one.wishes)
        )
        value += keeps
        bound += keeps or (vendor not in ground.pins and bool(one.wishes or ground.own[vendor]))
    some = any(one.own_stalls for one in ground.vendors)
    return _aim("holders", value, bound) if some else None


def _placing(draft: Draft, seconds: float) -> tuple[list[Aim], Certain, int]:
    """The aims of placing; of whom it is certain whether they have a place; how many stalls more
    than the fewest can be given in all."""
    ground = draft.ground
    relaxed = Relaxed(ground, ground.any_foreign)
    there = placed(draft)
    aims = []
    counts = [(f"placed.{one}", members(ground, one), "more") for one in CLASSES]
    counts += [(f"seniority.{one}", -dense_ranks(ground, one), "fewer") for one in CLASSES]
    for name, gains, better in counts:
        if not gains.any():
            continue
        value = float((gains * there).sum())
        best = _bound(relaxed, gains, value, seconds)
        aims.append(_aim(name, abs(value), abs(best), better))
    least = np.array([float(one.min_stalls) for one in ground.vendors])
    fewest = relaxed.best(-least, seconds - relaxed.highs.getRunTime())
    usable = int(ground.usable.sum())
    extra = usable - int(np.ceil(-fewest - SLACK)) if fewest is not None else usable
    return aims, relaxed.certain(), extra


def _bound(relaxed: Relaxed, gains: Reals, value: float, seconds: float) -> float:
    """The bound of an aim, after which only plans count that are as good as this one."""
    best = relaxed.best(gains, seconds - relaxed.highs.getRunTime())
    if best is None:
        relaxed.demand(gains, value)
        return float(gains.clip(min=0).sum())
    whole = float(np.floor(best + SLACK))
    if best - value < SLACK:
        relaxed.keep()
    else:
        relaxed.demand(gains, value)
    return whole


def _rounds(draft: Draft, extra: int) -> list[Aim]:
    """For each stall more than the smallest number, how many have so many.

    All together have no more than `extra` stalls beyond their smallest numbers, and nobody has a
    second one without a first.
    """
    ground = draft.ground
    asked = [one.max_stalls - one.min_stalls for one in ground.vendors]
    has = [
        0 if run is None else run[1] - one.min_stalls
        for run, one in zip(draft.run, ground.vendors, strict=True)
    ]
    aims, before = [], len(asked)
    for more in range(1, max(asked, default=0) + 1):
        value = sum(number >= more for number in has)
        bound = min(sum(number >= more for number in asked), before, extra)
        aims.append(_aim(f"rounds.{more}", value, bound))
        extra, before = extra - value, bound
    return aims


def first_wishes(draft: Draft, certain: Certain) -> tuple[int, int]:
    """How many have their first wish, and how many could if nobody senior had a lesser one."""
    now, best = ranks(draft), best_ranks(draft, certain)
    wishing = np.array([bool(wishes) for wishes in draft.ground.wishes], dtype=bool)
    return int(((now == 0) & wishing).sum()), int(((best == 0) & wishing).sum())


def _apart(draft: Draft) -> int:
    """How many pairs of vendors side by side share goods that should stand apart."""
    return sum(same_beside(draft, vendor) for vendor in range(len(draft.run))) // 2


def _kept(draft: Draft) -> Aim | None:
    """How many have exactly what they had in the previous plan."""
    before = previous_runs(draft.ground)
    value = sum(draft.run[vendor] == run for vendor, run in before.items())
    usable = draft.ground.usable
    bound = sum(bool(usable[run[0] : run[0] + run[1]].all()) for run in before.values())
    return _aim("kept", value, bound) if before else None
