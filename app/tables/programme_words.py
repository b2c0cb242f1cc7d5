"""What was understood of a programme, and what is asked, in the reader's language."""

from datetime import date, time
from typing import Any

from app import names
from app.languages import N_, clock_time, gettext, long_day
from app.languages import gettext as _
from app.tables.complaints import quoted
from app.tables.programme import ProgrammeLine
from market.programme.understanding import Meant, Question, Remark

REMARKS = {
    "day_above": N_("No day is given, so that of the line above is taken: %(typed)s."),
    "several_days": N_("“%(typed)s” is taken as the days from %(first)s to %(last)s."),
    "year_assumed": N_("“%(typed)s” names no year; %(meant)s is taken."),
    "next_day": N_("“%(typed)s” is 0.00 of the next day: %(meant)s."),
    "ends_next_day": N_("The end is after midnight: %(meant)s."),
    "hour_missing": N_("No time is given: it stays to be announced."),
    "hour_said": N_("“%(typed)s”: the hour is not known."),
    "about": N_("“%(typed)s” is entered as %(meant)s."),
    "open_end": N_("“%(typed)s” begins at %(meant)s and has an open end."),
    "venue_part": N_("“%(meant)s” is taken as a part of the venue."),
    "route": N_("“%(typed)s” is taken as a way that begins at “%(meant)s”."),
    "only_village": N_("Only the town or village is named as the place."),
    "parish_missing": N_("No parish is given."),
    "parish_shortened": N_("“%(typed)s” is taken as %(meant)s."),
    "notes_in_text": N_("The notes become the description: “%(typed)s”."),
}

QUESTIONS = {
    "weekday": N_("“%(typed)s”: that day is another day of the week. Is the date right?"),
    "longer_in_title": N_(
        "The title names several days, the column of days only one. Does the event last until "
        "%(last_day)s?"
    ),
    "other_days_in_title": N_(
        "The title names other days than the column of days. Are those of the column right?"
    ),
    "hour_unclear": N_("“%(typed)s” is not a time. Enter the event with its time to be announced?"),
    "end_unclear": N_("“%(typed)s” is not a time. Enter the event with an open end?"),
    "notes_say_when": N_(
        "The notes speak of the beginning (“%(typed)s”). Is the column of times right: %(starts)s?"
    ),
    "venue_missing": N_("No place is given. Enter the event without a place?"),
    "parish_similar": N_("“%(typed)s” is not a parish of the novads. Is %(parish)s meant?"),
    "parish_unknown": N_(
        "“%(typed)s” is not a parish of the novads. Enter the event without a parish?"
    ),
    "postponed": N_(
        "“%(typed)s” in the column “%(column)s” looks like a postponement. Enter it as postponed?"
    ),
    "cancelled": N_(
        "“%(typed)s” in the column “%(column)s” looks like a cancellation. Enter it as cancelled?"
    ),
}


def event_said(line: int, meant: Meant) -> str:
    """The line as it was understood: what, when, where."""
    return _(
        "Line %(line)s: “%(title)s” · %(when)s · %(where)s",
        line=line,
        title=quoted(meant.title, longest=200),
        when=_when(meant),
        where=_where(meant),
    )


def _when(meant: Meant) -> str:
    days = long_day(meant.first_day)
    if meant.last_day != meant.first_day:
        days = f"{days} – {long_day(meant.last_day)}"
    if meant.starts is None:
        return f"{days}, {names.hour_said(meant.hour)}"
    ends = f"–{clock_time(meant.ends)}" if meant.ends is not None else ""
    return f"{days}, {clock_time(meant.starts)}{ends}"


def _where(meant: Meant) -> str:
    venue = quoted(meant.venue) if meant.venue else _("place unknown")
    parts = [f"{venue} ({quoted(meant.place)})" if meant.place else venue]
    if meant.parish_code:
        parts.append(names.parish(meant.parish_code))
    return ", ".join(parts)


def remark_said(remark: Remark) -> str:
    """An assumption as a sentence."""
    blanks: dict[str, Any] = {"typed": quoted(remark.typed), "meant": _meant(remark)}
    if remark.kind == "several_days":
        blanks |= {"first": long_day(remark.meant[0]), "last": long_day(remark.meant[1])}
    return gettext(REMARKS[remark.kind], **blanks)


def _meant(remark: Remark) -> str:
    if isinstance(remark.meant, date):
        return long_day(remark.meant)
    if isinstance(remark.meant, time):
        return clock_time(remark.meant)
    if remark.kind == "parish_shortened":
        return names.parish(remark.meant)
    return quoted(str(remark.meant or ""))


def question_said(line: ProgrammeLine, question: Question) -> str:
    """A question with the proposal in it: a yes takes it."""
    meant, proposal = line.understanding.meant, question.proposal
    blanks: dict[str, Any] = {
        "typed": quoted(question.typed),
        "column": line.entry.headings[question.column],
    }
    if "last_day" in proposal:
        blanks["last_day"] = long_day(proposal["last_day"])
    if proposal.get("parish_code"):
        blanks["parish"] = names.parish(proposal["parish_code"])
    if meant is not None and meant.starts is not None:
        blanks["starts"] = clock_time(meant.starts)
    return gettext(QUESTIONS[question.kind], **blanks)
