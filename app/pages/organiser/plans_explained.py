"""Why everybody got what they got, and what it would cost to grant a wish."""

from collections.abc import Sequence
from datetime import date

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.database import session
from app.languages import LATVIAN, languages, speaking
from app.languages import gettext as _
from app.languages import number as number_said
from app.pages.organiser import blueprint
from app.pages.organiser.paper import pdf
from app.pages.organiser.plans import of_what
from app.pages.organiser.plans_one import CHOICES, plan_asked
from app.plan_pages import answer_of
from app.planned_explained import days_said, explained_of
from app.planner_process import solved
from app.planning import People, people_of
from app.planning_aims_said import aim_said
from app.planning_problems import CALM, build
from app.url_types import day_asked
from market.planning.answer import Answer
from market.planning.hand_queries import days_of
from market.planning.kept_answers import answer_from_json
from market.planning.models import PlanVersion
from market.planning.problem import Festival, Problem
from market.planning.queries import last_run
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
    day = day_asked(request.args.get("diena"), days[0] if days else date.min)
    key, stall = request.args.get("kas", ""), request.args.get("vieta", "").strip().upper()[:8]
    cost, problem = None, ""
    if key and stall and day in days:
        cost, problem = _asked_cost(plan, people, day, key, stall)
    return render_template(
        "organiser/plans_what_if.html",
        plan=plan,
        of_what=of_what(found, plan),
        days=days,
        day=day,
        key=key,
        stall=stall,
        people=sorted(people.by_key.values(), key=lambda one: one.name.casefold()),
        cost=cost,
        problem=problem,
        name=people.name,
        aim_words=aim_said,
        number=number_said,
        back=url_for("office.one_plan", plan_number=plan_number, diena=day.isoformat()),
    )


def _asked_cost(
    plan: PlanVersion, people: People, day: date, key: str, stall: str
) -> tuple[Cost | None, str]:
    kept = answer_from_json(answer_of(plan, day))
    if not kept.placements:
        return None, _("Make a proposal first; then it can be said what a wish would cost.")
    problem = _problem_of(plan, day)
    known_as = next((one for one, person in people.by_id.items() if person.key == key
                     and problem is not None and one in problem.vendor_by_id), "")  # fmt: skip
    pinned = granting(problem, kept, known_as, stall) if problem is not None else None
    if pinned is None:
        return None, _("This stall does not offer what is needed, is closed, or is kept by hand.")
    return _cost(kept, pinned, known_as, stall)


def _problem_of(plan: PlanVersion, day: date) -> Problem | None:
    """The problem of a day as the rows say it now, asked in the way of the last proposal."""
    run = last_run(session(), identity(plan))
    whom = run.progress.get("whom") if run else None
    states = [str(one) for one in whom] if isinstance(whom, list) else CHOICES["in_question"]
    is_calm = run is not None and run.kind == CALM
    built = build(session(), plan, calm=is_calm, whom=states)
    return next((one.problem for one in built if one.problem.day == day.isoformat()), None)


def _cost(kept: Answer, pinned: Problem, vendor: str, stall: str) -> tuple[Cost | None, str]:
    answers = solved(Festival((pinned,)), PATIENCE_S)
    if answers is None:
        return None, _("This could not be found out within %(seconds)s seconds.",
                       seconds=round(PATIENCE_S))  # fmt: skip
    cost = cost_of(kept, answers[0], vendor, stall)
    if not cost.granted:
        return None, _("This wish cannot be granted whatever the others get.")
    return cost, ""
