"""The round: each sign is scanned once and one tap says how it is; also for helpers."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session, col, select

from app.clock import now
from app.database import session
from app.languages import N_
from app.languages import gettext as _
from app.names_of_signs import sign_state
from app.pages.organiser import Door, blueprint, for_helpers, office_saving
from market.places.models import Site, Stall
from market.places.queries import plan_of, sites, stall_with_number
from market.signs.models import CHECKED, Patrol, Sign, SignCheck
from market.signs.patrol import Round, round_of
from market.signs.queries import (
    checks_of,
    patrols,
    running_patrols,
    sign_with_code,
    signs_of_stalls,
)
from vendors.fields import identity

DOOR = Door(
    "office.patrol",
    N_("Round of the signs"),
    N_("Scan each sign once: worn, covered, missing"),
    group="day",
    place=6,
)

LONGEST_TYPED = 40
NUMBER = "<int(max=2147483647):round_number>"


@blueprint.get("/apgaita")
@for_helpers
def patrol() -> ResponseReturnValue:
    """The rounds that go on, and how the last ones ended."""
    found = session()
    today = now().date()
    known = {identity(site): site for site in sites(found)}
    return render_template(
        "organiser/patrol.html",
        sites=list(known.values()),
        running=[(one, known[one.site_id]) for one in running_patrols(found, today)],
        ended=[
            (one, known[one.site_id], round_on(found, one).counts)
            for one in patrols(found)
            if one.ended_at or one.day != today
        ],
        sign_state=sign_state,
    )


@blueprint.post("/apgaita")
@for_helpers
def begin_patrol() -> ResponseReturnValue:
    """Begin a round; where one goes on already, join it."""
    with office_saving() as save:
        # Held, so that two who begin at once walk one round.
        known = save.session.exec(select(Site).order_by(col(Site.id)).with_for_update()).all()
        asked = request.form.get("site", "")
        site = next((one for one in known if one.slug == asked), None) or (known or abort(404))[0]
        today = now().date()
        site_id = identity(site)
        on = [one for one in running_patrols(save.session, today) if one.site_id == site_id]
        if on:
            where = url_for("office.one_patrol", round_number=on[0].id)
            return save.done(where, _("A round goes on already; you are on it."))
        person = save.account.person
        row = Patrol(
            site_id=site_id, day=today, begun_at=save.at, begun_by=person.id if person else None
        )
        save.add(row, action="patrol")
        return save.done(url_for("office.one_patrol", round_number=row.id), _("The round begins."))


@blueprint.get(f"/apgaita/{NUMBER}")
@for_helpers
def one_patrol(round_number: int) -> ResponseReturnValue:
    """What is not checked yet, in the order of the plan, and what was seen."""
    return _page(session().get(Patrol, round_number) or abort(404))


def _page(one: Patrol, typed: str = "", complaint: str = "") -> str:
    return render_template(
        "organiser/patrol_round.html",
        one=one,
        site=session().get_one(Site, one.site_id),
        round=round_on(session(), one),
        typed=typed,
        complaint=complaint,
        states=CHECKED,
        sign_state=sign_state,
    )


def round_on(found: Session, one: Patrol) -> Round:
    """How far a round is."""
    plan = plan_of(found, one.site_id, one.day)
    signs = signs_of_stalls(found, [identity(stall) for _spot, stall, _zone in plan])
    return round_of(plan, signs, checks_of(found, identity(one)))


@blueprint.get("/apgaita/zime")
@for_helpers
def patrol_scanned() -> ResponseReturnValue:
    """A sign that was scanned with the telephone's own camera while a round goes on."""
    sign = sign_with_code(session(), request.args.get("kods", "")[:LONGEST_TYPED])
    running = running_patrols(session(), now().date())
    if sign is None or not running:
        return patrol()
    own = next((one for one in running if sign.stall_id in _stalls(one)), running[0])
    return _of_sign(own, sign)


def _stalls(one: Patrol) -> set[int | None]:
    return {stall.id for _spot, stall, _zone in plan_of(session(), one.site_id, one.day)}


@blueprint.get(f"/apgaita/{NUMBER}/zime")
@for_helpers
def patrol_sign(round_number: int) -> ResponseReturnValue:
    """A sign by its code or its stall's number, with a button for each state."""
    one = session().get(Patrol, round_number) or abort(404)
    typed = request.args.get("kods", "")[:LONGEST_TYPED]
    sign = sign_typed(session(), typed)
    if sign is None:
        return _page(one, typed, _("We know no sign with this code or number."))
    return _of_sign(one, sign)


def _of_sign(one: Patrol, sign: Sign) -> str:
    found = session()
    return render_template(
        "organiser/patrol_sign.html",
        one=one,
        sign=sign,
        stall=found.get(Stall, sign.stall_id) if sign.stall_id else None,
        check=checks_of(found, identity(one)).get(identity(sign)),
        states=CHECKED,
        sign_state=sign_state,
    )


def sign_typed(found: Session, typed: str) -> Sign | None:
    """The sign in somebody's hand: by the code on it, or by the number of its stall."""
    sign = sign_with_code(found, typed)
    stall = stall_with_number(found, typed) if sign is None else None
    return signs_of_stalls(found, [identity(stall)]).get(identity(stall)) if stall else sign


@blueprint.post(f"/apgaita/{NUMBER}/zime")
@for_helpers
def check_sign(round_number: int) -> ResponseReturnValue:
    """Note how a sign is; a second look at it on the same round takes the first one's place."""
    with office_saving() as save:
        one = _locked(save.session, round_number)
        sign = sign_with_code(save.session, request.form.get("kods", "")[:LONGEST_TYPED])
        state = request.form.get("state", "")
        where = url_for("office.one_patrol", round_number=round_number)
        if sign is None or state not in CHECKED:
            return _page(one, complaint=_("We know no sign with this code or number.")), 422
        if one.ended_at is not None:
            return _page(one, complaint=_("This round has ended.")), 409
        person = save.account.person
        values: dict[str, Any] = {
            "state": state,
            "at": save.at,
            "person_id": person.id if person else None,
        }
        check = save.session.exec(
            select(SignCheck).where(
                SignCheck.patrol_id == round_number, col(SignCheck.sign_id) == sign.id
            )
        ).first()
        if check is None:
            row = SignCheck(patrol_id=round_number, sign_id=identity(sign), **values)
            save.add(row, action="sign_check")
        else:
            save.change(check, values, action="sign_check")
        stall = save.session.get(Stall, sign.stall_id) if sign.stall_id else None
        said = _(
            "%(sign)s: %(state)s.",
            sign=stall.number if stall else sign.code,
            state=sign_state(state),
        )
        return save.done(where, said)


@blueprint.post(f"/apgaita/{NUMBER}/beigt")
@for_helpers
def end_patrol(round_number: int) -> ResponseReturnValue:
    """End the round; what was not checked stays not checked."""
    with office_saving() as save:
        one = _locked(save.session, round_number)
        where = url_for("office.one_patrol", round_number=round_number)
        if one.ended_at is None:
            save.change(one, {"ended_at": save.at}, action="patrol_ended")
        return save.done(where, _("The round has ended."))


def _locked(found: Session, round_number: int) -> Patrol:
    """The round, held so that two helpers never note one sign twice."""
    one = found.exec(select(Patrol).where(Patrol.id == round_number).with_for_update()).first()
    return one or abort(404)
