"""Festivals: their list, a new one, and the home of one with the way to everything about it."""

from typing import Any

from flask import abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.clock import now
from app.database import session
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import LATVIAN, N_, languages
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.tables.slugs import unused_slug
from market.days.models import Festival, FestivalFields
from market.days.queries import festival_with_slug
from market.festivals.queries import all_festivals, application_counts, call_of
from market.festivals.window import window_of
from vendors.fields import identity

DOOR = Door(
    "office.festivals",
    N_("Festivals"),
    N_("Calls for sellers, applications, plans and the programme of each festival"),
    group="planning",
    place=1,
)
WORDS = ("name", "intro", "practical", "wreath")
LONGEST_DAYS = 14
LINKS = (
    ("office.call_form", "festival_slug", N_("The call: window, criteria, prices, questions")),
    ("office.applications", "festival_slug", N_("Applications")),
    ("office.plans", "", N_("Plans: who stands where")),
    ("office.programme", "", N_("The programme")),
)
"""Pages of a festival, by endpoint, with the name of the part that holds its slug."""


@blueprint.get("/svetki")
def festivals() -> ResponseReturnValue:
    """All festivals, the latest first, and the form of a new one."""
    return _list_page(Form())


@blueprint.post("/svetki", endpoint="add_festival")
def add_festival() -> ResponseReturnValue:
    """A new festival; its address is made of its Latvian name."""
    form = read_festival()
    if form.errors:
        return _list_page(form), 422
    with office_saving() as save:
        slug = _free_slug(save.session, form.values["name"][LATVIAN])
        save.add(Festival(slug=slug, **form.values), action="festival_new")
        return save.done(
            url_for("office.festival_home", festival_slug=slug), _("The festival is in the list.")
        )


@blueprint.get("/svetki/<festival_slug>", endpoint="festival_home")
def festival_home(festival_slug: str) -> ResponseReturnValue:
    """One festival: how far its call is, and the way to everything about it."""
    found = session()
    festival = festival_of(found, festival_slug)
    call = call_of(found, identity(festival))
    return render_template(
        "organiser/festival.html",
        festival=festival,
        call=call,
        window_state=window_of(call).state(now()) if call else "",
        counts=application_counts(found, identity(call)) if call else {},
        links=_links(festival),
    )


@blueprint.get("/svetki/<festival_slug>/dati", endpoint="festival_form")
def festival_form(festival_slug: str) -> ResponseReturnValue:
    """Name, days and words of a festival."""
    festival = festival_of(session(), festival_slug)
    return _form_page(festival, Form(typed=_typed_of(festival)))


@blueprint.post("/svetki/<festival_slug>/dati", endpoint="change_festival")
def change_festival(festival_slug: str) -> ResponseReturnValue:
    """Change them; the address stays, because people keep it."""
    festival = festival_of(session(), festival_slug)
    form = read_festival()
    if form.errors:
        return _form_page(festival, form), 422
    with office_saving() as save:
        row = save.session.get_one(Festival, identity(festival))
        save.change(row, form.values, action="festival")
        where = url_for("office.festival_home", festival_slug=festival_slug)
        return save.done(where, _("Saved."))


def festival_of(found: Session, slug: str) -> Festival:
    """The festival of an address, or 404."""
    return festival_with_slug(found, slug) or abort(404)


def words_typed(*names: str) -> Typed:
    """What was typed into fields that have a language each: "intro.lv", "intro.en"."""
    return typed_texts(*(f"{name}.{one}" for name in names for one in languages()))


def words_of(typed: Typed, name: str, *, optional: bool = False) -> Any:
    """The words of one field; None where nothing was typed and nothing need be."""
    words = {one: typed[f"{name}.{one}"] for one in languages()}
    return None if optional and not any(words.values()) else words


def said_words(row: Any, *names: str) -> Typed:
    """The fields of words of a row, as a form shows them."""
    return {
        f"{name}.{one}": (getattr(row, name) or {}).get(one, "")
        for name in names
        for one in languages()
    }


def name_language(form: Form, *names: str) -> Form:
    """Put what is wrong with words beside the Latvian field."""
    for name in names:
        if name in form.errors:
            form.refuse(f"{name}.{LATVIAN}", form.errors.pop(name))
    return form


def read_festival() -> Form:
    """A festival as it was typed."""
    typed = words_typed(*WORDS) | typed_texts("first_day", "last_day")
    values = {name: words_of(typed, name, optional=name in WORDS[2:]) for name in WORDS}
    values |= {"first_day": typed["first_day"], "last_day": typed["last_day"]}
    form = name_language(read_form(FestivalFields, values, typed), *WORDS)
    if not form.errors:
        length = (form.values["last_day"] - form.values["first_day"]).days
        if length < 0:
            form.refuse("last_day", _("The last day lies before the first."))
        elif length >= LONGEST_DAYS:
            form.refuse("last_day", _("A festival lasts two weeks at most."))
    return form


def _free_slug(found: Session, name: str) -> str:
    known = {festival.slug for festival, _call in all_festivals(found)}
    return unused_slug(name, known, "svetki")


def _typed_of(festival: Festival) -> Typed:
    days = {name: getattr(festival, name).isoformat() for name in ("first_day", "last_day")}
    return said_words(festival, *WORDS) | days


def _links(festival: Festival) -> list[tuple[str, str]]:
    known = [one for one in LINKS if one[0] in current_app.view_functions]
    return [
        (url_for(endpoint, **({part: festival.slug} if part else {})), words)  # type: ignore[arg-type]
        for endpoint, part, words in known
    ]


def _list_page(form: Form) -> str:
    lines = [
        (festival, call, window_of(call).state(now()) if call else "")
        for festival, call in all_festivals(session())
    ]
    return render_template("organiser/festivals.html", lines=lines, form=form)


def _form_page(festival: Festival, form: Form) -> str:
    return render_template("organiser/festival_form.html", festival=festival, form=form)
