"""Reads a planning problem from a file: the format of docs/interface.md.

What cannot be read of one vendor makes this vendor unplannable, never the day: such a vendor is
kept by its identity with a number that cannot be, and is refused by it. What cannot be read of
the day raises BadProblem with the names concerned.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from market.planning.answer import Fault
from market.planning.faults import BadProblem, faults_of
from market.planning.problem import (
    Category,
    Festival,
    Needs,
    PlanningStall,
    PlanningVendor,
    Problem,
)


class _UnreadableError(ValueError):
    """A value is not what the format says."""


def read_problem(data: object) -> tuple[Problem | Festival, tuple[Fault, ...]]:
    """Return a problem, or a festival where the data has `days`, and the faults of vendors.

    An example of the rules' page holds its problem as `problem`, beside the names of its people.
    Raises BadProblem for faults that concern no single vendor.
    """
    if isinstance(data, Mapping) and "problem" in data and "stalls" not in data:
        data = data["problem"]
    if isinstance(data, Mapping) and "days" in data:
        days = data["days"]
        if not isinstance(days, list) or not days:
            raise BadProblem((Fault("not_a_problem", ("days",)),))
        festival = Festival(tuple(_day(one) for one in days))
        found = [fault for day in festival.days for fault in faults_of(day)]
        return festival, tuple(dict.fromkeys(_vendors_only(found)))
    problem = _day(data)
    return problem, _vendors_only(faults_of(problem))


def _vendors_only(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults, if all of them are of vendors. Raises BadProblem for the others."""
    faults = tuple(faults)
    of_day = tuple(fault for fault in faults if fault.vendor is None)
    if of_day:
        raise BadProblem(of_day)
    return faults


def _day(data: object) -> Problem:
    """One day."""
    if not isinstance(data, Mapping):
        raise BadProblem((Fault("not_a_problem", ()),))
    if "stalls" not in data and "vendors" not in data:
        raise BadProblem((Fault("not_a_problem", ("stalls", "vendors")),))
    return Problem(
        day=_of_day("day", lambda: _text(data.get("day", ""))),
        stalls=tuple(_each(data, "stalls", _stall)),
        vendors=tuple(_vendor(one, place) for place, one in enumerate(_list(data, "vendors"))),
        gaps=frozenset(_each(data, "gaps", _gap)),
        categories=tuple(_each(data, "categories", _category)),
        pins=_given(data, "pins"),
        previous=_given(data, "previous"),
        calm=_of_day("calm", lambda: _truth(data.get("calm", False))),
    )


def _of_day(name: str, read: Callable[[], Any]) -> Any:
    """A value of the day. Raises BadProblem when it cannot be read."""
    try:
        return read()
    except (_UnreadableError, KeyError) as error:
        raise BadProblem((Fault("not_a_problem", (name,)),)) from error


def _list(data: Mapping[str, object], key: str) -> list[object]:
    """A list that may be left out."""
    found = data.get(key, [])
    if not isinstance(found, list):
        raise BadProblem((Fault("not_a_problem", (key,)),))
    return found


def _each(data: Mapping[str, object], key: str, read: Callable[[Any], Any]) -> list[Any]:
    """What is read of each member of a list; a bad one is called by its identity or number."""
    found = []
    for place, one in enumerate(_list(data, key)):
        name = f"{key}[{place}]"
        if isinstance(one, Mapping) and isinstance(one.get("id"), str):
            name = one["id"]
        found.append(_of_day(name, partial(read, one)))
    return found


def _given(data: Mapping[str, object], key: str) -> dict[str, tuple[str, ...]]:
    """Vendors with their stalls. Who is named twice has a stall twice, which is a fault."""
    found: dict[str, tuple[str, ...]] = {}
    for name, stalls in _each(data, key, _pair):
        before = found.get(name)
        found[name] = stalls if before is None else (*before, *stalls, *before)
    return found


def _pair(one: object) -> tuple[str, tuple[str, ...]]:
    """A vendor and its stalls."""
    entry = _mapping(one)
    return _text(entry["vendor"]), _texts(entry["stalls"])


def _stall(one: object) -> PlanningStall:
    """A stall."""
    entry = _mapping(one)
    return PlanningStall(
        id=_text(entry["id"]),
        row=_text(entry["row"]),
        position=_whole(entry["position"]),
        width_m=_number(entry.get("width_m", 3.0)),
        power_kw=_number(entry.get("power_kw", 0.0)),
        features=frozenset(_texts(entry.get("features", []))),
        reserved_for=frozenset(_texts(entry.get("reserved_for", []))),
        blocked=_truth(entry.get("blocked", False)),
        near=frozenset(_texts(entry.get("near", []))),
    )


def _gap(one: object) -> frozenset[str]:
    """Two stalls with a passage between them."""
    return frozenset(_texts(one))


def _category(one: object) -> Category:
    """A category."""
    entry = _mapping(one)
    most = entry.get("max_stalls")
    if most is not None and _whole(most) < 0:
        raise _UnreadableError
    return Category(
        id=_text(entry["id"]),
        max_stalls=None if most is None else _whole(most),
        keep_apart=_truth(entry.get("keep_apart", False)),
    )


def _vendor(one: object, place: int) -> PlanningVendor:
    """A vendor; one that cannot be read is kept by its identity, with a number that cannot be."""
    name = one.get("id") if isinstance(one, Mapping) else None
    identity = name if isinstance(name, str) and name else f"vendors[{place}]"
    try:
        return _read_vendor(identity, _mapping(one), known=identity == name)
    except (_UnreadableError, KeyError):
        return PlanningVendor(identity, needs=Needs(power_kw=math.nan))


def _read_vendor(identity: str, entry: Mapping[str, Any], *, known: bool) -> PlanningVendor:
    """A vendor that can be read."""
    if not known:
        raise _UnreadableError
    needs = _mapping(entry.get("needs", {}))
    own = _texts(entry.get("own_stalls", []))
    least = _whole(entry.get("min_stalls", 1))
    visits = entry.get("visits")
    return PlanningVendor(
        id=identity,
        standing=_text(entry.get("class", "season" if own else "guest")),
        seniority=_whole(entry.get("seniority", 0)),
        categories=frozenset(_texts(entry.get("categories", []))),
        own_stalls=own,
        min_stalls=least,
        max_stalls=_whole(entry.get("max_stalls", max(1, least, len(own)))),
        wishes=_texts(entry.get("wishes", [])),
        anywhere=_truth(entry.get("anywhere", True)),
        needs=Needs(
            power_kw=_number(needs.get("power_kw", 0.0)),
            width_m=_number(needs.get("width_m", 0.0)),
            features=frozenset(_texts(needs.get("features", []))),
        ),
        visits=None if visits is None else _whole(visits),
    )


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _UnreadableError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _UnreadableError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise _UnreadableError
    return tuple(_text(one) for one in value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise _UnreadableError
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _UnreadableError
    try:
        number = float(value)
    except OverflowError as error:
        raise _UnreadableError from error
    if not math.isfinite(number) or number < 0:
        raise _UnreadableError
    return number


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _UnreadableError
    if not math.isfinite(value) or value != int(value):
        raise _UnreadableError
    return int(value)
