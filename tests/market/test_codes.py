"""The code on a sign notices when it was typed wrongly."""

from itertools import combinations
from random import Random

import pytest

from market.signs.codes import ALPHABET, LENGTH, make_code, normalised, problem_of

CODES = [make_code(Random(seed)) for seed in range(200)]


def single_mistakes(code: str) -> list[str]:
    return [
        code[:place] + wrong + code[place + 1 :]
        for place in range(LENGTH)
        for wrong in ALPHABET
        if wrong != code[place]
    ]


def swaps(code: str) -> list[str]:
    swapped = []
    for first, second in combinations(range(LENGTH), 2):
        letters = list(code)
        letters[first], letters[second] = letters[second], letters[first]
        if letters != list(code):
            swapped.append("".join(letters))
    return swapped


def test_alphabet_leaves_out_what_eyes_confuse() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set("01ILO") & set(ALPHABET)


def test_every_made_code_is_one() -> None:
    assert [problem_of(code) for code in CODES] == [None] * len(CODES)
    assert problem_of(make_code()) is None


@pytest.mark.parametrize("code", CODES)
def test_every_single_wrong_character_is_refused(code: str) -> None:
    mistakes = single_mistakes(code)
    assert len(mistakes) == 5 * 30
    assert {problem_of(typed) for typed in mistakes} == {"check"}


def test_every_swap_of_two_characters_is_refused() -> None:
    swapped = [typed for code in CODES for typed in swaps(code)]
    assert len(swapped) > 9 * len(CODES)
    assert {problem_of(typed) for typed in swapped} == {"check"}


@pytest.mark.parametrize("weights", [(1, 1, 1, 1, 1), (5, 4, 3, 1, 1), (31, 4, 3, 2, 1)])
def test_twin_other_weights_would_let_mistakes_through(
    weights: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("market.signs.codes.WEIGHTS", weights)
    codes = [make_code(Random(seed)) for seed in range(50)]
    typed = [wrong for code in codes for wrong in (*single_mistakes(code), *swaps(code))]
    assert None in {problem_of(wrong) for wrong in typed}


def test_for_each_four_characters_there_is_one_code() -> None:
    """So there are 31 ** 4 = 923,521 of them."""
    for free in ("2222", "ZZZZ", *(code[:4] for code in CODES)):
        assert [problem_of(free + last) for last in ALPHABET].count(None) == 1


@pytest.mark.parametrize("blank", [" ", "\u00a0", "-", "–", "\t"])
def test_blanks_hyphens_and_small_letters_do_not_matter(blank: str) -> None:
    for code in CODES[:20]:
        typed = f" {blank.join(code.lower())} "
        assert normalised(typed) == code
        assert problem_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "length"),
        ("   ", "length"),
        ("2222", "length"),
        ("222222", "length"),
        ("2222O", "characters"),
        ("22220", "characters"),
        ("1ABCD", "characters"),
        ("ŠABCD", "characters"),
        ("22\x0022", "characters"),
        ("🌹🌹🌹🌹🌹", "characters"),
        ("22222", None),
        ("22223", "check"),
    ],
)
def test_what_is_wrong_is_said(typed: str, problem: str | None) -> None:
    assert problem_of(typed) == problem
