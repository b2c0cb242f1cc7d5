"""What is wrong with a cell, as a sentence that says where, what was typed, why, and what to do."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from app.languages import N_, gettext, number, sentence
from app.languages import gettext as _

LONGEST_QUOTE = 60

TOO_SHORT = N_("This is too short: at least %(min_length)s characters are needed.")
TOO_LONG = N_("This is too long: please shorten it to %(max_length)s characters.")

REASONS = {
    # What the limits of our own tables say (types of pydantic).
    "missing": N_("This must be filled in."),
    "latvian_missing": N_("The Latvian text must be filled in."),
    "string_too_short": TOO_SHORT,
    "string_too_long": TOO_LONG,
    # Pydantic's word for the same limits on a text that may be missing.
    "too_short": TOO_SHORT,
    "too_long": TOO_LONG,
    "greater_than_equal": N_("This is too small: the smallest value is %(ge)s."),
    "greater_than": N_("This must be more than %(gt)s."),
    "less_than_equal": N_("This is too large: the largest value is %(le)s."),
    "less_than": N_("This must be less than %(lt)s."),
    "hidden_characters": N_(
        "Here are characters that nobody sees or that turn the direction of the text. "
        "Please type the text anew."
    ),
    "personal_code": N_(
        "This looks like a personal code, and those must not be written here. Please delete it."
    ),
    "string_pattern_mismatch": N_("This is not written as it should be."),
    # What a cell can say.
    "not_a_number": N_("This is not a number. Please write it like 2,5."),
    "not_a_whole_number": N_("This is not a whole number. Please write it like 12."),
    "not_money": N_("This is not a price in euros. Please write it like 14,50."),
    "not_a_day": N_("This is not a day of the calendar. Please write it like 24.11.2026."),
    "not_a_time": N_("This is not a time. Please write it like 18:00."),
    "midnight": N_("24.00 is 0.00 of the next day. Please write 0:00 and the next day."),
    "not_yes_or_no": N_("Please write “jā” or “nē” here."),
    "not_rows": N_("This is not a list of rows, each with its zone, such as G:A, G:B."),
    "not_one_of": N_("This is not one of the possible words: %(choices)s."),
    "not_a_phone": N_(
        "This is not a Latvian telephone number. Please write its eight digits, like 26123456."
    ),
    "not_a_reg_no": N_(
        "A registration number has eleven digits and begins with 4 to 9, like 40003032949."
    ),
    "wrong_check": N_("One digit of this registration number is wrong. Please compare it."),
    "not_a_vat_no": N_("Please write LV before the registration number, like LV40003032949."),
    "other_vat_no": N_("A VAT number is LV and the registration number of the same line."),
    "not_a_postcode": N_("A postcode is LV and four digits, like LV-3101."),
    "not_months": N_("These are not months. Please write them like “jūn., jūl., aug.”."),
    "not_an_amount": N_("This is not an amount with a unit. Please write it like “1 kg”."),
    "formula": N_("Here is a formula. Please put its result into the cell as a plain value."),
    # What does not fit what is known already.
    "twice_in_file": N_("The same stands in line %(line)s already. Please keep one of the two."),
    "unknown_parish": N_(
        "There is no such parish or town. Please take a name such as “%(example)s”."
    ),
    "unknown_vendor": N_("No vendor has this code or name. Please load the list of vendors first."),
    "several_vendors": N_("Several vendors have this name. Please write the vendor's code."),
    "unknown_stall": N_(
        "There is no stall with this number. Please load the list of stalls first."
    ),
    "unknown_site": N_(
        "This place is not known. Please give its name, coordinates, width and height "
        "in the first line that names it."
    ),
    "unknown_zone": N_(
        "This zone is not known. Please give its name in the first line that names it."
    ),
    "unknown_venue": N_(
        "This venue is not known. Please give its name in the first line that names it."
    ),
    "zone_elsewhere": N_("This zone belongs to “%(site)s”. Please choose another code."),
    "told_differently": N_(
        "Line %(line)s says something else about “%(what)s”. Please say it in one of them only."
    ),
    "unknown_festival": N_("No festival has this code. Please load the list of festivals first."),
    "stall_taken": N_(
        "On %(day)s this stall has a holder: %(vendor)s. Please choose another stall."
    ),
    "taken_in_file": N_(
        "On %(day)s line %(line)s gives this stall to %(vendor)s. Please choose another stall."
    ),
    "not_on_plan": N_("On %(day)s this stall is not on the plan. Please choose another stall."),
    "periods_overlap": N_(
        "The plan has this stall already from %(first)s to %(last)s. "
        "Please end one period before the other begins."
    ),
    "place_in_row_taken": N_("At this time stall %(stall)s stands in this place of the row."),
    "sign_code_wrong": N_("No sign can have this code. Please compare it with the printed sign."),
    "sign_code_used": N_("This code is or was on the sign of stall %(stall)s."),
    "sign_differs": N_(
        "The sign of this stall has the code %(code)s. Please leave the cell empty."
    ),
    "outside_novads": N_(
        "This place is outside Tukums novads (%(least)s to %(most)s). "
        "Please check the coordinates or write the other place instead of a parish."
    ),
    "half_a_place": N_("Please fill in both coordinates or neither."),
    "no_place": N_(
        "Please fill in the parish, or the other place if the vendor is from elsewhere."
    ),
    "both_or_neither": N_("Please fill in both, this and “%(other)s”, or neither."),
    "hour_and_start": N_("Please give either a time of beginning or the time in words, not both."),
    "ends_before": N_("This is before the beginning."),
    "not_a_uid": N_("An identifier has at most 80 characters and no blanks."),
    "kind_of_other_category": N_("Goods of this kind belong to the category “%(category)s”."),
    "refused_by_database": N_("Others are writing the same at this moment. Please try again."),
    # What is wrong with a line or with the headings.
    "column_missing": N_("The table lacks this column."),
    "column_twice": N_("Two columns have this heading. Please keep one of them."),
    "column_misspelt": N_("There is no such column. Is “%(similar)s” meant?"),
    "cell_without_heading": N_("This cell stands outside the columns of the table."),
    "day": N_("No day could be read here. Please write it like 24.11.2026."),
    "title": N_("The title is missing."),
}

PATTERNS = {
    "slug": N_("Only small letters without diacritics, digits and hyphens are possible here."),
    "number": N_(
        "A stall's number has up to three capital letters and up to three digits, like A12."
    ),
    "code": N_("Only capital letters and digits are possible here."),
    "phone": REASONS["not_a_phone"],
    "email": N_("This is not an e-mail address. Please write it like vards@example.lv."),
    "language": N_("Please write the two letters of the language, like lv."),
}


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong; `kind` is a key of REASONS, `blanks` fill its sentence."""

    line: int
    column: str
    typed: str
    kind: str
    blanks: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""
    sheet: str = ""


