"""What the database is asked about calls and applications."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, func, or_, select

from market.days.models import Festival
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
    CallPrice,
    CallQuestion,
    CallZone,
)
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.places.queries import valid_on
from market.planning.models import PlannedPlace, PlanVersion

StallRow = tuple[StallOnPlan, Stall, Zone]


def call_of(session: Session, festival_id: int) -> Call | None:
    """The call of a festival, published or not."""
    return session.exec(select(Call).where(Call.festival_id == festival_id)).first()


def festival_of(session: Session, call: Call) -> Festival:
    """The festival of a call."""
    return session.get_one(Festival, call.festival_id)


def all_festivals(session: Session) -> Sequence[tuple[Festival, Call | None]]:
    """All festivals with their calls, the latest first."""
    return session.exec(
        select(Festival, Call)
        .join(Call, col(Call.festival_id) == Festival.id, isouter=True)
        .order_by(col(Festival.first_day).desc())
    ).all()


def open_calls(session: Session, since: date) -> Sequence[tuple[Festival, Call]]:
    """The published calls of festivals that end on a day or later, the nearest first."""
    return session.exec(
        select(Festival, Call)
        .join(Call, col(Call.festival_id) == Festival.id)
        .where(Call.published, Festival.last_day >= since)
        .order_by(col(Festival.first_day))
    ).all()


def zones(session: Session, call_id: int) -> Sequence[tuple[Zone, Site]]:
    """The zones whose stalls a call gives away, by site and code."""
    return session.exec(
        select(Zone, Site)
        .join(CallZone, col(CallZone.zone_id) == Zone.id)
        .join(Site, col(Site.id) == Zone.site_id)
        .where(CallZone.call_id == call_id)
        .order_by(col(Site.id), Zone.code)
    ).all()


def stalls_of_call(session: Session, call: Call, day: date) -> Sequence[StallRow]:
    """The stalls that a call gives away on a day, by zone, row and position."""
    return session.exec(
        select(StallOnPlan, Stall, Zone)
        .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .join(CallZone, col(CallZone.zone_id) == Zone.id)
        .where(CallZone.call_id == call.id, *valid_on(day))
        .order_by(col(Zone.site_id), Zone.code, StallOnPlan.row, col(StallOnPlan.position))
    ).all()


def categories(session: Session, call_id: int) -> Sequence[CallCategory]:
    """The categories of goods that a call takes."""
    return session.exec(
        select(CallCategory).where(CallCategory.call_id == call_id).order_by(CallCategory.category)
    ).all()


def prices(session: Session, call_id: int) -> Sequence[CallPrice]:
    """The price list of a call, in the order of writing."""
    return session.exec(
        select(CallPrice).where(CallPrice.call_id == call_id).order_by(col(CallPrice.id))
    ).all()


def documents(session: Session, call_id: int) -> Sequence[CallDocument]:
    """The documents that a call wants, in the order of writing."""
    return session.exec(
        select(CallDocument).where(CallDocument.call_id == call_id).order_by(col(CallDocument.id))
    ).all()


def questions(session: Session, call_id: int) -> Sequence[CallQuestion]:
    """A call's own questions in their order."""
    return session.exec(
        select(CallQuestion)
        .where(CallQuestion.call_id == call_id)
        .order_by(col(CallQuestion.position), col(CallQuestion.id))
    ).all()


def applications_of(
    session: Session, call_id: int, *, with_drafts: bool = False
) -> Sequence[Application]:
    """The applications of a call by number; drafts belong to their applicants alone."""
    asked = select(Application).where(Application.call_id == call_id)
    if not with_drafts:
        asked = asked.where(Application.state != "draft")
    return session.exec(asked.order_by(Application.number)).all()


def application_counts(session: Session, call_id: int) -> dict[str, int]:
    """How many applications of a call there are in each state."""
    asked = (
        select(Application.state, func.count())
        .where(Application.call_id == call_id)
        .group_by(col(Application.state))
    )
    return dict(session.exec(asked).all())


