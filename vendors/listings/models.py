"""Goods: what a vendor sells, for how much, in which months, and when it was last confirmed."""

from datetime import date

from sqlmodel import JSON, CheckConstraint, Field, SQLModel

from vendors.fields import STRICT, Words, one_of, version_column, words_column
from vendors.listings.kinds import CATEGORIES

UNITS = ("g", "ml", "piece", "bunch", "pot", "box", "jar")
NET_UNITS = ("g", "ml")
ORIGINS = ("grown", "made", "wild", "bought")
STATES = ("available", "last", "sold_out")

ALLERGENS = (
    "gluten",
    "crustaceans",
    "eggs",
    "fish",
    "peanuts",
    "soya",
    "milk",
    "nuts",
    "celery",
    "mustard",
    "sesame",
    "sulphites",
    "lupin",
    "molluscs",
)
"""The fourteen of Regulation (EU) No 1169/2011, annex II, in its order."""


class GoodFields(SQLModel):
    """What the vendor writes on the price list.

    `price_cents` is the price of `amount` `unit`s: 1450 for 1000 g reads "14,50 €/kg". A jar or a
    box may say its net content (`net_amount` `net_unit`), from which the unit price follows.
    `months` is a mask, January is 1, February 2, March 4, …; `allergens` is None when the vendor
    asks visitors to ask, an empty list when there are none.
    """

    model_config = STRICT

    position: int = Field(default=1, ge=1)
    category: str
    kind: str | None = None
    name: Words = words_column()
    price_cents: int | None = Field(default=None, ge=0, le=10_000_000)
    amount: int = Field(default=1, ge=1, le=1_000_000)
    unit: str = "piece"
    net_amount: int | None = Field(default=None, ge=1, le=1_000_000)
    net_unit: str | None = None
    months: int = Field(default=4095, ge=1, le=4095)
    origin: str = "grown"
    allergens: list[str] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    state: str = "available"
    state_on: date | None = Field(default=None, description="the day for which the state was said")
    confirmed_on: date
    season_shift: int = Field(
        default=0,
        ge=-1,
        le=1,
        description="months by which `season_year` is earlier (-1) or later (1) than usual",
        sa_column_kwargs={"server_default": "0"},
    )
    season_year: int | None = Field(default=None, ge=2000, le=2100)
    archived_on: date | None = Field(default=None, description="no longer sold since")


class Good(GoodFields, table=True):
    """One line of a vendor's listing."""

    __table_args__ = (
        one_of("category", CATEGORIES),
        one_of("unit", UNITS),
        one_of("origin", ORIGINS),
        one_of("state", STATES),
        CheckConstraint("months BETWEEN 1 AND 4095", name="months"),
        CheckConstraint("price_cents >= 0", name="price"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(net_amount IS NULL) = (net_unit IS NULL)", name="net"),
        CheckConstraint("season_shift BETWEEN -1 AND 1", name="season_shift"),
    )

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True, ondelete="CASCADE")
    photograph_id: int | None = Field(
        default=None, foreign_key="photograph.id", ondelete="SET NULL"
    )
    version: int = version_column()
