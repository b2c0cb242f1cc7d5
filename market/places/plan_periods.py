"""The plan changes from a day on: what stood before that day stays as it was.

Works alike for the periods of a stall and for an amenity, which is one period of its own. Periods
never overlap, and what was prepared for later stays untouched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, Protocol, TypeVar

ONE_DAY = timedelta(days=1)
NOT_COPIED = ("id", "version", "valid_from", "valid_to")


class Period(Protocol):
    """What stands on the plan from its first to its last day; None: until it is changed."""

    valid_from: date
    valid_to: date | None

    def model_dump(self) -> dict[str, Any]:
        """All values of the row."""
        ...


P = TypeVar("P", bound=Period)


@dataclass(frozen=True)
class Writing(Generic[P]):
    """What has to be written, in this order.

    `values` go into the row `changed`; then a row with the values `added` comes to be; the row
    `removed` goes. Nothing at all when the plan says so already.
    """

    changed: P | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    added: Mapping[str, Any] | None = None
    removed: P | None = None


def period_on(periods: Iterable[P], day: date) -> P | None:
    """The period that holds on a day."""
    return next((one for one in periods if holds_on(one, day)), None)


def holds_on(period: Period, day: date) -> bool:
    """Whether a period holds on a day."""
    return period.valid_from <= day and (period.valid_to is None or period.valid_to >= day)


def changed_from(periods: Iterable[P], day: date, values: Mapping[str, Any]) -> Writing[P]:
    """What to write so that `values` hold from a day on, until what was prepared for later.

    A period that begins that day is changed in place; one that began before is ended the day
    before, and a new one goes on to the old end. Without a period on that day a new one begins;
    `values` must then be whole.
    """
    known = list(periods)
    current = period_on(known, day)
    if current is None:
        return Writing(added={**values, "valid_from": day, "valid_to": _last_free(known, day)})
    if all(getattr(current, name) == value for name, value in values.items()):
        return Writing()
    if current.valid_from == day:
        return Writing(changed=current, values=values)
    kept = {name: was for name, was in current.model_dump().items() if name not in NOT_COPIED}
    return Writing(
        changed=current,
        values={"valid_to": day - ONE_DAY},
        added={**kept, **values, "valid_from": day, "valid_to": current.valid_to},
    )


def removed_from(periods: Iterable[P], day: date) -> Writing[P]:
    """What to write so that nothing stands there from a day on; what is prepared stays."""
    current = period_on(periods, day)
    if current is None:
        return Writing()
    if current.valid_from == day:
        return Writing(removed=current)
    return Writing(changed=current, values={"valid_to": day - ONE_DAY})


def _last_free(periods: Iterable[Period], day: date) -> date | None:
    """The last day before the next period that is prepared, None when there is none."""
    later = [one.valid_from for one in periods if one.valid_from > day]
    return min(later) - ONE_DAY if later else None
