"""When one may apply: the window of a call, by the clock of the place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from market.festivals.models import CallFields

WindowState = Literal["before", "open", "over"]
CHANGEABLE = ("draft", "submitted", "asked")
"""States in which applicants may still change what they said, while the window is open."""

WITHDRAWN_FROM = ("draft", "submitted", "asked", "accepted", "waiting")


@dataclass(frozen=True)
class Window:
    """From `opens` on, and until the minute of `closes`; both local, without a zone."""

    opens: datetime
    closes: datetime

    def state(self, at: datetime) -> WindowState:
        """How a local moment lies to the window: the minute of closing is no longer in it."""
        if at < self.opens:
            return "before"
        return "open" if at < self.closes else "over"

    def left(self, at: datetime) -> timedelta:
        """How long until it opens, or, once it is open, until it closes; nothing afterwards."""
        end = self.opens if self.state(at) == "before" else self.closes
        return max(end - at, timedelta(0))


def window_of(call: CallFields) -> Window:
    """The window of a call."""
    return Window(
        datetime.combine(call.opens_on, call.opens_at),
        datetime.combine(call.closes_on, call.closes_at),
    )


def may_change(state: str, window: Window, at: datetime) -> bool:
    """Whether an applicant may change an application at a local moment.

    Whoever the office asked something may answer and mend also when the window is over.
    """
    return state == "asked" or (state in CHANGEABLE and window.state(at) == "open")


def may_submit(state: str, window: Window, at: datetime) -> bool:
    """Whether an applicant may hand an application in (or in again) at a local moment."""
    return state == "asked" or (state == "draft" and window.state(at) == "open")


def may_withdraw(state: str, window: Window, at: datetime) -> bool:
    """Whether an applicant may withdraw by themselves: until the window closes."""
    return state in WITHDRAWN_FROM and window.state(at) == "open"
