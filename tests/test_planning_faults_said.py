"""What is wrong with a planning problem is said with the names concerned, in both languages."""

import pytest

from app.languages import speaking
from app.planning_faults_said import SAID, failure_said, fault_said
from app.planning_words import sentences_of
from market.planning.answer import Reason, Refused

NAMES = {"a1": "Anna", "a2": "Juris"}
CASES = {
    "own_not_neighbours": (["a1", "A1", "A3"], "Anna: paša vietas nav blakus: A1, A3."),
    "duplicate_vendor": (["a1"], "Anna ir nosaukts divas reizes."),
    "unknown_stall": (["a1", "Z9"], "Anna: tādu vietu nav: Z9."),
    "own_claimed_twice": (["A1", "a1", "a2"], "A1: vienu vietu tur vairāki reizē: Anna, Juris."),
    "pinned_twice": (["A1", "a1", "a2"], "Birojs ierādījis divreiz: A1, Anna, Juris."),
}


@pytest.mark.parametrize("code", SAID)
def test_every_fault_names_who_and_what(code: str) -> None:
    """In Latvian and in English, never with an empty blank."""
    concerned = CASES.get(code, (["a1", "A1"], ""))[0]
    for language in ("lv", "en"):
        with speaking(language):
            said = fault_said(code, concerned, NAMES, {})
        assert said.endswith(".")
        assert "%" not in said
        assert NAMES.get(concerned[0], concerned[0]) in said
    with speaking("lv"):
        assert code not in CASES or fault_said(code, concerned, NAMES, {}) == CASES[code][1]


def test_whoever_could_not_be_planned_is_told_why() -> None:
    """After the general sentence comes what is wrong."""
    reason = Reason("bad_data", {"fault": "own_not_neighbours", "names": ["a1", "A1", "A3"]})
    with speaking("lv"):
        assert sentences_of(Refused("a1", reason), NAMES)[1] == CASES["own_not_neighbours"][1]


def test_a_day_that_cannot_be_planned_is_told_in_sentences() -> None:
    """What the planner's process has said becomes words; anything else stays as it is."""
    with speaking("lv"):
        assert failure_said("unknown_pinned: a1, A1; duplicate_stall: A2", NAMES) == (
            "Anna: vietu ierādījis birojs, bet tirgotāju sarakstā tāda nav: A1. "
            "Vieta A2 ir divas reizes."
        )
        assert failure_said("KeyError", NAMES) == "KeyError"
