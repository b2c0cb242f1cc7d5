"""What the log knows of the rows it tells about: vendors, stalls and people by name, not number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from app.changes import model_of
from app.languages import in_language
from app.records import Change
from market.days.models import Festival
from market.places.models import Site, Stall, Zone
from market.programme.models import Event, Venue
from market.signs.models import Sign
from vendors.keys.models import Person
from vendors.registry.models import Vendor

NAMED_BY: dict[str, tuple[type[SQLModel], str]] = {
    "vendor_id": (Vendor, "name"),
    "stall_id": (Stall, "number"),
    "zone_id": (Zone, "name"),
    "site_id": (Site, "name"),
    "festival_id": (Festival, "name"),
    "venue_id": (Venue, "name"),
    "event_id": (Event, "title"),
    "sign_id": (Sign, "code"),
    "person_id": (Person, "name"),
}
"""Columns that name another row, with the column by which people know that row."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """Names by column and number, and rows that were changed as they stand now."""

    names: Mapping[tuple[str, int], str] = field(default_factory=dict)
    rows: Mapping[tuple[str, int], Values] = field(default_factory=dict)

    def name(self, column: str, number: Any) -> str:
        """What people call the row that a column names; "" when it is not known any more."""
        return self.names.get((column, number), "")

    def row(self, change: Change) -> Values:
        """The row of a change as it stands now; empty when it is gone."""
        return self.rows.get((change.table, change.row), {})


def known_in(session: Session, changes: Iterable[Change]) -> Known:
    """Everything by name that these changes mention: one question for each kind of row."""
    found = list(changes)
    rows = _rows_now(session, found)
    mentioned: dict[str, set[int]] = {}
    for values in (*(one.before or {} for one in found), *(one.after or {} for one in found)):
        _mention(mentioned, values)
    for values in rows.values():
        _mention(mentioned, values)
    names: dict[tuple[str, int], str] = {}
    for column, numbers in mentioned.items():
        model, named_by = NAMED_BY[column]
        names |= _names(session, column, model, named_by, numbers)
    return Known(names, rows)


def _rows_now(session: Session, changes: list[Change]) -> dict[tuple[str, int], dict[str, Any]]:
    wanted: dict[str, set[int]] = {}
    for change in changes:
        if change.before is not None and change.after is not None and change.row:
            wanted.setdefault(change.table, set()).add(change.row)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for table, numbers in wanted.items():
        model: Any = model_of(table)
        for row in session.exec(select(model).where(col(model.id).in_(numbers))).all():
            found[table, row.id] = row.model_dump(mode="json")
    return found


def _mention(mentioned: dict[str, set[int]], values: Values) -> None:
    for column in NAMED_BY.keys() & values.keys():
        if isinstance(values[column], int):
            mentioned.setdefault(column, set()).add(values[column])


def _names(
    session: Session, column: str, model: Any, named_by: str, numbers: set[int]
) -> dict[tuple[str, int], str]:
    rows = session.exec(select(model).where(col(model.id).in_(numbers))).all()
    return {(column, row.id): _text(getattr(row, named_by)) for row in rows}


def _text(name: str | dict[str, str]) -> str:
    return in_language(name).text if isinstance(name, dict) else name
