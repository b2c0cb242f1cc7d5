"""Where spoken tellings lie, and why a file is not taken as one, in words."""

from pathlib import Path

from flask import current_app

from app.config import Settings
from app.languages import N_, gettext
from vendors.stories.recordings import SUFFIX

REFUSALS = {
    "too_large": N_("The file is larger than 12 MB. Please choose a smaller one."),
    "wrong_kind": N_("This is no sound in MP3, M4A, OGG, WebM or WAV. Please choose another file."),
    "too_long": N_("This is longer than a minute and a half. Please tell it a little shorter."),
    "too_short": N_("This is too short to be heard. Please speak once more."),
    "silent": N_("Nothing can be heard. Please see whether the microphone is on, and speak again."),
    "damaged": N_("The file is damaged or incomplete. Please choose or save it anew."),
}


def refusal(reason: str) -> str:
    """Why a file was refused and what to do; `reason` is one of `recordings.REASONS`."""
    return gettext(REFUSALS[reason])


def folder() -> Path:
    """The folder of the spoken tellings."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_dir.resolve() / "recordings"


def file_of(digest: str) -> Path:
    """The file of a spoken telling."""
    return folder() / f"{digest}.{SUFFIX}"
