"""Venues, and the events that take place there."""

from datetime import date, time

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint

from vendors.fields import STRICT, Text, Words, one_of, optional_words_column, words_column

HOURS_SAID = ("exact", "morning", "afternoon", "evening", "all_day", "to_be_announced")
EVENT_STATES = ("confirmed", "cancelled", "postponed")
PRICES = ("free", "paid", "unknown")


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
    open. An hour of 24.00 is 00.00 of the next day.
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


class Event(EventFields, table=True):
    """An event. Its `uid` is in other people's calendars; `sequence` grows with every change."""

    __table_args__ = (
        UniqueConstraint("uid"),
        one_of("hour", HOURS_SAID),
        one_of("state", EVENT_STATES),
        one_of("price", PRICES),
        CheckConstraint("(hour = 'exact') = (starts IS NOT NULL)", name="starts"),
        CheckConstraint("last_day >= first_day", name="period"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(max_length=80)
    sequence: int = 0
    venue_id: int | None = Field(default=None, foreign_key="venue.id", index=True)
    festival_id: int | None = Field(default=None, foreign_key="festival.id", index=True)
