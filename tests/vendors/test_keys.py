"""Keys: numbers that notice a slip, PINs nobody tries first, waiting, the second factor."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from math import log2
from random import Random

import pytest

from vendors.keys.devices import device_of
from vendors.keys.numbers import (
    ALPHABET,
    CARD_LENGTH,
    LETTER_LENGTH,
    OFFICE_LENGTH,
    card_problem,
    code_problem,
    in_groups,
    make_card_number,
    make_code,
    normalised,
)
from vendors.keys.pins import is_trivial, make_pin, typed_pin
from vendors.keys.second_factor import enrolment_address, shared_key, step_of
from vendors.keys.waiting import (
    DAY,
    LETTERS_TO_ONE,
    MOST_A_DAY,
    MOST_IN_TOTAL,
    Chance,
    Pace,
    Tries,
    after_wrong,
    chance,
    keeps_pace,
    lock_of,
)

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_a_cards_number_holds_at_least_112_bits():
    assert (CARD_LENGTH - 1) * log2(len(ALPHABET)) > 112
    assert LETTER_LENGTH * log2(len(ALPHABET)) > 59
    assert OFFICE_LENGTH * log2(len(ALPHABET)) > 39


def test_every_single_slip_and_every_swap_in_a_number_is_noticed():
    number = make_card_number(Random(7))
    assert card_problem(number) is None
    for place in range(CARD_LENGTH):
        for character in ALPHABET:
            slipped = number[:place] + character + number[place + 1 :]
            assert (card_problem(slipped) is None) == (slipped == number)
        for other in range(place):
            swapped = list(number)
            swapped[place], swapped[other] = swapped[other], swapped[place]
            found = "".join(swapped)
            assert (card_problem(found) is None) == (found == number)


def test_numbers_are_not_made_twice():
    assert len({make_card_number() for _ in range(1000)}) == 1000
    assert {len(make_code(8)) for _ in range(100)} == {8}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("", "length"), ("ABC", "length"), ("ABCD EFGH", None), ("abcd-efgh-jkmn", None),
     ("ABCD–EFGH", None), ("ABCDEFG0", "characters"), ("ABCDEFGHJ", "length"),
     ("ĀBCDEFGH", "characters")],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed, problem):
    assert code_problem(typed) == problem


def test_a_number_is_shown_in_groups_and_read_back():
    number = make_card_number(Random(1))
    assert in_groups(number).count(" ") == 5
    assert normalised(f" {in_groups(number).lower()}\n".replace(" ", " - ")) == number


@pytest.mark.parametrize(
    "pin",
    ["000000", "111111", "123456", "654321", "121212", "112233", "123321", "135791", "900009"],
)
def test_no_pin_is_one_that_people_try_first(pin):
    assert is_trivial(pin)


def test_enough_pins_are_left_and_each_is_as_likely():
    assert sum(not is_trivial(f"{number:06}") for number in range(10**6)) == 932_320
    random = Random(3)
    digits = Counter(digit for _ in range(3000) for digit in make_pin(random))
    assert max(digits.values()) / min(digits.values()) < 1.15


@pytest.mark.parametrize(
    ("typed", "pin"),
    [("123 457", "123457"), ("12-34-57", "123457"), ("12345", None), ("1234567", None),
     ("12345x", None), ("١٢٣٤٥٦", None), ("²²²²²²", None), ("", None)],
)  # fmt: skip
def test_a_typed_pin_has_six_digits(typed, pin):
    assert typed_pin(typed) == pin


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("wrong", "total", "since", "expected"),
    [
        (0, 0, None, Chance(left=5)),
        (1, 1, MINUTE, Chance(left=4)),
        (4, 4, MINUTE, Chance(left=1)),
        (5, 5, MINUTE / 2, Chance(until=AT + MINUTE / 2, left=0)),
        (5, 5, MINUTE, Chance(left=1)),
        (6, 6, MINUTE, Chance(until=AT + 4 * MINUTE, left=0)),
        (7, 7, MINUTE, Chance(until=AT + 14 * MINUTE, left=0)),
        (8, 8, MINUTE, Chance(until=AT + 59 * MINUTE, left=0)),
        (9, 9, HOUR, Chance(until=AT + 2 * HOUR, left=0)),
        (10, 10, HOUR, Chance(until=AT + 23 * HOUR, left=0)),
        (10, 10, DAY, Chance(left=5)),
        (3, 98, MINUTE, Chance(left=2)),
        (0, 99, DAY, Chance(left=1)),
        (0, 100, 30 * DAY, Chance(is_over=True, left=0)),
    ],
)
def test_waiting_grows_with_wrong_attempts(wrong, total, since, expected):
    assert chance(Tries(wrong, total, AT - since if since else None), AT) == expected


def test_whoever_never_sleeps_gets_ten_attempts_a_day_and_a_hundred_in_all():
    tries, at, made = Tries(), AT, []
    for _minute in range(60 * 24 * 40):
        at += MINUTE
        if chance(tries, at).is_open:
            tries = after_wrong(tries, at)
            made.append(at)
    assert len(made) == MOST_IN_TOTAL
    assert all(
        sum(first <= one < first + timedelta(hours=24) for one in made) <= MOST_A_DAY
        for first in made
    )


def test_letters_come_five_minutes_apart_and_twenty_a_day():
    assert keeps_pace(Tries(), AT, LETTERS_TO_ONE)
    assert not keeps_pace(Tries(1, 1, AT - 4 * MINUTE), AT, LETTERS_TO_ONE)
    assert keeps_pace(Tries(99, 99, AT - 5 * MINUTE), AT, LETTERS_TO_ONE)
    pace = Pace("x", 1, MINUTE)
    assert lock_of(pace, AT) == lock_of(pace, AT + timedelta(seconds=59))
    assert lock_of(pace, AT) != lock_of(pace, AT + MINUTE)
    assert lock_of(pace, AT, "a") != lock_of(pace, AT, "b")


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36",
         "android_phone/chrome"),
        ("Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 SamsungBrowser/24 Safari",
         "android_tablet/samsung"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604",
         "iphone/safari"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130 Safari/537.36 Edg/130",
         "windows/edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
         "linux/firefox"),
        ("", "other/other"),
    ],
)  # fmt: skip
def test_a_telephone_is_told_as_people_would(user_agent, device):
    assert device_of(user_agent) == device


def test_the_number_of_an_app_counts_for_its_step_and_those_beside_it():
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    # RFC 6238, appendix B: at second 59 the number is 94287082, of which six digits are shown.
    at = datetime.fromtimestamp(59, UTC)
    assert step_of(key, "287082", at) == 1
    assert step_of(key, "287 082", at + timedelta(seconds=30)) == 1
    assert step_of(key, "287082", at + timedelta(seconds=61)) is None
    assert step_of(key, "", at) is None
    assert step_of(key, "ā87082", at) is None


def test_without_the_pepper_the_seed_tells_no_key():
    assert shared_key("seed", b"one") != shared_key("seed", b"two")
    assert "issuer=Tukuma%20tirgus" in enrolment_address(shared_key("seed", b"one"), "a@b.lv")
