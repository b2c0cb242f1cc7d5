"""My places: why I have those to come, where I stood this season, how good these places were."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.clock import now
from app.database import session
from app.pages.vendor import blueprint, own_vendor
from app.places_said import balance_said, facts_said, signed
from app.planned_explained import days_said, published_for
from market.fairness.queries import (
    balances_of_season,
    corrections,
    numbers_of,
    worths_on,
)
from market.planning.fairness import Balance
from market.planning.from_rows import of_vendor
from vendors.fields import identity


@blueprint.get("/vietas")
def my_places() -> ResponseReturnValue:
    """The days of the season, latest first, each with its place, its points and the mean."""
    found, today = session(), now().date()
    mine = balances_of_season(found, today).get(identity(own_vendor()), Balance(()))
    stalls = {stall for one in mine.days for stall in one.stalls}
    worths = worths_on(found, today)
    return render_template(
        "vendor/my_places.html",
        balance=mine,
        said=balance_said(mine),
        numbers=numbers_of(found, stalls),
        places=[(stall, worths[stall]) for stall in sorted(stalls) if stall in worths],
        corrections=corrections(found),
        facts_said=facts_said,
        signed=signed,
        published=published_for(found, of_vendor(identity(own_vendor())), today),
        days_said=days_said,
    )
