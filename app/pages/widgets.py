"""Widgets for pages of the municipality: today at the market, and what is on next.

Each is one light page without script or cookie, in a frame of another site. Only the hosts that
the office has listed may frame it; everything else of ours is framed by nobody.
"""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, g, make_response, render_template
from markupsafe import Markup
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.kept_pages import keep
from app.pages.visitor.today import SiteToday, in_season, site_today
from app.security import digest_of_style, policy, style_element
from market.days.queries import exceptions, notices_on, text_set
from market.days.settings import FRAMED_BY
from market.places.models import Site
from market.places.queries import moves_on, sites
from market.programme.queries import events_between
from market.programme.schedule import Day, Line, programme, span
from vendors.fields import identity

blueprint = Blueprint("widgets", __name__, url_prefix="/<language:language>/iegult")

STYLE = Path(__file__).parent.parent.parent / "static" / "widgets" / "widget.css"
MOST_KINDS = 8
MOST_EVENTS = 8
LOOK_AHEAD = timedelta(days=60)


@cache
def widget_style() -> Markup:
    """The small style of the widgets, within the page: one request is all."""
    return style_element(STYLE.read_text())


@blueprint.before_request
def allow_listed_hosts() -> None:
    """The policy of a widget: framed by the listed hosts alone, by nobody without any."""
    hosts = text_set(session(), FRAMED_BY)
    g.policy = policy(style=digest_of_style(widget_style()), framed_by=hosts or "'none'")


@blueprint.get("/sodien")
def today() -> Response:
    """Open or not, how many sell, what is in season, what is on next; and what is different."""
    moment, found = now(), session()
    day = moment.date()
    places = sites(found)
    here = [site_today(found, site, moment) for site in places[:1]]
    return _page(
        "widgets/today.html",
        moment=moment,
        today=day,
        here=next(iter(here), None),
        sellers=len(here[0].cards) if here else 0,
        season=_kinds(here),
        weather=_weather(found, places[0], day) if places else None,
        notices=notices_on(found, day),
        moves=[move for site in places for move in moves_on(found, identity(site), day)],
        next_line=_next_line(found, moment),
    )


@blueprint.get("/programma")
def coming() -> Response:
    """What is on next in the town and the parishes."""
    moment = now()
    return _page(
        "widgets/programme.html",
        moment=moment,
        today=moment.date(),
        days=_next_days(session(), moment),
    )


def _page(template: str, **values: object) -> Response:
    page = render_template(template, widget_style=widget_style(), **values)
    return keep(make_response(page))


def _kinds(here: list[SiteToday]) -> list[str]:
    return [kind for kind, _number in in_season(here)[:MOST_KINDS]]


def _weather(found: Session, site: Site, day: date) -> dict[str, str] | None:
    rows = exceptions(found, identity(site), day)
    return next((row.weather for row in rows if row.day == day and row.weather), None)


def _next_line(found: Session, moment: datetime) -> Line | None:
    lines = (line for day in _next_days(found, moment) for line in day.lines)
    return next((line for line in lines if line.item.event.state == "confirmed"), None)


def _next_days(found: Session, moment: datetime) -> list[Day]:
    """The next events by day, without those that are over; a few, because a widget is small."""
    first = moment.date()
    last = first + LOOK_AHEAD
    days, left = [], MOST_EVENTS
    for day in programme(events_between(found, first, last), first, last, once=True):
        lines = tuple(line for line in day.lines if not _is_over(line, moment))[:left]
        left -= len(lines)
        if lines:
            days.append(Day(day.day, lines))
        if not left:
            break
    return days


def _is_over(line: Line, moment: datetime) -> bool:
    """Whether an event with an exact hour has begun and is not on any more."""
    found = span(line.item.event)
    if line.day != moment.date() or found is None or line.until is not None:
        return False
    return found.starts < moment and not line.is_on(moment)
