"""What the office sets for its market: hours that are kept with the market's data."""

import re
from datetime import time

ABSENCE_CUTOFF = "absence_cutoff"
REMINDER_HOUR = "reminder_hour"

DEFAULTS = {ABSENCE_CUTOFF: time(18, 0), REMINDER_HOUR: time(17, 0)}
"""Until when on the day before the office must know who does not come; from when on the day
before vendors are reminded. Local time."""

_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def hour_typed(text: str) -> time | None:
    """An hour as people type it, "18:00" or "18.00"; None for what is none."""
    found = _HOUR.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None
