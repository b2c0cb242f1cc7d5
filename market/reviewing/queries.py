"""What the database is asked while applications are reviewed and decided."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from market.days.models import Festival, MarketDay, Placement, Presence
from market.festivals.criteria import Facts, History, Sides, facts_of
from market.festivals.deciding import Ground
from market.festivals.models import (
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationMessage,
    ApplicationStep,
    ApplicationWish,
    Call,
    CallCategory,
    CallDocument,
    CallQuestion,
    CallZone,
)
from market.places.models import Stall, StallOnPlan, Zone
from market.places.queries import valid_on
from vendors.fields import identity
from vendors.registry.models import Vendor

OF_THE_MARKET = ("season", "regular")
"""The classes of vendors who stand at the market all the year."""

Fact = tuple[Application, Facts]


def call_of_slug(session: Session, slug: str) -> tuple[Festival, Call] | None:
    """A festival with its call."""
    return session.exec(select(Festival, Call).join(Call).where(Festival.slug == slug)).first()


def days_of(festival: Festival) -> list[date]:
    """The days of a festival, in their order."""
    length = (festival.last_day - festival.first_day).days + 1
    return [festival.first_day + timedelta(days=number) for number in range(length)]


def applications_of_call(session: Session, call_id: int) -> Sequence[Application]:
    """All applications of a call that were sent, by number."""
    return session.exec(
        select(Application)
        .where(Application.call_id == call_id, Application.state != "draft")
        .order_by(Application.number)
    ).all()


def application_of_call(
    session: Session, call_id: int, number: int, *, locked: bool = False
) -> Application | None:
    """One application of a call by its id, unless it is a draft; locked for who writes."""
    wanted = select(Application).where(
        Application.id == number, Application.call_id == call_id, Application.state != "draft"
    )
    if locked:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def lock_call(session: Session, call_id: int) -> None:
    """Wait until nobody else decides about this call, and hold it until the end.

    On SQLite a session that may write is alone anyway.
    """
    session.exec(select(Call.id).where(Call.id == call_id).with_for_update()).one()


def documents_of(session: Session, call_id: int) -> Sequence[CallDocument]:
    """The documents a call wants."""
    return session.exec(
        select(CallDocument).where(CallDocument.call_id == call_id).order_by(col(CallDocument.id))
    ).all()


def questions_of(session: Session, call_id: int) -> Sequence[CallQuestion]:
    """The questions of a call, in their order."""
    return session.exec(
        select(CallQuestion)
        .where(CallQuestion.call_id == call_id)
        .order_by(col(CallQuestion.position), col(CallQuestion.id))
    ).all()


def messages_of(session: Session, application_id: int) -> Sequence[ApplicationMessage]:
    """Questions and answers of an application, the oldest first."""
    return session.exec(
        select(ApplicationMessage)
        .where(ApplicationMessage.application_id == application_id)
        .order_by(col(ApplicationMessage.id))
    ).all()


def steps_of(session: Session, application_id: int) -> Sequence[ApplicationStep]:
    """The way of an application, the oldest step first."""
    return session.exec(
        select(ApplicationStep)
        .where(ApplicationStep.application_id == application_id)
        .order_by(col(ApplicationStep.id))
    ).all()


def steps_of_call(
    session: Session, call_id: int, *, waiting_list: bool = False
) -> Sequence[tuple[ApplicationStep, Application]]:
    """The steps of all applications of a call, the newest first; or those of its waiting list."""
    wanted = (
        select(ApplicationStep, Application)
        .join(Application, col(Application.id) == ApplicationStep.application_id)
        .where(Application.call_id == call_id)
        .order_by(col(ApplicationStep.id).desc())
    )
    if waiting_list:
        wanted = wanted.where(
            (ApplicationStep.from_state == "waiting") | (ApplicationStep.to_state == "waiting")
        )
    return session.exec(wanted).all()


def wished_stalls(session: Session, application_id: int) -> list[str]:
    """The numbers of the stalls somebody wishes, the dearest first."""
    return list(
        session.exec(
            select(Stall.number)
            .join(ApplicationWish, col(ApplicationWish.stall_id) == Stall.id)
            .where(ApplicationWish.application_id == application_id)
            .order_by(col(ApplicationWish.place))
        )
    )


def caps_of_call(session: Session, call_id: int) -> dict[str, int | None]:
    """The categories a call takes, with the most stalls of each on a day."""
    rows = session.exec(
        select(CallCategory).where(CallCategory.call_id == call_id).order_by(col(CallCategory.id))
    )
    return {row.category: row.max_stalls for row in rows}


def ground_of(session: Session, festival: Festival, call: Call) -> Ground:
    """What the call's zones have to give on each day."""
    zones = select(CallZone.zone_id).where(CallZone.call_id == call.id)
    spots = {
        day: session.exec(
            select(StallOnPlan).where(col(StallOnPlan.zone_id).in_(zones), *valid_on(day))
        ).all()
        for day in days_of(festival)
    }
    every = [spot for rows in spots.values() for spot in rows]
    return Ground(
        {day: len(rows) for day, rows in spots.items()},
        caps_of_call(session, identity(call)),
        max((spot.power_kw for spot in every), default=0.0),
        max((spot.width_m for spot in every), default=0.0),
    )


