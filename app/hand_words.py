"""What does not fit in a plan changed by hand, in words: short for a cell, whole for the list."""

from collections.abc import Mapping

from app.languages import N_, number, pgettext
from app.languages import gettext as _
from app.names import category
from market.planning import hand
from market.planning.hand import HandFinding

WINDS = {
    "N": N_("from the north"),
    "NE": N_("from the north-east"),
    "E": N_("from the east"),
    "SE": N_("from the south-east"),
    "S": N_("from the south"),
    "SW": N_("from the south-west"),
    "W": N_("from the west"),
    "NW": N_("from the north-west"),
}
"""Where the wind comes from."""


def hand_mark(one: HandFinding) -> str:
    """A finding in two or three words, for a cell."""
    amounts = {"wanted": number(one.wanted), "there": number(one.there)}
    if one.kind == hand.POWER:
        return pgettext("mark", "power %(wanted)s/%(there)s kW", **amounts)
    if one.kind == hand.NARROW:
        return pgettext("mark", "narrow %(there)s/%(wanted)s m", **amounts)
    if one.kind == hand.SAME_GOODS:
        return pgettext("mark", "beside too: %(goods)s", goods=category(one.category).lower())
    if one.kind == hand.RESERVED:
        return pgettext("mark", "meant for: %(goods)s", goods=category(one.category).lower())
    return {
        hand.WATER: pgettext("mark", "no water"),
        hand.VEHICLE: pgettext("mark", "no room for a car"),
        hand.CLOSED: pgettext("mark", "closed"),
        hand.APART: pgettext("mark", "not side by side"),
        hand.TOO_FEW: pgettext("mark", "too few places"),
        hand.TOO_MANY: pgettext("mark", "too many places"),
        hand.STAGE: pgettext("mark", "beside the stage"),
        hand.SMOKE: pgettext("mark", "in the smoke"),
        hand.PARADE: pgettext("mark", "procession"),
        hand.PERFORMS: pgettext("mark", "performs too"),
        hand.AWAY: pgettext("mark", "another day asked"),
    }[one.kind]


def hand_said(
    one: HandFinding,
    names: Mapping[str, str],
    numbers: Mapping[int, str],
    zones: Mapping[int, str],
) -> str:
    """A finding as a sentence: `names` by key, `numbers` by stall, `zones` in the language."""
    blanks = {
        "vendor": names.get(one.key, ""),
        "other": names.get(one.other, ""),
        "stall": numbers.get(one.stall_id or 0, ""),
        "wanted": number(one.wanted),
        "there": number(one.there),
        "goods": category(one.category).lower() if one.category else "",
        "zone": zones.get(one.zone_id or 0, ""),
        "event": one.words,
        "when": _hours(one),
    }
    return _(SENTENCES[one.kind], **blanks)


SENTENCES = {
    hand.POWER: N_("%(stall)s %(vendor)s needs %(wanted)s kW, there are %(there)s kW."),
    hand.POWER_OF_ZONE: N_("%(zone)s: %(wanted)s kW are needed, the lines carry %(there)s kW."),
    hand.NARROW: N_("%(stall)s %(vendor)s needs %(wanted)s m, there are %(there)s m."),
    hand.WATER: N_("%(stall)s %(vendor)s needs water; there is none."),
    hand.VEHICLE: N_("%(stall)s %(vendor)s needs room for a car; there is none."),
    hand.CLOSED: N_("%(stall)s is closed on that day; %(vendor)s stands there."),
    hand.TOO_FEW: N_("%(vendor)s needs at least %(wanted)s places and has %(there)s: %(stall)s."),
    hand.TOO_MANY: N_("%(vendor)s asked for at most %(wanted)s places and has %(there)s."),
    hand.APART: N_("The places of %(vendor)s are not side by side; one is %(stall)s."),
    hand.CAP: N_("%(goods)s: %(wanted)s places, %(there)s are allowed."),
    hand.RESERVED: N_("%(stall)s is meant for %(goods)s first; %(vendor)s stands there."),
    hand.SAME_GOODS: N_("%(stall)s %(vendor)s and beside it %(other)s sell the same: %(goods)s."),
    hand.STAGE: N_("%(stall)s %(vendor)s stands %(there)s m from the stage; it is loud there."),
    hand.SMOKE: N_(
        "%(stall)s %(vendor)s sells %(goods)s %(there)s m downwind of the fire of %(other)s."
    ),
    hand.PARADE: N_("%(stall)s %(vendor)s: “%(event)s” goes through this row %(when)s."),
    hand.PERFORMS: N_("%(vendor)s performs in “%(event)s” %(when)s; who looks after %(stall)s?"),
    hand.AWAY: N_("%(vendor)s did not ask for this day and has %(stall)s."),
}


def _hours(one: HandFinding) -> str:
    """When an event is, short: "plkst. 12.00–13.00", or that it is not known yet."""
    if one.starts is None:
        return _("at a time that is not known yet")
    if one.ends is None:
        return _("from %(start)s", start=f"{one.starts:%H.%M}")
    return _("from %(start)s to %(end)s", start=f"{one.starts:%H.%M}", end=f"{one.ends:%H.%M}")
