"""Applications and whose they are: a stranger's own address, or a vendor's own stall.

A stranger's address holds a secret of 128 bits; only its SHA-256 is kept. It is made of the key of
the form that begins, so that a form sent twice begins one application, not two.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import Response, current_app, redirect, request, url_for
from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select

from app.changes import unnoted
from app.clock import moment, now
from app.database import database
from app.keys import pepper
from app.languages import N_, at_time, current_language, in_language, long_day
from app.languages import gettext as _
from app.outbox import post
from app.sending import saving
from market.days.models import Festival
from market.festivals import queries
from market.festivals.models import Application, ApplicationFields, Call
from market.festivals.numbers import next_place, number_of, number_prefix
from market.festivals.steps import step
from market.festivals.window import Window, window_of
from vendors.fields import identity
from vendors.keys.queries import take_turn
from vendors.keys.waiting import Pace

KEY_LENGTH = 32
SAVED = "saglabats"
FROM_ONE = Pace("apply", 12, timedelta(hours=1))
"""So many applications are begun from one machine in an hour; a parish library may have one."""
IN_ALL = Pace("applies", 600, timedelta(hours=1))
LETTERS_TO_ONE = Pace("apply-letter", 5, timedelta(days=1))


LETTERS = {
    "started": N_(
        "Hello!\n\nYou have begun application %(number)s for %(festival)s. It is kept as a"
        " draft. Go on with it at this address, which is yours alone, so keep it:\n\n"
        "%(link)s\n\nIt counts when you have submitted it, at the latest on %(day)s.\n",
    ),
    "submitted": N_(
        "Hello!\n\nYour application %(number)s for %(festival)s has arrived. Until %(day)s you"
        " may change or withdraw it here:\n\n%(link)s\n\nThe same page says what was"
        " decided.\n",
    ),
    "withdrawn": N_(
        "Hello!\n\nYour application %(number)s for %(festival)s was withdrawn. If this was not"
        " you, please tell the market office.\n\n%(link)s\n\nOne may apply until %(day)s.\n",
    ),
}
"""What the letters of an application say."""


@dataclass(frozen=True)
class Applicant:
    """An application with its call; `key` is the secret of a stranger, None at the own stall."""

    festival: Festival
    call: Call
    application: Application
    key: str | None = None

    @property
    def window(self) -> Window:
        """When the call takes applications."""
        return window_of(self.call)

    @property
    def application_id(self) -> int:
        """The identity of the application."""
        return identity(self.application)

    def address(self, name: str = "", **more: Any) -> str:
        """The address of the application's page, or of one of its steps."""
        blueprint = "own" if self.key is None else "visitor"
        endpoint = f"{blueprint}.{'application_step' if name else 'application'}"
        parts: dict[str, Any] = {**more, **({"step": name} if name else {})}
        parts |= {"festival_slug": self.festival.slug} if self.key is None else {"key": self.key}
        return url_for(endpoint, **parts)


class Keeping:
    """One form of an application on its way into the database.

    What it takes away is noted in the log as done by the applicant; the office undoes it not.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.at: datetime = moment()
        self.vendor_id: int | None = None
        self._batch = uuid4().hex

    def remove(self, row: SQLModel, *, action: str) -> None:
        """Take a row away and note what it was."""
        change = unnoted(row)
        change.batch, change.at, change.action = self._batch, self.at, action
        change.vendor_id, change.source = self.vendor_id, "own"
        self.session.delete(row)
        self.session.add(change)
        self.session.flush()

    def done(self, where: str, said: str) -> Response:
        """Keep it and lead on; a stranger's page says by itself that it was saved."""
        self.session.commit()
        page, _mark, anchor = where.partition("#")
        led = f"{page}?{SAVED}=1" + (f"#{anchor}" if anchor else "")
        return redirect(led, 303)  # type: ignore[return-value]


@contextmanager
def keeping(applicant: Applicant, action: str) -> Iterator[Any]:
    """A transaction for a form of this application; what is not `done` is rolled back.

    What a vendor does is told in the log, once for each form and without what was said.
    """
    if applicant.key is None:
        with saving() as save:
            number = applicant.application.number
            save.tell("application", None, {"number": number}, action=action)
            yield save
        return
    with database().writing() as session:
        yield Keeping(session)


