"""Applications for a festival: the queue with criteria side by side, one with everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Field, SQLModel

from app import names
from app.accepting import Desk, after_leaving, likely, price_of
from app.changes import Stale
from app.clock import now
from app.database import session
from app.festival_letters import question_letter, send
from app.forms import Form, is_ticked, read_form, typed_texts
from app.languages import N_, sort_key
from app.languages import gettext as _
from app.leaving import give_back
from app.names_of_decisions import DECIDED_BY, DECISIONS, REFUSALS, STATES, STEPS, WHY
from app.pages.organiser import Door, blueprint, office_saving
from app.pages.organiser.festival_desk import (
    Line,
    Queue,
    category_loads,
    desk_asked,
    places_said,
    queue_of,
)
from app.sending import version_sent
from market.festivals import queries
from market.festivals.criteria import PUBLISHED, draw
from market.festivals.models import Application, ApplicationMessage
from market.festivals.steps import allows, step
from market.reviewing.queries import (
    application_of_call,
    days_of,
    documents_of,
    messages_of,
    questions_of,
    steps_of,
    wished_stalls,
)
from vendors.fields import STRICT, Text, identity
from vendors.keys.models import Person
from vendors.registry.models import Vendor
from vendors.registry.queries import vendor_of_office
from vendors.searching import folded

DOOR = Door(
    "office.calls_answered",
    N_("Applications"),
    N_("Who applies for a festival: review, decide, payments, permits"),
    group="planning",
    place=40,
)

LONGEST_TYPED = 80
BY_ORDER, BY_NAME, BY_NUMBER = "kartiba", "vards", "numurs"


@dataclass(frozen=True)
class Asked:
    """What the queue is narrowed to."""

    state: str = ""
    category: str = ""
    day: str = ""
    typed: str = ""
    order: str = BY_ORDER


@blueprint.get("/pieteikumi")
def calls_answered() -> ResponseReturnValue:
    """The festivals that have a call, each with how many applications there are by state."""
    found = session()
    calls = [(festival, call) for festival, call in queries.all_festivals(found) if call]
    return render_template(
        "organiser/applications_all.html",
        calls=[
            (festival, call, queries.application_counts(found, identity(call)))
            for festival, call in calls
        ],
        states=STATES,
    )


@blueprint.get("/svetki/<festival_slug>/pieteikumi")
def applications(festival_slug: str) -> ResponseReturnValue:
    """The queue with the criteria side by side, narrowed by state, goods, day and words."""
    return queue_page(festival_slug)


def queue_page(festival_slug: str, problem: str = "") -> str:
    """The queue, with what could not be done."""
    desk = desk_asked(session(), festival_slug)
    queue, asked = queue_of(desk), _asked()
    return render_template(
        "organiser/applications.html",
        desk=desk,
        festival=desk.festival,
        queue=queue,
        lines=_narrowed(queue.lines, asked),
        counts={state: _count(queue, state) for state in STATES},
        loads=category_loads(queue),
        asked=asked,
        days=days_of(desk.festival),
        problem=problem,
        **words_of_pages(),
    )


def words_of_pages() -> dict[str, object]:
    """The words that pages of applications have in common."""
    return {
        "states": STATES,
        "steps_said": STEPS,
        "decisions": DECISIONS,
        "refusals": REFUSALS,
        "why": WHY,
        "decided_by": DECIDED_BY,
        "published": PUBLISHED,
    }


def _count(queue: Queue, state: str) -> int:
    return sum(line.row.state == state for line in queue.lines)


def _asked() -> Asked:
    sent = request.args
    state, category = sent.get("stavoklis", ""), sent.get("grupa", "")
    order = sent.get("seciba", BY_ORDER)
    return Asked(
        state if state in (*STATES, "prepared") else "",
        category if category in names.CATEGORIES else "",
        sent.get("diena", "")[:10],
        sent.get("q", "")[:LONGEST_TYPED].strip(),
        order if order in (BY_NAME, BY_NUMBER) else BY_ORDER,
    )


def _narrowed(lines: Sequence[Line], asked: Asked) -> list[Line]:
    """The lines that fit what is asked, in the order that is asked."""
    found = [line for line in lines if _fits(line.row, asked)]
    if asked.order == BY_NAME:
        return sorted(found, key=lambda line: sort_key(line.row.name))
    if asked.order == BY_NUMBER:
        return sorted(found, key=lambda line: line.row.number)
    return found


def _fits(row: Application, asked: Asked) -> bool:
    if asked.state == "prepared":
        right_state = row.prepared is not None
    else:
        right_state = not asked.state or row.state == asked.state
    words = " ".join([row.name, row.number, row.goods, row.contact_person or "", row.phone or ""])
    return (
        right_state
        and (not asked.category or asked.category in row.categories)
        and (not asked.day or asked.day in row.days)
        and (folded(asked.typed) or "") in (folded(words) or "")
    )


@blueprint.get("/svetki/<festival_slug>/pieteikumi/<int(max=2147483647):application_number>")
def application(festival_slug: str, application_number: int) -> ResponseReturnValue:
    """One application with everything that is known of it."""
    desk = desk_asked(session(), festival_slug)
    return one_page(desk, application_number)


def one_page(desk: Desk, number: int, form: Form | None = None, problem: str = "") -> str:
    """The page of one application, with what was typed on it; 404 where there is none."""
    queue = queue_of(desk)
    line = queue.line_of(number) or abort(404)
    row, found = line.row, desk.session
    vendor = found.get(Vendor, row.vendor_id) if row.vendor_id else None
    steps = steps_of(found, number)
    people = {one.person_id for one in steps if one.person_id}
    said = queries.documents_of(found, number)
    return render_template(
        "organiser/application.html",
        desk=desk,
        festival=desk.festival,
        line=line,
        row=row,
        vendor=vendor,
        alike=likely(found, row),
        days=[date.fromisoformat(day) for day in sorted(row.days)],
        wishes=wished_stalls(found, number),
        documents=[(one, said.get(identity(one))) for one in documents_of(found, desk.call_id)],
        questions=[
            (one, queries.answers_of(found, number).get(identity(one)))
            for one in questions_of(found, desk.call_id)
        ],
        messages=messages_of(found, number),
        steps=steps,
        people={one: found.get_one(Person, one).name for one in people},
        places=places_said(desk, [row])[number],
        price=row.price_cents
        if row.price_cents is not None
        else price_of(found, desk.call, row, line.facts.places),
        drawn=draw(desk.call.lot, row.number)[:12],
        ground=queue.ground,
        form=form or Form(typed={"refusal": row.refusal, "words": row.decision_words or ""}),
        problem=problem,
        may_ask=allows(row.state, "asked", by_office=True) or row.state == "asked",
        may_withdraw=allows(row.state, "withdrawn", by_office=True),
        **words_of_pages(),
    )


def held(desk: Desk, number: int) -> Application:
    """An application of the call, held by whoever changes it; Stale when it was changed since."""
    row = application_of_call(desk.session, desk.call_id, number, locked=True) or abort(404)
    version = version_sent()
    if version and row.version != version:
        raise Stale(row)
    return row


class QuestionFields(SQLModel):
    """What the office asks back."""

    model_config = STRICT

    question: Text = Field(min_length=2, max_length=1000)


def _back(desk: Desk, number: int) -> str:
    return url_for(
        "office.application", festival_slug=desk.festival.slug, application_number=number
    )


def meanwhile_said(row: Application) -> str:
    """What a second officer is told of an application that a first one changed."""
    return _(
        "Somebody else was quicker: %(number)s is now %(state)s. Please look at it once more.",
        number=row.number,
        state=_(STATES[row.state]),
    )


@blueprint.post(
    "/svetki/<festival_slug>/pieteikumi/<int(max=2147483647):application_number>/jautat"
)
def ask_applicant(festival_slug: str, application_number: int) -> ResponseReturnValue:
    """Ask the applicant something: the letter goes out, and they may answer and change."""
    desk = desk_asked(session(), festival_slug)
    application_of_call(desk.session, desk.call_id, application_number) or abort(404)
    form = read_form(QuestionFields, typed_texts("question"))
    if form.errors:
        return one_page(desk, application_number, form), 422
    try:
        with office_saving() as save:
            desk = desk_asked(save.session, festival_slug, save)
            row = held(desk, application_number)
            save.vendor_id = row.vendor_id
            if row.state != "asked" and not allows(row.state, "asked", by_office=True):
                raise Stale(row)
            _ask(desk, row, form.values["question"])
            told = {"number": row.number}
            save.tell("application_question", None, told, action="application_asked")
            return save.done(_back(desk, application_number), _asked_said(row))
    except Stale as stale:
        said = meanwhile_said(stale.row)
        return one_page(desk_asked(session(), festival_slug), application_number, form, said), 409


def _ask(desk: Desk, row: Application, question: str) -> None:
    message = ApplicationMessage(
        application_id=identity(row), writer="office", text=question, at=desk.at
    )
    desk.session.add(message)
    if row.state != "asked":
        line = step(
            identity(row), row.state, "asked", desk.at, person_id=desk.person_id, by_office=True
        )
        desk.session.add(line)
    row.state, row.prepared, row.version = "asked", None, row.version + 1
    desk.session.add(row)
    desk.session.flush()
    send(desk.session, row, question_letter(row, desk.festival, question), f"asked:{message.id}")


def _asked_said(row: Application) -> str:
    if row.email:
        return _("The question goes to %(name)s by e-mail.", name=row.name)
    return _("The question is kept. %(name)s has no e-mail: please call.", name=row.name)


@blueprint.post(
    "/svetki/<festival_slug>/pieteikumi/<int(max=2147483647):application_number>/tirgotajs"
)
def link_applicant(festival_slug: str, application_number: int) -> ResponseReturnValue:
    """Say that the applicant is a vendor who is in the registry already."""
    desk = desk_asked(session(), festival_slug)
    application_of_call(desk.session, desk.call_id, application_number) or abort(404)
    vendor = vendor_of_office(desk.session, request.form.get("vendor", ""))
    if vendor is None:
        return one_page(desk, application_number, problem=_("Please choose a vendor.")), 422
    if queries.application_of_vendor(desk.session, desk.call_id, identity(vendor)):
        said = _("%(vendor)s has an application of their own for this call.", vendor=vendor.name)
        return one_page(desk, application_number, problem=said), 422
    with office_saving(about=vendor.id) as save:
        desk = desk_asked(save.session, festival_slug, save)
        row = held(desk, application_number)
        if row.vendor_id is not None:
            raise Stale(row)
        values = {"vendor_id": identity(vendor)}
        save.change(row, values, action="application_linked", version=row.version)
        said = _("%(name)s is %(vendor)s.", name=row.name, vendor=vendor.name)
        return save.done(_back(desk, application_number), said)


@blueprint.post(
    "/svetki/<festival_slug>/pieteikumi/<int(max=2147483647):application_number>/atsaukts"
)
def withdraw_applicant(festival_slug: str, application_number: int) -> ResponseReturnValue:
    """Note that an applicant no longer comes; the next on the waiting list moves up by rule."""
    desk = desk_asked(session(), festival_slug)
    application_of_call(desk.session, desk.call_id, application_number) or abort(404)
    if not is_ticked("sure"):
        said = _("Please tick that they have said so.")
        return one_page(desk, application_number, problem=said), 422
    try:
        with office_saving() as save:
            desk = desk_asked(save.session, festival_slug, save)
            row = held(desk, application_number)
            if not allows(row.state, "withdrawn", by_office=True):
                raise Stale(row)
            save.vendor_id = row.vendor_id
            before = row.state
            if before == "accepted":
                give_back(save, desk.festival, desk.call, row, now().date())
            _withdraw(desk, row)
            told = {"number": row.number, "state": "withdrawn"}
            save.vendor_id = row.vendor_id
            save.tell("decisions_sent", {"state": before}, told, action="application_left")
            moved = after_leaving(desk, [identity(row)]) if before == "accepted" else []
            return save.done(_back(desk, application_number), _withdrawn_said(row, moved))
    except Stale as stale:
        said = meanwhile_said(stale.row)
        return one_page(desk_asked(session(), festival_slug), application_number, None, said), 409


def _withdraw(desk: Desk, row: Application) -> None:
    line = step(
        identity(row), row.state, "withdrawn", desk.at, person_id=desk.person_id, by_office=True
    )
    desk.session.add(line)
    row.state, row.prepared, row.waiting_place = "withdrawn", None, None
    row.version += 1
    desk.session.add(row)
    desk.session.flush()


def _withdrawn_said(row: Application, moved: Sequence[Application]) -> str:
    if not moved:
        return _("%(number)s is withdrawn.", number=row.number)
    return _(
        "%(number)s is withdrawn. By rule moved up: %(moved)s.",
        number=row.number,
        moved=", ".join(one.number for one in moved),
    )
