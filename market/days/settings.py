"""What the office sets for its market: hours that are kept with the market's data."""

import re
from datetime import time

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

_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def hour_typed(text: str) -> time | None:
    """An hour as people type it, "18:00" or "18.00"; None for what is none."""
    found = _HOUR.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None
