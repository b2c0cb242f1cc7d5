"""Which files are taken as photographs, and that what goes out is upright and says nothing."""

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from vendors.stories.album import file_of_width, put, remove, widths_made
from vendors.stories.photographs import (
    LARGEST_FILE,
    REASONS,
    Header,
    MadeAnew,
    Refused,
    header_of,
    made_anew,
)

RED, GREEN, BLUE, YELLOW = (200, 30, 40), (30, 140, 60), (40, 60, 180), (230, 200, 60)
CORNERS = [RED, GREEN, BLUE, YELLOW]
ORIENTATION, DESCRIPTION, GPS, LATITUDE = 0x0112, 0x010E, 0x8825, 2
SECRET = "Mana māja ir Slepenajā ielā 7"


def picture(width: int = 640, height: int = 400) -> Image.Image:
    """A picture whose four corners are red and green, blue and yellow."""
    drawn = Image.new("RGB", (width, height))
    half = (width // 2, height // 2)
    for number, colour in enumerate(CORNERS):
        place = (number % 2 * half[0], number // 2 * half[1])
        drawn.paste(colour, (*place, place[0] + width - half[0], place[1] + height - half[1]))
    return drawn


def saved(image: Image.Image, kind: str = "JPEG", **settings: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def corners_of(image: Image.Image) -> list[tuple[int, ...]]:
    seen = image.convert("RGB")
    spots = [(x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]
    return [seen.getpixel((int(x * seen.width), int(y * seen.height))) for x, y in spots]


def look_alike(seen: list[tuple[int, ...]], meant: list[tuple[int, ...]], by: int = 24) -> bool:
    return all(
        abs(one - other) <= by
        for colour, wanted in zip(seen, meant, strict=True)
        for one, other in zip(colour, wanted, strict=True)
    )


def made(content: bytes) -> MadeAnew:
    result = made_anew(content)
    assert isinstance(result, MadeAnew), result
    return result


def png(width: int, height: int, bits: int, colour: int, rows: bytes, ends: bool = True) -> bytes:
    """A PNG written by hand."""

    def part(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    header = part(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    end = part(b"IEND", b"") if ends else b""
    return b"\x89PNG\r\n\x1a\n" + header + part(b"IDAT", zlib.compress(rows)) + end


def deep_png() -> bytes:
    """Three colours of 16 bits each."""
    half = 100
    rows = b""
    for left, right in ((RED, GREEN), (BLUE, YELLOW)):
        pixels = [
            struct.pack(">HHH", *(value * 257 for value in colour)) for colour in (left, right)
        ]
        rows += (b"\0" + pixels[0] * half + pixels[1] * half) * half
    return png(2 * half, 2 * half, 16, 2, rows)


def palette_png() -> bytes:
    image = picture().quantize(16)
    return saved(image, "PNG", transparency=image.getpixel((1, 1)))


def see_through() -> Image.Image:
    image = picture().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 320, 200))
    return image


def claiming(content: bytes, width: int, height: int) -> bytes:
    """A JPEG whose header tells another size."""
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", height, width) + content[place + 4 :]


def webp_claiming(width: int, height: int) -> bytes:
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + sizes
    return b"RIFF" + struct.pack("<I", len(body)) + body


def hole_in(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + b"\xff" * 20 + content[middle + 20 :]


def many_scans() -> bytes:
    content = saved(picture(64, 64), progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * 600 + content[-2:]


WHITE = (255, 255, 255)
GREYS = [(value,) * 3 for value in (83, 100, 65, 193)]

TAKEN = {
    "JPEG": (saved(picture(), quality=90), CORNERS),
    "progressive JPEG": (saved(picture(), progressive=True), CORNERS),
    "grey JPEG": (saved(picture().convert("L")), GREYS),
    "CMYK JPEG": (saved(picture().convert("CMYK"), quality=95), CORNERS),
    "PNG": (saved(picture(), "PNG"), CORNERS),
    "palette PNG": (palette_png(), [WHITE, *CORNERS[1:]]),
    "see-through PNG": (saved(see_through(), "PNG"), [WHITE, *CORNERS[1:]]),
    "grey PNG with alpha": (
        saved(see_through().convert("LA"), "PNG"),
        [WHITE, *GREYS[1:]],
    ),
    "black and white PNG": (
        saved(picture().convert("L").point(lambda value: 255 * (value > 90)).convert("1"), "PNG"),
        [(0, 0, 0), WHITE, (0, 0, 0), WHITE],
    ),
    "grey PNG of 16 bits": (
        saved(
            Image.frombytes(
                "I;16",
                (640, 400),
                b"".join(bytes((0, v)) for v in picture().convert("L").tobytes()),
            ),
            "PNG",
        ),
        GREYS,
    ),
    "PNG of 16 bits": (deep_png(), CORNERS),
    "WebP": (saved(picture(), "WEBP"), CORNERS),
    "lossless WebP": (saved(see_through(), "WEBP", lossless=True), [WHITE, *CORNERS[1:]]),
    "moving WebP": (
        saved(picture(), "WEBP", save_all=True, append_images=[Image.new("RGB", (640, 400))]),
        CORNERS,
    ),
    "moving PNG": (
        saved(picture(), "PNG", save_all=True, append_images=[Image.new("RGB", (640, 400))]),
        CORNERS,
    ),
    "two pictures in one JPEG": (
        saved(picture(), "MPO", save_all=True, append_images=[Image.new("RGB", (640, 400))]),
        CORNERS,
    ),
    "with a broken colour profile": (saved(picture(), icc_profile=b"no profile"), CORNERS),
    "with a profile of other colours": (
        saved(
            picture().convert("CMYK"),
            icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        ),
        CORNERS,
    ),
    "with broken notes": (saved(picture(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff"), CORNERS),
}


@pytest.mark.parametrize("what", TAKEN)
def test_a_photograph_keeps_its_colours(what: str) -> None:
    content, colours = TAKEN[what]
    result = made(content)
    assert [look_alike(corners_of(opened(file)), colours) for file in result.files.values()] == (
        [True] * len(result.files)
    )
    # Twin: the same picture upside down is noticed.
    overturned = opened(result.files[f"{result.digest}.webp"]).rotate(180)
    assert not look_alike(corners_of(overturned), colours)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((300, 200), {"": 300, "-480.jpg": 300}),
        ((480, 320), {"": 480, "-480.jpg": 480}),
        ((700, 1000), {"": 700, "-960.jpg": 700, "-480.webp": 480, "-480.jpg": 480}),
        (
            (4000, 3000),
            {
                "": 1600,
                "-1600.jpg": 1600,
                "-960.webp": 960,
                "-960.jpg": 960,
                "-480.webp": 480,
                "-480.jpg": 480,
            },
        ),
    ],
)
def test_a_photograph_is_made_in_the_widths_it_can_fill(
    size: tuple[int, int], expected: dict[str, int]
) -> None:
    result = made(saved(picture(*size)))
    widths = {
        name.removeprefix(result.digest).removesuffix(".webp" if "-" not in name else ""): file
        for name, file in result.files.items()
    }
    assert {name: opened(file).width for name, file in widths.items()} == expected
    assert (result.width, result.height) == opened(widths[""]).size
    assert abs(result.width / result.height - size[0] / size[1]) < 0.01
    kinds = {"webp": "WEBP", "jpg": "JPEG"}
    for name, file in result.files.items():
        assert opened(file).format == kinds[name.rsplit(".")[-1]]


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("size", [(640, 400), (5200, 3250)])
def test_a_photograph_stands_upright_however_the_camera_was_held(
    number: int, size: tuple[int, int]
) -> None:
    lying = {
        1: picture(*size),
        2: picture(*size).transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: picture(*size).rotate(180),
        4: picture(*size).transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: picture(*size).transpose(Image.Transpose.TRANSPOSE),
        6: picture(*size).rotate(90, expand=True),
        7: picture(*size).transpose(Image.Transpose.TRANSVERSE),
        8: picture(*size).rotate(-90, expand=True),
    }[number]
    notes = Image.Exif()
    notes[ORIENTATION] = number
    for kind in ("JPEG", "PNG", "WEBP") if size[0] == 640 else ("JPEG",):
        result = made(saved(lying, kind, exif=notes))
        assert (result.width, result.height) == (
            min(1600, size[0]),
            400 if size[0] == 640 else 1000,
        )
        assert all(look_alike(corners_of(opened(file)), CORNERS) for file in result.files.values())


def notes_left(result: MadeAnew) -> list[str]:
    """What the made files still say besides their pixels."""
    ours = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    ours |= {"loop", "background", "timestamp", "duration"}
    found = []
    for name, content in result.files.items():
        image = opened(content)
        found += [f"{name}: {key}" for key in set(image.info) - ours]
        found += [f"{name}: note {key}" for key in image.getexif()]
        if SECRET.encode() in content:
            found.append(f"{name}: the secret")
    return found


def with_notes(kind: str) -> bytes:
    notes = Image.Exif()
    notes[DESCRIPTION] = SECRET
    notes.get_ifd(GPS)[LATITUDE] = (56.0, 57.0, 58.0)
    settings: dict[str, object] = {"exif": notes, "xmp": f"<x>{SECRET}</x>".encode()}
    settings["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if kind == "JPEG":
        settings |= {"comment": SECRET, "dpi": (300, 300)}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("Author", SECRET)
        settings |= {"pnginfo": text, "dpi": (300, 300)}
    return saved(picture(), kind, **settings)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_what_the_camera_wrote_down_goes_out(kind: str) -> None:
    content = with_notes(kind)
    result = made(content)
    assert notes_left(result) == []
    # Twin: a photograph passed on as it came is noticed.
    passed_on = MadeAnew(result.digest, result.width, result.height, {"same": content})
    assert notes_left(passed_on) != []


REFUSED = {
    "nothing": (b"", "wrong_kind"),
    "text": (b"Labrit!", "wrong_kind"),
    "GIF": (saved(picture(), "GIF"), "wrong_kind"),
    "TIFF": (saved(picture(), "TIFF"), "wrong_kind"),
    "BMP": (saved(picture(), "BMP"), "wrong_kind"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "wrong_kind"),
    "RIFF of sound": (b"RIFF\x24\0\0\0WAVEfmt ", "wrong_kind"),
    "AVIF": (b"\0\0\0\x1cftypavif" + bytes(40), "wrong_kind"),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(40), "heic"),
    "HEIF": (b"\0\0\0\x18ftypmif1" + bytes(40), "heic"),
    "13 MB": (saved(picture()) + bytes(13_000_000), "too_large"),
    "PNG of 2,500 megapixels": (png(50_000, 50_000, 8, 2, b""), "too_many_pixels"),
    "PNG of 100 megapixels": (png(10_000, 10_000, 1, 0, bytes(100)), "too_many_pixels"),
    "PNG of 41 megapixels in a few bytes": (
        png(8_000, 5_125, 1, 0, bytes(1001 * 5_125)),
        "too_many_pixels",
    ),
    "JPEG of 4,000 megapixels": (claiming(saved(picture()), 65_000, 65_000), "too_many_pixels"),
    "JPEG of 65 megapixels": (claiming(saved(picture()), 13_000, 5_000), "too_many_pixels"),
    "WebP of 268 megapixels": (webp_claiming(16_383, 16_383), "too_many_pixels"),
    "WebP of 281 terapixels": (webp_claiming(1 << 24, 1 << 24), "too_many_pixels"),
    "JPEG of 600 scans": (many_scans(), "too_many_pixels"),
    "a line": (saved(picture(900, 100), "PNG"), "too_long"),
    "half a JPEG": (saved(picture())[: len(saved(picture())) // 2], "damaged"),
    "JPEG without its end": (saved(picture())[:-2], "damaged"),
    "half a PNG": (saved(picture(), "PNG")[:400], "damaged"),
    "PNG without its end": (png(20, 20, 8, 0, bytes(21 * 20), ends=False), "damaged"),
    "PNG with a hole": (hole_in(saved(picture(), "PNG")), "damaged"),
    "half a WebP": (saved(picture(), "WEBP")[:200], "damaged"),
    "only the first bytes of a JPEG": (b"\xff\xd8\xff\xe0", "damaged"),
    "only the first bytes of a PNG": (b"\x89PNG\r\n\x1a\n", "damaged"),
    "only the first bytes of a WebP": (b"RIFF\0\0\0\0WEBP", "damaged"),
    "JPEG of no width": (claiming(saved(picture()), 0, 100), "damaged"),
    "JPEG and ZIP": (saved(picture()) + b"PK\x05\x06" + bytes(18), "something_else_too"),
    "WebP and RAR": (saved(picture(), "WEBP") + b"Rar!\x1a\x07\x01\0", "something_else_too"),
    "JPEG and PDF": (saved(picture(), comment=b"%PDF-1.7 1 0 obj"), "something_else_too"),
    "JPEG and a page": (saved(picture(), comment=b"<ScRiPt>alert(1)"), "something_else_too"),
    "PNG and PHP": (saved(picture(), "PNG") + b"<?php system($_GET[0]);", "something_else_too"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_honest_photograph_is_refused(what: str) -> None:
    content, reason = REFUSED[what]
    assert made_anew(content) == Refused(reason)


def test_every_reason_has_a_file() -> None:
    assert {reason for _content, reason in REFUSED.values()} == set(REASONS)


def test_the_limits_are_exact() -> None:
    assert header_of(claiming(saved(picture()), 8_000, 8_000)) == Header("JPEG", 8_000, 8_000)
    assert header_of(claiming(saved(picture()), 8_000, 8_001)) == Refused("too_many_pixels")
    assert header_of(png(8_000, 5_000, 1, 0, b"")) == Header("PNG", 8_000, 5_000)
    assert header_of(png(8_000, 5_001, 1, 0, b"")) == Refused("too_many_pixels")
    assert header_of(webp_claiming(5_000, 4_000)) == Header("WEBP", 5_000, 4_000)
    assert header_of(webp_claiming(5_001, 4_000)) == Refused("too_many_pixels")
    jpeg = saved(picture())
    assert isinstance(header_of(jpeg + bytes(LARGEST_FILE - len(jpeg))), Header)
    assert header_of(jpeg + bytes(LARGEST_FILE - len(jpeg) + 1)) == Refused("too_large")


@pytest.mark.parametrize("settings", [{"lossless": True}, {"lossless": False}, {"exif": b"II*\0"}])
def test_the_size_of_every_form_of_webp_is_read(settings: dict[str, object]) -> None:
    assert header_of(saved(picture(333, 222), "WEBP", **settings)) == Header("WEBP", 333, 222)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_damage_makes_the_service_fail(kind: str) -> None:
    content, random = saved(picture(60, 40), kind), Random(1948)
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(random.randint(1, 6)):
            damaged[random.randrange(12, len(damaged))] = random.randrange(256)
        assert isinstance(made_anew(bytes(damaged)), MadeAnew | Refused)


MEMORY = """
import sys
from io import BytesIO
from PIL import Image
from vendors.stories.photographs import made_anew

def most_mb():
    status = open("/proc/self/status").read()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024

content = open(sys.argv[1], "rb").read()
before = most_mb()
if sys.argv[2] == "ours":
    assert made_anew(content).width == 1600
else:
    Image.open(BytesIO(content)).load()
print(most_mb() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_large_photograph_takes_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    file.write_bytes(saved(Image.new("RGB", (8_000, 8_000), RED)))

    def taken(how: str) -> int:
        told = [sys.executable, "-c", MEMORY, str(file), how]
        return int(subprocess.run(told, capture_output=True, check=True, text=True).stdout)

    assert taken("ours") < 120
    # Twin: the same file simply opened.
    assert taken("simply") > 180


def test_a_picture_has_a_file_in_each_width_made_and_in_no_other() -> None:
    result = made(saved(picture(1000, 700)))
    assert widths_made(result.width) == (480, 960, 1600)
    asked = {
        (width, suffix): file_of_width(result.digest, result.width, width, suffix)
        for width in (0, 480, 700, 960, 1600, 99_999)
        for suffix in ("webp", "jpg", "png")
    }
    assert {name for name in asked.values() if name} == set(result.files)
    assert {width for (width, _suffix), name in asked.items() if name} == {480, 960, 1600}


@pytest.mark.parametrize(
    ("width", "expected"),
    [(1, (480,)), (480, (480,)), (481, (480, 960)), (960, (480, 960)), (961, (480, 960, 1600))],
)
def test_widths_end_with_the_first_that_holds_the_picture(
    width: int, expected: tuple[int, ...]
) -> None:
    assert widths_made(width) == expected


def test_files_are_put_whole_and_removed_whole(tmp_path: Path) -> None:
    folder = tmp_path / "photographs"
    one, other = made(saved(picture(700, 500))), made(saved(picture(500, 700)))
    put(folder, one.files)
    put(folder, other.files)
    put(folder, one.files)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
        **one.files,
        **other.files,
    }
    remove(folder, one.digest)
    assert {file.name for file in folder.iterdir()} == set(other.files)
    remove(tmp_path / "nowhere", one.digest)


def test_a_disk_that_refuses_leaves_nothing_half(tmp_path: Path) -> None:
    result = made(saved(picture(300, 200)))
    in_the_way = tmp_path / list(result.files)[1]
    (in_the_way / "something").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        put(tmp_path, result.files)
    whole = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    assert whole.items() <= result.files.items()


def leftovers(write: Callable[[Path, dict[str, bytes]], None], folder: Path) -> list[str]:
    """Files that hold something else than they should after a write that broke off."""
    files = {"a.webp": b"a" * 1000, "b/c.webp": b"b"}
    with pytest.raises(OSError, match=r"b/c\.webp"):
        write(folder, files)
    found = [file for file in folder.iterdir() if file.is_file()]
    return [file.name for file in found if files.get(file.name) != file.read_bytes()]


def test_a_write_that_breaks_off_leaves_no_scraps(tmp_path: Path) -> None:
    assert leftovers(put, tmp_path) == []

    def carelessly(folder: Path, files: dict[str, bytes]) -> None:
        for name, content in files.items():
            (folder / f"{name}.new").write_bytes(content)

    assert leftovers(carelessly, tmp_path) == ["a.webp.new"]
