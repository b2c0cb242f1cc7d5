"""An independent checker of a plan: it knows the written rules and nothing of the planner.

`check` names every rule that an answer breaks and the identities concerned; an answer without
faults is kept by all rules. It also verifies every sentence of explanation.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from market.planning.answer import Answer
from market.planning.checking_aims import wrong_aims
from market.planning.checking_plan import CheckedPlan, Wrong
from market.planning.checking_reasons import Granting, wrong_reasons
from market.planning.checking_rules import RULES
from market.planning.problem import Festival, Problem

__all__ = ["Wrong", "check", "check_festival"]


def check(problem: Problem, answer: Answer, granting: Granting | None = None) -> tuple[Wrong, ...]:
    """Everything that is wrong with an answer; nothing when it keeps all rules.

    With `granting` (see reasons.py) what granting a wish would cost is verified to the number.
    """
    return _wrong(CheckedPlan(problem, answer), granting)


def check_festival(festival: Festival, answers: Sequence[Answer]) -> tuple[Wrong, ...]:
    """Everything that is wrong with the answers of days that are planned together."""
    found: list[Wrong] = []
    before = None
    for problem, answer in zip(festival.days, answers, strict=True):
        before = CheckedPlan(problem, answer, before)
        found += _wrong(before, None)
    return tuple(found)


def _wrong(plan: CheckedPlan, granting: Granting | None) -> tuple[Wrong, ...]:
    found = [*_everybody_once(plan), *_known_stalls(plan)]
    if found:
        return tuple(found)
    return (
        *(wrong for rule in RULES for wrong in rule(plan)),
        *wrong_aims(plan),
        *wrong_reasons(plan, granting),
    )


def _everybody_once(plan: CheckedPlan) -> Iterator[Wrong]:
    """Every vendor is placed or refused, once; nobody else is, but for those with bad data."""
    answer = plan.answer
    named = [one.vendor for one in answer.placements] + [one.vendor for one in answer.refused]
    known = plan.problem.vendor_by_id
    for name, times in Counter(named).items():
        if times > 1:
            yield Wrong("vendor_twice", (name,))
        if name not in known and name not in plan.out:
            yield Wrong("unknown_vendor", (name,))
    for name in known.keys() - set(named):
        yield Wrong("vendor_missing", (name,))


def _known_stalls(plan: CheckedPlan) -> Iterator[Wrong]:
    """Placements name stalls of the problem, each at least one."""
    for placed in plan.answer.placements:
        if not placed.stalls:
            yield Wrong("no_stall", (placed.vendor,))
        for stall in placed.stalls:
            if stall not in plan.problem.stall_by_id:
                yield Wrong("unknown_stall", (placed.vendor, stall))
