"""Decisions about applications: prepared together, looked at together, sent together."""

from collections.abc import Sequence
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Field, SQLModel

from app.accepting import Desk, Meanwhile, fill_free_places, price_of, send_prepared
from app.clock import now
from app.database import session
from app.festival_letters import Written, decision_letter
from app.forms import Form, read_form, typed_texts
from app.languages import gettext as _
from app.languages import ngettext
from app.leaving import give_back
from app.names_of_decisions import STATES
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.applications import one_page, queue_page, words_of_pages
from app.pages.organiser.festival_desk import Line, desk_asked, home, queue_of
from app.sending import Saving
from market.festivals.deciding import (
    ACCEPTED,
    REFUSED,
    WAITING,
    Seen,
    counted,
    fault_of_decision,
    may_prepare,
    needs_reason,
    without_letter,
)
from market.festivals.models import Application, ApplicationStep
from market.reviewing.queries import (
    application_of_call,
    applications_of_call,
    lock_call,
    steps_of_call,
)
from vendors.fields import STRICT, Text, identity

MOST_AT_ONCE = 1000


class WordsFields(SQLModel):
    """The office's own words in a letter, and why a sent decision is changed."""

    model_config = STRICT

    words: Text = Field(default="", max_length=600)
    reason: Text = Field(default="", max_length=600)


def seen_of(typed: Sequence[str]) -> list[Seen]:
    """Applications as they were ticked: "12-3" is the one with the id 12 in its version 3."""
    found = []
    for one in typed[:MOST_AT_ONCE]:
        number, _dash, version = one.partition("-")
        if _is_number(number) and _is_number(version):
            found.append(Seen(int(number), int(version)))
    return list(dict.fromkeys(found))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def fault_said(fault: str) -> str:
    """What to do about a decision that cannot be prepared as it was typed."""
    return {
        "decision": _("Please choose what is decided; drafts and withdrawn ones are not decided."),
        "same": _("That is what they have been told already."),
        "refusal": _("Please choose the reason of the refusal."),
        "words": _("Please give the reason in your own words."),
        "reason": _("They have a letter already. Please say why the decision is changed."),
    }[fault]


def _form() -> Form:
    return read_form(
        WordsFields,
        typed_texts("words", "reason"),
        {**typed_texts("words", "reason", "decision", "refusal")},
    )


@blueprint.post("/svetki/<festival_slug>/lemumi/sagatavot")
def prepare_decisions(festival_slug: str) -> ResponseReturnValue:
    """Prepare one decision for everybody who is ticked; nobody is told anything yet."""
    desk = desk_asked(session(), festival_slug)
    form, seen = _form(), seen_of(request.form.getlist("application"))
    only = _only(desk, seen) if request.form.get("one") else None

    def page(problem: str, status: int) -> ResponseReturnValue:
        again = desk_asked(session(), festival_slug)
        if only is not None:
            return one_page(again, only, form, problem), status
        return queue_page(festival_slug, problem), status

    if form.errors:
        return page(next(iter(form.errors.values())), 422)
    if not seen:
        return page(_("Please tick the applications that are meant."), 422)
    try:
        with office_saving() as save:
            desk = desk_asked(save.session, festival_slug, save)
            rows = as_seen(desk, seen)
            decision, refusal = request.form.get("decision", ""), request.form.get("refusal", "")
            words, reason = form.text("words"), form.text("reason")
            for row in rows:
                fault = fault_of_decision(row, decision, refusal, words, reason)
                if fault:
                    return page(f"{row.number}: {fault_said(fault)}", 422)
            for row in rows:
                _prepare(save, desk, row, decision, refusal, words, reason)
            said = ngettext(
                "%(num)s decision is prepared. Nobody has been told yet.",
                "%(num)s decisions are prepared. Nobody has been told yet.",
                len(rows),
            )
            where = home(desk)
            if only is not None:
                where = url_for(
                    "office.application", festival_slug=festival_slug, application_number=only
                )
            return save.done(where, said)
    except Meanwhile as other:
        return page(meanwhile(other), 409)


def _only(desk: Desk, seen: Sequence[Seen]) -> int:
    row = application_of_call(desk.session, desk.call_id, seen[0].id) if seen else None
    return identity(row) if row else abort(404)


