"""Every plan of a tiny problem, tried one by one: what the planner must agree with."""

from collections.abc import Iterator
from itertools import pairwise

from market.planning.problem import CLASSES, PlanningVendor, Problem, rank_of
from market.planning.runs import Ground, own_kept

Plan = dict[str, tuple[str, ...]]


def every_plan(problem: Problem) -> Iterator[Plan]:
    """All plans that keep the hard limits."""
    ground = Ground(problem)
    vendors = sorted(problem.vendors, key=lambda one: one.order)
    runs = {one.id: ground.all_runs(one) for one in vendors}

    def place(left: list[PlanningVendor], taken: frozenset[str], plan: Plan) -> Iterator[Plan]:
        if not left:
            if _keeps_limits(problem, plan, runs):
                yield dict(plan)
            return
        vendor, *others = left
        if vendor.id not in problem.pins:
            yield from place(others, taken, plan)
        for run in runs[vendor.id]:
            if not taken.intersection(run):
                yield from place(others, taken.union(run), {**plan, vendor.id: run})

    yield from place(vendors, frozenset(), {})


def _keeps_limits(
    problem: Problem, plan: Plan, runs: dict[str, tuple[tuple[str, ...], ...]]
) -> bool:
    """Whether maxima of categories and reserved stalls are respected."""
    sold = {
        one.id: sum(
            len(stalls)
            for name, stalls in plan.items()
            if one.id in problem.vendor_by_id[name].categories
        )
        for one in problem.categories
    }
    if any(
        one.max_stalls is not None and sold[one.id] > one.max_stalls for one in problem.categories
    ):
        return False
    return all(
        _rightly(problem, plan, runs, sold, problem.vendor_by_id[name], stall)
        for name, stalls in plan.items()
        for stall in stalls
    )


def _rightly(problem, plan, runs, sold, vendor, stall) -> bool:
    """Whether a vendor may have a stall that is reserved for others."""
    reserved = problem.stall_by_id[stall].reserved_for
    exempt = stall in vendor.own_stalls or vendor.id in problem.pins
    if not reserved or reserved & vendor.categories or exempt:
        return True
    for other in problem.vendors:
        if not reserved & other.categories or other.id in problem.pins:
            continue
        if not any(stall in run for run in runs[other.id]):
            continue
        has = plan.get(other.id)
        full = any(
            one.max_stalls is not None and sold[one.id] + other.min_stalls > one.max_stalls
            for one in problem.categories
            if one.id in other.categories
        )
        if has is None and full:
            continue
        if stall in other.wishes:
            if has is None or rank_of(other, has) > other.wishes.index(stall):
                return False
        elif other.anywhere and has is None:
            return False
    return True


def worth(problem: Problem, plan: Plan) -> list[tuple[str, float]]:
    """The values of all aims in their order; wishes as one number for each vendor."""
    vendors = sorted(problem.vendors, key=lambda one: one.order)
    values: list[tuple[str, float]] = [
        ("holders", sum(own_kept(one, plan.get(one.id, ())) for one in vendors))
    ]
    for standing in CLASSES:
        there = sum(one.standing == standing and one.id in plan for one in vendors)
        values.append((f"placed.{standing}", there))
    for standing in CLASSES:
        ladder = sorted({one.seniority for one in vendors if one.standing == standing})
        ranks = [
            ladder.index(one.seniority) + 1
            for one in vendors
            if one.standing == standing and one.id in plan
        ]
        values.append((f"seniority.{standing}", -sum(ranks)))
    kept = sum(set(plan.get(name, ())) == set(run) for name, run in problem.previous.items())
    if problem.calm:
        values.append(("kept", kept))
    for more in range(1, 4):
        wider = sum(len(plan.get(one.id, ())) >= one.min_stalls + more for one in vendors)
        values.append((f"rounds.{more}", wider))
    for one in vendors:
        rank = rank_of(one, plan[one.id]) if one.id in plan else len(one.wishes) + 2
        values.append((f"wishes {one.id}", -rank))
    values.append(("apart", -side_by_side(problem, plan)))
    if not problem.calm:
        values.append(("kept", kept))
    return values


def side_by_side(problem: Problem, plan: Plan) -> int:
    """How many neighbouring stalls are of two vendors who share goods that are kept apart."""
    apart = {one.id for one in problem.categories if one.keep_apart}
    whose = {stall: name for name, stalls in plan.items() for stall in stalls}
    found = 0
    for line in Ground(problem).lines:
        for first, second in pairwise(line):
            one, other = whose.get(first), whose.get(second)
            if one and other and one != other:
                mine = problem.vendor_by_id[one].categories
                found += bool(mine & problem.vendor_by_id[other].categories & apart)
    return found


def best_worth(problem: Problem) -> list[tuple[str, float]]:
    """The values of the best plan there is."""
    plans = (worth(problem, plan) for plan in every_plan(problem))
    return max(plans, key=lambda values: [value for _, value in values])
