"""What a clerk does with a list by seniority: each in turn takes the dearest of what is free."""

from market.planning.problem import Problem
from market.planning.runs import Ground

Plan = dict[str, tuple[str, ...]]


def greedy(problem: Problem) -> Plan:
    """Holders keep their stalls; then class by class and by seniority, wishes before the rest."""
    ground = Ground(problem)
    plan = {name: ground.in_order(stalls) for name, stalls in problem.pins.items()}
    plan |= {
        vendor.id: ground.in_order(vendor.own_stalls)
        for vendor in problem.vendors
        if vendor.own_stalls and vendor.id not in plan
    }
    taken = {stall for stalls in plan.values() for stall in stalls}
    sold = dict.fromkeys((one.id for one in problem.categories), 0)
    for name, stalls in plan.items():
        for category in problem.vendor_by_id[name].categories:
            sold[category] += len(stalls)
    for vendor in sorted(problem.vendors, key=lambda one: one.order):
        if vendor.id in plan:
            continue
        limits = [problem.category_by_id[one].max_stalls for one in sorted(vendor.categories)]
        for run in ground.all_runs(vendor):
            reserved = [problem.stall_by_id[one].reserved_for for one in run]
            full = any(
                most is not None and sold[name] + len(run) > most
                for name, most in zip(sorted(vendor.categories), limits, strict=True)
            )
            foreign = any(one and not one & vendor.categories for one in reserved)
            if full or foreign or taken.intersection(run):
                continue
            plan[vendor.id] = run
            taken.update(run)
            for category in vendor.categories:
                sold[category] += len(run)
            break
    return plan
