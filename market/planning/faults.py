"""What is wrong with a planning problem, and what of it can be planned all the same."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from market.planning.answer import Fault
from market.planning.problem import CLASSES, PlanningVendor, Problem
from market.planning.runs import Ground, offers


class BadProblem(ValueError):  # noqa: N818 - it is the problem that is bad
    """Nothing can be planned; `faults` say why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{one.code}: {', '.join(one.names)}" for one in faults))
        self.faults = faults


def faults_of(problem: Problem) -> tuple[Fault, ...]:
    """Return everything that is wrong: first what concerns the day, then vendor by vendor."""
    day = tuple(_of_day(problem))
    return day or tuple(dict.fromkeys(_of_vendors(problem)))


def sound_part(problem: Problem) -> tuple[Problem, dict[str, Fault]]:
    """Return a problem without the vendors that cannot be planned, and their first faults.

    Raises BadProblem when the day itself cannot be planned.
    """
    faults = faults_of(problem)
    of_day = tuple(fault for fault in faults if fault.vendor is None)
    if of_day:
        raise BadProblem(of_day)
    bad: dict[str, Fault] = {}
    for fault in faults:
        bad.setdefault(fault.vendor or "", fault)
    if not bad:
        return problem, bad
    return replace(
        problem,
        vendors=tuple(vendor for vendor in problem.vendors if vendor.id not in bad),
        pins={one: stalls for one, stalls in problem.pins.items() if one not in bad},
        previous={one: stalls for one, stalls in problem.previous.items() if one not in bad},
    ), bad


def _twice(names: Iterator[str]) -> list[str]:
    """The names that appear more than once."""
    return sorted(name for name, number in Counter(names).items() if number > 1)


def _of_day(problem: Problem) -> Iterator[Fault]:
    """What concerns no single vendor."""
    for name in _twice(stall.id for stall in problem.stalls):
        yield Fault("duplicate_stall", (name,))
    for name in _twice(category.id for category in problem.categories):
        yield Fault("duplicate_category", (name,))
    places = defaultdict(list)
    for stall in problem.stalls:
        places[stall.row, stall.position].append(stall.id)
        for name in sorted(stall.reserved_for - set(problem.category_by_id)):
            yield Fault("unknown_reserved_for", (stall.id, name))
        if not (_amount(stall.width_m) and _amount(stall.power_kw)):
            yield Fault("not_a_problem", (stall.id,))
    for names in places.values():
        if len(set(names)) > 1:
            yield Fault("duplicate_place", tuple(sorted(names)))
    for gap in sorted(map(sorted, problem.gaps)):
        if len(gap) != 2 or not problem.stall_by_id.keys() >= set(gap):
            yield Fault("unknown_gap", tuple(gap))
    known = {vendor.id for vendor in problem.vendors}
    for name in sorted(set(problem.pins) - known):
        yield Fault("unknown_pinned", (name, *problem.pins[name]))
    for name, stalls in sorted(problem.previous.items()):
        if name not in known or not problem.stall_by_id.keys() >= set(stalls):
            yield Fault("unknown_previous", (name, *stalls))


def _amount(number: float) -> bool:
    """Whether a number of metres or kilowatts can be true."""
    return isinstance(number, int | float) and math.isfinite(number) and number >= 0


def _of_vendors(problem: Problem) -> Iterator[Fault]:
    """What concerns single vendors."""
    for name in _twice(vendor.id for vendor in problem.vendors):
        yield Fault("duplicate_vendor", (name,), name)
    ground = Ground(problem)
    for vendor in sorted(problem.vendors, key=lambda one: one.id):
        yield from _of_vendor(problem, ground, vendor)
    yield from _claimed_twice(problem)
    yield from _pins_over_maximum(problem)


