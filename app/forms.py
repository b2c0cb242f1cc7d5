"""Forms: what was typed becomes values, or a sentence for each field that says what to do.

The limits stand once, in the `…Fields` classes of the tables. What was typed is always given back.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import request
from markupsafe import Markup
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlmodel import SQLModel

from app.languages import gettext as _
from app.languages import ngettext

Typed = dict[str, Any]

PRICE = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,4})?")
"""Few digits, so that nobody makes us count with a number of a million."""


@dataclass
class Form:
    """A form as it is shown: what was typed, what is wrong with it, and its values if all is well.

    `typed` holds texts by field (lists for boxes to tick); `errors` a sentence by field;
    `values` what to write into the row. `version` is that of the row when the form was opened.
    """

    typed: Typed = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    version: int = 0

    def text(self, name: str) -> str:
        """What stands in a field."""
        value = self.typed.get(name)
        return "" if value is None else str(value)

    def has(self, name: str, value: str) -> bool:
        """Whether a box is ticked or an option chosen."""
        found = self.typed.get(name)
        return value in found if isinstance(found, (list, tuple, set)) else str(found) == value

    def refuse(self, name: str, sentence: str) -> None:
        """Say what is wrong with a field, unless something was said of it already."""
        self.errors.setdefault(name, sentence)


def sending_key() -> str:
    """A new key for a form that is being opened."""
    return secrets.token_hex(16)


def typed_texts(*names: str) -> Typed:
    """What was typed into these fields of the request's form, blanks at the ends gone."""
    return {name: request.form.get(name, "").strip() for name in names}


def read_form(
    fields: type[SQLModel], values: Mapping[str, Any], typed: Typed | None = None
) -> Form:
    """Check values against the limits of `fields`; only the fields that are given count.

    An empty text reads as nothing. Errors are named by the field, and those within words in
    several languages by field and language ("name.lv").
    """
    given = {name: None if value == "" else value for name, value in values.items()}
    form = Form(typed=dict(typed if typed is not None else values))
    try:
        checked = fields.model_validate({**_required(fields, given), **_present(fields, given)})
    except ValidationError as error:
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"]) or "form"
            if name.split(".")[0] in given:
                form.refuse(name, sentence_for(problem))
        if form.errors:
            return form
        # What is missing is not asked for here; what is given is read field by field.
        checked = fields.model_construct()
        for name, value in _present(fields, given).items():
            fields.__pydantic_validator__.validate_assignment(checked, name, value)
    form.values = {name: getattr(checked, name) for name in given}
    return form


def _present(fields: type[SQLModel], given: Mapping[str, Any]) -> Typed:
    """Empty fields that have a default of their own read as that default."""
    return {
        name: value
        for name, value in given.items()
        if value is not None or fields.model_fields[name].default is None
    }


def _required(fields: type[SQLModel], given: Mapping[str, Any]) -> Typed:
    return {
        name: None
        for name, value in given.items()
        if value is None and fields.model_fields[name].is_required()
    }


def sentence_for(problem: ErrorDetails) -> str:
    """What to do about a value that a `…Fields` class refused, in the reader's language."""
    kind, limits = problem["type"], problem.get("ctx", {})
    if kind in ("string_too_long", "too_long"):
        longest = int(limits["max_length"])
        return ngettext(
            "Please shorten this to %(num)s character.",
            "Please shorten this to %(num)s characters.",
            longest,
        )
    if kind in ("less_than_equal", "less_than"):
        return _("Please give a smaller number, at most %(limit)s.", limit=_limit(limits))
    if kind in ("greater_than_equal", "greater_than"):
        return _("Please give a larger number, at least %(limit)s.", limit=_limit(limits))
    sentences = {
        "missing": _("Please fill this in."),
        "string_type": _("Please fill this in."),
        "string_too_short": _("Please fill this in; it is too short."),
        "too_short": _("Please fill this in; it is too short."),
        "latvian_missing": _("Please fill this in in Latvian."),
        "hidden_characters": _("Please type this anew: it holds characters that cannot be seen."),
        "personal_code": _("Please leave out the personal code; we must not keep it."),
        "int_parsing": _("Please give a whole number."),
        "int_type": _("Please give a number."),
        "float_parsing": _("Please give a number."),
        "date_from_datetime_parsing": _("Please give a day."),
        "date_parsing": _("Please give a day."),
        "date_type": _("Please give a day."),
        "time_parsing": _("Please give a time, such as 10.00."),
    }
    return sentences.get(kind, _("Please look at this once more; it does not fit here."))


def _limit(limits: Mapping[str, Any]) -> str:
    return str(next(iter(limits.values()), ""))


def described_by(form: Form, name: str, hint: str) -> Markup:
    """The attributes by which a field names its hint, and the sentence about what is wrong."""
    known = name.replace(".", "-")
    parts = [f"{known}-hint"] if hint else []
    parts += [f"{known}-error"] if name in form.errors else []
    described = Markup(' aria-describedby="{}"').format(" ".join(parts)) if parts else Markup("")
    return described + (Markup(' aria-invalid="true"') if name in form.errors else Markup(""))


def typed_cents(text: str) -> int | None:
    """A price as people type it ("3,50", "3.5 €", "1 234,50") in cents.

    None when nothing was typed; ValueError for what is no price of at most two decimals.
    """
    plain = text.replace("€", "").replace("EUR", "").replace("\u00a0", "").replace(" ", "")
    if not plain:
        return None
    if not PRICE.fullmatch(plain):
        raise ValueError(text)
    cents = Decimal(plain.replace(",", ".")) * 100
    if cents != cents.to_integral_value():
        raise ValueError(text)
    return int(cents)


def is_ticked(name: str) -> bool:
    """Whether a box of the request's form is ticked."""
    return request.form.get(name, "") not in ("", "0")
