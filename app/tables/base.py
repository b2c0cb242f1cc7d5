"""What all tables of the market have in common: taking a line in, and giving the rows out."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, TypeVar

from pydantic import ValidationError
from sqlmodel import Session, SQLModel

from app.languages import languages
from app.tables.columns import Column, Entry
from app.tables.complaints import Complaint, LineError, broken_limits

AnyFields = TypeVar("AnyFields", bound=SQLModel)
AnyRow = TypeVar("AnyRow", bound=SQLModel)

Done = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True)
class Outcome:
    """What a line does to the market: `what` names the row, `changes` the columns that differ."""

    line: int
    done: Done
    what: str
    changes: tuple[str, ...] = ()
    sheet: str = ""


class Table(ABC):
    """One kind of list. A table serves one attempt: it remembers what its lines have said.

    `take` may write before it refuses a line, so an attempt with refused lines is never committed.
    """

    name: ClassVar[str]
    sheet: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    needed: ClassVar[tuple[str, ...]]

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today
        self.notes: list[str] = []
        self._lines: dict[object, int] = {}

    @abstractmethod
    def rows(self) -> Iterator[dict[str, Any]]:
        """The market's rows for export: values by column name, in an order that never varies."""

    @abstractmethod
    def take(self, entry: Entry) -> Outcome:
        """Bring one line into the market; raises LineError."""

    def finish(self) -> list[Complaint]:
        """What can be said and done only after the last line."""
        return []

    def once(self, entry: Entry, key: object, name: str) -> None:
        """Refuse a line that repeats the key of an earlier one."""
        if key in self._lines:
            raise entry.refuse(name, "twice_in_file", line=self._lines[key])
        self._lines[key] = entry.line

    def checked(
        self,
        entry: Entry,
        fields: type[AnyFields],
        row: SQLModel | None,
        values: Mapping[str, Any],
        part: str = "",
    ) -> AnyFields:
        """The row with the line's values on it, through the limits of its `…Fields` parent.

        A field that the table has no column for keeps its value; an empty cell means the field's
        default. Raises LineError with a complaint for each broken limit.
        """
        whole: dict[str, Any] = {}
        if row is not None:
            whole = {name: getattr(row, name) for name in fields.model_fields}
        for name, value in values.items():
            if name not in fields.model_fields:
                continue
            told = _merged_words(whole.get(name), value) if isinstance(value, dict) else value
            if told is None:
                whole.pop(name, None)
            else:
                whole[name] = told
        try:
            return fields.model_validate(whole)
        except ValidationError as error:
            raise LineError(list(self._complaints(entry, error, part))) from error

    def _complaints(self, entry: Entry, error: ValidationError, part: str) -> Iterator[Complaint]:
        for field, kind, blanks in broken_limits(error):
            name = f"{part}.{field}" if part else field
            if any(column.name == f"{name}.lv" for column in self.columns):
                name = f"{name}.lv"
            yield entry.complaint(name, kind, **blanks)

    def put(
        self,
        model: type[AnyRow],
        row: AnyRow | None,
        fields: SQLModel,
        **keys: Any,
    ) -> tuple[AnyRow, Done, tuple[str, ...]]:
        """Write the fields to the row or to a new one; says what changed."""
        values = {name: getattr(fields, name) for name in type(fields).model_fields} | keys
        if row is None:
            row = model(**values)
            self.session.add(row)
            self.session.flush()
            return row, "new", ()
        changes = tuple(name for name, value in values.items() if getattr(row, name) != value)
        for name in changes:
            setattr(row, name, values[name])
        self.session.flush()
        return row, "changed" if changes else "unchanged", changes

    def told(
        self,
        entry: Entry,
        part: str,
        key: str,
        rows: dict[str, AnyRow],
        fields: type[SQLModel],
        model: type[AnyRow],
        **keys: Any,
    ) -> tuple[AnyRow, Done]:
        """The row of a part, such as the site of a stall, after what the line tells about it.

        The first line of the file that tells something makes or changes the row; later lines may
        repeat it, not contradict it. Raises LineError, also for a part that nobody told about.
        """
        word: str = entry.values[f"{part}.{key}"]
        given = {name: value for name, value in entry.fields(part).items() if _is_told(value)}
        given.pop(key)
        row = rows.get(word)
        if not given:
            if row is None:
                raise entry.refuse(f"{part}.{key}", f"unknown_{part}")
            return row, "unchanged"
        line = self._lines.setdefault((part, word), entry.line)
        if row is not None and line != entry.line:
            self._compare(entry, part, row, given, line)
            return row, "unchanged"
        told = self.checked(entry, fields, row, {key: word, **given}, part)
        rows[word], done, _changes = self.put(model, row, told, **keys)
        return rows[word], done

    def _compare(
        self, entry: Entry, part: str, row: SQLModel, given: Mapping[str, Any], line: int
    ) -> None:
        for name, value in given.items():
            present = getattr(row, name)
            if isinstance(value, dict):
                said = {language: text for language, text in value.items() if text}
                differs = any((present or {}).get(key) != text for key, text in said.items())
            else:
                differs = present != value
            if differs:
                column = next(c for c in self.columns if c.name.startswith(f"{part}.{name}"))
                raise entry.refuse(column.name, "told_differently", line=line, what=column.heading)

    def headings_of(self, changes: tuple[str, ...]) -> tuple[str, ...]:
        """The headings of changed fields, for people."""
        return tuple(
            column.heading
            for column in self.columns
            if column.name in changes or column.name.removesuffix(".lv") in changes
        )


def _is_told(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else value is not None


def _merged_words(before: dict[str, str] | None, told: Mapping[str, Any]) -> dict[str, str] | None:
    """Words with the languages that the table tells; a language without a column is kept."""
    kept = {language: text for language, text in (before or {}).items() if language not in told}
    words = {**kept, **{language: text for language, text in told.items() if text}}
    return words or None


def values_of(row: SQLModel, columns: Iterable[Column], part: str = "") -> dict[str, Any]:
    """The row's fields by the names of the columns that show them; words by language."""
    before = f"{part}." if part else ""
    found: dict[str, Any] = {}
    for column in columns:
        if not column.name.startswith(before):
            continue
        field, _dot, language = column.name.removeprefix(before).partition(".")
        if field in type(row).model_fields and language in ("", *languages()):
            value = getattr(row, field)
            found[column.name] = (value or {}).get(language) if language else value
    return found
