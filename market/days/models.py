"""When the market is, who stands where on a day, and what the office tells visitors."""

from datetime import date, datetime, time

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint

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

DAY_KINDS = ("ordinary", "fair", "festival")
PLACEMENT_SOURCES = ("season", "weekly", "hand", "plan", "import")
PRESENCE_STATES = ("present", "late", "absent")
ADVICE = ("closed", "fair", "shorter", "as_usual")
HOLDING_BASES = ("contract", "season_ticket", "weekly")
FEE_PERIODS = ("day", "month", "season")
INCIDENT_KINDS = ("damage", "power", "water", "injury", "dispute", "cleanliness", "other")


class WeeklyHoursFields(SQLModel):
    """On this weekday (0 is Monday) the site is open from `opens` to `closes`."""

    model_config = STRICT

    weekday: int = Field(ge=0, le=6)
    opens: time
    closes: time
    valid_from: date
    valid_to: date | None = None


class WeeklyHours(WeeklyHoursFields, table=True):
    """One weekday of a site's weekly pattern."""

    __tablename__ = "weekly_hours"
    __table_args__ = (
        UniqueConstraint("site_id", "weekday", "valid_from"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("closes > opens", name="hours"),
    )

    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="site.id", index=True)
    version: int = version_column()


class FestivalFields(SQLModel):
    """A festival: its name, its days, and what a visitor should know."""

    model_config = STRICT

    slug: str = Field(max_length=60, schema_extra={"pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"})
    name: Words = words_column()
    first_day: date
    last_day: date
    intro: Words = words_column()
    practical: Words | None = optional_words_column()
    wreath: Words | None = optional_words_column()


class Festival(FestivalFields, table=True):
    """One festival, such as Rožu svētki of one year."""

    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("last_day >= first_day", name="period"),
    )

    id: int | None = Field(default=None, primary_key=True)


class MarketDayFields(SQLModel):
    """A day that differs from the weekly pattern: other hours, a fair, a festival, cancelled."""

    model_config = STRICT

    day: date
    kind: str = "ordinary"
    opens: time | None = None
    closes: time | None = None
    cancelled: bool = False
    words: Words | None = optional_words_column()
    weather: Words | None = optional_words_column()


class MarketDay(MarketDayFields, table=True):
    """An exception for one site and day; without hours the site is closed on that day."""

    __tablename__ = "market_day"
    __table_args__ = (
        UniqueConstraint("site_id", "day"),
        one_of("kind", DAY_KINDS),
        CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="both_hours"),
        CheckConstraint("opens IS NULL OR closes > opens", name="hours"),
    )

    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="site.id", index=True)
    festival_id: int | None = Field(default=None, foreign_key="festival.id")
    version: int = version_column()


class SpecialDayFields(SQLModel):
    """A day of the year that the market should think of, and what it usually does then."""

    model_config = STRICT

    day: date
    name: Words = words_column()
    advice: str = "fair"


