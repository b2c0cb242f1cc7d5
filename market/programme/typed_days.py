"""Days as people type them into a programme: "13.07.2018.", "10. augustā", "13.–15.07.2018"."""

import re
from dataclasses import dataclass
from datetime import date

from vendors.searching import folded

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

# The beginnings of the words, without diacritics.
_MONTHS = ("janv", "febr", "mart", "apr", "maij", "jun", "jul", "aug", "sept", "okt", "nov", "dec")
_WEEKDAYS = ("pirmd", "otrd", "tresd", "ceturtd", "piektd", "sestd", "svetd")

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[ t]0?0[:.]00)?")
_IN_NUMBERS = re.compile(
    r"(?P<day>\d{1,2})(?:\. ?(?P<month>\d{1,2})(?:\. ?(?P<year>\d{4}|\d\d))?)?\.?(?: ?g\.?)?"
)
_IN_WORDS = re.compile(
    r"(?:(?P<year>\d{4})\. ?gada )?(?P<day>\d{1,2})\.? ?(?P<word>[a-z]+)\.?"
    r"(?:,? (?P<year_after>\d{4})\.?(?: ?g\w*\.?)?)?"
)
_WEEKDAY = re.compile(rf"\(?\b(?P<weekday>{'|'.join(_WEEKDAYS)})[a-z]*\.?\)?,?")
_RANGE_IN_TEXT = re.compile(
    r"\d{1,2}\.?(?: ?[a-z]{3,})? ?[-–—] ?\d{1,2}\. ?(?:[a-z]{3,}|\d{1,2}\.?(?: ?\d{4})?)"
)


@dataclass(frozen=True)
class Days:
    """The days that were meant, both included.

    `year_said` is False when the year was chosen; `weekday` is the named day of the week of the
    first day (0 is Monday), None when none was named.
    """

    first: date
    last: date
    year_said: bool = True
    weekday: int | None = None

    def weekday_is_right(self) -> bool:
        """Whether the first day falls on the weekday that was named, if one was."""
        return self.weekday in (None, self.first.weekday())


@dataclass(frozen=True)
class _Part:
    """One end of a range: what of day, month and year was typed."""

    day: int
    month: int | None
    year: int | None

    def on(self, month: int, year: int) -> date:
        """The day, with month and year of the other end where it has none of its own."""
        return date(self.year or year, self.month or month, self.day)


def understood_days(typed: str, near: date) -> Days | None:
    """The days that a person would read in a cell; None when nobody could.

    A day without a year is taken in the year that brings it nearest to `near`.
    """
    text = " ".join((folded(typed) or "").split())
    weekday = _WEEKDAY.search(text)
    text = _WEEKDAY.sub("", text).strip(" ,")
    parts = [_part(piece) for piece in _pieces(text)]
    if not 1 <= len(parts) <= 2:
        return None
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or known[-1].month is None:
        return None
    try:
        first, last = _both_ends(known[0], known[-1], near)
    except ValueError:
        return None
    if last < first or not EARLIEST_YEAR <= first.year <= last.year <= LATEST_YEAR:
        return None
    said = any(part.year is not None for part in known)
    named = _WEEKDAYS.index(weekday["weekday"]) if weekday else None
    return Days(first, last, said, named)


def days_in_text(text: str, near: date) -> Days | None:
    """The range of days that a title names, such as "(17.–20. jūlijs)"; None without one."""
    found = _RANGE_IN_TEXT.search(" ".join((folded(text) or "").split()))
    return understood_days(found[0], near) if found else None


def _pieces(text: str) -> list[str]:
    text = re.sub(r"^no ", "", text)
    if _ISO.match(text):
        return re.split(r"\s+[-–—]\s+|\s*[–—/]\s*|\s+lidz\s+", text)
    return re.split(r"\s*[-–—]\s*|\s+lidz\s+", text)


def _part(text: str) -> _Part | None:
    match = _ISO.fullmatch(text) or _IN_NUMBERS.fullmatch(text)
    if match:
        year, month = match["year"], match["month"]
        return _Part(int(match["day"]), int(month) if month else None, _year(year))
    match = _IN_WORDS.fullmatch(text)
    named = _month(match["word"]) if match else None
    if match is None or named is None:
        return None
    return _Part(int(match["day"]), named, _year(match["year"] or match["year_after"]))


def _year(typed: str | None) -> int | None:
    if not typed:
        return None
    return int(typed) if len(typed) == 4 else 2000 + int(typed)


def _month(word: str) -> int | None:
    for number, beginning in enumerate(_MONTHS, start=1):
        if word.startswith(beginning) or (len(word) >= 3 and beginning.startswith(word)):
            return number
    return None


def _both_ends(first: _Part, last: _Part, near: date) -> tuple[date, date]:
    """Complete one end from the other; raises ValueError for a day that no calendar has."""
    month = last.month or 0
    year = last.year or first.year
    if year is None:
        years = (near.year - 1, near.year, near.year + 1)
        year = min(years, key=lambda one: abs(_day_in(last, month, one) - near))
    end = last.on(month, year)
    start = first.on(month, year)
    if start > end and first.year is None and first.month:
        start = first.on(month, year - 1)
    return start, end


def _day_in(part: _Part, month: int, year: int) -> date:
    """The day in a year; 29 February is 28 February where a year has none."""
    try:
        return part.on(month, year)
    except ValueError:
        return date(year, month, 28)
