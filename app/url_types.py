"""Parts of addresses: a language of the service, a day."""

from datetime import date

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

from app.languages import languages


class LanguagePart(BaseConverter):
    """The first part of an address: `lv`, `en`, …"""

    def __init__(self, url_map: object) -> None:
        super().__init__(url_map)  # type: ignore[arg-type]
        self.regex = "|".join(languages())


class DayPart(BaseConverter):
    """A day as `2027-07-17`."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError from error


def prepare_url_types(app: Flask) -> None:
    """Teach the application's addresses these parts."""
    # A sign answers under the very address that is printed on it, without a redirect.
    app.url_map.redirect_defaults = False
    app.url_map.converters["language"] = LanguagePart
    app.url_map.converters["day"] = DayPart


EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""Days that may be asked for; beyond them a calendar would come to its end."""


def day_asked(text: str | None, otherwise: date) -> date:
    """The day in `?diena=2027-07-17`; another day where it is missing or is no day of our time."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return day if EARLIEST <= day <= LATEST else otherwise