def meanwhile(other: Meanwhile) -> str:
    """What a second officer is told when a first one was quicker."""
    if not other.numbers:
        return _("Somebody else was quicker: this has been sent or changed already.")
    return _(
        "Somebody else was quicker and has changed %(numbers)s. Nothing of yours was saved; here "
        "is how it stands now.",
        numbers=", ".join(other.numbers),
    )


def as_seen(desk: Desk, seen: Sequence[Seen]) -> list[Application]:
    """The applications that were ticked, held; Meanwhile when one was changed since."""
    lock_call(desk.session, desk.call_id)
    rows = [application_of_call(desk.session, desk.call_id, one.id, locked=True) for one in seen]
    found = [row for row in rows if row is not None]
    odd = [
        f"{row.number} ({_(STATES[row.prepared or row.state])})"
        for row, one in zip(rows, seen, strict=True)
        if row is not None and row.version != one.version
    ]
    if odd or len(found) < len(seen):
        raise Meanwhile(odd)
    return found


def _prepare(
    save: Saving, desk: Desk, row: Application, decision: str, refusal: str, words: str, reason: str
) -> None:
    save.vendor_id, save.reason = row.vendor_id, reason
    values: dict[str, Any] = {
        "prepared": decision,
        "refusal": refusal if decision == REFUSED else None,
        "decision_words": words or None,
    }
    save.change(row, values, action="decision_prepared", version=row.version)
    if needs_reason(row.state):
        note = ApplicationStep(
            application_id=identity(row),
            at=desk.at,
            from_state=row.state,
            to_state=row.state,
            person_id=desk.person_id,
            note=reason[:600],
        )
        save.add(note, action="decision_prepared")


@blueprint.post("/svetki/<festival_slug>/lemumi/pec-kartibas")
def take_suggestions(festival_slug: str) -> ResponseReturnValue:
    """Prepare for everybody who is not decided yet what the rule suggests, in one go."""
    desk_asked(session(), festival_slug)
    with office_saving() as save:
        desk = desk_asked(save.session, festival_slug, save)
        lock_call(save.session, desk.call_id)
        found = [
            line for line in queue_of(desk).lines if line.suggestion and line.row.state != "asked"
        ]
        for line in found:
            suggestion = line.suggestion
            if suggestion is not None:
                refusal = suggestion.why if suggestion.decision == REFUSED else ""
                _prepare(save, desk, line.row, suggestion.decision, refusal, "", "")
        said = ngettext(
            "%(num)s decision is prepared as the rule suggests. Nobody has been told yet.",
            "%(num)s decisions are prepared as the rule suggests. Nobody has been told yet.",
            len(found),
        )
        return save.done(url_for("office.decisions", festival_slug=festival_slug), said)


@blueprint.post("/svetki/<festival_slug>/lemumi/nost")
def drop_prepared(festival_slug: str) -> ResponseReturnValue:
    """Take prepared decisions back before anybody was told."""
    desk_asked(session(), festival_slug)
    seen = seen_of(request.form.getlist("application"))
    try:
        with office_saving() as save:
            desk = desk_asked(save.session, festival_slug, save)
            for row in as_seen(desk, seen):
                save.vendor_id = row.vendor_id
                values = {"prepared": None, "refusal": None, "decision_words": None}
                if row.state == REFUSED:
                    values.pop("refusal")
                save.change(row, values, action="decision_prepared", version=row.version)
            where = url_for("office.decisions", festival_slug=festival_slug)
            return save.done(where, _("It is undecided again."))
    except Meanwhile as other:
        return decisions_page(desk_asked(session(), festival_slug), meanwhile(other)), 409


@blueprint.get("/svetki/<festival_slug>/lemumi")
def decisions(festival_slug: str) -> ResponseReturnValue:
    """What is prepared, how many of each, and what each letter says; sent from here."""
    return decisions_page(desk_asked(session(), festival_slug))


def decisions_page(desk: Desk, problem: str = "") -> str:
    """The page before sending."""
    queue = queue_of(desk)
    prepared = [line for line in queue.lines if line.row.prepared and may_prepare(line.row.state)]
    suggested = [line for line in queue.lines if line.suggestion and line.row.state != "asked"]
    return render_template(
        "organiser/festival_decisions.html",
        festival=desk.festival,
        call=desk.call,
        prepared=prepared,
        counts=counted(line.row for line in prepared),
        letters={line.row.id: letter_before(desk, line) for line in prepared},
        suggested=suggested,
        suggested_counts={
            key: sum(line.suggestion.decision == key for line in suggested if line.suggestion)
            for key in (ACCEPTED, WAITING, REFUSED)
        },
        untouched=[line for line in queue.lines if line.row.state == "asked"],
        without=[line for line in prepared if not line.row.email],
        problem=problem,
        **words_of_pages(),
    )


