"""Plans with their versions, what was placed by hand, the runs of the planner, place scores."""

from datetime import date, datetime

from sqlmodel import JSON, CheckConstraint, Field, SQLModel, UniqueConstraint

from vendors.fields import STRICT, Text, Words, flag_column, one_of, version_column, words_column

PLAN_STATES = ("draft", "published", "earlier")
RUN_STATES = ("waiting", "running", "done", "cancelled", "failed")
RUN_KINDS = ("proposal", "calm")


class PlanVersionFields(SQLModel):
    """A version of the plan of a festival (all its days) or of one ordinary market day."""

    model_config = STRICT

    name: Text = Field(min_length=1, max_length=80)
    note: Text = Field(default="", max_length=600)


class PlanVersion(PlanVersionFields, table=True):
    """One version: a draft, the published one, or one that was published earlier.

    `closed` are stalls that are not given, `{"2027-07-17": {"C1": "rain"}}` by number with the
    reason; `answers` what the planner said of each day (see `answer_as_json`), with the problem
    it answered in `problems`; names stand in neither.
    """

    __tablename__ = "plan_version"
    __table_args__ = (
        one_of("state", PLAN_STATES),
        CheckConstraint("(festival_id IS NULL) <> (day IS NULL)", name="of_what"),
        CheckConstraint("(site_id IS NULL) = (day IS NULL)", name="site_of_day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    festival_id: int | None = Field(default=None, foreign_key="festival.id", index=True)
    site_id: int | None = Field(default=None, foreign_key="site.id")
    day: date | None = Field(default=None, index=True)
    state: str = "draft"
    based_on_id: int | None = Field(
        default=None, foreign_key="plan_version.id", ondelete="SET NULL"
    )
    made_at: datetime
    published_at: datetime | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    closed: dict[str, dict[str, str]] = Field(default_factory=dict, sa_type=JSON)
    problems: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    answers: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    version: int = version_column()


class PlannedPlace(SQLModel, table=True):
    """In a version somebody has a stall on a day: an applicant or a vendor, never both.

    `by_hand`: the office put them there, and the next proposal keeps it unless released.
    """

    __tablename__ = "planned_place"
    __table_args__ = (
        UniqueConstraint("plan_id", "day", "stall_id"),
        CheckConstraint("(application_id IS NULL) <> (vendor_id IS NULL)", name="whose"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan_version.id", ondelete="CASCADE")
    day: date
    stall_id: int = Field(foreign_key="stall.id", ondelete="CASCADE")
    application_id: int | None = Field(
        default=None, foreign_key="application.id", index=True, ondelete="CASCADE"
    )
    vendor_id: int | None = Field(
        default=None, foreign_key="vendor.id", index=True, ondelete="CASCADE"
    )
    by_hand: bool = flag_column()
    version: int = version_column()


class PlannerRun(SQLModel, table=True):
    """The planner at work on a draft, in a process of its own; `progress` says how far.

    Of a plan only one run waits or works at a time: `busy` is its plan's number then, else None.
    """

    __tablename__ = "planner_run"
    __table_args__ = (
        UniqueConstraint("busy"),
        one_of("state", RUN_STATES),
        one_of("kind", RUN_KINDS),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan_version.id", index=True, ondelete="CASCADE")
    busy: int | None = Field(default=None)
    kind: str = "proposal"
    state: str = "waiting"
    seconds: int = Field(default=60, ge=1, le=600, description="the time limit")
    asked_at: datetime
    started_at: datetime | None = None
    heard_at: datetime | None = Field(default=None, description="the last sign of life")
    ended_at: datetime | None = None
    cancel_asked: bool = flag_column()
    progress: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    error: str = Field(default="", max_length=400)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")


class PlaceScoreFields(SQLModel):
    """How many points the office adds to a stall's score, and why."""

    model_config = STRICT

    points: int = Field(ge=-20, le=20)
    words: Words = words_column()


class PlaceScore(PlaceScoreFields, table=True):
    """The correction of one stall's open score."""

    __tablename__ = "place_score"
    __table_args__ = (
        UniqueConstraint("stall_id"),
        CheckConstraint("points BETWEEN -20 AND 20", name="points"),
    )

    id: int | None = Field(default=None, primary_key=True)
    stall_id: int = Field(foreign_key="stall.id", ondelete="CASCADE")
    version: int = version_column()