class SpecialDay(SpecialDayFields, table=True):
    """A day the office has written down itself; public holidays are known by law."""

    __tablename__ = "special_day"
    __table_args__ = (one_of("advice", ADVICE),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = version_column()


class Placement(SQLModel, table=True):
    """A vendor has a stall on a day. The schema guarantees that a stall never has two.

    The number of a placement that is gone is never given again, on SQLite neither: an open page
    or an undo may still mean it.
    """

    __table_args__ = (
        UniqueConstraint("day", "stall_id"),
        one_of("source", PLACEMENT_SOURCES),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    day: date
    stall_id: int = Field(foreign_key="stall.id", index=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True, ondelete="CASCADE")
    source: str = "hand"


class Presence(SQLModel, table=True):
    """What a vendor said of a day: here, late, or not coming. Without a row: expected."""

    __table_args__ = (
        UniqueConstraint("vendor_id", "day"),
        one_of("state", PRESENCE_STATES),
    )

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", ondelete="CASCADE")
    day: date
    state: str
    no_show: bool = flag_column()
    version: int = version_column()


class StallHoldingFields(SQLModel):
    """A right to a stall: on which weekdays, from when to when, on what basis, paid how.

    `weekdays` is a mask, Monday is 1, Tuesday 2, Wednesday 4, …; the vendor stands there by
    themselves on every market day of these weekdays. `last_day` None: until it is ended.
    """

    model_config = STRICT

    weekdays: int = Field(default=127, ge=1, le=127)
    basis: str = "contract"
    pays: str = "day"
    first_day: date
    last_day: date | None = None


class StallHolding(StallHoldingFields, table=True):
    """One stall of one vendor for a time. That two do not hold one is seen by `holdings.py`."""

    __tablename__ = "stall_holding"
    __table_args__ = (
        UniqueConstraint("stall_id", "vendor_id", "first_day"),
        one_of("basis", HOLDING_BASES),
        one_of("pays", FEE_PERIODS),
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays"),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="period"),
    )

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True, ondelete="CASCADE")
    stall_id: int = Field(foreign_key="stall.id", index=True, ondelete="CASCADE")
    version: int = version_column()


class FilledDay(SQLModel, table=True):
    """A day of a site into which the holders were put once; what is done later is by hand."""

    __tablename__ = "filled_day"

    site_id: int = Field(primary_key=True, foreign_key="site.id")
    day: date = Field(primary_key=True)


class Waiting(SQLModel, table=True):
    """A vendor who would like a stall on a day and has none yet, in the order of asking."""

    __table_args__ = (UniqueConstraint("vendor_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", ondelete="CASCADE")
    day: date = Field(index=True)
    since: datetime


class ZoneCount(SQLModel, table=True):
    """How many visitors somebody of the office counted in a zone at an hour of a day."""

    __tablename__ = "zone_count"
    __table_args__ = (
        UniqueConstraint("zone_id", "day", "hour"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        CheckConstraint("people >= 0", name="people"),
    )

    id: int | None = Field(default=None, primary_key=True)
    zone_id: int = Field(foreign_key="zone.id", ondelete="CASCADE")
    day: date
    hour: int
    people: int
    version: int = version_column()


class IncidentFields(SQLModel):
    """Something that happened on a market day and must not be forgotten."""

    model_config = STRICT

    day: date
    kind: str = "other"
    note: Text = Field(min_length=2, max_length=1000)


class Incident(IncidentFields, table=True):
    """An incident; `digest` names its photograph, made anew by us. Never public.

    `person_id` noted it, `settled_by_id` settled it, with a note of what was done.
    """

    __table_args__ = (one_of("kind", INCIDENT_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    stall_id: int | None = Field(default=None, foreign_key="stall.id", ondelete="SET NULL")
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id", ondelete="SET NULL")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    digest: str | None = Field(default=None, max_length=64)
    width_px: int | None = None
    settled_at: datetime | None = None
    settled_note: Text = Field(default="", max_length=1000)
    settled_by_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    version: int = version_column()


class VendorWeekday(SQLModel, table=True):
    """A weekday (0 is Monday) on which a vendor usually comes.

    A vendor with rows comes on these weekdays alone, from `since` on; whoever changes them says
    all of them anew. A vendor without rows has no such pattern.
    """

    __tablename__ = "vendor_weekday"
    __table_args__ = (
        UniqueConstraint("vendor_id", "weekday"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", ondelete="CASCADE")
    weekday: int
    since: date


class AbsenceFields(SQLModel):
    """A vendor does not come from the first to the last day, both included."""

    model_config = STRICT

    first_day: date
    last_day: date


class Absence(AbsenceFields, table=True):
    """A long absence."""

    __table_args__ = (CheckConstraint("last_day >= first_day", name="period"),)

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True, ondelete="CASCADE")
    version: int = version_column()


class NoticeFields(SQLModel):
    """A sentence of the office that stands on public pages from its first to its last day."""

    model_config = STRICT

    words: Words = words_column()
    first_day: date
    last_day: date
    link: Text | None = Field(
        default=None, max_length=200, schema_extra={"pattern": r"^/[a-zA-Z0-9/_-]*$"}
    )


class Notice(NoticeFields, table=True):
    """A notice."""

    __table_args__ = (CheckConstraint("last_day >= first_day", name="period"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = version_column()


class MarketSetting(SQLModel, table=True):
    """A setting of this market that is kept with its data, such as that it is a demonstration."""

    __tablename__ = "market_setting"

    name: str = Field(primary_key=True, max_length=40)
    value: str = Field(max_length=2000)
