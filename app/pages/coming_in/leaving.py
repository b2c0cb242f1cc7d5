"""Going out on this telephone; and staying known by using it."""

from datetime import timedelta

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from app.accounts import KNOWN_FOR, Account, account, cookie_name, give_cookie, take_cookie
from app.clock import moment
from app.database import database, session
from app.pages.coming_in import blueprint
from vendors.keys.models import KnownPhone
from vendors.keys.queries import end_phones, keep_knowing

NOTED_EVERY = timedelta(hours=1)
"""How exactly the list of telephones knows when each was last used."""


@blueprint.post("/iziet")
def leave() -> ResponseReturnValue:
    """End what this telephone has opened, and let it forget; also what browsers keep of pages."""
    who = account()
    if who is not None:
        with database().writing() as writing:
            end_phones(writing, moment(), phone_id=who.phone_id)
            writing.commit()
        g.account = None
    answer = redirect(url_for("coming_in.door", iziets=1), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return take_cookie(answer)  # type: ignore[arg-type]


@blueprint.get("/iziet")
def left() -> ResponseReturnValue:
    """A page that was loaded again after going out; nobody is put out by a GET."""
    return redirect(url_for("coming_in.door"))


@blueprint.after_app_request
def stay_known(response: Response) -> Response:
    """A vendor's telephone stays known for ninety days after the last form that it sent.

    Of the office only the last use is noted: it goes out when its hours are over.
    """
    who: Account | None = g.get("account")
    if who is not None and response.status_code < 400 and _is_use(who):
        try:
            if _note_use(who.phone_id) and who.person is None:
                give_cookie(response, request.cookies.get(cookie_name(), ""))
        except DBAPIError:
            # What was saved is saved; the telephone stays known by the next form.
            return response
    return response


def _is_use(who: Account) -> bool:
    return request.blueprint == "office" if who.person else request.method == "POST"


def _note_use(phone_id: int) -> bool:
    at = moment()
    phone = session().get(KnownPhone, phone_id, populate_existing=True)
    if phone is None or phone.ended_at is not None or at - phone.seen_at < NOTED_EVERY:
        return False
    with database().writing() as writing:
        keep_knowing(writing, phone_id, at, at + KNOWN_FOR)
        writing.commit()
    return True
