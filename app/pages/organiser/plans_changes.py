"""What a version changes: comparing, publishing, whom to call, strips for the stalls."""

from datetime import date

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clock import now
from app.closures import why_said
from app.database import session
from app.languages import gettext as _
from app.languages import ngettext
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.paper import pdf
from app.pages.organiser.plans import of_what
from app.pages.organiser.plans_one import finished_said, plan_asked
from app.plan_publishing import (
    NotNow,
    Told,
    away_on_closed,
    becomes_said,
    publish,
    told_of,
)
from app.planner_process import look_after_runs
from app.planning import people_of, standing_of
from app.url_types import day_asked
from market.planning.hand_queries import days_of
from market.planning.models import PlannerRun, PlanVersion
from market.planning.queries import last_run, versions_like
from market.planning.versions import UNCHANGED, counted, differences


@blueprint.get("/plani/<int:plan_number>/izmainas")
def plan_changes(plan_number: int) -> ResponseReturnValue:
    """Who is new, who moves, who has no place any more; and the button that publishes."""
    return _page(plan_asked(session(), plan_number))


def _page(plan: PlanVersion, refusal: NotNow | None = None) -> str:
    look_after_runs()
    found = session()
    told = told_of(found, plan)
    run = last_run(found, plan.id or 0)
    return render_template(
        "organiser/plans_changes.html",
        plan=plan,
        of_what=of_what(found, plan),
        told=told,
        counts=counted(one.difference for one in told),
        becomes=becomes,
        reasons=reasons_of(plan),
        away=[f"{name} ({number})" for number, name in away_on_closed(found, plan)],
        refusal=refused_said(refusal) if refusal else [],
        days=[day for day in days_of(found, plan) if _concerned(told, day)],
        is_working=run is not None and run.busy is not None,
        plan_told=finished_said(run, people_of(found, plan)) if _went_wrong(plan, run) else "",
    )


def _went_wrong(plan: PlanVersion, run: PlannerRun | None) -> bool:
    """Whether the last run of a draft has left something to be said here."""
    return plan.state == "draft" and run is not None and run.state in ("failed", "cancelled")


def _concerned(told: list[Told], day: date) -> bool:
    return any(day in one.difference.before or day in one.difference.after for one in told)


def becomes(one: Told) -> list[str]:
    """What becomes of somebody, day by day."""
    days = sorted({*one.difference.before, *one.difference.after})
    return [becomes_said(one.difference, day) for day in days]


def reasons_of(plan: PlanVersion) -> list[str]:
    """Why stalls are closed, each reason once."""
    return sorted(
        {why_said(reason) for stalls in plan.closed.values() for reason in stalls.values()}
    )


def refused_said(refusal: NotNow) -> list[str]:
    """Why a plan cannot be published, in sentences with the names concerned."""
    if refusal.reason == "taken":
        return [
            _(
                "%(stall)s was given to %(holder)s by hand meanwhile; "
                "the plan has %(planned)s there.",
                stall=stall, holder=holder, planned=planned,
            )
            for stall, planned, holder in refusal.names
        ]  # fmt: skip
    if refusal.reason == "not_accepted":
        names = ", ".join(one[0] for one in refusal.names)
        return [
            _("These are in the plan and not accepted yet: %(names)s.", names=names),
            _("Decide about their applications and send the decisions first."),
        ]
    if refusal.reason == "off_plan":
        return [
            _("%(vendor)s cannot be put on %(stall)s: the stall or the vendor is gone.",
              stall=stall, vendor=vendor)
            for stall, vendor in refusal.names
        ]  # fmt: skip
    if refusal.reason == "nobody":
        return [_("Nobody stands in this plan from today on.")]
    return [_("This version is no draft any more; somebody has published it meanwhile.")]


@blueprint.post("/plani/<int:plan_number>/publicet")
def publish_plan(plan_number: int) -> ResponseReturnValue:
    """Publish a draft: placements, pages, signs and calendars follow at once."""
    plan_asked(session(), plan_number)
    try:
        with office_saving() as save:
            done = publish(save, plan_number, now().date())
            said = [_("The plan is published: pages, signs and calendars follow it.")]
            if done.letters:
                said.append(
                    ngettext(
                        "%(num)s letter is on its way.",
                        "%(num)s letters are on their way.",
                        done.letters,
                    )
                )
            if done.calls:
                said.append(
                    ngettext(
                        "%(num)s has no e-mail: please call.",
                        "%(num)s have no e-mail: please call.",
                        done.calls,
                    )
                )
            where = url_for("office.plan_changes", plan_number=plan_number)
            return save.done(where, " ".join(said))
    except NotNow as refusal:
        session().expire_all()
        return _page(plan_asked(session(), plan_number), refusal), 409


@blueprint.get("/plani/<int:plan_number>/salidzinat")
def plan_compared(plan_number: int) -> ResponseReturnValue:
    """Two versions side by side: who is new, moves, or has no place any more in this one."""
    found = session()
    plan = plan_asked(found, plan_number)
    others = [one for one in versions_like(found, plan) if one.id != plan.id]
    typed = request.args.get("ar", "")
    other = next((one for one in others if str(one.id) == typed), others[-1] if others else None)
    told = []
    if other is not None:
        people, theirs = people_of(found, plan), people_of(found, other)
        known = {**theirs.by_key, **people.by_key}
        told = [
            Told(known[one.who], one)
            for one in differences(
                standing_of(found, other, theirs), standing_of(found, plan, people)
            )
            if one.who in known
        ]
    return render_template(
        "organiser/plans_compared.html",
        plan=plan,
        other=other,
        others=others,
        of_what=of_what(found, plan),
        told=[one for one in told if one.difference.kind != UNCHANGED],
        counts=counted(one.difference for one in told),
        becomes=becomes,
    )


@blueprint.get("/plani/<int:plan_number>/zvani.pdf")
def plan_calls(plan_number: int) -> Response:
    """The list to call out, for the office's eyes only: it holds telephone numbers."""
    from app.paper.plan_calls import plan_calls_pdf

    plan, day = _with_day(plan_number)
    told = told_of(session(), plan)
    return pdf(
        plan_calls_pdf(told, day, of_what(session(), plan), reasons_of(plan)),
        f"zvani-{plan_number}",
    )


@blueprint.get("/plani/<int:plan_number>/stremeles.pdf")
def plan_strips(plan_number: int) -> Response:
    """Strips to cut and lay on the stalls: whoever stood here stands there."""
    from app.paper.plan_calls import plan_strips_pdf

    plan, day = _with_day(plan_number)
    return pdf(plan_strips_pdf(told_of(session(), plan), day), f"stremeles-{plan_number}")


def _with_day(plan_number: int) -> tuple[PlanVersion, date]:
    plan = plan_asked(session(), plan_number)
    days = days_of(session(), plan)
    day = day_asked(request.args.get("diena"), date.min)
    if not days:
        abort(404)
    return plan, day if day in days else _first_ahead(days)


def _first_ahead(days: list[date]) -> date:
    today = now().date()
    return next((day for day in days if day >= today), days[-1])