def _of_vendor(problem: Problem, ground: Ground, vendor: PlanningVendor) -> Iterator[Fault]:
    """What is wrong with one vendor by itself."""
    named = dict.fromkeys((*vendor.own_stalls, *vendor.wishes, *problem.pins.get(vendor.id, ())))
    unknown_stalls = tuple(one for one in named if one not in problem.stall_by_id)
    unknown_goods = tuple(sorted(vendor.categories - set(problem.category_by_id)))
    if vendor.standing not in CLASSES:
        yield Fault("unknown_class", (vendor.id, vendor.standing), vendor.id)
    if unknown_stalls:
        yield Fault("unknown_stall", (vendor.id, *unknown_stalls), vendor.id)
    if unknown_goods:
        yield Fault("unknown_category", (vendor.id, *unknown_goods), vendor.id)
    if not (_amount(vendor.needs.power_kw) and _amount(vendor.needs.width_m)):
        yield Fault("bad_number", (vendor.id,), vendor.id)
    if not 1 <= vendor.min_stalls <= vendor.max_stalls:
        yield Fault("impossible_number", (vendor.id,), vendor.id)
    if unknown_stalls:
        return
    if len(vendor.own_stalls) > vendor.max_stalls:
        yield Fault("own_over_maximum", (vendor.id, *vendor.own_stalls), vendor.id)
    if vendor.own_stalls and not _side_by_side(ground, vendor.own_stalls):
        yield Fault("own_not_neighbours", (vendor.id, *vendor.own_stalls), vendor.id)
    pin = problem.pins.get(vendor.id)
    if pin is not None and len(set(pin)) < len(pin):
        yield Fault("pinned_twice", (vendor.id, *dict.fromkeys(pin)), vendor.id)
    elif pin is not None and not _pin_possible(problem, ground, vendor, pin):
        yield Fault("pin_against_limit", (vendor.id, *pin), vendor.id)


def _side_by_side(ground: Ground, stalls: tuple[str, ...]) -> bool:
    """Whether stalls are different neighbours in one row, in whatever order they are named."""
    return (
        bool(stalls) and len(set(stalls)) == len(stalls) and ground.is_run(ground.in_order(stalls))
    )


def _pin_possible(
    problem: Problem, ground: Ground, vendor: PlanningVendor, pin: tuple[str, ...]
) -> bool:
    """Whether a vendor may stand where it was put by hand."""
    return (
        vendor.min_stalls <= len(pin) <= vendor.max_stalls
        and _side_by_side(ground, pin)
        and all(offers(problem.stall_by_id[stall], vendor.needs) for stall in pin)
    )


def _claimed_twice(problem: Problem) -> Iterator[Fault]:
    """Stalls that two vendors hold, or into which two were put by hand: both are named."""
    own: dict[str, list[str]] = defaultdict(list)
    pinned: dict[str, list[str]] = defaultdict(list)
    for vendor in sorted(problem.vendors, key=lambda one: one.id):
        for stall in dict.fromkeys(vendor.own_stalls):
            own[stall].append(vendor.id)
    for name, stalls in sorted(problem.pins.items()):
        for stall in dict.fromkeys(stalls):
            pinned[stall].append(name)
    for code, claims in (("own_claimed_twice", own), ("pinned_twice", pinned)):
        for stall, names in sorted(claims.items()):
            if len(set(names)) > 1:
                for name in dict.fromkeys(names):
                    yield Fault(code, (stall, *dict.fromkeys(names)), name)


def _pins_over_maximum(problem: Problem) -> Iterator[Fault]:
    """Pins of a category beyond its maximum: the last in the order of vendors are at fault."""
    used: Counter[str] = Counter()
    pinned = [
        vendor
        for vendor in problem.vendors
        if vendor.id in problem.pins and vendor.standing in CLASSES
    ]
    for vendor in sorted(pinned, key=lambda one: one.order):
        number = len(problem.pins[vendor.id])
        over = [
            name
            for name in sorted(vendor.categories & set(problem.category_by_id))
            if (most := problem.category_by_id[name].max_stalls) is not None
            and used[name] + number > most
        ]
        if over:
            yield Fault(
                "pin_against_limit", (vendor.id, *problem.pins[vendor.id], *over), vendor.id
            )
        else:
            used.update(dict.fromkeys(vendor.categories, number))
