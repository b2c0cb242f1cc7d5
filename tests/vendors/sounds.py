"""Sounds that tests record by themselves: a tone of so many seconds in any form."""

import math
from array import array
from functools import cache
from io import BytesIO
from typing import Any

import av

SECRET = "Slepenajā ielā 7"
A_SECOND = 48_000


@cache
def tone(
    seconds: int = 3, kind: str = "wav", codec: str = "pcm_s16le", loudness: int = 8000
) -> bytes:
    """A tone of 440 Hz with a secret in its notes."""
    file = BytesIO()
    samples = array(
        "h", (int(loudness * math.sin(math.tau * 440 * i / A_SECOND)) for i in range(A_SECOND))
    ).tobytes()
    with av.open(file, "w", format=kind) as container:
        container.metadata["title"] = SECRET
        stream: Any = container.add_stream(codec, rate=A_SECOND)
        stream.layout = "mono"
        to_encoder = av.AudioResampler(stream.format.name, "mono", A_SECOND)
        for second in range(seconds):
            frame = av.AudioFrame(format="s16", layout="mono", samples=A_SECOND, align=1)
            frame.planes[0].update(samples)
            frame.sample_rate, frame.pts = A_SECOND, second * A_SECOND
            for part in to_encoder.resample(frame):
                container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return file.getvalue()
