"""What a version says to everybody: sentences of the planner, as long as they are still true.

Days with the same sentences are told once. What was changed by hand after the planner has its
own sentence, and so has a wish whose stall has changed hands since.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from app.languages import MONTHS, pgettext
from app.languages import gettext as _
from app.plan_pages import answer_of
from app.plan_publishing import name_of_what
from app.planning import People, Person, people_of, planned_id
from app.planning_words import listed, sentence_of_why, sentences_of
from market.planning.answer import Placed, Refused, Why
from market.planning.hand_queries import days_of
from market.planning.kept_answers import answer_from_json
from market.planning.models import PlanVersion
from market.planning.queries import places_of, plans
from vendors.fields import identity


@dataclass(frozen=True)
class Explained:
    """Somebody with the sentences of some days; `wishes` are those that were not granted."""

    person: Person
    days: tuple[date, ...]
    sentences: tuple[str, ...]
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Published:
    """What a published plan that still holds says to somebody: of what it is, and why."""

    of_what: str
    explained: tuple[Explained, ...]


def published_for(session: Session, key: str, today: date) -> list[Published]:
    """What published plans of today and later say to somebody by their lasting key."""
    found = []
    for plan in plans(session):
        days = days_of(session, plan) if plan.state == "published" else []
        if not days or days[-1] < today:
            continue
        told = explained_of(session, plan, people_of(session, plan), days, key)
        if told:
            found.append(Published(name_of_what(session, plan), tuple(told)))
    return found


Held = Mapping[str, str]
"""Who has a stall on a day now: the lasting key of somebody by the number of a stall."""


def explained_of(
    session: Session, plan: PlanVersion, people: People, days: Sequence[date], key: str = ""
) -> list[Explained]:
    """Everybody's sentences by name, or those of one; equal days together."""
    held = _held(session, plan, people)
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[date]] = {}
    for day in days:
        for person, sentences, wishes in _of_day(plan, people, day, held.get(day, {})):
            if not key or person.key == key:
                found.setdefault((person.key, sentences, wishes), []).append(day)
    told = [
        Explained(people.by_key[who], tuple(days), sentences, wishes)
        for (who, sentences, wishes), days in found.items()
    ]
    return sorted(told, key=lambda one: (one.person.name.casefold(), one.days))


def _held(session: Session, plan: PlanVersion, people: People) -> dict[date, dict[str, str]]:
    """Who has which stall by day, as the version is now."""
    found: dict[date, dict[str, str]] = {}
    for place, stall in places_of(session, identity(plan)):
        person = people.by_id.get(planned_id(place))
        if person is not None:
            found.setdefault(place.day, {})[stall.number] = person.key
    return found


def _of_day(
    plan: PlanVersion, people: People, day: date, held: Held
) -> Iterator[tuple[Person, tuple[str, ...], tuple[str, ...]]]:
    """Everybody of whom the planner has spoken, with what is true now."""
    kept = answer_from_json(answer_of(plan, day))
    names = {known: one.name for known, one in people.by_id.items()}
    answered: list[Placed | Refused] = [*kept.placements, *kept.refused]
    for one in answered:
        person = people.by_id.get(one.vendor)
        if person is None:
            continue
        now = tuple(stall for stall, key in held.items() if key == person.key)
        if set(now) != set(one.stalls if isinstance(one, Placed) else ()):
            yield person, (_by_hand_since(now),), ()
            continue
        whys = one.reason.better
        told = sentences_of(one, names)
        first = told[: len(told) - len(whys)]
        said = [_why_now(why, people, held, names) for why in whys]
        yield person, (*first, *said), tuple(why.stall for why in whys)


def _by_hand_since(stalls: tuple[str, ...]) -> str:
    if not stalls:
        return _("No place: the market office took it away by hand.")
    return _("%(stalls)s: placed by the market office by hand.", stalls=listed(stalls))


def _why_now(why: Why, people: People, held: Held, names: Mapping[str, str]) -> str:
    """A sentence about a wish, if whoever it names still has the stall."""
    who, at = why.facts.get("vendor"), str(why.facts.get("at", why.stall))
    person = people.by_id.get(str(who)) if who else None
    if who and (person is None or held.get(at) != person.key):
        return _("%(stall)s: the market office has changed it by hand since.", stall=why.stall)
    return sentence_of_why(why, names)


def days_said(days: Iterable[date]) -> str:
    """ "17.–19. jūlijā", "17. un 19. jūlijā": when something holds, without the year."""
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and spans[-1][-1] + timedelta(days=1) == day and day.day > 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    return listed([_span_said(span) for span in spans])


def _span_said(span: Sequence[date]) -> str:
    month = pgettext("in a month", MONTHS[span[0].month - 1])
    if len(span) == 1:
        return pgettext("when", "%(day)s %(month)s", day=span[0].day, month=month)
    return pgettext(
        "when", "%(first)s–%(last)s %(month)s", first=span[0].day, last=span[-1].day, month=month
    )
