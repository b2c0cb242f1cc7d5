"""Photographs: what may come in, and how each is made anew before anybody sees it.

What arrives is looked at by its header first. What goes out is pixels only: upright, in sRGB,
without a word of what the camera wrote down (place, owner, thumbnail).
"""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms

from vendors.stories.album import SUFFIXES, WIDTHS, Files, file_name, widths_made

LARGEST_FILE = 12_000_000
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 40_000_000, "WEBP": 20_000_000}
LONGEST_TO_SHORTEST = 8
MOST_SCANS = 500
"""A progressive JPEG has about ten; each one costs as much time as the whole picture."""

WEBP_QUALITY = 80
JPEG_QUALITY = 82
STRIP_ROWS = 256

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_OTHER_FILES = (b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"%PDF-")
_OTHER_PAGES = (b"<?php", b"<!doctype", b"<html", b"<script", b"<svg")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = {turn for number, turn in _TURNS.items() if number >= 5}
_SRGB = ImageCms.createProfile("sRGB")

REASONS = (
    "too_large",
    "heic",
    "wrong_kind",
    "too_many_pixels",
    "too_long",
    "something_else_too",
    "damaged",
)


@dataclass(frozen=True)
class Refused:
    """Why a file is not taken: one of REASONS."""

    reason: str


@dataclass(frozen=True)
class Header:
    """What a file says of itself: "JPEG", "PNG" or "WEBP", and its size in pixels."""

    kind: str
    width: int
    height: int


@dataclass(frozen=True)
class MadeAnew:
    """A photograph as it goes out; `width` and `height` are those of its largest picture.

    `digest` is the SHA-256 of the largest WebP; `files` are all pictures by file name.
    """

    digest: str
    width: int
    height: int
    files: Files


def kind_of(data: bytes) -> str | None:
    """ "JPEG", "PNG", "WEBP" or "HEIC" by the first bytes, whatever the file is called."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "HEIC"
    return None


def header_of(data: bytes) -> Header | Refused:
    """The header of a file that may come in, or why it may not; no pixel is decoded."""
    if len(data) > LARGEST_FILE:
        return Refused("too_large")
    kind = kind_of(data)
    if kind not in MOST_PIXELS:
        return Refused("heic" if kind == "HEIC" else "wrong_kind")
    try:
        width, height = _webp_size(data) if kind == "WEBP" else _size(data, kind)
    except Image.DecompressionBombError:
        return Refused("too_many_pixels")
    # Pillow raises whatever its decoders stumble over.
    except Exception:
        return Refused("damaged")
    return _refusal(data, kind, width, height) or Header(kind, width, height)


def _refusal(data: bytes, kind: str, width: int, height: int) -> Refused | None:
    if width * height > MOST_PIXELS[kind]:
        return Refused("too_many_pixels")
    if kind == "JPEG" and data.count(b"\xff\xda") > MOST_SCANS:
        return Refused("too_many_pixels")
    if max(width, height) > LONGEST_TO_SHORTEST * min(width, height):
        return Refused("too_long")
    if kind == "PNG" and not _is_whole(data):
        return Refused("damaged")
    if _is_something_else_too(data):
        return Refused("something_else_too")
    return None


def _size(data: bytes, kind: str) -> tuple[int, int]:
    with _opened(data, kind) as image:
        return image.size


@contextmanager
def _opened(data: bytes, kind: str) -> Iterator[Image.Image]:
    """The image in a file of this kind and no other; Pillow's warnings are dealt with here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(BytesIO(data), formats=[kind]) as image:
            yield image


def _is_whole(data: bytes) -> bool:
    """Whether a PNG has its end and the sums of its parts are right."""
    try:
        with _opened(data, "PNG") as image:
            image.verify()
    # Here, too, Pillow raises whatever it stumbles over.
    except Exception:
        return False
    return True


def _webp_size(data: bytes) -> tuple[int, int]:
    """Width and height of a WebP (RFC 9649, 2.4 to 2.7); Pillow would take memory to tell."""
    form = data[12:16]
    if form == b"VP8X":
        return _little(data[24:27]) + 1, _little(data[27:30]) + 1
    if form == b"VP8L":
        both = _little(data[21:25])
        return (both & 0x3FFF) + 1, (both >> 14 & 0x3FFF) + 1
    if form == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF
    raise ValueError("no WebP has this form")


