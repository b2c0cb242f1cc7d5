"""Why everybody got what they got, and what it would cost to grant a wish."""

from collections.abc import Sequence
from datetime import date

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.database import session
from app.languages import LATVIAN, languages, sort_key, speaking
from app.languages import gettext as _
from app.languages import number as number_said
from app.pages.organiser import blueprint
from app.pages.organiser.paper import pdf
from app.pages.organiser.plans import of_what
from app.pages.organiser.plans_one import CHOICES, plan_asked
from app.planned_explained import days_said, explained_of
from app.planner_process import solved
from app.planning import People, people_of, stalls_by_number
from app.planning_aims_said import aim_said
from app.planning_problems import CALM, build, standings
from app.planning_words import listed
from app.url_types import day_asked
from market.planning.from_rows import festival_of
from market.planning.hand_queries import days_of
from market.planning.models import PlanVersion
from market.planning.problem import Festival
from market.planning.queries import grounds_of, last_run
from market.planning.versions import in_order_of_numbers
from market.planning.wish_cost import Cost, cost_of, granting
from vendors.fields import identity

PATIENCE_S = 10.0


@blueprint.get("/plani/<int:plan_number>/paskaidrojumi")
def plan_explained(plan_number: int) -> ResponseReturnValue:
    """A sentence for everybody, or for one (`kas`), day by day; to be printed."""
    found = session()
    plan = plan_asked(found, plan_number)
    people = people_of(found, plan)
    key = request.args.get("kas", "")
    explained = explained_of(found, plan, people, days_of(found, plan), key)
    if key and not any(one.key == key for one in people.by_id.values()):
        abort(404)
    return render_template(
        "organiser/plans_explained.html",
        plan=plan,
        of_what=of_what(found, plan),
        explained=explained,
        one=people.by_key.get(key),
        days=days_of(found, plan),
        days_said=days_said,
    )


@blueprint.get("/plani/<int:plan_number>/paskaidrojumi.pdf")
def plan_explained_pdf(plan_number: int) -> Response:
    """The same on paper, in one of our languages."""
    from app.paper.plan_explained import plan_explained_paper

    found = session()
    plan = plan_asked(found, plan_number)
    asked = request.args.get("valoda", LATVIAN)
    with speaking(asked if asked in languages() else LATVIAN):
        people = people_of(found, plan)
        days = days_of(found, plan)
        explained = explained_of(found, plan, people, days, request.args.get("kas", ""))
        lines = [(_headed(one.person.name, one.days, days), one.sentences) for one in explained]
        return pdf(plan_explained_paper(of_what(found, plan), plan.name, lines), "paskaidrojumi")


def _headed(name: str, told: Sequence[date], days: Sequence[date]) -> str:
    """A name, with the days where the sentences are not those of all days."""
    return name if len(told) == len(days) else f"{name} · {days_said(told)}"


@blueprint.get("/plani/<int:plan_number>/ja-pieskirtu")
def plan_what_if(plan_number: int) -> ResponseReturnValue:
    """What it would cost to grant a wish: who would move or lose, which aim gets worse."""
    found = session()
    plan = plan_asked(found, plan_number)
    people = people_of(found, plan)
    days = days_of(found, plan)
    chosen = day_asked(request.args.get("diena"), date.min)
    key, stall = request.args.get("kas", ""), request.args.get("vieta", "").strip().upper()[:8]
    which = [chosen] if chosen in days else days
    cost, problem = None, ""
    if key and stall:
        cost, problem = _asked_cost(plan, people, which, key, stall)
    return render_template(
        "organiser/plans_what_if.html",
        plan=plan,
        of_what=of_what(found, plan),
        days=days,
        day=chosen,
        key=key,
        stall=stall,
        stalls=sorted(stalls_by_number(grounds_of(found, plan)), key=in_order_of_numbers),
        people=sorted(people.by_key.values(), key=lambda one: sort_key(one.name)),
        cost=cost,
        problem=problem,
        name=people.name,
        when=lambda told: (
            "" if len(told) == len(days) else days_said(map(date.fromisoformat, told))
        ),
        listed=listed,
        aim_words=aim_said,
        number=number_said,
        back=url_for("office.one_plan", plan_number=plan_number, diena=which[0].isoformat())
        if which
        else url_for("office.one_plan", plan_number=plan_number),
    )


def _asked_cost(
    plan: PlanVersion, people: People, which: Sequence[date], key: str, stall: str
) -> tuple[Cost | None, str]:
    """What the planner would do about a wish, or why it cannot be said."""
    festival = _festival_of(plan)
    there = standings(session(), plan)
    now = [
        there[day].now if (day := date.fromisoformat(one.day)) in there else {}
        for one in festival.days
    ]
    if not any(now):
        return None, _("Make a proposal first; then it can be said what a wish would cost.")
    known = {vendor.id for one in festival.days for vendor in one.vendors}
    who = next(
        (one for one, person in people.by_id.items() if person.key == key and one in known), ""
    )
    if not who:
        return None, _("They are not among those whom the last proposal was for.")
    asked = {one.isoformat() for one in which}
    granted = granting(festival, now, who, stall, asked)
    if granted is None:
        return None, _("This stall does not offer what is needed, is closed, or is kept by hand.")
    answers = solved(granted, PATIENCE_S)
    if answers is None:
        return None, _("This could not be found out within %(seconds)s seconds.",
                       seconds=round(PATIENCE_S))  # fmt: skip
    cost = cost_of(festival, now, answers, who, stall, asked)
    if not cost.granted:
        return None, _("This wish cannot be granted whatever the others get.")
    return cost, ""


def _festival_of(plan: PlanVersion) -> Festival:
    """The problems of all days as the rows say them now, asked in the way of the last proposal."""
    run = last_run(session(), identity(plan))
    whom = run.progress.get("whom") if run else None
    states = [str(one) for one in whom] if isinstance(whom, list) else CHOICES["in_question"]
    is_calm = run is not None and run.kind == CALM
    return festival_of(build(session(), plan, calm=is_calm, whom=states))
