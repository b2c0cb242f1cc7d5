"""What is public as data: JSON under `/api/v1/` with its description, CSV under `/dati/`.

Everything here is public already, so any page of the world may read it: it is the only place
that answers with `Access-Control-Allow-Origin: *`.
"""

from datetime import timedelta
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    make_response,
    render_template,
    request,
)

from app.api.asking import Asked, QuestionError, understood
from app.api.description import PROBLEM, description
from app.api.resources import EVENTS, PARISHES, STALLS, VENDORS, Resource
from app.api.shapes import Listed, Problem, Shape
from app.api.tables import TABLES
from app.api.vendors import shapes_of
from app.clock import now
from app.database import session
from app.kept_pages import keep
from app.languages import gettext as _
from app.tables.files import csv_bytes
from vendors.registry.queries import vendor_with_slug

blueprint = Blueprint("data", __name__)

CSV_FILES = {table.name: table for table in TABLES}


@blueprint.get("/api/v1/stalls")
def stalls() -> Response:
    """The stalls of a day."""
    return _part_of_list(STALLS)


@blueprint.get("/api/v1/vendors")
def vendors() -> Response:
    """The vendors and their goods."""
    return _part_of_list(VENDORS)


@blueprint.get("/api/v1/events")
def events() -> Response:
    """The programme."""
    return _part_of_list(EVENTS)


@blueprint.get("/api/v1/parishes")
def parishes() -> Response:
    """Parishes and towns."""
    return _part_of_list(PARISHES)


@blueprint.get("/api/v1/vendors/<slug>")
def vendor(slug: str) -> Response:
    """One vendor."""
    row = vendor_with_slug(session(), slug)
    if row is None:
        abort(404)
    [shape] = shapes_of(session(), [row], now().date())
    return keep(_json(shape))


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """The description of the interface."""
    told = description(current_app.config["PUBLIC_URL"])
    answer = Response(current_app.json.dumps(told, sort_keys=False), mimetype="application/json")
    return keep(answer, by_the_minute=False)


@blueprint.get("/dati/<name>.csv")
def table(name: str) -> Response:
    """A list as CSV, all of it, with the same parameters."""
    found = CSV_FILES.get(name)
    if found is None:
        abort(404)
    asked = understood(found.resource.asks, request.args)
    items, _total = found.resource.find(session(), asked, now().date(), slice(None))
    answer = Response(csv_bytes(found.columns, found.rows(items)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="tukuma-tirgus-{name}.csv"'
    return _kept(answer, asked)


@blueprint.get("/dati/", defaults={"language": "lv"})
@blueprint.get("/<language:language>/dati/")
def page() -> Response:
    """Which data there are, for people."""
    tomorrow = now().date() + timedelta(days=1)
    return keep(
        make_response(render_template("visitor/data.html", tables=TABLES, tomorrow=tomorrow))
    )


def _part_of_list(resource: Resource) -> Response:
    asked = understood(resource.asks, request.args)
    items, total = resource.find(session(), asked, now().date(), asked.part)
    whole: Listed[Any] = Listed[resource.item](items=items, total=total)  # type: ignore[name-defined]
    return _kept(_json(whole), asked)


def _kept(answer: Response, asked: Asked) -> Response:
    return answer if asked.has_free_text() else keep(answer)


def _json(shape: Shape, status: int = 200, kind: str = "application/json") -> Response:
    return Response(shape.model_dump_json(), status, mimetype=kind)


@blueprint.errorhandler(QuestionError)
def explain(wrong: QuestionError) -> Response:
    """Which parameters cannot be understood, and why."""
    problem = Problem(
        title=_("The question cannot be understood"),
        status=400,
        detail=" ".join(f"{error.parameter}: {error.detail}" for error in wrong.errors),
        errors=wrong.errors,
    )
    answer = _json(problem, 400, PROBLEM)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.after_request
def open_to_all(answer: Response) -> Response:
    """Let every page of the world read the data, but frame or run nothing."""
    if answer.mimetype != "text/html":
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        g.policy = "default-src 'none'; frame-ancestors 'none'"
    return answer
