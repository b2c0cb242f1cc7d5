"""Visitors counted in the zones, hour by hour, where the office counts them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from app.clock import now
from app.languages import gettext as _
from app.languages import in_language
from app.pages.organiser import blueprint, for_helpers, office_saving
from app.sending import Saving
from app.taps import day_tapped
from market.days.models import ZoneCount
from market.days.queries import text_set
from market.days.settings import COUNTS_VISITORS
from market.on_the_day.queries import count_of, counts_on, zones_of
from market.places.models import Zone
from vendors.fields import identity

MOST_AT_ONCE = 500
MOST_AN_HOUR = 100_000


@dataclass(frozen=True)
class Counts:
    """The counts of a day: its zones, this hour, and how many people by zone id and hour."""

    hour: int
    zones: Sequence[Zone]
    hours: Sequence[int]
    people: Mapping[tuple[int, int], int]

    def total(self, hour: int) -> int:
        """All people counted at an hour."""
        return sum(people for (_zone, at), people in self.people.items() if at == hour)


def counts_of(found: Session, moment: datetime, site_ids: Sequence[int]) -> Counts | None:
    """What was counted on a day so far; None where the office does not count."""
    if text_set(found, COUNTS_VISITORS) != "yes":
        return None
    zones = [zone for site_id in site_ids for zone in zones_of(found, site_id)]
    people = {
        (row.zone_id, row.hour): row.people for row in counts_on(found, moment.date()) if row.people
    }
    hours = sorted({hour for _zone, hour in people} | {moment.hour})
    return Counts(moment.hour, zones, hours, people)


@blueprint.post("/sodien/skaits")
@for_helpers
def tap_count() -> ResponseReturnValue:
    """Some more people in a zone at an hour, or fewer where somebody counted too many.

    Taps add up, also those of two helpers, so none of them ever stands against another.
    """
    with office_saving() as save:
        if text_set(save.session, COUNTS_VISITORS) != "yes":
            abort(404)
        day, hour, more = day_tapped(), _hour(), _more()
        zone = next((one for one in _zones(save) if one.code == request.form.get("zone")), None)
        if zone is None:
            abort(404)
        people = _add(save, identity(zone), day, hour, more)
        said = _(
            "Saved: %(zone)s, %(hour)s.00 – %(people)s.",
            zone=in_language(zone.name).text,
            hour=hour,
            people=people,
        )
        return _done(save, said)


def _done(save: Saving, said: str) -> Response:
    return save.done(url_for("office.this_day", _anchor="skaits"), said)


def _zones(save: Saving) -> Sequence[Zone]:
    return save.session.exec(select(Zone)).all()


def _hour() -> int:
    typed = request.form.get("hour", "")
    hour = int(typed) if typed.isdecimal() and len(typed) < 3 else now().hour
    return hour if hour < 24 else abort(400)


def _more() -> int:
    typed = request.form.get("plus", "")
    try:
        more = int(typed)
    except ValueError:
        abort(400)
    return more if abs(more) <= MOST_AT_ONCE else abort(400)


def _add(save: Saving, zone_id: int, day: date, hour: int, more: int) -> int:
    row = count_of(save.session, zone_id, day, hour)
    if row is None:
        row = ZoneCount(zone_id=zone_id, day=day, hour=hour, people=max(0, more))
        try:
            with save.session.begin_nested():
                save.add(row, action="count")
                return row.people
        except IntegrityError:
            row = count_of(save.session, zone_id, day, hour) or abort(409)
    people = min(MOST_AN_HOUR, max(0, row.people + more))
    save.change(row, {"people": people}, action="count")
    return people
