"""What happened to a vendor's pages and keys, told in words: who, what, when, before and after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from app import names
from app.changes import is_undoable
from app.languages import gettext as _
from app.languages import in_language, long_day, money, month_short, weekday
from app.pages.organiser.words import COLUMNS, CONSENTS, THINGS, VALUES
from app.records import Change
from vendors.keys.models import Card, OneTimeKey

LONGEST_SHOWN = 160
A_MONDAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Line:
    """One thing that changed; `before` is empty for what was added, `after` for what went."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """What somebody did at a moment; `batch` is empty for what cannot be undone."""

    at: datetime
    did: str
    by: str
    lines: tuple[Line, ...] = ()
    batch: str = ""
    is_undone: bool = False


def entries(
    batches: Sequence[Sequence[Change]],
    cards: Sequence[Card],
    codes: Sequence[OneTimeKey],
    people: Mapping[int, str],
    at: datetime,
) -> list[Entry]:
    """Everything told, the newest first."""
    told = [_batch(rows, people, at) for rows in batches]
    for card in cards:
        by = _person(card.issued_by, people) if card.issued_by else ""
        told.append(Entry(card.issued_at, _("Card issued"), by))
        if card.revoked_at:
            told.append(Entry(card.revoked_at, _("Card revoked"), ""))
    for code in codes:
        told.append(Entry(code.made_at, _("Code given"), _person(code.made_by, people)))
        if code.used_at:
            told.append(Entry(code.used_at, _("Came in with the code"), _("the vendor")))
    return sorted(told, key=lambda entry: _aware(entry.at), reverse=True)


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _batch(rows: Sequence[Change], people: Mapping[int, str], at: datetime) -> Entry:
    first = rows[-1]
    return Entry(
        at=first.at,
        did=names.action(first.action),
        by=_by(first, people),
        lines=tuple(line for change in reversed(rows) for line in lines_of(change)),
        batch=first.batch if is_undoable(rows, at) else "",
        is_undone=all(change.undone_at is not None for change in rows),
    )


def _by(change: Change, people: Mapping[int, str]) -> str:
    if change.source == "own":
        return _("the vendor")
    return f"{_person(change.person_id, people)}, {_(CONSENTS.get(change.source, 'office'))}"


def _person(person_id: int | None, people: Mapping[int, str]) -> str:
    return people.get(person_id or 0, _("somebody who is no longer here"))


def lines_of(change: Change) -> list[Line]:
    """A change in lines; a row that came or went is one line with what people know it by."""
    thing = _(THINGS[change.table]) if change.table in THINGS else change.table
    if change.before is None or change.after is None:
        before, after = _known_by(change.before), _known_by(change.after)
        return [Line(thing, before, after)]
    return [
        Line(_column(name), said(name, change.before.get(name)), said(name, value))
        for name, value in change.after.items()
        if name in COLUMNS
    ] or [Line(thing, "", "")]


def _known_by(row: Mapping[str, Any] | None) -> str:
    telling = ("name", "day", "first_day", "last_day", "weekday", "state", "language", "words")
    told = [said(name, row[name]) for name in telling if row and row.get(name) not in (None, "")]
    return " · ".join(told)


def _column(name: str) -> str:
    return _(COLUMNS[name])


def said(name: str, value: Any) -> str:
    """A value of a column as people would say it, shortened where it is long."""
    if value in (None, "", []):
        return _("nothing")
    words = _said_by_name(name, value)
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"


def _said_by_name(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return in_language(value).text
    if name in SAYING:
        return SAYING[name](value)
    if isinstance(value, str) and value in VALUES:
        return _(VALUES[value])
    if name.endswith(("_on", "day", "_to")) and isinstance(value, str):
        return long_day(date.fromisoformat(value[:10]))
    return str(value)


def _month_names(mask: int) -> str:
    if mask == (1 << 12) - 1:
        return _("all year")
    return ", ".join(month_short(number) for number in range(1, 13) if mask & 1 << (number - 1))


def _vendor_or_good_kind(key: str) -> str:
    return names.vendor_kind(key) if key in names.VENDOR_KINDS else names.kind(key)


SAYING: dict[str, Callable[[Any], str]] = {
    "price_cents": money,
    "category": names.category,
    "kind": _vendor_or_good_kind,
    "origin": names.origin,
    "months": _month_names,
    "allergens": lambda keys: ", ".join(names.allergen(key) for key in keys),
    "parish_code": names.parish,
    "weekday": lambda number: weekday(A_MONDAY.replace(day=A_MONDAY.day + number)),
}
