"""Latvian and English as they are written: dates, hours, money, plurals, sorting, searching."""

from collections.abc import Callable
from datetime import date, time

import pytest

from app import languages, names
from app.languages import sort_key, speaking
from vendors.searching import folded, pattern

TUESDAY = date(2026, 11, 24)
SPOKEN = {
    "long": (languages.long_day, TUESDAY),
    "when": (languages.on_day, TUESDAY),
    "short": (languages.short_day, TUESDAY),
    "weekday": (languages.weekday, date(2026, 11, 26)),
    "month": (languages.month, 5),
    "month_short": (languages.month_short, 9),
    "clock": (languages.clock_time, time(8)),
    "clock_5": (languages.clock_time, time(14, 5)),
    "at": (languages.at_time, time(10)),
    "midnight": (languages.clock_time, time(0)),
    "money": (languages.money, 350),
    "large": (languages.money, 1234550),
    "cents": (languages.money, 5),
    "half": (languages.number, 2.5),
    "thousand": (languages.number, 1000.0),
}


@pytest.mark.parametrize(
    ("what", "latvian", "english"),
    [
        ("long", "otrdiena, 2026. gada 24. novembris", "Tuesday, 24 November 2026"),
        ("when", "otrdien, 24. novembrī", "on Tuesday, 24 November"),
        ("short", "24.11.", "24/11"),
        ("weekday", "ceturtdiena", "Thursday"),
        ("month", "maijs", "May"),
        ("month_short", "sept.", "Sep"),
        ("clock", "8.00", "8:00"),
        ("clock_5", "14.05", "14:05"),
        ("at", "plkst. 10.00", "at 10:00"),
        ("midnight", "0.00", "0:00"),
        ("money", "3,50 €", "€3.50"),
        ("large", "12 345,50 €", "€12,345.50"),
        ("cents", "0,05 €", "€0.05"),
        ("half", "2,5", "2.5"),
        ("thousand", "1 000", "1,000"),
    ],
)
def test_days_hours_and_money(what: str, latvian: str, english: str):
    say: Callable[[object], str]
    say, value = SPOKEN[what]  # type: ignore[assignment]
    said = {}
    for language in ("lv", "en"):
        with speaking(language):
            said[language] = say(value).replace("\u00a0", " ").replace("\u202f", " ")
    assert said == {"lv": latvian, "en": english}


def test_the_decimal_comma_stands_before_a_blank_that_does_not_break():
    with speaking("lv"):
        assert languages.money(350) == "3,50\u00a0€"


@pytest.mark.parametrize(
    ("day", "latvian", "english"),
    [
        (TUESDAY, "šodien", "today"),
        (date(2026, 11, 25), "rīt", "tomorrow"),
        (date(2026, 11, 27), "piektdien, 27. novembrī", "on Friday, 27 November"),
        (date(2026, 11, 21), "sestdien, 21. novembrī", "on Saturday, 21 November"),
        (date(2027, 7, 17), "sestdien, 2027. gada 17. jūlijā", "on Saturday, 17 July 2027"),
    ],
)
def test_days_seen_from_today(day: date, latvian: str, english: str):
    said = {}
    for language in ("lv", "en"):
        with speaking(language):
            said[language] = languages.on_day_from(day, TUESDAY)
    assert said == {"lv": latvian, "en": english}


def test_all_weekdays_and_months_have_their_forms():
    """ "otrdien" and "novembrī" are forms of their own, and none is the English word."""
    with speaking("lv"):
        days = [languages.on_day(date(2026, 11, day)) for day in range(23, 30)]
        months = [languages.on_day(date(2026, month, 1)) for month in range(1, 13)]
    assert [day.split(",")[0] for day in days] == [
        "pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien", "svētdien",
    ]  # fmt: skip
    assert [month.split()[-1] for month in months] == [
        "janvārī", "februārī", "martā", "aprīlī", "maijā", "jūnijā",
        "jūlijā", "augustā", "septembrī", "oktobrī", "novembrī", "decembrī",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "where", "whence"),
    [
        ("0051440", "Irlavas pagastā", "no Irlavas pagasta"),
        ("0051580", "Zantes pagastā", "no Zantes pagasta"),
        ("0051210", "Tukumā", "no Tukuma"),
        ("0051200", "Kandavā", "no Kandavas"),
    ],
)
def test_parishes_are_declined(code: str, where: str, whence: str):
    with speaking("lv"):
        assert (names.in_parish(code), names.of_parish(code)) == (where, whence)


def test_every_parish_is_declined_as_latvian_does():
    with speaking("lv"):
        for code, name in names.PARISHES.items():
            said = (names.parish(code), names.in_parish(code), names.of_parish(code))
            assert said[2].startswith("no "), name
            if "Parish" in name:
                assert said[0].endswith(" pagasts"), said
                assert said[1].endswith(" pagastā"), said
                assert said[2].endswith(" pagasta"), said


@pytest.mark.parametrize(
    "ordered",
    [
        ["Abava", "Ādaži", "Bērzs"],
        ["cukurs", "čiekuri", "dilles"],
        ["kabači", "ķiploki", "lini"],
        ["lini", "ļoti", "mārrutki"],
        ["Irlava", "Īle", "Jaunpils"],
        ["sīpoli", "šķovēti kāposti", "tomāti"],
        ["zemenes", "zirņi", "žāvēti āboli"],
        ["1. rinda", "2. rinda", "A rinda"],
        ["Saimniecība „Ceri“", "Saimniecība „Čiekuri“", "Saimniecība „Dārzi“"],
        ["Mazie kalni", "Mazkalni"],
    ],
)
def test_sorting_follows_the_latvian_alphabet(ordered: list[str]):
    assert sorted(set(ordered), key=sort_key) == ordered


def test_sorting_by_bytes_would_be_wrong():
    assert sorted(["zirņi", "āboli", "burkāni"]) != ["āboli", "burkāni", "zirņi"]
    assert sorted(["zirņi", "āboli", "burkāni"], key=sort_key) == ["āboli", "burkāni", "zirņi"]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Ķirši", "kirsi"),
        ("PŪRE", "pure"),
        ("āčēģīķļņšūž", "acegiklnsuz"),
        ("Rožu svētki", "rozu svetki"),
        ("", ""),
        ("e\u0301", "e"),
    ],
)
def test_searching_does_without_diacritics(typed: str, plain: str):
    assert folded(typed) == plain


@pytest.mark.parametrize(
    ("typed", "sought"),
    [("ķirši ", "%kirsi%"), ("50%", r"%50\%%"), ("a_b", r"%a\_b%"), ("\\", "%\\\\%")],
)
def test_what_is_typed_is_sought_as_it_is(typed: str, sought: str):
    assert pattern(typed) == sought
