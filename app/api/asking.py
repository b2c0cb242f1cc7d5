"""What may be asked: the parameters of each list, and what is wrong with those that were typed."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from app.api.shapes import WrongParameter
from app.languages import N_, gettext
from market.places.parishes import PARISHES
from vendors.fields import Text
from vendors.listings.kinds import CATEGORIES

MOST_ITEMS = 500
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
SLUGS = tuple(place.slug for place in PARISHES)

TOO_LONG = N_("Please write at most %(max_length)s characters.")
REASONS = {
    "not_a_day": N_("Please write a day like 2026-11-24."),
    "not_a_number": N_("Please write a whole number from 1 to %(most)s."),
    "not_known": N_("Please write one of these: %(known)s."),
    "not_yes_or_no": N_("Please write 1 or 0."),
    "before_the_first": N_("The last day lies before the first."),
    "too_long": TOO_LONG,
    "string_too_long": TOO_LONG,
    "hidden_characters": N_("Here are characters that nobody sees. Please type the text anew."),
    "personal_code": N_("This looks like a personal code. Please leave it out."),
}


def _day(typed: Any) -> date:
    try:
        day = date.fromisoformat(typed if re.fullmatch(r"\d{4}-\d\d-\d\d", typed) else "")
    except ValueError as error:
        raise PydanticCustomError("not_a_day", "not a day") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("not_a_day", "too far away")
    return day


def _number_to(most: int) -> BeforeValidator:
    def read(typed: Any) -> int:
        number = int(typed) if re.fullmatch(r"[0-9]{1,9}", str(typed)) else 0
        if not 1 <= number <= most:
            raise PydanticCustomError("not_a_number", "not a number", {"most": most})
        return number

    return BeforeValidator(read)


def _yes_or_no(typed: Any) -> bool:
    if typed not in ("0", "1"):
        raise PydanticCustomError("not_yes_or_no", "neither 1 nor 0")
    return bool(typed == "1")


def _among(known: Iterable[str]) -> Any:
    listed = list(known)

    def check(typed: str) -> str:
        if typed not in listed:
            raise not_known(listed)
        return typed

    return AfterValidator(check)


def not_known(known: Iterable[str]) -> PydanticCustomError:
    """The error of a key that is none of those that are known."""
    return PydanticCustomError("not_known", "not known", {"known": ", ".join(known)})


Day = Annotated[date, BeforeValidator(_day)]
YesOrNo = Annotated[
    bool,
    BeforeValidator(_yes_or_no),
    Field(json_schema_extra={"type": "string", "enum": ["0", "1"]}),
]
ParishSlug = Annotated[str, _among(SLUGS), Field(json_schema_extra={"enum": list(SLUGS)})]
Category = Annotated[str, _among(CATEGORIES), Field(json_schema_extra={"enum": list(CATEGORIES)})]


class Asked(BaseModel):
    """Parameters of every list. Those that a list does not know are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    lapa: Annotated[int, _number_to(1_000_000)] = Field(
        default=1, ge=1, le=1_000_000, description="Which part of the list, from 1."
    )
    skaits: Annotated[int, _number_to(MOST_ITEMS)] = Field(
        default=MOST_ITEMS, ge=1, le=MOST_ITEMS, description="How many items a part has."
    )

    @property
    def part(self) -> slice:
        """The part of the list that was asked for."""
        return slice((self.lapa - 1) * self.skaits, self.lapa * self.skaits)

    def has_free_text(self) -> bool:
        """Whether something was typed that has no end of possibilities."""
        return False


class StallsAsked(Asked):
    """Which stalls."""

    diena: Day | None = Field(default=None, description="Of this day; today if left out.")
    laukums: str | None = Field(default=None, max_length=40, description="Only of this site.")


class VendorsAsked(Asked):
    """Which vendors."""

    q: Text | None = Field(
        default=None, max_length=80, description="In names, places and goods, without diacritics."
    )
    pagasts: ParishSlug | None = Field(default=None, description="Only from this parish.")
    kategorija: Category | None = Field(default=None, description="Only with such goods.")
    sodien: YesOrNo | None = Field(default=None, description="1: only who comes today.")
    sezona: YesOrNo | None = Field(default=None, description="1: only with goods of this month.")

    def has_free_text(self) -> bool:
        """Whether something was searched for."""
        return self.q is not None


class EventsAsked(Asked):
    """Which events."""

    no: Day | None = Field(default=None, description="From this day on.")
    lidz: Day | None = Field(default=None, description="Until this day.")
    pagasts: ParishSlug | None = Field(default=None, description="Only in this parish.")

    @model_validator(mode="after")
    def _in_order(self) -> "EventsAsked":
        if self.no and self.lidz and self.lidz < self.no:
            raise PydanticCustomError("before_the_first", "lidz before no")
        return self


class ParishesAsked(Asked):
    """Which parishes."""


Question = TypeVar("Question", bound=Asked)


class QuestionError(Exception):
    """A question with parameters that cannot be understood."""

    def __init__(self, errors: list[WrongParameter]) -> None:
        super().__init__(errors)
        self.errors = errors

    @classmethod
    def of(cls, parameter: str, error: PydanticCustomError) -> "QuestionError":
        """A question of which one parameter is wrong."""
        return cls([WrongParameter(parameter=parameter, detail=_said(error.type, error.context))])


def understood(asks: type[Question], arguments: Mapping[str, str]) -> Question:
    """The parameters as they are meant; raises QuestionError. An empty one counts as left out."""
    typed = {name: value.strip() for name, value in arguments.items() if value.strip()}
    try:
        return asks.model_validate(typed)
    except ValidationError as error:
        raise QuestionError(
            [
                WrongParameter(
                    parameter=str(found["loc"][0]) if found["loc"] else "lidz",
                    detail=_said(found["type"], found.get("ctx")),
                )
                for found in error.errors()
            ]
        ) from error


def _said(kind: str, blanks: Mapping[str, Any] | None) -> str:
    return gettext(REASONS[kind], **(blanks or {}))
