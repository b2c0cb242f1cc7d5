"""Where things are: sites with their own plan, zones, stalls, amenities, and the parishes."""

from datetime import date

from sqlmodel import JSON, CheckConstraint, Field, SQLModel, UniqueConstraint

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

PARISH_KINDS = ("town", "parish")
STALL_KINDS = ("table", "pavilion", "kiosk", "car", "tent", "ground")
AMENITY_KINDS = (
    "entrance",
    "toilet",
    "water",
    "bins",
    "first_aid",
    "parking",
    "information",
    "stage",
    "step_free_way",
    "passage",
    "building",
    "tree",
    "lamp_post",
)


class Parish(SQLModel, table=True):
    """One of the 21 parishes and two towns of Tukums novads (reference data, see parishes.py)."""

    __table_args__ = (UniqueConstraint("slug"), one_of("kind", PARISH_KINDS))

    code: str = Field(primary_key=True, max_length=7)
    slug: str = Field(max_length=40)
    kind: str
    name: str = Field(max_length=60)
    centre: str = Field(max_length=40)
    lat: float
    lon: float
    postcodes: str = Field(max_length=60)
    until_2021: str = Field(max_length=40, description="the novads it belonged to until 2021")


class SiteFields(SQLModel):
    """A place with a plan of its own, in metres: x to the right, y downwards from its corner."""

    model_config = STRICT

    slug: str = Field(max_length=40, schema_extra={"pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"})
    name: Words = words_column()
    address: Text | None = Field(default=None, max_length=120)
    lat: float = Field(ge=55.6, le=58.1, description="of the plan's upper left corner")
    lon: float = Field(ge=20.9, le=28.3)
    bearing_deg: float = Field(default=0.0, description="which way the plan's top looks, 0 = north")
    width_m: float = Field(gt=0, le=2000)
    height_m: float = Field(gt=0, le=2000)


class Site(SiteFields, table=True):
    """The market, or a square of the festival."""

    __table_args__ = (UniqueConstraint("slug"),)

    id: int | None = Field(default=None, primary_key=True)


class ZoneFields(SQLModel):
    """A part of a site: the pavilion, the tables, the seedling rows."""

    model_config = STRICT

    code: str = Field(max_length=8, schema_extra={"pattern": r"^[A-ZĀČĒĢĪĶĻŅŠŪŽ0-9]+$"})
    name: Words = words_column()
    power_kw: float | None = Field(
        default=None, ge=0, le=1000, description="what its lines carry together; none: not known"
    )


class Zone(ZoneFields, table=True):
    """A zone of one site."""

    __table_args__ = (UniqueConstraint("code"),)

    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="site.id", index=True)
    version: int = version_column()


class StallFields(SQLModel):
    """What a stall is for ever: the number painted on it."""

    model_config = STRICT

    number: str = Field(
        max_length=8, schema_extra={"pattern": r"^[A-ZĀČĒĢĪĶĻŅŠŪŽ]{0,3}\d{1,3}[A-Z]?$"}
    )


class Stall(StallFields, table=True):
    """A place that signs and placements point to, however often the plan is drawn anew."""

    __table_args__ = (UniqueConstraint("number"),)

    id: int | None = Field(default=None, primary_key=True)


class StallOnPlanFields(SQLModel):
    """How a stall stands on the plan for a time: where, how large, with what.

    `x_m`, `y_m` is its centre on the site's plan, `width_m` the side towards the visitor,
    `angle_deg` turns it clockwise. `valid_to` is the last day, None for "until changed".
    """

    model_config = STRICT

    row: str = Field(max_length=8)
    position: int = Field(ge=1, le=999)
    kind: str = "table"
    x_m: float
    y_m: float
    width_m: float = Field(gt=0, le=50)
    depth_m: float = Field(gt=0, le=50)
    angle_deg: float = 0.0
    power_kw: float = Field(default=0.0, ge=0, le=100)
    water: bool = False
    roof: bool = False
    cooling: bool = flag_column()
    vehicle: bool = flag_column()
    reserved_for: list[str] = Field(
        default_factory=list,
        sa_type=JSON,
        description="categories of goods that come first here",
        sa_column_kwargs={"server_default": "[]"},
    )
    valid_from: date
    valid_to: date | None = None


class StallOnPlan(StallOnPlanFields, table=True):
    """One period of one stall on the plan; periods of a stall do not overlap (see `check`)."""

    __tablename__ = "stall_on_plan"
    __table_args__ = (
        UniqueConstraint("stall_id", "valid_from"),
        UniqueConstraint("zone_id", "row", "position", "valid_from"),
        one_of("kind", STALL_KINDS),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
        CheckConstraint("width_m > 0 AND depth_m > 0", name="size"),
    )

    id: int | None = Field(default=None, primary_key=True)
    stall_id: int = Field(foreign_key="stall.id", index=True, ondelete="CASCADE")
    zone_id: int = Field(foreign_key="zone.id", index=True)
    version: int = version_column()


class AmenityFields(SQLModel):
    """Something on the plan that is not a stall: a point, a line or an outline in metres."""

    model_config = STRICT

    kind: str
    name: Words | None = optional_words_column()
    points: list[list[float]] = Field(sa_type=JSON, min_length=1)
    valid_from: date
    valid_to: date | None = None


class Amenity(AmenityFields, table=True):
    """An amenity of one site."""

    __table_args__ = (one_of("kind", AMENITY_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="site.id", index=True)
    version: int = version_column()


class PlanPictureFields(SQLModel):
    """A scan or an aerial photograph under the plan, for whoever draws it.

    `x_m`, `y_m` is its middle on the plan, `metres_per_pixel` its scale; `angle_deg` turns it
    clockwise.
    """

    model_config = STRICT

    x_m: float = Field(ge=-2000, le=4000)
    y_m: float = Field(ge=-2000, le=4000)
    metres_per_pixel: float = Field(gt=0, le=100)
    angle_deg: float = Field(default=0.0, ge=-360, le=360)
    opacity: float = Field(default=0.6, ge=0, le=1)


class PlanPicture(PlanPictureFields, table=True):
    """The picture under the plan of one site: its digest names the file, made anew by us."""

    __tablename__ = "plan_picture"
    __table_args__ = (
        UniqueConstraint("site_id"),
        CheckConstraint("metres_per_pixel > 0", name="scale"),
    )

    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="site.id")
    digest: str = Field(max_length=64)
    width_px: int
    height_px: int
    version: int = version_column()


class RowMoveFields(SQLModel):
    """A row that stands elsewhere for some days; the signs on it say where to."""

    model_config = STRICT

    row: str = Field(max_length=8)
    first_day: date
    last_day: date
    to_row: str | None = Field(default=None, max_length=8)
    words: Words = words_column()


class RowMove(RowMoveFields, table=True):
    """A move of one row of one zone."""

    __tablename__ = "row_move"
    __table_args__ = (
        UniqueConstraint("zone_id", "row", "first_day"),
        CheckConstraint("last_day >= first_day", name="period"),
    )

    id: int | None = Field(default=None, primary_key=True)
    zone_id: int = Field(foreign_key="zone.id", index=True)
    to_zone_id: int | None = Field(default=None, foreign_key="zone.id")
    version: int = version_column()
