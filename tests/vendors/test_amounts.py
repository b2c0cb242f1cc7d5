"""Amounts as people type them."""

import pytest

from vendors.listings.amounts import typed_amount, typed_net


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("250 g", (250, "g")),
        ("250g", (250, "g")),
        ("0,5 l", (500, "ml")),
        ("0.5 L", (500, "ml")),
        ("1,5 kg", (1500, "g")),
        ("kg", (1000, "g")),
        ("2 kilogrami", (2000, "g")),
        ("10 gab.", (10, "piece")),
        ("3 saišķi", (3, "bunch")),
        ("burka", (1, "jar")),
        ("2 kastītes", (2, "box")),
        ("1\u00a0000 g", (1000, "g")),
        ("Pods", (1, "pot")),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, amount):
    assert typed_amount(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", " ", "250", "daudz", "0 g", "0,5 g", "1,5 gab.", "2 000 kg", "-1 kg", "1e9 g", "g 5",
     "9999999 kg", "٣ g", "1 kg 2 kg"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        typed_amount(typed)


def test_the_net_content_is_a_weight_or_a_volume():
    assert (typed_net(""), typed_net("700 g"), typed_net("0,7 l")) == (
        None,
        (700, "g"),
        (700, "ml"),
    )
    with pytest.raises(ValueError, match="3 gab"):
        typed_net("3 gab.")
