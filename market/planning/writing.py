"""An answer as it is written to a file: the format of docs/interface.md."""

from collections.abc import Mapping

from market.planning.answer import Answer, Reason, Why


def answer_as_json(answer: Answer) -> dict[str, object]:
    """Return an answer as plain lists and dictionaries."""
    return {
        "placements": [
            {"vendor": one.vendor, "stalls": list(one.stalls), "reason": _reason(one.reason)}
            for one in answer.placements
        ],
        "refused": [
            {"vendor": one.vendor, "reason": _reason(one.reason)} for one in answer.refused
        ],
        "open": list(answer.open),
        "aims": [
            {
                "name": aim.name,
                "value": aim.value,
                "bound": aim.bound,
                "proven": aim.proven,
                "better": aim.better,
            }
            for aim in answer.aims
        ],
        "seconds": round(answer.seconds, 3),
        "complete": answer.complete,
    }


def _reason(reason: Reason) -> dict[str, object]:
    """What decided, with its facts beside the code."""
    written: dict[str, object] = {**_plain(reason.facts), "code": reason.code}
    if reason.better:
        written["better"] = [_why(one) for one in reason.better]
    return written


def _why(why: Why) -> dict[str, object]:
    """Why a better wish was not granted."""
    return {**_plain(why.facts), "stall": why.stall, "code": why.code}


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts with lists instead of tuples and sets."""
    return {
        name: sorted(value)
        if isinstance(value, set | frozenset)
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in facts.items()
    }
