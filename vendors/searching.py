"""Searching without diacritics: "kirsi" finds "Ķirši", in Python and in both databases."""

import unicodedata
from typing import Any

from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

_WITH = "āčēģīķļņōŗšūžäöüéèêáàâóòôíìîúùûńśźżćęąěřůý"
_WITHOUT = "acegiklnorsuzaoueeeaaaoooiiiuuunszzceaeruy"


def folded(text: str | None) -> str | None:
    """Text for searching: small letters without diacritics, "Ķirši" as "kirsi"."""
    if text is None:
        return None
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in apart if not unicodedata.combining(char))


class folded_column(GenericFunction[str]):  # noqa: N801 - reads like a function of SQL
    """The same of a column; SQLite calls `folded` above, which each connection is given."""

    type = Text()
    name = "folded"
    inherit_cache = True


@compiles(folded_column, "postgresql")
def _fold_in_postgresql(element: Any, compiler: Any, **settings: Any) -> str:
    inner = compiler.process(element.clauses, **settings)
    return f"translate(lower({inner}), '{_WITH}', '{_WITHOUT}')"


def pattern(typed: str) -> str:
    """The LIKE pattern that finds what was typed anywhere; `%`, `_` and `\\` are themselves."""
    plain = folded(typed.strip()) or ""
    for special in ("\\", "%", "_"):
        plain = plain.replace(special, "\\" + special)
    return f"%{plain}%"
