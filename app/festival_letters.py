"""Letters about applications: what was decided, what is asked, which place and when to arrive.

Each is written in the language of the application. The same words go by e-mail and on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.languages import capitalized, in_language, long_day, money, on_day, speaking
from app.languages import gettext as _
from app.names_of_decisions import refusal_said
from app.outbox import SUBJECT_MAX, post
from market.days.models import Festival
from market.festivals.models import Application, Call

KIND = "application"
LONGEST_PRACTICAL = 1500
"""So much of the call's practical words goes into a letter; the whole stands on its page."""

Places = Sequence[tuple[date, str, str]]
"""Day, number of the stall, name of the zone."""


@dataclass(frozen=True)
class Written:
    """A letter; `language` is that of the applicant."""

    subject: str
    body: str
    language: str


def decision_letter(application: Application, festival: Festival, decision: str) -> Written:
    """What was decided about an application, or what will be if it is sent as prepared."""
    with speaking(application.language):
        name = in_language(festival.name).text
        sentences = {
            "accepted": _accepted(application, name),
            "waiting": _waiting(application, name),
            "refused": _refused(application, name),
        }[decision]
        own = [application.decision_words] if application.decision_words else []
        return _written(application, name, [*sentences, *own])


def _accepted(application: Application, name: str) -> list[str]:
    found = [
        _(
            "your application %(number)s for %(festival)s has been accepted.",
            number=application.number,
            festival=name,
        ),
        _("Days: %(days)s.", days=_days_said(application)),
    ]
    if application.price_cents:
        found.append(
            _(
                "To pay for all days: %(amount)s. Please pay before the festival; in the transfer "
                "write only the number %(number)s.",
                amount=money(application.price_cents),
                number=application.number,
            )
        )
    found.append(
        _("The number of the place and the hours of arrival follow when the plan is published.")
    )
    found.append(_("If you cannot come, please tell us at once: somebody waits for the place."))
    return found


def _waiting(application: Application, name: str) -> list[str]:
    found = [
        _(
            "your application %(number)s for %(festival)s is on the waiting list.",
            number=application.number,
            festival=name,
        )
    ]
    if application.waiting_place:
        found.append(
            _("Your place on the list just now: %(place)s.", place=application.waiting_place)
        )
    found.append(
        _(
            "When a place gets free that suits you, you move up by the published order and get a "
            "letter at once. You need not do anything."
        )
    )
    return found


def _refused(application: Application, name: str) -> list[str]:
    return [
        _(
            "we cannot give a place to your application %(number)s for %(festival)s.",
            number=application.number,
            festival=name,
        ),
        refusal_said(application.refusal),
    ]


def question_letter(application: Application, festival: Festival, question: str) -> Written:
    """A question of the office to an applicant."""
    with speaking(application.language):
        name = in_language(festival.name).text
        return _written(
            application,
            name,
            [
                _(
                    "we have a question about your application %(number)s for %(festival)s:",
                    number=application.number,
                    festival=name,
                ),
                question,
                _("Please answer on the page of your application, or call the market office."),
            ],
        )


def place_letter(
    application: Application, festival: Festival, call: Call, places: Places
) -> Written:
    """Which place on which day, what is still to be paid, and the practical words of the call."""
    with speaking(application.language):
        name = in_language(festival.name).text
        found = [
            _(
                "here are your places at %(festival)s (application %(number)s):",
                number=application.number,
                festival=name,
            ),
            "\n".join(
                _(
                    "%(day)s: place %(stall)s, %(zone)s",
                    day=capitalized(on_day(day)),
                    stall=stall,
                    zone=zone,
                )
                for day, stall, zone in places
            ),
        ]
        owed = (application.price_cents or 0) - application.paid_cents
        if owed > 0:
            found.append(_("Still to pay: %(amount)s.", amount=money(owed)))
        elif application.price_cents:
            found.append(_("Your payment has arrived, thank you."))
        if call.practical:
            found.append(in_language(call.practical).text[:LONGEST_PRACTICAL])
        found.append(_("At the gate please say the number %(number)s.", number=application.number))
        return _written(application, name, found)


def _written(application: Application, name: str, sentences: Sequence[str]) -> Written:
    subject = _("Application %(number)s: %(festival)s", number=application.number, festival=name)
    body = "\n\n".join(
        [_("Hello!"), *[capitalized(one) for one in sentences if one], _("Tukums market office")]
    )
    return Written(subject[:SUBJECT_MAX], body, application.language)


def _days_said(application: Application) -> str:
    days = [date.fromisoformat(day) for day in sorted(application.days)]
    return "; ".join(long_day(day) for day in days)


def send(session: Session, application: Application, letter: Written, once: str) -> bool:
    """Put a letter into the outbox, unless there is no e-mail or it lies there; the caller
    commits. `once` names what it tells of an application, such as "decision:3"."""
    if not application.email:
        return False
    return post(
        session,
        once=f"application:{application.id}:{once}",
        kind=KIND,
        recipient=application.email,
        subject=letter.subject,
        body=letter.body,
    )
