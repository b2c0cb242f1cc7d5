"""Answers as they were kept in a version, read back."""

from collections.abc import Mapping
from typing import Any

from market.planning.answer import Aim, Answer, Placed, Reason, Refused, Why


def answer_from_json(kept: Mapping[str, Any]) -> Answer:
    """The answer that `writing.answer_as_json` has written; an empty one for {}."""
    return Answer(
        placements=tuple(
            Placed(str(one["vendor"]), tuple(one["stalls"]), _reason(one["reason"]))
            for one in kept.get("placements", ())
        ),
        refused=tuple(
            Refused(str(one["vendor"]), _reason(one["reason"])) for one in kept.get("refused", ())
        ),
        open=tuple(kept.get("open", ())),
        aims=tuple(
            Aim(
                str(one["name"]),
                float(one["value"]),
                float(one["bound"]),
                bool(one["proven"]),
                str(one.get("better", "more")),
            )
            for one in kept.get("aims", ())
        ),
        seconds=float(kept.get("seconds", 0)),
        complete=bool(kept.get("complete", True)),
    )


def _reason(kept: Mapping[str, Any]) -> Reason:
    facts = {name: one for name, one in kept.items() if name not in ("code", "better")}
    return Reason(str(kept["code"]), facts, tuple(_why(one) for one in kept.get("better", ())))


def _why(kept: Mapping[str, Any]) -> Why:
    facts = {name: one for name, one in kept.items() if name not in ("code", "stall")}
    return Why(str(kept["stall"]), str(kept["code"]), facts)
