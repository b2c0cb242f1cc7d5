"""What may be typed, and what never gets into a table."""

import pytest
from pydantic import ValidationError

from vendors.fields import has_hidden_characters, has_personal_code
from vendors.registry.models import VendorFields


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("010190-12345", True),
        ("01019012345", True),
        ("mans kods ir 311299-10000.", True),
        ("320000-12345", True),
        ("32000012345", True),
        ("321390-12345", True),
        ("+37126123456", False),
        ("37126123456", False),
        ("tālr. 26123456", False),
        ("40003032949", False),
        ("990190-12345", False),
        ("1987. gadā", False),
        ("4750010190123", False),
    ],
)
def test_personal_codes_are_known_from_telephones_and_companies(text: str, found: bool) -> None:
    assert has_personal_code(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ķirši\nun āboli", False),
        ("a\u202eb", True),
        ("a\u200bb", True),
        ("a\x00b", True),
        ("a\u2066b", True),
    ],
)
def test_hidden_characters_are_seen(text: str, found: bool) -> None:
    assert has_hidden_characters(text) is found


@pytest.mark.parametrize("name", ["Ann\u202ea", "Anna 010190-12345", "A", "x" * 81, "   "])
def test_a_name_that_may_not_be_kept_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        VendorFields(slug="anna", name=name, parish_code="0051210")


def test_unknown_fields_are_refused_and_blanks_fall_away() -> None:
    assert VendorFields(slug="anna", name=" Anna ", parish_code="0051210").name == "Anna"
    with pytest.raises(ValidationError):
        VendorFields(slug="anna", name="Anna", parish_code="0051210", personal_code="x")
