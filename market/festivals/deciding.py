"""Deciding about applications: what the rule suggests, what may be prepared, and what is sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from market.festivals.criteria import DECIDED, UNDER_REVIEW, Facts
from market.festivals.models import DECISIONS, REFUSAL_REASONS, Application

ACCEPTED, WAITING, REFUSED = DECISIONS
OWN_WORDS_NEEDED = "other"
"""The reason of a refusal that says nothing by itself."""


@dataclass(frozen=True)
class Ground:
    """What there is to give: stalls by day, the most power (kW) and front (m) of any of them.

    `caps` are the stalls that each category of the call gets on a day; None: no limit.
    """

    stalls: Mapping[date, int]
    caps: Mapping[str, int | None]
    power_kw: float = 0.0
    width_m: float = 0.0


@dataclass
class Room:
    """What is still free while places are given one after the other."""

    stalls: dict[date, int]
    caps: dict[tuple[str, date], int] = field(default_factory=dict)

    def problem(self, one: Facts) -> str:
        """Why somebody does not fit any more: "category_full", "no_place", or "" if they fit."""
        for day in one.days:
            for category in one.categories:
                if self.caps.get((category, day), one.places) < one.places:
                    return "category_full"
        if any(self.stalls.get(day, 0) < one.places for day in one.days):
            return "no_place"
        return ""

    def take(self, one: Facts) -> None:
        """Give somebody their places on all their days."""
        self._add(one, -one.places)

    def give_back(self, one: Facts) -> None:
        """Take the places of somebody back."""
        self._add(one, one.places)

    def _add(self, one: Facts, places: int) -> None:
        for day in one.days:
            self.stalls[day] = self.stalls.get(day, 0) + places
            for category in one.categories:
                if (category, day) in self.caps:
                    self.caps[category, day] += places


def room_of(ground: Ground, accepted: Iterable[Facts] = ()) -> Room:
    """What is free of a ground when these have their places; below nothing where too many have."""
    caps = {
        (category, day): most
        for category, most in ground.caps.items()
        if most is not None
        for day in ground.stalls
    }
    room = Room(dict(ground.stalls), caps)
    for one in accepted:
        room.take(one)
    return room


@dataclass(frozen=True)
class Suggestion:
    """What the rule says of an application, and why.

    `why` is "in_order" (accepted), "documents_missing", "category_full", "no_place" (waiting), or
    a key of REFUSAL_REASONS (refused).
    """

    id: int
    decision: str
    why: str


def suggest(
    ordered: Sequence[Facts], ground: Ground, accepted: Iterable[Facts] = ()
) -> tuple[Suggestion, ...]:
    """What the rule says of applications in their order, when `accepted` have their places.

    Whoever fits is accepted; whom a full category or the number of places keeps out waits; so
    does whoever lacks a document. Refused is what no place can change: sent too late, goods the
    call does not take, more power or front than any place has.
    """
    room = room_of(ground, accepted)
    found = []
    for one in ordered:
        suggestion = _suggestion(one, ground, room)
        if suggestion.decision == ACCEPTED:
            room.take(one)
        found.append(suggestion)
    return tuple(found)


def _suggestion(one: Facts, ground: Ground, room: Room) -> Suggestion:
    if refusal := impossible(one, ground):
        return Suggestion(one.id, REFUSED, refusal)
    if not one.is_complete:
        return Suggestion(one.id, WAITING, "documents_missing")
    if problem := room.problem(one):
        return Suggestion(one.id, WAITING, problem)
    return Suggestion(one.id, ACCEPTED, "in_order")


def impossible(one: Facts, ground: Ground) -> str:
    """The reason why no place at all can be given, a key of REFUSAL_REASONS; "" when one can."""
    taken = ground.caps.keys()
    if not one.in_time or not one.days or (taken and not taken & set(one.categories)):
        return "outside_the_criteria"
    if one.power_kw > ground.power_kw or one.width_m > ground.width_m:
        return "no_suitable_place"
    return ""


def may_prepare(state: str) -> bool:
    """Whether a decision about an application of this state may be prepared."""
    return state in (*UNDER_REVIEW, *DECIDED)


def needs_reason(state: str) -> bool:
    """Whether the applicant was told a decision already, so that changing it needs a reason."""
    return state in DECIDED


def fault_of_decision(
    application: Application, decision: str, refusal: str, words: str, reason: str
) -> str:
    """What is missing before a decision is prepared; "" when nothing is.

    "decision" (none of DECISIONS, or the state does not let it), "same" (that is what they were
    told), "refusal" (no reason from the list), "words" (own words needed), "reason" (a sent
    decision is changed).
    """
    if decision not in DECISIONS or not may_prepare(application.state):
        return "decision"
    if decision == application.state:
        return "same"
    if decision == REFUSED and refusal not in REFUSAL_REASONS:
        return "refusal"
    if decision == REFUSED and refusal == OWN_WORDS_NEEDED and not words.strip():
        return "words"
    if needs_reason(application.state) and not reason.strip():
        return "reason"
    return ""


@dataclass(frozen=True)
class Seen:
    """An application as a page showed it: its identity and version."""

    id: int
    version: int


def stale(seen: Iterable[Seen], rows: Mapping[int, Application]) -> tuple[int, ...]:
    """Identities of those that are gone or were changed since they were shown."""
    return tuple(
        one.id for one in seen if one.id not in rows or rows[one.id].version != one.version
    )


def counted(prepared: Iterable[Application]) -> dict[str, int]:
    """How many decisions of each kind are prepared, in the order of DECISIONS."""
    found = dict.fromkeys(DECISIONS, 0)
    for one in prepared:
        if one.prepared and may_prepare(one.state):
            found[one.prepared] += 1
    return found


def without_letter(rows: Iterable[Application], states: Collection[str]) -> list[Application]:
    """Who is told by telephone, because there is no e-mail, of those in these states."""
    return [one for one in rows if one.state in states and not one.email]
