"""The forms of one application as they are kept: step by step, handed in, taken back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session, col, delete

from app.accepting import Desk, after_leaving
from app.application_forms import READERS, read_papers
from app.application_pages import home_page, lacks_of, stalls_of, step_again, taken, too_late
from app.application_words import STEPS
from app.applying import Applicant, change_state, keeping, locked, post_letter
from app.changes import Stale, write_over
from app.clock import moment, now
from app.database import session
from app.forms import Form
from app.languages import gettext as _
from app.leaving import give_back
from app.sending import version_sent
from market.festivals import queries
from market.festivals.applying import concerning, with_wish, without_wish
from market.festivals.models import (
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationMessage,
    ApplicationWish,
    CallDocument,
    CallQuestion,
)
from market.festivals.window import may_change, may_submit, may_withdraw
from market.reviewing.queries import lock_call
from vendors.fields import has_hidden_characters, has_personal_code, identity

LONGEST_MESSAGE = 1000


def save_step(applicant: Applicant, name: str) -> ResponseReturnValue:
    """Keep one step, or do what its button says."""
    doing = DOING.get(name) or abort(404)
    return doing(applicant, name)


def _save_fields(applicant: Applicant, name: str) -> ResponseReturnValue:
    """Keep a step whose fields are columns of the application."""
    form = READERS[name](applicant, taken(session(), applicant))
    form.version = version_sent()
    if form.errors:
        return step_again(applicant, name, form, 422)
    try:
        with keeping(applicant, "application") as keep:
            row = locked(keep.session, applicant.application_id)
            if not may_change(row.state, applicant.window, now()):
                keep.session.rollback()
                return too_late(applicant)
            if any(getattr(row, key) != value for key, value in form.values.items()):
                write_over(keep.session, row, form.values, version_sent())
            return _go_on(keep, applicant, name)
    except Stale as stale:
        return step_again(applicant, name, form, 409, theirs=stale.row)


def _go_on(keep: Any, applicant: Applicant, name: str) -> Response:
    names = list(STEPS)
    following = names[min(names.index(name) + 1, len(names) - 1)]
    leaves = request.form.get("then") == "home"
    where = applicant.address() if leaves else applicant.address(following)
    led: Response = keep.done(where, _("Saved."))
    return led


def _save_wishes(applicant: Applicant, name: str) -> ResponseReturnValue:
    """One more wish, one less, or that any place will do."""
    known = {identity(stall) for _spot, stall, _zone in stalls_of(session(), applicant)}
    add, away = _number("wish"), _number("away")
    if add is not None and add not in known:
        abort(404)
    with keeping(applicant, "application") as keep:
        row = locked(keep.session, applicant.application_id)
        if not may_change(row.state, applicant.window, now()):
            keep.session.rollback()
            return too_late(applicant)
        if add is None and away is None:
            write_over(keep.session, row, {"anywhere": bool(request.form.get("anywhere"))})
            return _go_on(keep, applicant, name)
        rows = queries.wishes_of(keep.session, applicant.application_id)
        before = [wish.stall_id for wish, _stall in rows]
        after = with_wish(before, add) if add is not None else without_wish(before, away or 0)
        _write_wishes(keep.session, applicant.application_id, after)
        row.version += 1
        keep.session.add(row)
        led: Response = keep.done(applicant.address(name) + "#velmes", _("Saved."))
        return led


def _write_wishes(found: Session, application_id: int, stalls: Sequence[int]) -> None:
    of_it = col(ApplicationWish.application_id) == application_id
    found.execute(delete(ApplicationWish).where(of_it))
    for place, stall_id in enumerate(stalls, start=1):
        found.add(ApplicationWish(application_id=application_id, place=place, stall_id=stall_id))
    found.flush()


def _number(name: str) -> int | None:
    text = request.form.get(name, "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else None


def _save_papers(applicant: Applicant, name: str) -> ResponseReturnValue:
    """Keep what was said of documents and questions."""
    found = session()
    call_id = identity(applicant.call)
    goods = applicant.application.categories
    documents = concerning(queries.documents(found, call_id), goods)
    questions = queries.questions(found, call_id)
    form = read_papers(documents, questions)
    form.version = version_sent()
    if form.errors:
        return step_again(applicant, name, form, 422)
    try:
        with keeping(applicant, "application") as keep:
            row = locked(keep.session, applicant.application_id)
            if not may_change(row.state, applicant.window, now()):
                keep.session.rollback()
                return too_late(applicant)
            write_over(keep.session, row, {"note": form.values["note"] or ""}, version_sent())
            _write_papers(keep.session, applicant.application_id, form, documents, questions)
            return _go_on(keep, applicant, name)
    except Stale as stale:
        return step_again(applicant, name, form, 409, theirs=stale.row)


def _write_papers(
    found: Session,
    application_id: int,
    form: Form,
    documents: Sequence[CallDocument],
    questions: Sequence[CallQuestion],
) -> None:
    said = queries.documents_of(found, application_id)
    answers = queries.answers_of(found, application_id)
    for document in documents:
        number = identity(document)
        row = said.get(number) or ApplicationDocument(
            application_id=application_id, document_id=number
        )
        row.has, row.note = form.has(f"has-{number}", "1"), form.text(f"note-{number}")
        found.add(row)
    for question in questions:
        number = identity(question)
        answer = answers.get(number) or ApplicationAnswer(
            application_id=application_id, question_id=number
        )
        answer.text = form.text(f"answer-{number}")
        found.add(answer)
    found.flush()


def _submit(applicant: Applicant, name: str) -> ResponseReturnValue:
    """Hand it in: within the window, complete, and declared to be true."""
    form = Form(version=version_sent())
    if not request.form.get("declared"):
        form.refuse("declared", _("Please tick that what you say is true."))
        return step_again(applicant, name, form, 422)
    with keeping(applicant, "application_submitted") as keep:
        row = locked(keep.session, applicant.application_id)
        if row.state == "submitted":
            return _back(keep, applicant)
        if not may_submit(row.state, applicant.window, now()):
            keep.session.rollback()
            return too_late(applicant)
        if lacks_of(keep.session, row):
            keep.session.rollback()
            form.refuse("declared", _("Something is still missing; it is listed above."))
            return step_again(applicant, name, form, 422)
        row.submitted_at = row.submitted_at or keep.at
        change_state(keep, row, "submitted")
        post_letter(keep, applicant, row, "submitted")
        return _back(keep, applicant)


def _back(keep: Any, applicant: Applicant) -> Response:
    led: Response = keep.done(applicant.address(), _("Your application has arrived."))
    return led


def _withdraw(applicant: Applicant, _name: str) -> ResponseReturnValue:
    """Take the application back; until the window closes one may begin it again."""
    with keeping(applicant, "application_withdrawn") as keep:
        lock_call(keep.session, identity(applicant.call))
        row = locked(keep.session, applicant.application_id)
        if not may_withdraw(row.state, applicant.window, now()):
            keep.session.rollback()
            return too_late(applicant)
        before, row.prepared, row.waiting_place = row.state, None, None
        change_state(keep, row, "withdrawn")
        post_letter(keep, applicant, row, "withdrawn")
        if before == "accepted":
            give_back(keep, applicant.festival, applicant.call, row, now().date())
            desk = Desk(keep.session, applicant.festival, applicant.call, keep.at)
            after_leaving(desk, [applicant.application_id])
        led: Response = keep.done(applicant.address(), _("Your application is withdrawn."))
        return led


def _again(applicant: Applicant, _name: str) -> ResponseReturnValue:
    """Make a draft again of what was withdrawn, while the window is open."""
    with keeping(applicant, "application") as keep:
        row = locked(keep.session, applicant.application_id)
        if row.state != "withdrawn" or applicant.window.state(now()) != "open":
            keep.session.rollback()
            return too_late(applicant)
        change_state(keep, row, "draft")
        led: Response = keep.done(applicant.address(), _("It is a draft again."))
        return led


def _answer(applicant: Applicant, _name: str) -> ResponseReturnValue:
    """Answer what the office asked; the application goes back to it."""
    said = request.form.get("text", "").replace("\r\n", "\n").strip()
    wrong = _wrong_message(said)
    if wrong:
        return home_page(applicant, refused=wrong, status=422)
    with keeping(applicant, "application_answered") as keep:
        row = locked(keep.session, applicant.application_id)
        if row.state != "asked":
            keep.session.rollback()
            return home_page(applicant, refused=_("Nothing is asked of you just now."), status=409)
        keep.session.add(
            ApplicationMessage(
                application_id=identity(row), writer="applicant", text=said, at=moment()
            )
        )
        change_state(keep, row, "submitted")
        led: Response = keep.done(applicant.address(), _("Your answer has arrived."))
        return led


def _wrong_message(text: str) -> str:
    if len(text) < 2:
        return _("Please write your answer.")
    if len(text) > LONGEST_MESSAGE:
        return _("Please shorten this to %(num)s characters.", num=LONGEST_MESSAGE)
    if has_personal_code(text):
        return _("Please leave out the personal code; we must not keep it.")
    if has_hidden_characters(text):
        return _("Please type this anew: it holds characters that cannot be seen.")
    return ""


DOING: Mapping[str, Callable[[Applicant, str], ResponseReturnValue]] = {
    "kas": _save_fields,
    "preces": _save_fields,
    "vajadzibas": _save_fields,
    "vietas": _save_wishes,
    "dokumenti": _save_papers,
    "parskats": _submit,
    "atsaukt": _withdraw,
    "atjaunot": _again,
    "atbilde": _answer,
}
"""What the button of a step does, by the last part of its address."""
