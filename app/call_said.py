"""What a call says, for its public page and for the office's preview alike."""

from typing import Any

from flask import current_app, url_for
from sqlmodel import Session

from app.application_plans import plans_of
from app.application_words import UNITS
from app.clock import now
from app.languages import gettext as _
from app.languages import ngettext, number
from market.days.models import Festival
from market.festivals import queries
from market.festivals.models import Call, CallPrice
from market.festivals.window import Window, window_of
from vendors.fields import identity

DAY_S = 86_400
RULES = "visitor.rules"


def call_values(found: Session, festival: Festival, call: Call) -> dict[str, Any]:
    """Everything a page of the call shows."""
    call_id, window = identity(call), window_of(call)
    return {
        "festival": festival,
        "call": call,
        "window": window,
        "window_state": window.state(now()),
        "left": left_said(window),
        "plans": plans_of(found, call, festival.first_day),
        "categories": queries.categories(found, call_id),
        "prices": queries.prices(found, call_id),
        "price_unit": price_unit,
        "documents": queries.documents(found, call_id),
        "questions": queries.questions(found, call_id),
        "rules": url_for(RULES) if RULES in current_app.view_functions else "",
    }


def left_said(window: Window) -> str:
    """How long until the window opens, or until it closes: days, or hours on the last day."""
    left = window.left(now())
    days, hours = left.days, left.seconds // 3600
    if days:
        return ngettext("%(num)s day", "%(num)s days", days)
    if hours:
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    return _("less than an hour")


def price_unit(price: CallPrice) -> str:
    """For what a price is, with its step of power: "for power and day, 3–7 kW"."""
    unit = _(UNITS[price.unit])
    if price.from_kw is None and price.up_to_kw is None:
        return unit
    first = number(price.from_kw or 0)
    if price.up_to_kw is None:
        return _("%(unit)s, more than %(first)s kW", unit=unit, first=first)
    return _("%(unit)s, %(first)s–%(last)s kW", unit=unit, first=first, last=number(price.up_to_kw))
