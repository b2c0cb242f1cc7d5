"""Calls of festivals, the applications they bring, and what was decided about each."""

from datetime import date, datetime, time

from sqlmodel import JSON, CheckConstraint, Field, SQLModel, UniqueConstraint

from market.fees.models import PAID_BY
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
from vendors.registry.models import TENTS, VENDOR_KINDS

QUESTION_KINDS = ("text", "yes_no", "number")
APPLICATION_STATES = (
    "draft",
    "submitted",
    "asked",  # the office asked something back; the applicant may still change it
    "accepted",
    "waiting",
    "refused",
    "withdrawn",
)
DECISIONS = ("accepted", "waiting", "refused")
REFUSAL_REASONS = (
    "category_full",
    "no_suitable_place",
    "not_own_made",
    "documents_missing",
    "outside_the_criteria",
    "no_answer",
    "no_show_before",
    "other",
)
WRITERS = ("office", "applicant")
PRICE_UNITS = ("place_day", "metre_day", "kw_day", "vehicle_day", "place_festival")


class CallFields(SQLModel):
    """What a festival's call says: the window of applications, in the clock of the place.

    `criteria` are published before the window opens and decide; `lot` is the published word
    from which equal applications are drawn, so that anybody can draw again.
    """

    model_config = STRICT

    opens_on: date
    opens_at: time
    closes_on: date
    closes_at: time
    intro: Words = words_column()
    criteria: Words = words_column()
    practical: Words | None = optional_words_column()
    lot: Text = Field(min_length=4, max_length=80)
    answer_by: date | None = None


class Call(CallFields, table=True):
    """The call of one festival; `published`: its page is public."""

    __table_args__ = (
        UniqueConstraint("festival_id"),
        CheckConstraint("closes_on >= opens_on", name="window"),
    )

    id: int | None = Field(default=None, primary_key=True)
    festival_id: int = Field(foreign_key="festival.id")
    published: bool = flag_column()
    version: int = version_column()


class CallZone(SQLModel, table=True):
    """A zone (of a street or a square with its own plan) whose stalls the call gives away."""

    __tablename__ = "call_zone"

    call_id: int = Field(primary_key=True, foreign_key="call.id", ondelete="CASCADE")
    zone_id: int = Field(primary_key=True, foreign_key="zone.id", ondelete="CASCADE")


class CallCategoryFields(SQLModel):
    """Goods of this category take at most `max_stalls` stalls a day (None: no limit)."""

    model_config = STRICT

    category: str = Field(max_length=40)
    max_stalls: int | None = Field(default=None, ge=0, le=10_000)
    keep_apart: bool = False


class CallCategory(CallCategoryFields, table=True):
    """A category of goods that the call takes; others may not apply."""

    __tablename__ = "call_category"
    __table_args__ = (UniqueConstraint("call_id", "category"),)

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", ondelete="CASCADE")
    version: int = version_column()


class CallPriceFields(SQLModel):
    """A line of the call's price list, in whole cents.

    `unit`: for each place and day, each metre and day, each begun kW up to `up_to_kw` and day …
    `own_made_cents`: the reduced price of those who sell what they made themselves;
    `social_cents` that of people with a social reduction. The lowest that applies counts.
    """

    model_config = STRICT

    name: Words = words_column()
    unit: str = "place_day"
    category: str | None = Field(default=None, max_length=40, description="only for these goods")
    from_kw: float | None = Field(default=None, ge=0, le=100, description="more than")
    up_to_kw: float | None = Field(default=None, ge=0, le=100, description="up to and with")
    cents: int = Field(ge=0, le=10_000_000)
    own_made_cents: int | None = Field(default=None, ge=0, le=10_000_000)
    social_cents: int | None = Field(default=None, ge=0, le=10_000_000)


class CallPrice(CallPriceFields, table=True):
    """A price of one call."""

    __tablename__ = "call_price"
    __table_args__ = (
        one_of("unit", PRICE_UNITS),
        CheckConstraint("cents >= 0", name="cents"),
    )

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    version: int = version_column()


class CallDocumentFields(SQLModel):
    """A document that applicants say they have, such as the register number of PVD."""

    model_config = STRICT

    name: Words = words_column()
    required: bool = True
    category: str | None = Field(default=None, max_length=40, description="only for these goods")


class CallDocument(CallDocumentFields, table=True):
    """A document wanted by one call."""

    __tablename__ = "call_document"

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    version: int = version_column()


class CallQuestionFields(SQLModel):
    """A question of the call's own."""

    model_config = STRICT

    words: Words = words_column()
    kind: str = "text"
    required: bool = False


