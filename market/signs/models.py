"""A sign on a stall and the code printed on it."""

from datetime import date

from sqlmodel import Field, SQLModel, UniqueConstraint

from vendors.fields import Words, optional_words_column


class Sign(SQLModel, table=True):
    """A sign carries the place, never the vendor. A retired code is kept and never used again."""

    __table_args__ = (UniqueConstraint("code"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=5)
    stall_id: int = Field(foreign_key="stall.id", index=True)
    issued_on: date
    retired_on: date | None = None
    retired_words: Words | None = optional_words_column()
