"""Closing stalls of a day: rain floods row C at 6:30, and as few as possible shall move.

Three taps on a telephone: open the page, tap the row, tap the button; then publish.
"""

from datetime import date
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.closures import REASONS
from app.database import session
from app.languages import gettext as _
from app.languages import in_language
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.plans_one import plan_asked
from app.pages.organiser.squares import site_asked
from app.planner_process import begin_run, start_process
from app.planning import begin_day, begin_from, placed_now
from app.reopening import begin_opened
from app.sending import Saving
from app.standing_grid import market_days
from app.url_types import day_asked
from market.days.queries import exceptions
from market.places.models import Site
from market.places.queries import sites
from market.planning.closures import spans
from market.planning.from_rows import DayGround, rows_of
from market.planning.hand_queries import call_of_plan, days_of
from market.planning.models import PlanVersion
from market.planning.queries import ground_on, published_of_day, published_of_festival
from vendors.fields import identity

CALM_SECONDS = 10
WHOM = ("accepted", "submitted", "asked", "waiting")


@blueprint.get("/plani/slegt")
def closing() -> ResponseReturnValue:
    """The rows of a day to be tapped, and stalls one by one."""
    found = session()
    base, site, day = _asked(found)
    ground = _ground(found, base, site, day)
    placed = placed_now(found, [ground])
    taken = {number for _day, number in placed}
    zones = {zone.code: in_language(zone.name).text for _spot, _stall, zone in ground.rows}
    return render_template(
        "organiser/plans_closing.html",
        base=base,
        site=site,
        day=day,
        days=_days(found, base, site, day),
        rows=[(key, zones[code], row, numbers) for key, code, row, numbers in rows_of(ground)],
        taken=taken,
        closed=ground.closed,
        may_open=base is not None and base.state == "published" and bool(ground.closed),
        shut=", ".join(spans(ground.closed)),
        reasons=REASONS,
        sites=sites(found),
        problem="",
    )


@blueprint.post("/plani/slegt")
def close_stalls() -> ResponseReturnValue:
    """Make a draft with these stalls closed and ask for a plan that changes as little as it can."""
    chosen = request.form.getlist("rinda")
    single = request.form.getlist("vieta")
    with office_saving() as save:
        found = save.session
        base, site, day = _asked(found)
        ground = _ground(found, base, site, day)
        if request.form.get("atvert"):
            return _open_again(save, base, ground, site)
        numbers = [
            number for key, _code, _row, theirs in rows_of(ground) if key in chosen
            for number in theirs
        ] + [number for number in single if number in ground.numbers]  # fmt: skip
        if not numbers:
            where = url_for("office.closing", **_address(base, site, day))
            return save.done(where, _("Please choose at least one row or stall."))
        closed = {day.isoformat(): dict.fromkeys(numbers, _reason())}
        name = _name(ground, numbers)
        if base is not None:
            plan = begin_from(save, base, name, closed)
        else:
            plan = begin_day(save, site, day, name, closed)
        person = save.account.person
        run = begin_run(
            found, plan, kind="calm", seconds=CALM_SECONDS, whom=WHOM,
            person_id=person.id if person else None,
        )  # fmt: skip
        where = url_for("office.plan_changes", plan_number=plan.id)
        answer = save.done(where, _("The stalls are closed in a draft. The planner has begun."))
        start_process(identity(run))
        return answer


def _open_again(
    save: Saving, base: PlanVersion | None, ground: DayGround, site: Site
) -> ResponseReturnValue:
    """A draft in which whoever stood on closed stalls goes back; nothing is to be planned."""
    if base is None or base.state != "published" or not ground.closed:
        where = url_for("office.closing", **_address(base, site, ground.day))
        return save.done(where, _("Nothing is closed on this day."))
    name = _("Open again: %(what)s", what=", ".join(spans(ground.closed)))[:80]
    plan = begin_opened(save, base, name, ground.day)
    where = url_for("office.plan_changes", plan_number=plan.id)
    return save.done(where, _("A draft with these stalls open is made. Publish it when it is so."))


def _reason() -> str:
    key = request.form.get("iemesls", "rain")
    typed = " ".join(request.form.get("vardi", "").split())[:80]
    return typed or (key if key in REASONS else "other")


def _name(ground: DayGround, numbers: list[str]) -> str:
    """What the draft is called: the rows that are closed, or how many stalls."""
    rows = [row for _key, _code, row, theirs in rows_of(ground) if set(theirs) <= set(numbers)]
    what = _("row %(row)s", row=", ".join(rows)) if rows else ", ".join(sorted(set(numbers))[:6])
    return _("Closed: %(what)s", what=what)[:80]


def _asked(found: Session) -> tuple[PlanVersion | None, Site, date]:
    """From which version, on which site and day: the version of the address, else what stands."""
    places = sites(found)
    site = site_asked(places) or abort(404)
    typed = request.values.get("plans", "")
    base = plan_asked(found, int(typed)) if typed.isdecimal() and len(typed) < 10 else None
    today = now().date()
    if base is None:
        next_days = market_days(found, site, today, 1)
        day = day_asked(request.values.get("diena"), next_days[0] if next_days else today)
        base = _of_festival(found, site, day)
    if base is None:
        base = published_of_day(found, identity(site), day)
    if base is None:
        return None, site, day
    days = days_of(found, base)
    ahead = next((one for one in days if one >= today), days[0])
    day = day_asked(request.values.get("diena"), ahead)
    return base, site, day if day in days else ahead


def _of_festival(found: Session, site: Site, day: date) -> PlanVersion | None:
    """The published plan of the festival that a site has on a day."""
    rows = [one for one in exceptions(found, identity(site), day) if one.day == day]
    festival_id = rows[0].festival_id if rows else None
    return published_of_festival(found, festival_id) if festival_id is not None else None


def _ground(found: Session, base: PlanVersion | None, site: Site, day: date) -> DayGround:
    plan = base or PlanVersion(name="-", site_id=site.id, day=day, made_at=now())
    return ground_on(found, plan, call_of_plan(found, plan), day)


def _days(found: Session, base: PlanVersion | None, site: Site, day: date) -> list[date]:
    if base is not None:
        return days_of(found, base)
    return market_days(found, site, now().date(), 4) or [day]


def _address(base: PlanVersion | None, site: Site, day: date) -> dict[str, Any]:
    return {
        "plans": base.id if base else None,
        "laukums": site.slug,
        "diena": day.isoformat(),
    }
