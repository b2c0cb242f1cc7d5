"""What has had its time is taken away: nobody needs it, so nobody keeps it."""

import time as stopwatch
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, delete, or_, select

from app.changes import digests_in_changes
from app.keeping.backup import FOLDERS
from app.keeping.erasing import DIGEST_LENGTH, used_digests
from app.outbox import tidy as tidy_letters
from app.records import KEPT_CHANGES_DAYS, KEPT_FORMS_DAYS, Change, SentForm
from market.days.models import Festival
from market.festivals.models import Application, Call
from vendors.keys.models import KnownPhone
from vendors.keys.queries import forget_old_keys
from vendors.stories.models import StoryVersion

FORMS = timedelta(days=KEPT_FORMS_DAYS)
CHANGES = timedelta(days=KEPT_CHANGES_DAYS)
VERSIONS = timedelta(days=30)
ENDED_PHONES = timedelta(days=90)
APPLICATIONS = timedelta(days=365)
WITHOUT_A_PLACE = ("draft", "submitted", "asked", "waiting", "refused", "withdrawn")
FILES_WITHOUT_ROW_S = 24 * 60 * 60


def tidy(session: Session, at: datetime) -> int:
    """Take away every row that has had its time at a moment; the caller commits.

    Returns how many there were, without keys and letters: these are put in order where they are
    made. How long each kind is kept stands above and in docs/operating.md, and the page about
    privacy says it to people.
    """
    forget_old_keys(session, at)
    tidy_letters(session, at)
    return sum(session.execute(delete(table).where(when)).rowcount for table, when in _old(at))  # type: ignore[attr-defined]


def _old(at: datetime) -> list[tuple[type[Any], Any]]:
    """Tables, and which of their rows have had their time."""
    ended = or_(
        col(KnownPhone.ended_at) < at - ENDED_PHONES, col(KnownPhone.expires_at) < at - ENDED_PHONES
    )
    return [
        (SentForm, col(SentForm.made_at) < at - FORMS),
        (Change, col(Change.at) < at - CHANGES),
        (StoryVersion, col(StoryVersion.replaced_at) < at - VERSIONS),
        (KnownPhone, ended),
        (Application, _without_a_place(at)),
    ]


def _without_a_place(at: datetime) -> ColumnElement[bool]:
    """Applications that led to no place, a year after their festival."""
    over = (
        select(Call.id)
        .join(Festival, col(Festival.id) == Call.festival_id)
        .where(Festival.last_day < (at - APPLICATIONS).date())
    )
    return and_(col(Application.state).in_(WITHOUT_A_PLACE), col(Application.call_id).in_(over))


def remove_unused_files(session: Session, data_dir: Path) -> int:
    """Remove files of pictures and recordings without a row, unless they are of this day.

    A file comes before its row, so a young one may still be waiting for it; and what was taken
    away can be brought back as long as the change is kept. Returns how many files went.
    """
    digests = used_digests(session) | digests_in_changes(session)
    oldest = stopwatch.time() - FILES_WITHOUT_ROW_S
    removed = 0
    for folder in (data_dir / name for name in FOLDERS):
        for file in folder.iterdir() if folder.is_dir() else ():
            digest = file.name.lstrip(".")[:DIGEST_LENGTH]
            if file.is_file() and digest not in digests and file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
                removed += 1
    return removed
