"""Collects every sentence that a user may see and brings the catalogues up to date.

`make words` runs it; the translation test uses it to name what a catalogue lacks.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.languages import SOURCE_LANGUAGE, TRANSLATIONS, languages
from app.names import CONTEXTS

ROOT = Path(__file__).parent.parent
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
METHODS = [("app/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
OPTIONS = {"templates/**": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}

LATVIAN_PLURALS = (
    "nplurals=3; plural=(n%10==0 || (n%100>=11 && n%100<=19) ? 0 : n%10==1 && n%100!=11 ? 1 : 2);"
)
"""CLDR's rule: form 0 is the genitive (0 rožu), 1 the singular (21 roze), 2 the plural.

Babel by itself writes another rule into a new Latvian catalogue; a test holds this one.
"""


def collected() -> Catalog:
    """Every sentence of code and templates, and every word in each form it is asked for."""
    catalogue = Catalog(project="tukuma-tirgus", charset="utf-8")
    found = extract_from_dir(
        ROOT, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("For translators:",)
    )
    for file, _line, message, comments, context in found:
        catalogue.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    for context, words in CONTEXTS.items():
        for word in words:
            catalogue.add(word, context=context)
    return catalogue


def read(language: str) -> Catalog:
    """The catalogue of a language as its file has it."""
    with (TRANSLATIONS / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Add new sentences to every catalogue and drop those no longer said."""
    wanted = collected()
    for language in languages():
        if language == SOURCE_LANGUAGE:
            continue
        catalogue = read(language)
        catalogue.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with (TRANSLATIONS / f"{language}.po").open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, sort_output=True)
        missing = [message.id for message in catalogue if message.id and not message.string]
        print(f"{language}: {len(catalogue)} sentences, {len(missing)} to translate")


if __name__ == "__main__":
    update()
