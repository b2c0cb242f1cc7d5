"""What the database is asked about signs, and how they are issued and retired."""

from collections.abc import Collection
from datetime import date
from random import Random

from sqlmodel import Session, col, select

from market.places.models import Stall
from market.signs.codes import make_code, normalised, problem_of
from market.signs.models import Sign
from vendors.fields import Words


def sign_with_code(session: Session, code: str) -> Sign | None:
    """The sign with this code as somebody typed it, also a retired one."""
    if problem_of(code):
        return None
    return session.exec(select(Sign).where(Sign.code == normalised(code))).first()


def signs_of_stalls(session: Session, stall_ids: Collection[int]) -> dict[int, Sign]:
    """The signs in use by stall; of several on one stall the one issued last."""
    in_use = (
        select(Sign)
        .where(col(Sign.stall_id).in_(stall_ids), col(Sign.retired_on).is_(None))
        .order_by(col(Sign.id))
    )
    return {sign.stall_id: sign for sign in session.exec(in_use)}


def issue_missing_signs(session: Session, day: date, random: Random | None = None) -> list[Sign]:
    """Give every stall without a sign in use a new one.

    Needs a writing session; the caller commits. A code that was ever on a sign is not used
    again, and the schema would not take it. Without `random` the codes are unpredictable.
    """
    stalls = _stalls_of_this_issuer(session)
    have_one = signs_of_stalls(session, stalls)
    used = set(session.exec(select(Sign.code)))
    issued = []
    for stall_id in stalls:
        if stall_id not in have_one:
            issued.append(Sign(code=_unused(used, random), stall_id=stall_id, issued_on=day))
    session.add_all(issued)
    session.flush()
    return issued


def _stalls_of_this_issuer(session: Session) -> list[int]:
    # Locked, so that a second issuer waits here and then finds the signs of the first one;
    # in SQLite the writing session is alone anyway.
    ids = session.exec(select(Stall.id).order_by(col(Stall.id)).with_for_update())
    return [stall_id for stall_id in ids if stall_id is not None]


def _unused(used: set[str], random: Random | None) -> str:
    code = make_code(random)
    while code in used:
        code = make_code(random)
    used.add(code)
    return code


def retire(session: Session, sign: Sign, day: date, words: Words | None = None) -> None:
    """Take a sign out of use, with words for those who still scan it; the caller commits."""
    sign.retired_on = day
    sign.retired_words = words
    session.add(sign)