def usual_front(session: Session, call_id: int, day: date) -> float:
    """The front in metres that most of a call's places have on a day, the smaller of two."""
    zones = select(CallZone.zone_id).where(CallZone.call_id == call_id)
    widths = Counter(
        session.exec(
            select(StallOnPlan.width_m).where(col(StallOnPlan.zone_id).in_(zones), *valid_on(day))
        )
    )
    return min(widths, key=lambda width: (-widths[width], width), default=3.0)


def histories(
    session: Session, festival: Festival, vendor_ids: Collection[int]
) -> dict[int, History]:
    """What each of these vendors did at the festivals before this one."""
    stood = _stood(session, festival, vendor_ids)
    missed = _missed(session, festival, vendor_ids, stood)
    return {
        vendor_id: History(
            len({at for at, day in stood.get(vendor_id, ()) if (day not in missed[vendor_id])}),
            len(missed[vendor_id]),
        )
        for vendor_id in vendor_ids
    }


def _stood(
    session: Session, festival: Festival, vendor_ids: Collection[int]
) -> dict[int, set[tuple[int, date]]]:
    """By vendor: at which earlier festival (id) they had a place on which day."""
    rows = session.exec(
        select(col(Placement.vendor_id), col(Placement.day), col(Festival.id))
        .join(Festival, col(Festival.first_day) <= Placement.day)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Placement.stall_id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .join(Call, col(Call.festival_id) == Festival.id, isouter=True)
        .join(
            CallZone,
            (col(CallZone.call_id) == Call.id) & (col(CallZone.zone_id) == Zone.id),
            isouter=True,
        )
        .join(
            MarketDay,
            (col(MarketDay.festival_id) == Festival.id)
            & (col(MarketDay.day) == Placement.day)
            & (col(MarketDay.site_id) == Zone.site_id),
            isouter=True,
        )
        .where(
            Festival.last_day < festival.first_day,
            Placement.day <= Festival.last_day,
            col(Placement.vendor_id).in_(vendor_ids),
            col(StallOnPlan.valid_from) <= Placement.day,
            col(StallOnPlan.valid_to).is_(None) | (col(StallOnPlan.valid_to) >= Placement.day),
            col(CallZone.zone_id).is_not(None) | col(MarketDay.id).is_not(None),
        )
        .distinct()
    )
    found: dict[int, set[tuple[int, date]]] = {}
    for vendor_id, day, festival_id in rows:
        found.setdefault(vendor_id, set()).add((festival_id or 0, day))
    return found