def _little(part: bytes) -> int:
    return int.from_bytes(part, "little")


def _is_something_else_too(data: bytes) -> bool:
    """Whether another program would open the file as an archive, a document or a web page."""
    if any(mark in data for mark in _OTHER_FILES):
        return True
    small = data.lower()
    return any(mark in small for mark in _OTHER_PAGES)


def made_anew(data: bytes) -> MadeAnew | Refused:
    """The photograph in a file, made anew in all widths that are not larger than it.

    A JPEG of 64 megapixels takes about 70 MB of memory (progressive: 200), a PNG of 40 about 250
    (standing: 370), a WebP of 20 about 360, because Pillow keeps it four times.
    """
    header = header_of(data)
    if isinstance(header, Refused):
        return header
    try:
        return _written(_upright(data, header.kind))
    # The same holds for pixels as for headers.
    except Exception:
        return Refused("damaged")


def _upright(data: bytes, kind: str) -> Image.Image:
    """The picture turned as it was seen, in sRGB, at most as wide as the largest width."""
    with _opened(data, kind) as image:
        profile = image.info.get("icc_profile")
        turn = _turn_of(image)
        image.draft(None, (1, WIDTHS[-1]) if turn in _LYING else (WIDTHS[-1], 1))
        across = image.height if turn in _LYING else image.width
        picture = _reduced(image, max(1, across // (2 * WIDTHS[-1])))
    if turn in _LYING:
        # Turned while it is small: a large one would be in memory twice.
        picture = _lowered(picture, WIDTHS[-1])
    if turn is not None:
        picture = picture.transpose(turn)
    return _in_srgb(_narrowed(picture, WIDTHS[-1]), profile)


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    # What a camera wrote down may be broken while the picture is not.
    except Exception:
        return None


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """The picture so many times smaller, as RGB, CMYK or grey; made in strips to spare memory."""
    size = (-(-image.width // factor), -(-image.height // factor))
    reduced = Image.new(_plain(image.crop((0, 0, 1, 1))).mode, size)
    rows = STRIP_ROWS * factor
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        reduced.paste(_plain(strip).reduce(factor), (0, top // factor))
    return reduced


def _plain(strip: Image.Image) -> Image.Image:
    """The strip as RGB, CMYK or grey of 8 bits; what can be seen through lies on white paper."""
    if strip.mode.startswith("I;16"):
        return strip.point(lambda value: value * (1 / 256)).convert("L")
    if strip.has_transparency_data:
        seen = strip.convert("RGBA")
        paper = Image.new("RGB", strip.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return strip if strip.mode in ("RGB", "CMYK", "L") else strip.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in the colours every screen knows; by its profile, where that can be read."""
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            shown = ImageCms.profileToProfile(picture, meant, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            shown = None
        if shown is not None:
            return _without_notes(shown)
    return _without_notes(picture.convert("RGB"))


def _without_notes(picture: Image.Image) -> Image.Image:
    """The pixels alone: Pillow would write down again what it has read."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare


def _written(picture: Image.Image) -> MadeAnew:
    pictures = {}
    for width in reversed(widths_made(picture.width)):
        picture = _narrowed(picture, width)
        pictures[width] = picture
    largest, *smaller = pictures
    best = _encoded(pictures[largest], "webp")
    digest = hashlib.sha256(best).hexdigest()
    files = {
        file_name(digest): best,
        file_name(digest, largest, "jpg"): _encoded(pictures[largest], "jpg"),
    }
    for width in smaller:
        for suffix in SUFFIXES:
            files[file_name(digest, width, suffix)] = _encoded(pictures[width], suffix)
    return MadeAnew(digest, pictures[largest].width, pictures[largest].height, files)


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _lowered(picture: Image.Image, height: int) -> Image.Image:
    if picture.height <= height:
        return picture
    width = max(1, round(picture.width * height / picture.height))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, suffix: str) -> bytes:
    written = BytesIO()
    if suffix == "webp":
        picture.save(written, "WEBP", quality=WEBP_QUALITY, method=4)
    else:
        picture.save(written, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return written.getvalue()
