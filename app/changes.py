"""Changes of rows: what they were before and after, so that they can be told and undone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Table, TypeDecorator, inspect, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from app.records import KEPT_CHANGES_DAYS, Change
from vendors.fields import Row

UNDONE_WITHIN = timedelta(days=KEPT_CHANGES_DAYS)
BOOKKEEPING = ("version", "looked_at", "looked_by")
"""Columns that do not hold what people wrote: they may have changed since, and it is undone."""
VENDOR = "vendor"
TABLES_WITH_FILES = ("photograph", "recording", "plan_picture", "incident")
NEVER_UNDONE = ("person", "market_setting", "decisions_sent", "application_question")
"""Roles and settings go back only by another form of those who may change them; a letter never."""


class Stale(Exception):  # noqa: N818 - no fault: somebody else was quicker
    """The row was changed since the form was opened; `row` is as it stands now."""

    def __init__(self, row: Any) -> None:
        super().__init__(type(row).__name__)
        self.row = row


def write_over(
    session: Session, row: Row, values: Mapping[str, Any], version: int | None = None
) -> Change | None:
    """Write values into a row and return the change, None when nothing differs.

    A row with a version is written only if nobody has changed it since `version` (or since it was
    read); otherwise Stale is raised. The question and the write are one statement.
    """
    model: Any = row
    if version is not None and model.version != version:
        raise Stale(row)
    different = {name: value for name, value in values.items() if getattr(model, name) != value}
    if not different:
        return None
    before = _as_json(model, different)
    table: Table = model.__table__
    statement = update(type(model)).where(table.c.id == model.id)
    if "version" in table.c:
        statement = statement.where(table.c.version == model.version)
        different = {**different, "version": model.version + 1}
    result = session.execute(
        statement.values(different), execution_options={"synchronize_session": False}
    )
    session.refresh(model)
    if result.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale(row)
    names = [name for name in different if name not in BOOKKEEPING]
    return _change_of(row, before=before, after=_as_json(model, names))


def noted(row: SQLModel) -> Change:
    """The change of a row that was added."""
    return _change_of(row, after=_as_json(row, _columns(row)))


def unnoted(row: SQLModel) -> Change:
    """The change of a row that is about to be taken away."""
    return _change_of(row, before=_as_json(row, _columns(row)))


def changes_of(session: Session, batch: str) -> Sequence[Change]:
    """The changes that one form made, in their order."""
    return session.exec(select(Change).where(Change.batch == batch).order_by(col(Change.id))).all()


def changes_about(session: Session, vendor_id: int, since: datetime) -> Sequence[Change]:
    """What was changed of a vendor since a moment, the newest first."""
    return session.exec(
        select(Change)
        .where(Change.vendor_id == vendor_id, Change.at >= since)
        .order_by(col(Change.id).desc())
    ).all()


def digests_in_changes(session: Session, vendor_id: int | None = None) -> set[str]:
    """The digests of files that changes still name: undoing one brings back the row, not the file.

    Of all vendors, or of one.
    """
    with_files = select(Change).where(col(Change.table).in_(TABLES_WITH_FILES))
    if vendor_id is not None:
        with_files = with_files.where(Change.vendor_id == vendor_id)
    rows = session.exec(with_files).all()
    kept = (values for row in rows for values in (row.before, row.after) if values)
    return {str(values["digest"]) for values in kept if "digest" in values}


def is_undoable(changes: Iterable[Change], at: datetime) -> bool:
    """Whether a form's changes can still be undone at a moment, by their kind and age alone."""
    found = list(changes)
    return bool(found) and all(
        change.undone_at is None
        and at - change.at <= UNDONE_WITHIN
        and change.row != 0
        and change.table not in NEVER_UNDONE
        for change in found
    )


def takes_vendor_away(changes: Iterable[Change]) -> bool:
    """Whether undoing a form takes a vendor, who was registered by it, out of the registry."""
    return any(change.table == VENDOR and change.before is None for change in changes)


def undo(session: Session, changes: Sequence[Change], at: datetime) -> None:
    """Bring rows back to what they were before; the caller commits.

    Raises Stale when one of them was changed again since, or when what stands in its place now
    does not let it back.
    """
    try:
        _undo_each(session, changes, at)
    except IntegrityError as error:
        session.rollback()
        raise Stale(None) from error


def _undo_each(session: Session, changes: Sequence[Change], at: datetime) -> None:
    for change in reversed(changes):
        model = model_of(change.table)
        row = session.get(model, change.row)
        if change.before is None:
            _take_back(session, row, change)
        elif change.after is None:
            if row is not None:
                raise Stale(row)
            session.add(model(**_from_json(model, change.before)))
            session.flush()
        else:
            _bring_back(session, model, row, change)
        change.undone_at = at
        session.add(change)
    session.flush()


def _take_back(session: Session, row: Any, change: Change) -> None:
    if row is None:
        return
    if change.table == VENDOR:
        _let_go(session, row, change)
    session.delete(row)
    session.flush()


def _let_go(session: Session, row: Any, change: Change) -> None:
    """A vendor takes everything along, so nothing may have happened to one who is taken back."""
    later = select(Change.id).where(
        Change.vendor_id == row.id,
        Change.batch != change.batch,
        col(Change.undone_at).is_(None),
    )
    if session.exec(later).first() is not None:
        raise Stale(row)
    change.vendor_id = None
    session.add(change)
    session.flush()


def _bring_back(session: Session, model: type[SQLModel], row: Any, change: Change) -> None:
    after = _from_json(model, change.after or {})
    if row is None or any(getattr(row, name) != value for name, value in after.items()):
        raise Stale(row)
    write_over(session, row, _from_json(model, change.before or {}))


def _change_of(
    row: Any, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> Change:
    return Change(
        batch="",
        at=datetime.min,
        action="",
        table=row.__table__.name,
        row=row.id,
        before=before,
        after=after,
    )


def _columns(row: SQLModel) -> list[str]:
    return [attribute.key for attribute in inspect(type(row)).column_attrs]


def _as_json(row: SQLModel, names: Iterable[str]) -> dict[str, Any]:
    dumped: dict[str, Any] = row.model_dump(mode="json", include=set(names))
    return dumped


def _from_json(model: type[SQLModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the columns want them: days and times are text in JSON."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return {name: _as_kept(table.c[name].type, value) for name, value in values.items()}


def _as_kept(kind: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    try:
        python = kind.python_type
    except NotImplementedError:
        return value
    return python.fromisoformat(value) if python in (date, time, datetime) else value


def model_of(table: str) -> type[SQLModel]:
    """The class of the rows of a table; LookupError for a table that is none of ours."""
    for mapper in SQLModel._sa_registry.mappers:
        if mapper.local_table is not None and mapper.local_table.name == table:  # type: ignore[attr-defined]
            found: type[SQLModel] = mapper.class_
            return found
    raise LookupError(table)
