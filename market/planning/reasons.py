"""Why everybody got what they got: facts of the problem and the plan, the most certain first.

A better wish that was not granted is explained by what is true whoever else applies (the stall
is closed, has too little power), then by who has the stall by right (put there by hand, holder,
earlier class, senior), and only then by solving what granting it would cost.

A vendor of several stalls may be kept from a wish by the stalls around it; the fact `at` then
names the stall that decides.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from market.planning.answer import Reason, Why
from market.planning.problem import (
    CLASSES,
    Needs,
    PlanningStall,
    PlanningVendor,
    Problem,
    rank_of,
)

Plan = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Harm:
    """The first aim that gets worse if a wish is granted: its value now, and at best then.

    Where that is not `proven` in the time given, it may be an aim before this one.
    """

    aim: str
    now: float
    then: float
    proven: bool = True


Granting = Callable[[str, str], Harm | None]
"""For a vendor and a stall: what granting the wish would harm; None when nothing is known."""


def explain(problem: Problem, plan: Plan, *, proven: bool, granting: Granting) -> dict[str, Reason]:
    """A reason for every vendor of the problem; whoever is not in the plan is refused.

    `granting` is asked only where no fact explains a wish. Where it knows nothing the wish is
    explained by "best_found", as it is whenever the plan is not `proven` and nothing is certain.
    """
    ground = _Ground(problem, plan, proven, granting)
    return {vendor.id: _reason(ground, vendor) for vendor in problem.vendors}


def _reason(ground: "_Ground", vendor: PlanningVendor) -> Reason:
    stalls = ground.plan.get(vendor.id, ())
    rank = rank_of(vendor, stalls) if stalls else len(vendor.wishes)
    better = tuple(_why(ground, vendor, wish) for wish in vendor.wishes[:rank])
    if not stalls:
        code, facts = _refusal(ground, vendor)
        return Reason(code, facts, better)
    if vendor.id in ground.problem.pins:
        return Reason("pin", {}, better)
    if rank < len(vendor.wishes):
        return Reason("wish", {"wish": rank + 1}, better)
    return Reason("own" if rank == len(vendor.wishes) else "anywhere", {}, better)


@dataclass(frozen=True)
class _Ground:
    """The problem and the plan with what is asked of them again and again."""

    problem: Problem
    plan: Plan
    proven: bool
    granting: Granting

    @cached_property
    def occupant(self) -> dict[str, PlanningVendor]:
        """Who has a stall."""
        known = self.problem.vendor_by_id
        return {stall: known[name] for name, stalls in self.plan.items() for stall in stalls}

    @cached_property
    def fitting(self) -> dict[Needs, tuple[str, ...]]:
        """Stalls that are open to be given and offer what is needed, by needs."""
        asked = {vendor.needs for vendor in self.problem.vendors}
        given = [stall for stall in self.problem.stalls if not stall.blocked]
        return {
            needs: tuple(stall.id for stall in given if lacks(stall, needs) is None)
            for needs in asked
        }

    @cached_property
    def sold(self) -> dict[str, dict[str, int]]:
        """How many stalls each vendor has of each category."""
        found: dict[str, dict[str, int]] = {one.id: {} for one in self.problem.categories}
        for name, stalls in self.plan.items():
            for category in self.problem.vendor_by_id[name].categories:
                found.setdefault(category, {})[name] = len(stalls)
        return found

    @cached_property
    def _lines(self) -> dict[str, tuple[tuple[str, ...], int]]:
        """For each stall the unbroken line of neighbours that it stands in, and where in it."""
        lines: list[list[str]] = []
        for stall in sorted(self.problem.stalls, key=lambda one: (one.row, one.position)):
            if lines and frozenset((lines[-1][-1], stall.id)) in self.problem.neighbours:
                lines[-1].append(stall.id)
            else:
                lines.append([stall.id])
        return {stall: (tuple(line), place) for line in lines for place, stall in enumerate(line)}

    def runs(self, stall: str, length: int) -> Iterator[tuple[str, ...]]:
        """All runs of so many neighbours that contain the stall."""
        line, place = self._lines[stall]
        for first in range(max(0, place - length + 1), min(place, len(line) - length) + 1):
            yield line[first : first + length]

    def fits(self, vendor: PlanningVendor, stall: str) -> bool:
        """Whether a stall is open to be given and offers what the vendor needs."""
        found = self.problem.stall_by_id[stall]
        return not found.blocked and lacks(found, vendor.needs) is None


def lacks(stall: PlanningStall, needs: Needs) -> tuple[str, dict[str, object]] | None:
    """What a stall lacks of what is needed: a code of WHYS with its facts."""
    if stall.power_kw < needs.power_kw:
        return "power", {"need": needs.power_kw, "have": stall.power_kw}
    if stall.width_m < needs.width_m:
        return "width", {"need": needs.width_m, "have": stall.width_m}
    missing = needs.features - stall.features
    return ("features", {"missing": sorted(missing)}) if missing else None


# Better wishes.


def _why(ground: _Ground, vendor: PlanningVendor, wish: str) -> Why:
    found = _certain(ground, vendor, wish) or _by_right(ground, vendor, wish)
    if found is None and vendor.id not in ground.plan:
        found = _cap(ground, vendor)
    if found is None:
        return _harmed(ground, vendor, wish)
    code, facts = found
    return Why(wish, code, facts)


def _harmed(ground: _Ground, vendor: PlanningVendor, wish: str) -> Why:
    """What granting would harm, and who has the stall."""
    has = ground.occupant.get(wish)
    who: dict[str, object] = {} if has is None or has.id == vendor.id else {"vendor": has.id}
    harm = _only_place(ground, vendor, wish) or ground.granting(vendor.id, wish)
    if harm is None:
        return Why(wish, "best_found", who)
    if not harm.proven:
        return Why(wish, "not_proven", {"aim": harm.aim, **who})
    return Why(wish, "aim", {"aim": harm.aim, "now": harm.now, "then": harm.then, **who})


def _certain(
    ground: _Ground, vendor: PlanningVendor, wish: str
) -> tuple[str, dict[str, object]] | None:
    """What keeps the vendor from the stall whoever else applies."""
    stall = ground.problem.stall_by_id[wish]
    if stall.blocked:
        return "blocked", {}
    lacking = lacks(stall, vendor.needs)
    if lacking:
        return lacking
    fitting = [
        run
        for run in ground.runs(wish, vendor.min_stalls)
        if all(ground.fits(vendor, one) for one in run)
    ]
    if not fitting:
        return "no_run", {"need": vendor.min_stalls}
    if not any(_is_taken_by(vendor, run) for run in fitting):
        return "not_all_wished", {"need": vendor.min_stalls}
    if vendor.id in ground.problem.pins:
        return "own_pin", {}
    if not list(_runs_of(ground, vendor, wish)):
        return "keeps", {"own": len(vendor.own_stalls)}
    return None


def _is_taken_by(vendor: PlanningVendor, run: Iterable[str]) -> bool:
    """Whether the vendor says that they would take these stalls."""
    return vendor.anywhere or set(run) <= {*vendor.own_stalls, *vendor.wishes}


def _runs_of(ground: _Ground, vendor: PlanningVendor, wish: str) -> Iterator[tuple[str, ...]]:
    """The shortest runs around a wish that the vendor could take without losing own stalls."""
    own = len(vendor.own_stalls) if holds(ground.problem, vendor) else 0
    for run in ground.runs(wish, max(vendor.min_stalls, own)):
        if all(ground.fits(vendor, one) for one in run) and _is_taken_by(vendor, run):
            yield run


def holds(problem: Problem, vendor: PlanningVendor) -> bool:
    """Whether the vendor has own stalls that can be kept: none closed or given by hand."""
    given = {
        stall for name, stalls in problem.pins.items() if name != vendor.id for stall in stalls
    }
    stalls = [problem.stall_by_id[stall] for stall in vendor.own_stalls]
    return bool(stalls) and not any(
        stall.blocked or stall.id in given or lacks(stall, vendor.needs) for stall in stalls
    )


def _by_right(
    ground: _Ground, vendor: PlanningVendor, wish: str
) -> tuple[str, dict[str, object]] | None:
    """Who has the stall, or one around it that is needed too, and by which rule."""
    found = _right_of(ground, vendor, wish)
    if found:
        return found
    decisive: list[tuple[str, dict[str, object]]] = []
    for run in _runs_of(ground, vendor, wish):
        around = [(stall, _right_of(ground, vendor, stall)) for stall in run if stall != wish]
        decided = [(right[0], {**right[1], "at": stall}) for stall, right in around if right]
        if not decided:
            return None
        decisive.append(decided[0])
    return decisive[0]


def _right_of(
    ground: _Ground, vendor: PlanningVendor, name: str
) -> tuple[str, dict[str, object]] | None:
    """By which rule whoever has a stall comes first there; None where no simple rule says so."""
    other = ground.occupant.get(name)
    if other is None or other.id == vendor.id:
        return None
    if name in ground.problem.pins.get(other.id, ()):
        return "pin", {"vendor": other.id}
    if name in other.own_stalls:
        return "holder", {"vendor": other.id}
    wished = name in other.wishes[: rank_of(other, ground.plan[other.id]) + 1]
    if wished and other.order[:2] < vendor.order[:2]:
        return _earlier(other, vendor)
    stall = ground.problem.stall_by_id[name]
    insider = sorted(stall.reserved_for & other.categories)
    if insider and not stall.reserved_for & vendor.categories and (wished or other.anywhere):
        return "reserved", {"category": insider[0], "vendor": other.id}
    return None


def _only_place(ground: _Ground, vendor: PlanningVendor, wish: str) -> Harm | None:
    """What it would harm if all have a place, and whoever has the wish can stand nowhere else."""
    other = ground.occupant.get(wish)
    if other is None or len(ground.plan) < len(ground.problem.vendors):
        return None
    elsewhere = (
        run
        for stall in ground.fitting[other.needs]
        for run in ground.runs(stall, other.min_stalls)
        if wish not in run
    )
    if any(
        _is_taken_by(other, run) and all(ground.fits(other, one) for one in run)
        for run in elsewhere
    ):
        return None
    placed = sum(one.standing == other.standing for one in ground.problem.vendors)
    return Harm(f"placed.{other.standing}", float(placed), float(placed - 1))


def _earlier(other: PlanningVendor, vendor: PlanningVendor) -> tuple[str, dict[str, object]]:
    """How another comes before this vendor in the order."""
    facts: dict[str, object] = {"vendor": other.id}
    if other.standing != vendor.standing:
        return "class", {**facts, "theirs": other.standing, "mine": vendor.standing}
    facts |= {"theirs": other.seniority, "mine": vendor.seniority}
    return "senior", facts | _visits(other, vendor)


def _visits(other: PlanningVendor, vendor: PlanningVendor) -> dict[str, object]:
    """Visits of both, where both are known and say the same as the order."""
    if other.visits is None or vendor.visits is None or other.visits < vendor.visits:
        return {}
    return {"theirs_visits": other.visits, "mine_visits": vendor.visits}


# Refusals.


def _refusal(ground: _Ground, vendor: PlanningVendor) -> tuple[str, dict[str, object]]:
    return (
        _needs(ground, vendor)
        or _cap(ground, vendor)
        or (None if vendor.anywhere else ("only_wished", {"wished": len(vendor.wishes)}))
        or ("full", _who_has_all(ground, vendor))
    )


def _needs(ground: _Ground, vendor: PlanningVendor) -> tuple[str, dict[str, object]] | None:
    """Whether no stall at all would do."""
    given = [stall for stall in ground.problem.stalls if not stall.blocked]
    needs, fitting = vendor.needs, ground.fitting[vendor.needs]
    if any(
        all(ground.fits(vendor, one) for one in run)
        for stall in fitting
        for run in ground.runs(stall, vendor.min_stalls)
    ):
        return None
    power = max((stall.power_kw for stall in given), default=0.0)
    if power < needs.power_kw:
        return "needs", {"what": "power", "need": needs.power_kw, "have": power}
    width = max((stall.width_m for stall in given), default=0.0)
    if width < needs.width_m:
        return "needs", {"what": "width", "need": needs.width_m, "have": width}
    offered = frozenset(feature for stall in given for feature in stall.features)
    if needs.features - offered:
        return "needs", {"what": "features", "missing": sorted(needs.features - offered)}
    if not fitting:
        return "needs", {"what": "together", **_asked(needs)}
    return "needs", {"what": "run", "need": vendor.min_stalls, **_asked(needs)}


def _asked(needs: Needs) -> dict[str, object]:
    """What is needed, where it is anything."""
    facts: dict[str, object] = {}
    if needs.power_kw:
        facts["power_kw"] = needs.power_kw
    if needs.width_m:
        facts["width_m"] = needs.width_m
    if needs.features:
        facts["features"] = sorted(needs.features)
    return facts


def _cap(ground: _Ground, vendor: PlanningVendor) -> tuple[str, dict[str, object]] | None:
    """A category of the vendor whose maximum does not allow the minimum of stalls."""
    for name in sorted(vendor.categories):
        category = ground.problem.category_by_id.get(name)
        if category is None or category.max_stalls is None:
            continue
        taken = sum(ground.sold.get(name, {}).values())
        if taken + vendor.min_stalls > category.max_stalls:
            return "cap", {"category": name, "max": category.max_stalls, "taken": taken}
    return None


def _who_has_all(ground: _Ground, vendor: PlanningVendor) -> dict[str, object]:
    """How the stalls that would do are taken, and by whom of those who come first.

    `places` stalls would do; `taken` of them are with `earlier` vendors of earlier classes and
    `senior` ones of the same class, the last of whom in the order is `least`.
    """
    fitting = ground.fitting[vendor.needs]
    before: dict[str, PlanningVendor] = {}
    taken = 0
    for stall in fitting:
        other = ground.occupant.get(stall)
        if other is not None and other.order < vendor.order:
            before[other.id] = other
            taken += 1
    mine = CLASSES.index(vendor.standing)
    earlier = sum(CLASSES.index(one.standing) < mine for one in before.values())
    facts: dict[str, object] = {"places": len(fitting), "taken": taken, "earlier": earlier}
    facts["senior"] = len(before) - earlier
    if before:
        least = max(before.values(), key=lambda one: one.order)
        facts["least"] = least.id
        if least.standing == vendor.standing:
            facts |= _visits(least, vendor)
    if vendor.min_stalls > 1:
        facts["need"] = vendor.min_stalls
    return facts | _asked(vendor.needs)
