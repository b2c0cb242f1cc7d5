"""Every code of a reason is a whole sentence in Latvian and in English, with right plurals."""

import pytest

from app.languages import speaking
from app.planning_aims_said import aim_said
from app.planning_words import sentence_of_why, sentences_of
from market.planning.answer import WHYS, Reason, Refused, Why

NAMES = {"anna": "Anna", "juris": "SIA „Juris“"}
FACTS: dict[str, object] = {
    "vendor": "anna", "theirs": 1, "mine": 2, "need": 2, "have": 1.5, "missing": ["roof", "water"],
    "category": "honey", "max": 3, "own": 2, "aim": "placed.guest", "now": 3.0, "then": 1.0,
}  # fmt: skip
CLASSES = FACTS | {"theirs": "season", "mine": "guest"}
SAID = {
    "power": "S3: tur ir 1,5 kW, vajag 2 kW.",
    "features": "S3: tur nav tā, kas vajadzīgs: jumts un ūdens.",
    "holder": "S3: vietai ir noteikts sezonas turētājs – Anna.",
    "class": "S3: pirmais kārtībā ir Anna, sezonas tirgotājs pirms viesa.",
    "senior": "S3: tur stāv Anna, kas rakstītajā kārtībā ir agrāk.",
    "aim": "S3: tur stāv Anna; citādi bez vietas paliktu vairāk viesu.",
    "not_proven": (
        "S3: tur stāv Anna; to nepieļauj noteikums „Vieta ir pēc iespējas vairāk tirgotājiem“ vai "
        "kāds pirms tā; kurš tieši, dotajā laikā neizdevās pierādīt."
    ),
    "best_found": "S3: tur stāv Anna; dotajā laikā labāku plānu neizdevās atrast.",
}


@pytest.mark.parametrize("code", WHYS)
@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_why_is_a_sentence(code: str, language: str) -> None:
    """It names the place, ends in a full stop, and Latvian is not English."""
    why = Why("a3", code, CLASSES if code == "class" else FACTS)
    with speaking(language):
        said = sentence_of_why(why, NAMES, {"a3": "S3"})
    with speaking("en"):
        english = sentence_of_why(why, NAMES, {"a3": "S3"})
    assert said.startswith("S3")
    assert said.endswith(".")
    assert (said == english) == (language == "en")
    if language == "lv" and code in SAID:
        assert said == SAID[code]


REFUSALS: dict[str, tuple[dict[str, object], str]] = {
    "full": ({"places": 3, "taken": 3, "earlier": 1, "senior": 2, "least": "anna",
              "power_kw": 3.0, "theirs_visits": 31, "mine_visits": 12},
             "Ar 3 kW brīvas vietas nebija. Visas 3 derīgās vietas ir tirgotājiem, kuri kārtībā ir "
             "pirmie. Pēdējais no tiem ir Anna: apmeklējumu skaits 31 pret 12."),
    "needs": ({"what": "power", "need": 3.5, "have": 2.0},
              "Vietas ar 3,5 kW nav: lielākā jauda ir 2 kW."),
    "cap": ({"category": "honey", "max": 1, "taken": 1},
            "Medus un bišu produkti: atļauto vietu skaits ir 1, un visas jau ir piešķirtas."),
    "only_wished": ({"wished": 2},
                    "Derētu tikai vēlētās vietas, bet neviena no tām nebija pieejama."),
    "bad_data": ({}, "Pieteikumā kaut kas nesaskan, tāpēc to nevarēja iekļaut plānā."),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_says_what_decided(code: str) -> None:
    """Every refusal has its sentences."""
    facts, expected = REFUSALS[code]
    with speaking("lv"):
        assert " ".join(sentences_of(Refused("juris", Reason(code, facts)), NAMES)) == expected


def test_a_place_beside_the_wish_is_named_as_such() -> None:
    """Who needs two places reads which one decided."""
    why = Why("A2", "holder", {"vendor": "anna", "at": "A1"})
    with speaking("en"):
        said = sentence_of_why(why, NAMES)
    assert said == ("A2: a place beside it is needed too. A1 is held by the season's holder, Anna.")


@pytest.mark.parametrize("language", ["lv", "en"])
def test_aims_have_words(language: str) -> None:
    """Every aim of an answer can be said."""
    names = ("holders", "placed.guest", "seniority.festival", "rounds.1", "same_stall",
             "wishes.first", "apart", "kept")  # fmt: skip
    with speaking(language):
        assert all(aim_said(name) not in ("", name) for name in names)
