"""The hard rules of a plan, each written once more from the meaning of its words."""

from collections import Counter
from collections.abc import Callable, Iterator

from market.planning.checking_aims import is_no_worse_off
from market.planning.checking_plan import CheckedPlan, Wrong
from market.planning.problem import PlanningVendor


def _no_stall_twice(plan: CheckedPlan) -> Iterator[Wrong]:
    taken = Counter(stall for placed in plan.answer.placements for stall in placed.stalls)
    for stall, times in taken.items():
        if times > 1:
            yield Wrong("stall_twice", (stall,))


def _neighbours_only(plan: CheckedPlan) -> Iterator[Wrong]:
    for name, stalls in plan.stalls.items():
        if not plan.side_by_side(stalls):
            yield Wrong("not_neighbours", (name, *stalls))


def _what_is_needed(plan: CheckedPlan) -> Iterator[Wrong]:
    """No stall is blocked, and every single one offers what its vendor needs."""
    for name, stalls in plan.stalls.items():
        for stall in stalls:
            for what in sorted(plan.missing(plan.problem.vendor_by_id[name], stall)):
                yield Wrong(what, (name, stall))


def _numbers(plan: CheckedPlan) -> Iterator[Wrong]:
    """Nobody has fewer stalls than the minimum or more than the maximum."""
    for name, stalls in plan.stalls.items():
        vendor = plan.problem.vendor_by_id[name]
        if len(stalls) < vendor.min_stalls:
            yield Wrong("below_minimum", (name,))
        if len(stalls) > vendor.max_stalls:
            yield Wrong("above_maximum", (name,))


def _caps(plan: CheckedPlan) -> Iterator[Wrong]:
    for category in plan.problem.categories:
        if category.max_stalls is not None and plan.sold[category.id] > category.max_stalls:
            yield Wrong("cap", (category.id,))


def _pins_kept(plan: CheckedPlan) -> Iterator[Wrong]:
    for name, stalls in plan.pins.items():
        if set(plan.stalls.get(name, ())) != set(stalls):
            yield Wrong("pin_moved", (name,))


def _only_what_is_taken(plan: CheckedPlan) -> Iterator[Wrong]:
    """Who does not take any place has own or wished stalls only; what is set by hand may be."""
    for name, stalls in plan.stalls.items():
        vendor = plan.problem.vendor_by_id[name]
        if name not in plan.pins and not plan.would_take(vendor, stalls):
            yield Wrong("not_wished", (name, *stalls))


def _holders(plan: CheckedPlan) -> Iterator[Wrong]:
    """A holder keeps all own stalls, or has as many with a wished one among them."""
    for vendor in plan.vendors:
        if not vendor.own_stalls or vendor.id in plan.pins:
            continue
        if any(
            plan.missing(vendor, stall) or stall in plan.pinned_on for stall in vendor.own_stalls
        ):
            continue
        if is_no_worse_off(plan, vendor) or _holders_fill(plan, vendor):
            continue
        if _could_stay(plan, vendor):
            yield Wrong("holder_worse", (vendor.id,))


def _holders_fill(plan: CheckedPlan, vendor: PlanningVendor) -> bool:
    """Whether other holders and those put by hand leave no room in a category for a holder."""
    for category in vendor.categories:
        most = plan.maximum(category)
        others = sum(
            _by_right(plan, one)
            for one in plan.vendors
            if one.id != vendor.id and category in one.categories
        )
        if most is not None and others + _least(vendor) > most:
            return True
    return False


def _by_right(plan: CheckedPlan, vendor: PlanningVendor) -> int:
    """How many stalls a vendor has as a holder, or by hand."""
    has = len(plan.stalls.get(vendor.id, ()))
    if vendor.id in plan.pins:
        return has
    is_served = bool(vendor.own_stalls) and is_no_worse_off(plan, vendor)
    return min(has, _least(vendor)) if is_served else 0


def _least(holder: PlanningVendor) -> int:
    """How many stalls a holder needs in order not to be worse off."""
    return max(len(holder.own_stalls), holder.min_stalls)