def locked(session: Session, application_id: int) -> Application:
    """The application as it stands now; nobody else changes it until this is committed."""
    return session.exec(
        select(Application)
        .where(col(Application.id) == application_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def make_key(sending_key: str) -> str:
    """The secret of the application that a form begins; the same form gives the same secret."""
    made = hmac.new(pepper("application"), sending_key.encode(), hashlib.sha256)
    return made.hexdigest()[:KEY_LENGTH]


def digest_of_key(key: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(key.encode()).hexdigest()


def may_begin(session: Session, at: datetime) -> bool:
    """Count one more application by a stranger; False when there are too many of them.

    Of the machine only a digest is kept that nobody can turn back, and only for the hour.
    """
    machine = hmac.new(pepper("machine"), (request.remote_addr or "").encode(), hashlib.sha256)
    whom = machine.hexdigest()[:KEY_LENGTH]
    return take_turn(session, FROM_ONE, at, whom) and take_turn(session, IN_ALL, at)


def begin(
    session: Session,
    festival: Festival,
    call: Call,
    values: Mapping[str, Any],
    *,
    vendor_id: int | None = None,
    key: str | None = None,
) -> Application:
    """Write a draft with the next number of its call; the caller commits."""
    lock_numbers(session)
    prefix = number_prefix(festival.slug, festival.first_day.year)
    place = next_place(prefix, queries.numbers_with(session, prefix))
    at = moment()
    fields = ApplicationFields.model_validate({**beginning(festival), **values})
    application = Application(
        **fields.model_dump(),
        call_id=identity(call),
        number=number_of(prefix, place),
        vendor_id=vendor_id,
        key_digest=digest_of_key(key) if key else None,
        language=current_language(),
        started_at=at,
    )
    session.add(application)
    session.flush()
    session.add(step(identity(application), None, "draft", at))
    session.flush()
    return application


def lock_numbers(session: Session) -> None:
    """Let nobody else take a number meanwhile; SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE application IN SHARE ROW EXCLUSIVE MODE"))


def beginning(festival: Festival) -> dict[str, Any]:
    """What a draft says before anybody has said anything: all days."""
    count = (festival.last_day - festival.first_day).days + 1
    days = [festival.first_day + timedelta(days=step) for step in range(count)]
    return {"days": [day.isoformat() for day in days]}


def festival_days(festival: Festival) -> list[Any]:
    """The days of a festival."""
    count = (festival.last_day - festival.first_day).days + 1
    return [festival.first_day + timedelta(days=step) for step in range(count)]


def change_state(keep: Any, application: Application, after: str) -> None:
    """Take a step of the applicant's and write it down; ValueError where there is no such step."""
    line = step(identity(application), application.state, after, keep.at)
    application.state = after
    application.version += 1
    keep.session.add(line)
    keep.session.add(application)
    keep.session.flush()


def post_letter(keep: Any, applicant: Applicant, application: Application, kind: str) -> None:
    """Put a letter to the applicant into the outbox, if there is an address to send it to."""
    if not application.email:
        return
    whom = hashlib.sha256(application.email.lower().encode()).hexdigest()[:KEY_LENGTH]
    if not take_turn(keep.session, LETTERS_TO_ONE, keep.at, whom):
        return
    name = in_language(applicant.festival.name).text
    link = current_app.config["PUBLIC_URL"] + applicant.address()
    blanks = {
        "number": application.number,
        "festival": name,
        "link": link,
        "day": closing_said(applicant.window),
    }
    post(
        keep.session,
        once=f"application:{application.id}:{kind}:{application.version}",
        kind="application",
        recipient=application.email,
        subject=_("Application %(number)s: %(festival)s", number=blanks["number"], festival=name),
        body=_(LETTERS[kind], **blanks),
    )


def closing_said(window: Window) -> str:
    """When the window closes, in words: "11 April 2027, at 18:00"."""
    return f"{long_day(window.closes.date())}, {at_time(window.closes.time())}"


def is_open(call: Call) -> bool:
    """Whether one may apply just now."""
    return call.published and window_of(call).state(now()) == "open"
