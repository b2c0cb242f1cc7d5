"""What an organiser should see of a day, in words: short for a cell, whole for the list."""

from collections.abc import Iterable, Mapping

from app.languages import N_, number, pgettext
from app.languages import gettext as _
from app.names import category
from market.standing import findings
from market.standing.filling import NotPut
from market.standing.findings import Finding
from vendors.registry.models import Vendor

BASES = {
    "contract": N_("by contract"),
    "season_ticket": N_("by season ticket"),
    "weekly": N_("by the week"),
}
PERIODS = {
    "day": N_("pays by the day"),
    "month": N_("pays by the month"),
    "season": N_("pays for the season"),
}
"""On what basis a stall is held, and for which time it is paid."""


def weekday_short(weekday: int) -> str:
    """A weekday (0 is Monday) in a letter or two: "O" """
    return (
        pgettext("weekday, short", "Mo"),
        pgettext("weekday, short", "Tu"),
        pgettext("weekday, short", "We"),
        pgettext("weekday, short", "Th"),
        pgettext("weekday, short", "Fr"),
        pgettext("weekday, short", "Sa"),
        pgettext("weekday, short", "Su"),
    )[weekday]


def short_said(one: Finding) -> str:
    """A finding in two or three words, for a cell: "strāva 3/0 kW" """
    amounts = {"wanted": number(one.wanted), "there": number(one.there)}
    if one.kind == findings.POWER:
        return pgettext("mark", "power %(wanted)s/%(there)s kW", **amounts)
    if one.kind == findings.NARROW:
        return pgettext("mark", "narrow %(there)s/%(wanted)s m", **amounts)
    if one.kind == findings.SAME_GOODS:
        return pgettext("mark", "beside too: %(goods)s", goods=category(one.category).lower())
    if one.kind == findings.RESERVED:
        return pgettext("mark", "meant for: %(goods)s", goods=category(one.category).lower())
    return {
        findings.WATER: pgettext("mark", "no water"),
        findings.COOLING: pgettext("mark", "no cooling"),
        findings.VEHICLE: pgettext("mark", "no room for a car"),
        findings.TWO_ZONES: pgettext("mark", "in two zones"),
    }[one.kind]


def marks(found: Iterable[Finding]) -> list[str]:
    """What a cell says of its findings, each thing once: two neighbours may sell the same."""
    return list(dict.fromkeys(short_said(one) for one in found))


def finding_said(
    one: Finding, vendors: Mapping[int, Vendor], numbers: Mapping[int, str], zone: str
) -> str:
    """A finding as a sentence. `zone` is the name of its zone in the reader's language."""
    vendor = vendors.get(one.vendor_id or 0)
    blanks = {
        "vendor": vendor.name if vendor else "",
        "stall": numbers.get(one.stall_id or 0, ""),
        "wanted": number(one.wanted),
        "there": number(one.there),
    }
    if one.kind == findings.POWER_OF_ZONE:
        return _(
            "%(zone)s: %(wanted)s kW are needed, the lines carry %(there)s kW.",
            zone=zone, wanted=blanks["wanted"], there=blanks["there"],
        )  # fmt: skip
    if one.kind in (findings.SAME_GOODS, findings.RESERVED):
        other = vendors.get(one.other_id or 0)
        return _about_goods(one, {**blanks, "other": other.name if other else ""})
    sentences = {
        findings.POWER: _(
            "%(stall)s %(vendor)s needs %(wanted)s kW, there are %(there)s kW.", **blanks
        ),
        findings.NARROW: _(
            "%(stall)s %(vendor)s needs %(wanted)s m, there are %(there)s m.", **blanks
        ),
        findings.WATER: _("%(stall)s %(vendor)s needs water; there is none.", **blanks),
        findings.COOLING: _("%(stall)s %(vendor)s needs cooling; there is none.", **blanks),
        findings.VEHICLE: _("%(stall)s %(vendor)s needs room for a car; there is none.", **blanks),
        findings.TWO_ZONES: _("%(vendor)s stands in two zones, one is %(stall)s.", **blanks),
    }
    return sentences[one.kind]


def _about_goods(one: Finding, blanks: Mapping[str, str]) -> str:
    goods = category(one.category).lower()
    if one.kind == findings.RESERVED:
        return _(
            "%(stall)s is meant for %(goods)s first; %(vendor)s stands there.",
            goods=goods, stall=blanks["stall"], vendor=blanks["vendor"],
        )  # fmt: skip
    return _(
        "%(stall)s %(vendor)s and beside it %(other)s sell the same: %(goods)s.",
        goods=goods, stall=blanks["stall"], vendor=blanks["vendor"], other=blanks["other"],
    )  # fmt: skip


def not_put_said(one: NotPut, vendors: Mapping[int, Vendor], numbers: Mapping[int, str]) -> str:
    """Why the holder of a stall does not stand there, as a sentence."""
    vendor, by = vendors.get(one.vendor_id), vendors.get(one.by or 0)
    blanks = {
        "vendor": vendor.name if vendor else "",
        "stall": numbers.get(one.stall_id, ""),
    }
    return {
        "taken": _(
            "%(stall)s: %(vendor)s holds it, but %(by)s has it.",
            **blanks,
            by=by.name if by else _("somebody else"),
        ),
        "absent": _("%(stall)s: %(vendor)s does not come on that day.", **blanks),
        "vendor": _("%(stall)s: %(vendor)s is paused or has left.", **blanks),
        "off_plan": _(
            "%(stall)s: %(vendor)s holds it, but it is not on the plan of that day.", **blanks
        ),
    }[one.reason]
