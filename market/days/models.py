"""When the market is, who stands where on a day, and what the office tells visitors."""

from datetime import date, time

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint

from vendors.fields import (
    STRICT,
    Text,
    Words,
    one_of,
    optional_words_column,
    version_column,
    words_column,
)

DAY_KINDS = ("ordinary", "fair", "festival")
PLACEMENT_SOURCES = ("season", "weekly", "hand", "plan", "import")
PRESENCE_STATES = ("present", "late", "absent")


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


class Placement(SQLModel, table=True):
    """A vendor has a stall on a day. The schema guarantees that a stall never has two."""

    __table_args__ = (
        UniqueConstraint("day", "stall_id"),
        one_of("source", PLACEMENT_SOURCES),
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


class MarketSetting(SQLModel, table=True):
    """A setting of this market that is kept with its data, such as that it is a demonstration."""

    __tablename__ = "market_setting"

    name: str = Field(primary_key=True, max_length=40)
    value: str = Field(max_length=200)
