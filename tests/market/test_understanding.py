"""A line of a published programme is read as a person would read it."""

from datetime import date, time

import pytest

from market.programme.typed_days import days_in_text, understood_days
from market.programme.typed_hours import Hours, understood_hours
from market.programme.understanding import (
    Fault,
    Meant,
    Question,
    Remark,
    Typed,
    Understanding,
    parish_meant,
    understand,
)

NEAR = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("13.07.2018.", "2018-07-13", "2018-07-13"),
        ("09.08.2024", "2024-08-09", "2024-08-09"),
        ("9.8.2024", "2024-08-09", "2024-08-09"),
        ("9. 8. 2024.", "2024-08-09", "2024-08-09"),
        ("09.08.24", "2024-08-09", "2024-08-09"),
        ("2024-08-10", "2024-08-10", "2024-08-10"),
        ("10. augustā", "2024-08-10", "2024-08-10"),
        ("10. augusts 2025", "2025-08-10", "2025-08-10"),
        ("10. AUG.", "2024-08-10", "2024-08-10"),
        ("2025. gada 10. augusts", "2025-08-10", "2025-08-10"),
        ("10.08.", "2024-08-10", "2024-08-10"),
        ("sestdien, 10. augustā", "2024-08-10", "2024-08-10"),
        ("10.08.2024. (sestdien)", "2024-08-10", "2024-08-10"),
        ("09.08.2024 - 10.08.2024", "2024-08-09", "2024-08-10"),
        ("13.–15.07.2018", "2018-07-13", "2018-07-15"),
        ("17.–20. jūlijs", "2024-07-17", "2024-07-20"),
        ("30.06.–02.07.2025", "2025-06-30", "2025-07-02"),
        ("30. jūnijs – 2. jūlijs", "2024-06-30", "2024-07-02"),
        ("30.12.–2.01.2025", "2024-12-30", "2025-01-02"),
        ("31.12.2024 - 01.01.2025", "2024-12-31", "2025-01-01"),
        ("no 9. līdz 10. augustam", "2024-08-09", "2024-08-10"),
        ("2024-08-10 - 2024-08-12", "2024-08-10", "2024-08-12"),
        ("5. janvārī", "2024-01-05", "2024-01-05"),
        ("29. februārī", "2024-02-29", "2024-02-29"),
    ],
)
def test_days_are_read_in_every_way_offices_write_them(typed: str, first: str, last: str) -> None:
    days = understood_days(typed, NEAR)
    assert days is not None
    assert (days.first.isoformat(), days.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "drīz",
        "31.02.2024",
        "15.–13.07.2018",
        "45514",
        "10/08/2024",
        "svētdien",
        "1.2.3.4",
        "10.",
        "10.08.2204",
    ],
)
def test_what_is_no_day_is_not_made_one(typed: str) -> None:
    assert understood_days(typed, NEAR) is None


def test_a_year_is_chosen_near_the_rest_of_the_programme_and_said_to_be_chosen() -> None:
    days = understood_days("31. decembrī", date(2025, 1, 10))
    assert days is not None
    assert (days.first, days.year_said) == (date(2024, 12, 31), False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rožu svētki (17.–20. jūlijs)", (17, 20)),
        ("Rožu svētki 17.-20.07.", (17, 20)),
        ("Koncerts 10.–12. klasei", None),
        ("Rožu svētki", None),
    ],
)
def test_a_title_may_name_days(text: str, found: tuple[int, int] | None) -> None:
    days = days_in_text(text, date(2025, 7, 17))
    assert (days and (days.first.day, days.last.day)) == found


EVENING, TEN, NOON = time(18), time(10), time(12)


