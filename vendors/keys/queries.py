"""What the database is asked about keys, the people who hold them, and the telephones they know."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, text, update
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, func, select

from vendors.keys.models import Attempt, Card, KnownPhone, OneTimeKey, Person, RecoveryCode
from vendors.keys.waiting import Chance, Pace, Tries, after_wrong, chance, keeps_pace, lock_of
from vendors.registry.models import Vendor

_UNSYNCHRONISED = {"synchronize_session": False}
KEPT_AFTER_USE = timedelta(days=7)


def people_named(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The names of people of the office by their identity."""
    rows = session.exec(select(Person).where(col(Person.id).in_(ids))).all()
    return {row.id: row.name for row in rows if row.id is not None}


def with_card(session: Session, vendor_ids: Collection[int]) -> set[int]:
    """Those of the vendors who have a card that opens."""
    mine = select(Card.vendor_id).where(
        col(Card.vendor_id).in_(vendor_ids), col(Card.revoked_at).is_(None)
    )
    return set(session.exec(mine))


def person_with_email(session: Session, email: str) -> Person | None:
    """The person of the office with this address, however it is capitalised."""
    return session.exec(select(Person).where(Person.email == email.strip().lower())).first()


def people_of_office(session: Session) -> Sequence[Person]:
    """Everybody of the office, also those who are disabled."""
    return session.exec(select(Person).order_by(col(Person.id))).all()


