"""The second door, for people of the office: the number that their authenticator app shows.

The clock of a rehearsal does not count here, because nobody's app rehearses.
"""

from datetime import UTC, datetime

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.accounts import Account, account
from app.clock import moment
from app.database import database
from app.forms import Form
from app.keys import app_key, digest_of_recovery, lock_of_second_factor, make_recovery_codes
from app.languages import gettext as _
from app.languages import ngettext
from app.pages.coming_in import blueprint
from app.pages.coming_in.places import home, wanted_place
from app.pages.coming_in.words import when_again
from market.signs.drawing import qr_svg
from vendors.fields import identity
from vendors.keys.models import Person
from vendors.keys.numbers import in_groups, normalised
from vendors.keys.queries import (
    confirm_phone,
    give_back,
    take_chance,
    use_recovery_code,
    use_step,
)
from vendors.keys.second_factor import RECOVERY_LENGTH, enrolment_address, step_of
from vendors.keys.waiting import Chance


@blueprint.get("/otrais")
def second() -> ResponseReturnValue:
    """The field for the number; the first time also the key that the app has to learn."""
    who = _somebody_of_office()
    if who is None:
        return redirect(url_for("coming_in.door", uz=wanted_place() or None))
    if who.is_confirmed:
        return redirect(wanted_place() or home(is_office=True))
    return _page(who, Form())


@blueprint.post("/otrais")
def show_second() -> ResponseReturnValue:
    """Confirm this telephone or computer by the number, or by a recovery code."""
    who = _somebody_of_office()
    if who is None or who.person is None:
        abort(401)
    typed = request.form.get("totp", "").strip()[:60]
    with database().writing() as session:
        person = session.get_one(Person, identity(who.person))
        found, fits = try_second(session, person, typed)
        codes = _confirm(session, person, who.phone_id) if fits else []
        session.commit()
    if not fits:
        form = Form()
        form.refuse("totp", sentence_of_chance(found))
        return _page(who, form), 422
    where = wanted_place() or home(is_office=True)
    if codes:
        grouped = [in_groups(code) for code in codes]
        return render_template("coming_in/recovery.html", codes=grouped, where=where)
    return redirect(where, 303)


def try_second(session: Session, person: Person, typed: str) -> tuple[Chance, bool]:
    """Take one attempt at a person's second factor: the chance it had, and whether it fits.

    The caller commits, also what was wrong.
    """
    found = take_chance(session, lock_of_second_factor(identity(person)), moment())
    return found, found.is_open and _fits(session, person, typed)


def _somebody_of_office() -> Account | None:
    who = account()
    return who if who is not None and who.person is not None else None


def _fits(session: Session, person: Person, typed: str) -> bool:
    """Whether what was typed opens, and has not done so before."""
    if person.totp_since and len(normalised(typed)) == RECOVERY_LENGTH:
        return use_recovery_code(session, identity(person), digest_of_recovery(typed), moment())
    if person.totp_secret is None:
        return False
    step = step_of(app_key(person), typed, datetime.now(UTC))
    return step is not None and use_step(session, identity(person), step)


def _confirm(session: Session, person: Person, phone_id: int) -> list[str]:
    """Confirm the session; returns the recovery codes of somebody who has just set this up."""
    at = moment()
    person_id = identity(person)
    give_back(session, lock_of_second_factor(person_id))
    confirm_phone(session, phone_id, at)
    if person.totp_since is not None:
        return []
    person.totp_since = at
    session.add(person)
    return make_recovery_codes(session, person_id)


def sentence_of_chance(found: Chance) -> str:
    """What to tell somebody whose number was not right."""
    if found.is_over:
        return _("Too many wrong numbers. Whoever looks after the service can let you begin anew.")
    if found.until is not None:
        when = when_again(found.until, moment())
        return _("The number was wrong too often. Please try again %(when)s.", when=when)
    return ngettext(
        "The number is not right, or it was used already. Wait for the next one; you have"
        " %(num)s attempt left.",
        "The number is not right, or it was used already. Wait for the next one; you have"
        " %(num)s attempts left.",
        max(found.left - 1, 0),
    )


def _page(who: Account, form: Form) -> str:
    person = who.person
    if person is None or person.totp_secret is None:
        abort(401)
    picture = key = ""
    if person.totp_since is None:
        key = app_key(person)
        picture = qr_svg(enrolment_address(key, person.email))
    return render_template(
        "coming_in/second.html",
        form=form,
        person=person,
        picture=picture,
        key=in_groups(key),
        wanted=wanted_place(),
    )
