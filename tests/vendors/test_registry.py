"""Rules of the registry: numbers as people type them, states, what is missing, who is alike."""

from datetime import date

import pytest

from vendors.registry.checks import (
    HINTS,
    Known,
    half_a_certificate,
    hints,
    needs_pvd_no,
)
from vendors.registry.likeness import Traits, alike, bare_name
from vendors.registry.models import VENDOR_STATES, VendorFields
from vendors.registry.numbers import (
    Odd,
    is_personal_code,
    looks_like_pvd_no,
    says_vat,
    typed_phone,
    typed_postcode,
    typed_reg_no,
    vat_no_of,
    with_latvian_quotes,
)
from vendors.registry.states import (
    TRANSITIONS,
    ends_telephones,
    is_allowed,
    leaves_stalls,
    may_become,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("90000050975", "90000050975"),
        ("40003521600", "40003521600"),
        ("90000017453", "90000017453"),
        ("40003032949", "40003032949"),
        (" 4000 3032 949 ", "40003032949"),
        ("LV40003032949", "40003032949"),
        ("lv 40003-032949", "40003032949"),
    ],
)
def test_a_registration_number_is_kept_as_eleven_digits(typed: str, kept: str):
    assert typed_reg_no(typed) == kept
    assert vat_no_of(kept) == f"LV{kept}"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("40003032948", "wrong_check"),
        ("40003032994", "wrong_check"),
        ("4000303294", "not_a_reg_no"),
        ("400030329490", "not_a_reg_no"),
        ("four", "not_a_reg_no"),
        ("４0003032949", "not_a_reg_no"),
        ("01018011234", "personal_code"),
        ("121288-10203", "personal_code"),
        ("121288 – 10203", "personal_code"),
        ("32123456789", "personal_code"),
        ("321234-56789", "personal_code"),
        ("LV32123456789", "personal_code"),
        ("39999999999", "personal_code"),
        ("00000000000", "personal_code"),
    ],
)
def test_what_is_no_registration_number_is_refused_with_its_reason(typed: str, reason: str):
    with pytest.raises(Odd) as odd:
        typed_reg_no(typed)
    assert odd.value.reason == reason


def test_every_wrong_digit_is_found():
    right = "40003032949"
    for place in range(11):
        for digit in "0123456789":
            wrong = right[:place] + digit + right[place + 1 :]
            if wrong != right:
                with pytest.raises(Odd):
                    typed_reg_no(wrong)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("26123456", "+37126123456"),
        ("+371 26 123 456", "+37126123456"),
        ("371-26-123-456", "+37126123456"),
        ("0037126123456", "+37126123456"),
        ("(+371) 26123456", "+37126123456"),
        ("63122707", "+37163122707"),
        ("+371 631 22 707", "+37163122707"),
        ("26.12.34.56", "+37126123456"),
    ],
)
def test_a_telephone_is_kept_as_it_is_dialled_from_abroad(typed: str, kept: str):
    assert typed_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("80001234", "free_number"),
        ("+371 8000 1234", "free_number"),
        ("2612345", "not_a_phone"),
        ("261234567", "not_a_phone"),
        ("91234567", "not_a_phone"),
        ("+4526123456", "not_a_phone"),
        ("Anna", "not_a_phone"),
        ("121288-10203", "personal_code"),
        ("２6123456", "not_a_phone"),
    ],
)
def test_what_is_no_telephone_of_ours_is_refused(typed: str, reason: str):
    with pytest.raises(Odd) as odd:
        typed_phone(typed)
    assert odd.value.reason == reason


@pytest.mark.parametrize("typed", ["LV-3101", "lv3101", "LV 3101", "3101", " lv – 3101"])
def test_a_postcode_is_kept_one_way(typed: str):
    assert typed_postcode(typed) == "LV-3101"


@pytest.mark.parametrize("typed", ["310", "31011", "LT-3101", "Tukums", "LV-31O1"])
def test_what_is_no_postcode_is_refused(typed: str):
    with pytest.raises(Odd) as odd:
        typed_postcode(typed)
    assert odd.value.reason == "not_a_postcode"


@pytest.mark.parametrize(
    ("typed", "odd"),
    [("A 012345", False), ("012345", False), ("PV123", False), ("12", True), ("nav vēl", True)],
)
def test_a_number_of_the_food_register_is_only_looked_at(typed: str, odd: bool):
    assert looks_like_pvd_no(typed) is not odd


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("121288-10203", True),
        ("Jānis, 121288-10203", True),
        ("32123456789", True),
        ("40003032949", False),
        ("+37126123456", False),
        ("24.11.2026", False),
    ],
)
def test_personal_codes_are_known(text: str, is_one: bool):
    assert is_personal_code(text) is is_one


