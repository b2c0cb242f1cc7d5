"""The planner's aims in words, and what a wish would cost by them; the groups of vendors."""

from collections.abc import Mapping

from app.languages import N_, ngettext, pgettext
from app.languages import gettext as _

AIMS = {
    "holders": N_("Holders keep their own places or move to a wished one"),
    "placed": N_("As many vendors as possible have a place"),
    "seniority": N_("Seniors before juniors"),
    "rounds": N_("More places side by side, one more each in rounds"),
    "same_stall": N_("The same place on all days"),
    "wishes": N_("Wishes, in order of seniority"),
    "apart": N_("The same goods apart"),
    "kept": N_("As little change as possible"),
}


def aim_said(name: str) -> str:
    """An aim of an answer in words: "placed.guest" is said with its class."""
    kind, _dot, which = name.partition(".")
    said = _(AIMS[kind]) if kind in AIMS else name
    if kind in ("placed", "seniority"):
        return f"{said} ({class_said(which)})"
    return f"{said} (+{which})" if kind == "rounds" else said


def worse_said(facts: Mapping[str, object], stall: str) -> str:
    """What would get worse: "S3: citādi bez vietas paliktu vēl 1 tirgotājs."

    The planner names the aim by which a wish was ruled out; what is harmed may also be one before
    it, so of later aims no more is said than that.
    """
    name = str(facts.get("aim", "")).partition(".")[0]
    if name == "placed":
        now, then = facts.get("now"), facts.get("then")
        known = isinstance(now, int | float) and isinstance(then, int | float)
        fewer = max(1, round(abs(now - then))) if known else 1  # type: ignore[operator]
        return ngettext(
            "%(stall)s: otherwise one vendor more would be without a place.",
            "%(stall)s: otherwise %(num)s vendors more would be without a place.",
            fewer,
            stall=stall,
        )
    if name == "holders":
        return _("%(stall)s: otherwise a holder would lose the own place.", stall=stall)
    if name not in AIMS:
        return _("%(stall)s: granting it would harm a rule that comes first.", stall=stall)
    return _(
        "%(stall)s: granting it would harm the rule “%(rule)s” or one before it.",
        stall=stall,
        rule=_(AIMS[name]),
    )


def class_said(standing: str) -> str:
    """ "sezonas tirgotājs" """
    return {
        "season": pgettext("class", "a season vendor"),
        "regular": pgettext("class", "a regular vendor"),
        "guest": pgettext("class", "a guest"),
        "festival": pgettext("class", "a festival's applicant"),
    }.get(standing, standing)


def before_said(standing: str) -> str:
    """ "pirms viesa" """
    return {
        "season": pgettext("before whom", "a season vendor"),
        "regular": pgettext("before whom", "a regular vendor"),
        "guest": pgettext("before whom", "a guest"),
        "festival": pgettext("before whom", "a festival's applicant"),
    }.get(standing, standing)
