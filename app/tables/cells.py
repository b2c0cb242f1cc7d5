"""Cells: how what is typed becomes a value, and how a value is shown in a table."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from pydantic_core import PydanticCustomError

from app.languages import LATVIAN, gettext, languages, speaking
from app.tables.complaints import CellError
from market.places.parishes import PARISHES
from market.programme.typed_days import understood_days
from market.programme.typed_hours import understood_hours
from market.programme.understanding import parish_meant
from vendors.fields import clean
from vendors.registry.numbers import (
    Odd,
    says_vat,
    typed_phone,
    typed_postcode,
    typed_reg_no,
    vat_no_of,
)
from vendors.searching import folded

Shown = str | int | float | Decimal | date | time | None
"""What a table can hold; None is an empty cell."""

YES, NO = "jā", "nē"
ALL_YEAR = "visu gadu"
NONE_OF_THEM = "nav"
EVERY_MONTH = 4095
MONTHS = (
    "janv.",
    "febr.",
    "marts",
    "apr.",
    "maijs",
    "jūn.",
    "jūl.",
    "aug.",
    "sept.",
    "okt.",
    "nov.",
    "dec.",
)
_SOME_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Cell:
    """A kind of cell. `read` raises CellError; it never sees an empty cell."""

    read: Callable[[str], Any]
    show: Callable[[Any], Shown] = lambda value: value


def _read_text(typed: str) -> str:
    try:
        return clean(typed)
    except PydanticCustomError as error:
        raise CellError(error.type) from error


def _decimal(typed: str, kind: str) -> Decimal:
    plain = re.sub(r"\s", "", typed).replace(",", ".").replace("−", "-")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise CellError(kind) from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        raise CellError(kind)
    return value


def _read_whole(typed: str) -> int:
    value = _decimal(typed, "not_a_whole_number")
    if value != value.to_integral_value():
        raise CellError("not_a_whole_number")
    return int(value)


def _read_money(typed: str) -> int:
    cents = _decimal(typed.replace("€", "").replace("EUR", ""), "not_money") * 100
    if cents != cents.to_integral_value():
        raise CellError("not_money")
    return int(cents)


def _read_day(typed: str) -> date:
    days = understood_days(typed, _SOME_DAY)
    if days is None or not days.year_said or days.first != days.last:
        raise CellError("not_a_day")
    return days.first


def _read_time(typed: str) -> time:
    hours = understood_hours(typed)
    if hours is None or hours.starts is None or hours.ends or hours.about or hours.open_end:
        raise CellError("not_a_time")
    if hours.starts_next_day:
        raise CellError("midnight")
    return hours.starts


def _read_yes_or_no(typed: str) -> bool:
    plain = folded(typed)
    if plain in ("ja", "yes", "1", "true", "ir"):
        return True
    if plain in ("ne", "no", "0", "false", "nav"):
        return False
    raise CellError("not_yes_or_no")


def _read_phone(typed: str) -> str:
    try:
        return typed_phone(typed)
    except Odd as odd:
        raise CellError("not_a_phone") from odd


def _show_phone(number: str) -> str:
    return number.removeprefix("+371")


def _read_reg_no(typed: str) -> str:
    try:
        return typed_reg_no(typed)
    except Odd as odd:
        raise CellError(odd.reason) from odd


def _read_vat_no(typed: str) -> str:
    if not says_vat(typed):
        raise CellError("not_a_vat_no")
    return vat_no_of(_read_reg_no(typed))


def _read_postcode(typed: str) -> str:
    try:
        return typed_postcode(typed)
    except Odd as odd:
        raise CellError(odd.reason) from odd


def _read_parish(typed: str) -> str:
    # A spreadsheet takes a code for a number and drops the zeros before it.
    code = parish_meant(typed.zfill(7) if typed.isdecimal() else typed)
    if code is None:
        raise CellError("unknown_parish", example=PARISHES[2].name)
    return code


def _show_parish(code: str) -> str:
    return next((place.name for place in PARISHES if place.code == code), code)


def _read_months(typed: str) -> int:
    if folded(typed) == folded(ALL_YEAR):
        return EVERY_MONTH
    mask = 0
    for piece in re.split(r"[,;]", typed):
        first, _dash, last = re.sub(r"\s*[–-]\s*", "-", piece.strip()).partition("-")
        begin, end = _month(first), _month(last or first)
        for step in range((end - begin) % 12 + 1):
            mask |= 1 << (begin + step) % 12
    return mask


def _month(typed: str) -> int:
    """The month, January is 0; by number or by its Latvian name, also shortened."""
    plain = (folded(typed) or "").strip(" .")
    if plain.isdecimal() and 1 <= int(plain) <= 12:
        return int(plain) - 1
    for number, name in enumerate(MONTHS):
        if len(plain) >= 3 and plain[:3] == (folded(name) or "")[:3]:
            return number
    raise CellError("not_months")


def _show_months(mask: int) -> str:
    if mask == EVERY_MONTH:
        return ALL_YEAR
    return ", ".join(name for number, name in enumerate(MONTHS) if mask >> number & 1)


_KILOS = {"kg": "g", "l": "ml"}


def package_cell(units: Mapping[str, str]) -> Cell:
    """An amount with its unit: "1 kg" is (1000, "g"); `units` are words by key."""
    unit = choice_cell(units)

    def read(typed: str) -> tuple[int, str]:
        match = re.fullmatch(r"([\d.,]+)\s*(\D+)", typed)
        if not match:
            raise CellError("not_an_amount")
        amount, named = _decimal(match[1], "not_an_amount"), match[2].strip()
        if named.lower() in _KILOS:
            amount, key = amount * 1000, _KILOS[named.lower()]
        else:
            key = unit.read(named)
        if amount != amount.to_integral_value() or amount < 1:
            raise CellError("not_an_amount")
        return int(amount), key

    def show(package: tuple[int, str]) -> str:
        amount, key = package
        for large, small in _KILOS.items():
            if key == small and amount % 1000 == 0:
                return f"{amount // 1000} {large}"
        return f"{amount} {unit.show(key)}"

    return Cell(read, show)


def choice_cell(words: Mapping[str, str]) -> Cell:
    """One of several keys, shown by its Latvian word, read by key or word of any language."""

    @cache
    def by_word() -> dict[str, str]:
        found = {folded(key) or "": key for key in words}
        for language in languages():
            with speaking(language):
                found.update({folded(gettext(word)) or "": key for key, word in words.items()})
        return found

    def read(typed: str) -> str:
        key = by_word().get(folded(typed) or "")
        if key is None:
            raise CellError("not_one_of", choices=", ".join(map(show, words)))
        return key

    def show(key: str) -> str:
        with speaking(LATVIAN):
            return gettext(words[key]) if key in words else key

    return Cell(read, show)


def key_cell(keys: Iterable[str]) -> Cell:
    """One of several keys that have no words of their own."""
    known = sorted(keys)

    def read(typed: str) -> str:
        if typed not in known:
            raise CellError("not_one_of", choices=", ".join(known))
        return typed

    return Cell(read)


def several_cell(words: Mapping[str, str]) -> Cell:
    """Any number of keys by their words, with commas between; empty or "nav" for none."""
    one = choice_cell(words)

    def read(typed: str) -> list[str]:
        if folded(typed) == NONE_OF_THEM:
            return []
        named = (one.read(piece.strip()) for piece in re.split(r"[,;]", typed))
        return list(dict.fromkeys(named))

    def show(keys: list[str]) -> Shown:
        return ", ".join(str(one.show(key)) for key in keys) or None

    return Cell(read, show)


def allergens_cell(words: Mapping[str, str]) -> Cell:
    """Allergens by their words; "nav" when there are none."""
    several = several_cell(words)
    return Cell(several.read, lambda allergens: several.show(allergens) or NONE_OF_THEM)


TEXT = Cell(_read_text)
WHOLE = Cell(_read_whole)
NUMBER = Cell(lambda typed: float(_decimal(typed, "not_a_number")))
MONEY = Cell(_read_money, lambda cents: (Decimal(cents) / 100).quantize(Decimal("0.01")))
DAY = Cell(_read_day)
TIME = Cell(_read_time)
YES_OR_NO = Cell(_read_yes_or_no, lambda value: YES if value else NO)
PHONE = Cell(_read_phone, _show_phone)
PARISH = Cell(_read_parish, _show_parish)
REG_NO = Cell(_read_reg_no)
VAT_NO = Cell(_read_vat_no)
POSTCODE = Cell(_read_postcode)
MONTHS_OF_YEAR = Cell(_read_months, _show_months)

_WEEKDAY = choice_cell(
    {
        "0": "pirmdiena",
        "1": "otrdiena",
        "2": "trešdiena",
        "3": "ceturtdiena",
        "4": "piektdiena",
        "5": "sestdiena",
        "6": "svētdiena",
    }
)
WEEKDAY = Cell(lambda typed: int(_WEEKDAY.read(typed)), lambda number: _WEEKDAY.show(str(number)))
