"""The published criteria of a call: what is known of each application, and the order by them.

    own-made goods → documents complete → more earlier festivals → fewer no-shows → the lot

The same order is the seniority that the planner of a festival goes by: all applicants are of one
class ("festival"), and a smaller place in this order comes first.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from market.festivals.models import (
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    CallDocument,
    CallQuestion,
)
from vendors.fields import identity

PUBLISHED = ("own_made", "documents", "festivals", "no_shows", "lot")
"""What decides, in this order; every page that tells the order tells it in these words."""

PLANNER_CLASS = "festival"
"""The class of whoever applies: on the stalls of a festival nobody is a holder."""

LEAST_OVER_M = 0.02
DECIDED = ("accepted", "waiting", "refused")
UNDER_REVIEW = ("submitted", "asked")


@dataclass(frozen=True)
class History:
    """Earlier festivals of a vendor: how many they stood at, and on how many days they did not
    come without saying so."""

    festivals: int = 0
    no_shows: int = 0


@dataclass(frozen=True)
class Facts:
    """What is known of one application, as the criteria ask for it.

    `missing` are the wanted documents that the applicant does not have, `unanswered` the
    questions that must be answered and are not (identities). `season`: a vendor of the market.
    """

    id: int
    number: str
    own_made: bool = False
    festivals: int = 0
    no_shows: int = 0
    season: bool = False
    local: bool = False
    categories: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    places: int = 1
    missing: tuple[int, ...] = ()
    unanswered: tuple[int, ...] = ()
    power_kw: float = 0.0
    width_m: float = 0.0
    in_time: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether every wanted document is there."""
        return not self.missing


@dataclass(frozen=True)
class Sides:
    """What belongs to an application beside its own row."""

    documents: Sequence[ApplicationDocument] = ()
    answers: Sequence[ApplicationAnswer] = ()
    history: History = History()
    is_of_market: bool = False


def facts_of(
    application: Application,
    sides: Sides,
    documents: Iterable[CallDocument],
    questions: Iterable[CallQuestion],
    *,
    in_time: bool,
    usual_m: float = 3.0,
) -> Facts:
    """The facts of an application, from its rows and those of the call.

    `usual_m` is the front of most places in metres.
    """
    places, width_m = places_needed(
        application.metres, application.places_min, application.places_max, usual_m
    )
    return Facts(
        id=identity(application),
        number=application.number,
        own_made=application.own_made,
        festivals=sides.history.festivals,
        no_shows=sides.history.no_shows,
        season=sides.is_of_market,
        local=application.parish_code is not None,
        categories=tuple(application.categories),
        days=tuple(sorted(date.fromisoformat(day) for day in application.days)),
        places=places,
        missing=missing_documents(application.categories, sides.documents, documents),
        unanswered=unanswered_questions(sides.answers, questions),
        power_kw=application.power_kw,
        width_m=width_m,
        in_time=in_time,
    )


def places_needed(metres: float, least: int, most: int, usual_m: float) -> tuple[int, float]:
    """How many places a front of so many metres takes, and the metres of each.

    As many of the usual width as are needed, but no more than the applicant wants at most: then
    each must be wider. Two centimetres more than the places have still fit.
    """
    needed = max(1, ceil((metres - LEAST_OVER_M) / usual_m))
    places = min(max(least, needed), max(most, least))
    return places, max(0.0, round(metres / places - LEAST_OVER_M, 2))


def missing_documents(
    categories: Iterable[str],
    said: Iterable[ApplicationDocument],
    wanted: Iterable[CallDocument],
) -> tuple[int, ...]:
    """The documents that goods of these categories need, and that the applicant has not."""
    has = {row.document_id for row in said if row.has}
    goods = set(categories)
    return tuple(
        identity(document)
        for document in wanted
        if document.required
        and (document.category is None or document.category in goods)
        and document.id not in has
    )


def unanswered_questions(
    said: Iterable[ApplicationAnswer], asked: Iterable[CallQuestion]
) -> tuple[int, ...]:
    """The questions that must be answered and have no answer."""
    answered = {row.question_id for row in said if row.text.strip()}
    return tuple(
        identity(question)
        for question in asked
        if question.required and question.id not in answered
    )


def draw(lot: str, number: str) -> str:
    """What an application draws: the SHA-256 of the published word and its number, as UTF-8.

    Without anything in between, in small hexadecimal digits; the smaller comes first. Anybody
    can repeat it: `printf '%s%s' WORD NUMBER | sha256sum`.
    """
    return hashlib.sha256(f"{lot}{number}".encode()).hexdigest()


def order_of_applicants(facts: Iterable[Facts], lot: str) -> tuple[Facts, ...]:
    """Applications in the order of the published criteria, the first who chooses first.

    The number stands last, so that two of one draw (who had one number) still have an order.
    """
    return tuple(
        sorted(
            facts,
            key=lambda one: (
                not one.own_made,
                not one.is_complete,
                -one.festivals,
                one.no_shows,
                draw(lot, one.number),
                one.number,
            ),
        )
    )


def seniorities(ordered: Sequence[Facts]) -> dict[int, int]:
    """The planner's seniority number by application: the place in the order, from 1."""
    return {one.id: place for place, one in enumerate(ordered, start=1)}


def decided_by(before: Facts, after: Facts) -> str:
    """Which of `PUBLISHED` put one application before the next one in the order."""
    if before.own_made != after.own_made:
        return "own_made"
    if before.is_complete != after.is_complete:
        return "documents"
    if before.festivals != after.festivals:
        return "festivals"
    return "no_shows" if before.no_shows != after.no_shows else "lot"


@dataclass(frozen=True)
class CategoryLoad:
    """How many stalls of a category are applied for on its fullest day, against its cap."""

    category: str
    applying: int
    most: int | None

    @property
    def is_over(self) -> bool:
        """Whether more is applied for than is given."""
        return self.most is not None and self.applying > self.most


def loads(facts: Iterable[Facts], caps: Mapping[str, int | None]) -> dict[str, CategoryLoad]:
    """By category of the call: stalls applied for (the least of each) on the fullest day."""
    stalls: dict[str, dict[date, int]] = {category: {} for category in caps}
    for one in facts:
        for category in one.categories:
            for day in one.days if category in stalls else ():
                stalls[category][day] = stalls[category].get(day, 0) + one.places
    return {
        category: CategoryLoad(category, max(stalls[category].values(), default=0), most)
        for category, most in caps.items()
    }
