"""People of the office: who there is, with what role; inviting, disabling, beginning anew.

Only heads see this. Whoever changes a role holds the rows of all heads until it is written, so
that two heads who take the role from one another at the same moment do not leave none.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.accounts import office
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.keys import forget_second_factor, give_code
from app.languages import N_, sort_key
from app.languages import gettext as _
from app.pages.coming_in.door import sends_letters
from app.pages.coming_in.letters import invite_by_letter
from app.pages.organiser import HEAD, Door, blueprint, for_heads, office_saving
from app.pages.organiser.words import PERSON_STATES, ROLES, ROLES_SAY
from app.sending import Saving, version_sent
from vendors.fields import identity
from vendors.keys.models import Person, PersonFields
from vendors.keys.numbers import in_groups
from vendors.keys.queries import (
    active_heads,
    end_phones,
    last_seen,
    people_of_office,
    person_with_email,
)

DOOR = Door(
    "office.people",
    N_("People of the office"),
    N_("Who may come in here and do what; invite somebody, or let somebody go"),
    group="office",
    place=1,
)


class LastHead(Exception):  # noqa: N818 - no fault: it says what would be left
    """Nobody could invite or disable anybody any more."""


@dataclass(frozen=True)
class Listed:
    """A person of the office as the list shows them; `seen` is None for who was never here."""

    person: Person
    role: str
    state: str
    seen: datetime | None
    is_you: bool


@blueprint.get("/cilveki")
@for_heads
def people() -> ResponseReturnValue:
    """Everybody of the office, those who may come in first, and the form that invites one more."""
    return _page(Form(typed={"role": "organiser"}))


@blueprint.post("/cilveki")
@for_heads
def invite() -> ResponseReturnValue:
    """Invite a person: by a letter where letters go out, else by a code to be read out."""
    form = _read_invitation()
    if form.errors:
        return _page(form), 422
    with office_saving() as save:
        _as_head(save)
        if person_with_email(save.session, form.values["email"]):
            form.refuse("email", _("Somebody of the office has this address already."))
            return _page(form), 422
        person = Person(**form.values, made_at=save.at)
        save.add(person, action="person_new")
        return _let_in(save, person)


@blueprint.get("/cilveki/<int(max=2147483647):person_number>")
@for_heads
def one_person(person_number: int) -> ResponseReturnValue:
    """One person: role, state, and what a head may do about them."""
    return _person_page(_person(session(), person_number))


@blueprint.post("/cilveki/<int(max=2147483647):person_number>/loma")
@for_heads
def change_role(person_number: int) -> ResponseReturnValue:
    """Give a person another role; it counts from their next step on."""
    _person(session(), person_number)
    role = request.form.get("role", "")
    if role not in ROLES:
        abort(422)
    return _change(person_number, {"role": role}, "person_role", _("The role was changed."))


@blueprint.post("/cilveki/<int(max=2147483647):person_number>/slegt")
@for_heads
def disable_person(person_number: int) -> ResponseReturnValue:
    """Let a person come in no more; what they have open is ended at once."""
    _person(session(), person_number)
    said = _("This person comes in no more, and what was open is ended.")
    return _change(person_number, {"state": "disabled"}, "person_disabled", said)


@blueprint.post("/cilveki/<int(max=2147483647):person_number>/atvert")
@for_heads
def enable_person(person_number: int) -> ResponseReturnValue:
    """Let a person who was disabled come in again."""
    _person(session(), person_number)
    said = _("This person may come in again.")
    return _change(person_number, {"state": "active"}, "person_enabled", said)


@blueprint.post("/cilveki/<int(max=2147483647):person_number>/otrais")
@for_heads
def reset_second(person_number: int) -> ResponseReturnValue:
    """Forget a person's second factor, so that they set it up anew; ends what they have open."""
    with office_saving() as save:
        _as_head(save)
        person = _person(save.session, person_number)
        forget_second_factor(save.session, person, save.at)
        save.tell("person", None, {"name": person.name}, action="person_second")
        said = _("The second factor is set up anew at the next coming in; what was open is ended.")
        return save.done(url_for("office.one_person", person_number=person_number), said)


