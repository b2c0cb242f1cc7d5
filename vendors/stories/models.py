"""The story of a farm, one row for each telling, its photographs and its spoken tellings."""

from datetime import date, datetime

from sqlmodel import JSON, CheckConstraint, Field, SQLModel, UniqueConstraint

from vendors.fields import STRICT, Text, Words, version_column, words_column


class StoryFields(SQLModel):
    """One telling in three layers, each going on where the one before ended.

    `short` is read in twenty seconds and ends with `question`, which the visitor may ask the
    seller; with `longer` it takes two minutes; `whole` is all the rest. Paragraphs are separated
    by an empty line.
    """

    model_config = STRICT

    language: str = Field(max_length=2, schema_extra={"pattern": r"^[a-z]{2}$"})
    short: Text = Field(min_length=1, max_length=600)
    question: Text = Field(default="", max_length=200)
    longer: Text = Field(default="", max_length=2500)
    whole: Text = Field(default="", max_length=8000)
    machine_translated: bool = False
    told_on: date | None = Field(
        default=None, description="when it was last told; older than the Latvian one is stale"
    )


class Story(StoryFields, table=True):
    """A telling of one vendor in one language; a new language needs no new column."""

    __table_args__ = (UniqueConstraint("vendor_id", "language"),)

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", ondelete="CASCADE")
    looked_at: datetime | None = Field(default=None, description="when the office last read it")
    looked_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    version: int = version_column()


class StoryDraft(SQLModel, table=True):
    """What a vendor is still writing: the answers of the guide, and the layers as they stand."""

    __tablename__ = "story_draft"
    __table_args__ = (UniqueConstraint("vendor_id", "language"),)

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", ondelete="CASCADE")
    language: str = Field(max_length=2)
    answers: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    short: str = Field(default="", max_length=600)
    question: str = Field(default="", max_length=200)
    longer: str = Field(default="", max_length=2500)
    whole: str = Field(default="", max_length=8000)
    changed_at: datetime
    waiting_since: datetime | None = Field(
        default=None, description="since when it waits for the office to let it be published"
    )
    answer: str = Field(
        default="",
        max_length=400,
        description="why the office did not publish it",
        sa_column_kwargs={"server_default": ""},
    )
    version: int = version_column()


class StoryVersion(SQLModel, table=True):
    """A telling as it was published before; kept for thirty days."""

    __tablename__ = "story_version"

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True, ondelete="CASCADE")
    language: str = Field(max_length=2)
    short: str = Field(max_length=600)
    question: str = Field(default="", max_length=200)
    longer: str = Field(default="", max_length=2500)
    whole: str = Field(default="", max_length=8000)
    replaced_at: datetime


class Recording(SQLModel, table=True):
    """A spoken telling, made anew by us: its digest names the file, its words can be read."""

    __table_args__ = (
        UniqueConstraint("vendor_id", "language"),
        CheckConstraint("seconds BETWEEN 0 AND 90", name="seconds"),
    )

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", ondelete="CASCADE")
    language: str = Field(max_length=2)
    digest: str = Field(max_length=64)
    seconds: float
    transcript: str = Field(default="", max_length=4000)
    published: bool = False
    version: int = version_column()


class TranscriptFields(SQLModel):
    """What is said in a spoken telling, in writing."""

    model_config = STRICT

    transcript: Text = Field(default="", max_length=4000)


class PhotographFields(SQLModel):
    """A picture as it was made anew by us: its digest names the files, its words describe it."""

    model_config = STRICT

    digest: str = Field(max_length=64, schema_extra={"pattern": r"^[0-9a-f]{64}$"})
    width: int = Field(ge=1)
    height: int = Field(ge=1)
    words: Words = words_column()
    position: int = Field(default=1, ge=1)
    shown: bool = Field(
        default=True,
        description="on public pages; not before it is described",
        sa_column_kwargs={"server_default": "1"},
    )


class Photograph(PhotographFields, table=True):
    """A photograph of one vendor."""

    __table_args__ = (
        UniqueConstraint("vendor_id", "digest"),
        CheckConstraint("width > 0 AND height > 0", name="size"),
    )

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True, ondelete="CASCADE")
    looked_at: datetime | None = Field(default=None, description="when the office saw it")
    version: int = version_column()