def application_with_key(session: Session, digest: str) -> Application | None:
    """The application whose own address has a secret with this digest."""
    return session.exec(select(Application).where(Application.key_digest == digest)).first()


def application_of_vendor(session: Session, call_id: int, vendor_id: int) -> Application | None:
    """A vendor's application for a call."""
    return session.exec(
        select(Application).where(
            Application.call_id == call_id, Application.vendor_id == vendor_id
        )
    ).first()


def wishes_of(session: Session, application_id: int) -> Sequence[tuple[ApplicationWish, Stall]]:
    """The wished stalls of an application, the dearest first."""
    return session.exec(
        select(ApplicationWish, Stall)
        .join(Stall, col(Stall.id) == ApplicationWish.stall_id)
        .where(ApplicationWish.application_id == application_id)
        .order_by(col(ApplicationWish.place))
    ).all()


def wishes_of_call(session: Session, call_id: int) -> dict[int, list[Stall]]:
    """The wished stalls of all applications of a call by application, the dearest first."""
    rows = session.exec(
        select(ApplicationWish, Stall)
        .join(Stall, col(Stall.id) == ApplicationWish.stall_id)
        .join(Application, col(Application.id) == ApplicationWish.application_id)
        .where(Application.call_id == call_id)
        .order_by(col(ApplicationWish.application_id), col(ApplicationWish.place))
    )
    found: dict[int, list[Stall]] = {}
    for wish, stall in rows:
        found.setdefault(wish.application_id, []).append(stall)
    return found


def documents_of(session: Session, application_id: int) -> dict[int, ApplicationDocument]:
    """What an applicant said of the documents, by document."""
    rows = session.exec(
        select(ApplicationDocument).where(ApplicationDocument.application_id == application_id)
    )
    return {row.document_id: row for row in rows}


def answers_of(session: Session, application_id: int) -> dict[int, ApplicationAnswer]:
    """An applicant's answers, by question."""
    rows = session.exec(
        select(ApplicationAnswer).where(ApplicationAnswer.application_id == application_id)
    )
    return {row.question_id: row for row in rows}


def messages_of(session: Session, application_id: int) -> Sequence[ApplicationMessage]:
    """Questions and answers of an application, the oldest first."""
    return session.exec(
        select(ApplicationMessage)
        .where(ApplicationMessage.application_id == application_id)
        .order_by(col(ApplicationMessage.at), col(ApplicationMessage.id))
    ).all()


def steps_of(session: Session, application_id: int) -> Sequence[ApplicationStep]:
    """The way of an application, the first step first."""
    return session.exec(
        select(ApplicationStep)
        .where(ApplicationStep.application_id == application_id)
        .order_by(col(ApplicationStep.at), col(ApplicationStep.id))
    ).all()


def numbers_with(session: Session, prefix: str) -> Sequence[str]:
    """The numbers that were given with a prefix."""
    return session.exec(
        select(Application.number).where(col(Application.number).startswith(f"{prefix}-"))
    ).all()


def places_given(
    session: Session, application: Application, festival_id: int
) -> Sequence[tuple[date, str]]:
    """Days and numbers of stalls in the published plan; a draft of the office says nothing."""
    whose = [col(PlannedPlace.application_id) == application.id]
    if application.vendor_id is not None:
        whose.append(col(PlannedPlace.vendor_id) == application.vendor_id)
    return session.exec(
        select(col(PlannedPlace.day), col(Stall.number))
        .join(PlanVersion, col(PlanVersion.id) == PlannedPlace.plan_id)
        .join(Stall, col(Stall.id) == PlannedPlace.stall_id)
        .where(
            PlanVersion.festival_id == festival_id,
            PlanVersion.state == "published",
            or_(*whose),
        )
        .order_by(col(PlannedPlace.day), Stall.number)
    ).all()
