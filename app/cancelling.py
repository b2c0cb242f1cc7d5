"""Cancelling a market day, and taking that back: the day itself, and the letters to its vendors.

One row says that a day is cancelled; public pages, signs, calendars and the vendors' own pages
read it. Placements stay, so a day that takes place after all is as it was. What is done here is
undone by its own button and not from the log, because letters have gone out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import current_app
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.changes import Stale
from app.clock import RIGA
from app.languages import LATVIAN, hours, in_language, long_day, speaking
from app.languages import gettext as _
from app.outbox import post
from app.sending import Saving
from market.days.hours import Open, hours_on
from market.days.models import MarketDay
from market.days.queries import market_day_on, presences_on, weekly_hours
from market.places.models import Site
from market.standing.queries import roll_rows
from market.standing.roll import RollLine, roll
from vendors.fields import identity

CANCELLED, HELD = "day_cancelled", "day_held"
BY_BUTTON = "day"
"""`Change.source` of what is taken back by its own button alone."""


@dataclass(frozen=True)
class Reached:
    """Whom a cancellation concerns, in the order of the roll: by letter, and by telephone."""

    by_letter: tuple[RollLine, ...]
    by_call: tuple[RollLine, ...]

    @property
    def count(self) -> int:
        """How many vendors have a place on the day."""
        return len(self.by_letter) + len(self.by_call)


def reached(session: Session, site_id: int, day: date) -> Reached:
    """The vendors with a place on a day of a site."""
    lines = roll(roll_rows(session, site_id, day), presences_on(session, day))
    return Reached(
        tuple(line for line in lines if line.vendor.email),
        tuple(line for line in lines if not line.vendor.email),
    )


def cancel(save: Saving, site: Site, day: date, words: Mapping[str, str], version: int) -> int:
    """Cancel a day and write to its vendors; returns how many letters. Raises Stale.

    The caller commits. A day that is cancelled already gets the new words, and no second letter.
    """
    row = market_day_on(save.session, identity(site), day)
    was = row is not None and row.cancelled
    row = _write(save, site, row, day, {"cancelled": True, "words": dict(words)}, version)
    return 0 if was else _letters(save.session, site, row, CANCELLED)


def hold(save: Saving, site: Site, day: date, version: int) -> int:
    """Let a cancelled day take place after all, with its hours of before; letters as above."""
    row = market_day_on(save.session, identity(site), day)
    if row is None or not row.cancelled:
        return 0
    row = _write(save, site, row, day, {"cancelled": False, "words": None}, version)
    return _letters(save.session, site, row, HELD)


def _write(
    save: Saving,
    site: Site,
    row: MarketDay | None,
    day: date,
    values: dict[str, Any],
    version: int,
) -> MarketDay:
    """The row keeps the day's hours, so that calendars and a day taken back know them."""
    source, save.source = save.source, BY_BUTTON
    action = CANCELLED if values["cancelled"] else HELD
    if row is None or row.opens is None:
        usual = hours_on(day, weekly_hours(save.session, identity(site)), [])
        if isinstance(usual, Open) and (row is None or row.cancelled):
            values |= {"opens": usual.opens, "closes": usual.closes}
    if row is None:
        row = MarketDay(site_id=identity(site), day=day, **values)
        try:
            with save.session.begin_nested():
                save.add(row, action=action)
        except IntegrityError as error:
            raise Stale(None) from error
    else:
        save.change(row, values, action=action, version=version)
    save.source = source
    return row


def _letters(session: Session, site: Site, row: MarketDay, kind: str) -> int:
    """One letter to every placed vendor with an e-mail address; none twice for the same turn."""
    with speaking(LATVIAN):
        return sum(
            post(
                session,
                once=f"{kind}:{line.vendor.id}:{row.day}:{row.version}",
                kind=kind,
                recipient=line.vendor.email or "",
                subject=_subject(row, kind),
                body=_body(site, row, kind, _numbers(line)),
                useless_after=_end_of(row.day),
            )
            for line in reached(session, identity(site), row.day).by_letter
        )


def _numbers(line: RollLine) -> str:
    return ", ".join(stall.number for stall in line.stalls)


def _subject(row: MarketDay, kind: str) -> str:
    day = long_day(row.day)
    if kind == CANCELLED:
        return _("The market day is cancelled: %(day)s", day=day)
    return _("The market day takes place after all: %(day)s", day=day)


def _body(site: Site, row: MarketDay, kind: str, stalls: str) -> str:
    name, day = in_language(site.name).text, long_day(row.day)
    lines = [_("Good day!"), ""]
    if kind == CANCELLED:
        lines.append(_("%(site)s, %(day)s: the market day is cancelled.", site=name, day=day))
        lines += [in_language(row.words).text] if row.words else []
        lines.append(_("Please do not come. Your place (%(stalls)s) stays yours.", stalls=stalls))
    else:
        lines.append(_("%(site)s, %(day)s: the market takes place after all.", site=name, day=day))
        if row.opens is not None and row.closes is not None:
            lines.append(_("Open %(hours)s", hours=hours(row.opens, row.closes)))
        lines.append(_("Your place: %(stalls)s.", stalls=stalls))
    lines += ["", _("Your days:"), _own_days(), "", "-- ", _("Tukums market")]
    return "\n".join(lines)


def _own_days() -> str:
    return f"{current_app.config['PUBLIC_URL']}/{LATVIAN}/mans/dienas"


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), RIGA).astimezone(UTC)
