"""What the office sets for its market: hours and choices that are kept with the market's data."""

import re
from datetime import time
from urllib.parse import urlsplit

ABSENCE_CUTOFF = "absence_cutoff"
REMINDER_HOUR = "reminder_hour"
RELEASE_HOUR = "release_hour"

DEFAULTS = {ABSENCE_CUTOFF: time(18, 0), REMINDER_HOUR: time(17, 0), RELEASE_HOUR: time(8, 30)}
"""Until when on the day before the office must know who does not come; from when on the day
before vendors are reminded; from when on the day itself the place of somebody who has not come
may be given to another. Local time."""

TEXTS_LOOKED_AT = "texts_looked_at"
FRAMED_BY = "framed_by"
COUNTS_VISITORS = "counts_visitors"

TEXT_DEFAULTS = {TEXTS_LOOKED_AT: "after", FRAMED_BY: "", COUNTS_VISITORS: "no"}
"""Whether the office reads stories `before` or `after` they are published; which hosts may show
our widgets in a frame, separated by blanks; whether visitors are counted in zones, yes or no."""

NAMES = (*DEFAULTS, *TEXT_DEFAULTS)
CHOICES = {TEXTS_LOOKED_AT: ("before", "after"), COUNTS_VISITORS: ("yes", "no")}
MOST_HOSTS = 10

_PART = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"https://(?:{_PART}\.)+[a-z]{_PART}(?::[0-9]{{1,5}})?")
_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def hour_typed(text: str) -> time | None:
    """An hour as people type it, "18:00" or "18.00"; None for what is none."""
    found = _HOUR.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def host_typed(text: str) -> str | None:
    """The origin that an address as people copy it names, "https://www.tukums.lv".

    None for what is none, has no https, or names a single page: frames are allowed by host alone.
    """
    try:
        parts = urlsplit(text.strip().rstrip("/"))
        found = f"{parts.scheme}://{parts.netloc.lower().encode('idna').decode()}"
    except ValueError:
        return None
    if parts.path or parts.query or parts.fragment:
        return None
    return found if _HOST.fullmatch(found) else None


def setting_typed(name: str, text: str) -> str | None:
    """The value of a setting as it is kept; None for what does not fit. KeyError: no setting."""
    if name in DEFAULTS:
        hour = hour_typed(text)
        return f"{hour:%H:%M}" if hour else None
    if name in CHOICES:
        return text if text in CHOICES[name] else None
    if name != FRAMED_BY:
        raise KeyError(name)
    hosts = [host_typed(one) for one in text.split()]
    if None in hosts or len(hosts) > MOST_HOSTS:
        return None
    return " ".join(dict.fromkeys(one for one in hosts if one))
