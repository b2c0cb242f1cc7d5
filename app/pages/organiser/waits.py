"""What waits for the office: one line for each thing, leading to where it is settled."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import Session

from app.clock import moment, now
from app.languages import gettext as _
from app.languages import ngettext
from app.pages.organiser.queries import (
    cancelled_days,
    letters_stuck,
    no_shows,
    open_incidents,
    placed_on_each,
    signs_not_fine,
)
from market.days.calendar_of_days import months
from market.days.holidays import public_holidays
from market.days.hours import Open, hours_on
from market.days.queries import exceptions, special_days, weekly_hours
from market.on_the_day.queries import free_stalls, waiting_on
from market.places.queries import moves_on, sites
from market.reviewing.leaving_queries import left_since, without_place
from market.signs.queries import signs_silent
from vendors.fields import identity
from vendors.registry.queries import applied_count
from vendors.stories.queries import texts_waiting

NEAR = timedelta(days=14)
AHEAD = timedelta(days=60)
LATELY = timedelta(days=3)


@dataclass(frozen=True)
class Waits:
    """Something that waits: how many, in words, and the page that settles it ("" for none).

    What is `urgent` stands first and larger.
    """

    count: int
    words: str
    endpoint: str
    asked: dict[str, str] = field(default_factory=dict)
    urgent: bool = False


def waits(found: Session, today: date) -> list[Waits]:
    """Everything that waits as of a day, what is urgent first."""
    lines = [
        *_of_today(found, today),
        *_of_festivals(found, today),
        *_of_vendors(found),
        *_of_days(found, today),
    ]
    return sorted((one for one in lines if one.count), key=lambda one: not one.urgent)


def _of_today(found: Session, today: date) -> Iterator[Waits]:
    count = open_incidents(found)
    said = ngettext("%(num)s incident is not settled", "%(num)s incidents are not settled", count)
    yield Waits(count, said, "office.all_incidents", urgent=True)
    count = no_shows(found, today)
    said = ngettext(
        "%(num)s vendor did not come today", "%(num)s vendors did not come today", count
    )
    yield Waits(count, said, "office.this_day", {"rada": "nav"}, urgent=True)
    count = len(waiting_on(found, today))
    said = ngettext(
        "%(num)s vendor waits for a place today", "%(num)s vendors wait for a place today", count
    )
    yield Waits(count, said, "office.this_day", urgent=True)
    count = letters_stuck(found, moment())
    said = ngettext(
        "%(num)s letter could not be sent; tell whoever looks after the service",
        "%(num)s letters could not be sent; tell whoever looks after the service",
        count,
    )
    yield Waits(count, said, "", urgent=True)


def _of_festivals(found: Session, today: date) -> Iterator[Waits]:
    """Who withdrew by themselves of late, and who is accepted and stands nowhere in the plan."""
    for slug, count in left_since(found, moment() - LATELY).items():
        said = ngettext(
            "%(num)s accepted applicant has withdrawn; the waiting list says who moved up",
            "%(num)s accepted applicants have withdrawn; the waiting list says who moved up",
            count,
        )
        yield Waits(count, said, "office.waiting_list", {"festival_slug": slug}, urgent=True)
    for plan, count in without_place(found, today).items():
        said = ngettext(
            "%(num)s accepted applicant has no place in the published plan",
            "%(num)s accepted applicants have no place in the published plan",
            count,
        )
        yield Waits(count, said, "office.one_plan", {"plan_number": str(plan)}, urgent=True)


def _of_vendors(found: Session) -> Iterator[Waits]:
    count = applied_count(found)
    said = ngettext("%(num)s vendor has applied", "%(num)s vendors have applied", count)
    yield Waits(count, said, "office.vendors", {"stavoklis": "applied"}, urgent=True)
    count = texts_waiting(found)
    said = ngettext(
        "%(num)s story was not looked at yet", "%(num)s stories were not looked at yet", count
    )
    yield Waits(count, said, "office.texts")
    count = len(signs_silent(found, now()))
    said = ngettext(
        "%(num)s sign was not opened today and should have been",
        "%(num)s signs were not opened today and should have been",
        count,
    )
    yield Waits(count, said, "office.signs")
    count = signs_not_fine(found)
    said = ngettext(
        "%(num)s sign was worn, covered or missing on the last round",
        "%(num)s signs were worn, covered or missing on the last round",
        count,
    )
    yield Waits(count, said, "office.signs")


def _of_days(found: Session, today: date) -> Iterator[Waits]:
    places = sites(found)
    if not places:
        return
    site = identity(places[0])
    empty = _empty_days(found, site, today)
    said = ngettext(
        "Nobody has a place yet on %(num)s market day of the next two weeks",
        "Nobody has a place yet on %(num)s market days of the next two weeks",
        len(empty),
    )
    asked = {"diena": empty[0].isoformat()} if empty else {}
    yield Waits(len(empty), said, "office.standing", asked)
    decide = _undecided(found, site, today)
    said = ngettext(
        "%(num)s holiday of the next two months has no decision yet",
        "%(num)s holidays of the next two months have no decision yet",
        len(decide),
    )
    yield Waits(len(decide), said, "office.days")
    count = cancelled_days(found, today, today + AHEAD)
    said = ngettext("%(num)s day ahead is cancelled", "%(num)s days ahead are cancelled", count)
    yield Waits(count, said, "office.days")
    count = sum(len(moves_on(found, identity(one), today)) for one in places)
    said = ngettext("%(num)s row has moved today", "%(num)s rows have moved today", count)
    yield Waits(count, said, "office.moves")


def _empty_days(found: Session, site: int, today: date) -> list[date]:
    """The market days ahead on which nobody has a place."""
    weekly, special = weekly_hours(found, site), exceptions(found, site, today)
    coming = [today + timedelta(days=step) for step in range(1, NEAR.days + 1)]
    placed = placed_on_each(found, site, coming[0], coming[-1])
    return [
        day
        for day in coming
        if day not in placed and isinstance(hours_on(day, weekly, special), Open)
    ]


def _undecided(found: Session, site: int, today: date) -> list[date]:
    """The days ahead that the year makes special and for which the office has set nothing."""
    last = today + AHEAD
    listed = months(
        today,
        last,
        weekly_hours(found, site),
        exceptions(found, site, today),
        public_holidays(today, last),
        special_days(found, today, last),
    )
    return [one.day for month in listed for one in month.days if one.suggestion]


def free_places(found: Session, day: date) -> str:
    """How many places of the market are free on a day, in words; "" without any."""
    places = sites(found)
    count = len(free_stalls(found, identity(places[0]), day)) if places else 0
    if not count:
        return _("No place is free.")
    return ngettext("%(num)s place is free.", "%(num)s places are free.", count)
