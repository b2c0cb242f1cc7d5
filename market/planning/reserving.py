"""Reserved stalls as rows: others have one only if no vendor it is reserved for wants it.

For every insider (a vendor of a category the stall is reserved for, with a possible run over
it) who wishes it, an outsider has it only if the insider has something at least as dear; for one
who takes any stall, only if the insider has a place at all. An insider whom the maximum of its
category keeps out closes no stall. Own stalls of holders and stalls given by hand are exempt.
"""

from dataclasses import dataclass

from market.planning.model import Column, Model, stalls_of
from market.planning.problem import PlanningStall, PlanningVendor


@dataclass(frozen=True)
class _Want:
    """An insider who wants a stall: what serves it as well or better, as columns."""

    vendor: str
    served: tuple[int, ...]


def add_reserved(model: Model) -> None:
    """Take the rows of reserved stalls into a model."""
    for day, problem in enumerate(model.days):
        excused = _Excuses(model, day)
        for stall in sorted(problem.stalls, key=lambda one: one.id):
            if stall.reserved_for and not stall.blocked:
                _reserve(model, day, stall, excused)


def _reserve(model: Model, day: int, stall: PlanningStall, excused: "_Excuses") -> None:
    """Rows of one stall."""
    outsiders = [one for one in model.over[day, stall.id] if _is_outsider(model, day, stall, one)]
    if not outsiders:
        return
    taken = [(one, 1.0) for one in outsiders]
    wishers, others = _insiders(model, day, stall)
    for want in wishers:
        rest = [(one, -1.0) for one in want.served]
        model.row(-float("inf"), 0.0, taken + rest + excused.entries(want.vendor))
    if others:
        model.row(-float("inf"), 0.0, [*taken, (excused.all_served(tuple(others)), -1.0)])


def _is_outsider(model: Model, day: int, stall: PlanningStall, number: int) -> bool:
    """Whether a column over a reserved stall is of somebody it is not reserved for."""
    column = model.columns[number]
    if column.vendor is None:
        first, parts = model.keys[column.group or 0]
        return stall.reserved_for not in parts[day - first].inside
    vendor = model.days[day].vendor_by_id[column.vendor]
    exempt = stall.id in vendor.own_stalls or vendor.id in model.days[day].pins
    return not vendor.categories & stall.reserved_for and not exempt


def _insiders(model: Model, day: int, stall: PlanningStall) -> tuple[list[_Want], list[str]]:
    """Those who wish a stall, with what would serve them, and those whom any place serves."""
    wishers, others = [], []
    for vendor in model.seats(day):
        if not vendor.categories & stall.reserved_for or vendor.id in model.days[day].pins:
            continue
        if not _could_have(model, day, vendor, stall):
            continue
        numbers = model.on(day, vendor.id)
        if stall.id in vendor.wishes:
            rank = vendor.wishes.index(stall.id)
            served = tuple(one for one in numbers if model.rank(one, day) <= rank)
            wishers.append(_Want(vendor.id, served))
        elif vendor.anywhere:
            others.append(vendor.id)
    return wishers, others


def _could_have(model: Model, day: int, vendor: PlanningVendor, stall: PlanningStall) -> bool:
    """Whether any run over a stall would do for a vendor."""
    ground = model.grounds[day]
    within = ground.fitting(vendor.needs)
    if not vendor.anywhere:
        within = within & {*vendor.wishes, *vendor.own_stalls}
    if stall.id not in within:
        return False
    return next(ground.over(stall.id, within, ground.sizes(vendor)), None) is not None


class _Excuses:
    """Helpers of a day: who is kept out by a full category, and whether many are all served."""

    def __init__(self, model: Model, day: int) -> None:
        self.model = model
        self.day = day
        self._full: dict[tuple[str, int], int] = {}
        self._out: dict[str, int | None] = {}
        self._served: dict[tuple[str, ...], int] = {}
        self._maxima = {
            one.id: one.max_stalls
            for one in model.days[day].categories
            if one.max_stalls is not None
        }

    def entries(self, vendor: str) -> list[tuple[int, float]]:
        """Return what to add to a row so that a vendor kept out by a maximum does not count."""
        if vendor not in self._out:
            self._out[vendor] = self._excuse(vendor)
        number = self._out[vendor]
        return [] if number is None else [(number, -1.0)]

    def _excuse(self, identity: str) -> int | None:
        """A helper that may be 1 only if a vendor has no place and a category of it is full."""
        model, day = self.model, self.day
        vendor = model.days[day].vendor_by_id[identity]
        limited = sorted(vendor.categories & set(self._maxima))
        if not limited:
            return None
        out = model.add(Column(range(day, day + 1), fact="out"))
        placed = [(one, 1.0) for one in model.on(day, identity)]
        model.row(-float("inf"), 1.0, [*placed, (out, 1.0)])
        full = [(self.full(category, vendor.min_stalls), -1.0) for category in limited]
        model.row(-float("inf"), 0.0, [(out, 1.0), *full])
        return out

    def full(self, category: str, least: int) -> int:
        """Return the column that may be 1 only if fewer than `least` stalls are left."""
        if (category, least) not in self._full:
            number = self.model.add(Column(range(self.day, self.day + 1), fact="full"))
            needed = max(0, self._maxima[category] - least + 1)
            used = stalls_of(self.model, self.day, category)
            self.model.row(0.0, float("inf"), [*used, (number, -float(needed))])
            self._full[category, least] = number
        return self._full[category, least]

    def all_served(self, vendors: tuple[str, ...]) -> int:
        """Return the column that may be 1 only if each of these vendors has a place."""
        if vendors not in self._served:
            today = range(self.day, self.day + 1)
            number = self.model.add(Column(today, fact="served", serves=vendors))
            for vendor in vendors:
                placed = [(one, -1.0) for one in self.model.on(self.day, vendor)]
                entries = [(number, 1.0), *placed, *self.entries(vendor)]
                self.model.row(-float("inf"), 0.0, entries)
            self._served[vendors] = number
        return self._served[vendors]