def active_heads(session: Session) -> Sequence[Person]:
    """The heads who may come in, locked: of two who change them the second waits and asks anew."""
    return session.exec(
        select(Person)
        .where(Person.role == "head", Person.state == "active")
        .order_by(col(Person.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def last_seen(session: Session) -> dict[int, datetime]:
    """When each person of the office was last here, by identity."""
    rows = session.exec(
        select(KnownPhone.person_id, func.max(col(KnownPhone.seen_at)))
        .where(col(KnownPhone.person_id).is_not(None))
        .group_by(col(KnownPhone.person_id))
    ).all()
    return {person_id: at for person_id, at in rows if person_id is not None}


def vendors_with_email(session: Session, email: str) -> Sequence[Vendor]:
    """The vendors with this address: of a family two may share one."""
    wanted = email.strip().lower()
    return session.exec(
        select(Vendor).where(func.lower(col(Vendor.email)) == wanted).order_by(col(Vendor.id))
    ).all()


def card_with(session: Session, digest: str) -> tuple[Card, Vendor] | None:
    """The card with this digest of its number, also a revoked one, and whose it is."""
    return session.exec(
        select(Card, Vendor)
        .join(Vendor, col(Vendor.id) == Card.vendor_id)
        .where(Card.secret_digest == digest)
    ).first()


# Cards and telephones end by a statement each, so that nothing read before counts.


def end_cards(session: Session, vendor_id: int, at: datetime) -> int:
    """Revoke a vendor's cards and end whatever came in by them; returns how many cards."""
    ended = _change(
        session, Card, {"revoked_at": at}, Card.vendor_id == vendor_id, _none(Card.revoked_at)
    )
    cards = select(Card.id).where(Card.vendor_id == vendor_id, col(Card.revoked_at).is_not(None))
    _change(
        session, KnownPhone, {"ended_at": at}, col(KnownPhone.card_id).in_(cards), _still_known()
    )
    return ended


def card_is_valid(session: Session, card_id: int) -> bool:
    """Whether a card is not revoked; whoever revokes it meanwhile waits for this transaction."""
    found = session.exec(
        select(Card.id).where(Card.id == card_id, col(Card.revoked_at).is_(None)).with_for_update()
    ).first()
    return found is not None


def phones_of(session: Session, vendor_id: int, at: datetime) -> Sequence[KnownPhone]:
    """The telephones that are known as a vendor's at a moment, the last used first."""
    return session.exec(
        select(KnownPhone)
        .where(KnownPhone.vendor_id == vendor_id, _still_known(), KnownPhone.expires_at > at)
        .order_by(col(KnownPhone.seen_at).desc(), col(KnownPhone.id).desc())
    ).all()


def sessions_of(session: Session, person_id: int, at: datetime) -> Sequence[KnownPhone]:
    """Where a person of the office is in at a moment, the last used first."""
    return session.exec(
        select(KnownPhone)
        .where(KnownPhone.person_id == person_id, _still_known(), KnownPhone.expires_at > at)
        .order_by(col(KnownPhone.seen_at).desc(), col(KnownPhone.id).desc())
    ).all()


def phone_with(session: Session, digest: str) -> KnownPhone | None:
    """The telephone with this token that nobody has ended, also when its time is over."""
    return session.exec(
        select(KnownPhone).where(KnownPhone.token_digest == digest, _still_known())
    ).first()


def end_phones(
    session: Session,
    at: datetime,
    *,
    phone_id: int | None = None,
    vendor_id: int | None = None,
    person_id: int | None = None,
    but: int | None = None,
) -> int:
    """End the known telephones that fit all that is given, except `but`; returns how many."""
    if phone_id is None and vendor_id is None and person_id is None:
        raise ValueError("whose telephones?")
    wanted: list[Any] = [_still_known()]
    if phone_id is not None:
        wanted.append(KnownPhone.id == phone_id)
    if vendor_id is not None:
        wanted.append(KnownPhone.vendor_id == vendor_id)
    if person_id is not None:
        wanted.append(KnownPhone.person_id == person_id)
    if but is not None:
        wanted.append(KnownPhone.id != but)
    return _change(session, KnownPhone, {"ended_at": at}, *wanted)


def keep_knowing(session: Session, phone_id: int, at: datetime, until: datetime) -> None:
    """Know a vendor's telephone for longer; that of the office goes out when its time is over."""
    mine = KnownPhone.id == phone_id
    _change(session, KnownPhone, {"seen_at": at}, mine)
    ours = col(KnownPhone.person_id).is_(None)
    _change(session, KnownPhone, {"expires_at": until}, mine, ours, KnownPhone.expires_at < until)


# Keys that open once.


def use_key(session: Session, digest: str, at: datetime) -> bool:
    """Use a key up, if it is unused and its time is not over: one statement decides the winner."""
    return bool(
        _change(
            session,
            OneTimeKey,
            {"used_at": at},
            OneTimeKey.digest == digest,
            _none(OneTimeKey.used_at),
            OneTimeKey.expires_at > at,
        )
    )


def key_with(session: Session, digest: str) -> OneTimeKey | None:
    """The key with this digest, also one that opens no more."""
    return session.exec(select(OneTimeKey).where(OneTimeKey.digest == digest)).first()


def forget_old_keys(session: Session, at: datetime) -> None:
    """Throw away keys and counts of attempts that nobody will ask about any more."""
    before = at - KEPT_AFTER_USE
    session.execute(delete(OneTimeKey).where(col(OneTimeKey.expires_at) < before))
    passing = col(Attempt.lock).like("letter%") | col(Attempt.lock).like("codes%")
    session.execute(delete(Attempt).where(passing, col(Attempt.last_at) < before))


# Attempts. The row is locked between question and count, so that attempts at the same moment, by
# whatever worker, are counted one by one; an attempt is counted before it is looked at.


def take_chance(session: Session, lock: str, at: datetime) -> Chance:
    """Take one attempt on a lock and count it as wrong, if there is a chance; the caller commits.

    Returns the chance as it was before. A right attempt is given back by `give_back`.
    """
    tries = _locked_tries(session, lock, at)
    found = chance(tries, at)
    if found.is_open:
        _count(session, lock, after_wrong(tries, at))
    return found


def chance_left(session: Session, lock: str, at: datetime) -> Chance:
    """The chance that is left on a lock, without taking it."""
    row = session.get(Attempt, lock)
    return chance(_tries(row), at)


def give_back(session: Session, lock: str) -> None:
    """The attempt was right: nothing wrong counts any more today, and it is no wrong one."""
    session.execute(
        update(Attempt)
        .where(col(Attempt.lock) == lock, col(Attempt.total) > 0)
        .values(wrong=0, total=col(Attempt.total) - 1),
        execution_options=_UNSYNCHRONISED,
    )


def forget_tries(session: Session, lock: str) -> None:
    """Forget all wrong attempts on a lock."""
    session.execute(delete(Attempt).where(col(Attempt.lock) == lock))


def take_turn(session: Session, pace: Pace, at: datetime, whom: str = "") -> bool:
    """Count one more of a kind, if it keeps the pace; the caller commits."""
    lock = lock_of(pace, at, whom)
    tries = _locked_tries(session, lock, at)
    if not keeps_pace(tries, at, pace):
        return False
    _count(session, lock, Tries(tries.wrong + 1, tries.total + 1, at))
    return True


def has_turn(session: Session, pace: Pace, at: datetime) -> bool:
    """Whether one more would keep the pace."""
    return keeps_pace(_tries(session.get(Attempt, lock_of(pace, at))), at, pace)


_FIRST = text(
    "INSERT INTO attempt (lock, wrong, total, last_at) VALUES (:lock, 0, 0, :last_at)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("last_at", type_=Attempt.__table__.c.last_at.type))  # type: ignore[attr-defined]


def _locked_tries(session: Session, lock: str, at: datetime) -> Tries:
    session.execute(_FIRST, {"lock": lock, "last_at": at})
    row = session.exec(
        select(Attempt)
        .where(Attempt.lock == lock)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    return _tries(row)


def _tries(row: Attempt | None) -> Tries:
    return Tries(row.wrong, row.total, row.last_at if row.total else None) if row else Tries()


def _count(session: Session, lock: str, tries: Tries) -> None:
    session.execute(
        update(Attempt)
        .where(col(Attempt.lock) == lock)
        .values(wrong=tries.wrong, total=tries.total, last_at=tries.last_at),
        execution_options=_UNSYNCHRONISED,
    )


# The second factor.


def use_step(session: Session, person_id: int, step: int) -> bool:
    """Take a step of the second factor, if none as late was taken before."""
    return bool(
        _change(
            session,
            Person,
            {"totp_last_step": step},
            Person.id == person_id,
            Person.totp_last_step < step,
        )
    )


def use_recovery_code(session: Session, person_id: int, digest: str, at: datetime) -> bool:
    """Use a recovery code up; False when there is no such code or it was used."""
    mine = (RecoveryCode.person_id == person_id, RecoveryCode.digest == digest)
    return bool(_change(session, RecoveryCode, {"used_at": at}, *mine, _none(RecoveryCode.used_at)))


def forget_recovery_codes(session: Session, person_id: int) -> None:
    """Throw away a person's recovery codes."""
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))


def confirm_phone(session: Session, phone_id: int, at: datetime) -> None:
    """Note that the second factor was shown on this telephone."""
    _change(session, KnownPhone, {"confirmed_at": at}, KnownPhone.id == phone_id)


def _change(session: Session, table: Any, values: dict[str, Any], *wanted: Any) -> int:
    result = session.execute(
        update(table).where(*wanted).values(values), execution_options=_UNSYNCHRONISED
    )
    session.expire_all()
    return int(result.rowcount)  # type: ignore[attr-defined]


def _still_known() -> ColumnElement[bool]:
    return _none(KnownPhone.ended_at)


def _none(column: Any) -> ColumnElement[bool]:
    return col(column).is_(None)
