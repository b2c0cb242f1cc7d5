"""Today at the market: open or when next, who is here, what is in season, what is on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.closures import closures
from app.database import session
from app.kept_pages import keep
from app.pages.visitor import blueprint
from app.pages.visitor.parts import Card, cards_of_site
from market.days.hours import Cancelled, Open, hours_on, next_open
from market.days.queries import (
    exceptions,
    festivals,
    notices_on,
    weather_on,
    weekly_hours,
)
from market.places.models import Site
from market.places.queries import moves_on, sites
from market.programme.queries import events_between
from market.programme.schedule import Line, programme
from vendors.fields import identity

MOST_KINDS = 14


@dataclass(frozen=True)
class SiteToday:
    """A site as of now: its hours today, when it opens next, and who is there."""

    site: Site
    hours: Open | Cancelled | None
    next_open: Open | None
    cards: list[Card]
    absent: list[Card]

    def state(self, moment: datetime) -> str:
        """ "open", "later", "over", "cancelled" or "closed"."""
        if isinstance(self.hours, Cancelled):
            return "cancelled"
        if self.hours is None:
            return "closed"
        if moment.time() < self.hours.opens:
            return "later"
        return "open" if self.hours.includes(moment) else "over"


@blueprint.get("/")
def today() -> ResponseReturnValue:
    """The day at a glance."""
    moment = now()
    found = session()
    here = [site_today(found, site, moment) for site in sites(found)]
    page = render_template(
        "visitor/today.html",
        moment=moment,
        today=moment.date(),
        sites=[one for one in here if one.hours is not None or one.site.id == here[0].site.id],
        season=in_season(here),
        events=_lines_of(found, moment.date()),
        notices=notices_on(found, moment.date()),
        weather=weather_on(found, moment.date()),
        moves=[move for one in here for move in moves_on(found, identity(one.site), moment.date())],
        closures=closures(found, moment.date(), moment.date()),
        festival=next(iter(festivals(found, moment.date())), None),
    )
    return keep(make_response(page))


def site_today(found: Session, site: Site, moment: datetime) -> SiteToday:
    """A site as of a moment, with everybody who has a stall there on that day."""
    day = moment.date()
    weekly, special = weekly_hours(found, identity(site)), exceptions(found, identity(site), day)
    tomorrow = datetime.combine(day + timedelta(days=1), time.min)
    listed = cards_of_site(found, site, day)
    return SiteToday(
        site,
        hours_on(day, weekly, special),
        next_open(tomorrow, weekly, special),
        [card for card in listed if card.presence != "absent"],
        [card for card in listed if card.presence == "absent"],
    )


def in_season(here: Sequence[SiteToday]) -> list[tuple[str, int]]:
    """The kinds of goods on the tables today, the most frequent first, with how many have them."""
    counts = Counter(
        kind
        for one in here
        for card in one.cards
        for kind in dict.fromkeys(good.kind for good in card.goods if good.kind)
    )
    return counts.most_common(MOST_KINDS)


def _lines_of(found: Session, day: date) -> tuple[Line, ...]:
    """The lines of the day's programme."""
    days = programme(events_between(found, day, day), day, day)
    return days[0].lines if days else ()
