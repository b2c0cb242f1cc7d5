"""The form of one good: its fields in their order, what may be chosen, and how typed is read.

The paper form of the office has the same fields in the same order, so that entering it is copying.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from flask import request
from sqlmodel import Field, SQLModel

from app import names
from app.forms import Form, Typed, read_form, typed_cents, typed_texts
from app.goods_said import SHIFTS
from app.languages import N_, gettext, languages, month, sort_key, speaking
from app.languages import gettext as _
from app.templates import language_name
from vendors.fields import STRICT, Text
from vendors.listings.amounts import typed_amount, typed_net
from vendors.listings.kinds import CATEGORIES, KINDS
from vendors.listings.models import ALLERGENS, ORIGINS, Good
from vendors.listings.seasons import ALL_MONTHS, mask_of, months_of, shift_in
from vendors.searching import folded

FIELDS_OF_GOOD = (
    "kind",
    "name",
    "category",
    "price",
    "per",
    "net",
    "months",
    "season",
    "origin",
    "allergens",
    "photograph",
)
"""The fields in their order, on the page and on paper."""

LABELS = {
    "kind": N_("What is it?"),
    "name": N_("Name, as you say it"),
    "category": N_("Category"),
    "price": N_("Price, €"),
    "per": N_("The price is for"),
    "net": N_("How much is in it"),
    "months": N_("Months in which you sell it"),
    "season": N_("This year"),
    "origin": N_("Where it is from"),
    "allergens": N_("Allergens"),
    "photograph": N_("Picture"),
}

PACKAGES: dict[str, tuple[int, str]] = {
    "kg": (1000, "g"),
    "100g": (100, "g"),
    "l": (1000, "ml"),
    "piece": (1, "piece"),
    "10pieces": (10, "piece"),
    "bunch": (1, "bunch"),
    "pot": (1, "pot"),
    "box": (1, "box"),
    "jar": (1, "jar"),
}
"""What a price is mostly for; anything else is typed."""

OTHER = "other"
ALL_YEAR = "all"
SAID = ("ask", "none", "some")
"""What may be said of allergens: ask the seller, there are none, these."""

DEAREST_CENTS = 10_000_000
LONGEST_NAME = 80
KEPT = (
    "category", "kind", "name", "price_cents", "amount", "unit", "net_amount", "net_unit", "months",
    "season_shift", "season_year", "origin", "allergens", "photograph_id",
)  # fmt: skip
"""The columns that the form writes."""


class NameFields(SQLModel):
    """A name in one language."""

    model_config = STRICT

    name: Text = Field(min_length=2, max_length=LONGEST_NAME)


def label(field: str) -> str:
    """What a field is called."""
    return gettext(LABELS[field])


def options(field: str) -> list[tuple[str, str]]:
    """What may be chosen in a field: the values and their words, sorted where people search."""
    if field == "kind":
        return _sorted((key, names.kind(key)) for key in KINDS)
    if field == "category":
        return _sorted((key, names.category(key)) for key in CATEGORIES)
    if field == "per":
        said = {
            "kg": _("a kilogram (kg)"),
            "100g": _("100 grams"),
            "l": _("a litre"),
            "piece": _("one piece"),
            "10pieces": _("10 pieces"),
            "bunch": _("a bunch"),
            "pot": _("a pot"),
            "box": _("a box"),
            "jar": _("a jar"),
        }
        return [*said.items(), (OTHER, _("another amount"))]
    if field == "months":
        return [(str(number), month(number)) for number in range(1, 13)]
    if field == "season":
        return [(key, gettext(word)) for key, word in SHIFTS.items()]
    if field == "origin":
        return [(key, names.origin(key)) for key in ORIGINS]
    if field == "allergens":
        return [(key, names.allergen(key)) for key in ALLERGENS]
    return []


def _sorted(pairs: Any) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: sort_key(pair[1]))


def name_fields() -> list[tuple[str, str]]:
    """The fields of the name, one for each language, Latvian first, with the language's name."""
    return [(f"name.{language}", language_name(language)) for language in languages()]


