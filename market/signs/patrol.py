"""A round of the market: every sign is scanned once, and what is left is known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from market.places.models import Stall, StallOnPlan, Zone
from market.signs.models import CHECKED, Sign, SignCheck
from vendors.fields import identity


@dataclass(frozen=True)
class Post:
    """A stall of the plan, its sign if it has one, and what was seen of it on the round."""

    stall: Stall
    zone: Zone
    spot: StallOnPlan
    sign: Sign | None
    check: SignCheck | None = None


@dataclass(frozen=True)
class Round:
    """How far a round is: what is left in the order of the plan, and what was seen."""

    left: tuple[Post, ...]
    seen: tuple[Post, ...]
    without_sign: tuple[Post, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many signs were found in each state; states that were not found are left out."""
        found = Counter(post.check.state for post in self.seen if post.check)
        return {state: found[state] for state in CHECKED if found[state]}


def round_of(
    plan: Sequence[tuple[StallOnPlan, Stall, Zone]],
    signs: Mapping[int, Sign],
    checks: Mapping[int, SignCheck],
) -> Round:
    """The round over a plan: `signs` by stall's id, `checks` of this round by sign's id."""
    posts = []
    for spot, stall, zone in plan:
        sign = signs.get(identity(stall))
        posts.append(Post(stall, zone, spot, sign, checks.get(identity(sign)) if sign else None))
    return Round(
        tuple(post for post in posts if post.sign and not post.check),
        tuple(post for post in posts if post.check),
        tuple(post for post in posts if not post.sign),
    )
