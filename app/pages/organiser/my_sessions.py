"""My own part of the office: my name, where I am in, and recovery codes anew."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import Account, office
from app.clock import moment
from app.database import database, session
from app.devices import device_name
from app.forms import Form, read_form, typed_texts
from app.keys import lock_of_second_factor, make_recovery_codes
from app.languages import N_, ngettext
from app.languages import gettext as _
from app.pages.coming_in.second import sentence_of_chance, try_second
from app.pages.organiser import Door, blueprint, for_oneself, office_saving
from app.pages.organiser.words import ROLES, ROLES_SAY
from app.sending import version_sent
from vendors.fields import identity
from vendors.keys.models import Person, PersonFields
from vendors.keys.numbers import in_groups
from vendors.keys.queries import end_phones, give_back, sessions_of

DOOR = Door(
    "office.my_sessions",
    N_("My own part"),
    N_("My name, where I am in, and recovery codes anew"),
    group="office",
    place=2,
)
LONGEST_TYPED = 60


@blueprint.get("/mani")
@for_oneself
def my_sessions() -> ResponseReturnValue:
    """My name and role, and the computers and telephones where I am in."""
    return _page()


@blueprint.post("/mani")
@for_oneself
def save_my_name() -> ResponseReturnValue:
    """Change my own name, as others see it in the log."""
    form = read_form(PersonFields, typed_texts("name"))
    if form.errors:
        return _page(form), 422
    with office_saving() as save:
        person = save.session.get_one(Person, _me().id)
        save.change(person, form.values, action="own_name", version=version_sent())
        return save.done(url_for("office.my_sessions"), _("Saved."))


@blueprint.post("/mani/iziet")
@for_oneself
def end_my_session() -> ResponseReturnValue:
    """End one of my sessions, or with `which=others` all but this one. At once."""
    which = request.form.get("which", "")
    with office_saving() as save:
        mine, this = identity(_me()), save.account.phone_id
        if which == "others":
            count = end_phones(save.session, save.at, person_id=mine, but=this)
        elif which.isascii() and which.isdecimal() and len(which) < 10 and int(which) != this:
            count = end_phones(save.session, save.at, person_id=mine, phone_id=int(which))
            if not count:
                abort(404)
        else:
            abort(404)
        said = ngettext("%(num)s session is ended.", "%(num)s sessions are ended.", count)
        return save.done(
            url_for("office.my_sessions"), said if count else _("No other session was open.")
        )


@blueprint.post("/mani/kodi")
@for_oneself
def make_new_codes() -> ResponseReturnValue:
    """Ten recovery codes anew, shown this one time, for who shows the app's number once more.

    A form that is sent again gets none, because nobody keeps them.
    """
    typed = request.form.get("totp", "").strip()[:LONGEST_TYPED]
    with database().writing() as writing:
        person = writing.get_one(Person, _me().id)
        found, fits = try_second(writing, person, typed)
        if fits:
            give_back(writing, lock_of_second_factor(identity(person)))
        writing.commit()
    if not fits:
        form = Form()
        form.refuse("totp", sentence_of_chance(found))
        return _page(codes=form), 422
    with office_saving() as save:
        codes = make_recovery_codes(save.session, identity(_me()))
        save.tell("person", None, {"name": _me().name}, action="recovery_codes")
        where = url_for("office.my_sessions")
        save.done(where, _("The recovery codes were made anew; they are not shown again."))
        grouped = [in_groups(code) for code in codes]
        return render_template("coming_in/recovery.html", codes=grouped, where=where)


def _me() -> Person:
    who: Account | None = office()
    return (who and who.person) or abort(401)


def _page(form: Form | None = None, codes: Form | None = None) -> str:
    who, person = office(), _me()
    this = who.phone_id if who else 0
    rows = sorted(
        sessions_of(session(), identity(person), moment()), key=lambda row: row.id != this
    )
    return render_template(
        "organiser/my_sessions.html",
        form=form or Form(typed={"name": person.name}),
        codes=codes or Form(),
        person=person,
        role=_(ROLES[person.role]),
        role_says=_(ROLES_SAY[person.role]),
        sessions=[(row, device_name(row.device), row.id == this) for row in rows],
    )
