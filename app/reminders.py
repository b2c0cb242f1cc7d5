"""The evening before a market day: letters to those who wish them, a list of whom to call.

Both speak of vendors who have a place on the day and have not said that they stay away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import current_app
from sqlmodel import Session, col, select

from app.clock import RIGA, now
from app.database import database
from app.languages import LATVIAN, clock_time, hours, ngettext, on_day, speaking
from app.languages import gettext as _
from app.outbox import post
from app.records import Letter
from market.days.attendance import Coming
from market.days.hours import Open, hours_on
from market.days.queries import (
    exceptions,
    hour_set,
    places_on,
    sayings,
    weekly_hours,
)
from market.days.settings import ABSENCE_CUTOFF, REMINDER_HOUR
from market.places.models import Stall
from vendors.fields import identity
from vendors.registry.models import Vendor

KIND = "reminder"


@dataclass(frozen=True)
class Expected:
    """A vendor who is expected on a day: on which stalls, and how long the market is open.

    `said` is "present" or "late" where the vendor said so.
    """

    vendor: Vendor
    stalls: tuple[Stall, ...]
    opening: Open
    said: str | None = None

    @property
    def gets_letters(self) -> bool:
        """Whether a reminder goes by e-mail."""
        return self.vendor.wants_reminders and bool(self.vendor.email)


def expected_on(session: Session, day: date) -> list[Expected]:
    """Whoever has a place on a day when the market is on, and has not said they stay away.

    In the order of the plan, each vendor once.
    """
    openings: dict[int, Open] = {}
    stalls: dict[int, list[Stall]] = {}
    vendors: dict[int, tuple[Vendor, Open]] = {}
    for vendor, stall, site in places_on(session, day):
        site_id = identity(site)
        if site_id not in openings:
            found = hours_on(day, weekly_hours(session, site_id), exceptions(session, site_id, day))
            if not isinstance(found, Open):
                continue
            openings[site_id] = found
        vendors.setdefault(identity(vendor), (vendor, openings[site_id]))
        stalls.setdefault(identity(vendor), []).append(stall)
    said = sayings(session, list(vendors), day, day)
    return [
        Expected(vendor, tuple(stalls[key]), opening, answer.said)
        for key, (vendor, opening) in vendors.items()
        if isinstance(answer := said.expected(key, day), Coming)
    ]


def call_list(session: Session, day: date) -> list[Expected]:
    """Whom the office calls before a day: expected, and without a letter."""
    return [one for one in expected_on(session, day) if not one.gets_letters]


def make_reminders() -> int:
    """Put tomorrow's reminders into the outbox, from the hour that the office has set.

    Returns how many are new. Every worker does this all the time: a letter is put in once.
    """
    at = now()
    day = at.date() + timedelta(days=1)
    with database().reading() as session:
        if at.time() < hour_set(session, REMINDER_HOUR):
            return 0
        missing = _without_letter(session, day)
        cutoff = hour_set(session, ABSENCE_CUTOFF)
    if not missing:
        return 0
    with database().writing() as session:
        number = sum(_remind(session, one, cutoff) for one in missing)
        session.commit()
    return number


def _once(one: Expected) -> str:
    return f"{KIND}:{one.vendor.id}:{one.opening.day}"


def _without_letter(session: Session, day: date) -> list[Expected]:
    wanted = [one for one in expected_on(session, day) if one.gets_letters]
    keys = [_once(one) for one in wanted]
    there = set(session.exec(select(Letter.once).where(col(Letter.once).in_(keys))))
    return [one for one in wanted if _once(one) not in there]


def _remind(session: Session, one: Expected, cutoff: time) -> bool:
    opens = datetime.combine(one.opening.day, one.opening.opens, RIGA)
    with speaking(LATVIAN):
        return post(
            session,
            once=_once(one),
            kind=KIND,
            recipient=one.vendor.email or "",
            subject=_subject(one),
            body=_body(one, cutoff),
            useless_after=opens.astimezone(UTC),
        )


def _subject(one: Expected) -> str:
    """ "Rīt tirgū: vieta A3, 8.00–14.00" """
    return ngettext(
        "Tomorrow at the market: stall %(stalls)s, %(hours)s",
        "Tomorrow at the market: stalls %(stalls)s, %(hours)s",
        len(one.stalls),
        stalls=numbers(one.stalls),
        hours=hours(one.opening.opens, one.opening.closes),
    )


def _body(one: Expected, cutoff: time) -> str:
    home = f"{current_app.config['PUBLIC_URL']}/{LATVIAN}/mans/"
    lines = [
        _("Good evening!"),
        "",
        _(
            "Tomorrow, %(day)s, the market is open from %(opens)s to %(closes)s.",
            day=on_day(one.opening.day),
            opens=clock_time(one.opening.opens),
            closes=clock_time(one.opening.closes),
        ),
        ngettext(
            "Your stall: %(stalls)s.",
            "Your stalls: %(stalls)s.",
            len(one.stalls),
            stalls=numbers(one.stalls),
        ),
        "",
        _("If you cannot come, please say so today until %(time)s:", time=clock_time(cutoff))
        if now().time() < cutoff
        else _("If you cannot come, please say so at once:"),
        f"{home}dienas",
        "",
        _("Your stall tomorrow – prices and what is sold out:"),
        home,
        "",
        "-- ",
        _("Tukums market"),
        _("You can switch these reminders off on the page “My days”."),
    ]
    return "\n".join(lines)


def numbers(stalls: Sequence[Stall]) -> str:
    """ "A3, A4" """
    return ", ".join(stall.number for stall in stalls)
