"""The door: three ways to come in on one page, each with its own button."""

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.accounts import account, give_cookie
from app.clock import moment
from app.forms import Form
from app.mail import way_of
from app.pages.coming_in import blueprint
from app.pages.coming_in.letters import ask_for_letter, looks_like_email
from app.pages.coming_in.opening import Opened, Refusal, open_with_card, open_with_code
from app.pages.coming_in.places import home, wanted_place
from app.pages.coming_in.words import no_email, sentence_of
from vendors.keys.numbers import card_problem, in_groups, normalised

LONGEST_TYPED = 120
WAYS = ("card", "link", "code")


@blueprint.get("")
def door() -> ResponseReturnValue:
    """The ways to come in; whoever of the office is half way in is led on."""
    who = account()
    if who is not None and who.person is not None and not who.is_confirmed:
        return redirect(url_for("coming_in.second", uz=wanted_place() or None))
    return _page(Form())


@blueprint.post("")
def come_in() -> ResponseReturnValue:
    """Turn the key of the pressed button."""
    way = request.form.get("way", "")
    if way == "link":
        return _send_letter()
    if way == "card":
        return _answer(open_with_card(_typed("card"), _typed("pin"), moment()))
    return _answer(open_with_code(_typed("code"), moment()))


@blueprint.get("/vestule")
def letter() -> ResponseReturnValue:
    """What to do now that a letter is on its way, whether it is or not."""
    return render_template("coming_in/letter.html", form=Form(), wanted=wanted_place())


def sends_letters() -> bool:
    """Whether this service has a way to send letters; otherwise nobody is promised one."""
    return way_of(current_app.config["SETTINGS"]) is not None


def _send_letter() -> ResponseReturnValue:
    if not sends_letters():
        abort(404)
    email = _typed("email")
    if not looks_like_email(email):
        form = Form(typed={"email": email})
        form.refuse("email", no_email())
        return _page(form), 422
    ask_for_letter(email, moment())
    return redirect(url_for("coming_in.letter", uz=wanted_place() or None), 303)


def _answer(found: Opened | Refusal) -> ResponseReturnValue:
    if isinstance(found, Refusal):
        form = Form(typed=_given_back())
        form.refuse(found.field, sentence_of(found, moment()))
        return _page(form), 422
    return lead_in(found)


def lead_in(opened: Opened) -> Response:
    """Let the telephone keep its token and lead on."""
    place = wanted_place()
    if opened.is_office:
        where = url_for("coming_in.second", uz=place or None)
    else:
        where = place or home(is_office=False)
    return give_cookie(redirect(where, 303), opened.token)  # type: ignore[arg-type]


def _given_back() -> dict[str, str]:
    """What was typed, to be corrected: the card's number in its groups, but never the PIN."""
    number = _typed("card")
    if not card_problem(number):
        number = in_groups(normalised(number))
    return {"card": number, "code": _typed("code"), "email": _typed("email")}


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST_TYPED]


def _page(form: Form) -> str:
    who = account()
    return render_template(
        "coming_in/door.html",
        form=form,
        wanted=wanted_place(),
        has_left="iziets" in request.args,
        order=_order(form),
        home=home(is_office=bool(who and who.person)),
    )


def _order(form: Form) -> list[str]:
    """The ways as they stand on the page: the one that did not open comes first."""
    way = request.form.get("way", "") if form.errors else ""
    open_ways = [one for one in WAYS if one != "link" or sends_letters()]
    return sorted(open_ways, key=lambda one: one != way)