def test_lv_before_a_number_says_that_vat_is_paid():
    assert says_vat("LV 40003032949")
    assert not says_vat("40003032949")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('Saimniecība "Vēji"', "Saimniecība „Vēji“"),
        ("Saimniecība “Vēji”", "Saimniecība „Vēji“"),
        ("Saimniecība „Vēji”", "Saimniecība „Vēji“"),
        ("Saimniecība „Vēji“", "Saimniecība „Vēji“"),
        ('Pieci" vēji', 'Pieci" vēji'),
    ],
)
def test_names_have_latvian_quotes(typed: str, kept: str):
    assert with_latvian_quotes(typed) == kept


def test_every_state_has_its_ways_and_nothing_else():
    assert set(TRANSITIONS) == set(VENDOR_STATES)
    ways = {(before, after) for before in VENDOR_STATES for after in may_become(before)}
    assert ways == {
        ("applied", "approved"),
        ("applied", "archived"),
        ("approved", "paused"),
        ("approved", "archived"),
        ("paused", "approved"),
        ("paused", "archived"),
        ("archived", "approved"),
    }
    for before in (*VENDOR_STATES, "sold_out", ""):
        for after in (*VENDOR_STATES, "sold_out", ""):
            assert is_allowed(before, after) is ((before, after) in ways)


def test_who_is_not_there_has_no_stalls_and_who_has_left_no_telephones():
    assert [one for one in VENDOR_STATES if leaves_stalls(one)] == ["paused", "archived"]
    assert [one for one in VENDOR_STATES if ends_telephones(one)] == ["archived"]


def _vendor(**values) -> VendorFields:
    whole = {"slug": "x", "name": "Xx", "contact_person": "Anna", "phone": "+37126123456"}
    return VendorFields(**{**whole, **values})


@pytest.mark.parametrize(
    ("values", "known", "expected"),
    [
        ({}, Known(), ()),
        ({"contact_person": None}, Known(), ("no_contact",)),
        ({"phone": None}, Known(), ("unreachable",)),
        ({"phone": None, "email": "a@b.example"}, Known(), ()),
        ({}, Known(frozenset({"fish"})), ("pvd_missing",)),
        ({}, Known(frozenset({"bread"})), ("pvd_missing",)),
        ({}, Known(frozenset({"vegetables", "flowers"})), ()),
        ({"kind": "home_producer"}, Known(), ("pvd_missing",)),
        ({"pvd_no": "A 012345"}, Known(frozenset({"fish"})), ()),
        ({"pvd_no": "drīz"}, Known(frozenset({"fish"})), ("pvd_odd",)),
        ({"bio_cert_no": "1", "bio_valid_to": date(2026, 11, 23)}, Known(), ("bio_expired",)),
        ({"bio_cert_no": "1", "bio_valid_to": TODAY}, Known(), ()),
        ({"kind": "company"}, Known(), ("reg_no_missing",)),
        ({"kind": "company", "reg_no": "40003032949"}, Known(), ()),
        ({}, Known(has_card=False), ("no_card",)),
    ],
)
def test_the_office_is_told_what_is_missing(values, known, expected):
    found = hints(_vendor(**values), known, TODAY)
    assert found == expected
    assert set(found) <= set(HINTS)


def test_food_of_animals_and_made_food_needs_the_food_register():
    assert needs_pvd_no("farm", {"honey"})
    assert needs_pvd_no("caterer", ())
    assert not needs_pvd_no("farm", {"vegetables", "seedlings", "crafts"})


def test_a_certificate_is_whole_or_not_there():
    assert half_a_certificate("1", TODAY) == half_a_certificate(None, None) == ""
    assert half_a_certificate("1", None) == "bio_valid_to"
    assert half_a_certificate("", TODAY) == "bio_cert_no"


def test_vendors_who_may_be_the_same_are_found_the_surest_first():
    others = [
        Traits("a", "Saimniecība „Ķirši“", "40003032949", "+37126123456"),
        Traits("b", "saimnieciba KIRSI", None, None),
        Traits("c", "Cits", None, "+37126123456"),
        Traits("d", "Pavisam cits", None, None),
    ]
    one = Traits("", 'Saimniecība "Ķirši"', "40003032949", "+37126123456")
    found = alike(one, others)
    assert [(other.slug, other.by) for other in found] == [
        ("a", ("reg_no", "phone", "name")),
        ("c", ("phone",)),
        ("b", ("name",)),
    ]
    assert (
        alike(Traits("a", "Saimniecība „Ķirši“", "40003032949", "+37126123456"), others[:1]) == []
    )
    assert alike(Traits("", "…", None, None), [Traits("x", "„“", None, None)]) == []
    assert bare_name("z/s „Mālvagas“") == "zsmalvagas"
