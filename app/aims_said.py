"""What the planner has reached, in plain words: aim by aim, how near to the best it is proven."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.languages import N_, number
from app.languages import gettext as _
from market.planning.answer import Aim

CLASS_WORDS = {
    "season": N_("holders for the season"),
    "regular": N_("regular vendors"),
    "guest": N_("guests"),
    "festival": N_("festival applicants"),
}
AIM_WORDS = {
    "holders": N_("Holders who keep their stalls or got a wished one"),
    "placed": N_("Vendors with a place: %(of_class)s"),
    "seniority": N_("Nobody later in the order instead of one who comes first: %(of_class)s"),
    "kept": N_("Stalls that stay with whoever had them"),
    "rounds": N_("Vendors with at least %(of_class)s more than their minimum"),
    "same_stall": N_("The same stall on all days"),
    "wishes": N_("Wishes, in the order of vendors"),
    "apart": N_("The same goods side by side, as seldom as can be"),
}


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


def aim_words(name: str) -> str:
    """What an aim is about."""
    kind, _dot, of_class = name.partition(".")
    if kind not in AIM_WORDS:
        return name
    named = _(CLASS_WORDS[of_class]) if of_class in CLASS_WORDS else of_class
    return _(AIM_WORDS[kind], of_class=named)


def _said(aim: Aim) -> AimSaid:
    value, bound = number(round(aim.value, 2)), number(round(aim.bound, 2))
    if aim.proven:
        sentence = _("proven: it cannot be better")
    elif aim.better == "more":
        sentence = _("at most %(bound)s would be possible", bound=bound)
    else:
        sentence = _("at least %(bound)s are needed", bound=bound)
    return AimSaid(aim_words(aim.name), value, bound, aim.proven, sentence)
