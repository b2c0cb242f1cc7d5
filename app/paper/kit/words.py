"""Words of the day's paper: numbers of stalls, goods, hours, what a fee is for."""

from collections.abc import Iterable

from app import names
from app.languages import LATVIAN, hours, in_language, money, pgettext
from app.languages import gettext as _
from app.names_of_fees import fee_line_said
from app.paper.kit.facts import DayOnPaper, SiteOnPaper
from market.days.hours import Cancelled
from market.fees.fees import Fee, FeeLine
from market.standing.roll import RollLine
from vendors.fields import identity

MOST_GOODS = 4


def numbers_of(line: RollLine) -> str:
    """ "A1, A2" """
    return ", ".join(stall.number for stall in line.stalls)


def zone_of(line: RollLine) -> str:
    """ "Paviljons" """
    return in_language(line.zone.name).text


def row_said(line: RollLine) -> str:
    """ "Paviljons, rinda 1" """
    return _("%(zone)s, row %(row)s", zone=zone_of(line), row=line.row)


def goods_said(facts: DayOnPaper, line: RollLine, most: int = MOST_GOODS) -> str:
    """A few of a vendor's goods of the day: kinds first, in the vendor's order."""
    goods = facts.goods.get(identity(line.vendor), ())
    words = (names.kind(one.kind) if one.kind else in_language(one.name).text for one in goods)
    listed = list(dict.fromkeys(words))
    more = "…" if len(listed) > most else ""
    return ", ".join(_lower(word) for word in listed[:most]) + more


def _lower(word: str) -> str:
    return word[:1].lower() + word[1:]


def hours_said(one: SiteOnPaper) -> str:
    """ "8.00–14.00", that the day is cancelled, or that there is no market."""
    if isinstance(one.hours, Cancelled):
        return _("The market day is cancelled")
    return hours(one.hours.opens, one.hours.closes) if one.hours else _("No market")


def under_head(one: SiteOnPaper) -> str:
    """What stands under the title of a sheet: the site and its hours."""
    return f"{in_language(one.site.name).text} · {hours_said(one)}"


def said_before(line: RollLine) -> str:
    """That a vendor is late or does not come, as they have said; "" of all others."""
    return {
        "late": pgettext("said of the day", "will be late"),
        "absent": pgettext("said of the day", "not coming"),
    }.get(line.state, "")


def phone_of(line: RollLine) -> str:
    """ "26 123 456": numbers of Latvia are dialled without their country."""
    plain = (line.vendor.phone or "").removeprefix("+371")
    return f"{plain[:2]} {plain[2:5]} {plain[5:]}".strip()


def fee_words(lines: Iterable[FeeLine]) -> str:
    """What a fee is made of: "2 × vieta 6,00 €, elektrība 1,50 €"."""
    return ", ".join(f"{fee_line_said(one)} {money(one.cents)}" for one in lines)


def fee_said(fee: Fee) -> str:
    """The amount that is owed, or why there is none."""
    if fee.by_contract:
        return by_period(fee.period)
    return money(fee.cents) if fee.cents is not None else _("no price")


def by_period(period: str) -> str:
    """How a vendor pays who owes nothing on the day."""
    return {"month": _("contract, month"), "season": _("contract, season")}[period]


def live_plan(facts: DayOnPaper) -> str:
    """The address of the plan of the day as everybody sees it."""
    return f"{facts.public_url}/{LATVIAN}/karte?diena={facts.day.isoformat()}"
