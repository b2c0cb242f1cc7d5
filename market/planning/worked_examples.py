"""Examples that run: small problems with the plan and the reasons that the planner gives them.

The public page of the rules shows them as they are stored here; the test suite solves each and
compares, so the page cannot say what the planner does not do.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from market.planning.answer import Placed, Reason, Refused, Why

FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True)
class Example:
    """A problem as its file has it, names of its vendors, who got what, and why."""

    key: str
    names: Mapping[str, str]
    problem: Mapping[str, Any]
    placements: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, Reason]

    @property
    def results(self) -> tuple[Placed | Refused, ...]:
        """What each vendor got, or that it got nothing, in the order of the problem."""
        return tuple(
            Placed(name, self.placements[name], self.reasons[name])
            if name in self.placements
            else Refused(name, self.reasons[name])
            for name in self.names
        )


@cache
def examples() -> dict[str, Example]:
    """All examples by their names, in the order of the rules."""
    return {file.stem: _read(file) for file in sorted(FOLDER.glob("*.json"))}


def _read(file: Path) -> Example:
    data = json.loads(file.read_text())
    return Example(
        file.stem,
        data["names"],
        data["problem"],
        {name: tuple(stalls) for name, stalls in data["placements"].items()},
        {name: _reason(told) for name, told in data["reasons"].items()},
    )


def _reason(told: Mapping[str, Any]) -> Reason:
    better = tuple(Why(why["stall"], why["code"], why["facts"]) for why in told["better"])
    return Reason(told["code"], told["facts"], better)
