"""Looks for what must not be: broken rows, overlapping periods, lost files."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sqlalchemy import func, text
from sqlmodel import Session, col, exists, select

from app.keeping.backup import digest_of
from app.keeping.canonical import holds_text, kept_tables
from market.days.models import Incident, Placement
from market.places.models import PlanPicture, Stall, StallOnPlan
from market.signs.codes import normalised, problem_of
from market.signs.models import Sign
from vendors.stories.album import SUFFIXES, file_name, file_of_width, widths_made
from vendors.stories.models import Photograph, Recording


@dataclass(frozen=True)
class Finding:
    """Something wrong; `kind` says what, `where` names the place."""

    kind: str
    where: str


def findings(session: Session, data_dir: Path) -> Iterator[Finding]:
    """Everything that is wrong with a market and the files of its vendors."""
    yield from broken_tables(session)
    yield from too_long_texts(session)
    yield from overlapping_periods(session)
    yield from placements_off_the_plan(session)
    yield from invalid_codes(session)
    yield from lost_photographs(session, data_dir / "photographs")
    yield from lost_recordings(session, data_dir / "recordings")


def broken_tables(session: Session) -> Iterator[Finding]:
    """What the database says of itself; only SQLite can be asked."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for (said,) in session.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield Finding("integrity", str(said))
    for table, row, parent, _number in session.execute(text("PRAGMA foreign_key_check")):
        yield Finding("foreign_key", f"{table} {row} → {parent}")


def too_long_texts(session: Session) -> Iterator[Finding]:
    """Texts longer than their column, which SQLite takes and PostgreSQL would refuse."""
    for table in kept_tables():
        for column in table.columns:
            length = getattr(column.type, "length", None)
            if length and holds_text(column):
                longest = select(func.max(func.length(column)))
                if (session.exec(longest).one() or 0) > length:
                    yield Finding("too_long", f"{table.name}.{column.name}")


def overlapping_periods(session: Session) -> Iterator[Finding]:
    """Stalls that stand on the plan twice on some day."""
    rows = session.exec(
        select(StallOnPlan, Stall.number)
        .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
        .order_by(col(StallOnPlan.stall_id), col(StallOnPlan.valid_from))
    ).all()
    for (before, number), (after, _) in pairwise(rows):
        if before.stall_id == after.stall_id and (
            before.valid_to is None or before.valid_to >= after.valid_from
        ):
            yield Finding("overlap", f"{number}, {after.valid_from.isoformat()}")


def placements_off_the_plan(session: Session) -> Iterator[Finding]:
    """Placements on a stall that is not on the plan on that day."""
    on_plan = exists().where(
        col(StallOnPlan.stall_id) == Placement.stall_id,
        col(StallOnPlan.valid_from) <= Placement.day,
        func.coalesce(StallOnPlan.valid_to, Placement.day) >= Placement.day,
    )
    rows = session.exec(
        select(Stall.number, col(Placement.day))
        .join(Placement, col(Placement.stall_id) == Stall.id)
        .where(~on_plan)
        .order_by(col(Placement.day), Stall.number)
    )
    for number, day in rows:
        yield Finding("off_plan", f"{number}, {day.isoformat()}")


def invalid_codes(session: Session) -> Iterator[Finding]:
    """Signs whose code has a wrong check character, or is not written as it is printed."""
    for code in session.exec(select(Sign.code).order_by(Sign.code)):
        if problem_of(code) or code != normalised(code):
            yield Finding("code", code)


def lost_photographs(session: Session, folder: Path) -> Iterator[Finding]:
    """Pictures of photographs that are not there, or whose content is not that of their name."""
    rows = session.exec(select(Photograph.digest, Photograph.width).order_by(Photograph.digest))
    under_plans = session.exec(select(PlanPicture.digest, PlanPicture.width_px))
    of_incidents = session.exec(
        select(Incident.digest, Incident.width_px).where(col(Incident.digest).is_not(None))
    )
    for digest, width in dict.fromkeys([*rows, *under_plans, *of_incidents]):
        sizes = ((made, suffix) for made in widths_made(width) for suffix in SUFFIXES)
        for name in {file_of_width(digest, width, *size): None for size in sizes}:
            if not (folder / str(name)).is_file():
                yield Finding("photograph_lost", str(name))
        largest = folder / file_name(digest)
        if largest.is_file() and digest_of(largest) != digest:
            yield Finding("photograph_changed", largest.name)


def lost_recordings(session: Session, folder: Path) -> Iterator[Finding]:
    """Spoken tellings whose file is not there."""
    for digest in session.exec(select(Recording.digest).order_by(Recording.digest).distinct()):
        if not any(folder.glob(f"{digest}*")):
            yield Finding("recording_lost", digest)
