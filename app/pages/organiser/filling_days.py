"""A whole day at once: copied from another day, or filled anew; looked at first, then done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.filling import filling_of
from app.languages import gettext as _
from app.languages import ngettext, on_day
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.stands import View, view_asked
from app.placing import lock_days, put_all
from app.standing_grid import market_days
from app.standing_words import not_put_said
from app.url_types import day_asked
from market.days.attendance import ABSENT
from market.days.queries import presences_on
from market.places.queries import all_numbers, plan_of
from market.standing.filling import Filling, copied
from market.standing.queries import placed_between
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.registry.queries import vendors_by_id

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Told:
    """A filling in words: who would be put where, and what is left as it is and why."""

    puts: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


@blueprint.get("/vietas/kopet")
def copying() -> ResponseReturnValue:
    """What copying one day (`no`) to another (`uz`) would do."""
    found = session()
    view, source, target = _days_asked(found)
    told = _told(found, copy_of(found, view, source, target))
    return render_template(
        "organiser/copying.html", view=view, source=source, target=target, told=told
    )


@blueprint.post("/vietas/kopet")
def copy_day() -> ResponseReturnValue:
    """Put whoever stands on a stall one day (`no`) there on another day (`uz`) as well."""
    with office_saving() as save:
        view, source, target = _days_asked(save.session)
        lock_days(save.session, [target])
        number = put_all(save, copy_of(save.session, view, source, target))
        return save.done(_back(view, target), _put_said(number, target))


@blueprint.get("/vietas/aizpildit")
def filling() -> ResponseReturnValue:
    """What filling a day anew would do."""
    found = session()
    view = view_asked(found)
    told = _told(found, filling_of(found, identity(view.site), view.day))
    return render_template("organiser/filling.html", view=view, told=told)


@blueprint.post("/vietas/aizpildit")
def fill_day() -> ResponseReturnValue:
    """Put the holders who are not on their stalls of a day there, where these are free."""
    with office_saving() as save:
        view = view_asked(save.session)
        lock_days(save.session, [view.day])
        number = put_all(save, filling_of(save.session, identity(view.site), view.day))
        return save.done(_back(view, view.day), _put_said(number, view.day))


def _days_asked(found: Session) -> tuple[View, date, date]:
    """The day that is copied and the one it is copied to: a week earlier, unless it is said."""
    view = view_asked(found)
    target = day_asked(request.values.get("uz"), _next_day(found, view))
    return view, day_asked(request.values.get("no"), view.day), target


def _next_day(found: Session, view: View) -> date:
    after = max(view.day, now().date()) + timedelta(days=1)
    return next(iter(market_days(found, view.site, after, 1)), view.day + WEEK)


def copy_of(found: Session, view: View, source: date, target: date) -> Filling:
    """What copying a day of a site to another would do."""
    spots = plan_of(found, identity(view.site), source)
    of_site = {identity(stall) for _spot, stall, _zone in spots}
    held = placed_between(found, source, source)
    states = presences_on(found, target)
    return copied(
        target,
        {row.stall_id: vendor for row, vendor in held if row.stall_id in of_site},
        on_plan={identity(stall) for _s, stall, _z in plan_of(found, identity(view.site), target)},
        taken={row.stall_id: row.vendor_id for row, _v in placed_between(found, target, target)},
        away={vendor_id for vendor_id, state in states.items() if state == ABSENT},
    )


def _told(found: Session, done: Filling) -> Told:
    ids = {one.vendor_id for one in done.put} | {one.vendor_id for one in done.not_put}
    ids |= {one.by for one in done.not_put if one.by is not None}
    vendors: Mapping[int, Vendor] = {identity(one): one for one in vendors_by_id(found, ids)}
    numbers = {stall_id: number for number, stall_id in all_numbers(found).items()}
    return Told(
        tuple((numbers[one.stall_id], vendors[one.vendor_id].name) for one in done.put),
        tuple(not_put_said(one, vendors, numbers) for one in done.not_put),
    )


def _put_said(number: int, day: date) -> str:
    if not number:
        return _("Nobody was to be put; everything stays as it was.")
    return ngettext(
        "%(num)s place was filled %(day)s.",
        "%(num)s places were filled %(day)s.",
        number,
        day=on_day(day),
    )


def _back(view: View, day: date) -> str:
    return url_for("office.standing", diena=day.isoformat(), laukums=view.site.slug)
