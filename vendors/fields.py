"""Kinds of columns that the tables of vendors and of the market have in common.

A table class of SQLModel validates nothing, its plain `…Fields` parent does; so the checks on
what people type live in the annotated types below, and what must never be stored wrongly is
also a constraint of the schema.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated, Any, Protocol

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError
from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel
from sqlmodel._compat import SQLModelConfig

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

STRICT = SQLModelConfig(extra="forbid", str_strip_whitespace=True)
"""Settings of every `…Fields` class: unknown fields are refused, blanks at the ends fall away."""

_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}
_PERSONAL_CODE = re.compile(
    r"(?<![\d+])(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d-?[0-2]\d{4}|32\d{4}-?\d{5})(?!\d)"
)


def has_hidden_characters(text: str) -> bool:
    """Whether text holds characters nobody sees or that turn its direction; line ends are fine."""
    return any(unicodedata.category(char) in _INVISIBLE and char not in "\n\t" for char in text)


def has_personal_code(text: str) -> bool:
    """Whether text holds what looks like a Latvian personal code (`ddmmyy-ddddd` or `32…`).

    Source: Fizisko personu reģistra likums; the service must never store one.
    """
    return _PERSONAL_CODE.search(text) is not None


def clean(text: str) -> str:
    """Return text in Unicode's composed form; refuse hidden characters and personal codes."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if has_hidden_characters(text):
        raise PydanticCustomError("hidden_characters", "hidden characters")
    if has_personal_code(text):
        raise PydanticCustomError("personal_code", "looks like a personal code")
    return text


Text = Annotated[str, AfterValidator(clean)]
"""A text that people typed, free of hidden characters and personal codes."""


def _clean_words(words: dict[str, str]) -> dict[str, str]:
    kept = {language: clean(text.strip()) for language, text in words.items() if text.strip()}
    if "lv" not in kept:
        raise PydanticCustomError("latvian_missing", "the Latvian text is missing")
    for language in kept:
        if not re.fullmatch(r"[a-z]{2}", language):
            raise PydanticCustomError("unknown_language", "unknown language")
    return kept


Words = Annotated[dict[str, str], AfterValidator(_clean_words)]
"""The same short text in several languages, `{"lv": "Zemenes", "en": "Strawberries"}`.

Latvian is always there; a new language needs no new column.
"""


def words_column(**settings: Any) -> Any:
    """A required column of `Words`."""
    return Field(sa_type=JSON, **settings)


def optional_words_column(**settings: Any) -> Any:
    """A column of `Words` that may be empty."""
    return Field(default=None, sa_type=JSON(none_as_null=True), nullable=True, **settings)


def version_column() -> Any:
    """The number of a row's version: every change raises it, every form of an edit carries it."""
    return Field(default=1, ge=1, sa_column_kwargs={"server_default": "1"})


def flag_column() -> Any:
    """A box to tick, empty for rows that were there before the column."""
    return Field(default=False, sa_column_kwargs={"server_default": "0"})


class Row(Protocol):
    """A row of a table whose identity the database gives."""

    id: int | None


def identity(row: Row) -> int:
    """The identity of a row that is in the database; ValueError for one that is not yet."""
    if row.id is None:
        raise ValueError("the row is not in the database")
    return row.id


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A constraint of the schema: column holds one of values.

    Strings with a check instead of the database's enumerations, because PostgreSQL takes a new
    member of an enumeration without a word and then refuses to store it.
    """
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