@blueprint.post("/cilveki/<int(max=2147483647):person_number>/kods")
@for_heads
def let_person_in(person_number: int) -> ResponseReturnValue:
    """Send a person the way in once more, or show a code to be read out to them."""
    with office_saving() as save:
        _as_head(save)
        person = _person(save.session, person_number)
        if person.state != "active":
            abort(403)
        return _let_in(save, person)


def _read_invitation() -> Form:
    typed = typed_texts("email", "name", "role")
    values = {**typed, "email": typed["email"].lower()}
    form = read_form(PersonFields, values, typed)
    if "email" in form.errors:
        form.errors["email"] = _("Please type the whole e-mail address, such as anna@example.lv.")
    if typed["role"] not in ROLES:
        form.refuse("role", _("Please choose a role."))
    return form


def _as_head(save: Saving) -> list[Person]:
    """The heads, locked until this is written; refused for who is none of them any more."""
    heads = list(active_heads(save.session))
    mine = save.account.person
    if mine is None or all(head.id != mine.id for head in heads):
        abort(403)
    return heads


def _change(number: int, values: dict[str, str], action: str, said: str) -> ResponseReturnValue:
    try:
        with office_saving() as save:
            heads = _as_head(save)
            person = _person(save.session, number)
            _leave_a_head(heads, person, values)
            save.change(person, values, action=action, version=version_sent())
            if person.state != "active":
                end_phones(save.session, save.at, person_id=number)
            return save.done(_where_after(save, person), said)
    except LastHead:
        return _person_page(_person(session(), number), is_last=True), 409


def _where_after(save: Saving, person: Person) -> str:
    """Back to the person's page, unless it was oneself who is no head any more."""
    mine = save.account.person
    if mine is not None and mine.id == person.id and person.role != HEAD:
        return url_for("office.desk")
    return url_for("office.one_person", person_number=identity(person))


def _leave_a_head(heads: list[Person], person: Person, values: dict[str, str]) -> None:
    role, state = values.get("role", person.role), values.get("state", person.state)
    stays = (role, state) == (HEAD, "active")
    if not stays and all(head.id == person.id for head in heads):
        raise LastHead


def _let_in(save: Saving, person: Person) -> ResponseReturnValue:
    where = url_for("office.one_person", person_number=identity(person))
    if sends_letters():
        invite_by_letter(save.session, person, save.at)
        said = _("A letter with the way in goes to %(email)s.", email=person.email)
        return save.done(where, said)
    by = save.account.person.id if save.account.person else None
    code = give_code(save.session, person_id=identity(person), at=save.at, by=by)
    name, email = person.name, person.email
    save.done(where, _("A code was given. It is not shown again; give a new one if needed."))
    return render_template(
        "organiser/person_code.html", name=name, email=email, code=in_groups(code), back=where
    )


def _person(found: Session, number: int) -> Person:
    return found.get(Person, number, populate_existing=True) or abort(404)


def _listed(found: Session) -> list[Listed]:
    seen = last_seen(found)
    rows = sorted(
        people_of_office(found), key=lambda one: (one.state != "active", sort_key(one.name))
    )
    return [_as_listed(one, seen) for one in rows]


def _as_listed(person: Person, seen: dict[int, datetime]) -> Listed:
    who = office()
    is_you = who is not None and who.person is not None and who.person.id == person.id
    role, state = _(ROLES[person.role]), _(PERSON_STATES[person.state])
    return Listed(person, role, state, seen.get(identity(person)), is_you)


def _page(form: Form) -> str:
    return render_template(
        "organiser/people.html",
        form=form,
        listed=_listed(session()),
        roles=[(key, f"{_(ROLES[key])}: {_(ROLES_SAY[key])}") for key in ROLES],
        by_letter=sends_letters(),
    )


def _person_page(person: Person, *, is_last: bool = False) -> str:
    return render_template(
        "organiser/person.html",
        one=_as_listed(person, last_seen(session())),
        person=person,
        form=Form(typed={"role": person.role}),
        roles=[(key, f"{_(ROLES[key])}: {_(ROLES_SAY[key])}") for key in ROLES],
        by_letter=sends_letters(),
        is_last=is_last,
    )
