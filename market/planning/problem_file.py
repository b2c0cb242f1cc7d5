"""A planning problem as the file that `flask propose` reads (docs/interface.md)."""

from typing import Any

from market.planning.problem import PlanningVendor, Problem


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """The problem in plain lists and numbers, in its own order; read back it is the same."""
    return {
        "day": problem.day,
        "calm": problem.calm,
        "stalls": [
            {
                "id": one.id,
                "row": one.row,
                "position": one.position,
                "width_m": one.width_m,
                "power_kw": one.power_kw,
                "features": sorted(one.features),
                "reserved_for": sorted(one.reserved_for),
                "blocked": one.blocked,
                "near": sorted(one.near),
            }
            for one in problem.stalls
        ],
        "gaps": sorted(sorted(pair) for pair in problem.gaps),
        "categories": [
            {"id": one.id, "max_stalls": one.max_stalls, "keep_apart": one.keep_apart}
            for one in problem.categories
        ],
        "vendors": [_vendor(one) for one in problem.vendors],
        "pins": [
            {"vendor": vendor, "stalls": list(stalls)} for vendor, stalls in problem.pins.items()
        ],
        "previous": [
            {"vendor": vendor, "stalls": list(stalls)}
            for vendor, stalls in problem.previous.items()
        ],
    }


def _vendor(one: PlanningVendor) -> dict[str, Any]:
    """Somebody who wants a place; what is not known is left out."""
    return {
        "id": one.id,
        "class": one.standing,
        "seniority": one.seniority,
        "categories": sorted(one.categories),
        "own_stalls": list(one.own_stalls),
        "min_stalls": one.min_stalls,
        "max_stalls": one.max_stalls,
        "wishes": list(one.wishes),
        "anywhere": one.anywhere,
        "needs": {
            "power_kw": one.needs.power_kw,
            "width_m": one.needs.width_m,
            "features": sorted(one.needs.features),
        },
        **({} if one.visits is None else {"visits": one.visits}),
    }
