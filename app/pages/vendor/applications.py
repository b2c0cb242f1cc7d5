"""Applying for a festival from the own stall, with everything known filled in."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.application_pages import home_page, step_page
from app.application_saving import save_step
from app.application_words import STATES
from app.applying import Applicant, begin, closing_said, is_open
from app.clock import now
from app.database import session
from app.languages import gettext as _
from app.pages.vendor import blueprint, own_vendor, own_vendor_id
from app.sending import saving
from market.days.models import Festival
from market.days.queries import festival_with_slug
from market.festivals import queries
from market.festivals.applying import known_of
from market.festivals.models import Call
from market.festivals.window import window_of
from vendors.fields import identity
from vendors.registry.queries import categories_of


@blueprint.get("/svetki")
def applications() -> ResponseReturnValue:
    """The festivals that call for sellers, and what became of my applications."""
    found, at = session(), now()
    lines = [
        (
            festival,
            window_of(call).state(at),
            closing_said(window_of(call)),
            queries.application_of_vendor(found, identity(call), own_vendor_id()),
        )
        for festival, call in queries.open_calls(found, at.date())
    ]
    return render_template("applying/own.html", lines=lines, states=STATES)


@blueprint.get("/svetki/<festival_slug>")
def application(festival_slug: str) -> ResponseReturnValue:
    """My application for one festival, or how to begin it."""
    festival, call = _call(festival_slug)
    mine = queries.application_of_vendor(session(), identity(call), own_vendor_id())
    if mine is not None:
        return home_page(Applicant(festival, call, mine))
    return render_template(
        "applying/own_begin.html",
        festival=festival,
        call=call,
        is_open=is_open(call),
        window_state=window_of(call).state(now()),
        closes_said=closing_said(window_of(call)),
    )


@blueprint.post("/svetki/<festival_slug>", endpoint="begin_application")
def begin_application(festival_slug: str) -> ResponseReturnValue:
    """Begin it with what the market knows already."""
    festival, call = _call(festival_slug)
    if not is_open(call):
        return redirect(url_for("own.application", festival_slug=festival_slug), 303)
    vendor = own_vendor()
    with saving() as save:
        found = save.session
        taken = [one.category for one in queries.categories(found, identity(call))]
        known = known_of(vendor, categories_of(found, identity(vendor)), taken)
        row = queries.application_of_vendor(found, identity(call), identity(vendor))
        if row is None:
            row = begin(found, festival, call, known, vendor_id=identity(vendor))
            save.tell("application", None, {"number": row.number}, action="application")
        where = Applicant(festival, call, row).address("preces")
        return save.done(where, _("Your draft is kept. What we know is filled in."))


@blueprint.get("/svetki/<festival_slug>/<step>")
def application_step(festival_slug: str, step: str) -> ResponseReturnValue:
    """A step of my application."""
    return step_page(_applicant(festival_slug), step)


@blueprint.post("/svetki/<festival_slug>/<step>", endpoint="save_application_step")
def save_application_step(festival_slug: str, step: str) -> ResponseReturnValue:
    """Keep a step, hand it in, take it back, answer."""
    return save_step(_applicant(festival_slug), step)


def _call(slug: str) -> tuple[Festival, Call]:
    festival = festival_with_slug(session(), slug)
    call = queries.call_of(session(), identity(festival)) if festival else None
    if festival is None or call is None or not call.published:
        abort(404)
    return festival, call


def _applicant(slug: str) -> Applicant:
    festival, call = _call(slug)
    mine = queries.application_of_vendor(session(), identity(call), own_vendor_id())
    return Applicant(festival, call, mine or abort(404))
