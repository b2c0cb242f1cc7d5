"""Sentences of explanation: the rule that is named is the right one, and a wrong one is found."""

import pytest

from market.planning.answer import Answer
from market.planning.checking import check
from market.planning.problem import (
    Problem,
)
from market.planning.proposal import propose
from tests.market.planning_by_hand import Plan, every_plan, worth
from tests.market.test_planning_exact import tiny


def first_harmed(problem: Problem, answer: Answer, plans: list[Plan]):
    """By trying every plan: the first aim that is worse in the best plan with a wish granted."""
    now = worth(problem, {one.vendor: one.stalls for one in answer.placements})

    def asked(vendor: str, stall: str) -> tuple[str, float] | None:
        granted = [worth(problem, one) for one in plans if stall in one.get(vendor, ())]
        if not granted:
            return "infeasible", 1.0
        best = max(granted, key=lambda values: [value for _, value in values])
        for (name, value), (_, then) in zip(now, best, strict=True):
            if then < value:
                return ("wishes.first", 1.0) if name.startswith("wishes") else (name, abs(then))
        return None

    return asked


@pytest.mark.parametrize("seed", range(60))
def test_the_rule_named_is_the_first_that_would_be_harmed(seed: int):
    """Among all plans there are, not only those the planner has looked at."""
    problem = tiny(seed)
    answer = propose(problem)
    if any(one.reason.code == "bad_data" for one in answer.refused):
        return
    found = first_harmed(problem, answer, list(every_plan(problem)))
    assert check(problem, answer, found) == ()
