"""Everything the service keeps about one vendor, as rows of plain values: for the vendor alone.

Every table with a `vendor_id` belongs to it, also one that is added later; a test goes over all
tables. What would open the stall to whoever finds the file, digests of secrets, is left out.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlmodel import Session, col, select

from app.keeping.backup import FOLDERS
from app.keeping.canonical import in_order
from app.records import Letter
from app.schema import METADATA
from market.days.models import Placement
from market.evidence.models import Opening
from market.festivals.models import (
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationMessage,
    ApplicationStep,
    ApplicationWish,
)
from market.places.models import Stall
from market.signs.models import Sign
from vendors.fields import identity
from vendors.registry.models import Vendor
from vendors.stories.models import Photograph, Recording

SECRET = {
    "card": {"secret_digest", "pin_hash"},
    "known_phone": {"token_digest"},
    "one_time_key": {"digest"},
    # A decision that is still being prepared is the office's own until it is sent.
    "application": {"key_digest", "prepared"},
}
"""Columns by table that are in no download, nor in the changes that are told there."""

Rows = list[dict[str, Any]]

OF_APPLICATIONS: tuple[type[Any], ...] = (
    ApplicationWish,
    ApplicationDocument,
    ApplicationAnswer,
    ApplicationMessage,
    ApplicationStep,
)
"""Tables whose rows belong to an application, and by it to whoever applied."""


def own_tables() -> list[Table]:
    """The tables with rows about single vendors, besides that of the vendors themselves."""
    return [table for table in METADATA.sorted_tables if "vendor_id" in table.columns]


def own_rows(session: Session, vendor: Vendor) -> dict[str, Rows]:
    """Rows by table, in the order of their keys; values are texts, numbers, lists and the like."""
    vendor_id = identity(vendor)
    found = {"vendor": [_plain("vendor", vendor.model_dump())]}
    for table in own_tables():
        question = in_order(session, table).where(table.c.vendor_id == vendor_id)
        rows = (dict(row._mapping) for row in session.execute(question))
        found[table.name] = [_plain(table.name, row) for row in rows]
    found |= _of_applications(session, vendor_id)
    found["opening"] = _openings(session, vendor_id)
    found["letter"] = _letters(session, vendor)
    return found


def _of_applications(session: Session, vendor_id: int) -> dict[str, Rows]:
    """What belongs to the vendor's applications: wishes, documents, answers, messages, steps."""
    mine = select(Application.id).where(Application.vendor_id == vendor_id)
    found = {}
    for model in OF_APPLICATIONS:
        rows = session.exec(
            select(model).where(col(model.application_id).in_(mine)).order_by(col(model.id))
        )
        name = str(model.__tablename__)
        found[name] = [_plain(name, row.model_dump()) for row in rows]
    return found


def _plain(table: str, row: dict[str, Any]) -> dict[str, Any]:
    secret = SECRET.get(table, set())
    plain = {name: _value(value) for name, value in row.items() if name not in secret}
    if table == "change":
        hidden = SECRET.get(row["table"], set())
        for name in ("before", "after"):
            if plain[name]:
                plain[name] = {key: said for key, said in plain[name].items() if key not in hidden}
    return plain


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


def _openings(session: Session, vendor_id: int) -> Rows:
    """Openings of signs on the days on which the vendor had their stalls."""
    rows = session.exec(
        select(Opening, Stall)
        .join(Sign, col(Sign.id) == Opening.sign_id)
        .join(Stall, col(Stall.id) == Sign.stall_id)
        .join(
            Placement,
            (col(Placement.stall_id) == Stall.id) & (col(Placement.day) == Opening.day),
        )
        .where(Placement.vendor_id == vendor_id)
        .order_by(col(Opening.day), col(Opening.hour), Stall.number, Opening.language)
    )
    return [
        {
            "day": _value(opening.day),
            "hour": opening.hour,
            "stall": stall.number,
            "language": opening.language,
            "openings": opening.openings,
        }
        for opening, stall in rows
    ]


def _letters(session: Session, vendor: Vendor) -> Rows:
    """That letters were written to the vendor, and when; links in them would open the stall."""
    if not vendor.email:
        return []
    rows = session.exec(
        select(Letter).where(Letter.recipient == vendor.email).order_by(col(Letter.id))
    )
    return [
        {"kind": row.kind, "made_at": _value(row.made_at), "sent_at": _value(row.sent_at)}
        for row in rows
    ]


def own_files(session: Session, vendor_id: int, data_dir: Path) -> Iterator[tuple[str, Path]]:
    """The vendor's pictures and recordings: the name in the download, and the file."""
    pictures = session.exec(select(Photograph.digest).where(Photograph.vendor_id == vendor_id))
    spoken = session.exec(select(Recording.digest).where(Recording.vendor_id == vendor_id))
    for folder, digests in zip(FOLDERS, (pictures.all(), spoken.all()), strict=True):
        for digest in digests:
            for file in sorted((data_dir / folder).glob(f"{digest}[-.]*")):
                yield f"{folder}/{file.name}", file


def own_days(session: Session, vendor_id: int) -> Sequence[tuple[date, str]]:
    """On which days the vendor had or will have which stall."""
    return session.exec(
        select(col(Placement.day), Stall.number)
        .join(Stall, col(Stall.id) == Placement.stall_id)
        .where(Placement.vendor_id == vendor_id)
        .order_by(col(Placement.day), Stall.number)
    ).all()
