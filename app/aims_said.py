"""What the planner has reached, in plain words: aim by aim, how near to the best it is proven."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.languages import gettext as _
from app.languages import number
from app.planning_aims_said import aim_said
from market.planning.answer import Aim


@dataclass(frozen=True)
class AimSaid:
    """An aim in words: what it is, the value, what could be at best, and whether that is sure."""

    words: str
    value: str
    bound: str
    proven: bool
    sentence: str


def aims_said(aims: Iterable[Aim]) -> list[AimSaid]:
    """The aims in their order."""
    return [_said(one) for one in aims]


def _said(aim: Aim) -> AimSaid:
    value, bound = number(round(aim.value, 2)), number(round(aim.bound, 2))
    if aim.proven:
        sentence = _("proven: it cannot be better")
    elif aim.better == "more":
        sentence = _("at most %(bound)s would be possible", bound=bound)
    else:
        sentence = _("at least %(bound)s are needed", bound=bound)
    return AimSaid(aim_said(aim.name), value, bound, aim.proven, sentence)
