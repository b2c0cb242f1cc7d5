"""Putting a telling before the public: by its vendor, or by the office that has read it first."""

from typing import Any

from app.clock import local
from app.sending import Saving
from market.days.queries import text_set
from market.days.settings import TEXTS_LOOKED_AT
from vendors.stories.models import Story, StoryDraft, StoryVersion
from vendors.stories.queries import forget_versions, story_in
from vendors.stories.tellings import Telling, layers_of

BEFORE = "before"
NOT_WAITING: dict[str, Any] = {"waiting_since": None, "answer": ""}


def must_wait(save: Saving) -> bool:
    """Whether the office reads what is told before it is public; its own people have read it."""
    before = text_set(save.session, TEXTS_LOOKED_AT) == BEFORE
    return before and save.account.person is None


def publish(save: Saving, vendor_id: int, language: str, telling: Telling, *, action: str) -> None:
    """Put a telling before the public; the one that it replaces is kept for thirty days.

    What a person of the office publishes counts as looked at.
    """
    person = save.account.person
    values: dict[str, Any] = {
        **layers_of(telling),
        "told_on": local(save.at).date(),
        "machine_translated": False,
        "looked_at": save.at if person else None,
        "looked_by": person.id if person else None,
    }
    story = story_in(save.session, vendor_id, language)
    if story is None:
        save.add(Story(vendor_id=vendor_id, language=language, **values), action=action)
        return
    if layers_of(story) != layers_of(telling):
        keep_version(save, story, action)
    save.change(story, values, action=action)
    forget_versions(save.session, vendor_id, save.at)


def keep_version(save: Saving, story: Story, action: str) -> None:
    """Keep a telling among the earlier ones."""
    earlier = StoryVersion(
        vendor_id=story.vendor_id,
        language=story.language,
        replaced_at=save.at,
        **layers_of(story),
    )
    save.add(earlier, action=action)


def send_to_office(save: Saving, draft: StoryDraft) -> None:
    """Let a draft wait until the office has read it."""
    save.change(draft, {"waiting_since": save.at, "answer": ""}, action="story_waits")
