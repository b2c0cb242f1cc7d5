"""The short forms of an application, one for each step: how they are shown and how read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from flask import request

from app import names
from app.application_words import ODD, TENTS_SAID
from app.applying import Applicant, festival_days
from app.forms import Form, Typed, is_ticked, read_form, typed_texts
from app.languages import gettext as _
from app.languages import long_day, number, sort_key
from market.festivals.models import Application, ApplicationFields, CallDocument, CallQuestion
from market.places.parishes import PARISHES
from vendors.fields import has_personal_code, identity
from vendors.registry.models import TENTS, VENDOR_KINDS
from vendors.registry.numbers import Odd, typed_phone, typed_reg_no, with_latvian_quotes

WHO = ("name", "kind", "legal_name", "reg_no", "contact_person", "phone", "email", "parish_code",
       "other_place")  # fmt: skip
NUMBERS = ("metres", "power_kw", "places_min", "places_max")
NEEDS = ("water", "vehicle", "fire")
LONGEST_NOTE, LONGEST_ANSWER = 120, 1000
Choices = list[tuple[str, str]]


def typed_of(application: Application) -> Typed:
    """Everything an applicant has said, as the forms show it."""
    typed: Typed = {name: getattr(application, name) or "" for name in WHO}
    typed["phone"] = (application.phone or "").removeprefix("+371")
    typed |= {"goods": application.goods, "note": application.note, "tent": application.tent}
    typed |= {name: number(getattr(application, name)) for name in NUMBERS}
    typed |= {"categories": list(application.categories), "days": list(application.days)}
    typed["needs"] = [name for name in NEEDS if getattr(application, name)]
    typed["made"] = [name for name in ("own_made", "social") if getattr(application, name)]
    return typed


def kinds() -> Choices:
    """What an applicant can be."""
    return [(one, names.vendor_kind(one)) for one in VENDOR_KINDS]


def parishes() -> Choices:
    """Parishes and towns by the alphabet, and first that it is none of them."""
    found = sorted(((one.code, one.name) for one in PARISHES), key=lambda one: sort_key(one[1]))
    return [("", _("Elsewhere: please write it below")), *found]


def days_of(applicant: Applicant) -> Choices:
    """The days of the festival, to tick."""
    return [(day.isoformat(), long_day(day)) for day in festival_days(applicant.festival)]


def goods_of(taken: Collection[str]) -> Choices:
    """The categories that a call takes, by the alphabet."""
    return sorted(((one, names.category(one)) for one in taken), key=lambda one: sort_key(one[1]))


def tents() -> Choices:
    """Whether they bring a tent."""
    return [(one, _(TENTS_SAID[one])) for one in TENTS]


def read_who(_applicant: Applicant | None = None, _taken: Collection[str] = ()) -> Form:
    """Who applies, and how they are reached."""
    typed = typed_texts(*WHO)
    values: dict[str, Any] = dict(typed)
    odd = {}
    readers: Mapping[str, Callable[[str], str]] = {"phone": typed_phone, "reg_no": typed_reg_no}
    for name, read in readers.items():
        try:
            values[name] = read(typed[name]) if typed[name] else None
        except Odd as error:
            values[name], odd[name] = None, _(ODD[error.reason])
    values["name"] = with_latvian_quotes(typed["name"])
    if typed["parish_code"] not in {one.code for one in PARISHES}:
        values["parish_code"] = None
    form = read_form(ApplicationFields, values, typed)
    if "email" in form.errors:
        form.errors["email"] = _("Please type the whole e-mail address, such as anna@example.lv.")
    for name, sentence in odd.items():
        form.errors[name] = sentence
    if typed["kind"] not in VENDOR_KINDS:
        form.refuse("kind", _("Please choose one."))
    if not form.errors and not values["phone"] and not values["email"]:
        form.refuse("phone", _("Please give a telephone or an e-mail, so that we can answer."))
    return form


def read_goods(_applicant: Applicant, taken: Collection[str]) -> Form:
    """What they sell, of the categories that the call takes."""
    typed: Typed = typed_texts("goods")
    typed["categories"] = request.form.getlist("categories")
    typed["made"] = request.form.getlist("made")
    values = {
        "goods": typed["goods"],
        "categories": sorted({one for one in typed["categories"] if one in taken}),
        "own_made": "own_made" in typed["made"],
        "social": "social" in typed["made"],
    }
    form = read_form(ApplicationFields, values, typed)
    if not typed["goods"]:
        form.refuse("goods", _("Please write in a few words what you sell."))
    if not values["categories"]:
        form.refuse("categories", _("Please choose at least one of these groups of goods."))
    return form


def read_needs(applicant: Applicant, _taken: Collection[str]) -> Form:
    """On which days, how long a front, how much power, how many places."""
    typed = typed_texts(*NUMBERS, "tent")
    typed["days"] = request.form.getlist("days")
    typed["needs"] = request.form.getlist("needs")
    known = [day for day, _said in days_of(applicant)]
    values: dict[str, Any] = {name: typed[name].replace(",", ".") for name in NUMBERS}
    values |= {name: name in typed["needs"] for name in NEEDS}
    values |= {"days": [day for day in known if day in typed["days"]], "tent": typed["tent"]}
    form = read_form(ApplicationFields, values, typed)
    for name in NUMBERS:
        if typed[name] and not typed[name].replace(",", "").replace(".", "").isdecimal():
            form.errors[name] = _("Please give a number.")
    if typed["tent"] not in TENTS:
        form.refuse("tent", _("Please choose one."))
    if not values["days"]:
        form.refuse("days", _("Please choose at least one day."))
    if not form.errors and form.values["places_max"] < form.values["places_min"]:
        form.refuse("places_max", _("The most cannot be fewer than the fewest."))
    return form


def read_papers(documents: Sequence[CallDocument], questions: Sequence[CallQuestion]) -> Form:
    """The documents they have, the answers to the call's own questions, and a note."""
    typed: Typed = typed_texts("note")
    for document in documents:
        typed[f"note-{document.id}"] = request.form.get(f"note-{document.id}", "").strip()
        typed[f"has-{document.id}"] = ["1"] if is_ticked(f"has-{document.id}") else []
    for question in questions:
        typed[f"answer-{question.id}"] = request.form.get(f"answer-{question.id}", "").strip()
    form = read_form(ApplicationFields, {"note": typed["note"]}, typed)
    for document in documents:
        _refuse_text(form, f"note-{document.id}", LONGEST_NOTE)
    for question in questions:
        _refuse_answer(form, question)
    return form


def _refuse_text(form: Form, name: str, longest: int) -> None:
    text = form.text(name)
    if len(text) > longest:
        form.refuse(name, _("Please shorten this to %(num)s characters.", num=longest))
    elif has_personal_code(text):
        form.refuse(name, _("Please leave out the personal code; we must not keep it."))
    elif not all(char.isprintable() or char in "\r\n\t" for char in text):
        form.refuse(name, _("Please type this anew: it holds characters that cannot be seen."))


def _refuse_answer(form: Form, question: CallQuestion) -> None:
    name = f"answer-{identity(question)}"
    text = form.text(name)
    _refuse_text(form, name, LONGEST_ANSWER)
    plain = text.replace(",", ".").replace(".", "", 1)
    if question.kind == "number" and text and not (plain.isdecimal() and len(plain) < 12):
        form.refuse(name, _("Please give a number."))
    if question.kind == "yes_no" and text not in ("", "yes", "no"):
        form.refuse(name, _("Please choose one."))


READERS: dict[str, Callable[[Applicant, Collection[str]], Form]] = {
    "kas": read_who,
    "preces": read_goods,
    "vajadzibas": read_needs,
}
