"""Simple changes that would grant a wish: what they spare cannot be why it was not granted.

Somebody takes a wished stall; whoever was there takes what becomes free, another free place, or
none. If such a plan keeps all hard rules and the first aims of the order, a sentence that says
that one of these aims forbids the wish is false.
"""

from collections.abc import Iterator
from itertools import islice

from market.planning.checking_aims import NEARLY, value_of
from market.planning.checking_plan import CheckedPlan
from market.planning.checking_rules import OF_OTHER_STALLS
from market.planning.problem import PlanningVendor

Stalls = tuple[str, ...]
MOST_FREE = 4


def spared_by_a_change(plan: CheckedPlan, vendor: PlanningVendor, stall: str) -> int:
    """How many of the first aims can stay as good as they are if the vendor has the stall.

    All of them, where a change is better in the order of aims than the plan.
    """
    return max((_spared(plan, other) for other in _changes(plan, vendor, stall)), default=0)


def _changes(plan: CheckedPlan, vendor: PlanningVendor, stall: str) -> Iterator[CheckedPlan]:
    """Plans that grant the wish, hard rules kept, by moving one other at most."""
    had = plan.stalls.get(vendor.id, ())
    for length in sorted({vendor.min_stalls, len(had) or vendor.min_stalls}):
        for run in plan.windows_over(stall, length):
            others = {one.id: one for name in run if (one := plan.on.get(name))}
            others.pop(vendor.id, None)
            for changed in _with_run(plan, vendor, run, list(others.values())):
                if not any(True for rule in OF_OTHER_STALLS for _ in rule(changed)):
                    yield changed


def _with_run(
    plan: CheckedPlan, vendor: PlanningVendor, run: Stalls, others: list[PlanningVendor]
) -> Iterator[CheckedPlan]:
    """The plan with a run for a vendor, and whatever can become of one other."""
    after = {**plan.stalls, vendor.id: run}
    if not others:
        yield plan.with_stalls(after)
    if len(others) == 1:
        other = others[0]
        without = {name: has for name, has in after.items() if name != other.id}
        taken = {name for has in without.values() for name in has}
        windows = plan.windows(len(plan.stalls[other.id]))
        free = (one for one in windows if not taken & set(one) and plan.would_take(other, one))
        near = sorted(free, key=lambda one: not set(one) & set(plan.stalls.get(vendor.id, ())))
        for window in islice(near, MOST_FREE):
            yield plan.with_stalls({**without, other.id: window})
        yield plan.with_stalls(without)


def _spared(plan: CheckedPlan, other: CheckedPlan) -> int:
    """How many of the first aims are as good in another plan; all, if it is better."""
    aims = plan.answer.aims
    for number, aim in enumerate(aims):
        kind = aim.name.partition(".")[0]
        then = value_of(other, aim.name)
        if kind in ("same_stall", "wishes") or then is None:
            return number
        more = (then - aim.value) * (1 if aim.better == "more" else -1)
        if more < -NEARLY:
            return number
        if more > NEARLY:
            return len(aims)
    return len(aims)
