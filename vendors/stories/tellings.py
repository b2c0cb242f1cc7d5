"""Tellings: what is still a draft, what is stale beside the Latvian one, what was told before."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

from vendors.stories.models import Story, StoryVersion

LAYERS = ("short", "question", "longer", "whole")
KEPT_FOR = timedelta(days=30)
FIRST_LANGUAGE = "lv"


class Telling(Protocol):
    """Whatever holds the layers of a story: a telling, a draft of one, an earlier one."""

    @property
    def short(self) -> str:
        """What is read in twenty seconds."""

    @property
    def question(self) -> str:
        """What visitors may ask."""

    @property
    def longer(self) -> str:
        """What goes on for two minutes."""

    @property
    def whole(self) -> str:
        """All the rest."""


def layers_of(telling: Telling | None) -> dict[str, Any]:
    """The layers by name; all empty where nothing is told."""
    return {name: getattr(telling, name) if telling else "" for name in LAYERS}


def is_told(telling: Telling | None) -> bool:
    """Whether there is anything to read."""
    return telling is not None and bool(telling.short.strip())


def differs(draft: Telling | None, story: Telling | None) -> bool:
    """Whether a draft holds something else than what is published."""
    return draft is not None and any(layers_of(draft).values()) and (
        layers_of(draft) != layers_of(story)
    )  # fmt: skip


def is_stale(story: Story | None, latvian: Story | None) -> bool:
    """Whether a telling is older than the Latvian one, which was told anew since."""
    if story is None or latvian is None or story.language == FIRST_LANGUAGE:
        return False
    if latvian.told_on is None:
        return False
    return story.told_on is None or story.told_on < latvian.told_on


def still_kept(versions: Iterable[StoryVersion], at: datetime) -> list[StoryVersion]:
    """Those earlier tellings that can be brought back at a moment, the newest first."""
    kept = [one for one in versions if at - one.replaced_at <= KEPT_FOR]
    return sorted(kept, key=lambda one: (one.replaced_at, one.id or 0), reverse=True)
