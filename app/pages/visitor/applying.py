"""Applying as a stranger: without an account, at an address of one's own.

Whoever knows the address may read and change the application, so nobody else is told it: these
pages are kept by nobody in between, found by no search engine, and name themselves to no other.
"""

from flask import Response, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.application_forms import kinds, parishes, read_who
from app.application_pages import home_page, step_page
from app.application_saving import save_step
from app.applying import (
    KEY_LENGTH,
    Applicant,
    Keeping,
    begin,
    closing_said,
    digest_of_key,
    is_open,
    make_key,
    may_begin,
    post_letter,
)
from app.clock import moment
from app.database import database, session
from app.forms import Form
from app.pages.visitor import blueprint
from app.security import private_policy
from app.sending import LONGEST_KEY, SHORTEST_KEY
from market.days.models import Festival
from market.days.queries import festival_with_slug
from market.festivals import queries
from market.festivals.models import Call
from market.festivals.window import window_of
from vendors.fields import identity


@blueprint.get("/svetki/<slug>/pieteikties")
def apply(slug: str) -> ResponseReturnValue:
    """The first short form of an application, when the call is open."""
    festival, call = _call(slug)
    return _first_page(festival, call, Form())


@blueprint.post("/svetki/<slug>/pieteikties", endpoint="begin_application")
def begin_application(slug: str) -> ResponseReturnValue:
    """Begin a draft and lead to its own address; the same form again leads to the same one."""
    festival, call = _call(slug)
    if not is_open(call):
        return _first_page(festival, call, Form(), 422)
    sent = request.form.get("idempotency_key", "")
    if not SHORTEST_KEY <= len(sent) <= LONGEST_KEY or not sent.isalnum():
        abort(422)
    key = make_key(sent)
    form = read_who()
    if form.errors:
        return _first_page(festival, call, form, 422)
    with database().writing() as writing:
        known = queries.application_with_key(writing, digest_of_key(key))
        if known is None:
            if not may_begin(writing, moment()):
                writing.commit()
                abort(429)
            row = begin(writing, festival, call, form.values, key=key)
            applicant = Applicant(festival, call, row, key)
            post_letter(Keeping(writing), applicant, row, "started")
            writing.commit()
    return _private(redirect(url_for("visitor.application", key=key, saglabats=1), 303))


@blueprint.get("/pieteikums/<key>")
def application(key: str) -> ResponseReturnValue:
    """The application at its own address."""
    return _private(home_page(_applicant(key)))


@blueprint.get("/pieteikums/<key>/<step>")
def application_step(key: str, step: str) -> ResponseReturnValue:
    """A step of it."""
    return _private(step_page(_applicant(key), step))


@blueprint.post("/pieteikums/<key>/<step>", endpoint="save_application_step")
def save_application_step(key: str, step: str) -> ResponseReturnValue:
    """Keep a step, hand it in, take it back, answer."""
    return _private(save_step(_applicant(key), step))


def _call(slug: str) -> tuple[Festival, Call]:
    festival = festival_with_slug(session(), slug)
    call = queries.call_of(session(), identity(festival)) if festival else None
    if festival is None or call is None or not call.published:
        abort(404)
    return festival, call


def _applicant(key: str) -> Applicant:
    """The application of an address; of an unknown one nothing is said."""
    if len(key) != KEY_LENGTH:
        abort(404)
    found = session()
    row = queries.application_with_key(found, digest_of_key(key))
    if row is None:
        abort(404)
    call = found.get_one(Call, row.call_id)
    return Applicant(queries.festival_of(found, call), call, row, key)


def _first_page(
    festival: Festival, call: Call, form: Form, status: int = 200
) -> ResponseReturnValue:
    window = window_of(call)
    page = render_template(
        "applying/begin.html",
        form=form,
        festival=festival,
        call=call,
        is_open=is_open(call),
        kinds=kinds(),
        parishes=parishes(),
        closes_said=closing_said(window),
    )
    return _private((page, status))


def _private(answer: ResponseReturnValue) -> Response:
    g.policy = private_policy()
    response = make_response(answer)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
