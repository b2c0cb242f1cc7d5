"""The planner's aims in words, and what a wish would cost by them; the groups of vendors."""

from app.languages import N_, pgettext
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


def harmed_said(name: str) -> str:
    """What would get worse if this aim did, after "otherwise": told of this aim alone."""
    kind, _dot, which = name.partition(".")
    if kind == "placed" and which in MORE_WITHOUT:
        return _(MORE_WITHOUT[which])
    return _(HARMED.get(kind, FIXED))


FIXED = N_("it cannot be given, whatever the others get")
HARMED = {
    "holders": N_("otherwise somebody would lose an own place"),
    "placed": N_("otherwise fewer vendors would have a place"),
    "seniority": N_("otherwise one who is earlier in the order would have no place"),
    "rounds": N_("otherwise fewer vendors would have one more place side by side"),
    "same_stall": N_("otherwise fewer vendors would have the same place on all days"),
    "wishes": N_("otherwise one who is earlier in the order would have a lesser wish"),
    "apart": N_("otherwise more of the same goods would stand side by side"),
    "kept": N_("otherwise more vendors would have to move"),
}
MORE_WITHOUT = {
    "season": N_("otherwise more season vendors would be without a place"),
    "regular": N_("otherwise more regular vendors would be without a place"),
    "guest": N_("otherwise more guests would be without a place"),
    "festival": N_("otherwise more of the festival's applicants would be without a place"),
}


def ruled_out_said(name: str) -> str:
    """What is known where the time did not suffice to prove which aim would get worse."""
    kind = name.partition(".")[0]
    rule = _(AIMS[kind]) if kind in AIMS else name
    return _(
        "the rule “%(rule)s” or one before it does not allow it; the time did not suffice "
        "to prove which",
        rule=rule,
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
