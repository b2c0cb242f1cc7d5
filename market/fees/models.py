"""The price list of the office, and what vendors have paid; all money in whole cents."""

from datetime import date, datetime

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint

from market.days.models import FEE_PERIODS
from market.places.models import STALL_KINDS
from vendors.fields import STRICT, Text, one_of, version_column

PRICED = ("place", "metre", "power_kw", "water", "cooling", "vehicle", "cash")
"""What may cost something: a place, each metre of its front, each kW, …, paying in cash."""
PAID_BY = ("cash", "transfer", "contract")


class PriceFields(SQLModel):
    """One line of the price list: what costs how much for a day, a month or a season.

    `stall_kind` None: for every kind of place. `social_cents` is the reduced price, None when
    there is none. `valid_to` is the last day, None for "until changed".
    """

    model_config = STRICT

    what: str = "place"
    stall_kind: str | None = None
    period: str = "day"
    cents: int = Field(ge=0, le=10_000_000)
    social_cents: int | None = Field(default=None, ge=0, le=10_000_000)
    valid_from: date
    valid_to: date | None = None


class Price(PriceFields, table=True):
    """A line of the price list."""

    __table_args__ = (
        one_of("what", PRICED),
        one_of("stall_kind", STALL_KINDS),
        one_of("period", FEE_PERIODS),
        CheckConstraint("cents >= 0", name="cents"),
        CheckConstraint("social_cents IS NULL OR social_cents >= 0", name="social_cents"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = version_column()


class PaymentFields(SQLModel):
    """What a vendor paid on a day, and how. A note for the office; never a tax document."""

    model_config = STRICT

    day: date
    period: str = "day"
    cents: int = Field(ge=0, le=10_000_000)
    way: str = "cash"
    note: Text = Field(default="", max_length=200)


class Payment(PaymentFields, table=True):
    """A payment; of one vendor, day and period there is one, so nobody is charged twice."""

    __table_args__ = (
        UniqueConstraint("vendor_id", "day", "period"),
        one_of("period", FEE_PERIODS),
        one_of("way", PAID_BY),
        CheckConstraint("cents >= 0", name="cents"),
    )

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id", ondelete="SET NULL")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    at: datetime
    version: int = version_column()
