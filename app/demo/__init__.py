"""The demonstration market: invented farms in the real geography of Tukums."""

from datetime import date

from sqlmodel import Session

TEST_TODAY = date(2026, 11, 24)
"""The day around which tests let the demonstration be made: a Tuesday, a market day."""


def write_demonstration(session: Session, today: date) -> None:
    """Write the demonstration market around a day; the caller commits."""
