"""The clock of the place: Tukums has one time, and a rehearsal may set it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Flask, current_app

RIGA = ZoneInfo("Europe/Riga")


def now_in(app: Flask) -> datetime:
    """The local time in Tukums, without a zone; the moment of a rehearsal where `NOW` is set."""
    rehearsed: datetime | None = app.config["NOW"]
    return rehearsed or datetime.now(RIGA).replace(tzinfo=None)


def now() -> datetime:
    """The same within a request or a command."""
    return now_in(current_app)


def moment() -> datetime:
    """The same instant with its zone, in UTC: for what really is a moment, such as a session."""
    return now().replace(tzinfo=RIGA).astimezone(UTC)


def local(instant: datetime) -> datetime:
    """A moment as the clock of the place shows it, without a zone."""
    return instant.astimezone(RIGA).replace(tzinfo=None)
