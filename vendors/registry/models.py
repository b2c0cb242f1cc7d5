"""A vendor: who sells at the market, and what of it may be shown."""

from datetime import date, time

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

VENDOR_KINDS = (
    "own_grown",
    "wild",
    "home_producer",
    "farm",
    "sole_trader",
    "company",
    "cooperative",
    "association",
    "craftsperson",
    "caterer",
)
VENDOR_STATES = ("applied", "approved", "paused", "archived")
VENDOR_CLASSES = ("season", "regular", "guest", "festival")
TENTS = ("none", "own", "rented")


class VendorFields(SQLModel):
    """What the office and the vendor write down."""

    model_config = STRICT

    slug: str = Field(max_length=60, schema_extra={"pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"})
    name: Text = Field(min_length=2, max_length=80)
    kind: str = "farm"
    state: str = "approved"
    standing: str = Field(default="regular", description="class of the holder: who comes first")
    seniority: int = Field(default=1000, ge=1, description="a smaller number comes first")
    parish_code: str | None = Field(default=None, foreign_key="parish.code", max_length=7)
    other_place: Text | None = Field(default=None, max_length=80, description="outside the novads")
    farm_lat: float | None = Field(default=None, ge=55.6, le=58.1)
    farm_lon: float | None = Field(default=None, ge=20.9, le=28.3)
    show_farm_place: bool = False
    since: int | None = Field(default=None, ge=1900, le=2100)
    phone: str | None = Field(default=None, schema_extra={"pattern": r"^\+371[26]\d{7}$"})
    show_phone: bool = False
    email: str | None = Field(
        default=None, max_length=254, schema_extra={"pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$"}
    )
    show_email: bool = False
    bio_cert_no: Text | None = Field(default=None, max_length=40)
    bio_valid_to: date | None = None
    needs_power_kw: float = Field(default=0.0, ge=0, le=100)
    needs_width_m: float = Field(default=2.0, gt=0, le=50)
    scene: str = Field(default="plain", max_length=20, description="landscape of the drawing")
    subject: str = Field(default="jars", max_length=20, description="what the drawing shows")
    drawing_words: Words | None = optional_words_column()
    wants_reminders: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    legal_name: Text | None = Field(default=None, max_length=120)
    reg_no: str | None = Field(default=None, max_length=11)
    vat_no: str | None = Field(default=None, max_length=13)
    contact_person: Text | None = Field(default=None, max_length=80)
    farm_address: Text | None = Field(default=None, max_length=160)
    postcode: str | None = Field(default=None, max_length=7)
    pvd_no: Text | None = Field(default=None, max_length=20)
    needs_depth_m: float | None = Field(default=None, gt=0, le=50)
    needs_water: bool = flag_column()
    needs_cooling: bool = flag_column()
    needs_vehicle: bool = flag_column()
    tent: str = Field(default="none", sa_column_kwargs={"server_default": "none"})
    is_social: bool = flag_column()
    office_note: Text | None = Field(default=None, max_length=1000)


class Vendor(VendorFields, table=True):
    """One vendor. The slug is in addresses that people keep, so it never changes."""

    __table_args__ = (
        UniqueConstraint("slug"),
        one_of("kind", VENDOR_KINDS),
        one_of("state", VENDOR_STATES),
        one_of("standing", VENDOR_CLASSES),
        one_of("tent", TENTS),
        CheckConstraint("parish_code IS NOT NULL OR other_place IS NOT NULL", name="has_a_place"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = version_column()


PUBLIC = (Vendor.state == "approved",)
"""Whom the public may see; a paused vendor's stall is a free one."""


class OpenDayFields(SQLModel):
    """A day on which visitors may come to the farm."""

    model_config = STRICT

    day: date
    starts: time
    ends: time | None = None
    words: Words = words_column()


class OpenDay(OpenDayFields, table=True):
    """An open day of one farm."""

    __tablename__ = "open_day"
    __table_args__ = (UniqueConstraint("vendor_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True, ondelete="CASCADE")
