"""Pages for what went wrong: plain, in the reader's language, and saying what to do."""

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.changes import Stale
from app.languages import LATVIAN, languages, long_day, speak
from app.languages import gettext as _
from app.placing import Taken, Unplaceable
from app.sending import AlreadySent, Refused, answer_to, wants_json

RETRY_AFTER_S = 5
SECRET_FIELDS = ("card", "pin", "key", "code", "password", "totp")


def prepare_errors(app: Flask) -> None:
    """Answer every error with a page, or with `application/problem+json` where JSON is wanted."""
    app.register_error_handler(HTTPException, _refuse)
    app.register_error_handler(AlreadySent, lambda error: answer_to(error.form))
    app.register_error_handler(Refused, _refuse_form)
    app.register_error_handler(Stale, _changed_meanwhile)
    app.register_error_handler(Taken, _stall_taken)
    app.register_error_handler(Unplaceable, _unplaceable)
    app.register_error_handler(DBAPIError, _without_database)
    app.register_error_handler(PoolTimeout, _without_database)
    app.register_error_handler(Exception, _own_fault)


def _refuse(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    return _page(error.code or 500)


REASONS = {
    "nobody": 401,
    "other_account": 403,
    "key_missing": 422,
    "key_used": 422,
    "consent_missing": 403,
}


def _refuse_form(refused: Refused) -> ResponseReturnValue:
    return _page(REASONS[refused.reason], refused.reason)


def _changed_meanwhile(_stale: Stale) -> ResponseReturnValue:
    return _page(409, "changed")


def _stall_taken(taken: Taken) -> ResponseReturnValue:
    return _page(409, "taken", taken_said(taken))


def taken_said(taken: Taken) -> str:
    """Who has a stall that somebody else wanted."""
    return _(
        "Stall %(stall)s is taken on %(day)s: %(vendor)s has it.",
        stall=taken.number,
        day=long_day(taken.day),
        vendor=taken.holder or _("somebody else"),
    )


def _unplaceable(refused: Unplaceable) -> ResponseReturnValue:
    return _page(409, refused.reason, unplaceable_said(refused))


def unplaceable_said(refused: Unplaceable) -> str:
    """Why a vendor cannot be put on a stall."""
    sentences = {
        "off_plan": _("This stall is not on the plan of that day."),
        "vendor": _("This vendor is paused or has left and cannot be given a stall."),
        "gone": _("Nobody has this stall any more; somebody else has changed it meanwhile."),
        "published": _("This version was published and stays as it is. Make a draft from it."),
    }
    return sentences[refused.reason]


def _without_database(error: Exception) -> ResponseReturnValue:
    current_app.logger.warning("the database does not answer: %s", type(error).__name__)
    return _page(503)


def _own_fault(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("unexpected %s", type(error).__name__)
    return _page(500)


def _page(status: int, reason: str = "", said: str = "") -> ResponseReturnValue:
    headers = {"Cache-Control": "no-store"}
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    first_part = request.path.split("/")[1]
    speak(first_part if first_part in languages() else LATVIAN)
    if request.path.startswith("/api/") or wants_json():
        more = {"reason": reason} if reason else {}
        title = said or _title(status)
        problem = jsonify(type="about:blank", title=title, status=status, **more)
        return problem, status, {**headers, "Content-Type": "application/problem+json"}
    typed: list[tuple[str, str]] = [] if request.method == "GET" else typed_before()
    page = render_template("error.html", status=status, reason=reason, said=said, typed=typed)
    return page, status, headers


def typed_before() -> list[tuple[str, str]]:
    """What was typed into the form that could not be taken, to be given back; never a secret."""
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return [(name, text) for name, text in fields if name not in SECRET_FIELDS]


def _title(status: int) -> str:
    """The same short words as on the page; programs read Latvian or English by the address."""
    if status == 409:
        return _("Somebody else has changed this meanwhile")
    if status == 404:
        return _("There is no such page")
    if status == 503:
        return _("Please try again in a moment")
    return _("This cannot be done") if status < 500 else _("Something went wrong on our side")
