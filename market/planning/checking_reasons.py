"""Every reason verified against problem and plan: a sentence that is not true has no place.

For each code it is written once more, from the meaning of the words, what must hold.
"""

from collections.abc import Callable, Iterator, Mapping

from market.planning.answer import Reason, Why
from market.planning.checking_changes import spared_by_a_change
from market.planning.checking_plan import CheckedPlan, Wrong
from market.planning.problem import CLASSES, PlanningVendor

Granting = Callable[[str, str], tuple[str, float] | None]
"""For a vendor and a stall: the first aim that gets worse if the wish is granted, found in
another way than the planner does, and its value then at best."""
Facts = Mapping[str, object]

PLACED = ("pin", "own", "wish", "anywhere")
REFUSED = ("needs", "only_wished", "cap", "full")


def wrong_reasons(plan: CheckedPlan, granting: Granting | None) -> Iterator[Wrong]:
    """Yield reasons and whys that are not true, or that say too little or too much."""
    vendors = plan.problem.vendor_by_id
    for placed in plan.answer.placements:
        vendor = vendors[placed.vendor]
        if not _placement_is_true(plan, vendor, placed.reason):
            yield Wrong("reason", (vendor.id, placed.reason.code))
        yield from _wrong_whys(plan, vendor, placed.reason, granting)
    for refused in plan.answer.refused:
        if refused.reason.code == "bad_data":
            continue
        vendor = vendors[refused.vendor]
        code = refused.reason.code
        if code not in REFUSED or not REFUSALS[code](plan, vendor, refused.reason.facts):
            yield Wrong("reason", (vendor.id, code))
        yield from _wrong_whys(plan, vendor, refused.reason, granting)


def _placement_is_true(plan: CheckedPlan, vendor: PlanningVendor, reason: Reason) -> bool:
    if (reason.code == "pin") != (vendor.id in plan.pins):
        return False
    has = set(plan.stalls[vendor.id])
    wished = [place for place, wish in enumerate(vendor.wishes, start=1) if wish in has]
    if reason.code == "pin":
        return True
    if reason.code == "wish":
        return bool(wished) and reason.facts.get("wish") == wished[0]
    if reason.code == "own":
        return not wished and bool(vendor.own_stalls) and has >= set(vendor.own_stalls)
    return (
        reason.code == "anywhere"
        and not wished
        and not (vendor.own_stalls and has >= set(vendor.own_stalls))
    )


def _wrong_whys(
    plan: CheckedPlan, vendor: PlanningVendor, reason: Reason, granting: Granting | None
) -> Iterator[Wrong]:
    """There is a why for each better wish, in order, and each is true."""
    has = plan.stalls.get(vendor.id, ())
    got = next((place for place, wish in enumerate(vendor.wishes) if wish in has), None)
    better = vendor.wishes if got is None else vendor.wishes[:got]
    if tuple(why.stall for why in reason.better) != better:
        yield Wrong("whys", (vendor.id,))
        return
    for why in reason.better:
        if why.code == "aim":
            is_true = _aim_is_true(plan, vendor, why, granting)
        else:
            is_true = why.code in TRUE and TRUE[why.code](plan, vendor, why)
        if not is_true:
            yield Wrong("why", (vendor.id, why.stall, why.code))


def _aim_is_true(
    plan: CheckedPlan, vendor: PlanningVendor, why: Why, granting: Granting | None
) -> bool:
    """Whether granting would harm this aim first; without asking, that no simple change of the
    plan grants the wish and leaves this aim as good as it is."""
    if not _who_is_there(plan, vendor, why):
        return False
    aim, now, then = (why.facts.get(name) for name in ("aim", "now", "then"))
    if not isinstance(now, float | int) or not isinstance(then, float | int) or now == then:
        return False
    if _is_only_place(plan, why):
        return aim == f"placed.{plan.on[why.stall].standing}"
    if granting is not None:
        known = granting(vendor.id, why.stall)
        return known is not None and known[0] == aim and _lies_between(then, now, known[1])
    if vendor.id in plan.pins or not plan.offers(vendor, why.stall):
        return False
    if aim == "infeasible":
        return True
    names = [one.name for one in plan.answer.aims]
    return aim in names and spared_by_a_change(plan, vendor, why.stall) <= names.index(str(aim))


def _lies_between(told: float, now: float, then: float) -> bool:
    """Whether what is told "at best" is no better than now and no worse than it would be."""
    return min(now, then) <= told <= max(now, then)


