"""What is wrong with a planning problem, in whole sentences with the names concerned."""

from collections.abc import Mapping, Sequence

from app.languages import N_
from app.languages import gettext as _
from app.names import CATEGORIES

Names = Mapping[str, str]

SAID = {
    "duplicate_vendor": N_("%(first)s is named twice."),
    "unknown_stall": N_("%(first)s: there are no such places: %(others)s."),
    "unknown_category": N_("%(first)s: there are no such goods: %(others)s."),
    "unknown_class": N_("%(first)s: there is no such group of vendors: %(others)s."),
    "own_not_neighbours": N_("%(first)s: the own places are not side by side: %(others)s."),
    "own_claimed_twice": N_("%(first)s is held by several at once: %(others)s."),
    "own_over_maximum": N_("%(first)s: more own places than may be taken at most: %(others)s."),
    "pin_against_limit": N_(
        "%(first)s was put there by hand against a limit (number, power, width, goods or "
        "neighbours): %(others)s."
    ),
    "pinned_twice": N_("Put by hand twice: %(names)s."),
    "impossible_number": N_(
        "%(first)s: the least number of places is below one or above the most."
    ),
    "bad_number": N_("%(first)s: a number is missing or cannot be true."),
    "not_a_problem": N_("This cannot be read: %(names)s."),
    "duplicate_stall": N_("The place %(first)s is there twice."),
    "duplicate_place": N_("Several places at one position of a row: %(names)s."),
    "duplicate_category": N_("The goods %(first)s are there twice."),
    "unknown_gap": N_("A passage between places that are not there: %(names)s."),
    "unknown_reserved_for": N_("%(first)s is reserved for goods that are not there: %(others)s."),
    "unknown_pinned": N_("%(first)s was put by hand and is not among the vendors: %(others)s."),
    "unknown_previous": N_(
        "In the plan before there is somebody, or a place, that is not there now: %(names)s."
    ),
}


def fault_said(code: str, concerned: Sequence[str], names: Names, numbers: Names) -> str:
    """A fault in one sentence; `names` of vendors and `numbers` of stalls by identity."""
    said = [names.get(one) or numbers.get(one) or _goods(one) for one in concerned]
    if code not in SAID:
        return f"{code}: {', '.join(said)}"
    first, others = (said[0] if said else "–"), ", ".join(said[1:])
    return _(SAID[code], first=first, others=others, names=", ".join(said) or "–")


def _goods(name: str) -> str:
    return _(CATEGORIES[name]).lower() if name in CATEGORIES else name


def bad_data_said(facts: Mapping[str, object], names: Names, numbers: Names) -> list[str]:
    """That somebody could not be planned, and what is wrong, with the names concerned."""
    said = [_("Something in the application does not fit together, so it could not be planned.")]
    concerned = facts.get("names")
    if "fault" in facts and isinstance(concerned, list | tuple):
        told = [str(one) for one in concerned]
        said.append(fault_said(str(facts["fault"]), told, names, numbers))
    return said


def failure_said(error: str, names: Names) -> str:
    """What BadProblem has said, `code: name, name; code: …`, in sentences; else as it is."""
    parts = [one.partition(": ") for one in error.split("; ")]
    if not all(code in SAID for code, _colon, _rest in parts):
        return error
    return " ".join(
        fault_said(code, [one for one in rest.split(", ") if one], names, {})
        for code, _colon, rest in parts
    )
