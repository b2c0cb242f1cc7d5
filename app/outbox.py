"""The outbox: letters wait in the database until they are sent, and none is put in twice.

A letter is written in the same transaction as what it tells of, so there is no letter about
something that was rolled back. `app.mail` sends what lies here.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, not_, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.clock import moment
from app.records import KEPT_CHANGES_DAYS, Letter

PAUSES_MIN = (5, 15, 60, 180, 360, 720)
"""How long the outbox waits after the first, second, … try. After the last try it gives up."""

AT_REST = timedelta(hours=1)
"""After so long nobody is still sending a letter that was taken."""

ONCE_MAX, KIND_MAX, RECIPIENT_MAX, SUBJECT_MAX, BODY_MAX = 120, 30, 254, 200, 4000


def post(
    session: Session,
    *,
    once: str,
    kind: str,
    recipient: str,
    subject: str,
    body: str,
    useless_after: datetime | None = None,
) -> bool:
    """Put a letter into the outbox; False when a letter with this `once` was there already.

    Needs a writing session; the caller commits. Of two who post the same letter at once the
    database takes one. A letter that was not sent until `useless_after` (UTC) is never sent.
    Raises ValueError for what does not fit into a letter.
    """
    limits = {ONCE_MAX: once, KIND_MAX: kind, RECIPIENT_MAX: recipient, SUBJECT_MAX: subject}
    if any(len(text) > limit for limit, text in limits.items()) or len(body) > BODY_MAX:
        raise ValueError("a part of the letter is too long")
    if any(character in recipient + subject for character in "\r\n\0"):
        raise ValueError("a heading of the letter has more than one line")
    if session.exec(select(Letter.id).where(Letter.once == once)).first() is not None:
        return False
    letter = Letter(
        once=once,
        kind=kind,
        recipient=recipient,
        subject=subject,
        body=body,
        made_at=moment(),
        useless_after=useless_after,
    )
    try:
        with session.begin_nested():
            session.add(letter)
    except IntegrityError:
        return False
    return True


def due(session: Session, at: datetime) -> list[int]:
    """The letters to be sent at a moment, the oldest first."""
    ids = session.exec(
        select(Letter.id).where(_is_due(at)).order_by(col(Letter.made_at), col(Letter.id))
    )
    return [number for number in ids if number is not None]


def claim(session: Session, letter_id: int, at: datetime) -> Letter | None:
    """Take a letter to send it now; None when another process has it. Commits.

    The question and the answer are one statement, so a letter has one sender at a time. Whoever
    takes it and falls over leaves it to the next try. The letter is given back for reading, to
    be sent when the session is closed: a mail server is slow, and nobody shall wait for it.
    """
    taken = session.execute(
        update(Letter)
        .where(col(Letter.id) == letter_id, _is_due(at))
        .values(claimed_at=at, tries=Letter.tries + 1)
        .execution_options(synchronize_session=False)
    )
    session.commit()
    is_ours = taken.rowcount == 1  # type: ignore[attr-defined]
    return session.get(Letter, letter_id) if is_ours else None


def note_sent(session: Session, letter_id: int, at: datetime) -> None:
    """Note that a letter was sent; to whom it went and what it said is not kept. Commits."""
    letter = session.get_one(Letter, letter_id)
    letter.sent_at = at
    _empty(letter)
    session.add(letter)
    session.commit()


def tidy(session: Session, at: datetime) -> None:
    """Empty the letters that will not be sent any more, and forget old ones; the caller commits."""
    # Whoever has just taken a letter still reads it.
    at_rest = or_(col(Letter.claimed_at).is_(None), col(Letter.claimed_at) <= at - AT_REST)
    late = select(Letter).where(Letter.body != "", at_rest, not_(_may_be_sent(at)))
    for letter in session.exec(late).all():
        _empty(letter)
        session.add(letter)
    session.flush()
    session.execute(
        delete(Letter).where(col(Letter.made_at) < at - timedelta(days=KEPT_CHANGES_DAYS))
    )


def _empty(letter: Letter) -> None:
    letter.recipient = letter.subject = letter.body = ""


def _is_due(at: datetime) -> ColumnElement[bool]:
    waited = (
        and_(col(Letter.tries) == number, col(Letter.claimed_at) <= at - timedelta(minutes=pause))
        for number, pause in enumerate(PAUSES_MIN, start=1)
    )
    return and_(_may_be_sent(at), or_(col(Letter.claimed_at).is_(None), *waited))


def _may_be_sent(at: datetime) -> ColumnElement[bool]:
    """Whether a letter is neither sent, nor too late, nor given up (after its last pause)."""
    return and_(
        col(Letter.sent_at).is_(None),
        or_(col(Letter.useless_after).is_(None), col(Letter.useless_after) > at),
        col(Letter.tries) <= len(PAUSES_MIN),
        col(Letter.body) != "",
    )