def _not_proven(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    """The plan is proven, so some aim forbids the wish; which one is said to be unknown."""
    names = [one.name for one in plan.answer.aims]
    is_open = vendor.id not in plan.pins and plan.offers(vendor, why.stall)
    aim = why.facts.get("aim")
    is_told = aim in names and spared_by_a_change(plan, vendor, why.stall) <= names.index(str(aim))
    return plan.answer.complete and is_open and is_told and _who_is_there(plan, vendor, why)


def _who_is_there(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    """Whether the one who has the stall is named; nobody, where it is free."""
    other = plan.on.get(why.stall)
    has = None if other is None or other.id == vendor.id else other.id
    return why.facts.get("vendor") == has


def _is_only_place(plan: CheckedPlan, why: Why) -> bool:
    """Whether all have a place, and whoever stands there would have none without it."""
    other = plan.on.get(why.stall)
    if other is None or len(plan.stalls) < len(plan.vendors):
        return False
    return not any(
        why.stall not in run and _is_possible(plan, other, run)
        for run in plan.windows(other.min_stalls)
    )


# What each code of a why says.


def _blocked(plan: CheckedPlan, _vendor: PlanningVendor, why: Why) -> bool:
    return plan.problem.stall_by_id[why.stall].blocked


def _power(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    have, need = plan.problem.stall_by_id[why.stall].power_kw, vendor.needs.power_kw
    return have < need and dict(why.facts) == {"need": need, "have": have}


def _width(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    have, need = plan.problem.stall_by_id[why.stall].width_m, vendor.needs.width_m
    return have < need and dict(why.facts) == {"need": need, "have": have}


def _features(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    missing = vendor.needs.features - plan.problem.stall_by_id[why.stall].features
    return bool(missing) and why.facts.get("missing") == sorted(missing)


def _possible_runs(
    plan: CheckedPlan, vendor: PlanningVendor, stall: str, length: int
) -> list[tuple[str, ...]]:
    return [
        window
        for window in plan.windows_over(stall, length)
        if all(plan.offers(vendor, one) for one in window)
    ]


def _no_run(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    need = vendor.min_stalls
    return why.facts.get("need") == need and not _possible_runs(plan, vendor, why.stall, need)


def _not_all_wished(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    runs = _possible_runs(plan, vendor, why.stall, vendor.min_stalls)
    return not vendor.anywhere and not any(plan.would_take(vendor, run) for run in runs)


def _own_pin(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    return vendor.id in plan.pins and why.stall not in plan.pins[vendor.id]


def _keeps(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    own = len(vendor.own_stalls)
    runs = _possible_runs(plan, vendor, why.stall, max(own, vendor.min_stalls))
    return own > 0 and not any(plan.would_take(vendor, run) for run in runs)


def _who(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> tuple[str, PlanningVendor] | None:
    """The stall that decides, and who stands there, if that is the one who is named.

    Where it is a neighbour of the wish, every run around the wish must be taken by somebody.
    """
    at = str(why.facts.get("at", why.stall))
    other = plan.on.get(at)
    if other is None or other.id == vendor.id or other.id != why.facts.get("vendor"):
        return None
    if at != why.stall:
        length = max(vendor.min_stalls, len(vendor.own_stalls))
        runs = plan.windows_over(why.stall, length) or plan.windows_over(
            why.stall, vendor.min_stalls
        )
        near = [run for run in runs if at in run]
        taken = [any(one in plan.on for one in run if one != why.stall) for run in runs]
        offering = [_is_possible(plan, vendor, run) for run in runs]
        if not near or any(ok and not full for ok, full in zip(offering, taken, strict=True)):
            return None
    return at, other


def _is_possible(plan: CheckedPlan, vendor: PlanningVendor, run: tuple[str, ...]) -> bool:
    return plan.would_take(vendor, run) and all(plan.offers(vendor, one) for one in run)


def _pin(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    found = _who(plan, vendor, why)
    return found is not None and plan.pinned_on.get(found[0]) == found[1].id


def _holder(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    found = _who(plan, vendor, why)
    return found is not None and found[0] in found[1].own_stalls


def _class(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    found = _who(plan, vendor, why)
    if found is None or found[0] not in found[1].wishes:
        return False
    theirs, mine = found[1].standing, vendor.standing
    told = why.facts.get("theirs"), why.facts.get("mine")
    return CLASSES.index(theirs) < CLASSES.index(mine) and told == (theirs, mine)


def _senior(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    found = _who(plan, vendor, why)
    if found is None or found[0] not in found[1].wishes:
        return False
    other = found[1]
    told = why.facts.get("theirs"), why.facts.get("mine")
    is_before = other.seniority < vendor.seniority
    same = other.standing == vendor.standing and told == (other.seniority, vendor.seniority)
    return same and is_before and _visits_are_true(other, vendor, why.facts)


def _visits_are_true(other: PlanningVendor, vendor: PlanningVendor, facts: Facts) -> bool:
    if "theirs_visits" not in facts and "mine_visits" not in facts:
        return True
    told = facts.get("theirs_visits"), facts.get("mine_visits")
    known = other.visits is not None and vendor.visits is not None
    return known and told == (other.visits, vendor.visits) and other.visits >= vendor.visits  # type: ignore[operator]


def _reserved(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    found = _who(plan, vendor, why)
    if found is None:
        return False
    reserved = plan.problem.stall_by_id[found[0]].reserved_for
    category = why.facts.get("category")
    wants = found[1].anywhere or found[0] in found[1].wishes
    return (
        category in reserved
        and category in found[1].categories
        and wants
        and not reserved & vendor.categories
    )


def _kept_out(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    return vendor.id not in plan.stalls and _cap(plan, vendor, why.facts)


def _best_found(plan: CheckedPlan, vendor: PlanningVendor, why: Why) -> bool:
    return not plan.answer.complete and _who_is_there(plan, vendor, why)


TRUE: Mapping[str, Callable[[CheckedPlan, PlanningVendor, Why], bool]] = {
    "blocked": _blocked,
    "power": _power,
    "width": _width,
    "features": _features,
    "no_run": _no_run,
    "not_all_wished": _not_all_wished,
    "own_pin": _own_pin,
    "keeps": _keeps,
    "pin": _pin,
    "holder": _holder,
    "class": _class,
    "senior": _senior,
    "reserved": _reserved,
    "cap": _kept_out,
    "not_proven": _not_proven,
    "best_found": _best_found,
}


# What each code of a refusal says.


def _needs(plan: CheckedPlan, vendor: PlanningVendor, facts: Facts) -> bool:
    stalls = [stall for stall in plan.problem.stalls if not stall.blocked]
    needs, what = vendor.needs, facts.get("what")
    if what == "power":
        told = facts.get("need") == needs.power_kw
        return told and all(stall.power_kw < needs.power_kw for stall in stalls)
    if what == "width":
        told = facts.get("need") == needs.width_m
        return told and all(stall.width_m < needs.width_m for stall in stalls)
    if what == "features":
        missing = set(needs.features)
        for stall in stalls:
            missing -= stall.features
        return bool(missing) and facts.get("missing") == sorted(missing)
    if what == "together":
        return not any(plan.offers(vendor, stall.id) for stall in stalls)
    told = what == "run" and facts.get("need") == vendor.min_stalls
    return told and not any(
        all(plan.offers(vendor, one) for one in window)
        for window in plan.windows(vendor.min_stalls)
    )


def _only_wished(plan: CheckedPlan, vendor: PlanningVendor, facts: Facts) -> bool:
    return not vendor.anywhere and facts.get("wished") == len(vendor.wishes)


def _cap(plan: CheckedPlan, vendor: PlanningVendor, facts: Facts) -> bool:
    category = str(facts.get("category"))
    most = plan.maximum(category)
    return (
        category in vendor.categories
        and most is not None
        and facts.get("max") == most
        and facts.get("taken") == plan.sold[category]
        and plan.sold[category] + vendor.min_stalls > most
    )


def _full(plan: CheckedPlan, vendor: PlanningVendor, facts: Facts) -> bool:
    fits = [one.id for one in plan.problem.stalls if plan.offers(vendor, one.id)]
    others = [plan.on[stall] for stall in fits if stall in plan.on]
    before = [one for one in others if one.order < vendor.order]
    names = {one.id: one for one in before}
    seniors = sum(one.standing == vendor.standing for one in names.values())
    told = tuple(facts.get(name) for name in ("places", "taken", "earlier", "senior"))
    if told != (len(fits), len(before), len(names) - seniors, seniors):
        return False
    least = max(before, key=lambda one: one.order, default=None)
    if facts.get("least") != (least.id if least else None):
        return False
    return least is None or _visits_are_true(least, vendor, facts)


REFUSALS: Mapping[str, Callable[[CheckedPlan, PlanningVendor, Facts], bool]] = {
    "needs": _needs,
    "only_wished": _only_wished,
    "cap": _cap,
    "full": _full,
}
