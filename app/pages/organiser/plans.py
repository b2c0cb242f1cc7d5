"""Plans of festivals and of market days: all versions, and beginning a draft."""

from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.forms import read_form, typed_texts
from app.languages import N_, long_day
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.plan_publishing import name_of_what, published_said
from app.planning import begin_day, begin_festival
from app.standing_grid import market_days
from app.url_types import day_asked
from market.days.models import Festival
from market.places.models import Site
from market.places.queries import sites
from market.planning.models import PlanVersion, PlanVersionFields
from market.planning.queries import festivals_with_call, plans

DOOR = Door(
    "office.plans",
    N_("Plans"),
    N_("Who gets which stall: proposals, versions, closing a row when it rains"),
    group="planning",
    place=5,
)

NEXT_DAYS = 6


@dataclass(frozen=True)
class Listed:
    """A version in the list: what it is for, its days in words, when it was published."""

    plan: PlanVersion
    of_what: str
    published: object


@blueprint.get("/plani", endpoint="plans")
def all_plans() -> ResponseReturnValue:
    """All versions of all plans, and what a new draft can be for."""
    found = session()
    places = sites(found)
    today = now().date()
    listed = [Listed(one, of_what(found, one), published_said(one)) for one in plans(found)]
    days = market_days(found, places[0], today, NEXT_DAYS) if places else []
    return render_template(
        "organiser/plans.html",
        groups=_grouped(listed),
        festivals=[one for one, _call in festivals_with_call(found) if one.last_day >= today],
        sites=places,
        days=days,
        today=today,
        is_open_today=bool(days) and days[0] == today,
    )


def _grouped(listed: list[Listed]) -> list[tuple[str, list[Listed]]]:
    groups: dict[str, list[Listed]] = {}
    for one in listed:
        groups.setdefault(one.of_what, []).append(one)
    return list(groups.items())


def of_what(found: Session, plan: PlanVersion) -> str:
    """What a plan is for in words: the festival, or the site and the day."""
    name = name_of_what(found, plan)
    return name if plan.day is None else f"{name}, {long_day(plan.day)}"


@blueprint.post("/plani")
def begin_plan() -> ResponseReturnValue:
    """Begin a draft for a festival, or for a day of a site."""
    chosen = request.form.get("par", "")
    name = read_form(PlanVersionFields, {"name": typed_texts("name")["name"][:80] or "-"})
    with office_saving() as save:
        title = name.values["name"] if not name.errors else "-"
        if chosen.startswith("f"):
            festival = save.session.get(Festival, _number(chosen[1:])) or abort(422)
            plan = begin_festival(save, festival, _named(title, save.session, None))
        else:
            site, day = _site_and_day(save.session)
            plan = begin_day(save, site, day, _named(title, save.session, day))
        where = url_for("office.one_plan", plan_number=plan.id)
        return save.done(where, _("The draft is begun."))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _site_and_day(found: Session) -> tuple[Site, date]:
    places = {one.slug: one for one in sites(found)}
    site = places.get(request.form.get("laukums", "")) or next(iter(places.values()), None)
    day = day_asked(request.form.get("diena"), date.min)
    if site is None or day == date.min:
        abort(422)
    return site, day


def _named(typed: str, found: Session, day: date | None) -> str:
    """The name that was typed, or the number of the version."""
    if typed != "-":
        return typed
    count = len([one for one in plans(found) if one.day == day]) + 1
    return _("Version %(number)s", number=count)
