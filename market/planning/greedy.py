"""A plan to begin with: holders on their own stalls, then everybody where there is room."""

from collections import Counter
from collections.abc import Iterator

from market.planning.model import Model
from market.planning.problem import PlanningVendor


def greedy_columns(model: Model) -> Iterator[int]:
    """Yield the columns of a plan that keeps all hard limits; outsiders use no reserved stall."""
    numbers = {
        (one.days, one.vendor, one.group, one.run, one.size): number
        for number, one in enumerate(model.columns)
    }
    for day in range(len(model.days)):
        today = range(day, day + 1)
        for vendor, run in _runs(model, day):
            own = numbers.get((today, vendor, None, run, len(run)))
            if own is not None:
                yield own
                continue
            for one in model.on(day, vendor):
                column = model.columns[one]
                if column.days == today and column.run is None and column.size == len(run):
                    yield one
                    yield numbers[today, None, column.group, run, len(run)]


def _runs(model: Model, day: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who has which stalls on a day."""
    problem = model.days[day]
    maxima = {one.id: one.max_stalls for one in problem.categories if one.max_stalls is not None}
    used: Counter[str] = Counter()
    taken: set[str] = set()
    order = sorted(
        problem.vendors,
        key=lambda one: (one.id not in problem.pins, not one.own_stalls, one.order),
    )
    for vendor in order:
        pinned = vendor.id in problem.pins
        for run in _tried(model, day, vendor):
            full = any(
                used[name] + len(run) > maxima[name] for name in vendor.categories & set(maxima)
            )
            open_to = all(
                not (goods := problem.stall_by_id[stall].reserved_for)
                or goods & vendor.categories
                or stall in vendor.own_stalls
                for stall in run
            )
            if pinned or (open_to and not full and taken.isdisjoint(run)):
                taken.update(run)
                used.update(dict.fromkeys(vendor.categories, len(run)))
                yield vendor.id, run
                break


def _tried(model: Model, day: int, vendor: PlanningVendor) -> Iterator[tuple[str, ...]]:
    """The runs of a vendor: own ones, then others that mean something, then any."""
    ground, pins = model.grounds[day], model.days[day].pins
    near = ground.near(vendor)
    yield from (run for run in near if set(run) == set(vendor.own_stalls))
    yield from near
    if vendor.anywhere and vendor.id not in pins:
        yield from ground.anywhere(ground.fitting(vendor.needs), vendor.min_stalls)
