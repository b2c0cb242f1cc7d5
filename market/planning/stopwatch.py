"""How long planning has taken and may still take, and whoever watches may end it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Progress:
    """What the planner is doing: the aim, its number of how many, seconds, best and bound so far.

    `value` and `bound` are None as long as nothing is known of the aim.
    """

    aim: str
    number: int
    count: int
    seconds: float
    value: float | None = None
    bound: float | None = None


class Cancelled(Exception):  # noqa: N818 - it is no error that somebody ends a proposal
    """Whoever watches has ended the planning."""


Watching = Callable[[Progress], bool]


@dataclass
class Stopwatch:
    """Seconds since the start, the limit, and who is told; `ended` when the limit was met."""

    limit: float | None = None
    watching: Watching | None = None
    started: float = field(default_factory=time.monotonic)
    ended: bool = False
    latest: Progress = Progress("model", 0, 1, 0.0)

    def seconds(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self.started

    def left(self) -> float:
        """Return the seconds that are left, at least none; infinite without a limit."""
        if self.limit is None:
            return float("inf")
        left = max(0.0, self.limit - self.seconds())
        self.ended = self.ended or left == 0.0
        return left

    def tell(
        self,
        aim: str,
        number: int,
        count: int,
        value: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Say where the planning is. Raises Cancelled when whoever watches wants no more."""
        self.latest = Progress(aim, number, count, self.seconds(), value, bound)
        if self.watching is not None and not self.watching(self.latest):
            raise Cancelled

    def goes_on(self) -> bool:
        """Whether whoever watches wants the planning to go on; asked while HiGHS works."""
        if self.watching is None:
            return True
        latest = self.latest
        return self.watching(
            Progress(
                latest.aim, latest.number, latest.count, self.seconds(), latest.value, latest.bound
            )
        )


def within(watch: Stopwatch, seconds: float) -> Stopwatch:
    """A watch that ends after some seconds, or before with another; the same person looks on."""
    left = min(watch.left(), max(0.0, seconds))
    return Stopwatch(None if left == float("inf") else left, watch.watching, latest=watch.latest)
