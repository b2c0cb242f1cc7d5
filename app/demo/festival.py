"""The demonstration's Rožu svētki: the next one after a day, in the pattern of past years."""

from datetime import date, time, timedelta
from typing import Any

from sqlmodel import Session

from app.demo.events import event_fields, read_table, write_event, write_venues
from market.days.festivals import next_rose_festival
from market.days.models import Festival, FestivalFields
from market.programme.models import ClosureFields, StreetClosure, Venue

DAYS = ("fri", "sat", "sun")


def write_festival(session: Session, today: date) -> Festival:
    """Write the rose festival that is on or comes next, with its programme; the caller commits."""
    first_day, last_day = next_rose_festival(today)
    table = read_table("festival.toml")
    fields = FestivalFields(
        slug=f"rozu-svetki-{first_day.year}",
        name={
            language: text.format(year=first_day.year) for language, text in table["name"].items()
        },
        first_day=first_day,
        last_day=last_day,
        intro=table["intro"],
        practical=table["practical"],
        wreath=table["wreath"],
    )
    festival = Festival(**fields.model_dump())
    session.add(festival)
    session.flush()
    venues = write_venues(session)
    for row in table["event"]:
        day = first_day + timedelta(days=DAYS.index(row["day"]))
        name = f"{festival.slug}-{row['key']}"
        write_event(session, event_fields(row, day), venues, name, row, festival.id)
    _write_closures(session, table["closure"], first_day, venues)
    session.flush()
    return festival


def _write_closures(
    session: Session, rows: list[dict[str, Any]], first_day: date, venues: dict[str, Venue]
) -> None:
    """Streets that are closed during the festival; `day` counts as for events."""
    for row in rows:
        day = first_day + timedelta(days=DAYS.index(row["day"]))
        fields = ClosureFields(
            name={"lv": row["lv"], "en": row["en"]},
            first_day=day,
            last_day=day,
            starts=time.fromisoformat(row["from"]),
            ends=time.fromisoformat(row["to"]),
            rows=row["rows"],
            words={"lv": row["words_lv"], "en": row["words_en"]},
        )
        venue = venues[row["venue"]]
        session.add(StreetClosure(**fields.model_dump(), venue_id=venue.id))
