"""The market day on the telephone of whoever walks through the market: who is there, who is not."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.clock import now
from app.database import session
from app.languages import N_
from app.pages.organiser import Door, blueprint, for_helpers
from market.days.queries import presences_on
from market.places.queries import sites
from market.standing.queries import roll_rows
from market.standing.roll import roll
from vendors.fields import identity

DOOR = Door(
    "office.this_day",
    N_("The market day"),
    N_("Who has come, free places, who is waiting, guests"),
    group="day",
    place=2,
    always=True,
)


@blueprint.get("/sodien")
@for_helpers
def this_day() -> ResponseReturnValue:
    """The roll of today, one line a vendor."""
    today, found = now().date(), session()
    states = presences_on(found, today)
    lines = [
        line
        for site in sites(found)
        for line in roll(roll_rows(found, identity(site), today), states)
    ]
    return render_template("organiser/this_day.html", today=today, lines=lines)
