"""Pages for what went wrong: plain, in the reader's language, and saying what to do."""

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.languages import LATVIAN, languages, speak
from app.languages import gettext as _

RETRY_AFTER_S = 5


def prepare_errors(app: Flask) -> None:
    """Answer every error with a page, or with `application/problem+json` where JSON is wanted."""
    app.register_error_handler(HTTPException, _refuse)
    app.register_error_handler(DBAPIError, _without_database)
    app.register_error_handler(PoolTimeout, _without_database)
    app.register_error_handler(Exception, _own_fault)


def _refuse(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    return _page(error.code or 500)


def _without_database(error: Exception) -> ResponseReturnValue:
    current_app.logger.warning("the database does not answer: %s", type(error).__name__)
    return _page(503)


def _own_fault(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("unexpected %s", type(error).__name__)
    return _page(500)


def _page(status: int) -> ResponseReturnValue:
    headers = {"Cache-Control": "no-store"}
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    first_part = request.path.split("/")[1]
    speak(first_part if first_part in languages() else LATVIAN)
    if _wants_json():
        problem = jsonify(type="about:blank", title=_title(status), status=status)
        return problem, status, {**headers, "Content-Type": "application/problem+json"}
    return render_template("error.html", status=status), status, headers


def _wants_json() -> bool:
    accepted = request.accept_mimetypes
    return request.path.startswith("/api/") or (
        accepted["application/json"] > accepted["text/html"]
    )


def _title(status: int) -> str:
    """The same short words as on the page; programs read Latvian or English by the address."""
    if status == 404:
        return _("There is no such page")
    if status == 503:
        return _("Please try again in a moment")
    return _("This cannot be done") if status < 500 else _("Something went wrong on our side")
