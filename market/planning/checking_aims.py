"""The values of an answer's aims, reckoned again from the plan alone."""

from collections.abc import Callable, Iterator

from market.planning.checking_plan import CheckedPlan, Wrong
from market.planning.problem import PlanningVendor

NEARLY = 1e-6


def wrong_aims(plan: CheckedPlan) -> Iterator[Wrong]:
    """Yield aims whose value is not that of the plan, or better than their own bound."""
    for aim in plan.answer.aims:
        value = value_of(plan, aim.name)
        if value is None:
            yield Wrong("unknown_aim", (aim.name,))
        elif abs(value - aim.value) > NEARLY:
            yield Wrong("aim_value", (aim.name,))
        sign = 1 if aim.better == "more" else -1
        if sign * (aim.value - aim.bound) > NEARLY:
            yield Wrong("aim_bound", (aim.name,))
        if aim.proven and abs(aim.value - aim.bound) > NEARLY:
            yield Wrong("aim_proof", (aim.name,))


def value_of(plan: CheckedPlan, name: str) -> float | None:
    """The value of an aim by its name; None for one that is not known."""
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
    return sum(is_no_worse_off(plan, one) for one in plan.vendors if one.own_stalls)


def is_no_worse_off(plan: CheckedPlan, vendor: PlanningVendor) -> bool:
    """Whether a holder keeps all own stalls, or has as many with a wished one among them."""
    has, own = set(plan.stalls.get(vendor.id, ())), set(vendor.own_stalls)
    return own <= has or (len(has) >= len(own) and bool(has & set(vendor.wishes)))


def _rounds(plan: CheckedPlan, which: str) -> float:
    """How many vendors have so many stalls more than their minimum."""
    return sum(
        len(plan.stalls.get(one.id, ())) >= one.min_stalls + int(which) for one in plan.vendors
    )


def _same_stall(plan: CheckedPlan, _which: str) -> float:
    """How many vendors have exactly the stalls that they had on the day before."""
    before = plan.day_before.stalls if plan.day_before else {}
    return sum(
        name in before and set(stalls) == set(before[name]) for name, stalls in plan.stalls.items()
    )


def _first_wishes(plan: CheckedPlan, _which: str) -> float:
    """How many have the first of their wishes."""
    return sum(
        bool(one.wishes) and one.wishes[0] in plan.stalls.get(one.id, ()) for one in plan.vendors
    )


def _apart(plan: CheckedPlan, _which: str) -> float:
    """How many neighbouring stalls are of two vendors who share goods that are kept apart."""
    apart = {one.id for one in plan.problem.categories if one.keep_apart}
    found = 0
    for first, second in (sorted(pair) for pair in plan.problem.neighbours):
        one, other = plan.on.get(first), plan.on.get(second)
        if one is not None and other is not None and one.id != other.id:
            found += bool(one.categories & other.categories & apart)
    return found


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
    "same_stall": _same_stall,
    "wishes": _first_wishes,
    "apart": _apart,
    "kept": _kept,
}