def _could_stay(plan: CheckedPlan, vendor: PlanningVendor) -> bool:
    """Whether a run with the own stalls, or a wish, takes no stall from a holder or a pin."""
    firm = set(plan.pinned_on)
    for other in plan.vendors:
        has = plan.stalls.get(other.id, ())
        if other.id != vendor.id and other.own_stalls and set(other.own_stalls) <= set(has):
            firm.update(has)
    own, wished = set(vendor.own_stalls), set(vendor.wishes)
    return any(
        (own <= set(run) or wished & set(run))
        and not firm & set(run)
        and plan.would_take(vendor, run)
        and all(plan.offers(vendor, one) for one in run)
        and all(_may_be_there(plan, vendor, one) for one in run)
        for run in plan.windows(_least(vendor))
    )


def _reserved(plan: CheckedPlan) -> Iterator[Wrong]:
    """Nobody else has a reserved stall while somebody it is reserved for wants it."""
    for stall in plan.problem.stalls:
        other = plan.on.get(stall.id)
        if not stall.reserved_for or other is None or _may_be_there(plan, other, stall.id):
            continue
        first = next(plan.insiders_before(stall.id), None)
        if first is not None:
            yield Wrong("reserved", (stall.id, other.id, first.id))


def _may_be_there(plan: CheckedPlan, vendor: PlanningVendor, stall: str) -> bool:
    reserved = plan.problem.stall_by_id[stall].reserved_for
    return bool(
        not reserved
        or reserved & vendor.categories
        or stall in vendor.own_stalls
        or vendor.id in plan.pins
    )


def _nobody_junior_instead(plan: CheckedPlan) -> Iterator[Wrong]:
    """Nobody is refused whom open stalls would do, or those of one junior and open ones."""
    for senior in plan.vendors:
        if senior.id in plan.stalls:
            continue
        for window in plan.windows(senior.min_stalls):
            others = {one.id: one for stall in window if (one := plan.on.get(stall))}
            if len(others) > 1 or not plan.would_take(senior, window):
                continue
            junior = next(iter(others.values()), None)
            if junior is not None and not _gives_way(plan, junior, senior):
                continue
            if _would_do(plan, senior, window, junior):
                names = (senior.id, *others) if junior else (senior.id, *window)
                yield Wrong("exchange" if junior else "left_out", names)
                break


def _gives_way(plan: CheckedPlan, junior: PlanningVendor, senior: PlanningVendor) -> bool:
    """Whether a placed vendor is junior and stands there by no right of its own."""
    is_free = junior.id not in plan.pins and not junior.own_stalls
    return is_free and senior.order[:2] < junior.order[:2]


def _would_do(
    plan: CheckedPlan,
    senior: PlanningVendor,
    window: tuple[str, ...],
    junior: PlanningVendor | None,
) -> bool:
    """Whether a refused vendor could have a run if one junior, or nobody, left it."""
    if not all(plan.offers(senior, stall) for stall in window):
        return False
    left = plan.stalls[junior.id] if junior else ()
    for category in senior.categories:
        most = plan.maximum(category)
        freed = len(left) if junior and category in junior.categories else 0
        if most is not None and plan.sold[category] - freed + len(window) > most:
            return False
    return _reservations_stand(plan, senior, window, junior)


def _reservations_stand(
    plan: CheckedPlan,
    senior: PlanningVendor,
    window: tuple[str, ...],
    junior: PlanningVendor | None,
) -> bool:
    """Whether the exchange would leave every reserved stall to those it is reserved for."""
    for stall in window:
        if not _may_be_there(plan, senior, stall) and any(plan.insiders_before(stall)):
            return False
    after = {name: has for name, has in plan.stalls.items() if not junior or name != junior.id}
    after[senior.id] = window
    return not any(_reserved(plan.with_stalls(after)))


def _open_list(plan: CheckedPlan) -> Iterator[Wrong]:
    """`open` names the stalls that nobody has and that are not blocked, each once."""
    free = {
        stall.id for stall in plan.problem.stalls if not stall.blocked and stall.id not in plan.on
    }
    if Counter(plan.answer.open) != Counter(free):
        differ = free ^ set(plan.answer.open)
        yield Wrong("open", tuple(sorted(differ)))


RULES: tuple[Callable[[CheckedPlan], Iterator[Wrong]], ...] = (
    _no_stall_twice,
    _neighbours_only,
    _what_is_needed,
    _numbers,
    _caps,
    _pins_kept,
    _only_what_is_taken,
    _holders,
    _reserved,
    _nobody_junior_instead,
    _open_list,
)

OF_OTHER_STALLS = (
    _neighbours_only,
    _what_is_needed,
    _numbers,
    _caps,
    _pins_kept,
    _only_what_is_taken,
    _reserved,
)
"""What must also hold when somebody is thought to have other stalls."""
