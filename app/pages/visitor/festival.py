"""A festival: its days, programme, stalls, the wreath, practical facts."""

from flask import Response, abort, make_response, render_template

from app.clock import now
from app.closures import closures
from app.database import session
from app.kept_pages import keep
from app.pages.visitor import blueprint
from app.pages.visitor.event_parts import festival_data
from market.days.festivals import countdown
from market.days.queries import festival_with_slug
from market.festivals.queries import call_of
from market.festivals.window import window_of
from market.programme import schedule
from market.programme.queries import days_of_festival, events_of_festival


@blueprint.get("/svetki/<slug>")
def festival(slug: str) -> Response:
    """One festival; its page stays when it is over."""
    found, moment = session(), now()
    one = festival_with_slug(found, slug)
    if one is None or one.id is None:
        abort(404)
    items = events_of_festival(found, one.id)
    days = schedule.programme(items, one.first_day, one.last_day)
    call = call_of(found, one.id)
    page = render_template(
        "visitor/festival.html",
        moment=moment,
        today=moment.date(),
        festival=one,
        countdown=countdown(one, moment.date()),
        opening=days_of_festival(found, one.id),
        days=days,
        places=schedule.by_venue(line for day in days for line in day.lines),
        data=festival_data(one, items),
        closures=closures(found, max(one.first_day, moment.date()), one.last_day, one.id),
        call_state=window_of(call).state(moment) if call and call.published else None,
    )
    return keep(make_response(page))
