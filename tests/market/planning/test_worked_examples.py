"""Every example of the rules' page is solved: who gets what, and why, is what the page says."""

import json

import pytest

from app.rules_said import RULES
from market.planning.checking import check
from market.planning.problem import Problem
from market.planning.proposal import propose
from market.planning.reading import read_problem
from market.planning.worked_examples import Example, examples


@pytest.mark.parametrize("example", examples().values(), ids=examples())
def test_the_planner_does_what_the_example_says(example: Example) -> None:
    """The stored plan and reasons are those of the planner, and the checker agrees."""
    problem, faults = read_problem(example.problem)
    assert isinstance(problem, Problem)
    answer = propose(problem)
    assert faults == ()
    assert {one.vendor: one.stalls for one in answer.placements} == example.placements
    told = {one.vendor: one.reason for one in answer.placements}
    told |= {one.vendor: one.reason for one in answer.refused}
    assert _plain(told) == _plain(example.reasons)
    assert check(problem, answer) == ()


def test_every_example_stands_beside_a_rule() -> None:
    """No example is forgotten, and none is named that is not there."""
    named = [key for rule in RULES for key in rule.examples]
    assert sorted(named) == sorted(examples())


def _plain(reasons: object) -> object:
    """Reasons as JSON has them, so that 1 and 1.0 are alike."""
    return json.loads(json.dumps(reasons, default=vars))
