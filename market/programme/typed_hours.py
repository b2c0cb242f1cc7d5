"""Hours as people type them into a programme: "18.00", "10:00-", "24.00", "vakarā", "ap 18.00"."""

import re
from dataclasses import dataclass
from datetime import time

from vendors.searching import folded

_SAID = {
    "": "to_be_announced",
    "-": "to_be_announced",
    "tiks precizets": "to_be_announced",
    "tiks zinots": "to_be_announced",
    "precizejas": "to_be_announced",
    "no rita": "morning",
    "rita": "morning",
    "rita agruma": "morning",
    "priekspusdiena": "morning",
    "pecpusdiena": "afternoon",
    "pec pusdienam": "afternoon",
    "pec pusdienas": "afternoon",
    "vakara": "evening",
    "velu vakara": "evening",
    "vela vakara": "evening",
    "pievakare": "evening",
    "visu dienu": "all_day",
    "visas dienas garuma": "all_day",
    "dienas garuma": "all_day",
}
_MIDNIGHT = {"pusnakti", "pusnakts"}
_ABOUT = re.compile(r"^(?:ap|apm\.?|apmeram|aptuveni|~)\s*")
_NEEDLESS = re.compile(r"\b(?:plkst|pulksten|pl)\b\.?\s*|^no (?=\d|ap|plkst)|(?<=\d)\s*h\b")
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?")


@dataclass(frozen=True)
class Moment:
    """A time of the clock; `next_day` when the evening's "24.00" means the day after."""

    clock: time
    next_day: bool = False


@dataclass(frozen=True)
class Hours:
    """The hours that were meant: `hour` is one of the words of an event, "exact" with a start.

    `ends_next_day` counts from the day on which it begins; `about` and `open_end` say what was
    typed around the clock's figures.
    """

    hour: str
    starts: time | None = None
    starts_next_day: bool = False
    ends: time | None = None
    ends_next_day: bool = False
    about: bool = False
    open_end: bool = False


def understood_hours(starts: str, ends: str = "") -> Hours | None:
    """The hours that a person would read in one or two cells; None when nobody could."""
    try:
        return _hours(_plain(starts), _plain(ends))
    except ValueError:
        return None


def _hours(starts: str, ends: str) -> Hours:
    if starts in _SAID:
        return Hours(_SAID[starts], ends=_same_day(ends) if _is_given(ends) else None)
    about, starts = bool(_ABOUT.match(starts)), _ABOUT.sub("", starts)
    begin, dash, rest = starts.partition("-")
    if rest and _is_given(ends) and ends != rest:
        raise ValueError("two ends")
    start = _moment(begin)
    end = _moment(rest or ends) if _is_given(rest or ends) else None
    return Hours(
        hour="exact",
        starts=start.clock,
        starts_next_day=start.next_day,
        ends=end.clock if end else None,
        ends_next_day=bool(end) and _is_over_midnight(start, end),
        about=about,
        open_end=bool(dash) and end is None,
    )


def _is_over_midnight(start: Moment, end: Moment | None) -> bool:
    if end is None or start.next_day:
        return False
    return end.next_day or end.clock <= start.clock


def _plain(typed: str) -> str:
    text = " ".join((folded(typed) or "").split())
    text = re.sub(r"\s*(?:[–—-]|\blidz\b)\s*", "-", text)
    return _NEEDLESS.sub("", text).strip()


def _is_given(text: str) -> bool:
    return text not in ("", "-")


def _same_day(text: str) -> time:
    moment = _moment(text)
    if moment.next_day:
        raise ValueError("an end on the next day of an unknown beginning")
    return moment.clock


def _moment(text: str) -> Moment:
    """The moment in a plain text; raises ValueError when there is none in it."""
    if text in _MIDNIGHT:
        return Moment(time(0), next_day=True)
    match = _CLOCK.fullmatch(text.strip(" -"))
    if not match:
        raise ValueError(text)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if (hour, minute) == (24, 0):
        return Moment(time(0), next_day=True)
    return Moment(time(hour, minute))
