"""What the service writes down about its own work: forms sent, changes, letters, who left."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, SQLModel, UniqueConstraint

KEPT_FORMS_DAYS = 7
KEPT_CHANGES_DAYS = 30


class SentForm(SQLModel, table=True):
    """A form that did its work, by the key that was made when it was opened."""

    __tablename__ = "sent_form"

    key: str = Field(primary_key=True, max_length=64)
    owner: str = Field(max_length=80)
    digest: str = Field(max_length=64, description="of what the form held")
    status: int
    where: str = Field(max_length=400, description="to which page it led")
    said: str = Field(default="", max_length=300)
    made_at: datetime


class Change(SQLModel, table=True):
    """One row that somebody changed: before and after, and on whose behalf."""

    id: int | None = Field(default=None, primary_key=True)
    batch: str = Field(max_length=64, index=True, description="the key of the form that was sent")
    at: datetime
    vendor_id: int | None = Field(
        default=None, foreign_key="vendor.id", index=True, ondelete="CASCADE"
    )
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    action: str = Field(max_length=40)
    source: str = Field(
        default="",
        max_length=20,
        description="own, office, paper or spoken; desk for the office's own work",
    )
    table: str = Field(max_length=40)
    row: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    reason: str = Field(
        default="",
        max_length=400,
        description="why, where a reason is asked for",
        sa_column_kwargs={"server_default": ""},
    )
    undone_at: datetime | None = None


class Letter(SQLModel, table=True):
    """An e-mail that waits to be sent, or was; the unique key says that it is sent once."""

    __table_args__ = (UniqueConstraint("once"),)

    id: int | None = Field(default=None, primary_key=True)
    once: str = Field(max_length=120, description="what it is about and for whom")
    kind: str = Field(max_length=30)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    body: str = Field(max_length=4000)
    made_at: datetime
    useless_after: datetime | None = None
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    tries: int = 0


class Erased(SQLModel, table=True):
    """That a vendor left for good: enough to know them in an older backup, and nothing more."""

    slug_digest: str = Field(primary_key=True, max_length=64)
    at: datetime
