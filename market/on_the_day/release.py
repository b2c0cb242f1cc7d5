"""Whose place may be given to another on the day itself, and from when."""

from dataclasses import dataclass
from datetime import time

from market.on_the_day.arrivals import ABSENT, EXPECTED, PRESENT


@dataclass(frozen=True)
class Release:
    """Whether a vendor's place may be released now.

    `from_hour` is since when or from when, None where no hour stands in the way; `no_show` is
    whether the release itself notes that the vendor has not come without saying so.
    """

    may: bool
    from_hour: time | None = None
    no_show: bool = False


def release_of(state: str, now: time, hour: time) -> Release:
    """The release of a place at a time of the day, after what is known of its vendor.

    Whoever is here keeps the place. Whoever does not come has left it, at any time. Who is late
    or has said nothing keeps it until the hour that the office has set; only who has said
    nothing is then noted as a no-show.
    """
    if state == PRESENT:
        return Release(may=False)
    if state == ABSENT:
        return Release(may=True)
    return Release(may=now >= hour, from_hour=hour, no_show=state == EXPECTED)
