"""The programme on paper: a sheet of A4, both sides if needed, and a poster of A3.

Both are printed in black and white as well: nothing is said by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app import names
from app.languages import capitalized, clock_time, in_language, long_day, short_day, speaking
from app.languages import gettext as _
from app.pages.visitor.event_parts import street_of
from app.paper.programme_pages import ProgrammePages, Told
from market.days.models import Festival
from market.programme.models import Event, StreetClosure
from market.programme.queries import closures_between, events_between, events_of_festival
from market.programme.schedule import ON_THE_EVENING_BEFORE, Day, Line, listed_days, programme
from market.signs.drawing import qr_svg

SMALL = 13.5
"""Letters of so many points or less stand in three columns on A3: short lines are read faster."""


@dataclass(frozen=True)
class ProgrammeOnPaper:
    """What is printed: a title, the days with their lines, closed streets, the live address."""

    title: str
    first_day: date
    last_day: date
    days: Sequence[Day]
    closures: Sequence[StreetClosure]
    made: datetime
    address: str


def festival_on_paper(
    session: Session, festival: Festival, made: datetime, public_url: str, language: str
) -> ProgrammeOnPaper:
    """The whole published programme of a festival."""
    first, last = festival.first_day, festival.last_day
    items = events_of_festival(session, festival.id or 0)
    days = [day for item in items for day in listed_days(item.event)]
    return ProgrammeOnPaper(
        title=in_language(festival.name, language).text,
        first_day=first,
        last_day=last,
        days=programme(items, min([first, *days]), max([last, *days])),
        closures=closures_between(session, first, last),
        made=made,
        address=f"{public_url}/{language}/svetki/{festival.slug}",
    )


def day_on_paper(
    session: Session, day: date, made: datetime, public_url: str, language: str
) -> ProgrammeOnPaper:
    """The published programme of one day, such as a market day."""
    with speaking(language):
        title = _("Programme")
    return ProgrammeOnPaper(
        title=title,
        first_day=day,
        last_day=day,
        days=programme(events_between(session, day, day), day, day),
        closures=closures_between(session, day, day),
        made=made,
        address=f"{public_url}/{language}/programma?diena={day.isoformat()}",
    )


def programme_sheet(told: ProgrammeOnPaper, language: str) -> bytes:
    """The sheet of A4: letters as large as let it fit on two pages, else as many as needed."""
    return _as_large_as_fits(told, language, (13.0, 12.0, 11.0, 10.0, 9.5), 2, large=False)


def programme_poster(told: ProgrammeOnPaper, language: str) -> bytes:
    """The poster: A3 with letters as large as let it fit on one page, small ones in three columns.

    What does not even fit so, some hundred events, has a second page.
    """
    sizes = (26.0, 24.0, 22.0, 20.0, 18.0, 16.5, 15.0, 13.5, 12.5, 11.5, 10.5, 9.5, 8.5)
    return _as_large_as_fits(told, language, sizes, 1, large=True)


def _as_large_as_fits(
    told: ProgrammeOnPaper, language: str, sizes: Sequence[float], pages: int, *, large: bool
) -> bytes:
    with speaking(language):
        for points in sizes:
            sheet = ProgrammePages(
                told.title, told.made, _days_said(told), told.address, qr_svg(told.address)
            )
            sheet.begin(large=large, columns=3 if large and points <= SMALL else 2)
            _fill(sheet, told, points)
            if sheet.page_no() <= pages or points == sizes[-1]:
                return bytes(sheet.output())
            sheet.give_up()
    raise ValueError("no size of letters was given")


def _fill(sheet: ProgrammePages, told: ProgrammeOnPaper, points: float) -> None:
    for day in told.days:
        sheet.put_day(capitalized(long_day(day.day)), points)
        for line in day.lines:
            sheet.put_event(line_told(line), points)
    if not told.days:
        sheet.put_text(_("The programme will be announced here."), points)
    if told.closures:
        sheet.put_day(_("Closed streets"), points)
        for one in told.closures:
            sheet.put_text(_closure_said(one), points, "semibold")
            if one.words:
                sheet.put_text(in_language(one.words).text, points * 0.9)


def _closure_said(one: StreetClosure) -> str:
    days = short_day(one.first_day)
    if one.last_day != one.first_day:
        days = f"{days}–{short_day(one.last_day)}"
    hours = f"{clock_time(one.starts)}–{clock_time(one.ends)}"
    return f"{days} {hours} · {in_language(one.name).text}"


def _days_said(told: ProgrammeOnPaper) -> str:
    if told.first_day == told.last_day:
        return capitalized(long_day(told.first_day))
    return f"{capitalized(long_day(told.first_day))} – {long_day(told.last_day)}"


def line_told(line: Line) -> Told:
    """A line of the programme in the reader's language."""
    event, venue = line.item.event, line.item.venue
    parts = [in_language(venue.name).text if venue else None, event.place]
    street = street_of(venue)
    if street and not event.place:
        parts.append(street)
    if event.price == "free":
        parts.append(_("free entry"))
    elif event.price == "paid":
        parts.append(_("with a fee"))
    return Told(
        hours=_hours(line),
        title=in_language(event.title).text,
        where=" · ".join(part for part in parts if part),
        changed=_changed(event),
        off=event.state != "confirmed",
    )


def _hours(line: Line) -> str:
    event = line.item.event
    ends = f"–{_end(line)}" if line.ends else ""
    if line.hour == "exact" and event.starts is not None:
        return f"{clock_time(event.starts)}{ends}"
    if line.hour == ON_THE_EVENING_BEFORE:
        return f"{_('24:00')}{ends}"
    return names.hour_said(line.hour) if line.hour in names.HOURS_SAID else _("continues")


def _end(line: Line) -> str:
    ends = line.ends
    return "" if ends is None else clock_time(ends) if ends.hour or ends.minute else _("24:00")


def _changed(event: Event) -> str:
    if event.state == "confirmed":
        return in_language(event.state_words).text if event.state_words else ""
    word = _("cancelled") if event.state == "cancelled" else _("postponed")
    words = in_language(event.state_words).text if event.state_words else ""
    return f"{capitalized(word)}. {words}".strip()