def letter_before(desk: Desk, line: Line) -> Written:
    """The letter as it will be sent, but for a place on the waiting list, given when sending."""
    row = line.row
    copy = Application(**row.model_dump())
    if copy.price_cents is None:
        copy.price_cents = price_of(desk.session, desk.call, row, line.facts.places)
    copy.waiting_place = None
    return decision_letter(copy, desk.festival, row.prepared or row.state)


@blueprint.post("/svetki/<festival_slug>/lemumi/sutit")
def send_decisions(festival_slug: str) -> ResponseReturnValue:
    """Send all prepared decisions, as they were seen: states, log and letters, all or nothing."""
    desk_asked(session(), festival_slug)
    seen = seen_of(request.form.getlist("application"))
    try:
        with office_saving() as save:
            desk = desk_asked(save.session, festival_slug, save)
            lock_call(save.session, desk.call_id)
            before = {
                identity(row): row.state for row in applications_of_call(save.session, desk.call_id)
            }
            told = send_prepared(desk, seen)
            for row in told:
                if before[identity(row)] == ACCEPTED and row.state != ACCEPTED:
                    give_back(save, desk.festival, desk.call, row, now().date())
            _note_sent(save, told, before)
            said = ngettext("%(num)s decision is sent.", "%(num)s decisions are sent.", len(told))
            return save.done(url_for("office.calls_out", festival_slug=festival_slug), said)
    except Meanwhile as other:
        return decisions_page(desk_asked(session(), festival_slug), meanwhile(other)), 409


def _note_sent(save: Saving, told: Sequence[Application], before: dict[int, str]) -> None:
    """The log tells each; what people have a letter about is not undone by a button."""
    for row in told:
        save.vendor_id = row.vendor_id
        was, now = {"state": before[identity(row)]}, {"number": row.number, "state": row.state}
        save.tell("decisions_sent", was, now, action="decision_sent")
    save.vendor_id = None


@blueprint.get("/svetki/<festival_slug>/gaidisana")
def waiting_list(festival_slug: str) -> ResponseReturnValue:
    """Who waits, in the order of the rule, and the log of everybody who moved."""
    desk = desk_asked(session(), festival_slug)
    queue = queue_of(desk)
    waiting = [line for line in queue.lines if line.row.state == WAITING]
    return render_template(
        "organiser/festival_waiting.html",
        festival=desk.festival,
        waiting=sorted(waiting, key=lambda line: line.row.waiting_place or 0),
        steps=steps_of_call(desk.session, desk.call_id, waiting_list=True),
        **words_of_pages(),
    )


@blueprint.post("/svetki/<festival_slug>/gaidisana/uz-augsu")
def fill_from_waiting_list(festival_slug: str) -> ResponseReturnValue:
    """Let everybody who fits into what is free now move up, in the order of the list."""
    desk_asked(session(), festival_slug)
    with office_saving() as save:
        desk = desk_asked(save.session, festival_slug, save)
        moved = fill_free_places(desk)
        _note_sent(save, moved, {identity(row): WAITING for row in moved})
        where = url_for("office.waiting_list", festival_slug=festival_slug)
        if not moved:
            return save.done(where, _("Nobody moves up: what is free fits nobody on the list."))
        said = _("Moved up by rule: %(moved)s.", moved=", ".join(row.number for row in moved))
        return save.done(where, said)


@blueprint.get("/svetki/<festival_slug>/zvani")
def calls_out(festival_slug: str) -> ResponseReturnValue:
    """Whom to call about what was decided, because they have no e-mail."""
    desk = desk_asked(session(), festival_slug)
    rows = applications_of_call(desk.session, desk.call_id)
    return render_template(
        "organiser/festival_calls.html",
        festival=desk.festival,
        rows=without_letter(rows, (ACCEPTED, WAITING, REFUSED)),
        told=sum(row.state in (ACCEPTED, WAITING, REFUSED) for row in rows),
        **words_of_pages(),
    )
