"""What the database is asked about stories, photographs and spoken tellings."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, select

from vendors.registry.models import PUBLIC, Vendor
from vendors.stories.models import Photograph, Recording, Story, StoryDraft, StoryVersion
from vendors.stories.tellings import KEPT_FOR


def stories_by_vendor(session: Session, vendor_ids: Collection[int]) -> dict[int, list[Story]]:
    """The tellings of each of these vendors, Latvian first, then by language."""
    found: dict[int, list[Story]] = {vendor_id: [] for vendor_id in vendor_ids}
    rows = session.exec(select(Story).where(col(Story.vendor_id).in_(vendor_ids))).all()
    for story in sorted(rows, key=lambda row: (row.language != "lv", row.language)):
        found[story.vendor_id].append(story)
    return found


def photographs_by_vendor(
    session: Session, vendor_ids: Collection[int]
) -> dict[int, list[Photograph]]:
    """The photographs that are shown of each of these vendors, in their order."""
    found: dict[int, list[Photograph]] = {vendor_id: [] for vendor_id in vendor_ids}
    rows = session.exec(
        select(Photograph)
        .where(col(Photograph.vendor_id).in_(vendor_ids), col(Photograph.shown).is_(True))
        .order_by(col(Photograph.position), col(Photograph.id))
    )
    for photograph in rows:
        found[photograph.vendor_id].append(photograph)
    return found


def public_photograph(session: Session, digest: str) -> Photograph | None:
    """The photograph with this digest, if it is shown by a vendor whom the public may see."""
    return session.exec(
        select(Photograph)
        .join(Vendor, col(Vendor.id) == Photograph.vendor_id)
        .where(Photograph.digest == digest, col(Photograph.shown).is_(True), *PUBLIC)
    ).first()


def next_position(session: Session, vendor_id: int) -> int:
    """The place of a vendor's next photograph: after all others."""
    query = select(func.max(Photograph.position)).where(Photograph.vendor_id == vendor_id)
    return (session.exec(query).one() or 0) + 1


def is_used(session: Session, digest: str) -> bool:
    """Whether a photograph of any vendor has this digest."""
    return (
        session.exec(select(Photograph.id).where(Photograph.digest == digest)).first() is not None
    )


def stand_in_line(session: Session, vendor_id: int) -> None:
    """Let changes of one vendor's stories and pictures come one after another.

    SQLite's writers do so anyway; PostgreSQL is asked for the vendor's row.
    """
    session.exec(select(Vendor.id).where(Vendor.id == vendor_id).with_for_update(key_share=True))


def drafts_of(session: Session, vendor_id: int) -> dict[str, StoryDraft]:
    """What a vendor is still writing, by language."""
    rows = session.exec(select(StoryDraft).where(StoryDraft.vendor_id == vendor_id)).all()
    return {draft.language: draft for draft in rows}


def story_in(session: Session, vendor_id: int, language: str) -> Story | None:
    """What a vendor has published in a language."""
    return session.exec(
        select(Story).where(Story.vendor_id == vendor_id, Story.language == language)
    ).first()


def draft_in(session: Session, vendor_id: int, language: str) -> StoryDraft | None:
    """What a vendor is still writing in a language."""
    return session.exec(
        select(StoryDraft).where(StoryDraft.vendor_id == vendor_id, StoryDraft.language == language)
    ).first()


def versions_of(session: Session, vendor_id: int) -> Sequence[StoryVersion]:
    """What a vendor has told before, in all languages."""
    return session.exec(select(StoryVersion).where(StoryVersion.vendor_id == vendor_id)).all()


def forget_versions(session: Session, vendor_id: int, at: datetime) -> None:
    """Delete a vendor's earlier tellings that are no longer kept; the caller commits."""
    for version in versions_of(session, vendor_id):
        if at - version.replaced_at > KEPT_FOR:
            session.delete(version)


def photograph_in(session: Session, vendor_id: int, number: int) -> Photograph | None:
    """One photograph of this vendor and of no other."""
    return session.exec(
        select(Photograph).where(Photograph.id == number, Photograph.vendor_id == vendor_id)
    ).first()


def recordings_of(session: Session, vendor_id: int) -> dict[str, Recording]:
    """The spoken tellings of a vendor by language, also those that are not public yet."""
    rows = session.exec(select(Recording).where(Recording.vendor_id == vendor_id)).all()
    return {recording.language: recording for recording in rows}


def public_recordings_of(session: Session, vendor_id: int) -> dict[str, Recording]:
    """The spoken tellings of a vendor that visitors may hear, by language."""
    found = recordings_of(session, vendor_id)
    return {language: one for language, one in found.items() if one.published}


def public_recording(session: Session, digest: str) -> Recording | None:
    """The spoken telling with this digest, if the public may hear it."""
    return session.exec(
        select(Recording)
        .join(Vendor, col(Vendor.id) == Recording.vendor_id)
        .where(Recording.digest == digest, col(Recording.published).is_(True), *PUBLIC)
    ).first()


# What the office reads. Of vendors who have left nothing is read any more.


def _still_here(vendor_id: Any) -> tuple[ColumnElement[bool], ...]:
    return (col(Vendor.id) == vendor_id, col(Vendor.state) != "archived")


def stories_not_looked_at(session: Session) -> Sequence[tuple[Story, Vendor]]:
    """What is published and the office has not read since, the first told first."""
    return session.exec(
        select(Story, Vendor)
        .join(Vendor, and_(*_still_here(Story.vendor_id)))
        .where(col(Story.looked_at).is_(None))
        .order_by(col(Story.told_on), col(Story.id))
    ).all()


def drafts_waiting(session: Session) -> Sequence[tuple[StoryDraft, Vendor]]:
    """What waits for the office to let it be published, the longest waiting first."""
    return session.exec(
        select(StoryDraft, Vendor)
        .join(Vendor, and_(*_still_here(StoryDraft.vendor_id)))
        .where(col(StoryDraft.waiting_since).is_not(None))
        .order_by(col(StoryDraft.waiting_since), col(StoryDraft.id))
    ).all()


def photographs_not_looked_at(session: Session) -> Sequence[tuple[Photograph, Vendor]]:
    """The photographs that are shown and the office has not seen, the oldest first."""
    return session.exec(
        select(Photograph, Vendor)
        .join(Vendor, and_(*_still_here(Photograph.vendor_id)))
        .where(col(Photograph.looked_at).is_(None), col(Photograph.shown).is_(True))
        .order_by(col(Photograph.id))
    ).all()


def texts_waiting(session: Session) -> int:
    """How many tellings the office has not read: published ones, and those that wait to be."""
    published = (
        select(func.count(col(Story.id)))
        .join(Vendor, and_(*_still_here(Story.vendor_id)))
        .where(col(Story.looked_at).is_(None))
    )
    waiting = (
        select(func.count(col(StoryDraft.id)))
        .join(Vendor, and_(*_still_here(StoryDraft.vendor_id)))
        .where(col(StoryDraft.waiting_since).is_not(None))
    )
    return session.exec(published).one() + session.exec(waiting).one()
