"""Spoken tellings: what may come in, and how each is made anew before anybody hears it.

A file is looked at by its first bytes; only its first sound track is decoded, and what goes out is
that sound alone: AAC in one channel, without a word of what the telephone wrote down.
"""

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from vendors.stories.album import Files

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

LARGEST_FILE = 12_000_000
LONGEST_S = 90
GRACE_S = 2
"""A telephone stops a moment after it was told to; so much is cut off instead of refused."""

SHORTEST_S = 1
SILENCE = 200
"""The loudest sample of what nobody can hear, of 32767."""

SAMPLES_A_SECOND = 48_000
BITS_A_SECOND = 64_000
BYTES_A_SAMPLE = 2
SUFFIX = "m4a"

REASONS = ("too_large", "wrong_kind", "too_long", "too_short", "silent", "damaged")


@dataclass(frozen=True)
class Refused:
    """Why a recording is not taken: one of REASONS."""

    reason: str


@dataclass(frozen=True)
class Recorded:
    """A recording as it goes out; `digest` is the SHA-256 of its only file."""

    digest: str
    seconds: float
    files: Files


def kind_of(data: bytes) -> str | None:
    """The form of a file by its first bytes, as the decoder calls it; None for what is no sound.

    Naming it keeps the decoder from those forms that would open other files or addresses.
    """
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "wav"
    if data.startswith(b"OggS"):
        return "ogg"
    if data.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if data[4:8] == b"ftyp":
        return "mov"
    if data.startswith(b"ID3") or (data[:1] == b"\xff" and data[1:2] in _MPEG_SYNC):
        return "mp3"
    return None


_MPEG_SYNC = (b"\xfb", b"\xfa", b"\xf3", b"\xf2", b"\xe3", b"\xe2")


def made_anew(data: bytes) -> Recorded | Refused:
    """The sound in a file, made anew; or why it is not taken."""
    if len(data) > LARGEST_FILE:
        return Refused("too_large")
    kind = kind_of(data)
    if kind is None:
        return Refused("wrong_kind")
    try:
        sound = _sound(data, kind)
    # The decoders raise whatever they stumble over.
    except Exception:
        return Refused("damaged")
    return _refusal(sound) or _written(sound[: LONGEST_S * SAMPLES_A_SECOND * BYTES_A_SAMPLE])


def _refusal(sound: bytes) -> Refused | None:
    seconds = len(sound) / BYTES_A_SAMPLE / SAMPLES_A_SECOND
    if not sound:
        return Refused("damaged")
    if seconds > LONGEST_S + GRACE_S:
        return Refused("too_long")
    if seconds < SHORTEST_S:
        return Refused("too_short")
    samples = array("h", sound)
    is_silent = max(samples) < SILENCE and min(samples) > -SILENCE
    return Refused("silent") if is_silent else None


def _sound(data: bytes, kind: str) -> bytes:
    """The first sound track as samples of 16 bits in one channel, a little beyond the limit."""
    import av

    av.logging.set_level(av.logging.PANIC)
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLES_A_SECOND)
    enough = (LONGEST_S + GRACE_S + 1) * SAMPLES_A_SECOND * BYTES_A_SAMPLE
    sound = bytearray()
    with av.open(BytesIO(data), "r", format=kind, metadata_errors="ignore") as container:
        for frame in container.decode(container.streams.audio[0]):
            for part in resampler.resample(frame):
                sound += _bytes_of(part)
            if len(sound) > enough:
                return bytes(sound)
    for part in resampler.resample(None):
        sound += _bytes_of(part)
    return bytes(sound)


def _bytes_of(frame: "AudioFrame") -> bytes:
    return bytes(frame.planes[0])[: frame.samples * BYTES_A_SAMPLE]


def _written(sound: bytes) -> Recorded:
    """The samples as a file that can be played while it arrives."""
    import av

    with TemporaryDirectory() as folder:
        file = Path(folder) / f"made.{SUFFIX}"
        settings = {"movflags": "+faststart", "fflags": "+bitexact"}
        with av.open(str(file), "w", format="ipod", options=settings) as container:
            stream: Any = container.add_stream("aac", rate=SAMPLES_A_SECOND)
            stream.layout = "mono"
            stream.bit_rate = BITS_A_SECOND
            stream.codec_context.flags |= 1 << 23  # bitexact: no name of the encoder
            for frame in _frames(sound):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    seconds = round(len(sound) / BYTES_A_SAMPLE / SAMPLES_A_SECOND, 1)
    return Recorded(digest, min(seconds, LONGEST_S), {f"{digest}.{SUFFIX}": content})


def _frames(sound: bytes) -> Iterator["AudioFrame"]:
    """The samples in frames as the encoder wants them, a second each."""
    import av

    to_encoder = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLES_A_SECOND)
    step = SAMPLES_A_SECOND * BYTES_A_SAMPLE
    for start in range(0, len(sound), step):
        part = sound[start : start + step]
        frame = av.AudioFrame(
            format="s16", layout="mono", samples=len(part) // BYTES_A_SAMPLE, align=1
        )
        frame.planes[0].update(part)
        frame.sample_rate = SAMPLES_A_SECOND
        frame.pts = start // BYTES_A_SAMPLE
        yield from to_encoder.resample(frame)
