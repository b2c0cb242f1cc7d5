"""The demonstration's applications for the Christmas fair: all invented, most just submitted."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app.demo.events import read_table
from market.days.models import Festival
from market.festivals.models import (
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationFields,
    ApplicationMessage,
    ApplicationStep,
    ApplicationWish,
    Call,
    CallCategory,
    CallDocument,
    CallQuestion,
)
from market.festivals.numbers import number_of, number_prefix
from market.places.models import Stall
from vendors.fields import identity
from vendors.listings.models import Good
from vendors.registry.models import Vendor

DAYS = ("fri", "sat", "sun")
SAID = ("goods", "own_made", "social", "metres", "power_kw", "vehicle", "fire", "places_min",
        "places_max", "anywhere", "note")  # fmt: skip
OWN_MADE = ("own_grown", "wild", "home_producer", "farm", "craftsperson", "association")
ANSWER = "yes"


def write_applications(session: Session, fair: Festival, call: Call) -> None:
    """Write the applications of the fair's call, in the order of the table; the caller commits."""
    stalls = {stall.number: identity(stall) for stall in session.exec(select(Stall)).all()}
    for place, row in enumerate(read_table("applications.toml")["application"], start=1):
        started = datetime.combine(call.opens_on, time(7, 30), UTC) + timedelta(hours=11 * place)
        application = _application(session, fair, call, row | {"place_in_table": place})
        application.number = number_of(number_prefix(fair.slug, fair.first_day.year), place)
        application.started_at = started
        session.add(application)
        session.flush()
        _tell_way(session, application, row, started)
        _answer(session, application, call)
        for order, number in enumerate(row.get("wishes", []), start=1):
            wish = ApplicationWish(
                application_id=identity(application), place=order, stall_id=stalls[number]
            )
            session.add(wish)
    session.flush()


def _application(session: Session, fair: Festival, call: Call, row: dict[str, Any]) -> Application:
    days = [fair.first_day + timedelta(days=DAYS.index(day)) for day in row.get("days", DAYS)]
    known = _known(session, call, row) if "vendor" in row else _stranger(row)
    vendor_id = known.pop("vendor_id", None)
    said = {name: row[name] for name in SAID if name in row}
    fields = ApplicationFields(**{**known, **said}, days=[day.isoformat() for day in days])
    return Application(
        call_id=identity(call),
        number="",
        vendor_id=vendor_id,
        started_at=datetime.min,
        **fields.model_dump(),
    )


def _known(session: Session, call: Call, row: dict[str, Any]) -> dict[str, Any]:
    vendor = session.exec(select(Vendor).where(Vendor.slug == row["vendor"])).one()
    wanted = select(CallCategory.category).where(CallCategory.call_id == call.id)
    sold = session.exec(
        select(Good.category)
        .where(Good.vendor_id == vendor.id, col(Good.category).in_(wanted))
        .distinct()
        .order_by(Good.category)
    ).all()
    return {
        "vendor_id": vendor.id,
        "name": vendor.name,
        "kind": vendor.kind,
        "parish_code": vendor.parish_code,
        "other_place": vendor.other_place,
        "contact_person": vendor.contact_person,
        "email": vendor.email,
        "phone": vendor.phone,
        "categories": list(sold) or ["crafts"],
        "own_made": vendor.kind in OWN_MADE,
    }


def _stranger(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "kind": row["kind"],
        "parish_code": row.get("parish"),
        "other_place": row.get("place"),
        "contact_person": row["contact"],
        "email": f"pieteikums-{row['place_in_table']}@example.org",
        "categories": row["categories"],
    }


def _tell_way(
    session: Session, application: Application, row: dict[str, Any], started: datetime
) -> None:
    """From the draft to the state of the table, each step with its moment."""
    submitted = started + timedelta(minutes=25)
    steps = [(None, "draft", started), ("draft", "submitted", submitted)]
    application.submitted_at = submitted
    state = row.get("state", "submitted")
    if state != "submitted":
        steps.append(("submitted", state, submitted + timedelta(days=1)))
    for before, after, at in steps:
        session.add(
            ApplicationStep(
                application_id=identity(application), at=at, from_state=before, to_state=after
            )
        )
    application.state = state
    if "question" in row:
        session.add(
            ApplicationMessage(
                application_id=identity(application),
                writer="office",
                text=row["question"],
                at=submitted + timedelta(days=1),
            )
        )
    session.add(application)


def _answer(session: Session, application: Application, call: Call) -> None:
    """The documents that concern them they have, and the yes-or-no questions they answered."""
    for document in session.exec(select(CallDocument).where(CallDocument.call_id == call.id)):
        if document.required and document.category in (None, *application.categories):
            session.add(
                ApplicationDocument(
                    application_id=identity(application),
                    document_id=identity(document),
                    has=True,
                )
            )
    for question in session.exec(select(CallQuestion).where(CallQuestion.call_id == call.id)):
        if question.kind == "yes_no":
            session.add(
                ApplicationAnswer(
                    application_id=identity(application),
                    question_id=identity(question),
                    text=ANSWER,
                )
            )
