"""Which files are taken as spoken tellings, and that what goes out is sound and nothing else."""

from io import BytesIO

import av
import pytest

from tests.vendors.sounds import SECRET, tone
from vendors.stories.recordings import REASONS, Recorded, Refused, kind_of, made_anew

TAKEN = {
    "wav": ("wav", "pcm_s16le"),
    "mp3": ("mp3", "libmp3lame"),
    "m4a": ("ipod", "aac"),
    "mp4": ("mp4", "aac"),
    "ogg": ("ogg", "libopus"),
    "webm": ("webm", "libopus"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_telephones_record_becomes_one_plain_sound(what: str) -> None:
    sent = tone(3, *TAKEN[what])
    made = made_anew(sent)
    assert isinstance(made, Recorded), made
    [(name, content)] = made.files.items()
    assert name == f"{made.digest}.m4a"
    assert abs(made.seconds - 3) < 0.1
    with av.open(BytesIO(content)) as sound:
        track = sound.streams.audio[0]
        facts = (track.codec_context.name, track.rate, track.channels)
        frames = sum(frame.samples for frame in sound.decode(audio=0))
    assert facts == ("aac", 48_000, 1)
    assert abs(frames / 48_000 - 3) < 0.2
    assert all(word not in content for word in (SECRET.encode(), b"Lavf", b"Lavc"))
    # Twin: the file as it came says more.
    assert any(word in sent for word in (SECRET.encode(), b"Lavf", b"Lavc"))
    # So that it can be played while it arrives, what it holds is said before the sound.
    assert content.index(b"moov") < content.index(b"mdat")


def test_the_same_sound_has_the_same_name() -> None:
    assert made_anew(tone()) == made_anew(tone())


def test_a_little_too_long_is_cut() -> None:
    made = made_anew(tone(91))
    assert isinstance(made, Recorded)
    assert made.seconds == 90


def test_what_breaks_off_is_kept_as_far_as_it_goes() -> None:
    whole = tone(6, "webm", "libopus")
    made = made_anew(whole[: len(whole) // 2])
    assert isinstance(made, Recorded)
    assert 1 < made.seconds < 5


REFUSED = {
    "nothing": (b"", "wrong_kind"),
    "text": (b"Labrit!", "wrong_kind"),
    "a list of addresses": (b"#EXTM3U\nhttp://127.0.0.1/x.mp3\n", "wrong_kind"),
    "a list of files": (b"ffconcat version 1.0\nfile /etc/passwd\n", "wrong_kind"),
    "MIDI": (b"MThd\0\0\0\6", "wrong_kind"),
    "13 MB": (tone() + bytes(12_000_000), "too_large"),
    "95 seconds": (tone(95), "too_long"),
    "half a second": (tone(1)[:24_000], "too_short"),
    "silence": (tone(3, loudness=0), "silent"),
    "a whisper nobody hears": (tone(3, loudness=100), "silent"),
    "the beginning of a WAV": (tone()[:40], "damaged"),
    "the beginning of an M4A": (tone(3, "ipod", "aac")[:2000], "damaged"),
    "noise that calls itself MP3": (b"ID3" + bytes(range(256)) * 40, "damaged"),
    "noise that calls itself WebM": (b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 40, "damaged"),
    "a film without sound": (b"\0\0\0\x20ftypmp42" + bytes(64), "damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_heard_is_refused(what: str) -> None:
    content, reason = REFUSED[what]
    assert made_anew(content) == Refused(reason)


def test_every_reason_has_a_file() -> None:
    assert {reason for _content, reason in REFUSED.values()} == set(REASONS)


def test_a_file_is_known_by_its_first_bytes() -> None:
    assert {kind_of(tone(1, *how)) for how in TAKEN.values()} == {
        "wav", "mp3", "mov", "ogg", "matroska",
    }  # fmt: skip