@pytest.mark.parametrize(
    ("starts", "ends", "hours"),
    [
        ("18.00", "", Hours("exact", EVENING)),
        ("18:00", "", Hours("exact", EVENING)),
        ("plkst. 18.00", "", Hours("exact", EVENING)),
        ("18", "", Hours("exact", EVENING)),
        ("ap 18.00", "", Hours("exact", EVENING, about=True)),
        ("10:00-", "", Hours("exact", TEN, open_end=True)),
        ("no 10.00", "", Hours("exact", TEN)),
        ("10.00–12.00", "", Hours("exact", TEN, ends=NOON)),
        ("10.00 - 12.00", "12.00", Hours("exact", TEN, ends=NOON)),
        ("no 10.00 līdz 12.00", "", Hours("exact", TEN, ends=NOON)),
        ("10.00", "12.00", Hours("exact", TEN, ends=NOON)),
        ("10.00-", "12.00", Hours("exact", TEN, ends=NOON)),
        ("18.00", "02.00", Hours("exact", EVENING, ends=time(2), ends_next_day=True)),
        ("18.00–24.00", "", Hours("exact", EVENING, ends=time(0), ends_next_day=True)),
        ("24.00", "", Hours("exact", time(0), starts_next_day=True)),
        ("pusnaktī", "", Hours("exact", time(0), starts_next_day=True)),
        ("vakarā", "", Hours("evening")),
        ("Vakarā", "23.00", Hours("evening", ends=time(23))),
        ("no rīta", "", Hours("morning")),
        ("pēcpusdienā", "", Hours("afternoon")),
        ("visu dienu", "", Hours("all_day")),
        ("", "", Hours("to_be_announced")),
        ("–", "", Hours("to_be_announced")),
        ("tiks precizēts", "", Hours("to_be_announced")),
    ],
)
def test_hours_are_read_in_every_way_offices_write_them(
    starts: str, ends: str, hours: Hours
) -> None:
    assert understood_hours(starts, ends) == hours


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("25.00", ""),
        ("18.75", ""),
        ("naktī", ""),
        ("10.00–12.00", "13.00"),
        ("18.00", "vakarā"),
        ("vakarā", "24.00"),
        ("10.00–12.00–14.00", ""),
    ],
)
def test_what_is_no_hour_is_not_made_one(starts: str, ends: str) -> None:
    assert understood_hours(starts, ends) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Engures pag.", "0051430"),
        ("Engures pagasts", "0051430"),
        ("Engures pagastā", "0051430"),
        ("engure", "0051430"),
        ("Tumes pagasts", "0051550"),
        ("Tukums", "0051210"),
        ("Tukuma pilsēta", "0051210"),
        ("Kandava", "0051200"),
        ("Kandavas pag.", "0051470"),
        ("Jaunsāti", "0051460"),
        ("Abavnieki", "0051460"),
        ("Tukuma nov., Tumes pag.", "0051550"),
        ("0051550", "0051550"),
        ("Rīga", None),
        ("Tukuma novads", None),
        ("Engurs pag.", None),
        ("", None),
    ],
)
def test_parishes_are_known_by_name_shortened_or_by_their_village(
    typed: str, code: str | None
) -> None:
    assert parish_meant(typed) == code


def _line(**cells: str) -> Understanding:
    usual = {"day": "10.08.2024", "title": "Koncerts", "venue": "Durbes pils", "parish": "Tukums"}
    return understand(Typed(**{**usual, **cells}), NEAR)


def test_an_ordinary_line_needs_neither_remark_nor_question() -> None:
    understood = _line(starts="18.00", ends="20.00")
    assert understood == Understanding(
        Meant(
            title="Koncerts",
            first_day=date(2024, 8, 10),
            last_day=date(2024, 8, 10),
            hour="exact",
            starts=time(18),
            ends=time(20),
            venue="Durbes pils",
            parish_code="0051210",
        )
    )


def test_twenty_four_hours_are_midnight_of_the_next_day() -> None:
    understood = _line(starts="24.00")
    assert understood.meant is not None
    assert (understood.meant.first_day, understood.meant.starts) == (date(2024, 8, 11), time(0))
    assert understood.remarks == (Remark("next_day", "starts", "24.00", date(2024, 8, 11)),)


def test_an_end_after_midnight_is_on_the_next_day() -> None:
    meant = _line(starts="22.00", ends="02.00").meant
    assert meant is not None
    assert (meant.first_day.day, meant.last_day.day, meant.ends) == (10, 11, time(2))


