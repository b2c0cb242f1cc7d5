"""What the database is asked about signs, and how they are issued and retired."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from random import Random

from sqlmodel import Session, col, func, select

from market.days.hours import Open, hours_on
from market.days.models import Placement
from market.days.queries import exceptions, presences_on, weekly_hours
from market.evidence.models import Opening
from market.places.models import Stall
from market.places.queries import plan_of, sites
from market.signs.codes import make_code, normalised, problem_of
from market.signs.models import Patrol, Sign, SignCheck
from market.signs.silence import DAYS_LOOKED_AT, History, silent
from vendors.fields import Words, identity


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
    return {sign.stall_id: sign for sign in session.exec(in_use) if sign.stall_id is not None}


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


def issue_sign(session: Session, stall_id: int, day: date) -> Sign:
    """A new sign for one stall; the caller adds it and commits."""
    return Sign(code=_unused(_codes(session), None), stall_id=stall_id, issued_on=day)


def issue_spares(session: Session, number: int, day: date) -> list[Sign]:
    """So many new signs that hang nowhere yet; the caller adds them and commits."""
    used = _codes(session)
    return [Sign(code=_unused(used, None), issued_on=day) for _ in range(number)]


def _codes(session: Session) -> set[str]:
    return set(session.exec(select(Sign.code)))


def spare_signs(session: Session) -> Sequence[Sign]:
    """The signs that were printed ahead and hang nowhere yet, the oldest first."""
    return session.exec(
        select(Sign)
        .where(col(Sign.stall_id).is_(None), col(Sign.retired_on).is_(None))
        .order_by(col(Sign.id))
    ).all()


def last_checks(session: Session, sign_ids: Collection[int]) -> dict[int, SignCheck]:
    """What was seen of each sign when it was last looked at."""
    last = (
        select(func.max(col(SignCheck.id)))
        .where(col(SignCheck.sign_id).in_(sign_ids))
        .group_by(col(SignCheck.sign_id))
    )
    found = session.exec(select(SignCheck).where(col(SignCheck.id).in_(last)))
    return {check.sign_id: check for check in found}


def last_openings(session: Session, sign_ids: Collection[int]) -> dict[int, date]:
    """The day on which each sign was last opened."""
    rows = session.exec(
        select(Opening.sign_id, func.max(col(Opening.day)))
        .where(col(Opening.sign_id).in_(sign_ids), Opening.openings > 0)
        .group_by(col(Opening.sign_id))
    )
    return dict(rows.all())


def patrols(session: Session, limit: int = 20) -> Sequence[Patrol]:
    """The rounds, the newest first."""
    return session.exec(
        select(Patrol).order_by(col(Patrol.begun_at).desc(), col(Patrol.id).desc()).limit(limit)
    ).all()


def running_patrols(session: Session, day: date) -> Sequence[Patrol]:
    """The rounds that go on on a day, the newest first."""
    return session.exec(
        select(Patrol)
        .where(Patrol.day == day, col(Patrol.ended_at).is_(None))
        .order_by(col(Patrol.id).desc())
    ).all()


def checks_of(session: Session, patrol_id: int) -> dict[int, SignCheck]:
    """What was seen on a round, by sign."""
    found = session.exec(select(SignCheck).where(SignCheck.patrol_id == patrol_id))
    return {check.sign_id: check for check in found}


def signs_silent(session: Session, moment: datetime) -> list[tuple[Sign, Stall]]:
    """Signs that should have been opened by now and were not, while their vendor is here.

    `moment` is the local time; in the order of the plan. Empty when no market is on.
    """
    found = []
    for site in sites(session):
        found += _silent_on(session, identity(site), moment)
    return found


def _silent_on(session: Session, site_id: int, moment: datetime) -> list[tuple[Sign, Stall]]:
    day = moment.date()
    hours = hours_on(day, weekly_hours(session, site_id), exceptions(session, site_id, day))
    if not isinstance(hours, Open) or not hours.opens <= moment.time() < hours.closes:
        return []
    stalls = {identity(stall): stall for _spot, stall, _zone in plan_of(session, site_id, day)}
    signs = signs_of_stalls(session, stalls)
    histories = _histories(session, {stall: identity(sign) for stall, sign in signs.items()}, day)
    ids = {identity(sign): (sign, stalls[stall_id]) for stall_id, sign in signs.items()}
    ordered = {
        identity(signs[stall_id]): histories[identity(signs[stall_id])]
        for stall_id in stalls
        if stall_id in signs
    }
    return [ids[sign_id] for sign_id in silent(ordered, hours.opens, moment.time())]


BACK = timedelta(days=120)


def _histories(session: Session, sign_of: dict[int, int], day: date) -> dict[int, History]:
    """The openings of signs on the last days on which somebody had their stalls, and today."""
    rows = session.exec(
        select(Placement)
        .where(
            col(Placement.stall_id).in_(sign_of), Placement.day <= day, Placement.day >= day - BACK
        )
        .order_by(col(Placement.day).desc())
    ).all()
    state = presences_on(session, day)
    days: dict[int, list[date]] = {}
    here: set[int] = set()
    for row in rows:
        sign_id = sign_of[row.stall_id]
        if row.day == day:
            if state.get(row.vendor_id) != "absent":
                here.add(sign_id)
        elif len(days.setdefault(sign_id, [])) < DAYS_LOOKED_AT:
            days[sign_id].append(row.day)
    opened: dict[tuple[int, date], dict[int, int]] = {}
    for one in session.exec(
        select(Opening).where(
            col(Opening.sign_id).in_(sign_of.values()),
            Opening.day >= day - BACK,
            Opening.day <= day,
        )
    ):
        hourly = opened.setdefault((one.sign_id, one.day), {})
        hourly[one.hour] = hourly.get(one.hour, 0) + one.openings
    return {
        sign_id: History(
            [opened.get((sign_id, past), {}) for past in days.get(sign_id, ())],
            opened.get((sign_id, day), {}),
            sign_id in here,
        )
        for sign_id in sign_of.values()
    }
