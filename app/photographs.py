"""Where photographs lie, and why a file is not taken as one, in words."""

from pathlib import Path

from flask import current_app

from app.config import Settings
from app.languages import N_, gettext

REFUSALS = {
    "too_large": N_("The file is larger than 12 MB. Please choose a smaller one."),
    "heic": N_(
        "This is a HEIC file, which many devices cannot show. Please save the photograph as JPEG; "
        "on an iPhone: Settings, Camera, Formats, Most Compatible."
    ),
    "wrong_kind": N_("This is not a photograph in JPEG, PNG or WebP. Please choose another file."),
    "too_many_pixels": N_(
        "The picture has too many pixels: 64 megapixels are possible in JPEG, 40 in PNG and 20 in "
        "WebP. Please make it smaller."
    ),
    "too_long": N_(
        "One side of the picture is more than eight times as long as the other. Please crop it."
    ),
    "something_else_too": N_(
        "Something else than a picture is hidden in this file. Please save the photograph anew."
    ),
    "damaged": N_("The file is damaged or incomplete. Please choose or save it anew."),
}


def refusal(reason: str) -> str:
    """Why a file was refused and what to do; `reason` is one of `photographs.REASONS`."""
    return gettext(REFUSALS[reason])


def folder() -> Path:
    """The folder of the pictures."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_dir.resolve() / "photographs"
