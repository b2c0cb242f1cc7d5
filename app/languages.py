"""Languages: the catalogues, plurals, dates, times, money and sorting.

Latvian is the first language at every door. A further language is a catalogue in
`app/translations/` and nothing else. Babel is used directly: Flask-Babel moves plain times by
the zone, and ten o'clock at the market is ten o'clock.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.support import NullTranslations, Translations
from markupsafe import Markup

from app.clock import local

TRANSLATIONS = Path(__file__).parent / "translations"
LATVIAN = "lv"
SOURCE_LANGUAGE = "en"

_current: ContextVar[str] = ContextVar("language", default=LATVIAN)


@cache
def languages() -> tuple[str, ...]:
    """The languages of the service, Latvian first, English second, then by code."""
    found = {file.stem for file in TRANSLATIONS.glob("*.po")} - {LATVIAN, SOURCE_LANGUAGE}
    return (LATVIAN, SOURCE_LANGUAGE, *sorted(found))


@cache
def _catalogue(language: str) -> NullTranslations:
    """The catalogue of a language, read from its `.po` file: there is nothing to compile."""
    file = TRANSLATIONS / f"{language}.po"
    if not file.exists():
        return NullTranslations()
    with file.open("rb") as source:
        catalogue = read_po(source, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def current_language() -> str:
    """The language in which the present reader is spoken to."""
    return _current.get()


def speak(language: str) -> None:
    """Speak this language until the end of the request or command."""
    _current.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language within a block."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def sentence(message: str) -> str:
    """The sentence in the reader's language, its named blanks still open."""
    return _catalogue(_current.get()).gettext(message)


def sentence_in(context: str, message: str) -> str:
    """The same for a word that needs a context, such as "free" of a stall or of an event."""
    return str(_catalogue(_current.get()).pgettext(context, message))


def plural_form(one: str, many: str, number: int) -> str:
    """The sentence in the form that the number asks for, its blanks still open."""
    return _catalogue(_current.get()).ngettext(one, many, number)


def gettext(message: str, **blanks: Any) -> str:
    """The sentence in the reader's language, its named blanks filled."""
    return sentence(message) % blanks


def pgettext(context: str, message: str, **blanks: Any) -> str:
    """The sentence or word of this context, its named blanks filled."""
    return sentence_in(context, message) % blanks


def ngettext(one: str, many: str, number: int, **blanks: Any) -> str:
    """The form for a number, filled: 1 roze, 2 rozes, 0 rožu, 21 roze."""
    return plural_form(one, many, number) % {"num": number, **blanks}


def N_(message: str) -> str:
    """Mark a word for translation where it is listed, to be translated where it is shown."""
    return message


class Said(NamedTuple):
    """A text and the language it is in."""

    text: str
    language: str


def in_language(words: Mapping[str, str], language: str | None = None) -> Said:
    """Words in the reader's language, or else in Latvian, with the language they are in."""
    wanted = language or _current.get()
    if wanted in words:
        return Said(words[wanted], wanted)
    return Said(words[LATVIAN], LATVIAN)


def say(words: Mapping[str, str]) -> Markup | str:
    """Words for a page; marked with their language where it is not the page's own."""
    text, language = in_language(words)
    if language == _current.get():
        return text
    return Markup('<span lang="{}">{}</span>').format(language, text)


def capitalized(text: str) -> str:
    """A phrase at the beginning of a line: only its first letter becomes a capital."""
    return text[:1].upper() + text[1:]


# Days, hours and money. The forms of words stand in the catalogues, so that "otrdien,
# 24. novembrī" needs no code of its own.

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS_SHORT = tuple(month[:3] for month in MONTHS)


def weekday(day: date) -> str:
    """ "otrdiena" """
    return pgettext("weekday", WEEKDAYS[day.weekday()])


def month(number: int) -> str:
    """ "novembris" """
    return pgettext("month", MONTHS[number - 1])


def month_short(number: int) -> str:
    """The letters under the season strip: "nov." """
    return pgettext("month, short", MONTHS_SHORT[number - 1])


def long_day(day: date) -> str:
    """ "otrdiena, 2026. gada 24. novembris" """
    return pgettext(
        "a day with its year",
        "%(weekday)s, %(day)s %(month)s %(year)s",
        weekday=weekday(day),
        day=day.day,
        month=month(day.month),
        year=day.year,
    )


def on_day(day: date) -> str:
    """When something happens: "otrdien, 24. novembrī" """
    return pgettext("when", "on %(weekday)s, %(day)s %(month)s", **_forms_of(day))


def on_day_from(day: date, today: date) -> str:
    """When something happens, seen from today: "šodien", "rīt", "otrdien, 24. novembrī".

    A day of another year is said with its year.
    """
    if day == today:
        return pgettext("when", "today")
    if (day - today).days == 1:
        return pgettext("when", "tomorrow")
    if day.year != today.year:
        return pgettext(
            "when", "on %(weekday)s, %(day)s %(month)s %(year)s", year=day.year, **_forms_of(day)
        )
    return on_day(day)


def _forms_of(day: date) -> dict[str, Any]:
    return {
        "weekday": pgettext("on a weekday", WEEKDAYS[day.weekday()]),
        "day": day.day,
        "month": pgettext("in a month", MONTHS[day.month - 1]),
    }


def short_day(day: date) -> str:
    """ "24.11." """
    return pgettext("a short date", "%(day)s/%(month)s", day=day.day, month=day.month)


def clock_time(moment: time) -> str:
    """ "8.00" """
    return pgettext("a time", "%(hour)s:%(minute)s", hour=moment.hour, minute=f"{moment.minute:02}")


def at_time(moment: time) -> str:
    """ "plkst. 8.00" """
    return pgettext("a time", "at %(time)s", time=clock_time(moment))


def hours(opens: time, closes: time) -> str:
    """ "8.00–14.00" """
    return f"{clock_time(opens)}–{clock_time(closes)}"


def money(cents: int) -> str:
    """ "3,50 €" """
    return format_currency(cents / 100, "EUR", locale=Locale.parse(_current.get()))


def number(value: float) -> str:
    """A number in the reader's notation, without needless decimals: "2,5"."""
    return format_decimal(value, format="#,##0.##", locale=Locale.parse(_current.get()))


# Sorting.

_ALPHABET = "aābcčdeēfgģhiījkķlļmnņoōpqrŗsštuūvwxyzž"
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}


def sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts by the Latvian alphabet: Ā after A, Č after C, Ž last; digits first."""
    key = []
    for char in unicodedata.normalize("NFC", text).casefold():
        if char in _RANK:
            key.append((2, _RANK[char], ""))
        elif char.isalpha():
            key.append((3, 0, char))
        elif char.isdigit():
            key.append((1, int(char) if char.isdecimal() else 0, ""))
        # Quotation marks and blanks inside names do not decide an order, except between words.
        elif char.isspace():
            key.append((0, 0, ""))
    return tuple(key)


def on_moment(instant: datetime) -> str:
    """A moment inside a sentence: "otrdien, 24. novembrī, plkst. 10.00"."""
    here = local(instant)
    return f"{on_day(here.date())}, {at_time(here.time())}"


def moment_said(instant: datetime) -> str:
    """A moment at the beginning of a line: "Otrdien, 24. novembrī, plkst. 10.00"."""
    return capitalized(on_moment(instant))
