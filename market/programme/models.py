"""Venues, the events that take place there, who performs, and streets that are closed."""

from datetime import date, time
from typing import Any

from sqlmodel import JSON, CheckConstraint, Field, SQLModel, UniqueConstraint

from vendors.fields import (
    STRICT,
    Text,
    Words,
    flag_column,
    one_of,
    optional_words_column,
    version_column,
    words_column,
)

HOURS_SAID = ("exact", "morning", "afternoon", "evening", "all_day", "to_be_announced")
EVENT_STATES = ("confirmed", "cancelled", "postponed")
PRICES = ("free", "paid", "unknown")
LONGEST_WORK_MIN = 1440


def rows_column() -> Any:
    """A column of rows of stalls, each as "zone:row"."""
    return Field(
        default_factory=list,
        sa_type=JSON,
        max_length=100,
        description="rows of stalls as zone:row",
        sa_column_kwargs={"server_default": "[]"},
    )


def minutes_column() -> Any:
    """A column of minutes of work before or after an event."""
    return Field(default=0, ge=0, le=LONGEST_WORK_MIN, sa_column_kwargs={"server_default": "0"})


class VenueFields(SQLModel):
    """A place where things happen."""

    model_config = STRICT

    slug: str = Field(max_length=80, schema_extra={"pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"})
    name: Words = words_column()
    address: Text | None = Field(default=None, max_length=120)
    parish_code: str | None = Field(default=None, foreign_key="parish.code", max_length=7)
    lat: float | None = Field(default=None, ge=55.6, le=58.1)
    lon: float | None = Field(default=None, ge=20.9, le=28.3)


class Venue(VenueFields, table=True):
    """A venue."""

    __table_args__ = (UniqueConstraint("slug"),)

    id: int | None = Field(default=None, primary_key=True)


class EventFields(SQLModel):
    """What happens, when and where, in the clock of the place.

    `starts` is set when `hour` is "exact" and only then. `last_day` and `ends` say the end: an
    event that ends past midnight has the next day as its `last_day`; without `ends` the end is
    open. An hour of 24.00 is 00.00 of the next day. `set_up_min` before the beginning and
    `clearing_min` after the end the place is taken too. What is not `published` is a draft that
    only the office sees.
    """

    model_config = STRICT

    title: Words = words_column()
    text: Words | None = optional_words_column()
    first_day: date
    last_day: date
    hour: str = "exact"
    starts: time | None = None
    ends: time | None = None
    place: Text | None = Field(default=None, max_length=120, description="a part of the venue")
    parish_code: str | None = Field(default=None, foreign_key="parish.code", max_length=7)
    organiser: Text | None = Field(default=None, max_length=120)
    price: str = "unknown"
    state: str = "confirmed"
    state_words: Words | None = optional_words_column()
    set_up_min: int = minutes_column()
    clearing_min: int = minutes_column()
    crosses: list[str] = rows_column()
    loud: bool = flag_column()
    published: bool = Field(default=True, sa_column_kwargs={"server_default": "1"})


class Event(EventFields, table=True):
    """An event. Its `uid` is in other people's calendars; `sequence` grows with every change.

    An undone change takes its `sequence` back, but never the `version`: see `calendar.revision`.
    """

    __table_args__ = (
        UniqueConstraint("uid"),
        one_of("hour", HOURS_SAID),
        one_of("state", EVENT_STATES),
        one_of("price", PRICES),
        CheckConstraint("(hour = 'exact') = (starts IS NOT NULL)", name="starts"),
        CheckConstraint("last_day >= first_day", name="period"),
        CheckConstraint("set_up_min >= 0 AND clearing_min >= 0", name="minutes"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(max_length=80)
    sequence: int = 0
    venue_id: int | None = Field(default=None, foreign_key="venue.id", index=True)
    festival_id: int | None = Field(default=None, foreign_key="festival.id", index=True)
    version: int = version_column()


class PerformerFields(SQLModel):
    """Who performs at an event, as people call them."""

    model_config = STRICT

    name: Text = Field(min_length=1, max_length=120)
    position: int = Field(default=1, ge=1, le=999)


class EventPerformer(PerformerFields, table=True):
    """A performer of an event; `vendor_id` where it is a vendor of the market, with a stall."""

    __tablename__ = "event_performer"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True, ondelete="CASCADE")
    vendor_id: int | None = Field(
        default=None, foreign_key="vendor.id", index=True, ondelete="CASCADE"
    )


class ClosureFields(SQLModel):
    """A street or square that no car enters, every day from a first to a last one.

    It is closed from `starts` to `ends`; an end that is not after the beginning is on the next day.
    """

    model_config = STRICT

    name: Words = words_column()
    first_day: date
    last_day: date
    starts: time
    ends: time
    rows: list[str] = rows_column()
    words: Words | None = optional_words_column()


class StreetClosure(ClosureFields, table=True):
    """A closure, at a venue where one stands in that street."""

    __tablename__ = "street_closure"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="period"),)

    id: int | None = Field(default=None, primary_key=True)
    venue_id: int | None = Field(default=None, foreign_key="venue.id", index=True)
    version: int = version_column()
