"""Every sentence is there in every language, whole, with its blanks, in its own typography."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import Environment

from app.languages import SOURCE_LANGUAGE, languages, ngettext, speaking
from app.words import LATVIAN_PLURALS, ROOT, TRANSLATIONS, collected, read
from tests.reading_pages import Element
from tests.reading_pages import read as read_page

CLASS_OF_PAGE = re.compile(r"{% block page_class %}.*?{% endblock %}")
OTHERS = [language for language in languages() if language != SOURCE_LANGUAGE]
BLANK = re.compile(r"%\((\w+)\)[sd]")
SEEN = ("alt", "title", "aria-label", "placeholder")
SEEN_OF_META = ("description", "og:title", "og:description", "og:site_name")
NOT_WORDS = {"A12", "P3", "kg", "m", "kW", "PDF", "XLSX", "CSV", "A4", "A3", "/api/v1/openapi.json"}
"""What stands in templates as it is: numbers of stalls, units, kinds of files, addresses."""


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    """Every sentence that code and templates say."""
    return collected()


def forms(message: Message) -> list[str]:
    """The translations of a sentence: one, or one for each form of its plural."""
    string = message.string
    return list(string) if isinstance(string, (list, tuple)) else [string]


def name_of(message: Message) -> str:
    """How a failure names a sentence."""
    sentence = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return f"{message.context}: {sentence}" if message.context else str(sentence)


def missing(wanted: Catalog, catalogue: Catalog) -> Iterator[str]:
    """The sentences that a catalogue does not have in every form."""
    for message in wanted:
        if not message.id:
            continue
        found = catalogue.get(message.id, message.context)
        given = forms(found) if found else []
        plural = isinstance(message.id, (list, tuple))
        count = catalogue.num_plurals if plural else 1
        if len([form for form in given if form]) < count:
            yield name_of(message)


def wrong_blanks(catalogue: Catalog) -> Iterator[str]:
    """The translations whose named blanks are not those of the sentence."""
    for message in catalogue:
        if not message.id or not any(forms(message)):
            continue
        ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
        blanks = set(BLANK.findall(ids[-1]))
        for form in forms(message):
            # "one rose" may leave out its number, and so may "Viena roze".
            if set(BLANK.findall(form)) | {"num"} != blanks | {"num"}:
                yield f"{name_of(message)} → {form}"
            if "%" in BLANK.sub("", form).replace("%%", "") and "python-format" in message.flags:
                yield f"{name_of(message)} → {form}"


def foreign_marks(text: str) -> list[str]:
    """Quotation marks that Latvian does not use; „…“ is right, also one within the other."""
    found = re.findall(r'["”‘«»]|(?<!\w)\'|\'(?!\w)', text)
    open_marks = 0
    for mark in re.findall("[„“]", text):
        open_marks += 1 if mark == "„" else -1
        if open_marks < 0:
            found.append("“")
            open_marks = 0
    return found + ["„"] * open_marks


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(wanted: Catalog, language: str):
    assert list(missing(wanted, read(language))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_blanks_of_their_sentences(language: str):
    assert list(wrong_blanks(read(language))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_guessed_or_left_over(wanted: Catalog, language: str):
    catalogue = read(language)
    said = {(message.context, str(message.id)) for message in wanted}
    assert [name_of(message) for message in catalogue if message.id and message.fuzzy] == []
    assert [name_of(message) for message in catalogue.obsolete.values()] == []
    over = [name_of(m) for m in catalogue if m.id and (m.context, str(m.id)) not in said]
    assert over == []


def test_a_planted_gap_blank_and_remnant_are_found():
    wanted, given = Catalog(), Catalog(locale="lv")
    wanted.add("Open until %(time)s")
    wanted.add(("%(num)s rose", "%(num)s roses"))
    given.add("Open until %(time)s", "Atvērts līdz %(laiks)s", flags=["python-format"])
    given.add(("%(num)s rose", "%(num)s roses"), ("%(num)s rožu", "%(num)s roze", ""))
    assert list(missing(wanted, given)) == ["%(num)s rose"]
    assert list(wrong_blanks(given)) == ["Open until %(time)s → Atvērts līdz %(laiks)s"]


def test_latvian_plurals_are_those_of_cldr():
    header = (TRANSLATIONS / "lv.po").read_text().split("\n\n")[0].replace('"\n"', "")
    assert f"Plural-Forms: {LATVIAN_PLURALS}" in header
    with speaking("lv"):
        counted = [ngettext("%(num)s vendor", "%(num)s vendors", n) for n in (0, 1, 2, 10, 11, 21)]
    assert counted == [
        "0 tirgotāju", "1 tirgotājs", "2 tirgotāji", "10 tirgotāju", "11 tirgotāju", "21 tirgotājs",
    ]  # fmt: skip


def test_roses_are_counted_as_people_count_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """0 rožu, 1 roze, 2 rozes, 21 roze: with the header of our catalogue and no other."""
    from app import languages as spoken

    text = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {LATVIAN_PLURALS}\\n"\n\n'
        'msgid "%(num)s rose"\nmsgid_plural "%(num)s roses"\n'
        'msgstr[0] "%(num)s rožu"\nmsgstr[1] "%(num)s roze"\nmsgstr[2] "%(num)s rozes"\n'
    )
    (tmp_path / "lv.po").write_text(text)
    monkeypatch.setattr(spoken, "TRANSLATIONS", tmp_path)
    spoken._catalogue.cache_clear()
    try:
        with speaking("lv"):
            said = [ngettext("%(num)s rose", "%(num)s roses", n) for n in (0, 1, 2, 9, 10, 11, 21)]
    finally:
        spoken._catalogue.cache_clear()
    assert said == ["0 rožu", "1 roze", "2 rozes", "9 rozes", "10 rožu", "11 rožu", "21 roze"]


def test_latvian_has_latvian_quotation_marks():
    wrong = {
        name_of(message): form
        for message in read("lv")
        if message.id
        for form in forms(message)
        if form and foreign_marks(form)
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("No „%(entrance)s“ apmēram", []),
        ("z/s „Vēju „Mazie“ kalni“", []),
        ('No "vārtiem"', ['"', '"']),
        ("No “vārtiem”", ["”", "“"]),
        ("„Vārti", ["„"]),
    ],
)
def test_planted_quotation_marks_are_found(text: str, found: list[str]):
    assert foreign_marks(text) == found


def test_latvian_sentences_end_as_the_english_ones():
    """A full stop, a question mark or a colon belongs to the sentence in both languages."""
    wrong = []
    for message in read("lv"):
        ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
        if ids[0] and any(forms(message)):
            end = next((marks for marks in (".!", "?", ":", "…") if ids[0][-1] in marks), "")
            wrong += [
                f"{name_of(message)} → {form}"
                for form in forms(message)
                if form and end and form[-1] not in end
            ]
    assert wrong == []


def bare_texts(template: str) -> list[str]:
    """What a template shows without asking a catalogue."""
    parts, kinds = [], {"variable_begin": "\x01"}
    template = CLASS_OF_PAGE.sub("", template)
    for _line, kind, value in Environment().lex(template):
        parts.append(value if kind == "data" else kinds.get(kind, ""))
    root, _faults = read_page("".join(parts))
    return [text for text in _seen(root) if _is_bare(text)]


def _seen(root: Element) -> Iterator[str]:
    for one in root.walk():
        if one.tag in ("script", "style"):
            continue
        yield from (child for child in one.children if isinstance(child, str))
        yield from (one[name] for name in SEEN if name in one)
        if one["name"] in SEEN_OF_META or one["property"] in SEEN_OF_META:
            yield one["content"]


def _is_bare(text: str) -> bool:
    words = (word.strip("·–,.:()") for word in text.replace("\x01", "").split())
    return any(
        word not in NOT_WORDS and any(char.isalpha() or char in "“”„\"'" for char in word)
        for word in words
    )


def test_templates_show_no_text_outside_the_catalogues():
    found = {
        file.relative_to(ROOT).as_posix(): bare
        for file in sorted((ROOT / "templates").rglob("*.html"))
        if (bare := bare_texts(file.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Open today</p>", ["Open today"]),
        ('<p>{{ _("Open") }} now</p>', ["\x01 now"]),
        ('<img alt="A farm">', ["A farm"]),
        ('<meta name="description" content="Farms"><meta property="og:type" content="profile">',
         ["Farms"]),
        ("<p>“{{ typed }}”</p>", ["“\x01”"]),
        ('<p>{{ _("Open") }} · <span class="plate">A12</span></p>', []),
        ('{% if a %}<p class="{{ b }}">{{ c }}</p>{% endif %}', []),
        ("{# a remark #}<p>{{ a }}, {{ b }}</p>", []),
    ],
)  # fmt: skip
def test_a_planted_text_is_found(template: str, found: list[str]):
    assert bare_texts(template) == found