@pytest.mark.parametrize(
    ("cells", "question"),
    [
        (
            {"title": "Svētki (10.–12. augusts)"},
            Question(
                "longer_in_title",
                "title",
                "Svētki (10.–12. augusts)",
                {"last_day": date(2024, 8, 12)},
                {},
            ),
        ),
        (
            {"title": "Svētki (1.–3. augusts)"},
            Question("other_days_in_title", "title", "Svētki (1.–3. augusts)"),
        ),
        (
            {"organiser": "koncerts pārcelts lietus dēļ"},
            Question(
                "postponed",
                "organiser",
                "koncerts pārcelts lietus dēļ",
                {
                    "state": "postponed",
                    "state_words": "koncerts pārcelts lietus dēļ",
                    "organiser": None,
                },
                {},
            ),
        ),
        (
            {"title": "ATCELTS! Koncerts"},
            Question("cancelled", "title", "ATCELTS! Koncerts", {"state": "cancelled"}, {}),
        ),
        ({"venue": ""}, Question("venue_missing", "venue", "")),
        ({"starts": "naktī"}, Question("hour_unclear", "starts", "naktī")),
        ({"starts": "18.00", "ends": "vēlu"}, Question("end_unclear", "ends", "vēlu")),
        (
            {"parish": "Engurs pag."},
            Question("parish_similar", "parish", "Engurs pag.", {"parish_code": "0051430"}),
        ),
        (
            {"parish": "Rīga"},
            Question("parish_unknown", "parish", "Rīga", {"parish_code": None}),
        ),
        ({"day": "sestdiena, 11.08.2024"}, Question("weekday", "day", "sestdiena, 11.08.2024")),
        (
            {"starts": "18.00", "notes": "sākas agrāk"},
            Question("notes_say_when", "notes", "sākas agrāk"),
        ),
    ],
)
def test_what_cannot_be_known_is_asked(cells: dict[str, str], question: Question) -> None:
    assert _line(**cells).questions == (question,)


@pytest.mark.parametrize(
    ("cells", "kind", "meant"),
    [
        ({"day": "10. augustā"}, "year_assumed", date(2024, 8, 10)),
        ({"starts": "vakarā"}, "hour_said", "evening"),
        ({"starts": "ap 18.00"}, "about", time(18)),
        ({"starts": "10:00-"}, "open_end", time(10)),
        ({"venue": "Durbes pils (zāle)"}, "venue_part", "zāle"),
        ({"venue": "Pils – Laukums"}, "route", "Pils"),
        ({"venue": "Engure"}, "only_village", None),
        ({"parish": "Tumes pag."}, "parish_shortened", "0051550"),
        ({"parish": ""}, "parish_missing", None),
        ({"notes": "līdzi jāņem zābaki"}, "notes_in_text", None),
    ],
)
def test_what_is_assumed_is_said_aloud(cells: dict[str, str], kind: str, meant: object) -> None:
    remarks = {remark.kind: remark.meant for remark in _line(**cells).remarks}
    assert remarks[kind] == meant


def test_a_line_without_a_day_has_the_day_of_the_line_above() -> None:
    understood = understand(Typed(day="", title="Balle", venue="Zāle"), NEAR, above="10.08.2024")
    assert understood.meant is not None
    assert understood.meant.first_day == date(2024, 8, 10)
    assert Remark("day_above", "day", "10.08.2024") in understood.remarks


def test_a_line_that_nobody_can_read_has_faults_and_no_event() -> None:
    assert understand(Typed(day="drīz", title=""), NEAR) == Understanding(
        None, faults=(Fault("day", "day"), Fault("title", "title"))
    )


def test_answers_make_the_event() -> None:
    understood = _line(title="Svētki (10.–12. augusts)", venue="")
    kinds = [question.kind for question in understood.questions]
    assert kinds == ["longer_in_title", "venue_missing"]
    yes, no = understood.answered([True, True]), understood.answered([False, True])
    assert yes is not None and no is not None
    assert (yes.last_day.day, no.last_day.day) == (12, 10)
    assert understood.answered([True, False]) is None
