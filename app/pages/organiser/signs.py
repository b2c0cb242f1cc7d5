"""The signs of the stalls: how each one is, issuing, taking out of use, printing, spare ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Field, Session, SQLModel

from app.clock import now
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.languages import N_, ngettext
from app.languages import gettext as _
from app.names_of_signs import SIGN_STATES, sign_state
from app.pages.organiser import Door, blueprint, office_saving
from app.pages.organiser.paper import pdf
from app.pages.organiser.patrol import LONGEST_TYPED
from market.places.models import Stall, StallOnPlan, Zone
from market.places.queries import plan_of, sites, stall_with_number
from market.signs.models import Sign, SignCheck
from market.signs.queries import (
    issue_missing_signs,
    issue_sign,
    issue_spares,
    last_checks,
    last_openings,
    sign_with_code,
    signs_of_stalls,
    signs_silent,
    spare_signs,
)
from vendors.fields import STRICT, Text, identity

DOOR = Door(
    "office.signs",
    N_("Signs of the stalls"),
    N_("Which sign hangs where and how it is; issue, print, take out of use"),
    group="planning",
    place=6,
)

MOST_SPARES = 40
SIGN = "<int(max=2147483647):sign_number>"
STALL = "<int(max=2147483647):stall_number>"


class RetiredWords(SQLModel):
    """What the office says to those who still scan a sign that is out of use."""

    model_config = STRICT

    lv: Text | None = Field(default=None, max_length=300)
    en: Text | None = Field(default=None, max_length=300)


@dataclass(frozen=True)
class Hanging:
    """A stall with its sign: how it was when last looked at, when it was last opened."""

    stall: Stall
    zone: Zone
    spot: StallOnPlan
    sign: Sign | None
    state: str
    check: SignCheck | None
    opened_on: date | None


def hanging_on(found: Session, day: date, silent: Sequence[Sign]) -> list[Hanging]:
    """All stalls on the plans of a day with their signs, by site and in the order of the plan."""
    places = [one for site in sites(found) for one in plan_of(found, identity(site), day)]
    signs = signs_of_stalls(found, [identity(stall) for _spot, stall, _zone in places])
    ids = [identity(sign) for sign in signs.values()]
    checks, openings = last_checks(found, ids), last_openings(found, ids)
    quiet = {sign.id for sign in silent}
    rows = []
    for spot, stall, zone in places:
        sign = signs.get(identity(stall))
        check = checks.get(identity(sign)) if sign else None
        seen = check.state if check else "unchecked"
        state = "none" if sign is None else "silent" if sign.id in quiet else seen
        opened = openings.get(identity(sign)) if sign else None
        rows.append(Hanging(stall, zone, spot, sign, state, check, opened))
    return rows


@blueprint.get("/zimes")
def signs() -> ResponseReturnValue:
    """All stalls with their signs; those in one state when the address asks for it."""
    found = session()
    rows = hanging_on(found, now().date(), [sign for sign, _stall in signs_silent(found, now())])
    state = request.args.get("stavoklis", "")
    counts = {key: sum(one.state == key for one in rows) for key in SIGN_STATES}
    return render_template(
        "organiser/signs.html",
        rows=[one for one in rows if state not in SIGN_STATES or one.state == state],
        counts=counts,
        state=state,
        today=now().date(),
        spares=len(spare_signs(found)),
        sign_state=sign_state,
    )


@blueprint.post("/zimes/izdot")
def issue_signs() -> ResponseReturnValue:
    """Give every stall without a sign a new one."""
    with office_saving() as save:
        issued = issue_missing_signs(save.session, now().date())
        said = ngettext("%(num)s new sign.", "%(num)s new signs.", len(issued))
        return save.done(url_for("office.signs"), said)


@blueprint.post(f"/zimes/vieta/{STALL}")
def issue_one_sign(stall_number: int) -> ResponseReturnValue:
    """Give one stall a new sign, if none is in use on it."""
    with office_saving() as save:
        stall = save.session.get(Stall, stall_number, with_for_update=True) or abort(404)
        if not signs_of_stalls(save.session, [stall_number]):
            save.add(issue_sign(save.session, stall_number, now().date()), action="signs_issued")
        return save.done(url_for("office.signs"), _("%(stall)s has a sign.", stall=stall.number))


@blueprint.get(f"/zimes/{SIGN}/anulet")
def retiring_sign(sign_number: int) -> ResponseReturnValue:
    """The question before a sign is taken out of use, and what it will say then."""
    return _retiring(session().get(Sign, sign_number) or abort(404), Form())


def _retiring(sign: Sign, form: Form) -> str:
    stall = session().get(Stall, sign.stall_id) if sign.stall_id else None
    return render_template("organiser/sign_retiring.html", sign=sign, stall=stall, form=form)


@blueprint.post(f"/zimes/{SIGN}/anulet")
def retire_sign(sign_number: int) -> ResponseReturnValue:
    """Take a sign out of use; its code is never used again. A new one is issued if wished."""
    with office_saving() as save:
        sign = save.session.get(Sign, sign_number, with_for_update=True) or abort(404)
        form = read_form(RetiredWords, typed_texts("lv", "en"))
        if form.errors:
            return _retiring(sign, form), 422
        if sign.retired_on is None:
            words = {key: said for key, said in form.values.items() if said}
            values = {"retired_on": now().date(), "retired_words": words or None}
            save.change(sign, values, action="sign_retired")
            if "new" in request.form and sign.stall_id is not None:
                issued = issue_sign(save.session, sign.stall_id, now().date())
                save.add(issued, action="signs_issued")
        said = _("The sign %(code)s is out of use. Please take it down.", code=sign.code)
        return save.done(url_for("office.signs"), said)


@blueprint.get("/zimes/zimes.pdf")
def print_signs() -> ResponseReturnValue:
    """The chosen signs as paper; all of them when none is chosen."""
    from app.paper.signs import signs_on_plan, signs_sheet

    public_url: str = current_app.config["PUBLIC_URL"]
    chosen = set(request.args.getlist("zime"))
    wanted = [
        one
        for one in signs_on_plan(session(), now().date(), public_url)
        if not chosen or one.code in chosen
    ]
    if not wanted:
        abort(404)
    return pdf(bytes(signs_sheet(wanted, public_url, now()).output()), "zimes")


@blueprint.get("/zimes/rezerve")
def spares() -> ResponseReturnValue:
    """The signs that were printed ahead, and giving one of them to a stall."""
    return _spares()


def _spares(number: str = "10", code: str = "", stall: str = "", complaint: str = "") -> str:
    return render_template(
        "organiser/spare_signs.html",
        spares=spare_signs(session()),
        number=number,
        code=code,
        stall=stall,
        complaint=complaint,
        most=MOST_SPARES,
    )


@blueprint.post("/zimes/rezerve")
def make_spares() -> ResponseReturnValue:
    """Make signs that hang nowhere yet."""
    typed = request.form.get("number", "")[:4]
    with office_saving() as save:
        if not (typed.isascii() and typed.isdecimal()) or not 1 <= int(typed) <= MOST_SPARES:
            said = _("Please write a number from 1 to %(most)s.", most=MOST_SPARES)
            return _spares(number=typed, complaint=said), 422
        for sign in issue_spares(save.session, int(typed), now().date()):
            save.add(sign, action="signs_issued")
        said = ngettext("%(num)s spare sign.", "%(num)s spare signs.", int(typed))
        return save.done(url_for("office.spares"), said)


@blueprint.get("/zimes/rezerve.pdf")
def print_spares() -> ResponseReturnValue:
    """All spare signs as paper, with a line for the number."""
    from app.paper.signs import signs_sheet, spares_on_paper

    public_url: str = current_app.config["PUBLIC_URL"]
    printed = spares_on_paper(spare_signs(session()), public_url)
    if not printed:
        abort(404)
    return pdf(bytes(signs_sheet(printed, public_url, now()).output()), "rezerves-zimes")


@blueprint.post("/zimes/rezerve/piekart")
def give_spare() -> ResponseReturnValue:
    """Give a spare sign, by the code on it, to a stall; the stall's old sign goes out of use."""
    code = request.form.get("code", "")[:LONGEST_TYPED]
    number = request.form.get("stall", "")[:LONGEST_TYPED]
    with office_saving() as save:
        sign = sign_with_code(save.session, code)
        stall = stall_with_number(save.session, number)
        if sign is None or sign.stall_id is not None or sign.retired_on is not None:
            return _spares(code=code, stall=number, complaint=_("This is no spare sign.")), 422
        if stall is None:
            return _spares(code=code, stall=number, complaint=_("There is no such stall.")), 422
        stall_id = identity(stall)
        old = signs_of_stalls(save.session, [stall_id]).get(stall_id)
        if old is not None:
            save.change(old, {"retired_on": now().date()}, action="sign_retired")
        save.change(sign, {"stall_id": stall_id}, action="sign_given")
        said = _("The sign %(code)s hangs on %(stall)s.", code=sign.code, stall=stall.number)
        return save.done(url_for("office.spares"), said)
