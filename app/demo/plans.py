"""The demonstration's plan: a draft for the fair, ready for the planner."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlmodel import Session, SQLModel

from app.planning import begin_festival
from market.planning.queries import festivals_with_call


@dataclass
class Written:
    """What a draft is begun with when the demonstration begins it."""

    session: Session
    at: datetime

    def add(self, row: SQLModel, *, action: str) -> None:
        """Add a row."""
        self.session.add(row)
        self.session.flush()


def write_plans(session: Session, today: date) -> None:
    """Write an empty draft for the festival that comes first; the caller commits."""
    coming = [one for one, _call in festivals_with_call(session) if one.last_day >= today]
    if coming:
        first = min(coming, key=lambda one: one.first_day)
        at = datetime.combine(today, time(7), UTC)
        begin_festival(Written(session, at), first, "Pirmais uzmetums")
