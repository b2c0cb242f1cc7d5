"""The folder in which the pictures of photographs lie: their names, and how they get there."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

WIDTHS = (480, 960, 1600)
SUFFIXES = ("webp", "jpg")
"""WebP, and JPEG for telephones that are older than it."""

Files = Mapping[str, bytes]
"""Pictures by the names of their files."""


def widths_made(width: int) -> tuple[int, ...]:
    """The widths in which a photograph that is so wide exists: up to the first that holds it.

    A photograph of 700 pixels exists as 480 and 960, and the latter is 700 wide.
    """
    return tuple(
        named for named, before in zip(WIDTHS, (0, *WIDTHS), strict=False) if width > before
    )


def file_name(digest: str, width: int | None = None, suffix: str = "webp") -> str:
    """The name of a picture's file; without a width that of the largest WebP, the digest's own."""
    return f"{digest}.{suffix}" if width is None else f"{digest}-{width}.{suffix}"


def file_of_width(digest: str, largest: int, width: int, suffix: str) -> str | None:
    """The file that shows a photograph, `largest` pixels wide, in one of the widths made of it."""
    made = widths_made(largest)
    if width not in made or suffix not in SUFFIXES:
        return None
    if width == made[-1] and suffix == "webp":
        return file_name(digest)
    return file_name(digest, width, suffix)


def put(folder: Path, files: Files) -> None:
    """Write files that survive a power cut as soon as this returns; the row comes after it.

    Each is written beside its place and then moved there. Raises OSError when the disk refuses;
    then no file is half there.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _names_to_disk(folder.parent)
    for name, content in files.items():
        beside = folder / f".{name}.{secrets.token_hex(8)}"
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(folder / name)
        finally:
            beside.unlink(missing_ok=True)
    _names_to_disk(folder)


def remove(folder: Path, digest: str) -> None:
    """Remove every picture of a photograph; the row went before it."""
    for file in folder.glob(f"{digest}[-.]*"):
        file.unlink(missing_ok=True)
    if folder.is_dir():
        _names_to_disk(folder)


def _names_to_disk(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
