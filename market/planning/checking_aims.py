"""The values of an answer's aims, reckoned again from the plan alone."""

from collections.abc import Callable, Iterator

from market.planning.checking_plan import CheckedPlan, Wrong
from market.planning.problem import CLASSES

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
    """The value of an aim by its name; None for one that this checker does not know."""
    if name in AIMS:
        return AIMS[name](plan)
    kind, _, which = name.partition(":")
    return _placed(plan, which) if kind == "placed" and which in CLASSES else None


def _placed(plan: CheckedPlan, standing: str) -> float:
    """How many vendors of a class have a place."""
    return sum(one.standing == standing and one.id in plan.stalls for one in plan.vendors)


def _holders(plan: CheckedPlan) -> float:
    """How many holders are no worse off."""
    found = 0
    for vendor in plan.vendors:
        has, own = set(plan.stalls.get(vendor.id, ())), set(vendor.own_stalls)
        found += bool(own) and (
            own <= has or (len(has) >= len(own) and has & set(vendor.wishes) != set())
        )
    return found


def _apart(plan: CheckedPlan) -> float:
    """How many pairs of neighbouring stalls of two vendors sell goods that stand apart."""
    apart = {one.id for one in plan.problem.categories if one.keep_apart}
    found = 0
    for pair in plan.problem.neighbours:
        two = [plan.on[stall] for stall in pair if stall in plan.on]
        if len(two) == 2 and two[0].id != two[1].id:
            found += bool(two[0].categories & two[1].categories & apart)
    return found


def _moved(plan: CheckedPlan) -> float:
    """How many vendors of the previous plan do not have exactly what they had."""
    known = plan.problem.vendor_by_id
    return sum(
        set(plan.stalls.get(name, ())) != set(before)
        for name, before in plan.problem.previous.items()
        if name in known and name not in plan.out
    )


AIMS: dict[str, Callable[[CheckedPlan], float]] = {
    "holders": _holders,
    "apart": _apart,
    "change": _moved,
}
