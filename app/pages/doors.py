"""Addresses without a language: the front door, a sign's code, and the operator's questions."""

import os

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.database import database, session
from app.kept_pages import keep
from app.pages.visitor.sign import sign_page
from market.places.queries import stall_with_number
from market.signs.codes import normalised, problem_of
from market.signs.models import Sign
from market.signs.queries import sign_with_code, signs_of_stalls
from vendors.registry.queries import vendor_with_slug
from vendors.stories.illustration import draw

blueprint = Blueprint("doors", __name__)

LONGEST_TYPED = 40
DAY_S = 24 * 60 * 60


@blueprint.get("/")
def front_door() -> ResponseReturnValue:
    """Latvian is the language of the front door."""
    return redirect(url_for("visitor.today", language="lv"))


@blueprint.get("/static/<path:name>")
def static_file(name: str) -> ResponseReturnValue:
    """The address of a file; WhiteNoise answers before a request gets here."""
    return Response(f"{name}: no such file", 404, mimetype="text/plain")


@blueprint.get("/s/<code>", defaults={"language": "lv"}, endpoint="sign_in_small_letters")
@blueprint.get("/<language:language>/s/<code>", endpoint="sign_in_small_letters")
@blueprint.get("/S/<code>", defaults={"language": "lv"})
@blueprint.get("/<language:language>/S/<code>")
def sign(code: str) -> ResponseReturnValue:
    """What the sign with this code answers now; a mistyped code never opens another stall."""
    found = sign_with_code(session(), code)
    if found is not None:
        return sign_page(found)
    return _not_understood(code), 404


@blueprint.get("/S", defaults={"language": "lv"})
@blueprint.get("/<language:language>/S")
def sign_field() -> ResponseReturnValue:
    """A field for the code under a sign, or for a stall's number."""
    typed = request.args.get("kods", "")[:LONGEST_TYPED]
    if not typed.strip():
        return render_template("visitor/sign_field.html", typed="", problem=None)
    found = sign_with_code(session(), typed) or _sign_of_stall(typed)
    if found is not None:
        return redirect(url_for("doors.sign", code=found.code))
    return _not_understood(typed)


def _sign_of_stall(typed: str) -> Sign | None:
    """The sign of a stall's number; what is almost a code is not taken for a number."""
    if problem_of(typed) == "check":
        return None
    stall = stall_with_number(session(), normalised(typed))
    if stall is None or stall.id is None:
        return None
    return signs_of_stalls(session(), [stall.id]).get(stall.id)


def _not_understood(typed: str) -> str:
    problem = problem_of(typed) or "unknown"
    return render_template("visitor/sign_field.html", typed=typed[:LONGEST_TYPED], problem=problem)


@blueprint.get("/attels/<slug>.svg")
def drawing(slug: str) -> ResponseReturnValue:
    """The drawing of a vendor's farm, made by our own code."""
    vendor = vendor_with_slug(session(), slug)
    if vendor is None:
        abort(404)
    try:
        picture = draw(vendor.scene, vendor.subject, vendor.slug)
    except ValueError:
        abort(404)
    response = keep(Response(picture, mimetype="image/svg+xml"), by_the_minute=False)
    response.headers["Cache-Control"] = f"public, max-age={DAY_S}"
    return response


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """The database answers too."""
    if database().answers():
        return Response("ok\n", mimetype="text/plain")
    return Response("the database does not answer\n", 503, mimetype="text/plain")


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    """What this worker has served and still has to write down, in the words of Prometheus."""
    served = current_app.extensions["kept_pages"].served
    waiting = current_app.extensions["openings"].waiting()
    worker = f'worker="{os.getpid()}"'
    lines = [
        "# HELP market_pages_total Public pages served by this worker since it started.",
        "# TYPE market_pages_total counter",
        *(f'market_pages_total{{{worker},how="{how}"}} {number}' for how, number in served.items()),
        "# HELP market_openings_waiting Openings that this worker has not yet written.",
        "# TYPE market_openings_waiting gauge",
        f"market_openings_waiting{{{worker}}} {waiting}",
    ]
    text = Response("\n".join(lines) + "\n", mimetype="text/plain")
    text.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    text.headers["Cache-Control"] = "no-store"
    return text
