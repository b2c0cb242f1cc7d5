"""The market day on the telephone of whoever walks through the market: who is there, who is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.accounts import office
from app.clock import now
from app.database import session
from app.languages import N_, sort_key
from app.names_of_incidents import INCIDENT_KINDS, incident_kind
from app.pages.organiser import Door, blueprint, for_helpers
from app.pages.organiser.counting import Counts, counts_of
from app.taps import Choice, Options
from app.templates import asset
from market.days.models import Waiting
from market.days.queries import hour_set, presences_on, stalls_today
from market.days.settings import RELEASE_HOUR
from market.on_the_day.arrivals import Progress, progress
from market.on_the_day.queries import (
    free_stalls,
    incidents,
    last_days,
    presence_rows,
    waiting_on,
    without_place,
)
from market.on_the_day.release import Release, release_of
from market.on_the_day.waiting import in_order
from market.places.models import Site, Stall, Zone
from market.places.queries import parishes, sites
from market.standing.queries import roll_rows
from market.standing.roll import RollLine, roll
from vendors.fields import identity
from vendors.registry.models import Vendor

DOOR = Door(
    "office.this_day",
    N_("The market day"),
    N_("Who has come, free places, who is waiting, guests"),
    group="day",
    place=2,
    always=True,
)

HEADER = "Own-Account"
KEPT_FILES = (
    "own/own.css",
    "own/office.css",
    "own/this_day.css",
    "own/this_day.js",
    "own/waiting.js",
    "own/queue.js",
    "images/rose.svg",
)
MOST_GUESTS = 12
"""So many guests of the last weeks stand there as buttons; all others are found by their name."""


@dataclass(frozen=True)
class Arrival:
    """A vendor of today: their line of the roll, and whether their place may be released."""

    line: RollLine
    no_show: bool
    release: Release


@dataclass(frozen=True)
class Place:
    """A site on this day: who has a place there, and which stalls are free, by zone."""

    site: Site
    arrivals: Sequence[Arrival]
    free: Sequence[tuple[Zone, Sequence[Stall]]]


@dataclass(frozen=True)
class Told:
    """What the page says of the tap that was just made, when it could not simply be saved."""

    problem: str = ""
    choice: Choice | None = None
    options: Options = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ThisDay:
    """Everything of a day that the page shows."""

    day: date
    places: Sequence[Place]
    progress: Progress
    hour: time
    waiting: Sequence[tuple[Waiting, Vendor]]
    guests: Sequence[Vendor]
    others: Sequence[Vendor]
    counts: Counts | None


@blueprint.get("/sodien")
@for_helpers
def this_day() -> ResponseReturnValue:
    """Who has come, who has not, whose place is free and who waits for one."""
    return this_day_page(Told())


def this_day_page(told: Told) -> Response:
    """The page, with what is to be told of a tap."""
    found, moment = session(), now()
    page = render_template(
        "organiser/this_day.html",
        this=this_day_of(found, moment),
        moment=moment,
        told=told,
        only_missing=request.args.get("rada") == "nav",
        moving=request.args.get("parcelt", ""),
        kinds=INCIDENT_KINDS,
        incident_kind=incident_kind,
        open_incidents=len(incidents(found, settled=False)),
        parishes=parishes(found),
    )
    response = make_response(page)
    who = office()
    response.headers[HEADER] = who.tag if who else ""
    return response


def this_day_of(found: Session, moment: datetime) -> ThisDay:
    """The day at a moment: the roll of each site, what is free, who waits."""
    day, hour = moment.date(), hour_set(found, RELEASE_HOUR)
    states = presences_on(found, day)
    no_shows = {key for key, row in presence_rows(found, day).items() if row.no_show}
    places = [
        Place(
            site,
            [
                Arrival(
                    line,
                    identity(line.vendor) in no_shows,
                    release_of(line.state, moment.time(), hour),
                )
                for line in roll(roll_rows(found, identity(site), day), states)
            ],
            _free_by_zone(found, identity(site), day),
        )
        for site in sites(found)
    ]
    places = [place for place in places if place.arrivals]
    waiting = in_order(waiting_on(found, day))
    guests, others = _askers(found, day, {vendor.id for _waiting, vendor in waiting})
    said = [arrival.line.state for place in places for arrival in place.arrivals]
    counts = counts_of(found, moment, [identity(place.site) for place in places])
    return ThisDay(day, places, progress(said), hour, waiting, guests, others, counts)


def _free_by_zone(
    found: Session, site_id: int, day: date
) -> Sequence[tuple[Zone, Sequence[Stall]]]:
    by_zone: dict[int, tuple[Zone, list[Stall]]] = {}
    for _spot, stall, zone in free_stalls(found, site_id, day):
        by_zone.setdefault(identity(zone), (zone, []))[1].append(stall)
    return list(by_zone.values())


def _askers(
    found: Session, day: date, waiting: set[int | None]
) -> tuple[list[Vendor], list[Vendor]]:
    """Guests of the last weeks, the latest first; and everybody else without a place, by name."""
    rest = [vendor for vendor in without_place(found, day) if vendor.id not in waiting]
    last = last_days(found, day)
    guests = [one for one in rest if one.standing == "guest" and one.id in last]
    guests.sort(key=lambda one: (-last[identity(one)].toordinal(), sort_key(one.name)))
    guests = guests[:MOST_GUESTS]
    others = [one for one in rest if one not in guests]
    return guests, sorted(others, key=lambda one: sort_key(one.name))


def free_options(found: Session, day: date) -> Options:
    """The numbers of all stalls that nobody has on a day, to choose from; of sites in use."""
    placed = stalls_today(found, day)
    taken = {stall.id for stalls in placed.values() for stall in stalls}
    return [
        (stall.number, stall.number)
        for site in sites(found)
        for spot, stall, _zone in free_stalls(found, identity(site), day)
        if stall.id not in taken
    ]


@blueprint.get("/darbinieks.js")
@for_helpers
def worker() -> ResponseReturnValue:
    """The program that keeps today's page on the telephone, for mornings without a network."""
    files = [asset(name) for name in KEPT_FILES]
    text = render_template("components/kept_page.js", files=files, page=url_for("office.this_day"))
    response = make_response(text)
    response.mimetype = "text/javascript"
    return response
