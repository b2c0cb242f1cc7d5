"""The guide: what short answers become, in natural sentences and without facts of our own."""

import pytest

from vendors.stories.guide import LONGEST_SHORT, QUESTIONS, Layers, is_phrase, layers

ONE_ANSWER = [
    # language, question, what was typed, what stands in the story
    ("lv", "who", "Mēs esam Ilze un Jānis.", "Mēs esam Ilze un Jānis."),
    ("lv", "who", "mēs esam Ilze un Jānis", "Mēs esam Ilze un Jānis."),
    ("lv", "who", "Ilze un Jānis Kalniņi", "Te saimnieko Ilze un Jānis Kalniņi."),
    ("lv", "who", "Kalniņu ģimene", "Te saimnieko Kalniņu ģimene."),
    ("lv", "who", "Mani sauc Maruta", "Mani sauc Maruta."),
    ("lv", "who", "Ilze!", "Ilze!"),
    ("lv", "where", "Irlavas pagastā", "Mūsu vieta: Irlavas pagastā."),
    ("lv", "where", "Irlavas pagasts, „Kalniņi“", "Mūsu vieta: Irlavas pagasts, „Kalniņi“."),
    ("lv", "where", "Mūsu siltumnīcas ir Cērē", "Mūsu siltumnīcas ir Cērē."),
    ("lv", "now", "burkāni, bietes un sīpoli", "Pašlaik pie mums: burkāni, bietes un sīpoli."),
    ("lv", "now", "Burkāni, bietes un sīpoli", "Pašlaik pie mums: burkāni, bietes un sīpoli."),
    ("lv", "now", "Ķīnas kāposti, redīsi", "Pašlaik pie mums: Ķīnas kāposti, redīsi."),
    ("lv", "now", "Audzējam burkānus, bietes", "Audzējam burkānus, bietes."),
    ("lv", "now", "Cepam maizi", "Cepam maizi."),
    ("lv", "since", "1987", "Mēs strādājam kopš 1987. gada."),
    ("lv", "since", "1987.", "Mēs strādājam kopš 1987. gada."),
    ("lv", "since", "kopš 1987. gada", "Mēs strādājam kopš 1987. gada."),
    ("lv", "since", "1987. gadā", "Mēs strādājam kopš 1987. gada."),
    ("lv", "since", "1987. gadā sākām ar divām govīm", "1987. gadā sākām ar divām govīm."),
    ("lv", "since", "vectēva laikiem", "Kopš kura laika: vectēva laikiem."),
    ("lv", "how", "Ravējam ar rokām,", "Ravējam ar rokām."),
    ("lv", "see", "simtgadīgs ozols", "Vērts redzēt: simtgadīgs ozols."),
    ("lv", "see", "Pie vārtiem aug ozols", "Pie vārtiem aug ozols."),
    ("lv", "memory", "Kazas apēda kāpostus…", "Kazas apēda kāpostus…"),
    ("lv", "memory", "Viņa teica: „Nu gan!“", "Viņa teica: „Nu gan!“"),
    ("lv", "ask", "kāpēc bietes ir melnas", "Kāpēc bietes ir melnas?"),
    ("lv", "ask", "Pajautājiet man, kāpēc", "Pajautājiet man, kāpēc."),
    ("lv", "ask", "Vai drīkst pagaršot?", "Vai drīkst pagaršot?"),
    ("en", "who", "We are Ilze and Jānis", "We are Ilze and Jānis."),
    ("en", "who", "Ilze and Jānis Kalniņi", "The people behind the stall: Ilze and Jānis Kalniņi."),
    ("en", "where", "Irlava Parish", "Our place: Irlava Parish."),
    ("en", "where", "the farm is by the river", "The farm is by the river."),
    (
        "en",
        "now",
        "Carrots, beetroot and onions",
        "With us just now: carrots, beetroot and onions.",
    ),
    ("en", "now", "We’re growing roses", "We’re growing roses."),
    ("en", "since", "since 1987", "We have been doing this since 1987."),
    ("en", "since", "We started in 1987", "We started in 1987."),
    ("en", "see", "the old oak", "Worth seeing: the old oak."),
    ("en", "ask", "why are the carrots violet", "Why are the carrots violet?"),
    ("en", "ask", "Ask me about bees", "Ask me about bees."),
    # A language without beginnings of ours takes every answer as it stands.
    ("de", "where", "in Irlau", "In Irlau."),
    ("de", "since", "1987", "1987."),
]


@pytest.mark.parametrize(("language", "question", "typed", "expected"), ONE_ANSWER)
def test_an_answer_stands_in_the_story(
    language: str, question: str, typed: str, expected: str
) -> None:
    made = layers({question: typed}, language)
    assert (made.question if question == "ask" else made.short) == expected
    # Its line ends and double blanks are no part of it.
    again = layers({question: f"  {typed.replace(' ', '  ')}\n"}, language)
    assert again == made


def test_answers_find_their_layer() -> None:
    answers = {key: f"{key.capitalize()} ir šāds." for key in QUESTIONS}
    assert layers(answers, "lv") == Layers(
        short="Who ir šāds. Where ir šāds. Now ir šāds.",
        question="Ask ir šāds.",
        longer="Since ir šāds.\n\nHow ir šāds.",
        whole="See ir šāds.\n\nMemory ir šāds.",
    )


def test_layers_move_up_where_one_would_be_empty() -> None:
    assert layers({"see": "Aug ozols.", "memory": "Bija lietus."}, "lv") == Layers(
        "Aug ozols.", "", "Bija lietus.", ""
    )
    assert layers({"who": "Es esmu Ilze.", "see": "Aug ozols."}, "lv") == Layers(
        "Es esmu Ilze.", "", "Aug ozols.", ""
    )
    assert layers({}, "lv") == layers({"who": " ", "odd": "x"}, "lv") == Layers("", "", "", "")


def test_what_does_not_fit_into_the_short_layer_goes_on_in_the_longer() -> None:
    answers = {"who": f"Mēs esam {'a' * 400}.", "where": f"Te ir {'b' * 400}.", "how": "Ravējam."}
    made = layers(answers, "lv")
    assert (len(made.short) <= LONGEST_SHORT, made.short) == (True, answers["who"])
    assert made.longer == f"{answers['where']}\n\nRavējam."


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Irlavas pagastā", True), ("Irlavā.", False), ("te ir labi", False), ("viens " * 10, False)],
)
def test_a_phrase_is_short_unended_and_has_no_verb(text: str, expected: bool) -> None:
    assert is_phrase(text.strip(), "lv") is expected
