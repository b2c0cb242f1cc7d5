"""The shapes of public data. The answers and their description are both made from these classes."""

from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from market.days.models import PRESENCE_STATES
from market.places.models import PARISH_KINDS, STALL_KINDS
from market.programme.models import EVENT_STATES, HOURS_SAID, PRICES
from vendors.listings.kinds import CATEGORIES
from vendors.listings.models import ALLERGENS, NET_UNITS, ORIGINS, STATES, UNITS
from vendors.registry.models import VENDOR_KINDS

EXPECTED = "expected"
PRESENCES = (EXPECTED, *PRESENCE_STATES)

Words = Annotated[
    dict[str, str],
    Field(
        description="The same text by language; Latvian is always there.",
        json_schema_extra={"required": ["lv"]},
    ),
]
Clock = Annotated[str, Field(pattern=r"^\d\d:\d\d$", description="In the clock of the place.")]


def among(keys: tuple[str, ...], **settings: Any) -> Any:
    """A field that holds one of these keys."""
    return Field(json_schema_extra={"enum": list(keys)}, **settings)


def among_or_none(keys: tuple[str, ...], **settings: Any) -> Any:
    """A field that holds one of these keys, or null."""
    return Field(json_schema_extra={"enum": [*keys, None]}, **settings)


class Shape(BaseModel):
    """What all shapes have in common: nothing that is not declared is ever sent."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Stall(Shape):
    """A stall as it stands on one day."""

    day: date
    id: str = Field(description="The number painted on it.")
    site: str = Field(description="Slug of the site.")
    zone: str = Field(description="Code of the zone.")
    zone_name: Words
    row: str
    position: int = Field(description="Place in the row.")
    kind: str = among(STALL_KINDS)
    lat: float = Field(description="Latitude of its centre, WGS 84.")
    lon: float = Field(description="Longitude of its centre, WGS 84.")
    width_m: float
    depth_m: float
    power_kw: float
    water: bool
    roof: bool
    opens: Clock | None = Field(description="Null when the site is closed on this day.")
    closes: Clock | None
    sign: str | None = Field(description="Code of the sign in use, as in the address /S/<code>.")
    vendor: str | None = Field(
        description="Slug of the vendor who has the stall on this day, also of one who has said "
        "not to come: see `presence`."
    )
    presence: str | None = among_or_none(
        PRESENCES, description="What the vendor said of the day; null without a vendor."
    )


class UnitPrice(Shape):
    """The price of one kilogram, litre or piece."""

    cents: int
    unit: str


class Good(Shape):
    """A line of a vendor's price list."""

    category: str = among(CATEGORIES)
    kind: str | None = Field(description="What it is, as a key.")
    name: Words
    price_cents: int | None = Field(description="Euro cents for `amount` `unit`; null: ask.")
    amount: int
    unit: str = among(UNITS)
    net_amount: int | None = Field(description="Net content of one jar or box.")
    net_unit: str | None = among_or_none(NET_UNITS)
    unit_price: UnitPrice | None
    months: list[int] = Field(description="Months in which it is sold this year, 1 to 12.")
    origin: str = among(ORIGINS)
    allergens: list[Annotated[str, among(ALLERGENS)]] | None = Field(
        description="Of Regulation (EU) 1169/2011, annex II; null: ask the seller."
    )
    state: str = among(STATES, description="What the vendor said of it today.")
    confirmed_on: date = Field(description="When the vendor last confirmed this line.")


class Telling(Shape):
    """The first layer of a farm's story in one language."""

    short: str
    question: str = Field(description="What a visitor may ask the seller; may be empty.")
    machine_translated: bool


class Photograph(Shape):
    """A photograph; the address is that of its largest JPEG."""

    address: str
    width: int
    height: int
    words: Words


class Place(Shape):
    """A place in WGS 84."""

    lat: float
    lon: float


class Vendor(Shape):
    """A vendor. Phone, e-mail and the farm's place are there when the vendor shows them."""

    slug: str
    name: str
    address: str = Field(description="The vendor's page.")
    kind: str = among(VENDOR_KINDS)
    parish: str | None = Field(description="Slug of the parish the farm is in.")
    other_place: str | None = Field(description="Where a farm outside the novads is.")
    since: int | None = Field(description="At the market since this year.")
    organic_certificate: str | None = Field(description="Its number, while it is valid.")
    phone: str | None
    email: str | None
    farm: Place | None
    stalls_today: list[str]
    presence_today: str | None = among_or_none(
        PRESENCES, description="Null when the vendor has no stall today."
    )
    story: dict[str, Telling] = Field(description="By language; empty when nothing is told yet.")
    goods: list[Good]
    photographs: list[Photograph]


class Venue(Shape):
    """Where an event takes place."""

    slug: str
    name: Words
    address: str | None
    lat: float | None
    lon: float | None


class Event(Shape):
    """An event of the programme, in the clock of the place (Europe/Riga)."""

    id: int
    uid: str = Field(description="As in calendar files.")
    title: Words
    text: Words | None
    first_day: date
    last_day: date = Field(description="The next day for an event that ends past midnight.")
    hour: str = among(HOURS_SAID, description="`exact`, or what was said instead of an hour.")
    hour_words: Words | None = Field(description="The same in words; null when it is exact.")
    starts: Clock | None
    ends: Clock | None = Field(description="Null for an open end.")
    venue: Venue | None
    place: str | None = Field(description="A part of the venue.")
    parish: str | None = Field(description="Slug of the parish.")
    organiser: str | None
    price: str = among(PRICES)
    state: str = among(EVENT_STATES)
    state_words: Words | None
    festival: str | None = Field(description="Slug of the festival it belongs to.")
    address: str = Field(description="The event's page.")
    calendar: str = Field(description="The event's calendar file.")


class Parish(Shape):
    """One of the 21 parishes and two towns of Tukums novads."""

    slug: str
    kind: str = among(PARISH_KINDS)
    name: Words
    centre: str
    lat: float
    lon: float
    postcodes: str
    until_2021: str = Field(description="The novads it belonged to until 2021, in the genitive.")
    vendors: int = Field(description="How many vendors are from there.")
    address: str = Field(description="The parish's page.")


Item = TypeVar("Item", bound=Shape)


class Listed(Shape, Generic[Item]):
    """A part of a list, and how long the whole list is."""

    items: list[Item]
    total: int

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """ "StallList" """
        return f"{params[0].__name__}List"


Found = tuple[list[Item], int]
"""A part of a list, and how long the whole list is."""


class WrongParameter(Shape):
    """A parameter of the address that could not be understood."""

    parameter: str
    detail: str


class Problem(Shape):
    """Why there is no answer (RFC 9457), in Latvian."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[WrongParameter] = []
