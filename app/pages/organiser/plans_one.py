"""One version of a plan: who stands where, what the planner says, and the planner at work."""

from datetime import UTC, date, datetime
from typing import Any

from flask import abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.aims_said import aims_said
from app.database import session
from app.forms import read_form, typed_texts
from app.languages import N_
from app.languages import gettext as _
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.plans import of_what
from app.plan_pages import answer_of, days_shown, drawings_of
from app.plan_publishing import changes_of_version, published_said
from app.planner_process import (
    SECONDS,
    Working,
    begin_run,
    look_after_runs,
    real_moment,
    start_process,
)
from app.planning import BY_BUTTON, People, begin_from, people_of
from app.planning_faults_said import failure_said
from app.planning_words import sentences_of
from app.sending import version_sent
from app.url_types import day_asked
from market.planning.kept_answers import answer_from_json
from market.planning.models import PlannerRun, PlanVersion, PlanVersionFields
from market.planning.queries import last_run, plan_with_number, versions_like
from market.planning.versions import counted, next_name
from vendors.fields import identity

CHOICES = {
    "accepted": ("accepted",),
    "in_question": ("submitted", "asked", "accepted"),
    "waiting": ("submitted", "asked", "accepted", "waiting"),
}
"""Whose applications count in a proposal."""

NOTES = {
    "wish_off_plan": N_("%(who)s: %(stalls)s cannot be wished on this day."),
    "pin_off_plan": N_("%(who)s was put on %(stalls)s by hand, which is not given on this day."),
    "own_off_plan": N_("%(who)s holds %(stalls)s, which is not given on this day."),
    "split": N_("%(who)s stands on %(stalls)s, not side by side; that was left as it is."),
}


def plan_asked(found: Session, plan_number: int, *, locked: bool = False) -> PlanVersion:
    """The version of an address."""
    return plan_with_number(found, plan_number, locked=locked) or abort(404)


@blueprint.get("/plani/<int:plan_number>")
def one_plan(plan_number: int) -> ResponseReturnValue:
    """A version: one day by rows, by names and on the plan, and what the planner reached."""
    look_after_runs()
    found = session()
    plan = plan_asked(found, plan_number)
    people = people_of(found, plan)
    days = days_shown(found, plan, people)
    chosen = day_asked(request.args.get("diena"), date.min)
    day = next((one for one in days if one.day == chosen), days[0] if days else None)
    run = last_run(found, plan_number)
    kept = answer_from_json(answer_of(plan, day.day)) if day else None
    return render_template(
        "organiser/plans_one.html",
        plan=plan,
        of_what=of_what(found, plan),
        published=published_said(plan),
        days=days,
        day=day,
        run=run,
        progress=progress_of(run),
        told=finished_said(run, people),
        is_refreshing=run is not None and run.busy is not None,
        refused=_refused(people, kept, day.day) if kept and day else [],
        aims=aims_said(kept.aims) if kept else [],
        is_complete=kept.complete if kept else True,
        notes=notes_said(plan, people, day.day) if day else [],
        counts=counted(changes_of_version(found, plan, people)) if plan.state != "earlier" else {},
        versions=[one for one in versions_like(found, plan) if one.id != plan.id],
        drawings=drawings_of(found, plan, day) if day and request.args.get("plans") else [],
        seconds=SECONDS,
    )


def _refused(people: People, kept: Any, day: date) -> list[tuple[Any, list[str]]]:
    """Who has no place on a day, with the sentences that say why."""
    names = {key: one.name for key, one in people.by_id.items()}
    return [
        (people.by_id[one.vendor], sentences_of(one, names))
        for one in kept.refused
        if one.vendor in people.by_id
    ]


def notes_said(plan: PlanVersion, people: People, day: date) -> list[str]:
    """What was left out of somebody's rows so that the day could be planned."""
    kept = plan.problems.get("notes", [])
    return [
        _(NOTES[one["code"]], who=people.name(one["who"]), stalls=", ".join(one["stalls"]))
        for one in (kept if isinstance(kept, list) else [])
        if one["day"] == day.isoformat() and one["code"] in NOTES
    ]


def progress_of(run: PlannerRun | None) -> str:
    """How far the planner is, in one sentence."""
    if run is None or run.busy is None:
        return ""
    if run.cancel_asked:
        return _("The planner is being stopped.")
    if run.started_at is None or "aim" not in run.progress:
        return _("The planner begins.")
    begun = run.started_at if run.started_at.tzinfo else run.started_at.replace(tzinfo=UTC)
    seconds = max(0, round((real_moment() - begun).total_seconds()))
    return _(
        "The planner works: step %(number)s of %(count)s, for %(seconds)s of at most %(most)s s.",
        number=run.progress.get("number", 0),
        count=run.progress.get("count", 0),
        seconds=seconds,
        most=run.seconds,
    )


