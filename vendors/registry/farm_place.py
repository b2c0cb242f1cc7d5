"""Where a farm is, as people copy it out of a map: "56.97012, 23.15544"."""

import re

_DEGREES = re.compile(r"(?<![\d.,])(\d{2})(?:[.,](\d{1,9}))?(?![\d])")
_AROUND = re.compile(r"[\s,;°NEZA]*", re.IGNORECASE)


def typed_farm_place(text: str) -> tuple[float, float] | None:
    """The latitude and longitude in degrees (WGS 84) that were typed; None when nothing was.

    Points and decimal commas are both taken, the letters of the quarters (N, E; Z, A) left out.
    ValueError for what is not exactly two numbers; whether they lie in Latvia is for the fields.
    """
    if not text.strip():
        return None
    found = _DEGREES.findall(text)
    if len(found) != 2 or not _AROUND.fullmatch(_DEGREES.sub(" ", text)):
        raise ValueError(text)
    latitude, longitude = (float(f"{whole}.{part or 0}") for whole, part in found)
    return latitude, longitude


def farm_place_said(latitude: float | None, longitude: float | None) -> str:
    """The same as it is typed; empty when it is not known."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude:.5f}, {longitude:.5f}"
