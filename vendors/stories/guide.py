"""The guide: short answers of a vendor become a story in its three layers.

Nothing is invented and nothing inflected. A whole sentence stays the vendor's own; a few words
without a verb stand behind a beginning that takes them as they are ("Pašlaik pie mums: …").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Field, SQLModel

from vendors.fields import STRICT, Text

QUESTIONS = ("who", "where", "now", "since", "how", "see", "memory", "ask")
FOR_SHORT = ("who", "where", "now")
FOR_LONGER = ("since", "how")
FOR_WHOLE = ("see", "memory")
LONGEST_ANSWER = 500
LONGEST_SHORT = 600
LONGEST_QUESTION = 200

_BEGINNINGS = {
    "lv": {
        "who": "Te saimnieko {answer}",
        "where": "Mūsu vieta: {answer}",
        "now": "Pašlaik pie mums: {answer}",
        "since": "Kopš kura laika: {answer}",
        "see": "Vērts redzēt: {answer}",
    },
    "en": {
        "who": "The people behind the stall: {answer}",
        "where": "Our place: {answer}",
        "now": "With us just now: {answer}",
        "since": "Since when: {answer}",
        "see": "Worth seeing: {answer}",
    },
}
_SINCE_YEAR = {
    "lv": "Mēs strādājam kopš {year}. gada.",
    "en": "We have been doing this since {year}.",
}
_YEAR = re.compile(r"(?:kopš |no |since )?((?:1[89]|20)\d\d)\.?(?: gad[asuā]m?)?\.?", re.IGNORECASE)
_VERBS_LV = """
    esam esmu ir bija esi mēs es man mani mums mūs mans mana mūsu manu sauc kas
    dzīvo dzīvoju dzīvojam strādā strādāju strādājam saimnieko saimniekoju saimniekojam
    atrodas atrodamies aug augam audzē audzēju audzējam cep cepu cepam tur turam
    sāku sākām sākās sāka nāk nāku nākam nav var varat redzēsiet
"""
_VERBS_EN = """
    am is are was were be been i we i'm we're i've we've my our has have had do does did
    live lives grow grows bake bakes keep keeps make makes work works started began
    start sell sells come comes can will you there's it's
"""
_ASKING = """
    kāpēc kādēļ kā kur kurp kad kas ko kam cik kurš kura kuri kuras kuru kāds kāda kādi kādas vai
    why how where when what who which whose is are do does did can
"""
_SPEAKS = {"lv": set(_VERBS_LV.split()), "en": set(_VERBS_EN.split())}
_ASKS = set(_ASKING.split())
_LATVIAN_WE = re.compile(r"(?:am|ām|im)$")
MOST_WORDS = 9
"""A longer answer is taken for a whole sentence."""


class Answers(SQLModel):
    """What may stand in the fields of the guide."""

    model_config = STRICT

    who: Text = Field(default="", max_length=LONGEST_ANSWER)
    where: Text = Field(default="", max_length=LONGEST_ANSWER)
    now: Text = Field(default="", max_length=LONGEST_ANSWER)
    since: Text = Field(default="", max_length=LONGEST_ANSWER)
    how: Text = Field(default="", max_length=LONGEST_ANSWER)
    see: Text = Field(default="", max_length=LONGEST_ANSWER)
    memory: Text = Field(default="", max_length=LONGEST_ANSWER)
    ask: Text = Field(default="", max_length=LONGEST_QUESTION - 1)


@dataclass(frozen=True)
class Layers:
    """A story in its layers, and the question that visitors may ask."""

    short: str
    question: str
    longer: str
    whole: str


def layers(answers: Mapping[str, str], language: str) -> Layers:
    """The story that answers by question make; a question without an answer leaves no trace.

    Layers move up where a higher one would be empty; what does not fit into the short one comes
    first in the longer one.
    """
    told = {key: _told(key, answers.get(key, ""), language) for key in QUESTIONS}
    short, over = _that_fit([told[key] for key in FOR_SHORT if told[key]])
    longer = [*over, *(told[key] for key in FOR_LONGER if told[key])]
    whole = [told[key] for key in FOR_WHOLE if told[key]]
    if not short and (longer or whole):
        first = longer or whole
        short = first.pop(0)
    if not longer:
        longer, whole = whole, []
    return Layers(short, told["ask"], "\n\n".join(longer), "\n\n".join(whole))


def _that_fit(sentences: list[str]) -> tuple[str, list[str]]:
    """As many whole answers from the first on as fit into the short layer, and the others."""
    short = ""
    for number, sentence in enumerate(sentences):
        longer = f"{short} {sentence}".strip()
        if len(longer) > LONGEST_SHORT:
            return short, sentences[number:]
        short = longer
    return short, []


def _told(key: str, answer: str, language: str) -> str:
    """One answer as it stands in the story."""
    text = " ".join(answer.split())
    if not text:
        return ""
    if key == "ask":
        return _question(text)
    year = _YEAR.fullmatch(text) if key == "since" else None
    if year and language in _SINCE_YEAR:
        return _SINCE_YEAR[language].format(year=year[1])
    beginning = _BEGINNINGS.get(language, {}).get(key)
    if beginning and is_phrase(text, language):
        return _ended(beginning.format(answer=_inside(text)))
    return _ended(_capitalized(text))


def is_phrase(text: str, language: str) -> bool:
    """Whether an answer is a few words rather than a sentence: short, unended, without a verb."""
    words = list(_words(text))
    if text[-1] in ".!?…:" or len(words) > MOST_WORDS or not words:
        return False
    if language == "lv" and any(_LATVIAN_WE.search(word) for word in words if len(word) > 3):
        return False
    return not _SPEAKS.get(language, set()) & set(words)


def _words(text: str) -> Iterator[str]:
    for word in text.casefold().replace("’", "'").split():
        plain = word.strip(",;:()„“”\"'–-.!?")
        if plain:
            yield plain


def _inside(text: str) -> str:
    """Words within a sentence: the capital that the telephone set before a list is taken back.

    Only a single word before a comma is surely no name of two words; a name keeps its capital.
    """
    first, comma, _rest = text.partition(",")
    is_list_of_goods = bool(comma) and first.isalpha() and first[1:].islower()
    return text[:1].lower() + text[1:] if is_list_of_goods else text


def _question(text: str) -> str:
    first = next(_words(text), "")
    text = _capitalized(text)
    if text[-1] in ".!?…":
        return text
    return f"{text}?" if first in _ASKS else f"{text}."


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str) -> str:
    """The text with its full stop, unless it ends already, also within quotation marks."""
    text = text.rstrip(" ,;:–-")
    bare = text.rstrip("“”\"')»")
    return text if bare.endswith((".", "!", "?", "…")) else f"{text}."
