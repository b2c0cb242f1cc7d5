"""My stall today: where, from when, what visitors read, and the taps that change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.pages.vendor import blueprint, own_account
from app.pages.visitor.parts import Priced, priced_goods
from app.pages.visitor.sign import case_of
from app.taps import Choice
from app.templates import asset
from market.days.hours import Cancelled, Open, hours_on
from market.days.own_day import EXPECTED
from market.days.queries import (
    exceptions,
    next_days_of,
    own_stalls_on,
    presences_on,
    weather_on,
    weekly_hours,
)
from market.places.models import Stall, Zone
from market.signs.answers import Answer
from market.signs.answers import answer as answer_of
from market.signs.models import Sign
from market.signs.queries import signs_of_stalls
from market.signs.scene import scene_of
from vendors.fields import identity
from vendors.listings.queries import live_goods
from vendors.listings.taps import PRICE_STEPS, lowered, raised

HEADER = "Own-Account"
"""Under whose account a page was made: a telephone keeps no page of another one."""

KEPT_FILES = (
    "own/own.css",
    "own/today.css",
    "own/today.js",
    "own/waiting.js",
    "own/queue.js",
    "images/rose.svg",
)


@dataclass(frozen=True)
class OwnDay:
    """A day of the vendor at the market: its stalls, their zone, and when it is open."""

    day: date
    stalls: Sequence[Stall]
    zone: Zone
    hours: Open | Cancelled | None


@dataclass(frozen=True)
class Told:
    """What the page says of the tap that was just made, when it could not simply be saved."""

    problem: str = ""
    choice: Choice | None = None
    typed: Mapping[int, str] = field(default_factory=dict)


@blueprint.get("/")
def today() -> ResponseReturnValue:
    """The stall and the day at a glance."""
    return today_page(Told())


def today_page(told: Told) -> Response:
    """The page, with what is to be told of a tap."""
    who, moment, found = own_account(), now(), session()
    goods = live_goods(found, who.vendor_id)
    day = own_day(found, who.vendor_id, moment.date())
    page = render_template(
        "vendor/today.html",
        vendor=who.vendor,
        moment=moment,
        today=moment.date(),
        own_day=day,
        weather=weather_on(found, moment.date(), day.zone.site_id) if day else [],
        is_on=_is_on(day),
        is_over=_is_over(day),
        next_day=_next_day(found, who.vendor_id, moment.date()),
        presence=presences_on(found, moment.date()).get(who.vendor_id, EXPECTED),
        goods=priced_goods(goods, moment.date()),
        all_confirmed=all(
            one.good.confirmed_on >= moment.date()
            for one in priced_goods(goods, moment.date()).today
        ),
        steps=PRICE_STEPS,
        around=_around,
        told=told,
        **_what_visitors_read(found, day),
    )
    response = make_response(page)
    response.headers[HEADER] = who.tag
    return response


def own_day(found: Session, vendor_id: int, day: date) -> OwnDay | None:
    """A day of the vendor; None when they have no stall on it."""
    rows = own_stalls_on(found, vendor_id, day)
    if not rows:
        return None
    zone = rows[0][1]
    hours = hours_on(day, weekly_hours(found, zone.site_id), exceptions(found, zone.site_id, day))
    return OwnDay(day, [stall for stall, _zone in rows], zone, hours)


def _next_day(found: Session, vendor_id: int, today: date) -> OwnDay | None:
    """The vendor's next day on which the market is."""
    for placement, _stall, _zone in next_days_of(found, vendor_id, today + timedelta(days=1), 8):
        day = own_day(found, vendor_id, placement.day)
        if day is not None and isinstance(day.hours, Open):
            return day
    return None


def _is_on(day: OwnDay | None) -> bool:
    return day is not None and isinstance(day.hours, Open)


def _is_over(day: OwnDay | None) -> bool:
    hours = day.hours if day else None
    return isinstance(hours, Open) and now().time() >= hours.closes


def _around(priced: Priced) -> tuple[int, int]:
    """The prices one tap below and above that of a good, in cents."""
    cents = priced.good.price_cents or 0
    return lowered(cents), raised(cents)


def _what_visitors_read(found: Session, day: OwnDay | None) -> dict[str, Any]:
    """The answer of the sign on the vendor's first stall, as it is at this minute."""
    if day is None:
        return {"answer": None, "case": ""}
    stall_id = identity(day.stalls[0])
    sign = signs_of_stalls(found, [stall_id]).get(stall_id)
    shown = sign or Sign(code="", stall_id=stall_id, issued_on=day.day)
    answer: Answer = answer_of(scene_of(found, shown, now()))
    return {"answer": answer, "case": case_of(answer)}


@blueprint.get("/darbinieks.js")
def worker() -> ResponseReturnValue:
    """The program that keeps today's page on the telephone, for mornings without a network."""
    files = [asset(name) for name in KEPT_FILES]
    text = render_template("components/kept_page.js", files=files, page=_own_address())
    response = make_response(text)
    response.mimetype = "text/javascript"
    return response


def _own_address() -> str:
    return request.path.removesuffix("darbinieks.js")