# From the row to the form.


def typed_of(good: Good, today: date) -> Typed:
    """A good as it stands in the form."""
    package = (good.amount, good.unit)
    per = next((key for key, found in PACKAGES.items() if found == package), OTHER)
    return {
        **{f"name.{language}": text for language, text in good.name.items()},
        "kind": good.kind or "",
        "category": good.category,
        "price": price_typed(good.price_cents),
        "per": per,
        "amount": _amount_typed(*package) if per == OTHER else "",
        "net": f"{good.net_amount} {good.net_unit}" if good.net_amount else "",
        "months": [str(number) for number in months_of(good.months)],
        "season": str(shift_in(good, today.year)),
        "origin": good.origin,
        "said": "ask" if good.allergens is None else "some" if good.allergens else "none",
        "allergens": list(good.allergens or ()),
        "photograph": str(good.photograph_id or ""),
    }


def typed_at_first() -> Typed:
    """The form of a new good before anything was typed."""
    return {"per": "kg", "season": "0", "origin": "grown", "said": "ask", "photograph": ""}


def price_typed(cents: int | None) -> str:
    """A price as people would type it: "3,50"."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02}"


def _amount_typed(amount: int, unit: str) -> str:
    if unit in ("g", "ml"):
        large = {"g": "kg", "ml": "l"}[unit]
        return f"{amount} {unit}" if amount % 1000 else f"{amount // 1000} {large}"
    return f"{amount} {names.unit(unit)}"


def digest_of(good: Good) -> str:
    """What tells whether anybody has changed what the form of a good shows."""
    shown = json.dumps([getattr(good, name) for name in KEPT], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


# From the form to the row.


def typed_good() -> Typed:
    """What was typed into the form of a good."""
    texts = typed_texts(
        "kind", "category", "price", "per", "amount", "net", "season", "origin", "said",
        "photograph", *(name for name, _language in name_fields()),
    )  # fmt: skip
    boxes = {name: request.form.getlist(name) for name in ("months", "allergens")}
    return {**texts, **boxes}


def read_good(typed: Typed, today: date, before: Good | None, photographs: Collection[int]) -> Form:
    """What was typed into the form of a good, as values of its row, or what does not fit.

    `before` is the good that is changed, None for a new one; `photographs` are those that may be
    chosen. A kind that was chosen fills in what was left empty: name, category and months.
    """
    form = Form(typed=typed)
    _read_kind(form)
    _read_name(form, before)
    _read_price(form)
    _read_months(form, today, before)
    _read_allergens(form)
    form.values["origin"] = _chosen(form, "origin", ORIGINS)
    picture = form.text("photograph")
    if picture and picture not in {str(one) for one in photographs}:
        form.refuse("photograph", _("Please choose one of these pictures."))
    elif not form.errors.get("photograph"):
        form.values["photograph_id"] = int(picture) if picture else None
    return form


def _chosen(form: Form, name: str, known: Collection[str]) -> str:
    if form.text(name) not in known:
        form.refuse(name, _("Please choose one of these."))
    return form.text(name)


def _read_kind(form: Form) -> None:
    kind = KINDS.get(form.text("kind"))
    if form.text("kind") and kind is None:
        form.refuse("kind", _("Please choose one of these."))
    category = form.text("category")
    if kind and category not in ("", kind.category):
        sentence = _(
            "“%(kind)s” are in the category “%(category)s”. Please choose that, or another kind.",
            kind=names.kind(kind.key),
            category=names.category(kind.category),
        )
        form.refuse("category", sentence)
    category = category or (kind.category if kind else "")
    if category not in CATEGORIES:
        form.refuse("category", _("Please choose a category."))
    form.values.update(kind=kind.key if kind else None, category=category)


def _read_name(form: Form, before: Good | None) -> None:
    """Names in the languages of the form; those in other languages stay as they are."""
    asked = [language for language in languages() if form.text(f"name.{language}")]
    words = {} if before is None else dict(before.name)
    words = {language: text for language, text in words.items() if language not in languages()}
    for language in asked:
        found = read_form(NameFields, {"name": form.text(f"name.{language}")})
        for sentence in found.errors.values():
            form.refuse(f"name.{language}", sentence)
        words[language] = found.values.get("name", "")
    kind = form.values.get("kind")
    if not asked and kind:
        words |= words_of_kind(kind)
    if "lv" not in words:
        form.refuse("name.lv", _("Please write the name, or choose above what it is."))
    form.values["name"] = words


def words_of_kind(kind: str) -> dict[str, str]:
    """What a kind of goods is called, in every language."""
    found = {}
    for language in languages():
        with speaking(language):
            found[language] = names.kind(kind)
    return found


def _read_price(form: Form) -> None:
    try:
        cents = typed_cents(form.text("price"))
    except ValueError:
        cents = None
        form.refuse("price", _("Please write the price in euros, such as 3,50."))
    if cents is not None and cents > DEAREST_CENTS:
        form.refuse("price", _("This price is too high. Please look at it once more."))
    amount, unit = _read_package(form)
    net = _read_net(form, unit)
    form.values.update(
        price_cents=cents,
        amount=amount,
        unit=unit,
        net_amount=net[0] if net else None,
        net_unit=net[1] if net else None,
    )


def _read_package(form: Form) -> tuple[int, str]:
    per = _chosen(form, "per", (*PACKAGES, OTHER))
    if per in PACKAGES:
        return PACKAGES[per]
    try:
        return typed_amount(form.text("amount"))
    except ValueError:
        if per == OTHER:
            form.refuse(
                "amount", _("Please write an amount with its unit, such as 250 g or 0,5 l.")
            )
        return (1, "piece")


def _read_net(form: Form, unit: str) -> tuple[int, str] | None:
    try:
        net = typed_net(form.text("net"))
    except ValueError:
        form.refuse("net", _("Please write a weight or a volume, such as 700 g or 0,5 l."))
        return None
    if net and unit in ("g", "ml"):
        form.refuse("net", _("The price is by weight or volume already. Please leave this empty."))
    return net


def _read_months(form: Form, today: date, before: Good | None) -> None:
    ticked = form.typed["months"]
    known = {str(number) for number in range(1, 13)}
    kind = KINDS.get(form.values.get("kind") or "")
    if ALL_YEAR in ticked:
        mask = ALL_MONTHS
    elif not ticked and kind and before is None:
        mask = mask_of(kind.months)
    else:
        mask = mask_of(int(number) for number in ticked if number in known)
    if not mask or not set(ticked) <= {*known, ALL_YEAR}:
        form.refuse("months", _("Please tick at least one month."))
    shift = int(form.text("season")) if _chosen(form, "season", tuple(SHIFTS)) in SHIFTS else 0
    form.values.update(months=mask, season_shift=shift, season_year=today.year if shift else None)


def _read_allergens(form: Form) -> None:
    said, ticked = _chosen(form, "said", SAID), form.typed["allergens"]
    if not set(ticked) <= set(ALLERGENS):
        form.refuse("said", _("Please choose among these."))
    if said == "some" and not ticked:
        form.refuse("said", _("Please tick which ones, or choose one of the other answers."))
    if said in ("ask", "none") and ticked:
        form.refuse(
            "said", _("You have ticked allergens, but chose another answer. Which one is right?")
        )
    listed = [key for key in ALLERGENS if key in ticked]
    form.values["allergens"] = None if said == "ask" else listed


def same_good(values: Mapping[str, Any], goods: Sequence[Good], own: int | None) -> Good | None:
    """Another good in the list with the same name and package; lists know goods by these."""
    wanted = _identity(values["name"], values["amount"], values["unit"], values["net_amount"])
    for good in goods:
        found = _identity(good.name, good.amount, good.unit, good.net_amount)
        if good.id != own and found == wanted:
            return good
    return None


def _identity(name: Mapping[str, str], *package: Any) -> tuple[Any, ...]:
    return (folded(name["lv"]), *package)
