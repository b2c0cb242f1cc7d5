"""A sign on a stall and the code printed on it."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from vendors.fields import Words, one_of, optional_words_column, version_column

CHECKED = ("fine", "worn", "covered", "missing", "elsewhere")


class Sign(SQLModel, table=True):
    """A sign carries the place, never the vendor. A retired code is kept and never used again.

    A spare sign hangs nowhere yet: it was printed ahead and has no stall.
    """

    __table_args__ = (UniqueConstraint("code"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=5)
    stall_id: int | None = Field(default=None, foreign_key="stall.id", index=True)
    issued_on: date
    retired_on: date | None = None
    retired_words: Words | None = optional_words_column()


class Patrol(SQLModel, table=True):
    """A round of the market on which somebody scans every sign once."""

    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="site.id", index=True)
    day: date
    begun_at: datetime
    begun_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    ended_at: datetime | None = None
    version: int = version_column()


class SignCheck(SQLModel, table=True):
    """What was seen of a sign on a round: it is fine, worn, covered, missing, or elsewhere."""

    __tablename__ = "sign_check"
    __table_args__ = (UniqueConstraint("patrol_id", "sign_id"), one_of("state", CHECKED))

    id: int | None = Field(default=None, primary_key=True)
    patrol_id: int = Field(foreign_key="patrol.id", index=True, ondelete="CASCADE")
    sign_id: int = Field(foreign_key="sign.id", index=True)
    state: str
    at: datetime
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    version: int = version_column()