def finished_said(run: PlannerRun | None, people: People) -> str:
    """How the last run has ended, in one sentence; nothing where there is none or it works."""
    if run is None or run.busy is not None:
        return ""
    if run.state == "cancelled":
        return _("The planner was stopped; the draft is as it was.")
    if run.state == "failed":
        return _failed_said(run.error, people)
    meanwhile = run.progress.get("meanwhile", [])
    if isinstance(meanwhile, list) and meanwhile:
        who = ", ".join(people.name(str(one)) for one in meanwhile)
        return _(
            "The proposal is written. Somebody placed by hand meanwhile, so these wait for the "
            "next proposal: %(who)s.",
            who=who,
        )
    took = (run.ended_at or datetime.min) - (run.started_at or datetime.min)
    return _("The proposal is written; it took %(seconds)s s.", seconds=round(took.total_seconds()))


def _failed_said(error: str, people: People) -> str:
    if error == "gone":
        return _("The planner was cut off, and nothing was changed. Please start it again.")
    if error in ("no_draft", "plan_gone"):
        return _("The draft was published or taken away meanwhile; the proposal was not written.")
    if error == "too_long":
        return _("The planner did not come to an end in its time, and nothing was changed.")
    names = {known: one.name for known, one in people.by_id.items()}
    return _("This cannot be planned: %(why)s", why=failure_said(error, names))


@blueprint.get("/plani/<int:plan_number>/darbs.json")
def plan_progress(plan_number: int) -> ResponseReturnValue:
    """How far the planner is, for the page that is open."""
    look_after_runs()
    found = session()
    plan_asked(found, plan_number)
    run = last_run(found, plan_number)
    return jsonify(
        run=run.id if run else 0,
        busy=run is not None and run.busy is not None,
        state=run.state if run else "",
        said=progress_of(run),
    )


@blueprint.post("/plani/<int:plan_number>/piedavajums")
def propose_plan(plan_number: int) -> ResponseReturnValue:
    """Ask the planner for a proposal; it works in a process of its own."""
    plan_asked(session(), plan_number)
    typed = request.form.get("seconds", "")
    seconds = int(typed) if typed in {str(one) for one in SECONDS} else SECONDS[1]
    kind = "calm" if request.form.get("kind") == "calm" else "proposal"
    whom = CHOICES.get(request.form.get("whom", ""), CHOICES["in_question"])
    with office_saving() as save:
        plan = plan_asked(save.session, plan_number, locked=True)
        where = url_for("office.one_plan", plan_number=plan_number)
        if plan.state != "draft":
            return save.done(where, _("Only a draft can be planned. Make one from this version."))
        person = save.account.person
        try:
            run = begin_run(
                save.session, plan, kind=kind, seconds=seconds, whom=whom,
                person_id=person.id if person else None,
            )  # fmt: skip
        except Working:
            return save.done(where, _("The planner works on this draft already."))
        answer = save.done(where, _("The planner has begun."))
        start_process(identity(run))
        return answer


@blueprint.post("/plani/<int:plan_number>/partraukt")
def stop_planner(plan_number: int) -> ResponseReturnValue:
    """Stop the planner that works on a draft; the draft stays as it was."""
    plan_asked(session(), plan_number)
    with office_saving() as save:
        run = last_run(save.session, plan_number)
        where = url_for("office.one_plan", plan_number=plan_number)
        if run is None or run.busy is None:
            return save.done(where, _("The planner does not work any more."))
        run.cancel_asked = True
        save.session.add(run)
        return save.done(where, _("The planner stops."))


@blueprint.post("/plani/<int:plan_number>/nosaukums")
def name_plan(plan_number: int) -> ResponseReturnValue:
    """Give a version another name and a note."""
    plan_asked(session(), plan_number)
    typed = typed_texts("name", "note")
    form = read_form(PlanVersionFields, dict(typed), typed)
    with office_saving() as save:
        plan = plan_asked(save.session, plan_number)
        where = url_for("office.one_plan", plan_number=plan_number)
        if form.errors:
            return save.done(where, _("The name was not changed: it has 1 to 80 letters."))
        save.change(plan, form.values, action="plan_named", version=version_sent())
        return save.done(where, _("Saved."))


@blueprint.post("/plani/<int:plan_number>/no-tas")
def plan_from(plan_number: int) -> ResponseReturnValue:
    """A new draft like this version: to go on from it, or to go back to it."""
    base = plan_asked(session(), plan_number)
    with office_saving() as save:
        base = plan_asked(save.session, plan_number)
        names = [one.name for one in versions_like(save.session, base)]
        plan = begin_from(save, base, next_name(base.name, names))
        return save.done(url_for("office.one_plan", plan_number=plan.id), _("The draft is begun."))


@blueprint.post("/plani/<int:plan_number>/nonemt")
def drop_plan(plan_number: int) -> ResponseReturnValue:
    """Take a draft away; what was published stays for ever."""
    plan_asked(session(), plan_number)
    with office_saving() as save:
        plan = plan_asked(save.session, plan_number, locked=True)
        if plan.state != "draft":
            abort(409)
        run = last_run(save.session, plan_number)
        if run is not None and run.busy is not None:
            where = url_for("office.one_plan", plan_number=plan_number)
            return save.done(where, _("Stop the planner first."))
        save.source = BY_BUTTON
        save.remove(plan, action="plan_dropped")
        return save.done(url_for("office.plans"), _("The draft is taken away."))
