"""Building the model of a plan: columns of vendors and groups, and the hard limits as rows."""

from collections import defaultdict
from collections.abc import Mapping

from market.planning.model import Column, GroupDay, Model, stalls_of
from market.planning.problem import PlanningVendor, Problem
from market.planning.reserving import add_reserved


def model_of(days: tuple[Problem, ...]) -> Model:
    """Return the model of days that are planned together, with all hard limits as rows."""
    model = Model(days)
    _add_vendors(model)
    _add_groups(model)
    _one_each(model)
    _category_maxima(model)
    add_reserved(model)
    return model


def _shared(model: Model, day: int, vendor: PlanningVendor) -> GroupDay:
    """What a vendor that stands anywhere has in common with others on a day."""
    problem = model.days[day]
    within = model.grounds[day].fitting(vendor.needs)
    apart = {category.id for category in problem.categories if category.keep_apart}
    inside = {
        stall.reserved_for
        for stall in problem.stalls
        if stall.reserved_for & vendor.categories and stall.id in within
    }
    return GroupDay(within, vendor.categories & apart, frozenset(inside))


def _attended(model: Model, agent: str) -> list[range]:
    """Every interval of days that a vendor attends in full."""
    there = [agent in problem.vendor_by_id for problem in model.days]
    return [
        range(first, last + 1)
        for first in range(len(there))
        for last in range(first, len(there))
        if all(there[first : last + 1])
    ]


def _add_vendors(model: Model) -> None:
    """Columns of vendors: the runs that mean something to them, and "anywhere" for each size."""
    near = [
        {vendor.id: ground.near(vendor) for vendor in problem.vendors}
        for problem, ground in zip(model.days, model.grounds, strict=True)
    ]
    for agent in model.agents:
        for days in _attended(model, agent):
            runs = dict.fromkeys(run for day in days for run in near[day][agent])
            for run in runs:
                if all(_possible(model, day, agent, run, near[day]) for day in days):
                    model.add(Column(days, len(run), agent, run))
            _add_anywhere(model, agent, days)


def _possible(
    model: Model,
    day: int,
    agent: str,
    run: tuple[str, ...],
    near: Mapping[str, tuple[tuple[str, ...], ...]],
) -> bool:
    """Whether a vendor could have a run on a day."""
    if run in near[agent]:
        return True
    vendor = model.days[day].vendor_by_id[agent]
    return (
        vendor.anywhere
        and agent not in model.days[day].pins
        and vendor.min_stalls <= len(run) <= vendor.max_stalls
        and model.grounds[day].fitting(vendor.needs).issuperset(run)
        and model.grounds[day].is_run(run)
    )


def _add_anywhere(model: Model, agent: str, days: range) -> None:
    """Columns of a vendor that takes any stalls, one for each number of them."""
    vendors = [model.days[day].vendor_by_id[agent] for day in days]
    if not all(vendor.anywhere for vendor in vendors):
        return
    if any(agent in model.days[day].pins for day in days):
        return
    key = (
        days.start,
        tuple(_shared(model, day, vendor) for day, vendor in zip(days, vendors, strict=True)),
    )
    group = model.groups.setdefault(key, len(model.groups))
    sizes = [model.grounds[day].sizes(vendor) for day, vendor in zip(days, vendors, strict=True)]
    for size in range(max(one.start for one in sizes), min(one.stop for one in sizes)):
        model.add(Column(days, size, agent, None, group))


def _add_groups(model: Model) -> None:
    """Columns of groups, and as many of them as members who stand anywhere."""
    members: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, column in enumerate(model.columns):
        if column.group is not None:
            members[column.group, column.size].append(number)
    keys = model.keys
    for (group, size), numbers in sorted(members.items()):
        first, parts = keys[group]
        days = range(first, first + len(parts))
        within = frozenset.intersection(*(part.within for part in parts))
        shared = [
            model.add(Column(days, size, None, run, group))
            for run in model.grounds[first].anywhere(within, size)
            if all(model.grounds[day].is_run(run) for day in days)
        ]
        model.row(0.0, 0.0, [(one, 1.0) for one in numbers] + [(one, -1.0) for one in shared])


def _one_each(model: Model) -> None:
    """A vendor has one run on a day (a pinned one its own), a stall one vendor."""
    for day, problem in enumerate(model.days):
        for vendor in model.seats(day):
            numbers = model.on(day, vendor.id)
            least = 1.0 if vendor.id in problem.pins else 0.0
            model.seat_rows[day, vendor.id] = model.row(least, 1.0, [(one, 1.0) for one in numbers])
        for stall in sorted(problem.stall_by_id):
            if model.over[day, stall]:
                model.row(0.0, 1.0, [(one, 1.0) for one in model.over[day, stall]])


def _category_maxima(model: Model) -> None:
    """A category has no more stalls than its maximum."""
    for day, problem in enumerate(model.days):
        for category in sorted(problem.categories, key=lambda one: one.id):
            if category.max_stalls is not None:
                model.row(0.0, category.max_stalls, stalls_of(model, day, category.id))