def _missed(
    session: Session,
    festival: Festival,
    vendor_ids: Collection[int],
    stood: Mapping[int, Collection[tuple[int, date]]],
) -> dict[int, set[date]]:
    """By vendor: days of earlier festivals on which they did not come without saying so.

    A place that was released is no longer theirs; that they were accepted still tells it.
    """
    due = {key: {day for _at, day in stood.get(key, ())} for key in vendor_ids}
    accepted = session.exec(
        select(Application)
        .join(Call, col(Call.id) == Application.call_id)
        .join(Festival, col(Festival.id) == Call.festival_id)
        .where(
            Festival.last_day < festival.first_day,
            Application.state == "accepted",
            col(Application.vendor_id).in_(vendor_ids),
        )
    )
    for row in accepted:
        due[row.vendor_id or 0] |= {date.fromisoformat(day) for day in row.days}
    rows = session.exec(
        select(col(Presence.vendor_id), col(Presence.day)).where(
            col(Presence.vendor_id).in_(vendor_ids), col(Presence.no_show).is_(True)
        )
    )
    found: dict[int, set[date]] = {key: set() for key in vendor_ids}
    for vendor_id, day in rows:
        if day in due[vendor_id]:
            found[vendor_id].add(day)
    return found


def all_facts(
    session: Session, festival: Festival, call: Call, rows: Sequence[Application], closed: datetime
) -> list[Fact]:
    """Applications with their facts, in the order of the rows; `closed` is the window's end, UTC.

    Nine questions, however many apply.
    """
    sides = _sides(session, festival, rows)
    documents = documents_of(session, identity(call))
    questions = questions_of(session, identity(call))
    usual_m = usual_front(session, identity(call), festival.first_day)
    return [
        (
            row,
            facts_of(
                row,
                sides[identity(row)],
                documents,
                questions,
                in_time=row.submitted_at is None or row.submitted_at <= closed,
                usual_m=usual_m,
            ),
        )
        for row in rows
    ]


def _sides(session: Session, festival: Festival, rows: Sequence[Application]) -> dict[int, Sides]:
    ids = [identity(row) for row in rows]
    vendor_ids = {row.vendor_id for row in rows if row.vendor_id is not None}
    documents: dict[int, list[ApplicationDocument]] = {}
    for document in session.exec(
        select(ApplicationDocument).where(col(ApplicationDocument.application_id).in_(ids))
    ):
        documents.setdefault(document.application_id, []).append(document)
    answers: dict[int, list[ApplicationAnswer]] = {}
    for answer in session.exec(
        select(ApplicationAnswer).where(col(ApplicationAnswer.application_id).in_(ids))
    ):
        answers.setdefault(answer.application_id, []).append(answer)
    of_market = set(
        session.exec(
            select(Vendor.id).where(
                col(Vendor.id).in_(vendor_ids), col(Vendor.standing).in_(OF_THE_MARKET)
            )
        )
    )
    past = histories(session, festival, vendor_ids)
    return {
        identity(row): Sides(
            documents.get(identity(row), ()),
            answers.get(identity(row), ()),
            past.get(row.vendor_id or 0, History()),
            row.vendor_id in of_market,
        )
        for row in rows
    }


def festival_places(
    session: Session, call_id: int, days: Sequence[date], vendor_ids: Collection[int]
) -> dict[int, list[tuple[date, Stall, StallOnPlan, Zone]]]:
    """By vendor: the stalls of the call's zones they have on the festival's days, in order."""
    zones = select(CallZone.zone_id).where(CallZone.call_id == call_id)
    rows = session.exec(
        select(Placement, Stall, StallOnPlan, Zone)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(
            col(Placement.day).in_(days),
            col(Placement.vendor_id).in_(vendor_ids),
            col(Zone.id).in_(zones),
            col(StallOnPlan.valid_from) <= Placement.day,
            col(StallOnPlan.valid_to).is_(None) | (col(StallOnPlan.valid_to) >= Placement.day),
        )
        .order_by(col(Placement.day), Zone.code, StallOnPlan.row, col(StallOnPlan.position))
    )
    found: dict[int, list[tuple[date, Stall, StallOnPlan, Zone]]] = {}
    for placement, stall, spot, zone in rows:
        found.setdefault(placement.vendor_id, []).append((placement.day, stall, spot, zone))
    return found
