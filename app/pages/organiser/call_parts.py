"""The parts of a call that are lists: groups of goods, prices, documents, questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session, SQLModel

from app.application_words import UNITS
from app.changes import Stale
from app.database import session
from app.forms import Form, Typed, is_ticked, read_form, typed_cents, typed_texts
from app.languages import N_, number
from app.languages import gettext as _
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.festivals import (
    festival_of,
    name_language,
    said_words,
    words_of,
    words_typed,
)
from app.pages.organiser.plan_forms import categories
from app.sending import version_sent
from market.days.models import Festival
from market.festivals import queries
from market.festivals.models import (
    PRICE_UNITS,
    QUESTION_KINDS,
    Call,
    CallCategory,
    CallCategoryFields,
    CallDocument,
    CallDocumentFields,
    CallPrice,
    CallPriceFields,
    CallQuestion,
    CallQuestionFields,
)
from vendors.fields import identity
from vendors.listings.kinds import CATEGORIES

KIND_WORDS = {
    "text": N_("some words"),
    "yes_no": N_("yes or no"),
    "number": N_("a number"),
}
AMOUNTS = ("cents", "own_made_cents", "social_cents")
POWERS = ("from_kw", "up_to_kw")


@dataclass(frozen=True)
class Part:
    """A list of a call: its table, how its rows are found, shown in a form, and read."""

    words: str
    table: type[Any]
    rows: Callable[[Session, int], Sequence[Any]]
    typed: Callable[[Any], Typed]
    read: Callable[[], Form]


def _read_group() -> Form:
    typed = typed_texts("category", "max_stalls") | {"keep_apart": ["1"] * is_ticked("keep_apart")}
    values = {
        "category": typed["category"],
        "max_stalls": typed["max_stalls"] or None,
        "keep_apart": bool(typed["keep_apart"]),
    }
    form = read_form(CallCategoryFields, values, typed)
    _refuse_unknown(form, "category", CATEGORIES)
    return form


def _read_price() -> Form:
    typed = words_typed("name") | typed_texts("unit", "category", *POWERS, *AMOUNTS)
    values: dict[str, Any] = {"name": words_of(typed, "name"), "unit": typed["unit"]}
    values["category"] = typed["category"] or None
    wrong = {}
    for name in AMOUNTS:
        try:
            values[name] = typed_cents(typed[name])
        except ValueError:
            values[name], wrong[name] = None, _("Please type an amount such as 3,50.")
    for name in POWERS:
        text = typed[name].replace(",", ".")
        values[name] = text or None
        if text and not text.replace(".", "", 1).isdecimal():
            values[name], wrong[name] = None, _("Please give a number.")
    form = name_language(read_form(CallPriceFields, values, typed), "name")
    for name, sentence in wrong.items():
        form.errors[name] = sentence
    _refuse_unknown(form, "unit", PRICE_UNITS)
    if typed["category"]:
        _refuse_unknown(form, "category", CATEGORIES)
    last = None if form.errors else form.values["up_to_kw"]
    if last is not None and last <= (form.values["from_kw"] or 0):
        form.refuse("up_to_kw", _("The step ends before it begins."))
    return form


def _read_document() -> Form:
    typed = words_typed("name") | typed_texts("category")
    typed["required"] = ["1"] * is_ticked("required")
    values = {
        "name": words_of(typed, "name"),
        "required": bool(typed["required"]),
        "category": typed["category"] or None,
    }
    form = name_language(read_form(CallDocumentFields, values, typed), "name")
    if typed["category"]:
        _refuse_unknown(form, "category", CATEGORIES)
    return form


def _read_question() -> Form:
    typed = words_typed("words") | typed_texts("kind", "position")
    typed["required"] = ["1"] * is_ticked("required")
    values = {
        "words": words_of(typed, "words"),
        "kind": typed["kind"],
        "required": bool(typed["required"]),
    }
    form = name_language(read_form(CallQuestionFields, values, typed), "words")
    _refuse_unknown(form, "kind", QUESTION_KINDS)
    place = typed["position"] or "1"
    if not (place.isdecimal() and place.isascii() and 0 < len(place) < 4):
        form.refuse("position", _("Please give a whole number."))
    elif not form.errors:
        form.values["position"] = int(place)
    return form


def _refuse_unknown(form: Form, name: str, known: Sequence[str]) -> None:
    if form.text(name) not in known:
        form.refuse(name, _("Please choose one."))


def _typed_group(row: CallCategory) -> Typed:
    return {
        "category": row.category,
        "max_stalls": "" if row.max_stalls is None else str(row.max_stalls),
        "keep_apart": ["1"] * row.keep_apart,
    }


def _typed_price(row: CallPrice) -> Typed:
    typed = said_words(row, "name") | {"unit": row.unit, "category": row.category or ""}
    for name in AMOUNTS:
        cents = getattr(row, name)
        typed[name] = "" if cents is None else f"{cents // 100},{cents % 100:02}"
    for name in POWERS:
        value = getattr(row, name)
        typed[name] = "" if value is None else number(value)
    return typed


def _typed_document(row: CallDocument) -> Typed:
    typed = said_words(row, "name") | {"category": row.category or ""}
    return typed | {"required": ["1"] * row.required}


def _typed_question(row: CallQuestion) -> Typed:
    typed = said_words(row, "words") | {"kind": row.kind, "position": str(row.position)}
    return typed | {"required": ["1"] * row.required}


PARTS = {
    "grupas": Part(
        N_("Groups of goods"), CallCategory, queries.categories, _typed_group, _read_group
    ),
    "cenas": Part(N_("Prices"), CallPrice, queries.prices, _typed_price, _read_price),
    "dokumenti": Part(
        N_("Documents"), CallDocument, queries.documents, _typed_document, _read_document
    ),
    "jautajumi": Part(
        N_("Questions"), CallQuestion, queries.questions, _typed_question, _read_question
    ),
}
"""The lists of a call by the word in their addresses."""


@blueprint.get("/svetki/<festival_slug>/uzsaukums/<part>", endpoint="call_part")
def call_part(festival_slug: str, part: str) -> ResponseReturnValue:
    """One more line of a list."""
    festival, call, _part = _asked(festival_slug, part)
    typed: Typed = {
        "required": ["1"],
        "position": str(len(_part.rows(session(), identity(call))) + 1),
    }
    return _page(festival, part, Form(typed=typed), None)


@blueprint.post("/svetki/<festival_slug>/uzsaukums/<part>", endpoint="add_call_part")
def add_call_part(festival_slug: str, part: str) -> ResponseReturnValue:
    """Add a line."""
    festival, call, known = _asked(festival_slug, part)
    form = known.read()
    with office_saving() as save:
        if not form.errors:
            _refuse_second(form, known.rows(save.session, identity(call)), None)
        if form.errors:
            return _page(festival, part, form, None), 422
        save.add(known.table(call_id=identity(call), **form.values), action="call_part")
        return save.done(_back(festival, part), _("Saved."))


@blueprint.get(
    "/svetki/<festival_slug>/uzsaukums/<part>/<int(max=2147483647):row_number>",
    endpoint="call_part_row",
)
def call_part_row(festival_slug: str, part: str, row_number: int) -> ResponseReturnValue:
    """A line of a list, to be changed."""
    festival, call, known = _asked(festival_slug, part)
    row = _row(session(), known, call, row_number)
    return _page(festival, part, Form(typed=known.typed(row), version=row.version), row)


@blueprint.post(
    "/svetki/<festival_slug>/uzsaukums/<part>/<int(max=2147483647):row_number>",
    endpoint="change_call_part",
)
def change_call_part(festival_slug: str, part: str, row_number: int) -> ResponseReturnValue:
    """Change a line, or take it away."""
    festival, call, known = _asked(festival_slug, part)
    _row(session(), known, call, row_number)
    if request.form.get("away"):
        with office_saving() as save:
            save.remove(_row(save.session, known, call, row_number), action="call_part_away")
            return save.done(_back(festival, part), _("It is no longer in the list."))
    form = known.read()
    form.version = version_sent()
    try:
        with office_saving() as save:
            row = _row(save.session, known, call, row_number)
            if not form.errors:
                _refuse_second(form, known.rows(save.session, identity(call)), row_number)
            if form.errors:
                return _page(festival, part, form, row), 422
            save.change(row, form.values, action="call_part", version=version_sent())
            return save.done(_back(festival, part), _("Saved."))
    except Stale as stale:
        form.version = stale.row.version
        return _page(festival, part, form, stale.row, theirs=known.typed(stale.row)), 409


def _refuse_second(form: Form, rows: Sequence[Any], own: int | None) -> None:
    """A group of goods stands in a call once."""
    for row in rows:
        is_other = isinstance(row, CallCategory) and row.id != own
        if is_other and row.category == form.values.get("category"):
            form.refuse("category", _("This group is in the list already."))


def _asked(festival_slug: str, part: str) -> tuple[Festival, Call, Part]:
    festival = festival_of(session(), festival_slug)
    call = queries.call_of(session(), identity(festival))
    if call is None or part not in PARTS:
        abort(404)
    return festival, call, PARTS[part]


def _row(found: Session, part: Part, call: Call, row_number: int) -> Any:
    row: Any = found.get(part.table, row_number)
    return row if row is not None and row.call_id == call.id else abort(404)


def _back(festival: Festival, part: str) -> str:
    return url_for("office.call_form", festival_slug=festival.slug, _anchor=part)


def _page(
    festival: Festival, part: str, form: Form, row: SQLModel | None, theirs: Typed | None = None
) -> str:
    return render_template(
        "organiser/call_part.html",
        festival=festival,
        part=part,
        words=PARTS[part].words,
        form=form,
        row=row,
        theirs=theirs or {},
        categories=[("", _("All goods")), *categories()],
        units=[(one, _(words)) for one, words in UNITS.items()],
        kinds=[(one, _(words)) for one, words in KIND_WORDS.items()],
    )
