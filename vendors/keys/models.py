"""Who may come in, and by which key; of every secret only a digest is kept."""

from datetime import datetime

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint

from vendors.fields import STRICT, Text, one_of, version_column

ROLES = ("head", "organiser", "helper", "reader")
PERSON_STATES = ("active", "disabled")
KEY_KINDS = ("link", "code")
WAYS = ("card", "link", "code")
CONSENTS = ("office", "paper", "spoken")
DIGEST_LENGTH = 64


class PersonFields(SQLModel):
    """Somebody who works at the market's office."""

    model_config = STRICT

    email: str = Field(max_length=254, schema_extra={"pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$"})
    name: Text = Field(min_length=2, max_length=80)
    role: str = "organiser"


class Person(PersonFields, table=True):
    """A person of the office; the address is kept in small letters."""

    __table_args__ = (
        UniqueConstraint("email"),
        one_of("role", ROLES),
        one_of("state", PERSON_STATES),
    )

    id: int | None = Field(default=None, primary_key=True)
    state: str = "active"
    made_at: datetime
    totp_secret: str | None = Field(default=None, max_length=64)
    totp_since: datetime | None = None
    totp_last_step: int = Field(default=0, description="a one-time password is taken only once")
    version: int = version_column()


class RecoveryCode(SQLModel, table=True):
    """A printed code that replaces the second factor once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("digest"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    digest: str = Field(max_length=DIGEST_LENGTH)
    used_at: datetime | None = None


class Card(SQLModel, table=True):
    """A printed card: the digest of the secret in its code, and the hash of its PIN."""

    __table_args__ = (UniqueConstraint("secret_digest"),)

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True, ondelete="CASCADE")
    secret_digest: str = Field(max_length=DIGEST_LENGTH)
    pin_hash: str = Field(max_length=300)
    issued_at: datetime
    issued_by: int | None = Field(default=None, foreign_key="person.id")
    revoked_at: datetime | None = None


class KnownPhone(SQLModel, table=True):
    """A telephone or computer that has come in: a session, ended by itself or by somebody."""

    __tablename__ = "known_phone"
    __table_args__ = (
        UniqueConstraint("token_digest"),
        one_of("way", WAYS),
        CheckConstraint("(vendor_id IS NULL) <> (person_id IS NULL)", name="whose"),
        CheckConstraint("for_vendor_id IS NULL OR person_id IS NOT NULL", name="for_whom"),
        one_of("for_source", CONSENTS),
    )

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(max_length=DIGEST_LENGTH)
    vendor_id: int | None = Field(
        default=None, foreign_key="vendor.id", index=True, ondelete="CASCADE"
    )
    person_id: int | None = Field(
        default=None, foreign_key="person.id", index=True, ondelete="CASCADE"
    )
    for_vendor_id: int | None = Field(
        default=None,
        foreign_key="vendor.id",
        ondelete="CASCADE",
        description="in whose name a person of the office works just now",
    )
    for_source: str | None = Field(
        default=None, max_length=20, description="how the vendor wished it; none: not said"
    )
    card_id: int | None = Field(default=None, foreign_key="card.id", ondelete="CASCADE")
    way: str
    device: str = Field(default="", max_length=80, description="as people would call it")
    came_in_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    confirmed_at: datetime | None = Field(default=None, description="by the second factor")


class OneTimeKey(SQLModel, table=True):
    """A link to an e-mail address, or a code given by the office: it opens once."""

    __tablename__ = "one_time_key"
    __table_args__ = (
        UniqueConstraint("digest"),
        one_of("kind", KEY_KINDS),
        CheckConstraint("(vendor_id IS NULL) <> (person_id IS NULL)", name="whose"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    digest: str = Field(max_length=DIGEST_LENGTH)
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id", ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    made_at: datetime
    made_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    expires_at: datetime
    used_at: datetime | None = None


class Attempt(SQLModel, table=True):
    """Wrong attempts on one lock (`card:12`, `phone:7`, `email:…`), shared by all workers."""

    lock: str = Field(primary_key=True, max_length=100)
    wrong: int = 0
    total: int = 0
    last_at: datetime
