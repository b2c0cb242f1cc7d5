"""Words for prices and payments: what costs something, for how long, and how it is paid."""

from app.languages import N_, gettext, number
from app.names import stall_kind
from market.fees.fees import FeeLine
from market.fees.models import PriceFields

PRICED = {
    "place": N_("place"),
    "metre": N_("metre of the front"),
    "power_kw": N_("power, each kW"),
    "water": N_("water"),
    "cooling": N_("cooling"),
    "vehicle": N_("vehicle at the place"),
    "cash": N_("added when paid in cash"),
}

FEE_PERIODS = {"day": N_("day"), "month": N_("month"), "season": N_("season")}

FOR_A_PERIOD = {
    "day": N_("for the day"),
    "month": N_("for the month"),
    "season": N_("for the season"),
}

PAYMENT_WAYS = {
    "cash": N_("in cash"),
    "transfer": N_("by transfer"),
    "contract": N_("by contract"),
}


def price_said(price: PriceFields) -> str:
    """What a line of the list is a price of: "Vieta: galds", "Aukstums" """
    what = gettext(PRICED[price.what])
    if price.stall_kind is None:
        return what
    return gettext("%(what)s: %(kind)s", what=what, kind=stall_kind(price.stall_kind))


def fee_line_said(line: FeeLine) -> str:
    """How many of what a line of a fee counts: "vieta: galds", "2 × vieta", "2,5 × elektrība" """
    what = gettext(PRICED[line.what])
    if line.stall_kind is not None:
        what = gettext("%(what)s: %(kind)s", what=what, kind=stall_kind(line.stall_kind))
    if line.count == 1:
        return what
    return gettext("%(count)s × %(what)s", count=number(float(line.count)), what=what)
