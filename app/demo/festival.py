"""The demonstration's Rožu svētki: the next one after a day, in the pattern of past years."""

from datetime import date, timedelta

from sqlmodel import Session

from app.demo.events import event_fields, read_table, write_event, write_venues
from market.days.festivals import next_rose_festival
from market.days.models import Festival, FestivalFields


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
        day = first_day + timedelta(days=("fri", "sat", "sun").index(row["day"]))
        name = f"{festival.slug}-{row['key']}"
        write_event(session, event_fields(row, day), venues, name, row, festival.id)
    session.flush()
    return festival
