"""The values of an answer's aims, reckoned again from the plan alone."""

from collections.abc import Callable, Iterator

from market.planning.checking_plan import CheckedPlan, Wrong
from market.planning.problem import PlanningVendor

NEARLY = 1e-6


def wrong_aims(plan: CheckedPlan) -> Iterator[Wrong]:
    """Yield aims whose value is not that of the plan, or better than their own bound."""
    for aim in plan.answer.aims:
        value = value_of(plan, aim.name)
        if value is not None and abs(value - aim.value) > NEARLY:
            yield Wrong("aim_value", (aim.name,))
        sign = 1 if aim.better == "more" else -1
        if sign * (aim.value - aim.bound) > NEARLY:
            yield Wrong("aim_bound", (aim.name,))
        if aim.proven and abs(aim.value - aim.bound) > NEARLY:
            yield Wrong("aim_proof", (aim.name,))


def value_of(plan: CheckedPlan, name: str) -> float | None:
    """The value of an aim by its name; None for one that a single day does not tell."""
    kind, _, which = name.partition(".")
    if kind in AIMS:
        return AIMS[kind](plan, which)
    return None


def _placed(plan: CheckedPlan, standing: str) -> float:
    """How many vendors of a class have a place."""
    return sum(one.standing == standing and one.id in plan.stalls for one in plan.vendors)


def _seniority(plan: CheckedPlan, standing: str) -> float:
    """The sum of ranks of those of a class who have a place; the most senior has rank 1."""
    there = [one for one in plan.vendors if one.standing == standing]
    ladder = sorted({one.seniority for one in there})
    return sum(ladder.index(one.seniority) + 1 for one in there if one.id in plan.stalls)


def _holders(plan: CheckedPlan, _which: str) -> float:
    """How many holders are no worse off."""
    return sum(_is_no_worse_off(plan, one) for one in plan.vendors if one.own_stalls)


def _is_no_worse_off(plan: CheckedPlan, vendor: PlanningVendor) -> bool:
    has, own = set(plan.stalls.get(vendor.id, ())), set(vendor.own_stalls)
    return own <= has or (len(has) >= len(own) and bool(has & set(vendor.wishes)))


def _rounds(plan: CheckedPlan, which: str) -> float:
    """How many vendors have so many stalls more than their minimum."""
    return sum(
        len(plan.stalls.get(one.id, ())) >= one.min_stalls + int(which) for one in plan.vendors
    )


def _kept(plan: CheckedPlan, _which: str) -> float:
    """How many vendors have exactly the stalls of the previous plan."""
    return sum(
        bool(before) and set(plan.stalls.get(name, ())) == set(before)
        for name, before in plan.problem.previous.items()
        if name not in plan.out
    )


AIMS: dict[str, Callable[[CheckedPlan, str], float]] = {
    "holders": _holders,
    "placed": _placed,
    "seniority": _seniority,
    "rounds": _rounds,
    "kept": _kept,
}
