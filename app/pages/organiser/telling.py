"""What happened, told in words: who, what, when, before and after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from app import names
from app.changes import is_undoable
from app.languages import (
    clock_time,
    in_language,
    long_day,
    moment_said,
    money,
    month_short,
    number,
    weekday,
)
from app.languages import gettext as _
from app.pages.organiser import DESK
from app.pages.organiser.known import NAMED_BY, Known
from app.pages.organiser.words import COLUMNS, CONSENTS, THINGS, VALUES
from app.records import Change
from app.tables.words import TENTS, VENDOR_CLASSES
from market.days.settings import DEFAULTS
from vendors.keys.models import Card, OneTimeKey

LONGEST_SHOWN = 160
LONGEST_NAME = 70
NOTHING_KNOWN = Known()
HOURS = ("opens", "closes", "starts", "ends", *DEFAULTS)
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
    reason: str = ""
    batch: str = ""
    is_undone: bool = False
    vendor_id: int | None = None
    is_of_desk: bool = False


def entries(
    batches: Sequence[Sequence[Change]],
    cards: Sequence[Card],
    codes: Sequence[OneTimeKey],
    people: Mapping[int, str],
    at: datetime,
    known: Known = NOTHING_KNOWN,
) -> list[Entry]:
    """Everything told, the newest first."""
    told = [entry_of(rows, people, at, known) for rows in batches]
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


def entry_of(
    rows: Sequence[Change], people: Mapping[int, str], at: datetime, known: Known
) -> Entry:
    """What one form has changed, its rows from the last to the first."""
    first = rows[-1]
    return Entry(
        at=first.at,
        did=names.action(first.action),
        by=_by(first, people),
        lines=tuple(
            line for one in reversed(rows) for line in lines_of(one, known, first.vendor_id)
        ),
        reason=first.reason,
        vendor_id=first.vendor_id,
        is_of_desk=all(change.source == DESK for change in rows),
        batch=first.batch if is_undoable(rows, at) else "",
        is_undone=all(change.undone_at is not None for change in rows),
    )


def _by(change: Change, people: Mapping[int, str]) -> str:
    if change.source == "own":
        return _("the vendor")
    by = _person(change.person_id, people)
    return f"{by}, {_(CONSENTS[change.source])}" if change.source in CONSENTS else by


def _person(person_id: int | None, people: Mapping[int, str]) -> str:
    return people.get(person_id or 0, _("somebody who is no longer here"))


def lines_of(
    change: Change, known: Known = NOTHING_KNOWN, of_vendor: int | None = None
) -> list[Line]:
    """A change in lines; a row that came or went is one line with what people know it by.

    `of_vendor` is the vendor under whose name the lines stand, who is not named again.
    """
    thing = _(THINGS[change.table]) if change.table in THINGS else change.table
    if change.before is None or change.after is None:
        before = _known_by(change.before, known, of_vendor)
        return [Line(thing, before, _known_by(change.after, known, of_vendor))]
    row = "" if change.table == "vendor" else _row_of(change, known, of_vendor)
    of = f" ({_shortened(row, LONGEST_NAME)})" if row else ""
    return [
        Line(
            f"{_column(name)}{of}",
            _said_or_named(name, change.before.get(name), known),
            _said_or_named(name, value, known),
        )
        for name, value in change.after.items()
        if name in COLUMNS and value != change.before.get(name)
    ] or [Line(thing, "", _shortened(row, LONGEST_NAME))]


def _row_of(change: Change, known: Known, of_vendor: int | None) -> str:
    """A row that was changed, as people know it by what was not changed."""
    changed = change.after or {}
    kept = {name: value for name, value in known.row(change).items() if name not in changed}
    return _known_by(kept, known, of_vendor)


KNOWN_BY = (
    "stall_id", "number", "name", "zone_id", "row", "day", "first_day", "last_day", "weekday",
    "valid_from", "state", "language", "kind", "words", "note", "vendor_id",
)  # fmt: skip
"""The columns by which people know a row, in the order of saying them."""


def _known_by(row: Mapping[str, Any] | None, known: Known, of_vendor: int | None) -> str:
    told = [
        _said_or_named(name, row[name], known)
        for name in KNOWN_BY
        if row
        and row.get(name) not in (None, "")
        and not (name == "vendor_id" and row[name] == of_vendor)
    ]
    return " · ".join(one for one in told if one)


def _said_or_named(name: str, value: Any, known: Known) -> str:
    return known.name(name, value) if name in NAMED_BY and value else said(name, value)


def _column(name: str) -> str:
    return _(COLUMNS[name])


def said(name: str, value: Any) -> str:
    """A value of a column as people would say it, shortened where it is long."""
    if value in (None, "", []):
        return _("nothing")
    return _shortened(_said_by_name(name, value), LONGEST_SHOWN)


def _shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[:longest]}…"


def _said_by_name(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return in_language(value).text
    if name in SAYING:
        return SAYING[name](value)
    if isinstance(value, str) and value in VALUES:
        return _(VALUES[value])
    if name.endswith(("_on", "day", "_to", "_from")) and isinstance(value, str):
        return long_day(date.fromisoformat(value[:10]))
    if name.endswith("_at") and isinstance(value, str):
        return moment_said(_aware(datetime.fromisoformat(value)))
    if name in HOURS and isinstance(value, str):
        return clock_time(time.fromisoformat(value))
    return str(value)


def _month_names(mask: int) -> str:
    if mask == (1 << 12) - 1:
        return _("all year")
    return ", ".join(month_short(number) for number in range(1, 13) if mask & 1 << (number - 1))


def _weekday_names(mask: int) -> str:
    if mask == (1 << 7) - 1:
        return _("every market day")
    days = (A_MONDAY.replace(day=A_MONDAY.day + step) for step in range(7) if mask & 1 << step)
    return ", ".join(weekday(day) for day in days)


def _vendor_or_good_kind(key: str) -> str:
    if key in names.VENDOR_KINDS:
        return names.vendor_kind(key)
    return names.kind(key) if key in names.KIND_WORDS else _(VALUES.get(key, key))


SAYING: dict[str, Callable[[Any], str]] = {
    "price_cents": money,
    "cents": money,
    "social_cents": money,
    "weekdays": _weekday_names,
    "category": names.category,
    "kind": _vendor_or_good_kind,
    "origin": names.origin,
    "months": _month_names,
    "allergens": lambda keys: ", ".join(names.allergen(key) for key in keys),
    "parish_code": names.parish,
    "standing": lambda key: _(VENDOR_CLASSES[key]),
    "tent": lambda key: _(TENTS[key]),
    "needs_power_kw": number,
    "needs_width_m": number,
    "needs_depth_m": number,
    "weekday": lambda day: weekday(A_MONDAY.replace(day=A_MONDAY.day + day)),
}