class CallQuestion(CallQuestionFields, table=True):
    """A question of one call; they are asked in the order of `position`."""

    __tablename__ = "call_question"
    __table_args__ = (one_of("kind", QUESTION_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    position: int = 1
    version: int = version_column()


class ApplicationFields(SQLModel):
    """What an applicant says. No personal code, no bank account: the types refuse them.

    `days` are ISO dates of the festival; `metres` the front needed in all; `power_kw` of each
    place; `places_min` to `places_max` neighbouring places.
    """

    model_config = STRICT

    name: Text = Field(min_length=2, max_length=80)
    kind: str = "craftsperson"
    legal_name: Text | None = Field(default=None, max_length=120)
    reg_no: str | None = Field(default=None, max_length=11)
    contact_person: Text | None = Field(default=None, max_length=80)
    phone: str | None = Field(default=None, schema_extra={"pattern": r"^\+371[26]\d{7}$"})
    email: str | None = Field(
        default=None, max_length=254, schema_extra={"pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$"}
    )
    parish_code: str | None = Field(default=None, foreign_key="parish.code", max_length=7)
    other_place: Text | None = Field(default=None, max_length=80)
    goods: Text = Field(default="", max_length=600)
    categories: list[str] = Field(default_factory=list, sa_type=JSON)
    own_made: bool = False
    social: bool = False
    days: list[str] = Field(default_factory=list, sa_type=JSON)
    metres: float = Field(default=3.0, gt=0, le=100)
    power_kw: float = Field(default=0.0, ge=0, le=100)
    water: bool = False
    tent: str = "none"
    vehicle: bool = False
    fire: bool = False
    places_min: int = Field(default=1, ge=1, le=20)
    places_max: int = Field(default=1, ge=1, le=20)
    anywhere: bool = True
    note: Text = Field(default="", max_length=1000)


class Application(ApplicationFields, table=True):
    """An application. `number` is said on the telephone and on paper; `key_digest` is the
    SHA-256 of the secret in a stranger's own address; whoever has an own stall needs none.

    `prepared` is a decision nobody was told yet; sending it makes it the state. `vendor_id` is
    who stands: the own stall's vendor, or the one that accepting a stranger made.
    """

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("key_digest"),
        UniqueConstraint("call_id", "vendor_id"),
        one_of("kind", VENDOR_KINDS),
        one_of("tent", TENTS),
        one_of("state", APPLICATION_STATES),
        one_of("prepared", DECISIONS),
        one_of("refusal", REFUSAL_REASONS),
        CheckConstraint("places_max >= places_min", name="places"),
        CheckConstraint("paid_cents >= 0", name="paid"),
    )

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    number: str = Field(max_length=20)
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id", ondelete="SET NULL")
    key_digest: str | None = Field(default=None, max_length=64)
    language: str = Field(default="lv", max_length=2)
    state: str = "draft"
    started_at: datetime
    submitted_at: datetime | None = None
    prepared: str | None = Field(default=None)
    refusal: str | None = Field(default=None)
    decision_words: Text | None = Field(default=None, max_length=600)
    decided_at: datetime | None = None
    waiting_place: int | None = Field(default=None, description="from 1, on the waiting list")
    price_cents: int | None = Field(default=None, ge=0)
    paid_cents: int = Field(default=0, ge=0)
    paid_on: date | None = None
    paid_by: str | None = Field(default=None)
    permit_on: date | None = Field(default=None, description="the permit was handed out")
    version: int = version_column()


class ApplicationWish(SQLModel, table=True):
    """A stall that is wished, from 1 in the order of wishing."""

    __tablename__ = "application_wish"
    __table_args__ = (
        UniqueConstraint("application_id", "stall_id"),
        UniqueConstraint("application_id", "place"),
    )

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", ondelete="CASCADE")
    place: int
    stall_id: int = Field(foreign_key="stall.id", ondelete="CASCADE")


class ApplicationDocument(SQLModel, table=True):
    """The applicant has a document of the call; `note` is its number or when it comes."""

    __tablename__ = "application_document"
    __table_args__ = (UniqueConstraint("application_id", "document_id"),)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", ondelete="CASCADE")
    document_id: int = Field(foreign_key="call_document.id", ondelete="CASCADE")
    has: bool = False
    note: Text = Field(default="", max_length=120)


class ApplicationAnswer(SQLModel, table=True):
    """An answer to a question of the call."""

    __tablename__ = "application_answer"
    __table_args__ = (UniqueConstraint("application_id", "question_id"),)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", ondelete="CASCADE")
    question_id: int = Field(foreign_key="call_question.id", ondelete="CASCADE")
    text: Text = Field(default="", max_length=1000)


class ApplicationMessage(SQLModel, table=True):
    """A question of the office to an applicant, or what the applicant answered."""

    __tablename__ = "application_message"
    __table_args__ = (one_of("writer", WRITERS),)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True, ondelete="CASCADE")
    writer: str
    text: Text = Field(min_length=2, max_length=1000)
    at: datetime


class ApplicationStep(SQLModel, table=True):
    """A step of an application's way, by rule or by hand: the log of its states."""

    __tablename__ = "application_step"
    __table_args__ = (
        one_of("from_state", APPLICATION_STATES),
        one_of("to_state", APPLICATION_STATES),
    )

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True, ondelete="CASCADE")
    at: datetime
    from_state: str | None = Field(default=None)
    to_state: str
    by_rule: bool = False
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    note: Text = Field(default="", max_length=600)


PAYMENT_WAYS = PAID_BY
"""How a place at a festival is paid: as on any market day."""