class LineError(Exception):
    """A line cannot be taken."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__(complaints)
        self.complaints = complaints


class CellError(ValueError):
    """A cell does not hold what its column asks for; `kind` is a key of REASONS."""

    def __init__(self, kind: str, **blanks: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.blanks = blanks


def said(complaint: Complaint) -> str:
    """The complaint in the reader's language, on one line."""
    place = place_said(complaint.line, complaint.sheet)
    if not complaint.column:
        return f"{place}: {reason(complaint)}"
    typed = quoted(complaint.typed) if complaint.kind != "personal_code" else "…"
    if not typed:
        return _(
            "%(place)s, column “%(column)s”: empty. %(reason)s",
            place=place,
            column=quoted(complaint.column),
            reason=reason(complaint),
        )
    return _(
        "%(place)s, column “%(column)s”: “%(typed)s”. %(reason)s",
        place=place,
        column=quoted(complaint.column),
        typed=typed,
        reason=reason(complaint),
    )


def place_said(line: int, sheet: str = "") -> str:
    """Where in a file something stands; line 0 is the file as a whole."""
    if not line:
        return _("The list")
    if sheet:
        return _("Sheet “%(sheet)s”, line %(line)s", sheet=quoted(sheet), line=line)
    return _("Line %(line)s", line=line)


def reason(complaint: Complaint) -> str:
    """Why, and what to do."""
    kind = complaint.kind
    if kind == "string_pattern_mismatch" and complaint.field in PATTERNS:
        return sentence(PATTERNS[complaint.field])
    known = REASONS.get(kind)
    if known is None:
        return _("This cannot be read here.")
    return gettext(known, **{name: _shown(value) for name, value in complaint.blanks.items()})


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return number(value)
    return quoted(str(value), longest=400)


def quoted(typed: str, longest: int = LONGEST_QUOTE) -> str:
    """What was typed, safe for a terminal: short, on one line, nothing hidden in it."""
    plain = "".join(
        char if unicodedata.category(char)[0] != "C" else "·" for char in " ".join(typed.split())
    )
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def in_quotes(text: str) -> str:
    """The text, made safe, in the quotation marks of the reader's language."""
    return _("“%(text)s”", text=quoted(text))


def broken_limits(error: ValidationError) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Field, kind and blanks of each limit that a `…Fields` class found broken."""
    for found in error.errors():
        name = str(found["loc"][0]) if found["loc"] else ""
        yield name, found["type"], dict(found.get("ctx", {}))
